"""The mail that carries an invitation.

It leaves right after the invitation was committed and never passes the outbox, so the link lies in no table. Where
the node writes mails to files, the link lies in the data folder like the mail itself. A mail that cannot be sent
loses nothing: the inviter has seen the link, and can make a new one.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from comity.core.people.models import Invitation
from comity.core.people.selectors import scope_name
from comity.core.workflow import mail
from comity.ui.dates import spoken

log = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, link: str, language: str) -> bool:
    """Mails the link to the invited address; False where the mail could not be sent."""
    with translation.override(language):
        subject = _("Invitation to %(node)s") % {"node": settings.COMITY_NODE_NAME}
        body = _(
            "You are invited to %(node)s as: %(role)s, %(whom)s.\n\n"
            "Open this link to accept. It works once, for this address only, until %(day)s:\n\n%(link)s\n\n"
            "If you did not expect this, do nothing."
        ) % {
            "node": settings.COMITY_NODE_NAME,
            "role": invitation.get_role_display(),
            "whom": scope_name(invitation, language),
            "day": spoken(invitation.expires_at.date(), language),
            "link": link,
        }
    try:
        mail.send(
            {"to": invitation.email, "subject": subject, "body": body, "lang": language},
            key=f"invitation:{invitation.pk}",
        )
    except (OSError, ValueError) as error:
        log.error("Invitation %s could not be mailed: %s", invitation.pk, type(error).__name__)
        return False
    return True

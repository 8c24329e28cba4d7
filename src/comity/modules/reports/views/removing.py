"""Taking a paragraph out of an edition, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comity.core.actions.decorator import Denied
from comity.modules.reports import vocabulary as v
from comity.modules.reports.forms.steps import ReasonForm
from comity.modules.reports.policies import can
from comity.modules.reports.services import editions as editing
from comity.modules.reports.views.steps import ask, work_url
from comity.modules.reports.views.work import REMOVED, workable
from comity.ui.requests import ActorRequest


def remove(request: ActorRequest, code: str, key: str) -> HttpResponse:
    """Takes a paragraph out; the session keeps it, so that who took it out can put it back."""
    found = workable(request.actor, code)
    row = found.paragraphs.filter(key=key).prefetch_related("texts").first()
    if row is None:
        raise Http404
    kept = {
        "edition": found.code, "section": row.section_id, "key": row.key, "owner": row.owner,
        "mandates": list(row.mandates), "texts": {text.lang: text.value for text in row.texts.all()},
    }  # fmt: skip
    words = {
        "edition": found, "title": _("Take a paragraph out"), "confirm_label": _("Take out"), "danger": True,
        "question": _("Take “%(key)s” out of %(code)s?") % {"key": key, "code": found.code},
        "consequences": [
            _("The paragraphs behind it get other numbers, in every language."),
            _("You can put it back afterwards; the audit keeps its texts."),
        ],
    }  # fmt: skip

    def do(data: Mapping[str, Any]) -> None:
        editing.remove_paragraph(request.actor, edition=found, paragraph=row, reason=data["reason"])
        request.session[REMOVED] = kept

    return ask(request, can(request.actor, v.WRITE, found), do, ReasonForm(request.POST or None), words,
               back=work_url(found, "removed"), done=_("Taken out. You can put it back."))  # fmt: skip


@require_POST
def put_back(request: ActorRequest, code: str) -> HttpResponse:
    """Puts the paragraph that was taken out last back, at the end of its section."""
    found = workable(request.actor, code)
    kept = request.session.get(REMOVED) or {}
    section = found.sections.filter(pk=int(kept.get("section") or 0)).first()
    if kept.get("edition") != found.code or section is None:
        raise Http404
    texts: dict[str, str] = dict(kept["texts"])
    try:
        with transaction.atomic():
            row = editing.add_paragraph(
                request.actor, edition=found, section=section, key=kept["key"], text=texts.pop(found.original, ""),
                mandates=tuple(kept["mandates"]), owner=kept["owner"],
            )  # fmt: skip
            for lang, value in texts.items():
                found.refresh_from_db()
                editing.write_text(
                    request.actor, edition=found, paragraph=row, lang=lang, value=value, base=found.revision
                )
    except Denied as refused:
        messages.error(request, refused.reason)
        return redirect(work_url(found, "paragraphs"))
    del request.session[REMOVED]
    messages.success(request, _("Put back, at the end of its section. A second person clears it again."))
    return redirect(work_url(found, row.key))

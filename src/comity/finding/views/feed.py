"""What is new for a saved search, as Atom (RFC 4287), for whoever has its address."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from comity.core.search.alerts import feed_entries
from comity.core.search.saved import of_feed
from comity.core.texts.languages import UN_LANGUAGES

#: How much of a text stands in an entry.
_WORDS = 400


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The public texts that the search found since it was saved, in its person's language.

    Raises Http404 for a token that was revoked, or whose person's account is closed.
    """
    saved = of_feed(token)
    if saved is None:
        raise Http404
    lang = saved.user.language if saved.user.language in UN_LANGUAGES else "en"
    with translation.override(lang):
        page = settings.COMITY_ADDRESS + reverse("finding:search") + saved.address
        guid = f"urn:comity:saved-search:{saved.pk}"
        # The feed does not name its own address: a copy that is passed on must not open the feed.
        made = Atom1Feed(
            title=_("New for your search “%(name)s”") % {"name": saved.name},
            link=page,
            description="",
            language=lang,
            feed_guid=guid,
        )
    for entry in feed_entries(saved):
        text = entry.passage.text
        made.add_item(
            title=entry.passage.title,
            link=f"{settings.COMITY_ADDRESS}/{lang}/{entry.passage.url}",
            description=text[:_WORDS] + ("…" if len(text) > _WORDS else ""),
            unique_id=f"urn:comity:passage:{entry.passage.id}",
            pubdate=entry.at,
            updateddate=entry.at,
        )
    response = HttpResponse(made.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    response["Referrer-Policy"] = "no-referrer"
    return response

"""What changed, as Atom (RFC 4287)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from comity.modules.treaties.vocabulary import ActionKind


def atom(request: HttpRequest, rows: list[dict[str, Any]], lang: str) -> HttpResponse:
    """Returns the rows as a feed; each entry's id is stable over languages and times."""
    feed = Atom1Feed(
        title=_("Treaty actions: what changed"),
        link=request.build_absolute_uri(reverse("treaties:changes")),
        description="",
        language=lang,
        feed_url=request.build_absolute_uri(),
        feed_guid="urn:comity:treaties:changes",
    )
    labels = dict(ActionKind.choices)
    what = {"new": _("New"), "changed": _("Changed"), "withdrawn": _("Withdrawn from the record")}
    for row in rows:
        page = reverse("treaties:state", args=[row["iso3"]])
        feed.add_item(
            title=f"{row['name']}: {labels[row['kind']]}, {row['title']}",
            link=request.build_absolute_uri(page),
            description=f"{what[row['what']]}. {row['deposited'].isoformat()}. {row['source']}",
            unique_id=f"urn:comity:treaty-action:{row['id']}:{row['what']}",
            pubdate=row["at"],
            updateddate=row["at"],
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")

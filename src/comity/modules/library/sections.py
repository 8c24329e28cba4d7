"""What the library gives to pages of others: the home page, and one State."""

from __future__ import annotations

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, Section
from comity.modules.library import vocabulary as v
from comity.modules.library.selectors import pages, records
from comity.modules.library.selectors.articles import tagged


def home_card(actor: Actor) -> HomeCard:
    """The door to the library, with the number of records this reader may see."""
    count = records.published(actor).count()
    return HomeCard(
        title=_("Library"),
        text=_("What each State has done: laws with their provisions, cases and publications, found in any language."),
        url=reverse("library:home"),
        number=str(count) if count else "",
        number_label=_("records") if count else "",
        note="" if count else _("The library is still empty."),
        order=30,
        icon="document",
    )


def of_state(actor: Actor, iso3: str) -> list[Section]:
    """How much of each kind is recorded of a State, and what changed last."""
    rows = records.published(actor).filter(participant=iso3).order_by()
    counts = dict(rows.values("kind").annotate(n=Count("pk")).values_list("kind", "n"))
    listing = reverse("library:records")
    context = {
        "iso3": iso3,
        "counts": [
            (kind.label, counts[kind], f"{listing}?state={iso3}&kind={kind}") for kind in v.Kind if kind in counts
        ],
        "newest": pages.newest(actor, iso3=iso3, limit=5),
    }
    return [Section(_("Library"), "library/_state_section.html", context, 60)]


def of_article(actor: Actor, instrument: str, article: str) -> list[Section]:
    """How many laws and cases are tagged to an article, and the page that lists them."""
    counts = {
        v.Kind(kind): len(rows) for kind, rows in tagged(actor, f"{instrument}:{article}").items()
    }
    context = {
        "counts": [(kind.label, counts[kind]) for kind in v.Kind if counts.get(kind)],
        "url": reverse("library:article", args=[instrument, article]),
    }
    return [Section(_("What States have done about it"), "library/_article_section.html", context, 60)]

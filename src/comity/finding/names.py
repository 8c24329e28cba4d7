"""What the values of facets are called in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from comity.core.module import manifests
from comity.core.people.models import Participant
from comity.core.people.vocabulary import GroupCode
from comity.core.texts.selectors import terms
from comity.ui.dates import locale_of


def facet_titles() -> dict[str, str]:
    """Every facet with its heading."""
    return {
        "kind": _("Kind"),
        "state": _("State"),
        "region": _("Region"),
        "lang": _("Language of the text"),
        "crime_type": _("Type of crime"),
        "article": _("Article of a treaty"),
        "year": _("Year"),
    }


def mode_titles() -> dict[str, str]:
    """Every way of searching with its name."""
    return {"hybrid": _("Words and meaning"), "words": _("Words only"), "meaning": _("Meaning only")}


def names(facet: str, values: Sequence[str], lang: str) -> dict[str, str]:
    """The values with what a reader calls them; a value that nobody knows is called as it stands."""
    if not values:
        return {}
    return {**{value: value for value in values}, **_known(facet, values, lang)}


def _known(facet: str, values: Sequence[str], lang: str) -> dict[str, str]:
    match facet:
        case "kind":
            sources = [source for manifest in manifests() for source in manifest.search_sources()]
            kinds = {code: str(name) for source in sources for code, name in source.kinds().items()}
            return {value: kinds[value] for value in values if value in kinds}
        case "state":
            return {row.iso3: row.name(lang) for row in Participant.objects.filter(iso3__in=values)}
        case "region":
            groups = {str(code): str(label) for code, label in GroupCode.choices}
            return {value: groups[value] for value in values if value in groups}
        case "lang":
            return {value: language(value, lang) for value in values}
        case "crime_type":
            return {code: str(label) for code, label in terms("crime-types", lang) if label and code in values}
    return {value: name for m in manifests() for value, name in m.facet_names(facet, values, lang).items()}


def language(code: str, lang: str) -> str:
    """The name of a language in the reader's; its code where there is none."""
    name = str(locale_of(lang).languages.get(code, code))
    return name[:1].upper() + name[1:]

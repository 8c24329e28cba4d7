"""Parties to instruments as something countable: who is party on a day, who became one in a period."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.counting.countable import CountField, Recognised, RecordLine
from comity.core.counting.listed import Listed, ListedCountable
from comity.core.counting.vocabulary import FieldKind, Measure, PeriodRule
from comity.core.people.models import Participant
from comity.modules.treaties.models import Instrument, InstrumentTitle
from comity.modules.treaties.selectors.status import Row, Status, status, statuses
from comity.modules.treaties.selectors.titles import named, participant_names
from comity.modules.treaties.vocabulary import InstrumentGroup

_PREFIX = "treaties:party:"
#: What a report calls those bound by a treaty.
_PARTIES = {
    "en": ("parties", "states parties", "party"),
    "zh": ("缔约国", "缔约方", "当事国", "当事方"),
}


@dataclass(frozen=True)
class PartiesCountable(ListedCountable):
    """Parties, and the knowledge of how reports speak of them."""

    def recognise(self, unit: str, before: str, after: str, lang: str, on: date) -> Recognised | None:
        """Returns the question of "190 parties" beside an instrument's name: who is party to it on the day.

        Beside only: parties that got help, or that reported, are named further away from an instrument.
        """
        if unit.casefold().strip() not in _PARTIES.get(lang, ()):
            return None
        code = _named_just_before(before, lang) or _named_just_after(after, lang)
        if code is None:
            return None
        where = {"field": "instrument", "is": code}
        return Recognised(where, Measure.DISTINCT, "participant", PeriodRule.AT, status(code, on).source_ends)


def countables() -> list[PartiesCountable]:
    """Returns what this module declares as countable."""
    fields = {
        "instrument": CountField("instrument", _("Instrument"), FieldKind.CODE),
        "group": CountField("group", _("Group of instruments"), FieldKind.CHOICE, "", tuple(InstrumentGroup.choices)),
        "participant": CountField("participant", _("Party"), FieldKind.STATE),
        "m49_region": CountField("m49_region", _("Region (M49)"), FieldKind.CODE),
        "m49_subregion": CountField("m49_subregion", _("Subregion (M49)"), FieldKind.CODE),
    }
    meaning = _("A State or organization that consented to be bound by an instrument, from the deposit on.")
    return [PartiesCountable("treaties.party", _("Parties to instruments"), meaning, fields, _rows, _lines)]


def _rows(as_of: date, known_at: datetime | None, where: Mapping[str, Any]) -> Iterable[Listed]:
    groups = dict(Instrument.objects.values_list("code", "group"))
    places = {p.iso3: (p.m49_region, p.m49_subregion) for p in Participant.objects.all()}
    one = where.get("is") if where.get("field") == "instrument" else None
    known = {one: status(one, as_of, known_at)} if one in groups else statuses(as_of, known_at)
    for code, found in known.items():
        yield from (_listed(found, row, groups[code], places[row.iso3]) for row in found.rows if row.consent)


def _listed(found: Status, row: Row, group: str, place: tuple[str, str]) -> Listed:
    assert row.consent is not None  # noqa: S101 (only rows with a consent are listed)
    values = {
        "instrument": found.code, "group": group, "participant": row.iso3,
        "m49_region": place[0], "m49_subregion": place[1],
    }  # fmt: skip
    # Who left before the day is no party on it, whatever day our sources give for the withdrawal.
    left = None if row.is_party else (row.withdrawal_effective or row.consent.deposited)
    return Listed(f"{_PREFIX}{found.code}:{row.iso3}", f"act {row.consent.id}", values, row.consent.deposited, left)


def _lines(actor: Actor, references: Collection[str], lang: str) -> list[RecordLine]:
    """Treaty facts are public: everybody sees them."""
    titles, names = named(lang), participant_names(lang)
    made = []
    for reference in references:
        code, _colon, iso3 = reference.removeprefix(_PREFIX).rpartition(":")
        if code in titles and iso3 in names:
            row = status(code, date.max).row(iso3)
            day = row.consent.deposited if row and row.consent else None
            title = f"{names[iso3]}: {titles[code].label}"
            made.append(RecordLine(reference, title, lang, f"/treaties/{code}/", Label.PUBLIC, day))
    return sorted(made, key=lambda line: (line.starts or date.max, line.title))


#: Signs of a text that may stand between an instrument's name and the number: "has", "there were", 共有.
_GAP = {"en": 20, "zh": 6}


def _named_just_before(before: str, lang: str) -> str | None:
    """Returns the instrument that the text names right before the number: by a title, or by a part of one in 《》."""
    sentence = re.split(r"[.;。；]", before)[-1] if lang != "zh" else re.split(r"[。；]", before)[-1]
    plain, gap = _plain(sentence), _GAP[lang]
    ends = [(plain.rfind(title) + len(title), len(title), code) for code, title in _titles_now(lang) if title in plain]
    found = max(ends, default=None)
    if found is not None and len(plain) - found[0] <= gap:
        return found[2]
    quotes = list(re.finditer(r"《([^《》]+)》", sentence))
    if not quotes or len(_plain(sentence[quotes[-1].end() :])) > gap:
        return None
    name = _plain(quotes[-1].group(1))
    holding = [(len(title), code) for code, title in _titles_now(lang) if name in title]
    return min(holding)[1] if holding else None


def _named_just_after(after: str, lang: str) -> str | None:
    """Returns the instrument of "190 parties to the Convention …"; English only says it so."""
    match = re.match(r"\s*(?:to|of)\s+(?:the\s+)?", after)
    if lang != "en" or not match:
        return None
    plain = _plain(after[match.end() :])
    found = [(len(title), code) for code, title in _titles_now(lang) if plain.startswith(title.removeprefix("the "))]
    return max(found)[1] if found else None


def _titles_now(lang: str) -> list[tuple[str, str]]:
    return _titles(lang, InstrumentTitle.objects.count())


@lru_cache(maxsize=8)
def _titles(lang: str, count: int) -> list[tuple[str, str]]:
    rows = InstrumentTitle.objects.filter(lang=lang).values_list("instrument__code", "value")
    return [(code, _plain(value)) for code, value in rows if len(_plain(value)) > 3]


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "" if re.search(r"[\u4e00-\u9fff]", text) else " ", text.casefold())

"""What the pages show of an authority: chosen texts, computed standing, open or closed, warnings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from babel import Locale
from django.http import Http404
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label, labels_for
from comity.core.texts.selectors import Shown, best
from comity.modules.directory import vocabulary as v
from comity.modules.directory.models import Authority, ContactPoint
from comity.modules.directory.policies import can, scope
from comity.modules.directory.selectors.content import strictest_label, visible_record, with_parts
from comity.modules.directory.selectors.differences import Difference, differences
from comity.modules.directory.standing import confirmation_due_on, local_time, open_now, standing, utc_offset
from comity.modules.directory.vocabulary import Standing
from comity.modules.treaties import public as treaties
from comity.ui.dates import locale_of

#: Shape and colour of a standing's badge.
BADGES = {
    Standing.PUBLISHED: "ok",
    Standing.CONFIRMATION_DUE: "info",
    Standing.STALE: "warn",
    Standing.NOMINATED: "draft",
    Standing.VERIFIED: "draft",
    Standing.RETURNED: "stop",
    Standing.SUPERSEDED: "quiet",
    Standing.WITHDRAWN: "quiet",
}


@dataclass(frozen=True)
class Card:
    """An authority as one reader sees it at one moment."""

    row: Authority
    name: Shown | None
    state_name: str
    standing: Standing
    badge: str
    open: bool | None
    local_time: datetime | None
    offset: str
    functions: list[str]
    provisions: list[tuple[str, str, list[str]]]
    languages: list[tuple[str, str]]
    channels: list[str]
    means: list[tuple[str, bool, bool]]
    texts: list[tuple[str, str, Shown]]
    contacts: list[ContactPoint]
    for_officials: list[ContactPoint]
    officials_texts: list[tuple[str, str, Shown]]
    hours: list[tuple[str, list[tuple[str, str]]]]
    due_on: date | None
    lang: str

    @property
    def code(self) -> str:
        """The code in the authority's address."""
        return self.row.code

    @property
    def functions_text(self) -> str:
        """What it serves, as one line in the reader's language."""
        return listed_words(self.functions, self.lang)

    @property
    def languages_text(self) -> str:
        """The accepted languages, as one line."""
        return listed_words([name for _code, name in self.languages], self.lang)

    @property
    def channels_text(self) -> str:
        """The channels, as one line."""
        return listed_words(self.channels, self.lang)

    @property
    def double_criminality(self) -> str:
        """The words for it, "" where not stated."""
        return self.row.get_double_criminality_display() if self.row.double_criminality else ""

    @property
    def legal_basis(self) -> str:
        """The words for it, "" where not stated."""
        return self.row.get_legal_basis_display() if self.row.legal_basis else ""

    @property
    def is_warned(self) -> bool:
        """True where a reader should not rely on the entry without asking."""
        return self.standing in {Standing.STALE, Standing.CONFIRMATION_DUE}


def language_name(code: str, lang: str) -> str:
    """The name of a language in the reader's language; its code where Babel knows none."""
    name = locale_of(lang).languages.get(code, code)
    return str(name[:1].upper() + name[1:])


def listed_words(words: Iterable[str], lang: str) -> str:
    """Joins words as the language does: with a comma, an Arabic comma, or a Chinese enumeration comma."""
    return {"ar": "، ", "zh": "、"}.get(lang.split("-")[0], ", ").join(words)


def weekday_name(number: int, lang: str) -> str:
    """The name of a weekday, 0 is Monday."""
    return str(Locale.parse(locale_of(lang)).days["stand-alone"]["wide"][number])


def as_cards(rows: Iterable[Authority], *, at: datetime, lang: str) -> list[Card]:
    """Returns the authorities as shown; the rows were fetched with the reader's parts (`with_parts`)."""
    names = {i.code: str(i.short) for i in treaties.instruments(lang)}
    return [_card(row, names, at=at, lang=lang) for row in rows]


def card(row: Authority, *, at: datetime, lang: str) -> Card:
    """Returns one authority as shown; see `as_cards`."""
    return as_cards([row], at=at, lang=lang)[0]


def _card(row: Authority, names: Mapping[str, str], *, at: datetime, lang: str) -> Card:
    texts: dict[str, list[Any]] = {}
    for text in row.texts.all():
        texts.setdefault(text.kind, []).append(text)
    shown: list[tuple[str, str, Shown]] = []
    for_officials: list[tuple[str, str, Shown]] = []
    for kind in v.TextKind:
        chosen = best(texts.get(kind, []), lang)
        if chosen is None or kind == v.TextKind.NAME:
            continue
        hidden = any(t.label != Label.PUBLIC for t in texts[kind] if t.value == chosen.value)
        (for_officials if hidden else shown).append((str(kind), str(kind.label), chosen))
    how = standing(row, at.date())
    contacts = list(row.contacts.all())
    return Card(
        row=row,
        name=best(texts.get("name", []), lang),
        state_name=row.participant.name(lang),
        standing=how,
        badge=BADGES[how],
        open=open_now(row, row.hours.all(), at),
        local_time=local_time(row.zone, at),
        offset=utc_offset(row.zone, at),
        functions=[f.get_function_display() for f in row.functions.all()],
        provisions=_provisions(row, names),
        languages=[(x.lang, language_name(x.lang, lang)) for x in row.languages.all()],
        channels=[c.get_channel_display() for c in row.channels.all()],
        means=[(m.get_means_display(), m.encryption, m.signature) for m in row.means.all()],
        texts=shown,
        contacts=[c for c in contacts if c.label == Label.PUBLIC],
        for_officials=[c for c in contacts if c.label != Label.PUBLIC],
        officials_texts=for_officials,
        hours=_hours(row, lang),
        due_on=confirmation_due_on(row),
        lang=lang,
    )


def _provisions(row: Authority, names: Mapping[str, str]) -> list[tuple[str, str, list[str]]]:
    """Instruments with their short names and the articles named: [(code, name, [articles])]."""
    found: dict[str, list[str]] = {}
    for provision in row.provisions.all():
        found.setdefault(provision.instrument, [])
        if provision.article:
            found[provision.instrument].append(provision.article)
    return [(code, names.get(code, code), articles) for code, articles in found.items()]


def _hours(row: Authority, lang: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Office hours with runs of equal days put together: [("Monday–Friday", [("08:00", "16:30")])]."""
    days: dict[int, list[tuple[str, str]]] = {}
    for h in row.hours.all():
        end = f"{h.closes:%H:%M}" if f"{h.closes:%H:%M}" != "00:00" else "24:00"
        days.setdefault(h.weekday, []).append((f"{h.opens:%H:%M}", end))
    runs: list[tuple[int, int, list[tuple[str, str]]]] = []
    for day, spans in sorted(days.items()):
        if runs and runs[-1][1] == day - 1 and runs[-1][2] == spans:
            runs[-1] = (runs[-1][0], day, spans)
        else:
            runs.append((day, day, spans))
    return [
        (weekday_name(a, lang) if a == b else f"{weekday_name(a, lang)} – {weekday_name(b, lang)}", spans)
        for a, b, spans in runs
    ]


def get(actor: Actor, code: str, *, pending: bool = False) -> Authority:
    """Returns the current version (shown, or under work) that this actor may see. Raises Http404 else.

    A withdrawn or superseded entry is found too: its page says so.
    """
    rows = Authority.objects.filter(code=code, pending=pending)
    row = with_parts(scope(actor, v.VIEW, rows), actor).first()
    if row is None:
        raise Http404(_("There is no such authority."))
    return row


def get_either(actor: Actor, code: str) -> Authority:
    """Returns the version under work where this actor may see one, else the shown one. Raises Http404."""
    try:
        return get(actor, code, pending=True)
    except Http404:
        return get(actor, code)


def label_read(actor: Actor, row: Authority) -> str:
    """The label under which showing this row to this actor stands in the audit."""
    return strictest_label(row, visible_record(row, actor))


def differences_of(actor: Actor, row: Authority, on: date) -> list[Difference]:
    """What differs between the entry and its State's notifications on a day."""
    return differences(visible_record(row, actor), treaties.notifications(row.participant_id), on)


def history(actor: Actor, row: Authority) -> list[Authority]:
    """All versions of the record, newest first; empty for who may not see the history."""
    if not can(actor, v.HISTORY, row):
        return []
    rows = Authority.objects.filter(fact=row.fact).order_by("-recorded_at", "-id")
    return list(with_parts(rows.filter(labels_for(actor)), actor))


def allowed(actor: Actor, row: Authority) -> set[str]:
    """The actions this actor may do to the version, for the buttons of a page."""
    return {name for name in v.AUTHORITY_ACTIONS if can(actor, name, row)}

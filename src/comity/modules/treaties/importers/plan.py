"""What importing a table would change: worked out, shown, and only then applied.

One `Entry` per fact: new, changed, missing (a complete edition no longer states it) or unchanged;
`contradicts` names what other sources hold differently, which stays. See "Importing" in `models.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from comity.modules.treaties.importers.matching import Held, Line, Paired, Record, pair
from comity.modules.treaties.importers.names import NameIndex
from comity.modules.treaties.importers.records import ActionRecord, Refusal, StatusTable
from comity.modules.treaties.importers.untc.cells import CONSENT
from comity.modules.treaties.load_reference import bundled_sources
from comity.modules.treaties.models import (
    Edition,
    Instrument,
    Source,
    Statement,
    TerritorialApplication,
    TreatyAction,
)
from comity.modules.treaties.vocabulary import CONSENT_KINDS, SourceKind, action_class

#: How many other sources, and how many acts of each, a contradiction is shown with.
MAX_VOICES = 5


@dataclass(frozen=True)
class Entry:
    """One fact of the plan. `fields` are the values to store; `held` is the version it changes or closes."""

    change: str
    subject: str
    iso3: str
    row: str
    after: str
    before: str = ""
    contradicts: tuple[str, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    towards: tuple[str, ...] = ()
    held: Held | None = None


@dataclass(frozen=True)
class Plan:
    """Everything one file says of one instrument on behalf of one source.

    `new_instrument` is true where the page is the first to speak of it. `edition_known` tells that this very
    edition was imported before, so that a plan without changes writes nothing at all.
    """

    table: StatusTable
    code: str
    instrument: Instrument | None
    source_code: str
    source_title: str
    source_kind: str
    entries: tuple[Entry, ...]
    refused: tuple[Refusal, ...]
    edition_known: bool
    #: The acts taken, by participant code, whether they change anything or not.
    acts: tuple[ActionRecord, ...]

    def count(self, *changes: str) -> int:
        """How many facts change so."""
        return sum(entry.change in changes for entry in self.entries)

    @property
    def writes(self) -> bool:
        """False where applying would change nothing."""
        changed = any(entry.change != "unchanged" for entry in self.entries)
        return changed or (self.table.complete and not self.edition_known)


class NotTaken(Exception):
    """The whole table is refused. `reason` is in words, with a remedy."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def make_plan(table: StatusTable, digest: str, names: NameIndex, together: Iterable[StatusTable] = ()) -> Plan:
    """Compares a table with what the node holds; writes nothing.

    `together` are the tables of the same file: consents to a Protocol and its Convention may come together.
    Raises NotTaken for an instrument nobody knows and for an edition older than the one held.
    """
    instrument = _instrument(table)
    code = instrument.code if instrument else table.instrument
    source, source_code, title, kind = _source(table)
    if table.complete and source and instrument and table.as_of:
        newer = Edition.objects.filter(
            source=source, instrument=instrument, complete=True, as_of__gt=table.as_of
        ).first()
        if newer:
            raise NotTaken(
                f"The node holds this source as of {newer.as_of}, newer than the page's {table.as_of}. "
                "Nothing was taken."
            )
    refused = list(table.refused)
    lines = _lines(table, names, refused)
    if not table.complete and instrument:
        lines = _with_convention(lines, instrument, _consented(together, names, instrument), refused)
    held = _held(source, instrument)
    entries: list[Entry] = []
    if not table.complete and instrument:
        lines, entries = _already_held(lines, instrument, table.source)
    entries += [_entry(one) for one in pair(lines, held, complete=table.complete)]
    on = table.as_of or date.today()
    known = bool(source and instrument) and (
        Edition.objects.filter(source=source, instrument=instrument, as_of=on, digest=digest).exists()
    )
    acts = tuple(_act(entry) for entry in entries if entry.subject == "action" and entry.change != "missing")
    return Plan(
        table,
        code,
        instrument,
        source_code,
        title,
        kind,
        _with_contradictions(entries, instrument, source),
        tuple(refused),
        known,
        acts,
    )


def _act(entry: Entry) -> ActionRecord:
    said = entry.fields
    return ActionRecord(entry.iso3, said["kind"], said["deposited"], entry.row, said["effective"])


def _instrument(table: StatusTable) -> Instrument | None:
    wanted = Instrument.objects.filter(code__iexact=table.instrument) | Instrument.objects.filter(
        depositary_number__iexact=table.instrument
    )
    found = wanted.select_related("parent").first()
    if found is None and not table.complete:
        raise NotTaken(
            f'"{table.instrument[:40]}" is no instrument this node knows; use a code such as UNTOC '
            "or a depositary number such as XXVI-5, or import its status page first"
        )
    return found


def _source(table: StatusTable) -> tuple[Source | None, str, str, str]:
    """The lineage a table belongs to: the page's own, or for a table the source each row names."""
    if table.complete:
        title = f"UN Treaty Collection, status of {table.instrument}"
        found = Source.objects.filter(code__iexact=table.source).first()
        return (
            found,
            found.code if found else table.source,
            found.title if found else title,
            SourceKind.DEPOSITARY,
        )
    code = table_source_code(table.source)
    return Source.objects.filter(code=code).first(), code, table.source[:300], SourceKind.SECONDARY


def table_source_code(named: str) -> str:
    """A stable code for a source that a row of a table names in words."""
    import hashlib

    from django.utils.text import slugify

    return f"table-{slugify(named)[:50].strip('-')}-{hashlib.sha256(named.encode()).hexdigest()[:10]}"


def _lines(table: StatusTable, names: NameIndex, refused: list[Refusal]) -> list[Line]:
    """Every record with its participant; a record of nobody known is refused, the rest taken."""
    lines: list[Line] = []
    records: tuple[Record, ...] = (*table.actions, *table.statements, *table.applications)
    for record in records:
        try:
            iso3 = names.resolve(record.name, getattr(record, "iso3", ""))
        except ValueError as error:
            words = f"{record.name}: {getattr(record, 'text', '') or getattr(record, 'kind', '')}"
            refused.append(Refusal(record.row, str(error), f"{words} {getattr(record, 'deposited', '') or ''}".strip()))
            continue
        towards = (names.find_in_text(name) for name in getattr(record, "towards", ()))
        lines.append(
            Line(
                iso3,
                record,
                tuple(sorted({code for code in towards if code and code != iso3})),
                table.complete,
            )
        )
    return lines


def _consented(together: Iterable[StatusTable], names: NameIndex, instrument: Instrument) -> set[str]:
    """Who consents to the Convention in the same file."""
    parent = instrument.parent
    found = set()
    for table in together if parent else ():
        if parent and table.instrument.lower() in {
            parent.code.lower(),
            (parent.depositary_number or "").lower(),
        }:
            for act in table.actions:
                if act.kind in CONSENT and (act.iso3 in names.codes or names.find(act.name)):
                    found.add(act.iso3 or names.find(act.name) or "")
    return found


def _with_convention(lines: list[Line], instrument: Instrument, beside: set[str], refused: list[Refusal]) -> list[Line]:
    """Refuses consents to a Protocol by who never consented to its Convention (as UNTOC, article 37(2)).

    Where the node holds nothing at all on the Convention, it cannot tell and refuses nobody.
    """
    parent = instrument.parent
    if parent is None or not instrument.parent_required:
        return lines
    acts = TreatyAction.objects.known_at().filter(instrument=parent, kind__in=CONSENT_KINDS)
    bound = set(acts.values_list("participant_id", flat=True))
    if not bound and not beside:
        return lines
    article = parent_article(instrument)
    kept = []
    for line in lines:
        if isinstance(line.record, ActionRecord) and line.record.kind in CONSENT and line.iso3 not in bound | beside:
            refused.append(
                Refusal(
                    line.record.row,
                    f"{line.iso3} is not party to {parent.code}, which {instrument.code} requires "
                    f"({article}); "
                    f"import its consent to {parent.code} first or in the same file",
                    f"{line.iso3} {line.record.kind} {line.record.deposited}",
                )
            )
        else:
            kept.append(line)
    return kept


def parent_article(instrument: Instrument) -> str:
    """The article that makes the Convention a condition, as the reference facts give it."""
    rule = instrument.rules.get("parent_required")
    article = rule.get("article") if isinstance(rule, dict) else ""
    return f"article {article}" if article else "see its final clauses"


def _held(source: Source | None, instrument: Instrument | None) -> list[Held]:
    if source is None or instrument is None:
        return []
    here = {"source": source, "instrument": instrument}
    rows: list[Any] = [
        *TreatyAction.objects.known_at().filter(**here),
        *Statement.objects.known_at().filter(**here).prefetch_related("towards"),
        *TerritorialApplication.objects.known_at().filter(**here),
    ]
    return [Held.of(row) for row in rows]


def _already_held(lines: list[Line], instrument: Instrument, named: str) -> tuple[list[Line], list[Entry]]:
    """Rows of a source that the bundled facts were made from, and which they hold already."""
    lineage = bundled_sources().get(named)
    if lineage is None:
        return lines, []
    rows = TreatyAction.objects.known_at().filter(instrument=instrument, source__code=lineage)
    held = {(row.participant_id, row.kind, row.deposited): row for row in rows}
    left, entries = [], []
    for line in lines:
        record = line.record
        row = held.get((line.iso3, record.kind, record.deposited)) if isinstance(record, ActionRecord) else None
        if row is None:
            left.append(line)
        else:
            entries.append(_entry(Paired("unchanged", line, Held.of(row))))
    return left, entries


def _entry(paired: Paired) -> Entry:
    line, held = paired.line, paired.held
    if line is None:
        assert held is not None  # noqa: S101 - a pair has at least one side
        return Entry("missing", held.subject, held.iso3, "", "", held.words, held=held, fields=held.fields)
    return Entry(
        paired.change,
        line.subject,
        line.iso3,
        line.record.row,
        line.words,
        held.words if held else "",
        fields=line.fields,
        towards=line.towards,
        held=held,
    )


def _with_contradictions(
    entries: list[Entry], instrument: Instrument | None, source: Source | None
) -> tuple[Entry, ...]:
    """Marks acts with which another source disagrees on the same matter of the same participant."""
    if instrument is None:
        return tuple(entries)
    others: dict[tuple[str, str], dict[str, set[tuple[str, date]]]] = {}
    rows = TreatyAction.objects.known_at().filter(instrument=instrument).select_related("source")
    for row in rows.exclude(source=source) if source else rows:
        matter = others.setdefault((row.participant_id, action_class(row.kind)), {})
        matter.setdefault(row.source.title, set()).add((row.kind, row.deposited))
    marked = []
    words: dict[tuple[str, str], tuple[tuple[str, str, set[tuple[str, date]]], ...]] = {}
    for key, matter in others.items():
        words[key] = tuple((title, _acts_in_words(acts), acts) for title, acts in sorted(matter.items())[:MAX_VOICES])
    for entry in entries:
        if entry.subject == "action" and entry.change != "missing":
            said = (entry.fields["kind"], entry.fields["deposited"])
            voices = words.get((entry.iso3, action_class(entry.fields["kind"])), ())
            differing = tuple(f"{title}: {told}" for title, told, acts in voices if said not in acts)
            entry = replace(entry, contradicts=differing) if differing else entry
        marked.append(entry)
    return tuple(marked)


def _acts_in_words(acts: set[tuple[str, date]]) -> str:
    shown = [f"{kind} {day}" for kind, day in sorted(acts)[:MAX_VOICES]]
    return ", ".join(shown) + (" ..." if len(acts) > MAX_VOICES else "")

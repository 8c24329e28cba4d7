"""Tables of a figure in the reader's words: what is released of it, and the records behind it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from comity.core.actions.labels import Label
from comity.core.counting.countable import CountField, RecordLine
from comity.modules.reports.presentation import Names, plain
from comity.modules.reports.selectors.figures import Figure, Share

#: Values told apart that are named on a record's line; the rest is counted.
_KEYS = 8
_EMPTY = "—"


@dataclass(frozen=True)
class ReleasedTable:
    """What may be told of a figure broken down: heads; rows of cells (head, words) with their number, "" where it is
    suppressed; the total."""

    heads: list[str]
    rows: list[tuple[list[tuple[str, str]], str]]
    total: str
    suppressed: int


def released_table(found: Figure, names: Names) -> ReleasedTable | None:
    """Returns the released table of a figure; None where it has none."""
    told: Mapping[str, Any] = found.released
    if not told.get("fields"):
        return None
    fields = [names.field(found.definition, name) for name in told["fields"]]
    heads = [str(field.title) if field else name for field, name in zip(fields, told["fields"], strict=True)]
    rows = []
    for row in told["rows"]:
        said = [_words(key, field, found, names) for key, field in zip(row["keys"], fields, strict=True)]
        rows.append((list(zip(heads, said, strict=True)), _number(row, names)))
    total = told.get("total")
    return ReleasedTable(
        heads, rows, "" if total is None else plain(Decimal(str(total)), names.lang),
        sum(row["value"] is None for row in told["rows"]) + (total is None),
    )  # fmt: skip


def _number(row: Mapping[str, Any], names: Names) -> str:
    return "" if row["value"] is None else plain(Decimal(str(row["value"])), names.lang)


def _words(key: str, field: CountField | None, found: Figure, names: Names) -> str:
    if key == "":
        return _("all")
    if key == _EMPTY:
        return _("not stated")
    return names.value(found.definition.counts, field, key) if field else key


@dataclass(frozen=True)
class RecordRow:
    """A record behind a figure: its line, what it gives (to which figure, "" for this one), the values told apart."""

    line: RecordLine
    numbers: tuple[tuple[str, str], ...]
    keys: str
    version: str
    #: For whom the record is, in words; "" where it is for everybody.
    label: str = ""


def record_rows(
    lines: Iterable[RecordLine], behind: Mapping[str, Share], found: Figure, names: Names
) -> list[RecordRow]:
    """Returns the lines with what each record gives, in words; "" where the reader is not told."""
    made = []
    for line in lines:
        share = behind[line.record]
        told = found.shows_shares
        numbers = tuple((part, plain(number, names.lang)) for part, number in share.numbers.items()) if told else ()
        keys = _keys(share, found, names) if told else ""
        made.append(RecordRow(line, numbers, keys, share.version if found.sight.staff else "", _label(line)))
    return made


def _label(line: RecordLine) -> str:
    return "" if line.label in {"", Label.PUBLIC} else str(Label(line.label).label)


def _keys(share: Share, found: Figure, names: Names) -> str:
    """The values told apart that the record gives: a few by name."""
    if found.definition.is_composed:
        return ""
    said = [names.key(found.definition, key) for key in share.keys[:_KEYS]]
    if len(share.keys) > _KEYS:
        said.append(_("and %(count)d more") % {"count": len(share.keys) - _KEYS})
    return ", ".join(said)

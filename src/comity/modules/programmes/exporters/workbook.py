"""Excel workbooks: records of all kinds, a sheet each, and the empty one that people fill."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from comity.core.people.selectors import participant_choices
from comity.core.texts.languages import direction
from comity.modules.programmes.exporters.examples import example
from comity.modules.programmes.tables import Column, Table, tables
from comity.ui.exports import neutral

#: Most signs of a cell in Excel; openpyxl would cut off the rest without a word.
_MOST = 32_767
#: Excel keeps fifteen digits of a number; a longer one is written as text.
_DIGITS = 15
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_HEAD = Font(bold=True)
_GREY = Font(italic=True, color="666666")
_NEEDED = PatternFill("solid", fgColor="FFF2CC")
#: Rows for which a sheet offers its choices.
_OFFERED = 5_000
_CHOICES, _STATES = "choices", "states"


class TooLong(ValueError):
    """A text does not fit into a cell."""


def workbook(rows: Iterable[tuple[Table, Mapping[str, Any]]], only: Collection[str] = ()) -> bytes:
    """Returns the rows as a workbook; tables without any have their header. `only` names the tables it has, () for
    all. Raises TooLong."""
    book = Workbook(write_only=True)
    wanted = {name: table for name, table in tables().items() if not only or name in only}
    sheets = {name: book.create_sheet(name) for name in wanted}
    for name, table in wanted.items():
        sheets[name].append([column.name for column in table.columns])
    for table, row in rows:
        sheets[table.name].append([_cell(row.get(column.name), table, column) for column in table.columns])
    return _saved(book)


def template() -> bytes:
    """Returns the workbook that people fill: for each table a sheet with titles, notes, choices and an example, which
    the import leaves out; and instructions in the language that is active."""
    book = Workbook()
    book.remove(book.worksheets[0])
    _instructions(book.create_sheet("instructions"))
    places: dict[tuple[str, str], str] = {}
    lists = _choice_lists(places)
    for table in tables().values():
        _sheet(book.create_sheet(table.name), table, places)
    hidden = book.create_sheet(_CHOICES)
    hidden.sheet_state = "hidden"
    for line in lists:
        hidden.append(line)
    states = book.create_sheet(_STATES)
    states.append(["iso3", "name"])
    for code, name in sorted(participant_choices(_language())):
        states.append([code, neutral(name)])
    return _saved(book)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: Any, table: Table, column: Column) -> Any:
    """A value as a cell holds it. Texts that look like formulas are made harmless."""
    if value is None or isinstance(value, date | int):
        return value
    if isinstance(value, Decimal):
        plain = format(value.normalize(), "f")
        return value if len(plain.strip("-").replace(".", "")) <= _DIGITS else plain
    text = _FORBIDDEN.sub(" ", neutral(value))
    if len(text) > _MOST:
        raise TooLong(
            f"{table.name}, {column.name}: a text has {len(text)} signs, a cell of Excel at most {_MOST}. Export CSV."
        )
    return text


def _choice_lists(places: dict[tuple[str, str], str]) -> list[list[Any]]:
    """The lines of the sheet of choices, a column for each list; fills `places` with where each list stands."""
    columns: list[list[str]] = []
    known: dict[tuple[str, ...], str] = {}
    for table in tables().values():
        for column in table.columns:
            codes = [str(code) for code, _title in column.choices]
            if column.holds == "yes_no":
                codes = ["yes", "no"]
            if not codes:
                continue
            place = known.get(tuple(codes))
            if place is None:
                columns.append(codes)
                letter = get_column_letter(len(columns))
                place = known[tuple(codes)] = f"{_CHOICES}!${letter}$1:${letter}${len(codes)}"
            places[table.name, column.name] = place
    height = max(len(codes) for codes in columns)
    return [[codes[row] if row < len(codes) else None for codes in columns] for row in range(height)]


def _sheet(sheet: Any, table: Table, places: Mapping[tuple[str, str], str]) -> None:
    sheet.sheet_view.rightToLeft = direction(_language()) == "rtl"
    sheet.freeze_panes = "B4"
    for number, column in enumerate(table.columns, start=1):
        letter = get_column_letter(number)
        sheet.column_dimensions[letter].width = 34 if column.holds in ("text", "long_text") else 18
        place = places.get((table.name, column.name))
        if column.holds == "state":
            place = f"{_STATES}!$A$2:$A$400"
        if place:
            offered = DataValidation(type="list", formula1=f"={place}", allow_blank=True)
            offered.showErrorMessage = False
            sheet.add_data_validation(offered)
            offered.add(f"{letter}4:{letter}{_OFFERED}")
    sheet.append([_styled(sheet, column.name, _HEAD, _NEEDED if column.needed else None) for column in table.columns])
    sheet.append(_noted(sheet, [str(column.title) for column in table.columns]))
    sheet.append(_noted(sheet, [_note(column) for column in table.columns]))
    sheet.append(_noted(sheet, [example(table, column) for column in table.columns]))


def _noted(sheet: Any, texts: list[Any]) -> list[Any]:
    """A row that the import leaves out: it begins with #."""
    first, *rest = texts
    return [_styled(sheet, text, _GREY) for text in (f"# {first}", *rest)]


def _styled(sheet: Any, value: Any, font: Font, fill: PatternFill | None = None) -> WriteOnlyCell:
    made = WriteOnlyCell(sheet, value=value)
    made.font = font
    if fill is not None:
        made.fill = fill
    return made


def _note(column: Column) -> str:
    """What a cell of the column holds, in words."""
    told = {
        "whole": _("a whole number"),
        "decimal": _("a number such as 1260.50"),
        "day": _("a date such as 2019-05-06"),
        "yes_no": _("yes or no"),
        "codes": _("several, separated by semicolons"),
        "choice": _("one of the list"),
        "state": _("code of three letters, or a name that means one State"),
        "ref": _("code of a record"),
    }.get(column.holds, "")
    parts = [_("needed") if column.needed else "", told, str(column.help or "")]
    return "; ".join(part for part in parts if part)


def _instructions(sheet: Any) -> None:
    sheet.sheet_view.rightToLeft = direction(_language()) == "rtl"
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 100
    by_group: dict[str, list[Table]] = defaultdict(list)
    for table in tables().values():
        by_group[table.kind.group].append(table)
    lines = [
        (_("How to fill this workbook"), ""),
        ("1", _("Each sheet holds one kind of record, one record in a row. Leave sheets that you do not need.")),
        ("2", _("The first row names the columns; do not change it. Rows that begin with # are notes and examples and "
                "are not taken.")),
        ("3", _("Give each record a code of your own. The same code again changes the record, it adds none.")),
        ("4", _("Write dates as 2019-05-06, numbers in digits, States by their code of three letters.")),
        ("5", _("Do not merge cells and write no formulas.")),
        ("6", _("Attendance stands in a sheet of its own: one row for each State, audience and sex of an event.")),
        ("7", _("Money needs a rate of its day: enter it in the sheet “rate” or on the page of exchange rates.")),
        ("8", _("Upload the file: you first see what would be taken and what is refused, row by row.")),
    ]  # fmt: skip
    for first, second in lines:
        sheet.append([_styled(sheet, first, _HEAD), second])
    sheet.append([])
    for found in by_group.values():
        for table in found:
            sheet.append([_styled(sheet, table.name, _HEAD), str(table.title)])
            for column in table.columns:
                if column.choices:
                    said = ", ".join(f"{code} = {title}" for code, title in column.choices)
                    sheet.append([f"   {column.name}", f"{column.title}: {said}"])

"""Spreadsheets in and out: what is taken, what is refused and how it is named, and that nothing is lost on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people.load_reference import load_reference
from comity.core.vault.errors import Unreadable
from comity.core.vault.models import Quarantine
from comity.modules.programmes import exports, services
from comity.modules.programmes.exporters.workbook import template, workbook
from comity.modules.programmes.importers import workbook as reader
from comity.modules.programmes.importers.cells import Wrong, codes, joined, value_of
from comity.modules.programmes.importers.states import States, UnknownState
from comity.modules.programmes.importing_run import import_files
from comity.modules.programmes.models import Attendance, Event, Pledge, Project
from comity.modules.programmes.services.importing import Outcome
from comity.modules.programmes.tables import Column, tables
from comity.modules.programmes.tests import round_trip as round_trips
from comity.modules.programmes.tests.books import ATTENDANCE, EVENT, book, event, people
from comity.modules.programmes.tests.every_kind import contents, emptied, every_kind
from comity.modules.programmes.tests.makers import CURATOR, SECOND, SYSTEM, made

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(tmp_path: Path, settings: Any) -> Path:
    settings.COMITY_DATA = tmp_path / "node"
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    return tmp_path / "book.xlsx"


def taken(path: Path, *more: Path, actor: Any = SYSTEM, dry_run: bool = False) -> Outcome:
    return import_files(actor, [path, *more], names=[p.name for p in (path, *more)], dry_run=dry_run)


def refused(outcome: Outcome) -> list[tuple[str, str, int | None]]:
    return [(one["file"], one["sheet"], one["row"]) for one in outcome.refused]


def reasons(outcome: Outcome) -> str:
    return " ".join(one["reason"] for one in outcome.refused)


def test_every_kind_comes_back_from_a_workbook_as_it_left(tmp_path: Path) -> None:
    first, second = round_trips.round_trip(tmp_path)
    assert first == second
    assert "برنامج" in first


@pytest.mark.parametrize("place", ["one.csv", "tables.zip", "folder"])
def test_every_kind_comes_back_from_csv(tmp_path: Path, place: str) -> None:
    every_kind()
    before = contents()
    path = tmp_path / place
    if place == "one.csv":
        path.write_bytes(exports.export(SYSTEM, "csv").content)
        paths = [path]
    else:
        exports.write_csv_files(SYSTEM, path)
        if place == "tables.zip":
            zipfile.ZipFile(path).extractall(tmp_path / "out")
        paths = sorted((tmp_path / "out" if place == "tables.zip" else path).iterdir())
    again = import_files(SYSTEM, paths)
    assert (again.imported, again.updated, again.refused) == (0, 0, [])
    assert again.unchanged == len(before)
    emptied()
    fresh = import_files(SYSTEM, paths)
    assert (fresh.imported, fresh.refused) == (len(before), [])
    assert contents() == before


def test_cells_that_look_like_formulas_leave_harmless() -> None:
    every_kind()
    for kind in ("csv", "xlsx"):
        content = exports.export(SYSTEM, kind).content
        if kind == "csv":
            assert "'=trafficking" in content.decode() and ",=trafficking" not in content.decode()
        else:
            cells = [cell for sheet in load_workbook(io.BytesIO(content)) for row in sheet for cell in row]
            assert not any(cell.data_type == "f" for cell in cells)
            assert any(cell.value == "'=trafficking" for cell in cells)


def test_the_template_takes_in_nothing_and_names_every_table(tmp_path: Path) -> None:
    load_reference()
    for lang in ("en", "ar"):
        with translation.override(lang):
            path = tmp_path / f"{lang}.xlsx"
            path.write_bytes(template())
        outcome = import_files(SYSTEM, [path])
        assert (outcome.imported, outcome.refused) == (0, [])
    filled = load_workbook(path)
    assert set(tables()) < set(filled.sheetnames)
    sheet = filled["attendance"]
    assert [cell.value for cell in sheet[1]][:2] == ["event", "participant"]
    assert sheet["A4"].value.startswith("#")
    assert len(sheet.data_validations.dataValidation) >= 4
    assert filled["event"].sheet_view.rightToLeft


def test_a_filled_template_is_taken(programme: Path) -> None:
    filled = load_workbook(io.BytesIO(template()))
    names = [cell.value for cell in filled["event"][1]]
    said = {"code": "EV-1", "title": "Training", "programme": "P1", "starts": datetime(2019, 5, 6), "lang": "en",
            "participant": "كينيا", "step": "attendance entered"}  # fmt: skip
    filled["event"].append([said.get(name) for name in names])
    filled["attendance"].append(["EV-1", "Kenia", "Prosecutors", "Women", 12, "head_count", None])
    filled.save(programme)
    outcome = taken(programme, actor=CURATOR)
    assert (outcome.imported, outcome.refused) == (1, [])
    row = Event.objects.get()
    assert (row.starts, row.participant_id, row.step) == (date(2019, 5, 6), "KEN", "attendance_entered")
    assert Attendance.objects.get().participant_id == "KEN"


def test_a_preview_tells_the_same_and_writes_nothing(programme: Path) -> None:
    book(programme, {
        "rate": [("code", "title", "currency", "rate", "starts"), ("EUR", "Rate", "EUR", 0.9, "2019-01-01")],
        "donor": [("code", "title", "kind"), ("D", "Donor", "state")],
        "pledge": [("code", "title", "donor", "programme", "amount", "currency", "starts", "purpose"),
                   ("PL", "Pledge", "D", "P1", 900, "EUR", "2019-02-01", "special"),
                   ("PX", "Pledge", "D", "P1", 900, "CHF", "2019-02-01", "special")],
        "event": [EVENT, event("EV-1"), event("EV-2", "2019-13-01")],
        "attendance": [ATTENDANCE, people("EV-1")],
    })  # fmt: skip
    preview = taken(programme, actor=CURATOR, dry_run=True)
    assert not Event.objects.exists() and not Pledge.objects.exists() and not Quarantine.objects.exists()
    real = taken(programme, actor=CURATOR)
    assert preview.as_dict() == real.as_dict()
    assert (real.imported, len(real.refused)) == (4, 2)
    assert "no rate of CHF" in reasons(real)
    assert Pledge.objects.get().usd == 1000
    assert Quarantine.objects.count() == 2


def test_bad_rows_are_named_by_sheet_and_row_and_good_ones_taken(programme: Path) -> None:
    book(programme, {
        "event": [EVENT, ["# a note"], event("OK"), event("D1", "05/06/2019"), event("D2", 43591), event("N1"),
                  event("N2"), event("T1", title="First"), event("T1", title="Second"), event("S1"), event("S1"),
                  event("X1", title="Same"), event("X2", title="SAME"), event("P9", place="=1+1"), event("G1"),
                  event("no code!"), event("", title="None")],
        "attendance": [ATTENDANCE, people("OK"), people("N1", count=-5), people("N2", "Congo"), people("G1"),
                       people("G1", count=3), people("GONE")],
    })  # fmt: skip
    outcome = taken(programme)
    rows = {one["row"]: one["reason"] for one in outcome.refused if one["sheet"] == "event"}
    more = {one["row"]: one["reason"] for one in outcome.refused if one["sheet"] == "attendance"}
    assert set(Event.objects.values_list("code", flat=True)) == {"OK", "S1", "X1"}
    assert set(rows) == {4, 5, 6, 7, 8, 9, 11, 13, 14, 15, 16, 17}
    assert "05/06/2019" in rows[4] and "2019-05-06" in rows[4]
    assert "is a number" in rows[5]
    assert "also in row 9" in rows[8] and "also in row 8" in rows[9]
    assert "same as row 10" in rows[11]
    assert "“X1” in row 12" in rows[13]
    assert "formula" in rows[14]
    assert set(more) == {3, 4, 6, 7}
    assert "-5" in more[3] and "below zero" in more[3]
    assert "COD (" in more[4] and "COG (" in more[4]
    assert "same as row 5" in more[6]
    assert "no Event “GONE”" in more[7]


def test_merged_cells_are_refused_by_row(programme: Path) -> None:
    rows = [EVENT, event("A"), event("B"), event("C")]
    book(programme, {"event": rows}, {"event": "C2:C3"})
    outcome = taken(programme)
    assert refused(outcome) == [("book.xlsx", "event", 2), ("book.xlsx", "event", 3)]
    assert "C2:C3" in reasons(outcome) and "Unmerge" in reasons(outcome)
    assert set(Event.objects.values_list("code", flat=True)) == {"C"}
    book(programme, {"event": rows}, {"event": "C1:D1"})
    assert "header" in reasons(taken(programme))


def test_a_sheet_without_end_is_refused(programme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(programme, {"event": [EVENT, *(event(f"E{number}") for number in range(20))]})
    monkeypatch.setattr(reader, "MOST_ROWS", 10)
    with pytest.raises(Unreadable, match="more than 10 rows"):
        reader.read(programme)


def test_sheets_and_columns_that_are_not_known_are_named(programme: Path) -> None:
    book(programme, {
        "Trainings 2019": [("code",), ("A",)],
        "event": [("code", "titel"), ("B", "x")],
        "project": [("title", "programme"), ("No code", "P1")],
        "product": [("code", "code", "title"), ("T", "T", "x")],
        "Programmes": [("Code", "Title", "Level", "Starts"), ("P2", "Second", "Regional programme", "2020-01-01")],
    })  # fmt: skip
    outcome = taken(programme)
    told = {one["sheet"]: one["reason"] for one in outcome.refused}
    assert outcome.imported == 1
    assert "Trainings 2019" in told["Trainings 2019"] and "attendance" in told["Trainings 2019"]
    assert "“titel”" in told["event"] and "title" in told["event"]
    assert "“code” is missing" in told["project"]
    assert "twice" in told["product"]


def test_records_of_one_file_refer_to_those_of_another(programme: Path, tmp_path: Path) -> None:
    project, activity = tmp_path / "project.csv", tmp_path / "event-2019.csv"
    project.write_text("code;title;programme\nJ1;One;P1\nJ2;Two;NONE\n", encoding="utf-8")
    activity.write_text(
        "code,title,programme,project,starts\nE1,First,P1,J1,6 May 2019\nE2,Second,P1,J2,2019-05-06\n"
        "E3,Third,P1,J1,\"6 mai 2019\"\nE4,Fourth,P1\n", encoding="utf-8"
    )  # fmt: skip
    outcome = taken(activity, project)
    assert set(refused(outcome)) == {("project.csv", "", 3), ("event-2019.csv", "", 3), ("event-2019.csv", "", 5)}
    assert set(Event.objects.values_list("code", "starts")) == {("E1", date(2019, 5, 6)), ("E3", date(2019, 5, 6))}


def test_the_same_file_again_changes_nothing_and_a_change_is_a_version(programme: Path) -> None:
    sheets = {"event": [EVENT, event("A", step="attendance_entered")], "attendance": [ATTENDANCE, people("A")]}
    taken(book(programme, sheets), actor=CURATOR)
    services.move(SECOND, row=Event.objects.get(), to="verified")
    entries = Entry.objects.count()
    again = taken(programme, actor=CURATOR)
    assert (again.imported, again.updated, again.unchanged) == (0, 0, 1)
    assert Entry.objects.count() == entries
    sheets["attendance"] = [ATTENDANCE, people("A", count=11)]
    changed = taken(book(programme, sheets), actor=CURATOR)
    assert changed.updated == 1
    assert Event.objects.get(superseded_at=None).step == "attendance_entered"
    assert [row.count for row in Attendance.objects.order_by("id")][-1] == 11
    alone = {"attendance": [ATTENDANCE, people("A", count=12), people("A", "UGA", 1)]}
    assert taken(book(programme, alone), actor=CURATOR).updated == 1
    assert Event.objects.get(superseded_at=None).attendance.count() == 2


def test_columns_that_a_file_lacks_stay_as_they_are(programme: Path) -> None:
    taken(book(programme, {"event": [EVENT, event("A")], "attendance": [ATTENDANCE, people("A")]}))
    taken(book(programme, {"event": [("code", "title"), ("A", "New title")]}))
    row = Event.objects.get(superseded_at=None)
    assert (row.title, row.place, row.attendance.count()) == ("New title", "Nairobi", 1)


def test_a_person_takes_no_step_of_a_second_person(programme: Path) -> None:
    sheets = {"event": [EVENT, event("A", step="verified")], "attendance": [ATTENDANCE, people("A")]}
    outcome = taken(book(programme, sheets), actor=CURATOR)
    assert Event.objects.get().step == "attendance_entered"
    assert "second person" in outcome.notes[0]["note"]
    with pytest.raises(Denied):
        taken(programme, actor=PUBLIC)


def test_many_records_leave_one_entry_of_the_audit_that_names_them(programme: Path) -> None:
    before = set(Entry.objects.values_list("pk", flat=True))
    rows = [event(f"E{number}") for number in range(30)]
    assert taken(book(programme, {"event": [EVENT, *rows]}), actor=CURATOR).imported == 30
    entry = Entry.objects.exclude(pk__in=before).get()
    assert entry.difference["codes"] == [f"E{number}" for number in range(30)]


def test_what_was_taken_back_is_not_brought_back_by_a_file(programme: Path) -> None:
    taken(book(programme, {"event": [EVENT, event("A")]}))
    services.withdraw(CURATOR, row=Event.objects.get(), reason="twice")
    outcome = taken(programme)
    assert outcome.imported == 0 and "Restore it" in reasons(outcome)


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return out.getvalue()


#: Files by what is wrong with them, made when they are needed: a bomb takes a moment.
UNREADABLE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b"\xef\xbb\xbf \n", "empty"),
    "old Excel": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600, "old Excel"),
    "with a password": (lambda: bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le"), "password"),
    "cut short": (lambda: b"PK\x03\x04 no zip", "damaged"),
    "zip of a text": (lambda: packed(a_dot_txt=b"x"), "no workbook"),
    "OpenDocument": (lambda: packed(content_dot_xml=b"<x/>"), "OpenDocument"),
    "broken workbook": (lambda: packed(xl__workbook_dot_xml=b"<x/>"), "damaged"),
    "bomb": (lambda: packed(xl__workbook_dot_xml=b"<x/>", xl__big_dot_xml=b" " * (401 * 2**20)), "when unpacked"),
    "no text": (lambda: b"\xff\x00\x01\x02", "no workbook"),
    "Latin-1": (lambda: "code,title\nA,é\n".encode("latin-1"), "UTF-8"),
    "only a note": (lambda: b"# only a note\n", "names of the columns"),
}  # fmt: skip


@pytest.mark.parametrize("name", UNREADABLE)
def test_files_that_cannot_be_read_say_why(programme: Path, tmp_path: Path, name: str) -> None:
    make, reason = UNREADABLE[name]
    content = make()
    path = tmp_path / "event.xlsx"
    path.write_bytes(content)
    outcome = taken(path)
    assert refused(outcome) == [("event.xlsx", "", None)]
    assert reason in reasons(outcome)
    assert Quarantine.objects.count() == 1


@pytest.mark.parametrize("name", ["Congo", "congo", "Конго", "الكونغو", "刚果"])
def test_a_name_that_can_mean_two_states_is_none(name: str) -> None:
    load_reference()
    with pytest.raises(UnknownState, match=r"COD.*COG"):
        States().code(name)


def test_every_states_own_name_means_it_in_six_languages() -> None:
    load_reference()
    states = States()
    unclear = set()
    for iso3, row in states._rows.items():
        for name in row.names.values():
            try:
                assert states.code(name) == iso3, name
            except UnknownState:
                unclear.add(iso3)
    assert unclear == {"COG"}
    assert states.code("ken") == "KEN"
    with pytest.raises(UnknownState, match="KOR"):
        states.code("Republic of Kor")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2019-05-06", date(2019, 5, 6)), ("6 May 2019", date(2019, 5, 6)), ("May 6, 2019", date(2019, 5, 6)),
        ("6 мая 2019", date(2019, 5, 6)), ("6 de mayo de 2019", date(2019, 5, 6)), ("2019年5月6日", date(2019, 5, 6)),
        ("٢٠١٩-٠٥-٠٦", date(2019, 5, 6)), ({"day": "2019-05-06"}, date(2019, 5, 6)),
        ("05/06/2019", None), ("5.6.2019", None), ("06-05-19", None), ("2019-02-30", None), ("soon", None),
        (43591, None), ("0019-05-06", None),
    ],
)  # fmt: skip
def test_a_date_is_taken_where_it_can_mean_one_day(text: Any, day: date | None) -> None:
    column = Column("starts", "From", "day")
    if day is None:
        with pytest.raises(Wrong):
            value_of(text, column, States())
    else:
        assert value_of(text, column, States()) == day


@given(st.lists(st.text(st.characters(blacklist_characters="|", blacklist_categories=("Cc", "Cs", "Zs", "Zl", "Zp")),
                        min_size=1), unique=True))  # fmt: skip
def test_lists_of_codes_come_back(values: list[str]) -> None:
    assert codes(joined(tuple(values))) == tuple(values)


_TEXT = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=40).map(str.strip)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(_TEXT, st.sampled_from(["", "=", "+1", "-", "@", "'", "''=", "_x0041_", "\t"])), min_size=1))
def test_texts_come_back_from_a_workbook_whatever_they_hold(tmp_path: Path, texts: list[tuple[str, str]]) -> None:
    said = [(start + text).strip() for text, start in texts]
    table = tables()["lesson"]
    path = tmp_path / "texts.xlsx"
    path.write_bytes(workbook((table, {"code": f"L{n}", "note": text}) for n, text in enumerate(said)))
    told = next(one for one in reader.read(path)["tables"] if one["sheet"] == "lesson")
    place = told["columns"].index("note") + 1
    column = table.column("note")
    assert column is not None
    states = States.__new__(States)
    assert [value_of(row[place], column, states) for row in told["rows"]] == said


def test_a_project_keeps_its_programme_in_a_preview_too(programme: Path) -> None:
    made("programme", "P2", level="global", starts=date(2018, 1, 1))
    book(programme, {
        "project": [("code", "title", "programme"), ("J1", "One", "P1")],
        "event": [("code", "title", "programme", "project"), ("E1", "First", "P2", "J1")],
    })  # fmt: skip
    for dry_run in (True, False):
        outcome = taken(programme, dry_run=dry_run)
        assert refused(outcome) == [("book.xlsx", "event", 2)]
    assert Project.objects.count() == 1

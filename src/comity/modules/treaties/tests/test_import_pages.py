"""Status pages: what is read from one, and what is refused. The page is invented, its layout is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers import records, untc
from comity.modules.treaties.importers.reader import read
from comity.modules.treaties.importers.records import ActionRecord, StatusTable
from comity.modules.treaties.importers.untc.cells import CONSENT, SIGNATURE, read_cell, read_heading
from comity.modules.treaties.importers.untc.grid import count
from comity.modules.treaties.importers.untc.notes import leaving

FIXTURES = Path(__file__).parent / "fixtures"
PAGE = FIXTURES / "lighthouses.html"
DAYS = st.dates(date(1990, 1, 1), date(2020, 1, 1))


@pytest.fixture(scope="module")
def table() -> StatusTable:
    return untc.parse(PAGE)


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """Makes a copy of the page with words replaced."""

    def alter(*replacements: tuple[str, str]) -> Path:
        text = PAGE.read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "page.html"
        path.write_text(text)
        return path

    return alter


def acts(table: StatusTable, name: str) -> set[tuple[str, date]]:
    return {(act.kind, act.deposited) for act in table.actions if act.name == name}


def test_the_head(table: StatusTable) -> None:
    assert (table.instrument, table.title) == ("XXX-3", "Convention on the Keeping of Lighthouses")
    assert table.as_of == date(2024, 6, 15)
    assert (table.concluded_place, table.concluded_on) == ("Port Lamp", date(2001, 3, 2))
    assert (table.in_force_on, table.in_force_text) == (
        date(2003, 9, 1),
        "1 September 2003, in accordance with article 17.",
    )
    assert (table.parties_stated, table.parties) == (9, 9)
    assert (table.signatories_stated, table.signatories) == (7, 7)
    assert table.refused == ()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Albania", {("signature", date(2001, 3, 3)), ("ratification", date(2002, 5, 4))}),
        ("Bahamas (The)", {("signature", date(2001, 3, 3)), ("acceptance", date(2003, 6, 6))}),
        ("Chad", {("accession", date(2004, 7, 7))}),
        ("European Union", {("signature", date(2005, 9, 9)), ("formal_confirmation", date(2006, 10, 10))}),
        ("Montenegro", {("succession_to_signature", date(2006, 10, 23)), ("succession", date(2006, 10, 23))}),
        ("Norway", {("definitive_signature", date(2009, 1, 5))}),
        ("Spain", {("signature", date(2001, 3, 4)), ("provisional_application", date(2011, 6, 6))}),
    ],
)
def test_marks_that_differ_by_case_and_column(table: StatusTable, name: str, expected: set[tuple[str, date]]) -> None:
    assert acts(table, name) == expected


def test_a_withdrawal_has_its_notice_effect_and_reference_from_the_end_note(table: StatusTable) -> None:
    left = {act.name: act for act in table.actions if act.kind == "withdrawal"}
    assert (left["Denmark"].deposited, left["Denmark"].effective) == (date(2023, 2, 1), date(2024, 2, 1))
    assert left["Denmark"].reference == "C.N.12.2023.TREATIES-XXX-3"
    assert (left["Finland"].deposited, left["Finland"].effective) == (date(2024, 3, 1), date(2024, 9, 1))


@pytest.mark.parametrize(
    ("on", "parties"),
    [
        (date(2024, 1, 31), 10),
        (date(2024, 2, 1), 9),
        (date(2024, 8, 31), 9),
        (date(2024, 9, 1), 8),
        (date(2001, 1, 1), 0),
    ],
)
def test_a_withdrawal_ends_participation_on_the_day_it_takes_effect(table: StatusTable, on: date, parties: int) -> None:
    assert count(table.actions, CONSENT, on) == parties


def test_notes_stand_with_the_act_and_marks_not_in_the_name(table: StatusTable) -> None:
    noted = {act.name: act for act in table.actions if act.note and act.kind != "withdrawal"}
    assert noted["Albania"].kind == "ratification"
    assert noted["Albania"].note.startswith("The former Federation of Lamps had signed and ratified")
    assert not any(any(sign in act.name for sign in "0123456789[]") for act in table.actions)


def test_statements_have_their_kind_and_day(table: StatusTable) -> None:
    said = [(s.name, s.kind, s.made_on) for s in table.statements if s.kind != "objection" and not s.withdrawn_on]
    assert said == [
        ("Albania", "reservation", date(2002, 5, 4)),
        ("Albania", "understanding", date(2002, 5, 4)),
        ("Chad", "declaration", date(2010, 6, 7)),
        ("Finland", "unspecified", date(2001, 3, 3)),
        ("Finland", "unspecified", date(2008, 12, 12)),
        ("Norway", "declaration", date(2009, 1, 5)),
        ("Finland", "notification", date(2008, 12, 12)),
    ]


def test_objections_say_towards_whom_and_a_day_that_cannot_be_read_stays_in_the_text(
    table: StatusTable,
) -> None:
    said = [(s.name, s.made_on, s.towards) for s in table.statements if s.kind == "objection"]
    assert said == [
        ("Norway", date(2003, 6, 6), ("Albania",)),
        ("Norway", date(2012, 8, 8), ("Kingdom of Swaziland",)),
        ("Spain", None, ("Albania",)),
    ]
    assert "8 August l989" in table.statements[8].text


def test_a_withdrawn_reservation_is_known_with_the_day_it_went(table: StatusTable) -> None:
    gone = [s for s in table.statements if s.withdrawn_on]
    assert [(s.name, s.kind, s.withdrawn_on) for s in gone] == [("Poland", "reservation", date(2015, 5, 9))]


def test_territories_keep_the_wording_of_the_page(table: StatusTable) -> None:
    assert [(a.name, a.territory, a.deposited) for a in table.applications] == [
        ("Norway", "The Outer Rocks", date(2014, 2, 24)),
        ("Norway", "The Inner Rocks", date(2014, 2, 24)),
    ]


def test_a_record_survives_the_border_between_processes(table: StatusTable) -> None:
    assert records.from_plain(records.to_plain(table)) == table
    assert read(PAGE) == [table]


def test_every_cut_of_the_page_is_refused_as_a_whole(tmp_path: Path) -> None:
    data = PAGE.read_bytes()
    for tenths in range(1, 10):
        cut = tmp_path / "cut.html"
        cut.write_bytes(data[: len(data) * tenths // 10])
        with pytest.raises(Unreadable, match="cut off: it ends at line"):
            untc.parse(cut)


def test_missing_rows_are_noticed_though_the_page_ends_well(tmp_path: Path) -> None:
    text = PAGE.read_text()
    start, end = text.index("\t\t<td>Eswatini"), text.index("\t\t<td>Finland")
    path = tmp_path / "short.html"
    path.write_text(text[:start] + text[end:])
    with pytest.raises(Unreadable, match="states 9 parties, its table gives 8"):
        untc.parse(path)


def test_a_row_that_cannot_be_read_is_refused_and_the_rest_taken(altered: Callable[..., Path]) -> None:
    table = untc.parse(altered(("11 Nov\t 2007 a", "31 Nov\t 2007 a")))
    assert [(r.row, r.reason) for r in table.refused] == [("line 54: Eswatini", '"31 Nov 2007" is not a day')]
    assert table.parties == 8
    assert not acts(table, "Eswatini")


def test_an_unknown_mark_is_refused_with_its_row(altered: Callable[..., Path]) -> None:
    table = untc.parse(altered(("11 Nov\t 2007 a", "11 Nov\t 2007 q")))
    assert 'the mark "q"' in table.refused[0].reason


def test_brackets_without_a_day_are_refused(altered: Callable[..., Path]) -> None:
    silent = ("deposited with the Secretary-General a notification of withdrawal (See", "wrote (See")
    table = untc.parse(altered(silent, ("The withdrawal took effect for Denmark on 1 February 2024", "So it was")))
    assert [r.row for r in table.refused] == ["line 42: Denmark"]
    assert "no note gives the day" in table.refused[0].reason


def test_an_unknown_column_is_left_out_and_named(altered: Callable[..., Path]) -> None:
    table = untc.parse(altered(("Provisional application under article 23(n)", "Weather")))
    assert 'the column "Weather" is not known' in table.refused[0].reason
    assert table.parties == 9


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("<html>" + "<div>" * 100_000 + "</html>", "deep"),
        ("<html>" + "<b>x</b>" * 300_000 + "</html>", "more than 400,000"),
        ('<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><html>&b;</html>', "declares entities"),
        ("<html><body>nothing</body></html>", "not a status page"),
        ("<", "not a status page|holds no HTML"),
        ("", "empty"),
    ],
    ids=["deep", "many tags", "entities", "another page", "one sign", "empty"],
)
def test_bombs_and_strangers(tmp_path: Path, content: str, says: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(content)
    with pytest.raises(Unreadable, match=says):
        read(path)


def test_a_page_of_another_site_is_named_by_its_title() -> None:
    with pytest.raises(Unreadable, match='"The Lamp Gazette"'):
        read(FIXTURES / "another_site.html")


def test_a_page_without_its_day_or_in_another_encoding_says_so(altered: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match='names no day after "STATUS AS AT"'):
        untc.parse(altered(("STATUS AS AT : 15-06-2024 09:15:30 EDT", "STATUS AS AT : today")))
    latin = tmp_path / "latin.html"
    latin.write_bytes(PAGE.read_text().replace("Port Lamp", "Pôrt").encode("latin-1"))
    with pytest.raises(Unreadable, match="Line 10 is not UTF-8"):
        untc.parse(latin)


@pytest.mark.parametrize(
    ("heading", "cell", "kinds"),
    [
        ("Ratification, Acceptance(A), Accession(a)", "3 Dec 1997 A", ["acceptance"]),
        ("Ratification, Acceptance(A), Accession(a)", "3 Dec 1997 a", ["accession"]),
        ("Succession(d), Consent to be bound(P)", "12 Nov 2006 P", ["consent_to_be_bound"]),
        ("Signature", "3 Dec 1997 d", ["succession_to_signature"]),
        ("Signature", "3 Dec 1997 s", ["definitive_signature"]),
        ("Ratification", "3 Dec 1997 AA", ["approval"]),
        ("Ratification", "[3 Dec 1997 ] 4 Jan 2001 a", ["ratification", "accession"]),
        ("Denunciation", "3 Dec 1997", ["withdrawal"]),
        ("Ratification", "", []),
    ],
)
def test_a_cell_is_read_by_its_heading(heading: str, cell: str, kinds: list[str]) -> None:
    assert [entry.kind for entry in read_cell(read_heading(heading), cell)] == kinds


@pytest.mark.parametrize("cell", ["soon", "31 Feb 2001", "3 Dec 1997 and more", "1997"])
def test_what_is_no_date_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="day|date"):
        read_cell(read_heading("Ratification"), cell)


@pytest.mark.parametrize(
    ("note", "notified", "effective"),
    [
        (
            "On 27 October 2016, the Government of X deposited a notification of withdrawal from it. "
            "The action shall take effect for X on 27 October 2017 in accordance with article 127.",
            date(2016, 10, 27), date(2017, 10, 27),
        ),
        (
            "In a notification received on 2 May 2002, the Government of X informed the depositary that "
            "it had decided to denounce the Convention with effect from 2 May 2003.",
            date(2002, 5, 2), date(2003, 5, 2),
        ),
        ("On 4 August 1998, the Government of X withdrew the reservation to article 20.", None, None),
        ("On 19 August 1998, X notified its decision to withdraw its reservation.", None, None),
        (
            "On 1 May 2016, X deposited a notification of withdrawal. On 7 March 2017, X notified the "
            "rescission of its withdrawal: it rescinds the instrument of withdrawal.",
            None, None,
        ),
    ],
)  # fmt: skip
def test_withdrawals_are_told_from_withdrawn_reservations(
    note: str, notified: date | None, effective: date | None
) -> None:
    told = leaving(note)
    assert (told.notified, told.effective) == (notified, effective) if told else (notified, effective) == (None, None)


@given(
    st.lists(
        st.tuples(st.sampled_from("ABCDEF"), st.sampled_from(["accession", "withdrawal"]), DAYS),
        max_size=12,
    ),
    DAYS,
)  # fmt: skip
def test_counting_never_counts_a_name_twice_nor_one_without_consent(
    said: list[tuple[str, str, date]], on: date
) -> None:
    acts = tuple(
        ActionRecord(name, kind, day, "", effective=day if kind == "withdrawal" else None) for name, kind, day in said
    )
    consented = {name for name, kind, day in said if kind == "accession" and day <= on}
    assert 0 <= count(acts, CONSENT, on) <= len(consented)
    assert count(acts, SIGNATURE, on) == 0

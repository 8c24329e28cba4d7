"""Document symbols: read, printed back, found in texts, and their identifiers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.reports.symbols import candidates, found, iri, parse, resolutions, write

DAY = date(2020, 2, 3)
SYMBOLS = [
    "A/75/50",
    "A/74/130",
    "CAC/COSP/IRG/2020/3",
    "CAC/COSP/IRG/2019/4",
    "E/CN.7/2019/CRP.13-E/CN.15/2019/CRP.9",
    "A/RES/74/177",
    "E/RES/2019/23",
    "S/RES/2396 (2017)",
    "A/75/50/Add.1",
    "A/75/50/Rev.1/Corr.2",
    "A/75/50/Amend.1",
    "A/C.3/74/L.5/Rev.1*",
    "A/520/Rev.17",
    "CTOC/COP/WG.2/2019/2",
    "A/CONF.234/4",
    "A/S-32/1",
    "A/ES-10/L.1",
    "ST/SGB/2000/8",
    "A/HRC/44/24/Summary",
    "S/PRST/2020/1",
    "A/74/PV.1",
    "E/CN.4/Sub.2/2003/12",
]


@pytest.mark.parametrize("text", SYMBOLS)
def test_a_symbol_is_read_and_printed_back(text):
    assert write(parse(text)) == text
    place = found(f"See ({text}), above.")
    assert [p.text for p in place] == [text]


def test_parts():
    first, second = parse("E/CN.7/2019/CRP.13-E/CN.15/2019/CRP.9")
    assert (first.organ, first.bodies, first.session, first.nature) == ("E", ("CN.7",), "2019", "CRP.13")
    assert second.bodies == ("CN.15",)
    (report,) = parse("CAC/COSP/IRG/2020/3")
    assert (report.bodies, report.session, report.number) == (("COSP", "IRG"), "2020", "3")
    (resolution,) = parse("A/RES/74/177")
    assert (resolution.before, resolution.session, resolution.number) == ("RES", "74", "177")
    (old,) = parse("A/520/Rev.17")
    assert (old.session, old.number, old.suffixes) == ("", "520", ("Rev.17",))


@pytest.mark.parametrize(
    "text", ["", "A", "A/B", "75/50", "A/75/", "A/75/50/Add", "a/75/50", "A//50", "A/75/50/Rev.", "AND/OR", "A/75/50-"]
)
def test_what_is_no_symbol_is_refused(text):
    with pytest.raises(ValueError, match="A/75/50"):
        parse(text)


@given(
    st.sampled_from(["A", "E", "S", "CAC", "CTOC"]),
    st.lists(st.sampled_from(["CN.7", "COSP", "IRG", "WG.2", "Sub.1"]), max_size=2),
    st.integers(1, 2099),
    st.sampled_from(["", "/CRP.3", "/L.12", "/INF.1", "/44"]),
    st.lists(st.sampled_from(["Add.1", "Corr.2", "Rev.3", "Summary"]), max_size=2),
)
def test_symbols_made_from_the_grammar_come_back(organ, bodies, session, nature, suffixes):
    text = "/".join(["/".join([organ, *bodies, str(session)]) + nature, *suffixes])
    assert write(parse(text)) == text
    assert [p.text for p in found(f"文件{text}。")] == [text]


def test_found_in_a_text_with_resolutions_beside_it():
    text = "In resolution 74/177 (A/RES/74/177) and decision 74/550, see A/74/130 and/or TCP/IP, 2396 (2017)."
    assert [p.text for p in found(text)] == ["A/RES/74/177", "A/74/130"]
    assert [p.text for p in resolutions(text)] == ["74/177", "74/550", "2396 (2017)"]
    assert all(text[p.start : p.end] == p.text for p in (*found(text), *resolutions(text)))
    assert [p.text for p in resolutions("第74/177号决议 18/05/2020")] == ["74/177"]


def test_a_misspelt_symbol_is_a_candidate_without_reading():
    (place,) = candidates("see A/75/50/Add for it")
    assert place.text == "A/75/50/Add"
    assert place.symbols == ()


def test_identifiers():
    assert iri(parse("A/75/50"), DAY) == "/akn/un/collection/publication/un-ga/2020-02-03/A-75-50"
    assert iri(parse("A/74/130"), DAY, "fr") == (
        "/akn/un/collection/publication/un-ga/2020-02-03/A-74-130/fra@2020-02-03"
    )
    assert iri(parse("CAC/COSP/IRG/2020/3"), DAY) == (
        "/akn/un/collection/publication/un-cac-cosp-irg/2020-02-03/CAC-COSP-IRG-2020-3"
    )
    # The example of the guidelines: resolution 71/4 of 13 October 2016.
    assert iri(parse("A/RES/71/4"), date(2016, 10, 13)) == "/akn/un/statement/deliberation/un-ga/2016-10-13/71-4"
    assert iri(parse("S/RES/2396 (2017)"), DAY).endswith("/2396_2017")


@pytest.mark.parametrize(
    ("text", "day", "lang"),
    [("A/75/50", None, None), ("E/CN.7/2019/CRP.13-E/CN.15/2019/CRP.9", DAY, None), ("A/75/50", DAY, "de")],
)
def test_no_identifier_without_date_for_two_symbols_or_in_another_language(text, day, lang):
    with pytest.raises(ValueError):
        iri(parse(text), day, lang)

"""The Chinese report of the seventy-fifth session: its paragraphs, its figures, what it leaves open."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from comity.modules.reports.published import Published, as_json, read

from .published_sample import REPORT, facts


@pytest.fixture(scope="module")
def report(shared: Path) -> Published:
    return read((shared / REPORT).read_text(encoding="utf-8"), "zh")


def test_has_116_paragraphs_in_their_order(report: Published) -> None:
    assert [p.number for p in report.paragraphs] == list(range(1, 117))
    assert all(p.text for p in report.paragraphs)


def test_headings_that_restart_their_numbers_are_headings(report: Published) -> None:
    heading = {p.number: p.heading for p in report.paragraphs}
    assert heading[1] == "导言"
    assert heading[20].endswith(" / 跨国有组织犯罪") and heading[20].count(" / ") == 2
    assert heading[44].endswith("打击偷运枪支活动的措施")
    assert heading[46].endswith(" / 遏制腐败") and heading[46].count(" / ") == 1
    assert heading[94].endswith(" / 关于战略规划的信息")
    assert heading[116] == "结论性意见"


def test_sentences_cut_by_a_page_break_are_joined_and_footnotes_left_out(report: Published) -> None:
    text = {p.number: p.text for p in report.paragraphs}
    assert "小组为消除对妇女歧视" in text[43]
    assert "有效执行任务授权和方案" in text[102]
    assert not any("www." in body for body in text.values())


def test_table_a_is_found_and_nothing_else_is_claimed(report: Published) -> None:
    wanted = Counter((f["paragraph"], f["value"], f["unit"], f["qualifier"], f["kind"]) for f in facts())
    got = Counter((str(f.paragraph), f.value, f.unit, f.qualifier, f.kind) for f in report.figures)
    table_a = Counter(
        (f["paragraph"], f["value"], f["unit"], f["qualifier"], f["kind"]) for f in facts() if f["fact"] != "-"
    )
    found = sum((table_a & got).values())
    assert found / sum(table_a.values()) >= 0.95, sorted((table_a - got).elements())
    assert not got - wanted, sorted((got - wanted).elements())
    assert not wanted - got, sorted((wanted - got).elements())


def test_every_figure_is_a_span_of_its_paragraph(report: Published) -> None:
    text = {p.number: p.text for p in report.paragraphs}
    for item in [*report.figures, *report.unresolved]:
        assert item.text and item.text in text[item.paragraph]


def test_paragraphs_of_calls_and_context_have_no_figure(report: Published) -> None:
    empty = {1, 2, 3, 4, 5, 14, 15, 65, 104, 105, 106, 108, 110, 113, 114, 115, 116}
    assert not empty & {f.paragraph for f in report.figures}


@pytest.mark.parametrize(
    ("paragraph", "value", "period"),
    [
        (9, "5", "2019-01-01/2019-03-31"),
        (13, "1940000", None),
        (20, "190", None),
        (20, "70", "2019-01-01/2019-12-31"),
        (21, "1", "2019-10-15/2019-10-19"),
        (21, "2", "2020-07-01/2020-07-31"),
        (24, "338196", "2019-01-01/2019-12-31"),
        (24, "20.8", "2019-01-01/2019-12-31"),
        (25, "1647", None),
        (30, "3", None),
        (30, "48", "2019-01-01/2019-12-31"),
        (38, "1200", "2019-01-01/2019-12-31"),
        (48, "10", "2019-05-01/2019-05-31"),
        (48, "2", "2019-12-01/2019-12-31"),
        (48, "13", "2019-05-01/2019-05-31"),
        (48, "8", "2019-05-31/2019-05-31"),
        (69, "17300", None),
        (81, "100", "2019-01-01/2019-12-31"),
        (86, "5", "2019-03-27/2019-03-29"),
        (94, "3", None),
        (97, "6", None),
        (97, "5", "2019-01-01/2019-12-31"),
        (100, "330000000", "2019-01-01/2019-12-31"),
        (102, "8800000", None),
        (103, "602500000", "2018-01-01/2019-12-31"),
        (103, "697900000", "2020-01-01/2021-12-31"),
    ],
)
def test_periods(report: Published, paragraph: int, value: str, period: str | None) -> None:
    periods = [f.period for f in report.figures if f.paragraph == paragraph and f.value == value]
    assert periods and periods[0] == period


@pytest.mark.parametrize(
    ("paragraph", "count"),
    [(18, 3), (32, 5), (34, 5), (53, 5), (59, 25), (60, 11), (61, 6), (62, 3), (64, 4), (87, 12)],
)
def test_counts_of_listed_names_are_offered_not_claimed(report: Published, paragraph: int, count: int) -> None:
    lists = [u for u in report.unresolved if u.paragraph == paragraph and u.reason == "count_of_listed_names"]
    assert count in [len(u.names) for u in lists]


def test_the_states_of_a_list_are_named_in_full(report: Published) -> None:
    names = next(u.names for u in report.unresolved if u.paragraph == 59)
    assert names[0] == "比利时" and names[-1] == "乌拉圭" and "圣基茨和尼维斯" in names


def test_words_without_a_number_stay_open(report: Published) -> None:
    reasons = {(u.paragraph, u.reason) for u in report.unresolved}
    assert {(30, "vague_words"), (47, "record_without_number"), (97, "vague_words")} <= reasons
    # A list whose number is printed is no question.
    assert not any(u.paragraph in (30, 76, 97) and u.reason == "count_of_listed_names" for u in report.unresolved)


def test_the_object_has_the_shape_of_the_contract(report: Published) -> None:
    data = as_json(report)
    assert set(data) == {"paragraphs", "figures", "unresolved"}
    assert set(data["paragraphs"][0]) == {"number", "heading", "text"}
    assert set(data["figures"][0]) == {"paragraph", "text", "kind", "value", "unit", "qualifier", "period"}
    assert all(isinstance(f["value"], str) for f in data["figures"])


def test_the_report_is_read_in_a_second(shared: Path) -> None:
    text = (shared / REPORT).read_text(encoding="utf-8")
    start = time.process_time()
    read(text, "zh")
    assert time.process_time() - start < 1

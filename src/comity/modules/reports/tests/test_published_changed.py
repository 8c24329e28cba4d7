"""The same report with other numbers: nothing in the importer may know the printed ones."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from comity.modules.reports.published import Figure, Published, read

from .published_sample import REPORT

_NUMERAL = re.compile(r"\d[\d,.]*(?:\s*[万亿])?|[一二两三四五六七八九十]+")
_BEFORE = {"": "exact", "逾 ": "more_than", "超过": "more_than", "近": "nearly", "将近 ": "nearly", "约 ": "about"}
_BEFORE |= {"大约": "about", "至少 ": "at_least", "不少于": "at_least"}
_DIGITS = "零一二三四五六七八九"


def _chinese_word(number: int) -> str:
    """Writes 2..99 in Chinese words, as a report does."""
    if number == 2:
        return "两"
    tens, ones = divmod(number, 10)
    word = ("" if tens == 1 else _DIGITS[tens]) + "十" if tens else ""
    return word + (_DIGITS[ones] if ones else "")


def _numeral(dice: random.Random) -> tuple[str, str]:
    """Returns a numeral as printed and its value."""
    number = dice.randint(3, 9_999_999)
    style = dice.randint(0, 6)
    if style == 0:
        return f"{number:,}", str(number)
    if style == 1:
        return f"{number:,}".replace(",", "，").translate({48 + i: 0xFF10 + i for i in range(10)}), str(number)
    if style == 2:
        number = dice.randint(2, 9999)
        return f"{number} 万", str(number * 10**4)
    if style == 3:
        number = dice.randint(1001, 9999)
        return f"{number / 1000:.3f} 亿", str(number * 10**5)
    if style == 4:
        return str(number), str(number)
    if style == 5:
        number = dice.randint(2, 9999)
        return f"{number}万", str(number * 10**4)
    number = dice.randint(2, 99)
    return _chinese_word(number), str(number)


def _changeable(report: Published, text: str) -> list[Figure]:
    """Figures whose numeral can be exchanged in the whole text: their span stands there once, with one numeral."""
    rows = []
    for figure in report.figures:
        single = figure.kind == "quantity" and figure.value == "1"
        if figure.kind in ("quantity", "money") and not single and text.count(figure.text) == 1:
            spans = [f for f in report.figures if f is not figure and f.text in figure.text]
            if not spans and len(_NUMERAL.findall(figure.text.split(figure.unit)[0] or figure.text)) == 1:
                rows.append(figure)
    return rows


@pytest.mark.parametrize("seed", range(6))
def test_other_numbers_and_qualifiers_come_out(shared: Path, seed: int) -> None:
    dice = random.Random(seed)
    text = (shared / REPORT).read_text(encoding="utf-8")
    before = read(text, "zh")
    rows = _changeable(before, text)
    assert len(rows) >= 60
    wanted: dict[int, tuple[str, str]] = {}
    original = text
    for row in sorted(rows, key=lambda row: original.index(row.text), reverse=True):
        place = _NUMERAL.search(row.text)
        assert place
        tail = re.sub(r"^\s*(?:多|余)", "", row.text[place.end() :]).replace("以上的", "", 1)
        numeral, value = _numeral(dice)
        prefix, qualifier = dice.choice(list(_BEFORE.items()))
        more = dice.random() < 0.2 and not prefix and row.kind == "quantity"
        start = original.index(row.text)
        new = f"{prefix}{numeral}{' 多' if more else ' '}{tail.lstrip()}"
        text = text[:start] + new + text[start + len(row.text) :]
        wanted[before.figures.index(row)] = (value, "more_than" if more else qualifier)
    after = read(text, "zh")
    count = [
        sum(f.paragraph == n for f in after.figures) - sum(f.paragraph == n for f in before.figures) for n in range(117)
    ]
    assert not any(count), [p.text for p in after.paragraphs if count[p.number]]
    for index, (old, new) in enumerate(zip(before.figures, after.figures, strict=True)):
        value, qualifier = wanted.get(index, (old.value, old.qualifier))
        assert (new.paragraph, new.kind, new.value, new.unit, new.qualifier) == (
            old.paragraph,
            old.kind,
            value,
            old.unit,
            qualifier,
        ), next(p.text for p in after.paragraphs if p.number == new.paragraph)
        assert new.period == old.period


def test_other_dates_percentages_and_ordinals_come_out(shared: Path) -> None:
    text = (shared / REPORT).read_text(encoding="utf-8")
    for old, new in {
        "2024 年 6 月": "2026 年 11 月",
        "2020年4月1日": "2018年12月31日",
        "自 2003 年以来": "自 1997 年以来",
        "20.8%": "7.25％",
        "第五次会议": "第二十一次会议",
        "第三版": "第 12 版",
        "2018-2019 两年期": "2022-2023 两年期",
        "第 74/177 号": "第 79/12 号",
        "第 2396(2017)号": "第 1373(2001)号",
        "第十一条": "第四十六条",
        "A/74/130": "A/79/1500",
    }.items():
        assert old in text
        text = text.replace(old, new)
    report = read(text, "zh")
    got = {(f.paragraph, f.kind, f.value) for f in report.figures}
    assert {(47, "date", "2026-11"), (38, "date", "2018-12-31"), (59, "date", "1997"), (24, "percent", "7.25")} <= got
    assert {(86, "ordinal", "21"), (76, "ordinal", "12")} <= got
    assert ("602500000", "2022-01-01/2023-12-31") in {(f.value, f.period) for f in report.figures}
    assert not {"79", "1373", "2001", "46", "1500", "79/12"} & {f.value for f in report.figures}


@pytest.mark.parametrize(
    ("sentence", "value", "unit", "qualifier", "kind"),
    [
        ("该办公室培训了十二名法官。", "12", "法官", "exact", "quantity"),
        ("该办公室培训了 2.5 万余名检察官和法官。", "25000", "检察官和法官", "more_than", "quantity"),
        ("该办公室向 70 个左右的国家提供了援助。", "70", "国家", "about", "quantity"),
        ("该办公室向 70 个国家左右提供了援助。", "70", "国家", "about", "quantity"),
        ("援助不少于３０个国家。", "30", "国家", "at_least", "quantity"),
        ("认捐为 12 亿 3,000 万欧元。", "1230000000", "EUR", "exact", "money"),
        ("认捐为 US$ 3.5 亿。", "350000000", "USD", "exact", "money"),
        ("女性占百分之四十五。", "45", "%", "exact", "percent"),
        ("女性占近百分之三十。", "30", "%", "nearly", "percent"),
        ("费用减少了 3.5 个百分点。", "3.5", "%", "exact", "percent"),
        ("两千零五人参加。", "2005", "人", "exact", "quantity"),
        ("向 38 个民间社会组织发放了赠款。", "38", "民间社会组织", "exact", "quantity"),
        ("工作人员总数为 1,450 名。", "1450", "工作人员", "exact", "quantity"),
        ("通过率达 95% 以上。", "95", "%", "more_than", "percent"),
        ("开展了历时三个月的培训。", "3", "个月", "exact", "quantity"),
    ],
)
def test_ways_of_printing(sentence: str, value: str, unit: str, qualifier: str, kind: str) -> None:
    figures = read(f"1. {sentence}", "zh").figures
    assert [(f.value, f.unit, f.qualifier, f.kind) for f in figures] == [(value, unit, qualifier, kind)]


@pytest.mark.parametrize(
    "sentence",
    [
        "根据第 74/177 号决议和第 2396(2017)号决议第 5 段开展工作（A/75/50）。",
        "执行《公约》第十一条、第二章和第五章。",
        "推进目标 16 和指标 11.7.2 及 16.4.1。",
        "这是一个安全的环境，是更广泛议程的一部分。",
        "该方案面临一场前所未有的危机，以期制定一个方案。",
        "在 2030 年之前落实《2030 年议程》，COVID-19 大流行仍在继续。",
        "第十四届联合国预防犯罪大会的筹备工作供大会第七十四届会议审议。",
        "在国家和区域两级统一行动，零部件除外。",
        "项目 2.0 见 www.example.org/12-countries.html。",
    ],
)
def test_what_is_no_figure(sentence: str) -> None:
    assert read(f"1. {sentence}", "zh").figures == []


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("培训了数百名法官。", "vague_words"),
        ("培训了 10 至 15 名法官。", "range"),
        ("培训了不到 70 名法官。", "upper_bound"),
        ("三分之一的学员是女性。", "fraction"),
        ("向肯尼亚、马里和秘鲁提供了援助。", "count_of_listed_names"),
    ],
)
def test_what_stays_open(sentence: str, reason: str) -> None:
    report = read(f"1. {sentence}", "zh")
    assert [u.reason for u in report.unresolved] == [reason]
    assert "70" not in {f.value for f in report.figures}

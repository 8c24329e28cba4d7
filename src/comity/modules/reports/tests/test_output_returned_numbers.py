"""Which numbers in a file that came back are altered, and which are the same in another writing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.modules.reports.document import NumberedParagraph, PrintedFigure, Run
from comity.modules.reports.outputs import returning
from comity.modules.reports.tests.returned_editing import back, end, mark, only, run, write_into
from comity.modules.reports.tests.sample_editions import AS_OF, LANGS, sample


@pytest.mark.parametrize("text", ["９０８", "\u00a0908", "٩٠٨", "9 08".replace(" ", "\u200e"), " 908 "])
def test_other_digits_and_blanks_are_the_same_number(text: str) -> None:
    assert back(write_into("fig_F25_1", text)).problems == []


@pytest.mark.parametrize(
    ("lang", "key", "text"),
    [
        ("en", "fig_F2_1", "over 3,000"),
        ("en", "fig_F25_2", "338\u00a0196"),
        ("zh", "fig_F2_1", "逾3,000"),
        ("en", "fig_F3_1", "$ 602.5\u00a0million"),
    ],
)
def test_another_word_for_the_same_claim_is_the_same(lang: str, key: str, text: str) -> None:
    assert back(write_into(key, text), lang).problems == []


@pytest.mark.parametrize(
    ("lang", "key", "text"),
    [
        ("en", "fig_F2_1", "3,000"),
        ("en", "fig_F2_1", "nearly 3,000"),
        ("en", "fig_F25_2", "338,169"),
        ("en", "fig_F3_1", "€602.5 million"),
        ("en", "fig_F3_1", "$602.5 billion"),
        ("zh", "fig_F3_1", "6.025 万美元"),
        ("zh", "fig_F3_1", "6.025 亿欧元"),
        ("en", "fig_F3_2", "15.8"),
        ("en", "fig_F25_1", ""),
        ("ar", "fig_F25_1", "890"),
    ],
)
def test_another_number_qualifier_scale_or_currency_is_altered(lang: str, key: str, text: str) -> None:
    problem = only(back(write_into(key, text), lang))
    assert (problem.kind, problem.key, problem.found) == ("altered", key, text)


@pytest.mark.parametrize(("typed", "found"), [("0", "9080"), (",5", "908,5"), (" 000", "908 000"), ("万", "908万")])
def test_what_is_typed_right_behind_the_bookmark_changes_the_number(typed: str, found: str) -> None:
    problem = only(back(lambda root: end(root, "fig_F25_1").addnext(run(typed))))
    assert (problem.kind, problem.figure) == ("altered", "portal.new_entries")
    assert problem.found.startswith(found[:4])


def test_what_is_typed_right_before_the_bookmark_changes_the_number() -> None:
    problem = only(back(lambda root: mark(root, "fig_F25_1").addprevious(run("1"))))
    assert (problem.kind, problem.found) == ("altered", "1908")


@settings(max_examples=150, deadline=None)
@given(value=st.integers(0, 10**7), other=st.integers(0, 10**7), lang=st.sampled_from(LANGS))
def test_every_other_number_is_altered(value: int, other: int, lang: str) -> None:
    printed = PrintedFigure(
        "fig_1", "s", f"{value:,}", Decimal(value), "count", "persons", "exact", "2019", AS_OF, "computed", "d", "/"
    )
    document = replace(sample(lang), body=(NumberedParagraph(1, "k", (Run("a "), Run(printed.text, figure=printed))),))
    events = [["p", "numbered"], ["start", "_par_1"], ["t", "a "], ["start", "fig_1"], ["t", f"{other:,}"],
              ["end", "fig_1"], ["end", "_par_1"]]  # fmt: skip
    read = {"events": events, "notes": {}, "edition": "", "digest": ""}
    altered = [p for p in returning.compare_read(read, document).problems if p.kind == "altered"]
    assert bool(altered) is (value != other)

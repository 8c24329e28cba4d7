"""Acceptance case 21: 31 reports and 289 recommendations, filtered, in shares that add to 100, each with its list."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.actions.labels import Label
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.models import Recommendation
from comity.modules.programmes.services.versions import add_version
from comity.modules.programmes.tests.browsing import HOME, page_of
from comity.modules.programmes.tests.makers import draft, made
from tests.harness.browsing import As

pytestmark = pytest.mark.django_db
URL = f"{HOME}evaluations/"
TARGETS = [("16.4",), ("16.4", "16.6"), ("5.2",), ("16.40",), ()]


@pytest.fixture
def records() -> list[Recommendation]:
    """31 reports of two years with 289 recommendations, each answered or not, followed up or not."""
    chance = Random(31289)
    for number in range(31):
        year = 2017 + number % 2
        dates = {"starts": date(year, 1, 1), "ends": date(year, 11, 1)}
        made("evaluation", f"E-{number:02}", type="in_depth", step="final", **dates)
    found = []
    for number in range(289):
        step = chance.choice(["issued", "responded", "in_progress", "implemented", "verified"])
        said = draft(
            "recommendation", f"REC-{number:03}", evaluation=f"E-{number % 31:02}",
            criterion=chance.choice(v.Criterion.values), theme=chance.choice(v.RecommendationTheme.values),
            sdg_targets=chance.choice(TARGETS), response="" if step == "issued" else chance.choice(v.Response.values),
            due=date(2019, 1, 1), owner="Programme office",
        )  # fmt: skip
        found.append(add_version(said, before=None, step=step, actor="user:1", wrote=True))
    return found


def total(url: str) -> int:
    """How many records a list shows."""
    return int(As(PUBLIC).get(url).context["page"].total)


def test_31_reports_and_289_recommendations(records: list[Recommendation]) -> None:
    answer = As(PUBLIC).get(URL)
    found = answer.context["found"]
    assert (len(found.reports), found.total, total(found.url)) == (31, 289, 289)
    for shares, field in ((found.by_theme, "theme"), (found.by_criterion, "criterion"), (found.by_response, "response"),
                          (found.by_step, "step")):  # fmt: skip
        assert sum(share.percent for share in shares) == 100
        assert sorted(share.count for share in shares) == sorted(Counter(getattr(r, field) for r in records).values())
        for share in shares:
            assert total(share.url) == share.count, (field, share.label)
    late = sum(r.step in {"issued", "responded", "in_progress"} for r in records)
    assert len(found.late) == late


@pytest.mark.parametrize(
    "query",
    [{"sdg": "16.4"}, {"sdg": "16.4", "criterion": "relevance"}, {"year": 2018}, {"theme": "funding", "year": 2017}],
)
def test_filters_narrow_reports_and_recommendations_alike(records: list[Recommendation], query: dict[str, Any]) -> None:
    def meets(row: Recommendation) -> bool:
        year = 2017 + int(row.evaluation[2:]) % 2
        return (
            query.get("sdg", "") in ("", *row.sdg_targets)
            and query.get("criterion", row.criterion) == row.criterion
            and query.get("theme", row.theme) == row.theme
            and query.get("year", year) == year
        )

    wanted = [row for row in records if meets(row)]
    found = As(PUBLIC).get(URL, **query).context["found"]
    assert 0 < found.total == len(wanted) == total(found.url) < 289
    assert {report.row.code for report in found.reports} == {row.evaluation for row in wanted}
    assert sum(share.percent for share in found.by_theme) == 100
    assert all(total(share.url) == share.count for share in (*found.by_theme, *found.by_response, *found.by_step))


def test_each_recommendation_leads_to_its_answer_and_its_follow_up() -> None:
    made("evaluation", "E-1", type="project", step="final", ends=date(2018, 1, 1))
    made(
        "recommendation", "R-1", evaluation="E-1", criterion="impact", theme="funding", response="partial",
        response_reason="The budget is short.", actions="Ask donors", owner="Office", due=date(2018, 6, 1),
        step="in_progress",
    )  # fmt: skip
    text = As(PUBLIC).text(URL)
    assert page_of("recommendation", "R-1") in text and page_of("evaluation", "E-1") in text
    page = As(PUBLIC).text(page_of("recommendation", "R-1"))
    for words in ("partially accepted", "The budget is short.", "Ask donors", "in progress"):
        assert words in page
    assert page_of("evaluation", "E-1") in page


def test_what_a_reader_may_not_see_is_in_no_percentage() -> None:
    made("evaluation", "E-1", type="project", step="final", ends=date(2018, 1, 1))
    common = {"evaluation": "E-1", "criterion": "impact"}
    made("recommendation", "R-1", theme="funding", **common)
    hidden = draft("recommendation", "R-2", (), Label.SECRETARIAT, theme="other", **common)
    add_version(hidden, before=None, step="issued", actor="user:1", wrote=True)
    found = As(PUBLIC).get(URL).context["found"]
    assert [(share.count, share.percent) for share in found.by_theme] == [(1, 100)]
    assert found.reports[0].total == 1


def test_an_empty_page_says_what_comes_here() -> None:
    assert "No recommendation is recorded yet" in As(PUBLIC).text(URL)
    assert "No recommendation meets these filters" in As(PUBLIC).text(URL, theme="other", year="x")

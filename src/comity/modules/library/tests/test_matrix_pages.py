"""The pages of the matrix, of what is left to do, of suggestions and of redactions, for each reader."""

from __future__ import annotations

import json
from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.texts.load_reference import load_reference
from comity.modules.library.models import Suggestion
from comity.modules.library.selectors.records import content_of
from comity.modules.library.suggesting import described_articles, suggest
from comity.modules.library.tests import making
from comity.modules.treaties.models import Article, ArticleTitle, Instrument
from comity.modules.treaties.tests import making as treaty_facts
from tests.harness.browsing import As

HOME = "/en/library/"

pytestmark = pytest.mark.django_db
GRID = f"{HOME}matrix/"


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()
    untoc = Instrument.objects.get(code="UNTOC")
    for order, (number, title) in enumerate((("5", "Participation in a group"), ("18", "Mutual legal assistance"))):
        article = Article.objects.create(instrument=untoc, number=number, order=order)
        ArticleTitle.objects.create(article=article, lang="en", value=title, status="original")
    said = treaty_facts.edition(untoc)
    for iso3 in ("AAA", "BBB"):
        treaty_facts.act(said, iso3, "ratification", "2003-09-29")


def test_the_grid_says_that_nothing_is_recorded_and_gives_the_same_rows_as_files() -> None:
    making.shown(making.law("AAA"))
    page = As(PUBLIC).text(GRID, instrument="UNTOC", on="2020-06-30")
    assert page.count("nothing recorded here") >= 3 and "State AAA" in page and "State BBB" in page
    told = json.loads(As(PUBLIC).text(GRID, instrument="UNTOC", on="2020-06-30", format="json"))
    assert [(r["iso3"], r["article"], r["laws"]) for r in told["rows"]] == [
        ("AAA", "5", 1), ("AAA", "18", 0), ("BBB", "5", 0), ("BBB", "18", 0),
    ]  # fmt: skip
    assert "rank" not in told and "score" not in str(told["rows"])


@pytest.mark.parametrize(
    "query", [{"instrument": "NONE"}, {"instrument": "UNTOC", "article": "99"}, {"instrument": "UNTOC", "on": "soon"}]
)
def test_what_is_asked_wrongly_is_answered_clearly(query: dict[str, str]) -> None:
    assert As(PUBLIC).get(GRID, **query).status_code in {400, 404}


def test_one_state_and_one_article_as_lists() -> None:
    making.shown(making.case("BBB", tags=[{"scheme": "article", "value": "UNTOC:18"}]))
    assert "1 case" in As(PUBLIC).text(GRID, instrument="UNTOC", state="BBB")
    page = As(PUBLIC).text(GRID, instrument="UNTOC", article="18")
    assert "1 case" in page and "State AAA" in page
    assert "No State party is shown" in As(PUBLIC).text(GRID, instrument="UNTOC", state="CCC")


def test_the_to_do_list_answers_not_found_to_others() -> None:
    making.shown(making.law("AAA"))
    address = f"{GRID}AAA/to-do/"
    assert As(PUBLIC).get(address).status_code == 404
    assert As(making.FOCAL_B).get(address).status_code == 404
    page = As(making.FOCAL_A).text(address)
    assert "Mutual legal assistance" in page
    assert "What is left to do for this State" in As(making.FOCAL_A).text(GRID, instrument="UNTOC", state="AAA")


class Steps:
    """What a job gets, without a worker."""

    def __init__(self) -> None:
        self.checkpoint: dict[str, Any] = {}

    def step(self, *_told: Any) -> None:
        pass


def test_suggestions_come_from_meaning_and_a_curator_confirms_them() -> None:
    load_reference()
    text = "A request for mutual legal assistance is sent to the central authority of the other State."
    record = making.shown(making.law("AAA", provisions=[making.provision("s-9", text)], tags=[]))
    assert set(described_articles("en")) == {"UNTOC:5", "UNTOC:18"}
    assert suggest(Steps(), record=record.pk)["provisions"] == 1
    best = Suggestion.objects.filter(record=record).order_by("-score").first()
    assert best is not None and best.article == "UNTOC:18"
    address = f"{HOME}desk/{record.number}/suggestions/"
    assert As(making.FOCAL_A).get(address).status_code == 404
    assert "Mutual legal assistance" in As(making.CURATOR).text(address)
    sent = As(making.CURATOR).post(address, {"suggestion": best.pk, "decision": "confirm"})
    assert sent.status_code == 302
    assert [(t.value, t.provision) for t in content_of(record).tags] == [("UNTOC:18", "s-9")]
    assert suggest(Steps(), record=record.pk) == {"provisions": 0, "suggestions": 0}


def test_a_name_is_redacted_by_two_persons_on_the_page() -> None:
    record = making.shown(making.case(summary="Zulema Brandovar was tried."))
    address = f"{HOME}desk/{record.number}/redact/"
    assert As(making.FOCAL_A).get(address).status_code == 404
    first, second = As(making.CURATOR), As(making.PUBLISHER)
    assert first.post(address, {"words": "Zulema Brandovar", "reason": ""}).status_code == 422
    assert first.post(address, {"words": "Zulema Brandovar", "reason": "a victim"}).status_code == 302
    assert "Take these words out" not in first.text(address)
    pending = record.redactions.get()
    assert first.post(address, {"confirm": pending.pk}).status_code == 403
    assert "Zulema Brandovar" in As(PUBLIC).text(f"{HOME}{record.number}/")
    assert second.post(address, {"confirm": pending.pk}).status_code == 302
    assert "Brandovar" not in As(PUBLIC).text(f"{HOME}{record.number}/")
    assert "Brandovar" not in second.text(address)

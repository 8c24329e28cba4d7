"""What the search is given of the treaties."""

from __future__ import annotations

from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.actions.models import OutboxMessage
from comity.core.search.passages import CHANGED
from comity.modules.treaties import services
from comity.modules.treaties.models import ArticleTitle, Instrument, Statement
from comity.modules.treaties.search import TreatySource, article_names
from comity.modules.treaties.tests.making import CURATOR, PUBLISHER, instrument, participants

SOURCE = TreatySource()
STATED = {
    "kind": "reservation", "text": "We do not consider ourselves bound.", "lang": "en", "made_on": "2019-02-03",
    "withdrawn_on": None, "article": "35(2)", "towards": [], "as_of": "2024-05-10",
}  # fmt: skip


def _state(payload: dict[str, Any], code: str = "TREATY") -> Statement:
    participants("AAA")
    treaty = Instrument.objects.filter(code=code).first() or instrument(code)
    proposal = services.propose(
        CURATOR, kind="enter", subject="statement", instrument=treaty, participant_id="AAA", payload=payload,
        reference="C.N.1.2024", source_note="Depositary notification",
    )  # fmt: skip
    services.publish(PUBLISHER, proposal=proposal)
    return Statement.objects.get(superseded_at__isnull=True)


def test_titles_of_articles_are_found_in_their_languages(reference: None) -> None:
    keys = list(SOURCE.keys())
    assert len(keys) == len(set(keys)) and "UNTOC" in keys
    passages = {passage.id: passage for passage in SOURCE.passages(["UNTOC"])}
    article = passages["treaties:treaty_article:UNTOC:18:en"]
    titles = ArticleTitle.objects.filter(article__instrument__code="UNTOC", article__kind="article", lang="en")
    title = titles.get(article__number="18")
    assert title.value in article.title and title.value in article.text
    assert (article.articles, article.url) == (("UNTOC:18",), "treaties/UNTOC/articles/18/")
    assert passages["treaties:treaty:UNTOC:ar"].lang == "ar"
    assert {passage.key for passage in passages.values()} == {"UNTOC"}
    assert all(passage.label == "public" for passage in passages.values())
    assert SOURCE.visible(PUBLIC, list(passages)) == set(passages)


def test_articles_have_names_in_the_readers_language(reference: None) -> None:
    names = article_names(["UNTOC:18", "NOTHING:1"], "en")
    assert list(names) == ["UNTOC:18"] and names["UNTOC:18"].endswith(", article 18")


@pytest.mark.django_db
def test_a_published_statement_is_found_and_a_withdrawn_entry_is_not() -> None:
    row = _state(STATED)
    assert OutboxMessage.objects.filter(topic=CHANGED).values_list("payload", flat=True).get() == {
        "source": "treaties", "keys": ["TREATY:AAA"],
    }  # fmt: skip
    assert "TREATY:AAA" in list(SOURCE.keys())
    (passage,) = SOURCE.passages(["TREATY:AAA"])
    assert (passage.text, passage.state, passage.year) == (STATED["text"], "AAA", 2019)
    assert passage.articles == ("TREATY:35",)
    assert passage.title.startswith("State AAA: Reservation")
    strange = ["treaties", "treaties:treaty_statement:x", "treaties:treaty:NOTHING:en", "x:y"]
    assert SOURCE.visible(PUBLIC, [passage.id, *strange]) == {passage.id}
    taken_out = services.propose(
        CURATOR, kind="withdraw", subject="statement", instrument=row.instrument, participant_id="AAA", payload={},
        reference="C.N.2.2024", source_note="Entered in error", target=row.fact,
    )  # fmt: skip
    services.publish(PUBLISHER, proposal=taken_out)
    assert list(SOURCE.passages(["TREATY:AAA"])) == []
    assert SOURCE.visible(PUBLIC, [passage.id]) == set()


@pytest.mark.django_db
def test_an_act_changes_nothing_that_is_found() -> None:
    participants("AAA")
    payload = {"kind": "accession", "deposited": "2024-05-02", "effective": None, "note": "", "as_of": "2024-05-10"}
    proposal = services.propose(
        CURATOR, kind="enter", subject="action", instrument=instrument(), participant_id="AAA", payload=payload,
        reference="C.N.1.2024", source_note="Depositary notification",
    )  # fmt: skip
    services.publish(PUBLISHER, proposal=proposal)
    assert not OutboxMessage.objects.filter(topic=CHANGED).exists()

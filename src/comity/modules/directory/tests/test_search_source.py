"""What the search is given of the directory, and what it may show to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.labels import Label
from comity.core.actions.models import OutboxMessage
from comity.core.search.passages import CHANGED
from comity.modules.directory.records import TextRecord
from comity.modules.directory.search import DirectorySource
from comity.modules.directory.services import lifecycle
from comity.modules.directory.tests import making
from tests.harness.actors import actors

SOURCE = DirectorySource()
_labels = st.sampled_from(Label.values)


@pytest.mark.django_db
def test_an_authority_is_one_passage_per_language_and_label() -> None:
    making.world()
    making.shown()
    found = {passage.id: passage for passage in SOURCE.passages(list(SOURCE.keys()))}
    assert set(found) == {
        "directory:AAA-central:public:en", "directory:AAA-central:public:fr", "directory:AAA-central:officials:en",
    }  # fmt: skip
    public, officials = found["directory:AAA-central:public:en"], found["directory:AAA-central:officials:en"]
    assert public.title == officials.title == "Authority AAA-central"
    assert "Three copies" in public.text and "secret" not in public.text
    assert "Mutual legal assistance" in public.text and "Mutual legal assistance" not in officials.text
    assert "Entraide judiciaire" in found["directory:AAA-central:public:fr"].text
    assert "secret desk" in officials.text and officials.label == Label.OFFICIALS
    assert (public.state, public.owner_state, public.articles) == ("AAA", "AAA", ("UNTOC:18",))
    assert public.url == "directory/AAA-central/"


@pytest.mark.django_db
def test_what_is_not_published_is_not_there() -> None:
    making.world()
    making.shown("AAA-new", state="nominated")
    gone = making.shown("AAA-gone")
    lifecycle.withdraw(making.PUBLISHER, version=gone, reason="closed")
    assert list(SOURCE.keys()) == []
    assert list(SOURCE.passages(["AAA-new", "AAA-gone", "nothing"])) == []
    assert SOURCE.visible(PUBLIC, ["directory:AAA-gone:public:en", "directory", "directory:x"]) == set()


@pytest.mark.django_db
def test_a_hidden_name_is_no_title() -> None:
    making.world()
    texts = [
        TextRecord("name", "en", "Secret bureau", "original", "officials"),
        TextRecord("note", "en", "Open on Mondays", "original"),
    ]
    making.shown(texts=texts)
    titles = {passage.label: passage.title for passage in SOURCE.passages(["AAA-central"])}
    assert titles == {Label.OFFICIALS: "Secret bureau", Label.PUBLIC: "AAA-central"}


@pytest.mark.django_db
def test_every_step_of_a_life_has_it_indexed_again() -> None:
    making.world()
    row = lifecycle.nominate(making.FOCAL_A, iso3="AAA", record=making.record())
    row = lifecycle.verify(making.CURATOR, version=row)
    lifecycle.publish(making.PUBLISHER, version=row)
    payloads = OutboxMessage.objects.filter(topic=CHANGED).values_list("payload", flat=True)
    assert list(payloads) == [{"source": "directory", "keys": ["AAA-central"]}] * 3


class Agreement(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(actor=actors, record=_labels, texts=st.lists(_labels, min_size=1, max_size=4), hidden=st.booleans())
    def test_the_label_of_a_passage_and_the_scope_agree(
        self, actor: Actor, record: str, texts: list[str], hidden: bool
    ) -> None:
        """Two ways to one answer: the rule on the passage's own label, and the module's query."""
        from comity.core.search.access import code_of, sees

        making.world()
        kinds = ["name", "note", "documents", "urgent"]
        row = making.shown(
            audience=record,
            texts=[TextRecord(k, "en", k, "original", label) for k, label in zip(kinds, texts, strict=False)],
        )
        if hidden:
            row.visible_from = timezone.now() + timedelta(days=1)
            row.save(update_fields=["visible_from"])
        passages = list(SOURCE.passages([row.code]))
        assert {p.label for p in passages}
        by_label = {passage.id for passage in passages if sees(actor, code_of(passage))}
        assert SOURCE.visible(actor, [passage.id for passage in passages]) == by_label

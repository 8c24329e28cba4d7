"""Loading the bundled reference: whole, quick, and harmless to repeat."""

from __future__ import annotations

import time

import pytest
from django.db import transaction

from comity.core.people.load_reference import load_reference as load_people
from comity.core.people.models import Participant, ParticipantName
from comity.core.texts.load_reference import load_reference as load_texts
from comity.core.texts.models import Term, TermLabel
from comity.modules.treaties.load_reference import bundled_sources, extra_rules
from comity.modules.treaties.load_reference import load_reference as load_treaties
from comity.modules.treaties.models import (
    Article,
    ArticleTitle,
    Edition,
    Instrument,
    InstrumentTitle,
    Source,
    TreatyAction,
)

TABLES = (
    Participant, ParticipantName, Term, TermLabel, Instrument, InstrumentTitle, Article, ArticleTitle, Source,
    Edition, TreatyAction,
)  # fmt: skip


def load() -> None:
    with transaction.atomic():
        load_people()
        load_texts()
        load_treaties()


def counts() -> dict[str, int]:
    return {table.__name__: table._default_manager.count() for table in TABLES}


@pytest.mark.django_db
def test_loading_is_whole_quick_and_repeatable():
    started = time.monotonic()
    load()
    assert time.monotonic() - started < 15
    first = counts()
    assert first["Participant"] == 198
    assert first["Instrument"] == 24
    assert first["TreatyAction"] == 2847
    versions = set(TreatyAction.objects.values_list("pk", "fact", "superseded_at"))
    load()
    assert counts() == first
    assert set(TreatyAction.objects.values_list("pk", "fact", "superseded_at")) == versions


@pytest.mark.django_db
def test_every_fact_stands_in_an_edition_of_its_source():
    load()
    assert Edition.objects.count() == 13
    for action in TreatyAction.objects.select_related("edition", "source"):
        assert action.edition.source_id == action.source_id
        assert action.edition.as_of >= action.deposited
    assert set(bundled_sources().values()) == set(Source.objects.values_list("code", flat=True))


@pytest.mark.django_db
def test_a_newer_edition_of_a_source_is_not_overwritten_by_the_bundled_one():
    load()
    edition = Edition.objects.get(instrument__code="UNTOC")
    gone = TreatyAction.objects.filter(instrument__code="UNTOC").first()
    gone.superseded_at = edition.recorded_at
    gone.save()
    Edition.objects.create(
        source=edition.source,
        instrument=edition.instrument,
        as_of="2026-02-03",
        recorded_at=edition.recorded_at,
    )
    edition.digest = "another"
    edition.save()
    before = counts()
    load()
    assert counts() == before


@pytest.mark.django_db
def test_a_title_changed_in_the_node_stays():
    load()
    title = InstrumentTitle.objects.get(instrument__code="UNTOC", lang="fr", short=True)
    title.value, title.version = "Convention de Palerme", 2
    title.save()
    load()
    title.refresh_from_db()
    assert title.value == "Convention de Palerme"


def test_final_clauses_quoted_by_a_status_page_are_there():
    assert len(extra_rules("XXVI-4")["entry_into_force"]["named_states"]) == 44
    assert extra_rules("IV-16")["entry_into_force"]["threshold"] == 20
    assert extra_rules("XXVI-5") == {}

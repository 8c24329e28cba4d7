"""The implementation matrix counts what each reader may see, and never says more than it knows."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.actions.labels import may_see
from comity.modules.library.content import Tag
from comity.modules.library.models import Record, Suggestion
from comity.modules.library.selectors.matrix import COLUMNS, article_of, matrix, rows
from comity.modules.library.selectors.records import content_of
from comity.modules.library.selectors.todo import todo, untagged_provisions
from comity.modules.library.services import suggestions
from comity.modules.library.tests import making
from comity.modules.treaties.models import Article, Edition, Instrument
from comity.modules.treaties.tests import making as treaty_facts

pytestmark = pytest.mark.django_db
TODAY = date(2020, 6, 30)


def bind(*states: str, said: Edition, on: str = "2003-09-29") -> None:
    """Makes the States parties to the instrument of the edition."""
    for iso3 in states:
        treaty_facts.act(said, iso3, "ratification", on)


@pytest.fixture(autouse=True)
def world() -> None:
    making.world()
    untoc = Instrument.objects.get(code="UNTOC")
    for order, number in enumerate(("5", "18")):
        Article.objects.create(instrument=untoc, number=number, order=order)
    said = treaty_facts.edition(untoc)
    bind("AAA", "BBB", said=said)
    bind("CCC", said=said, on="2021-01-01")


def test_it_shows_the_parties_of_the_day_and_empty_cells_for_what_is_not_recorded() -> None:
    making.shown(making.law("AAA"))
    found = matrix(PUBLIC, "UNTOC", TODAY, "en")
    assert [line.iso3 for line in found.lines] == ["AAA", "BBB"]
    first, second = found.lines
    assert (first.cell("5").laws, first.cell("5").cases, first.cell("18")) == (1, 0, second.cell("5"))
    assert not second.cell("5")
    assert [line.iso3 for line in matrix(PUBLIC, "UNTOC", date(2022, 1, 1), "en").lines] == ["AAA", "BBB", "CCC"]


def test_a_law_with_two_tagged_provisions_counts_once_and_paragraphs_count_under_their_article() -> None:
    pairs = (("UNTOC:5", "s-1"), ("UNTOC:5(1)(a)", "s-2"))
    tags = [Tag(scheme="article", value=value, provision=key) for value, key in pairs]
    making.shown(making.law("AAA", tags=tags))
    assert matrix(PUBLIC, "UNTOC", TODAY, "en").lines[0].cell("5").laws == 1
    assert article_of("UNCAC:15(a)") == ("UNCAC", "15")


def test_one_state_one_article_and_the_table_agree() -> None:
    making.shown(making.law("AAA"))
    making.shown(making.case("BBB", tags=[Tag(scheme="article", value="UNTOC:18")]))
    whole = list(rows(matrix(PUBLIC, "UNTOC", TODAY, "en")))
    assert all(set(row) == set(COLUMNS) for row in whole)
    for iso3 in ("AAA", "BBB"):
        own = list(rows(matrix(PUBLIC, "UNTOC", TODAY, "en", states=[iso3])))
        assert own == [r for r in whole if r["iso3"] == iso3]
    for article in ("5", "18"):
        narrow = list(rows(matrix(PUBLIC, "UNTOC", TODAY, "en", article=article)))
        assert narrow == [r for r in whole if r["article"] == article]
    assert [r["cases"] for r in whole if r["iso3"] == "BBB" and r["article"] == "18"] == [1]


@settings(max_examples=25, deadline=None)
@given(
    kept=st.lists(
        st.tuples(
            st.sampled_from(["AAA", "BBB"]),
            st.sampled_from(["law", "case"]),
            st.sampled_from(["5", "18"]),
            st.sampled_from(["public", "officials", "own_state", "secretariat"]),
            st.sampled_from(["published", "withdrawn", "draft"]),
        ),
        max_size=6,
    ),
    reader=st.sampled_from(making.EVERYONE),
)
def test_it_counts_just_the_published_records_that_the_reader_may_see(
    kept: list[tuple[str, str, str, str, str]], reader: object
) -> None:
    Record.objects.all().delete()
    expected: Counter[tuple[str, str, str]] = Counter()
    for iso3, kind, article, audience, step in kept:
        make = making.law if kind == "law" else making.case
        content = make(iso3, audience=audience, tags=[Tag(scheme="article", value=f"UNTOC:{article}")])
        record = making.draft(content) if step == "draft" else making.shown(content, step=step)
        if step == "published" and may_see(reader, record):  # type: ignore[arg-type]
            expected[iso3, kind, article] += 1
    found = matrix(reader, "UNTOC", TODAY, "en")  # type: ignore[arg-type]
    counted: Counter[tuple[str, str, str]] = Counter()
    for line in found.lines:
        for article in found.articles:
            counted[line.iso3, "law", article.number] += line.cell(article.number).laws
            counted[line.iso3, "case", article.number] += line.cell(article.number).cases
    assert +counted == expected


def test_the_list_of_what_is_left_is_for_the_state_and_the_secretariat() -> None:
    making.shown(making.law("AAA"))
    making.shown(making.law("AAA", tags=[]))
    making.draft(making.law("AAA"))
    for reader in (making.FOCAL_A, making.OBSERVER_A, making.CURATOR):
        found = todo(reader, "AAA", TODAY, "en")
        assert [(gap.instrument.code, [a.number for a in gap.articles]) for gap in found.gaps] == [("UNTOC", ["18"])]
        assert (len(found.untagged), len(found.waiting)) == (1, 1)
    for reader in (PUBLIC, making.FOCAL_B, making.ADMINISTRATOR):
        assert todo(reader, "AAA", TODAY, "en") == type(found)((), (), 0, ())


def test_a_curator_decides_on_a_suggestion_once_and_only_a_confirmed_one_becomes_a_tag() -> None:
    record = making.shown(making.law("AAA"))
    assert [p.key for p in untagged_provisions(record)] == ["s-1"]
    yes, no = (
        Suggestion.objects.create(record=record, provision_key="s-1", article=article, score=0.5)
        for article in ("UNTOC:18", "UNTOC:5")
    )
    with pytest.raises(Denied):
        suggestions.confirm(making.FOCAL_A, suggestion=yes)
    suggestions.reject(making.CURATOR, suggestion=no)
    suggestions.confirm(making.CURATOR, suggestion=yes)
    values = {(t.value, t.provision) for t in content_of(record).tags if t.scheme == "article"}
    assert values == {("UNTOC:5", "s-2"), ("UNTOC:18", "s-1")}
    yes.refresh_from_db()
    with pytest.raises(Denied):
        suggestions.confirm(making.CURATOR, suggestion=yes)
    assert matrix(PUBLIC, "UNTOC", TODAY, "en").lines[0].cell("18").laws == 1

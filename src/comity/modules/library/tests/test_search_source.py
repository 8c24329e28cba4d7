"""What the search is given: labelled passages, none of what is gone; and lists by filters."""

from __future__ import annotations

import pytest
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from comity.core.actions.actor import PUBLIC
from comity.modules.library.content import Alias, Provision, Text
from comity.modules.library.models import Record
from comity.modules.library.search import LibrarySource
from comity.modules.library.selectors import articles, desk, records
from comity.modules.library.selectors.search import Filters, found, order_of, read_filters
from comity.modules.library.services import lifecycle
from comity.modules.library.tests import making
from comity.ui.paging import keyset

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def test_passages_of_provisions_and_of_the_whole_in_each_language() -> None:
    record = making.shown()
    found = {p.id: p for p in LibrarySource().passages([str(record.pk)])}
    assert set(found) == {
        f"library:{record.pk}:{place}:{lang}" for place in ("-", "s-1", "s-2") for lang in ("en", "fr")
    }
    one = found[f"library:{record.pk}:s-2:en"]
    assert one.title == "Offences Act · Section 2 · Heading 2" and one.text == "Whoever joins a group."
    assert (one.url, one.kind, one.state, one.year) == (f"library/{record.number}/s-2/", "law", "AAA", 2019)
    assert (one.articles, one.crime_types, one.label) == (("UNTOC:5",), ("corruption",), "public")
    assert found[f"library:{record.pk}:s-1:fr"].articles == ()
    assert found[f"library:{record.pk}:s-1:fr"].title.startswith("FR Offences Act · Article 1")
    assert found[f"library:{record.pk}:-:fr"].articles == ("UNTOC:5",)


def test_drafts_are_labelled_and_what_is_gone_gives_nothing() -> None:
    draft, gone = making.draft(making.case()), making.shown()
    lifecycle.withdraw(making.PUBLISHER, record=gone, reason="Entered twice")
    source = LibrarySource()
    assert list(source.keys()) == [str(draft.pk)]
    passages = list(source.passages([str(draft.pk), str(gone.pk)]))
    assert {(p.label, p.owner_state) for p in passages} == {("own_state", "AAA")}
    ids = [p.id for p in passages] + [f"library:{gone.pk}:-:en", "library:x", "other:1:-:en"]
    assert source.visible(PUBLIC, ids) == set() and source.visible(making.FOCAL_B, ids) == set()
    assert source.visible(making.FOCAL_A, ids) == {p.id for p in passages}


def test_many_records_take_few_queries() -> None:
    keys = [str(making.shown().pk) for _ in range(12)]
    with CaptureQueriesContext(connection) as queries:
        assert len(list(LibrarySource().passages(keys))) == 12 * 6
    assert len(queries) == 5


def test_lists_by_filters_sorted_and_paged() -> None:
    making.shown(making.law("BBB", "Zoning Act", year=1990))
    making.shown(making.law("AAA", "Éxtradition Act", aliases=[Alias(scheme="old", value="EXTx001")]))
    making.shown(making.case())
    making.draft(making.law("AAA", "Hidden Act"))

    def titles(**wanted: object) -> list[str]:
        return [r.title for r in found(PUBLIC, Filters(**wanted)).order_by(*order_of(Filters(**wanted)))]  # type: ignore[arg-type]

    assert titles(kind="law") == ["Éxtradition Act", "Zoning Act"]
    assert titles(q="extradition") == titles(q="extx001") == ["Éxtradition Act"]
    assert titles(region="grulac") == titles(year_to=1999) == titles(state="BBB") == ["Zoning Act"]
    assert titles(article="UNTOC:5", state="AAA") == titles(article="UNTOC", state="AAA") == ["Éxtradition Act"]
    assert titles(article="UNTOC:50") == titles(article="UNCAC") == titles(q="hidden") == []
    assert titles(language="fr", sort="-title") == ["Éxtradition Act", "Zoning Act"]
    assert titles(crime_type="corruption", sort="date")[0] == "Zoning Act"
    draft = found(making.FOCAL_A, Filters(step="work"))
    assert [r.title for r in draft] == ["Hidden Act"]
    for sort in ("state", "-state", "title", "number", "date", "-newest", "newest"):
        filters = Filters(sort=sort)
        first = keyset(found(PUBLIC, filters), order_of(filters), {}, size=2)
        second = keyset(found(PUBLIC, filters), order_of(filters), {"after": first.next or ""}, size=2)
        assert len({r.pk for r in [*first.rows, *second.rows]}) == 3
    with pytest.raises(BadRequest, match="kind"):
        read_filters(QueryDict("kind=novel"))
    assert read_filters(QueryDict("year_from=1990&sort=nothing")) == Filters(year_from=1990)


def test_what_is_tagged_to_an_article() -> None:
    one = making.shown()
    making.draft()
    tagged = articles.tagged(PUBLIC, "UNTOC:5", lang="fr")
    assert [t.record for t in tagged["law"]] == [one]
    assert [(p.key, p.label, p.lang) for p in tagged["law"][0].places] == [("s-2", "Article 2", "fr")]
    assert articles.tagged(PUBLIC, "UNTOC:6") == {}
    assert records.counts(PUBLIC) == {"law": 1, "case": 0, "publication": 0, "guide": 0}


def test_a_shared_alias_gives_all_its_records() -> None:
    shared = [Alias(scheme="sherloc", value="ABCx01")]
    both = [making.shown(making.law(aliases=shared)), making.shown(making.case(aliases=shared))]
    making.draft(making.law(aliases=shared))
    whole = next(iter(LibrarySource().passages([str(both[0].pk)])))
    assert whole.text == f"{both[0].number} ABCx01"
    assert records.by_alias(PUBLIC, "abcX01") == sorted(both, key=lambda r: r.number)


def test_the_desk_shows_each_what_they_can_do() -> None:
    waiting = making.draft(step="submitted")
    assert desk.desk(making.CURATOR).to_review == [waiting]
    assert desk.desk(making.FOCAL_A).waiting == [waiting] and desk.desk(making.FOCAL_B).count == 0


def test_a_law_of_many_provisions_is_one_write() -> None:
    many = [Provision(key=f"s-{n}", kind="section", texts=making.provision(f"s-{n}", "Words. " * 50).texts)
            for n in range(2500)]  # fmt: skip
    with CaptureQueriesContext(connection) as queries:
        record = making.shown(making.law(provisions=many, tags=[], texts=[Text(field="title", lang="en", value="T")]))
    assert Record.objects.get(pk=record.pk).provisions.count() == 2500
    assert len(queries) < 100

"""What an edition says of itself is changed on a page; next year's edition is opened from this year's."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.counting.countable import Period
from comity.core.people.load_reference import load_reference
from comity.modules.reports.evaluating import after, before, moved
from comity.modules.reports.models import Binding, Edition
from comity.modules.reports.services import editions, freezing, opening
from comity.modules.reports.tests.browsing import HOME, TEXT, WORK, As, form_of
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern

DETAILS = f"{WORK}details/"


@pytest.fixture
def open_edition(db: None) -> Edition:
    load_reference()
    lantern()
    figure("p1.trained")
    return edition(TEXT, symbols=["A/75/1"])


def test_details_are_changed_and_the_audit_tells_both(open_edition: Edition) -> None:
    page = As(CURATOR)
    said = form_of(page.get(DETAILS)) | {
        "title_en": "Report of the year", "title_ar": "تقرير", "organ_fr": "Assemblée", "symbols": "A/75/2, E/2020/3",
        "as_of": "2020-06-01", "word_limit": "9000", "allowed": "24/7, 9",
    }  # fmt: skip
    assert page.post(DETAILS, said).status_code == 302
    found = Edition.objects.get()
    assert found.title == {"en": "Report of the year", "ar": "تقرير"} and found.organ == {"fr": "Assemblée"}
    assert (found.symbols, found.allowed, found.word_limit) == (("A/75/2", "E/2020/3"), ("24/7", "9"), 9000)
    assert found.as_of == date(2020, 6, 1) and found.revision == open_edition.revision + 1
    kept = Entry.objects.latest("pk").difference
    assert kept["symbols"] == [["A/75/1"], ["A/75/2", "E/2020/3"]] and kept["as_of"] == ["2020-05-01", "2020-06-01"]
    assert "subtitle" not in kept


def test_what_cannot_be_is_named_and_nothing_is_stored(open_edition: Edition) -> None:
    page = As(CURATOR)
    said = form_of(page.get(DETAILS))
    for wrong, words in (
        ({"symbols": "A/75/1, nonsense"}, "nonsense"),
        ({"title_en": ""}, "required"),
        ({"period_end": "2018-12-31"}, "ends before it begins"),
        ({"previous": "E-1900"}, "E-1900"),
    ):
        answer = page.post(DETAILS, said | wrong)
        assert answer.status_code == 422 and words in answer.content.decode(), wrong
    assert Edition.objects.get().revision == open_edition.revision
    assert As(PUBLIC).get(DETAILS).status_code == 404


def test_the_period_stands_once_the_figures_are_frozen(open_edition: Edition) -> None:
    page = As(CURATOR)
    said = form_of(page.get(DETAILS)) | {"as_of": "2021-01-01", "title_en": "New title"}
    freezing.freeze(CURATOR, edition=open_edition)
    assert page.post(DETAILS, said).status_code == 302
    found = Edition.objects.get()
    assert (found.as_of, found.title["en"]) == (date(2020, 5, 1), "New title")
    details = editions.Details(
        found.title, {}, {}, {}, {}, {}, (), found.period_start, date(2020, 12, 31), found.as_of, 1, (), ""
    )
    with pytest.raises(Denied, match="frozen"):
        editions.change_details(CURATOR, edition=found, details=details, base=found.revision)


def test_somebody_elses_change_of_the_details_is_a_conflict_and_one_of_a_text_is_none(open_edition: Edition) -> None:
    page = As(CURATOR)
    said = form_of(page.get(DETAILS))
    paragraph = open_edition.paragraphs.get()
    editions.write_text(CURATOR, edition=open_edition, paragraph=paragraph, lang="en", value="x", base=1)
    assert page.post(DETAILS, said | {"title_en": "First"}).status_code == 302
    late = page.post(DETAILS, said | {"title_en": "Second"})
    told = late.content.decode()
    assert late.status_code == 409 and "First" in told and "Second" in told
    assert Edition.objects.get().title["en"] == "First"
    assert page.post(DETAILS, form_of(late)).status_code == 302
    assert Edition.objects.get().title["en"] == "Second"


def test_next_years_edition_takes_over_parts_texts_and_moved_periods(open_edition: Edition) -> None:
    editions.bind(CURATOR, edition=open_edition, slug="p1.trained", start=date(2018, 1, 1), end=date(2019, 12, 31))
    editions.bind(CURATOR, edition=open_edition, slug="other", start=None, end=None, as_of=date(2020, 2, 29))
    page = As(CURATOR)
    assert "Open next year" in page.text(HOME)
    said = form_of(page.get(f"{WORK}next/"))
    assert (said["code"], said["start"], said["end"], said["as_of"]) == (
        "E-2020", "2020-01-01", "2020-12-31", "2021-05-01"
    )  # fmt: skip
    assert page.post(f"{WORK}next/", said).status_code == 302
    made = Edition.objects.get(code="E-2020")
    assert (made.previous, made.state, made.symbols, made.title) == ("E-2019", "open", (), {"en": "Report"})
    paragraph = made.paragraphs.get()
    assert (paragraph.key, paragraph.mandates, paragraph.cleared_at) == ("p1", ("74/177",), None)
    assert {text.value for text in paragraph.texts.all()} == {TEXT} and paragraph.texts.count() == 6
    bound = Binding.objects.get(edition=made, slug="p1.trained")
    assert (bound.period_start, bound.period_end) == (date(2019, 1, 1), date(2020, 12, 31))
    assert Binding.objects.get(edition=made, slug="other").as_of == date(2021, 2, 28)
    twice = page.post(f"{WORK}next/", said)
    assert twice.status_code == 422 and "already" in twice.content.decode()
    lines = page.page(HOME).xpath("//ul[contains(@class,'editions')]/li")
    offered = [bool(line.xpath(".//a[contains(@href,'/next/')]")) for line in lines]
    assert offered == [True, False]


def test_who_opens_next_years_edition(open_edition: Edition) -> None:
    period = Period(date(2020, 1, 1), date(2020, 12, 31))
    with pytest.raises(Denied):
        opening.open_next(PUBLIC, edition=open_edition, code="X", period=period, as_of=date(2021, 1, 1))
    backwards = Period(date(2020, 12, 31), date(2020, 1, 1))
    with pytest.raises(Denied, match="ends before"):
        opening.open_next(CURATOR, edition=open_edition, code="X", period=backwards, as_of=date(2021, 1, 1))
    assert As(PUBLIC).get(f"{WORK}next/").status_code == 404
    assert As(SECOND).get(f"{WORK}next/").status_code == 200


_DAYS = st.dates(date(1950, 1, 1), date(2080, 12, 31))


@given(st.integers(1950, 2080), st.integers(1, 5))
def test_whole_years_follow_and_precede_each_other(year: int, length: int) -> None:
    period = Period(date(year, 1, 1), date(year + length - 1, 12, 31))
    assert before(after(period)) == period
    assert after(period).start == date(year + length, 1, 1)


@given(_DAYS, st.integers(1, 200))
def test_days_follow_without_a_gap_and_as_long(start: date, length: int) -> None:
    period = Period(start, date.fromordinal(start.toordinal() + length - 1))
    then = after(period)
    assert (then.start - period.end).days == 1 and then.end - then.start == period.end - period.start


@given(_DAYS, _DAYS, st.integers(0, 20))
def test_a_day_moves_as_far_as_the_period(day: date, start: date, years: int) -> None:
    start = start.replace(day=min(start.day, 28))
    old, new = Period(start, start), Period(start.replace(year=start.year + years), start)
    there = moved(day, old, new)
    assert (there.year, there.month) == (day.year + years, day.month) and there.day in {day.day, 28}
    shifted = Period(date.fromordinal(start.toordinal() + 10), start)
    assert (moved(day, old, shifted) - day).days == 10

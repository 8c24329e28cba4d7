"""What the tags put on a page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from comity.ui import maps
from comity.ui.dates import machine, spoken
from comity.ui.icons import ICONS
from comity.ui.paging import Page

LEGEND = [
    {"status": "party", "label": "Party", "shape": "disc", "tone": "strong"},
    {"status": "signatory", "label": "Signatory", "shape": "ring", "tone": "warn"},
]


def render(source: str, address: str = "/en/", **context: Any) -> str:
    request = RequestFactory().get(address)
    return Template("{% load ui %}" + source).render(Context({"request": request, **context}))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("ar", "29 أيلول/سبتمبر 2003"),
        ("en", "29 September 2003"),
        ("es", "29 de septiembre de 2003"),
        ("fr", "29 septembre 2003"),
        ("ru", "29 сентября 2003\u202fг."),
        ("zh", "2003年9月29日"),
    ],
)
def test_a_day_is_written_unmistakably(lang: str, words: str) -> None:
    with override(lang):
        shown = render("{% date day %}", day=date(2003, 9, 29))
    assert shown == f'<time datetime="2003-09-29">{words}</time>'


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(["ar", "en", "es", "fr", "ru", "zh"]))
def test_dates_use_western_digits_and_name_the_year(day: date, lang: str) -> None:
    words = spoken(day, lang)
    assert str(day.year) in words
    assert all(sign in "0123456789" for sign in words if sign.isdigit())


def test_an_imprecise_date_stays_imprecise() -> None:
    assert spoken("2003-09", "en") == "September 2003"
    assert spoken("2003", "ru") == "2003"
    assert machine("2003-09") == "2003-09"


def test_a_missing_date_is_a_gap_unless_said_otherwise() -> None:
    with override("en"):
        assert "not in our sources" in render("{% date day %}", day=None)
        assert render('{% date day empty="" %}', day=None) == ""


def test_a_moment_names_its_zone() -> None:
    with override("en"):
        shown = render("{% moment at %}", at=datetime(2026, 1, 2, 3, 4, tzinfo=UTC))
    assert "2 January 2026, 03:04 UTC" in shown


def shown(**fields: Any) -> SimpleNamespace:
    base = {"value": "Convention", "lang": "en", "status": "original", "is_fallback": False, "stale": False}
    return SimpleNamespace(**{**base, **fields})


def test_a_fallback_names_its_language_and_carries_it() -> None:
    with override("en"):
        text = render("{% localised text %}", text=shown(lang="ar", is_fallback=True))
    assert 'lang="ar" dir="rtl"' in text
    assert "shown in Arabic" in text


def test_a_translation_says_what_it_is() -> None:
    with override("en"):
        text = render("{% localised text %}", text=shown(lang="fr", status="unofficial", stale=True))
        quiet = render("{% localised text note=False %}", text=shown(lang="fr", status="machine"))
    assert "unofficial translation" in text
    assert "translation out of date" in text
    assert "machine" not in quiet


def test_text_is_escaped_and_carries_its_language() -> None:
    text = render('{% content text "ru" %}', text="<script>x</script>\n\nok")
    assert "<script>" not in text
    assert 'lang="ru" dir="ltr"' in text


def points(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"iso3": iso3, "label": iso3, "url": f"/en/states/{iso3}/", "status": s} for iso3, s in rows]


STATES, STATUSES = st.sampled_from(["FRA", "GHA", "TUV", "EUE"]), st.sampled_from(["party", "", "other"])


@given(st.lists(st.tuples(STATES, STATUSES)))
def test_the_map_draws_no_dot_without_a_fact(rows: list[tuple[str, str]]) -> None:
    legend, dots, unplaced = maps.draw(points(*rows), LEGEND)
    stated = [row for row in rows if row[1] == "party"]
    assert len(dots) + len(unplaced) == len(stated)
    assert sum(row.count for row in legend) == len(stated)


def test_the_map_is_dots_that_lead_somewhere_and_carries_the_disclaimer() -> None:
    with override("en"):
        text = render(
            '{% dot_map points legend "Participants" %}',
            points=points(("FRA", "party"), ("GHA", "signatory"), ("XXX", "party")),
            legend=LEGEND,
        )
    assert text.count('href="/en/states/FRA/"') == 1
    assert "Counted, without a place on this map" in text
    assert "do not imply the expression of any opinion" in text
    assert "dot-disc" in text
    assert "dot-ring" in text


def test_every_mark_differs_in_shape() -> None:
    assert len(set(maps.SHAPES.values())) == len(maps.SHAPES)


def test_places_lie_on_the_map() -> None:
    assert len(maps.places()) > 190
    assert all(0 <= x <= maps.WIDTH and 0 <= y <= maps.HEIGHT for x, y in maps.places().values())


def test_a_line_ends_where_the_source_ends() -> None:
    from comity.ui.timeline import draw

    drawing = draw([{"label": "Parties", "points": [(date(2001, 1, 1), 1)], "end": date(2014, 1, 27)}])
    assert drawing is not None
    assert drawing.until == date(2014, 1, 27)
    assert draw([]) is None


def test_sorting_turns_round_and_forgets_the_place_in_the_list() -> None:
    first = render('<table><tr>{% sort_header "name" "State" %}</tr></table>', "/en/x?after=abc&q=fra")
    assert 'aria-sort="none"' in first
    assert 'href="?q=fra&amp;sort=name"' in first
    second = render('{% sort_header "name" "State" %}', "/en/x?sort=name")
    assert 'aria-sort="ascending"' in second
    assert 'href="?sort=-name"' in second


def test_the_pager_keeps_the_question() -> None:
    text = render("{% pager page %}", "/en/x?q=fra&before=z", page=Page(rows=[1], next="abc", total=9))
    assert 'href="?q=fra&amp;after=abc"' in text


def test_the_day_form_keeps_other_parameters() -> None:
    text = render("{% as_of on %}", "/en/x?q=fra&on=2010-01-01", on=date(2010, 1, 1))
    assert '<input type="hidden" name="q" value="fra">' in text
    assert 'value="2010-01-01"' in text
    assert 'href="?q=fra"' in text


def test_unknown_icons_and_badges_are_refused() -> None:
    from django.template import TemplateSyntaxError

    for source in ('{% icon "nosuch" %}', '{% badge "x" "nosuch" %}'):
        with pytest.raises(TemplateSyntaxError):
            render(source)
    assert "arrow" in ICONS


class ExampleForm(forms.Form):
    name = forms.CharField(help_text="As notified")
    since = forms.DateField(required=False)
    served = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def test_a_field_ties_help_and_error_to_its_control() -> None:
    form = ExampleForm({"name": ""})
    text = render("{% form_errors form %}{% field form.name %}", form=form)
    assert 'aria-describedby="id_name_help id_name_error"' in text
    assert 'id="id_name_error"' in text
    assert 'href="#id_name"' in text
    assert 'aria-invalid="true"' in text


def test_dates_have_a_calendar_and_choices_a_legend() -> None:
    with override("fr"):
        text = render("{% form_fields form %}", form=ExampleForm(initial={"since": date(2003, 9, 29)}))
    assert 'type="date"' in text
    assert 'value="2003-09-29"' in text
    assert "<legend" in text
    assert 'id="id_served_1"' in text

"""The overview: every number is the length, or the sum, of the list that it opens."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import lxml.html
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC
from comity.core.actions.labels import Label
from comity.core.people.load_reference import load_reference
from comity.modules.programmes import services
from comity.modules.programmes.models import Event
from comity.modules.programmes.presentation.bars import HEIGHT, TOP, draw, step_of
from comity.modules.programmes.tests.browsing import HOME
from comity.modules.programmes.tests.makers import CURATOR, draft, made, people, training
from tests.harness.browsing import As

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
RECENT = TODAY - timedelta(days=40)


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    made("programme", "P2", level="country", participant="KEN", starts=date(2018, 1, 1))
    made("project", "PJ", programme="P1", starts=date(2018, 1, 1), step="implementing")
    training("EV-1", [people("KEN", 30), people("UGA", 20, sex="male")], on=RECENT, participant="KEN")
    training("EV-2", [people("UGA", 7)], on=RECENT, participant="UGA", programme="P2")
    training("OLD", [people("UGA", 100)], on=date(2019, 3, 1), participant="UGA")
    made("event", "PLAN", programme="P1", starts=RECENT, participant="KEN")
    common = {"programme": "P1", "mode": "direct", "starts": RECENT, "step": "ongoing"}
    for number, state in enumerate(("KEN", "KEN", "GHA", None, None)):
        made("assistance", f"A{number}", participant=state, jurisdiction="" if state else "Islands of Lumen", **common)
    year = {"starts": date(TODAY.year, 1, 1), "ends": date(TODAY.year, 12, 31), "programme": "P1", "purpose": "special"}
    made("money", "D1", flow="delivery", nature="actual", usd=Decimal(1000), **year)
    made("money", "D2", flow="delivery", nature="plan", usd=Decimal(5000), **year)


def numbers(actor: Any, **query: Any) -> dict[str, tuple[str, str]]:
    """What the overview says: {label: (number, address of its list)}."""
    found = As(actor).get(HOME, **query).context["numbers"]
    return {str(one["label"]): (one["value"], one["url"]) for one in found}


def test_the_numbers_of_the_last_twelve_months() -> None:
    found = {label: value for label, (value, _url) in numbers(PUBLIC).items()}
    assert found["Events held"] == "2" and found["People trained or met"] == "57"
    assert found["States assisted"] == "2" and found["Jurisdictions assisted"] == "1"
    assert found["Global programmes"] == "1" and found["Country programmes"] == "1"
    assert found["Projects under way"] == "1" and found["US dollars delivered"] == "1,000"


@pytest.mark.parametrize("query", [{}, {"programme": "P1"}, {"year": 2019}, {"group": "african"}])
def test_each_number_opens_the_list_it_was_counted_from(query: dict[str, Any]) -> None:
    services.record(CURATOR, draft=draft("event", "SECRET", [people("KEN", 900)], Label.SECRETARIAT, programme="P1",
                                         starts=RECENT), step="attendance_entered")  # fmt: skip
    for actor in (PUBLIC, CURATOR):
        for label, (value, url) in numbers(actor, **query).items():
            answer = As(actor).get(url)
            shown = answer.context["page"].total
            text = answer.content.decode()
            if label == "People trained or met":
                assert value == "0" or f"{value} people attended" in text
            elif label == "US dollars delivered":
                assert value == "0" or f"US$ {value}" in text
            elif label in {"States assisted", "Jurisdictions assisted"}:
                field = "participant_id" if label.startswith("States") else "jurisdiction"
                assert len({getattr(line["row"], field) for line in answer.context["lines"]}) == int(value)
            else:
                assert str(shown) == value, label


def test_a_year_a_programme_and_a_group_narrow_the_numbers() -> None:
    assert numbers(PUBLIC, year=2019)["People trained or met"][0] == "100"
    assert numbers(PUBLIC, programme="P2")["People trained or met"][0] == "7"
    assert "Projects under way" not in numbers(PUBLIC, group="african")
    assert numbers(PUBLIC, group="grulac")["Events held"][0] == "0"
    assert As(PUBLIC).get(HOME, year="x", group="nonsense", programme="?").status_code == 200


def test_the_map_the_charts_and_their_tables_say_the_same() -> None:
    page = lxml.html.fromstring(As(PUBLIC).text(HOME))
    rows = {row.get("id"): [cell.text_content() for cell in row.xpath("td")]
            for row in page.xpath("//tr[starts-with(@id,'state-')]")}  # fmt: skip
    assert rows == {"state-KEN": ["2", "1"], "state-UGA": ["0", "1"], "state-GHA": ["1", "0"]}
    assert {a.get("href") for a in page.xpath("//figure[@class='dot-map']//a")} == {f"#{name}" for name in rows}
    trained = page.xpath("//figure[contains(@class,'bar-chart')]")[0]
    assert [[cell.text_content() for cell in row] for row in trained.xpath(".//tbody/tr")] == [
        ["2019", "100", "0", "0"], [str(RECENT.year), "37", "20", "0"]
    ]  # fmt: skip
    assert len(trained.xpath(".//svg//*[local-name()='rect'][@x]")) == 3


def test_what_is_late_is_shown_to_those_who_can_do_something_about_it() -> None:
    assert "It is not said whether it was held" in As(CURATOR).text(HOME)
    assert "It is not said whether it was held" not in As(PUBLIC).text(HOME)


def test_the_home_page_has_a_door_with_a_number() -> None:
    text = lxml.html.fromstring(As(PUBLIC).text("/en/")).text_content()
    assert "Programmes and results" in text and "2 events in the last 12 months" in " ".join(text.split())


@given(st.lists(st.lists(st.decimals(0, 10**9, places=2), min_size=2, max_size=2), min_size=1, max_size=10))
def test_bars_stay_in_their_frame_and_are_as_tall_as_their_numbers(rows: list[list[Decimal]]) -> None:
    for stacked in (True, False):
        chart = draw([str(n) for n in range(len(rows))], rows, ["a", "b"], "en", stacked=stacked)
        if chart is None:
            assert not any(value for row in rows for value in row)
            continue
        assert all(bar.y >= TOP - 0.2 and bar.y + bar.height <= HEIGHT for bar in chart.bars)
        assert len(chart.bars) == sum(1 for row in rows for value in row if value)
        tallest = max(chart.bars, key=lambda bar: bar.height)
        assert tallest.height == max(bar.height for bar in chart.bars)
        assert len(chart.numbers) <= 5


@given(st.decimals("0.01", 10**12, places=2))
def test_lines_of_a_chart_reach_its_top(top: Decimal) -> None:
    assert step_of(top) * 4 >= top


def test_without_events_in_twelve_months_the_last_year_with_any_is_shown() -> None:
    for row in Event.objects.filter(code__in=("EV-1", "EV-2"), superseded_at__isnull=True):
        services.withdraw(CURATOR, row=row, reason="entered twice")
    assert numbers(PUBLIC)["People trained or met"][0] == "100"
    assert numbers(PUBLIC, year="")["People trained or met"][0] == "0", "the last 12 months were asked for"
    assert "1 event in 2019" in " ".join(lxml.html.fromstring(As(PUBLIC).text("/en/")).text_content().split())

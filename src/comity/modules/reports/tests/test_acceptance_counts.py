"""Acceptance cases of the domain notes (section 8) about counting: each by its number, on fictitious records."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from comity.core.actions.decorator import Denied
from comity.core.people.load_reference import load_reference
from comity.core.people.models import Participant
from comity.modules.programmes import services as records
from comity.modules.programmes.checking import Incomplete
from comity.modules.programmes.content import draft_of
from comity.modules.programmes.models import Event
from comity.modules.programmes.tests.makers import CURATOR, SECOND, draft, made, people, training
from comity.modules.reports.building import CannotBuild, document
from comity.modules.reports.checking import findings
from comity.modules.reports.definition import BadDefinition
from comity.modules.reports.models import Edition, Snapshot
from comity.modules.reports.numbers import numbers
from comity.modules.reports.selectors.editions import outline
from comity.modules.reports.selectors.rows import asked_again, behind
from comity.modules.reports.services import declared, freezing, overrides
from comity.modules.reports.services.declared import Declaration
from comity.modules.reports.tests.reporting import VERIFIED, edition, figure, lantern
from comity.modules.treaties.tests import making

pytestmark = pytest.mark.django_db
_NONE = {"period": "none"}


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()


def printed(found: Edition, lang: str = "en") -> str:
    text, _problems = document(found, outline(found), numbers(found), lang)
    return "".join(run.text for run in next(text.paragraphs()).runs)


def values(found: Edition) -> dict[str, Decimal]:
    return {slug: number.value for slug, number in numbers(found).by_slug.items()}


def declare(code: str, value: int, year: int) -> None:
    declaration = Declaration(
        code, {"en": code}, Decimal(value), date(year, 1, 1), f"Log of {year}", "users", date(year, 12, 31)
    )
    declared.confirm(SECOND, row=declared.declare(CURATOR, declaration=declaration))


def test_case_1_parties_of_a_day_and_of_the_day_before() -> None:
    instrument = making.instrument("LAMPS")
    said = making.edition(instrument, as_of="2020-06-01")
    for iso3, day in (("AAA", "2010-01-01"), ("BBB", "2015-01-01"), ("CCC", "2020-05-01")):
        making.act(said, iso3, "accession", day)
    figure(
        "lamps.parties", counts="treaties.party", measure="distinct", of="participant", period_rule="at",
        where={"field": "instrument", "is": "LAMPS"}, **_NONE,
    )  # fmt: skip
    found = edition("It has {fig:lamps.parties} parties.")
    assert printed(found) == "It has three parties."
    earlier = asked_again(CURATOR, found, as_of=date(2020, 4, 30), known_at=None)
    assert earlier.by_slug["lamps.parties"].value == 2


def test_case_2_a_derived_share_agrees_with_its_two_years() -> None:
    declare("portal-2019", 338_196, 2019)
    declare("portal-2018", 279_964, 2018)
    for year, period in ((2019, "edition"), (2018, "previous")):
        figure(
            f"portal.{year}", counts="reports.declared", measure="sum", of="value", period=period,
            where={"field": "code", "is": f"portal-{year}"},
        )  # fmt: skip
    figure("portal.growth", kind="change", measure="change", parts=["portal.2019", "portal.2018"], rounding="0.1")
    found = edition("In all {fig:portal.2019} users came, {fig:portal.growth} more than the year before.")
    assert printed(found) == "In all 338,196 users came, 20.8 per cent more than the year before."
    freezing.freeze(CURATOR, edition=found)
    assert [f for f in findings(found) if f.code == "derived-figure"] == []
    for value, agrees in ((280_079, True), (279_848, True), (280_164, False), (279_764, False)):
        row = overrides.propose(
            CURATOR, edition=found, slug="portal.2018", value=Decimal(value), reason="log read again", document="Log"
        )
        overrides.confirm(SECOND, override=row)
        assert (not [f for f in findings(found) if f.code == "derived-figure"]) is agrees, value


def test_case_3_countries_jurisdictions_and_subregions_are_told_apart() -> None:
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    subregions = ["Eastern Africa", "Western Africa", "Caribbean", "Central Asia", "Western Asia", "Melanesia",
                  "Southern Europe", "South America", "Southern Asia"]  # fmt: skip
    states = list(Participant.objects.filter(kind="un_member").values_list("iso3", flat=True)[:102])
    common = {"programme": "P1", "mode": "direct", "starts": date(2019, 3, 1)}
    for number, iso3 in enumerate(states):
        made("assistance", f"A-{number}", participant=iso3, subregion=subregions[number % 9], **common)
    for number, name in enumerate(("Islands of Lumen", "City of Wick")):
        made("assistance", f"J-{number}", jurisdiction=name, subregion=subregions[number], **common)
    for slug, field in (("countries", "participant"), ("places", "jurisdiction"), ("subregions", "subregion")):
        figure(f"help.{slug}", counts="programmes.assistance", measure="distinct", of=field, where={})
    text = "{fig:help.countries} countries and {fig:help.places|words} jurisdictions in {fig:help.subregions}."
    assert printed(edition(text)) == "102 countries and two jurisdictions in nine."


def test_cases_4_and_6_a_number_opens_its_own_trainings() -> None:
    lantern(trainings=50, each=25)
    last = records.correct(
        CURATOR, row=(row := training("EV-X", [people("UGA", 10)])),
        draft=draft("event", "EV-X", [people("UGA", 10)], **draft_of(row).values), base=row.pk,
    )  # fmt: skip
    assert last.step == "verified"
    made("programme", "P2", level="global", starts=date(2018, 1, 1))
    training("EV-P2", [people("KEN", 3100)], programme="P2")
    figure("p1.trained")
    figure("p1.activities", counts="programmes.event", measure="count", of="",
           where={"all": [{"field": "programme", "is": "P1"}, VERIFIED]})  # fmt: skip
    more = {"qualifier": "more_than", "rounding": "1000"}
    figure("p1.more", **more)
    figure("p2.more", where={"all": [{"field": "programme", "is": "P2"}, VERIFIED]}, **more)
    found = edition("{fig:p1.trained} people in {fig:p1.activities}; {fig:p1.more}; {fig:p2.more}.")
    assert printed(found) == "1,260 people in 51; more than 1,000; more than 3,000."
    opened = behind(CURATOR, found, "p1.trained")
    assert opened is not None
    assert len(opened["records"]) == 51
    assert sum(Decimal(line["number"]) for line in opened["records"]) == 1260
    other = behind(CURATOR, found, "p2.more")
    assert other is not None
    assert [line["record"] for line in other["records"]] == ["programmes:event:EV-P2"]


def test_case_5_more_than_only_where_it_is_true() -> None:
    lantern(trainings=1, each=3214)
    figure("p1.trained", qualifier="more_than", rounding="1000")
    found = edition("{fig:p1.trained} people.")
    assert printed(found) == "more than 3,000 people."
    row = Event.objects.get(code="EV-0", superseded_at=None)
    fewer = draft("event", "EV-0", [people("KEN", 3000)], **draft_of(row).values)
    records.correct(CURATOR, row=row, draft=fewer, base=row.pk, reason="recounted")
    with pytest.raises(CannotBuild, match="not true"):
        printed(found)


def test_case_7_what_lies_inside_another_figure_is_not_added_to_it() -> None:
    made("programme", "P1", level="global", starts=date(2016, 1, 1))
    reach = {"programme": "P1", "audience": "youth", "method": "reports of partners", "starts": date(2019, 1, 1),
             "overlap_group": "lantern", "evidence": "Annual report"}  # fmt: skip
    made("reach", "R-1", mode="direct", count=55_120, **reach)
    made("reach", "R-2", mode="indirect", count=1_884_890, **reach)
    counted = {"counts": "programmes.reach", "measure": "sum", "of": "count", "period_rule": "until", **_NONE}
    figure("lantern.all", where={}, **counted)
    figure("lantern.direct", where={"field": "mode", "is": "direct"}, inside="lantern.all", **counted)
    figure("lantern.teachers", where={"field": "audience", "is": "teachers"}, inside="lantern.direct", **counted)
    for pair in (["lantern.all", "lantern.direct"], ["lantern.teachers", "lantern.all"]):
        with pytest.raises(BadDefinition, match="not added up"):
            figure("lantern.sum", measure="total", parts=pair)
    assert values(edition("{fig:lantern.all} {fig:lantern.direct}"))["lantern.all"] == 1_940_010


def test_case_8_laws_and_policies_of_distinct_states() -> None:
    made("programme", "P1", level="global", starts=date(2018, 1, 1))
    states = list(Participant.objects.filter(kind="un_member").values_list("iso3", flat=True)[:24])
    types = ["law"] * 20 + ["regulation"] * 6 + ["policy"] * 7
    for number, kind in enumerate(types):
        made(
            "legislation", f"L-{number}", participant=states[number % 24], type=kind, programme="P1",
            starts=date(2019, 2, 1),
        )  # fmt: skip
    counted = {"counts": "programmes.legislation"}
    figure("laws", measure="count", of="", where={"field": "type", "in": ["law", "regulation"]}, **counted)
    figure("policies", measure="count", of="", where={"field": "type", "is": "policy"}, **counted)
    figure("states", measure="distinct", of="participant", where={}, **counted)
    found = values(edition("{fig:laws} {fig:policies} {fig:states}"))
    assert (found["laws"], found["policies"], found["states"]) == (26, 7, 24)


def test_case_9_who_joined_in_a_year_opens_as_a_list_of_names() -> None:
    instruments = [making.instrument(code, group="terrorism") for code in ("OIL", "WICK")]
    for instrument in instruments:
        said = making.edition(instrument, as_of="2020-01-01")
        for iso3, day in (("BFA", "2019-03-01"), ("UGA", "2018-12-31"), ("BEL", "2019-07-01")):
            making.act(said, iso3, "accession", day)
    figure(
        "joined", counts="treaties.party", measure="distinct", of="participant",
        where={"field": "group", "is": "terrorism"},
    )  # fmt: skip
    found = edition("{fig:joined} States joined.")
    assert printed(found) == "two States joined."
    opened = behind(CURATOR, found, "joined")
    assert opened is not None
    assert {line["key"] for line in opened["records"]} == {"BFA", "BEL"}
    assert opened["names"] == ["Belgium", "Burkina Faso"]
    chinese = behind(CURATOR, found, "joined", "zh")
    assert chinese is not None
    assert chinese["names"] == ["布基纳法索", "比利时"]


def test_case_10_a_programme_that_was_extended_is_not_new() -> None:
    for number in range(5):
        made("programme", f"NEW-{number}", level="global", starts=date(2019, 4, 1))
    old = made("programme", "OLD", level="global", starts=date(2015, 1, 1), ends=date(2019, 12, 31))
    longer = draft("programme", "OLD", **{**draft_of(old).values, "ends": date(2023, 12, 31)})
    records.correct(CURATOR, row=old, draft=longer, base=old.pk, reason="extended")
    figure(
        "new.global", counts="programmes.programme", measure="count", of="", where={"field": "level", "is": "global"}
    )
    figure(
        "standing.global", counts="programmes.programme", measure="count", of="", period_rule="at",
        where={"field": "level", "is": "global"}, **_NONE,
    )  # fmt: skip
    found = values(edition("{fig:new.global} {fig:standing.global}"))
    assert (found["new.global"], found["standing.global"]) == (5, 6)


def _money(code: str, usd: str, years: tuple[int, int], **said: Any) -> None:
    common = {"flow": "delivery", "nature": "actual", "purpose": "special", "programme": "P1"}
    period = {"starts": date(years[0], 1, 1), "ends": date(years[1], 12, 31)}
    made("money", code, usd=Decimal(usd), **{**common, **period, **said})


def test_case_11_delivery_of_two_bienniums_and_its_growth() -> None:
    made("programme", "P1", level="global", starts=date(2015, 1, 1))
    made("programme", "P2", level="global", starts=date(2015, 1, 1))
    _money("D-1", "402481000", (2018, 2019))
    _money("D-2", "200000000", (2018, 2019), programme="P2")
    forecast = {"nature": "forecast", "forecast_on": date(2020, 3, 1)}
    _money("F-1", "470000000", (2020, 2021), **forecast)
    _money("F-2", "227912000", (2020, 2021), programme="P2", **forecast)
    counted = {"counts": "programmes.money", "measure": "sum", "of": "usd", "kind": "money", "currency": "USD",
               "rounding": "100000", "period_rule": "covered"}  # fmt: skip
    for slug, nature in (("delivery.past", "actual"), ("delivery.next", "forecast")):
        where = {"all": [{"field": "flow", "is": "delivery"}, {"field": "nature", "is": nature}]}
        figure(slug, where=where, **counted)
    figure("growth", kind="change", measure="change", parts=["delivery.next", "delivery.past"], rounding="0.1")
    text = "From {fig:delivery.past} to {fig:delivery.next}, {fig:growth}."
    found = edition(
        text, periods={"delivery.past": "2018-01-01/2019-12-31", "delivery.next": "2020-01-01/2021-12-31"},
        as_of="2021-12-31",
    )  # fmt: skip
    assert printed(found) == "From $602.5 million to $697.9 million, 15.8 per cent."
    change = numbers(found).by_slug["growth"]
    drivers = {line.record: line.number for line in change.evidence if line.part == "delivery.next"}
    assert sum(drivers.values()) == change.numerator


def test_case_12_a_figure_without_a_period_is_refused() -> None:
    made("programme", "P1", level="global", starts=date(2015, 1, 1))
    with pytest.raises(Incomplete, match="period is needed"):
        made("money", "I-0", flow="income", nature="forecast", purpose="general", usd=Decimal(8_800_000),
             forecast_on=date(2020, 3, 1), programme="P1")  # fmt: skip
    with pytest.raises(BadDefinition, match="period is needed"):
        figure("income.general", counts="programmes.money", measure="sum", of="usd", kind="money", currency="USD",
               where={}, period_rule="covered", **_NONE)  # fmt: skip
    foreseen = {"flow": "income", "nature": "forecast", "forecast_on": date(2020, 3, 1)}
    _money("I-1", "8800000", (2020, 2021), purpose="general", **foreseen)
    _money("I-2", "724533333", (2020, 2021), **foreseen)
    counted = {"counts": "programmes.money", "measure": "sum", "of": "usd", "kind": "money", "currency": "USD",
               "rounding": "100000", "period_rule": "covered"}  # fmt: skip
    income = {"field": "flow", "is": "income"}
    figure("income.general", where={"all": [income, {"field": "purpose", "is": "general"}]}, **counted)
    figure("income.all", where=income, **counted)
    figure("income.share", kind="percent", measure="ratio", parts=["income.general", "income.all"], rounding="0.1")
    biennium = "2020-01-01/2021-12-31"
    found = edition(
        "{fig:income.general}, {fig:income.share} of all income.", as_of="2021-12-31",
        periods={"income.general": biennium, "income.all": biennium, "income.share": biennium},
    )  # fmt: skip
    assert printed(found) == "$8.8 million, 1.2 per cent of all income."


def test_case_13_pledges_at_the_rate_of_the_day_and_as_they_were_known() -> None:
    made("programme", "P1", level="global", starts=date(2015, 1, 1))
    made("donor", "D1", kind="state", participant="NOR")
    made("rate", "EUR-1", currency="EUR", rate=Decimal("0.9"), starts=date(2019, 1, 1))
    made("rate", "NOK-1", currency="NOK", rate=Decimal(9), starts=date(2019, 1, 1))
    common = {"donor": "D1", "programme": "P1", "purpose": "special", "earmarking": 4, "starts": date(2019, 6, 1)}
    made("pledge", "PL-1", amount=Decimal(90_000_000), currency="EUR", **common)
    row = made("pledge", "PL-2", amount=Decimal(2_070_000_000), currency="NOK", **common)
    figure("pledged", counts="programmes.pledge", measure="sum", of="usd", kind="money", currency="USD", where={},
           rounding="10000000", qualifier="about")  # fmt: skip
    found = edition("Pledges rose to {fig:pledged}.")
    assert printed(found) == "Pledges rose to about $330 million."
    (frozen,) = freezing.freeze(CURATOR, edition=found)
    changed = draft("pledge", "PL-2", **{**draft_of(row).values, "amount": Decimal(1_170_000_000)})
    records.correct(CURATOR, row=row, draft=changed, base=row.pk, reason="the donor gives less")
    assert printed(found) == "Pledges rose to about $330 million."
    assert Snapshot.objects.get(pk=frozen.pk).value == 330_000_000
    now = asked_again(CURATOR, found, as_of=None, known_at=timezone.now())
    assert now.by_slug["pledged"].value == 230_000_000


def test_case_25_a_number_typed_by_hand_is_reported() -> None:
    lantern()
    figure("p1.trained")
    found = edition("They trained {fig:p1.trained} people and helped about 70 officers.")
    unbound = [f for f in findings(found) if f.code == "unbound-number"]
    assert unbound
    assert all("70" in f.text and f.number == 1 for f in unbound)


def test_a_total_over_an_overlap_group_is_refused_and_a_figure_of_itself_gives_no_number() -> None:
    lantern()
    figure("a", overlap_group="same")
    figure("b", overlap_group="same")
    with pytest.raises(BadDefinition, match="not added up"):
        figure("c", measure="total", parts=["a", "b"])
    figure("d", measure="total", parts=["a", "e"])
    figure("e", measure="total", parts=["d", "a"])
    found = edition("{fig:e}")
    assert "made of itself" in numbers(found).problems["e"]
    with pytest.raises(Denied, match="made of itself"):
        freezing.freeze(CURATOR, edition=found)

"""Two times: what was true when, and what was known when. Nothing is overwritten."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.modules.treaties.models import Statement, TreatyAction
from comity.modules.treaties.selectors.changes import changes
from comity.modules.treaties.selectors.statements import statements
from comity.modules.treaties.selectors.states import between
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.tests.making import act, day, edition, instrument, participants

pytestmark = pytest.mark.django_db

JANUARY = datetime(2021, 1, 1, tzinfo=UTC)
MARCH = datetime(2021, 3, 1, tzinfo=UTC)
MAY = datetime(2021, 5, 1, tzinfo=UTC)


def _corrected() -> TreatyAction:
    """In January the page said 2005, in March the desk corrected it to 2007: two versions of one fact."""
    said = edition(instrument(), recorded=JANUARY)
    first = act(said, "AAA", "ratification", "2005-06-01")
    TreatyAction.objects.filter(pk=first.pk).update(superseded_at=MARCH)
    return act(said, "AAA", "ratification", "2007-06-01", fact=first.fact, recorded_at=MARCH)


class TestAsOfAndAsKnownThen:
    def test_before_it_was_recorded_nothing_was_known(self):
        _corrected()
        assert status("TREATY", date(2020, 1, 1), JANUARY - timedelta(days=1)).parties == 0

    def test_asked_for_one_day_with_the_knowledge_of_three_moments(self):
        _corrected()
        on = date(2006, 1, 1)
        assert status("TREATY", on, JANUARY + timedelta(days=1)).parties == 1
        assert status("TREATY", on, MARCH + timedelta(days=1)).parties == 0
        assert status("TREATY", on).parties == 0
        assert status("TREATY", date(2007, 6, 1)).parties == 1

    def test_the_moment_of_a_change_knows_the_new_version_only(self):
        _corrected()
        assert status("TREATY", date(2006, 1, 1), MARCH).parties == 0
        assert status("TREATY", date(2006, 1, 1), MARCH - timedelta(microseconds=1)).parties == 1

    def test_nothing_is_overwritten(self):
        last = _corrected()
        versions = TreatyAction.objects.filter(fact=last.fact).order_by("recorded_at")
        assert [v.deposited for v in versions] == [date(2005, 6, 1), date(2007, 6, 1)]
        assert [v.superseded_at for v in versions] == [MARCH, None]

    def test_what_a_source_said_then_is_known_by_its_editions_of_then(self):
        made = instrument()
        act(edition(made, as_of="2010-01-01", recorded=JANUARY), "AAA", "ratification", "2005-06-01")
        edition(made, as_of="2020-01-01", recorded=MARCH)
        assert status("TREATY", date(2021, 6, 1), JANUARY).source_ends == date(2010, 1, 1)
        assert status("TREATY", date(2021, 6, 1), MARCH).source_ends == date(2020, 1, 1)

    def test_changes_name_the_first_version_new_and_the_second_changed(self):
        _corrected()
        assert [(c.what, c.at, c.deposited.year) for c in changes()] == [
            ("changed", MARCH, 2007),
            ("new", JANUARY, 2005),
        ]

    def test_a_fact_taken_out_shows_as_withdrawn_and_is_still_there(self):
        fact = _corrected()
        TreatyAction.objects.filter(pk=fact.pk).update(superseded_at=MAY)
        assert [c.what for c in changes()] == ["withdrawn", "changed", "new"]
        assert TreatyAction.objects.filter(fact=fact.fact).count() == 2

    @settings(max_examples=40, deadline=None)
    @given(st.data())
    def test_what_is_recorded_later_never_changes_what_was_known(self, data):
        """Whatever the desk does afterwards, the answer for a past moment of knowledge stays the same."""
        code = f"T{TreatyAction.objects.count()}{data.draw(st.integers(0, 10**9))}"
        said = edition(instrument(code), f"page-{code}", recorded=JANUARY)
        days = st.dates(date(2000, 1, 1), date(2020, 12, 31)).map(date.isoformat)
        rows = [act(said, iso3, "ratification", data.draw(days)) for iso3 in ("AAA", "BBB", "CCC")]
        on = data.draw(st.dates(date(2000, 1, 1), date(2022, 12, 31)))
        before = status(code, on, JANUARY)
        at = JANUARY
        for row in data.draw(st.lists(st.sampled_from(rows), max_size=3)):
            at += timedelta(days=1)
            current = TreatyAction.objects.get(fact=row.fact, superseded_at__isnull=True)
            TreatyAction.objects.filter(pk=current.pk).update(superseded_at=at)
            act(said, row.participant_id, "accession", data.draw(days), fact=row.fact, recorded_at=at)
        after = status(code, on, JANUARY)
        assert [(r.iso3, r.is_party, r.consent) for r in after.rows] == [
            (r.iso3, r.is_party, r.consent) for r in before.rows
        ]


class TestWithdrawalsAndReturns:
    def test_a_withdrawal_counts_from_the_day_it_takes_effect(self):
        said = edition(instrument(rules={"denunciation": {"delay": {"months": 12}}}), as_of="2026-01-01")
        act(said, "AAA", "ratification", "2005-06-01")
        act(said, "AAA", "withdrawal", "2010-03-15")
        assert status("TREATY", day("2011-03-14")).parties == 1
        assert status("TREATY", day("2011-03-15")).parties == 0
        assert status("TREATY", day("2011-03-14")).row("AAA").withdrawal_effective == day("2011-03-15")

    def test_a_denunciation_of_the_convention_denounces_its_protocols(self):
        parent = instrument(
            "CONVENTION",
            rules={
                "denunciation": {"delay": {"months": 12}, "cascades_to_protocols": True},
            },
        )
        protocol = instrument("PROTOCOL", parent=parent, parent_required=True)
        whole = edition(parent, "page-c", "2026-01-01")
        act(whole, "AAA", "ratification", "2005-06-01")
        act(whole, "AAA", "withdrawal", "2010-03-15")
        act(edition(protocol, "page-p", "2026-01-01"), "AAA", "ratification", "2005-07-01")
        assert status("PROTOCOL", day("2011-03-14")).parties == 1
        assert status("PROTOCOL", day("2011-03-15")).parties == 0
        assert status("PROTOCOL", day("2011-03-15")).row("AAA").withdrawal_effective == day("2011-03-15")

    def test_a_return_to_the_convention_does_not_revive_the_protocol(self):
        parent = instrument(
            "CONVENTION",
            rules={
                "denunciation": {"delay": {"months": 12}, "cascades_to_protocols": True},
            },
        )
        protocol = instrument("PROTOCOL", parent=parent, parent_required=True)
        whole = edition(parent, "page-c", "2026-01-01")
        act(whole, "AAA", "ratification", "2005-06-01")
        act(whole, "AAA", "withdrawal", "2010-03-15")
        act(whole, "AAA", "accession", "2015-01-01")
        act(edition(protocol, "page-p", "2026-01-01"), "AAA", "ratification", "2005-07-01")
        assert status("CONVENTION", day("2015-01-01")).parties == 1
        assert status("CONVENTION", day("2015-01-01")).row("AAA").withdrawal_effective is None
        assert status("PROTOCOL", day("2015-01-01")).parties == 0

    def test_a_denunciation_of_one_instrument_leaves_those_alone_that_its_clause_does_not_reach(self):
        parent = instrument(
            "CONVENTION",
            rules={
                "denunciation": {"delay": {"months": 12}, "cascades_to_protocols": True, "cascades_to": ["ANOTHER"]},
            },
        )
        protocol = instrument("PROTOCOL", parent=parent)
        whole = edition(parent, "page-c", "2026-01-01")
        act(whole, "AAA", "ratification", "2005-06-01")
        act(whole, "AAA", "withdrawal", "2010-03-15")
        act(edition(protocol, "page-p", "2026-01-01"), "AAA", "ratification", "2005-07-01")
        assert status("PROTOCOL", day("2015-01-01")).parties == 1

    def test_the_signature_of_who_left_is_not_counted_and_of_who_came_back_is(self):
        said = edition(instrument(), as_of="2026-01-01")
        act(said, "AAA", "signature", "2004-01-01")
        act(said, "AAA", "ratification", "2005-06-01")
        act(said, "AAA", "withdrawal", "2010-03-15", "2010-09-15")
        act(said, "AAA", "accession", "2015-01-01")
        assert [status("TREATY", day(d)).signatories for d in ("2006-01-01", "2011-01-01", "2016-01-01")] == [1, 0, 1]


class TestReservations:
    def _reserved(self) -> Statement:
        said = edition(instrument(), as_of="2026-01-01")
        participants("AAA", "BBB")
        return Statement.objects.create(
            instrument=said.instrument,
            participant_id="AAA",
            kind="reservation",
            text="Article 35 does not apply.",
            made_on=day("2006-02-08"),
            withdrawn_on=day("2015-06-01"),
            source=said.source,
            edition=said,
            recorded_at=JANUARY,
        )

    def test_it_stands_from_when_it_was_made_until_it_was_withdrawn(self):
        self._reserved()
        (said,) = statements(code="TREATY")
        stands = {d: said.stands_on(day(d)) for d in ("2006-02-07", "2006-02-08", "2015-05-31", "2015-06-01")}
        assert list(stands.values()) == [False, True, True, False]

    def test_a_withdrawn_reservation_shows_in_history_only(self):
        """Acceptance case 5: gone from today's page, there on the page of a past day and in the history."""
        self._reserved()
        client = Client()
        shown = {
            query: "Article 35 does not apply."
            in client.get(f"/en/treaties/TREATY/statements/{query}").content.decode()
            for query in ("", "?on=2010-01-01", "?all=1")
        }
        assert shown == {"": False, "?on=2010-01-01": True, "?all=1": True}

    def test_between_two_states_only_what_stood_on_the_day_is_said(self):
        self._reserved()
        said = edition(status_instrument := instrument("OTHER", stated_in_force=day("2003-01-01")), "other-page")
        for iso3 in ("AAA", "BBB"):
            act(said, iso3, "ratification", "2005-01-01", "2005-02-01")
        Statement.objects.create(
            instrument=status_instrument,
            participant_id="BBB",
            kind="declaration",
            text="On extradition.",
            made_on=day("2005-01-01"),
            withdrawn_on=day("2012-01-01"),
            source=said.source,
            edition=said,
            recorded_at=JANUARY,
        )
        assert [s.text for e in between("AAA", "BBB", day("2010-01-01")).in_force for s in e.said_by_second] == [
            "On extradition."
        ]
        assert [s for e in between("AAA", "BBB", day("2013-01-01")).in_force for s in e.said_by_second] == []

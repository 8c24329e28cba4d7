"""Final clauses as data: what follows from them, to the day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.modules.treaties.rules import (
    Consent,
    EntryIntoForce,
    Withdrawal,
    add_delay,
    entry_into_force,
    in_force_for,
    standing_consent,
    threshold_day,
    withdrawal_effect,
)
from comity.modules.treaties.selectors.status import status

DAYS = st.dates(date(1945, 1, 1), date(2100, 12, 31))
DELAYS = st.one_of(
    st.fixed_dictionaries({"days": st.integers(0, 400)}),
    st.fixed_dictionaries({"months": st.integers(0, 36)}),
    st.fixed_dictionaries({"months": st.integers(1, 36), "first_of_month": st.just(True)}),
)
CODES = st.sampled_from(["AAA", "BBB", "CCC", "DDD", "EEE"])
CONSENTS = st.lists(st.builds(Consent, iso3=CODES, deposited=DAYS, is_state=st.booleans()), max_size=8)


@st.composite
def withdrawals(draw: st.DrawFn) -> list[Withdrawal]:
    """Withdrawals whose effect is on or after their notice, or not known."""
    notices = draw(st.lists(st.tuples(CODES, DAYS, st.one_of(st.none(), st.integers(0, 800))), max_size=6))
    return [Withdrawal(iso3, day, None if wait is None else day + timedelta(days=wait)) for iso3, day, wait in notices]


class TestDelays:
    @given(DAYS, DELAYS)
    def test_never_leads_back(self, start: date, delay: dict):
        assert add_delay(start, delay) >= start

    @given(DAYS, DAYS, DELAYS)
    def test_keeps_the_order_of_deposits(self, one: date, two: date, delay: dict):
        assert add_delay(min(one, two), delay) <= add_delay(max(one, two), delay)

    @given(DAYS, st.integers(0, 400))
    def test_days_are_days(self, start: date, days: int):
        assert (add_delay(start, {"days": days}) - start).days == days

    @given(DAYS, st.integers(1, 36))
    def test_first_of_month_is_one_and_the_month_is_right(self, start: date, months: int):
        found = add_delay(start, {"months": months, "first_of_month": True})
        assert found.day == 1
        assert (found.year - start.year) * 12 + found.month - start.month == months

    def test_no_delay_is_the_day_itself(self):
        assert add_delay(date(2003, 9, 29), None) == date(2003, 9, 29)

    @pytest.mark.parametrize(
        ("start", "months", "expected"),
        [("2003-08-31", 6, "2004-02-29"), ("2002-08-31", 6, "2003-02-28"), ("2003-12-15", 1, "2004-01-15")],
    )
    def test_a_months_end_the_target_lacks_is_its_last_day(self, start: str, months: int, expected: str):
        assert add_delay(date.fromisoformat(start), {"months": months}) == date.fromisoformat(expected)

    def test_a_delay_of_another_shape_is_refused_by_name(self):
        with pytest.raises(ValueError, match="weeks"):
            add_delay(date(2003, 1, 1), {"weeks": 2})


class TestStandingConsent:
    @given(CONSENTS, withdrawals(), DAYS)
    def test_what_stands_was_deposited_by_the_day_and_not_withdrawn_since(self, consents, left, on):
        found = standing_consent(consents, left, on)
        if found is not None:
            assert found.deposited <= on
            assert not [w for w in left if w.effective and w.notified >= found.deposited and w.effective <= on]

    @given(CONSENTS, withdrawals(), DAYS, st.randoms())
    def test_order_of_what_is_told_never_matters(self, consents, left, on, random):
        shuffled, left_shuffled = list(consents), list(left)
        random.shuffle(shuffled)
        random.shuffle(left_shuffled)
        one, two = standing_consent(consents, left, on), standing_consent(shuffled, left_shuffled, on)
        assert (one and one.deposited) == (two and two.deposited)

    @given(CONSENTS, DAYS)
    def test_without_withdrawals_the_first_consent_stands_for_ever(self, consents, on):
        found = standing_consent(consents, [], on)
        by_then = [c.deposited for c in consents if c.deposited <= on]
        assert (found.deposited if found else None) == min(by_then, default=None)

    def test_a_withdrawal_ends_participation_on_the_day_it_takes_effect(self):
        consent = Consent("AAA", date(2000, 1, 1))
        left = [Withdrawal("AAA", date(2025, 6, 27), date(2025, 12, 27))]
        assert standing_consent([consent], left, date(2025, 12, 26)) == consent
        assert standing_consent([consent], left, date(2025, 12, 27)) is None

    def test_a_notice_whose_effect_nobody_knows_ends_nothing(self):
        consent = Consent("AAA", date(2000, 1, 1))
        assert standing_consent([consent], [Withdrawal("AAA", date(2001, 1, 1), None)], date(2020, 1, 1)) == consent

    def test_who_accedes_again_after_withdrawal_is_party_by_the_new_consent(self):
        first, again = Consent("AAA", date(2000, 1, 1)), Consent("AAA", date(2010, 1, 1))
        left = [Withdrawal("AAA", date(2004, 1, 1), date(2005, 1, 1))]
        assert standing_consent([first, again], left, date(2004, 6, 1)) == first
        assert standing_consent([first, again], left, date(2007, 1, 1)) is None
        assert standing_consent([first, again], left, date(2010, 1, 1)) == again

    def test_who_accedes_again_before_the_withdrawal_takes_effect_stays(self):
        first, again = Consent("AAA", date(2000, 1, 1)), Consent("AAA", date(2004, 6, 1))
        left = [Withdrawal("AAA", date(2004, 1, 1), date(2005, 1, 1))]
        assert standing_consent([first, again], left, date(2005, 1, 1)) == again


class TestWithdrawal:
    @given(DAYS, DAYS, DELAYS)
    def test_the_stated_day_prevails(self, notified, stated, delay):
        assert withdrawal_effect(notified, stated, {"delay": delay}) == stated

    def test_one_year_after_receipt(self):
        rule = {"delay": {"months": 12}}  # UNTOC, article 40
        assert withdrawal_effect(date(2020, 2, 29), None, rule) == date(2021, 2, 28)

    def test_without_rule_the_day_is_a_gap(self):
        assert withdrawal_effect(date(2020, 2, 29), None, None) is None


def _consents(*days: str, states: bool = True) -> list[Consent]:
    return [Consent(f"S{i:02}", date.fromisoformat(day), states) for i, day in enumerate(days)]


class TestThreshold:
    @given(st.integers(1, 6), CONSENTS, withdrawals())
    def test_the_day_is_a_deposit_and_enough_stand_on_it(self, need, consents, left):
        day = threshold_day({"threshold": need, "counts": "all"}, consents, left)
        standing = lambda on: {  # noqa: E731
            c.iso3
            for c in consents
            if standing_consent([x for x in consents if x.iso3 == c.iso3], [w for w in left if w.iso3 == c.iso3], on)
        }
        if day is None:
            assert all(len(standing(c.deposited)) < need for c in consents)
        else:
            assert day in {c.deposited for c in consents}
            assert len(standing(day)) >= need
            assert all(len(standing(c.deposited)) < need for c in consents if c.deposited < day)

    @given(st.integers(1, 5), CONSENTS)
    def test_more_needed_is_never_earlier(self, need, consents):
        one = threshold_day({"threshold": need}, consents, [])
        two = threshold_day({"threshold": need + 1}, consents, [])
        assert two is None or (one is not None and one <= two)

    def test_organizations_do_not_count_where_only_states_do(self):
        consents = [*_consents("2001-01-01", "2002-01-01"), Consent("EUE", date(2001, 6, 1), is_state=False)]
        assert threshold_day({"threshold": 2, "counts": "states_only"}, consents, []) == date(2002, 1, 1)
        assert threshold_day({"threshold": 2, "counts": "all"}, consents, []) == date(2001, 6, 1)

    def test_every_named_state_must_be_among_them(self):
        rule = {"named_states": ["AAA", "BBB", "CCC"], "delay": {"days": 180}}  # as in the Test-Ban Treaty, XIV
        two = [Consent("AAA", date(1998, 4, 6)), Consent("BBB", date(1999, 1, 1))]
        many = [*two, *(Consent(f"X{i:02}", date(2000, 1, 1)) for i in range(90))]
        assert entry_into_force(rule, many, []).day is None
        whole = [*many, Consent("CCC", date(2001, 3, 1))]
        assert entry_into_force(rule, whole, []).day == date(2001, 8, 28)

    def test_who_left_before_does_not_count(self):
        consents = _consents("2001-01-01", "2003-01-01", "2004-01-01")
        left = [Withdrawal("S00", date(2001, 6, 1), date(2002, 6, 1))]
        assert threshold_day({"threshold": 2}, consents, left) == date(2004, 1, 1)


UNTOC = {"threshold": 40, "counts": "states_only", "delay": {"days": 90}, "later": {"days": 30}}


class TestEntryIntoForce:
    def test_acceptance_case_1(self):
        """Deposits under UNTOC and the days it entered into force for who made them."""
        force = EntryIntoForce(date(2003, 9, 29), date(2003, 7, 1))
        for deposited, expected in (
            ("2003-09-24", "2003-10-24"),
            ("2004-05-27", "2004-06-26"),
            ("2004-08-11", "2004-09-10"),
            ("2004-06-07", "2004-07-07"),
            ("2002-08-21", "2003-09-29"),
        ):
            consent = Consent("AAA", date.fromisoformat(deposited))
            assert in_force_for(UNTOC, force, consent) == date.fromisoformat(expected), deposited

    def test_first_of_the_sixth_month(self):
        """As in the Mine-Ban Convention, article 17."""
        rule = {
            "threshold": 2,
            "delay": {"months": 6, "first_of_month": True},
            "later": {"months": 6, "first_of_month": True},
        }
        force = entry_into_force(rule, _consents("1998-09-01", "1998-09-16"), [])
        assert force.day == date(1999, 3, 1)
        assert in_force_for(rule, force, Consent("LAT", date(1998, 12, 31))) == date(1999, 6, 1)

    def test_the_stated_date_prevails_and_the_difference_shows(self):
        force = entry_into_force(
            {"threshold": 1, "delay": {"days": 90}}, _consents("2003-01-01"), [], stated=date(2003, 4, 2)
        )
        assert (force.day, force.computed, force.differs) == (date(2003, 4, 2), date(2003, 4, 1), True)

    def test_a_protocol_not_before_its_convention(self):
        rule = {"threshold": 1, "delay": {"days": 90}, "not_before_parent": True}
        consents = _consents("2001-01-01")
        assert entry_into_force(rule, consents, [], parent=date(2003, 9, 29)).day == date(2003, 9, 29)
        assert entry_into_force(rule, consents, [], parent=date(2000, 1, 1)).day == date(2001, 4, 1)
        assert entry_into_force(rule, consents, [], parent=None).day is None

    def test_a_condition_we_cannot_judge_is_a_gap_and_the_stated_date_stands(self):
        """The Plastic Explosives Convention asks for five producer States: no source of ours names them."""
        rule = {
            "threshold": 1,
            "delay": {"days": 60},
            "later": {"days": 60},
            "condition": {"kind": "producer_states", "minimum": 5},
        }
        force = entry_into_force(rule, _consents("1995-01-01"), [], stated=date(1998, 6, 21))
        assert force == EntryIntoForce(None, None, date(1998, 6, 21))

    def test_only_the_kinds_of_consent_that_the_clause_names_count(self):
        rule = {"threshold": 2, "delay": {"days": 30}, "actions": ["ratification", "accession"]}
        consents = [
            Consent("AAA", date(1980, 1, 1), kind="ratification"),
            Consent("BBB", date(1981, 1, 1), kind="succession", succession=True),
            Consent("CCC", date(1982, 1, 1), kind="accession"),
        ]
        assert entry_into_force(rule, consents, []).day == date(1982, 1, 31)


class TestInForceFor:
    FORCE = EntryIntoForce(date(2003, 9, 29), date(2003, 7, 1))

    @given(DAYS)
    def test_never_before_the_instrument_itself(self, deposited):
        found = in_force_for(UNTOC, self.FORCE, Consent("AAA", deposited))
        assert found is not None
        assert found >= date(2003, 9, 29)

    @given(DAYS, DAYS)
    def test_a_day_stated_for_the_participant_prevails(self, deposited, effective):
        assert in_force_for(UNTOC, self.FORCE, Consent("AAA", deposited, effective=effective)) == effective

    def test_the_later_of_the_protocols_and_the_parents_day(self):
        consent = Consent("AAA", date(2005, 1, 1))
        found = in_force_for(UNTOC, self.FORCE, consent, needs_parent=True, parent_in_force=date(2006, 5, 5))
        assert found == date(2006, 5, 5)
        assert in_force_for(UNTOC, self.FORCE, consent, needs_parent=True, parent_in_force=None) is None

    def test_where_it_is_not_in_force_it_binds_nobody(self):
        assert in_force_for(UNTOC, EntryIntoForce(None, None), Consent("AAA", date(2005, 1, 1))) is None

    def test_without_a_rule_for_later_states_their_day_is_a_gap(self):
        rule = {"threshold": 40, "delay": {"days": 90}}
        assert in_force_for(rule, self.FORCE, Consent("AAA", date(2005, 1, 1))) is None

    def test_where_only_the_stated_day_is_known_late_comers_follow_the_rule_for_them(self):
        """The threshold day is not known; who deposits later is not bound from the first day."""
        rule = {"threshold": 35, "delay": {"days": 60}, "later": {"days": 60}, "condition": {"kind": "producer_states"}}
        force = EntryIntoForce(None, None, date(1998, 6, 21))
        assert in_force_for(rule, force, Consent("AAA", date(1996, 1, 1))) == date(1998, 6, 21)
        assert in_force_for(rule, force, Consent("AAA", date(1998, 6, 1))) == date(1998, 7, 31)
        assert in_force_for(rule, force, Consent("AAA", date(2010, 1, 1))) == date(2010, 3, 2)

    def test_a_successor_is_bound_from_its_succession(self):
        consent = Consent("AAA", date(2006, 6, 3), succession=True)
        assert in_force_for(UNTOC, self.FORCE, consent) == date(2006, 6, 3)


@pytest.mark.django_db
@pytest.mark.usefixtures("reference")
class TestBundledFacts:
    """The rules of the treaties themselves, applied to the facts that come with Comity."""

    @pytest.mark.parametrize(
        ("code", "expected"),
        [
            ("UNTOC", "2003-09-29"),
            ("UNTOC-TIP", "2003-12-25"),
            ("UNTOC-SOM", "2004-01-28"),
            ("UNTOC-FP", "2005-07-03"),
            ("UNCAC", "2005-12-14"),
            ("CT-BOMBINGS-1997", "2001-05-23"),
            ("CT-FINANCING-1999", "2002-04-10"),
            ("CT-NUCLEAR-2005", "2007-07-07"),
            ("CT-HOSTAGES-1979", "1983-06-03"),
        ],
    )
    def test_entry_into_force_is_computed(self, code: str, expected: str):
        assert status(code, date(2014, 1, 1)).force.computed == date.fromisoformat(expected)

    def test_acceptance_case_1_from_the_facts(self):
        """Who deposited on the days of acceptance case 1 is bound from the days it names."""
        deposits = {
            "2003-09-24": "2003-10-24",
            "2004-05-27": "2004-06-26",
            "2004-08-11": "2004-09-10",
            "2004-06-07": "2004-07-07",
            "2002-08-21": "2003-09-29",
        }
        found = {
            (row.consent.deposited.isoformat(), row.in_force.isoformat())
            for row in status("UNTOC", date(2014, 1, 1)).rows
            if row.consent and row.in_force and row.consent.deposited.isoformat() in deposits
        }
        assert found == set(deposits.items())

    def test_nobody_is_bound_by_a_protocol_before_the_convention_or_the_protocol(self):
        for code in ("UNTOC-TIP", "UNTOC-SOM", "UNTOC-FP"):
            protocol, parent = status(code, date(2014, 1, 1)), status("UNTOC", date(2014, 1, 1))
            for row in protocol.rows:
                if row.in_force:
                    assert row.in_force >= protocol.force.day
                    assert row.in_force >= parent.row(row.iso3).in_force

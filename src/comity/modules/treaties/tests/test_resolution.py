"""Which source counts where several speak of the same matter."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from comity.modules.treaties.resolution import Act, Resolved, Speaker, resolve
from comity.modules.treaties.vocabulary import ActionClass, ActionKind, SourceKind, action_class

DEPOSITED = date(2010, 5, 1)
PAGE = Speaker(1, "page of 2020", SourceKind.DEPOSITARY, date(2020, 1, 1), complete=True)
NEWER = Speaker(2, "page of 2024", SourceKind.DEPOSITARY, date(2024, 1, 1), complete=True)
TABLE = Speaker(3, "table of 2025", SourceKind.SECONDARY, date(2025, 1, 1), complete=False)
DESK = Speaker(4, "desk", SourceKind.DEPOSITARY, date(2026, 1, 1), complete=False, is_desk=True)

CONSENT = ActionClass.CONSENT


def said(
    by: Speaker, deposited: date = DEPOSITED, kind: str = "ratification", iso3: str = "AAA", number: int = 0
) -> Act:
    return Act(
        number or by.source_id, f"fact-{by.source_id}-{iso3}", iso3, kind, deposited, None, by.source_id, as_of=by.as_of
    )


def settled(acts: list[Act], *speakers: Speaker, iso3: str = "AAA") -> Resolved:
    return resolve(acts, {s.source_id: s for s in speakers})[iso3, CONSENT]


def test_the_newer_depositary_source_prevails_and_the_other_is_kept():
    old, new = said(PAGE), said(NEWER, date(2010, 6, 1))
    found = settled([old, new], PAGE, NEWER)
    assert found.acts == (new,)
    assert found.speaker == NEWER
    assert found.contradicted_by == (old,)


def test_a_depositary_prevails_over_a_newer_secondary_source():
    found = settled([said(PAGE), said(TABLE, date(2011, 1, 1))], PAGE, TABLE)
    assert found.speaker == PAGE
    assert [act.source_id for act in found.contradicted_by] == [TABLE.source_id]


def test_equal_words_of_two_sources_contradict_nothing():
    found = settled([said(PAGE), said(NEWER)], PAGE, NEWER)
    assert found.contradicted_by == ()
    assert found.silent == ()


def test_a_complete_newer_source_that_is_silent_says_nothing_was_done():
    found = settled([said(PAGE)], PAGE, NEWER)
    assert found.acts == ()
    assert found.speaker == NEWER
    assert found.contradicted_by == (said(PAGE),)


def test_a_complete_older_source_that_is_silent_is_named():
    found = settled([said(NEWER)], PAGE, NEWER)
    assert found.acts == (said(NEWER),)
    assert found.silent == (PAGE,)


def test_the_silence_of_a_partial_source_means_nothing():
    found = settled([said(PAGE)], PAGE, TABLE)
    assert found.acts == (said(PAGE),)
    assert found.silent == ()


def test_silence_says_nothing_of_what_happened_after_the_source_ends():
    late = said(TABLE, date(2024, 6, 1))
    found = settled([late], PAGE, NEWER, TABLE)
    assert found.acts == (late,)
    assert found.silent == ()


def test_the_desk_is_set_beside_a_page_and_prevails_while_its_word_is_newer():
    entered = said(DESK, date(2010, 7, 1))
    found = settled([said(NEWER), entered], NEWER, DESK)
    assert found.acts == (entered,)
    assert found.contradicted_by == (said(NEWER),)


def test_a_page_newer_than_the_desks_word_prevails_over_it():
    """The desk speaks on each matter on the day of that entry, not on its newest day."""
    entered = Act(9, "f", "AAA", "ratification", date(2010, 7, 1), None, DESK.source_id, as_of=date(2015, 1, 1))
    found = settled([said(NEWER), entered], NEWER, DESK)
    assert found.speaker == NEWER
    assert found.contradicted_by == (entered,)


def test_of_two_pages_of_one_day_the_same_one_prevails_in_any_order():
    twin = Speaker(5, "another page of 2020", SourceKind.DEPOSITARY, PAGE.as_of, complete=True)
    acts = [said(PAGE), said(twin, date(2012, 1, 1))]
    assert settled(acts, PAGE, twin) == settled(acts[::-1], twin, PAGE)


def test_a_return_that_only_the_desk_tells_of_keeps_the_first_consent():
    left = Act(20, "w", "AAA", "withdrawal", date(2015, 1, 1), date(2016, 1, 1), NEWER.source_id, as_of=NEWER.as_of)
    again = said(DESK, date(2025, 3, 1), "accession", number=21)
    found = resolve([said(NEWER), left, again], {2: NEWER, 4: DESK})["AAA", CONSENT]
    assert found.acts == (said(NEWER), again)
    assert found.contradicted_by == ()


def test_matters_are_settled_apart():
    """A page that lists a signature and no ratification leaves the older page's ratification unsupported."""
    signed = said(NEWER, date(2009, 1, 1), "signature", number=10)
    found = resolve([signed, said(PAGE)], {1: PAGE, 2: NEWER})
    assert found["AAA", ActionClass.SIGNATURE].acts == (signed,)
    assert found["AAA", CONSENT].acts == ()


def test_a_source_that_adds_the_day_of_effect_does_not_contradict_one_that_gives_none():
    full = Act(7, "f", "AAA", "ratification", DEPOSITED, date(2010, 8, 1), NEWER.source_id, as_of=NEWER.as_of)
    assert settled([full, said(PAGE)], PAGE, NEWER).contradicted_by == ()


SPEAKERS = [PAGE, NEWER, TABLE, DESK]
ACTS = st.lists(
    st.tuples(
        st.sampled_from(SPEAKERS),
        st.sampled_from(["AAA", "BBB"]),
        st.sampled_from(list(ActionKind)),
        st.integers(0, 6000),
    ),
    max_size=10,
).map(
    lambda rows: [
        Act(i, f"fact{i}", iso3, kind, date(2008, 1, 1) + timedelta(days=after), None, by.source_id, as_of=by.as_of)
        for i, (by, iso3, kind, after) in enumerate(rows)
    ]
)


def _plain(found: dict[tuple[str, ActionClass], Resolved]) -> dict[object, object]:
    return {
        matter: (r.acts, r.speaker, frozenset(r.contradicted_by), frozenset(r.silent)) for matter, r in found.items()
    }


@given(ACTS, st.randoms())
def test_the_order_of_input_never_matters(acts, random):
    shuffled, speakers = list(acts), list(SPEAKERS)
    random.shuffle(shuffled)
    random.shuffle(speakers)
    one = resolve(acts, {s.source_id: s for s in SPEAKERS})
    two = resolve(shuffled, {s.source_id: s for s in speakers})
    assert _plain(one) == _plain(two)


@given(ACTS)
def test_nothing_counts_that_no_source_says_and_one_source_speaks_per_matter(acts):
    for (iso3, matter), found in resolve(acts, {s.source_id: s for s in SPEAKERS}).items():
        assert set(found.acts) <= set(acts)
        if matter != CONSENT:  # a return after a withdrawal may be told by another source than the first consent
            assert {a.source_id for a in found.acts} <= {found.speaker.source_id}
        assert {(a.iso3, action_class(a.kind)) for a in found.acts} <= {(iso3, matter)}


@given(ACTS)
def test_everything_said_is_shown_or_agrees_with_what_is_shown(acts):
    """What counts and what contradicts it, together with what repeats it, is all that was said."""
    for (iso3, matter), found in resolve(acts, {s.source_id: s for s in SPEAKERS}).items():
        mine = [a for a in acts if (a.iso3, action_class(a.kind)) == (iso3, matter)]
        shown = {(a.kind, a.deposited, a.effective) for a in (*found.acts, *found.contradicted_by)}
        assert {(a.kind, a.deposited, a.effective) for a in mine} <= shown

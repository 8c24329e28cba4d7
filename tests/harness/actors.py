"""Who may come: the public, the system, people with any mandates, as Hypothesis draws them for rules of access."""

from __future__ import annotations

from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC, Actor, Grant, system

#: States of the tests; `user:1` to `user:3` are the people.
STATES = ("AAA", "BBB")
grants = st.lists(
    st.one_of(
        st.builds(
            Grant, st.sampled_from(["focal_point", "authority_officer", "observer"]), st.sampled_from(STATES)
        ),
        st.builds(
            Grant, st.sampled_from(["curator", "publisher", "administrator"]), st.just(""), st.just("secretariat")
        ),
    ),
    max_size=3,
)
actors = st.one_of(
    st.just(PUBLIC),
    st.just(system("test")),
    st.builds(lambda n, g: Actor("user", f"user:{n}", n, "", tuple(g), True), st.integers(1, 3), grants),
)

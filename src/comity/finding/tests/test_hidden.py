"""What an actor may not see shows nowhere: no hit, count, facet, suggestion, file, similar text, mail or feed."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.account.tests.sign_in import person, sign_in, state
from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.labels import Label
from comity.core.actions.models import OutboxMessage
from comity.core.audit.models import Entry
from comity.core.people.selectors import actor_for
from comity.core.search import following, jobs, saved
from comity.core.search.apps import SearchConfig
from comity.core.search.models import SavedSearch
from comity.core.search.passages import Question
from comity.core.search.tests.notes import Notes
from comity.core.search.tests.test_saved import alert

_states = st.sampled_from(["AAA", "BBB"])
_roles = st.lists(
    st.tuples(st.sampled_from(["observer", "authority_officer", "curator", "administrator"]), _states), max_size=2
)
_rows = st.lists(
    st.tuples(st.sampled_from(Label.values), _states, st.sampled_from([None, -1, 1])),
    min_size=1, max_size=6,
)  # fmt: skip


def word(number: int, what: str = "title") -> str:
    """A word that stands in one note only; its title's word is never asked for, so a page has it from the note."""
    return f"{'qrstuvwxyz'[number]}{'ob' if what == 'title' else 'ak'}{'lmnp' * 2}"


def fill(source: Notes, rows: list[tuple[str, str, int | None]]) -> None:
    """One note per row; each alone in its year, article and crime type."""
    source.rows.clear()
    for number, (label, owner, hidden) in enumerate(rows):
        source.write(
            f"n{number}", f"Note {word(number)}", f"Common smuggling text, {word(number, 'text')}.",
            label=label, owner=owner,
            visible_from=None if hidden is None else timezone.now() + timedelta(days=hidden),
            year=1900 + number, articles=(f"ART:{number}x",), crime_types=(f"crime-{number}x",), state=owner,
        )  # fmt: skip


class Hidden(TestCase):
    def setUp(self) -> None:
        self.source = Notes()
        patch = pytest.MonkeyPatch()
        patch.setattr(SearchConfig, "search_sources", lambda _manifest: [self.source])
        self.addCleanup(patch.undo)
        state("AAA"), state("BBB")

    @settings(
        max_examples=8, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(roles=_roles, second=st.booleans(), signed_in=st.booleans(), rows=_rows)
    def test_nothing_hidden_shows(
        self, roles: list[tuple[str, str]], second: bool, signed_in: bool, rows: list[Any]
    ) -> None:
        user = person("reader@example.org")
        for role, iso3 in roles:
            person(user.email, role, iso3=iso3)
        client, actor = Client(), PUBLIC
        if signed_in:
            sign_in(client, user, second_factor=second)
            actor = actor_for(user, second_factor=second)
        fill(self.source, rows)
        jobs.build()
        seen = self._seen(actor)
        self._look(client, seen, len(rows))
        self._tell(actor_for(user, second_factor=True), seen, rows)

    def _seen(self, actor: Actor) -> set[str]:
        """The numbers of the notes that the source says the actor may see."""
        ids = [note.id for note in self.source.rows.values()]
        return {one.partition(":n")[2] for one in self.source.visible(actor, ids)}

    def _look(self, client: Client, seen: set[str], count: int) -> None:
        for mode in ("words", "hybrid", "meaning"):
            page = self._page(client, f"/en/search/?q=smuggling&mode={mode}")
            told = client.get(f"/en/search/?q=smuggling&mode={mode}&format=json").json()
            listed = client.get(f"/en/search/?q=smuggling&mode={mode}&format=csv").content.decode()
            found = {str(n) for n in range(count) if word(n) in page}
            assert found <= seen and len(found) == told["total"] == len(told["rows"])
            # Every note holds the word; what is near enough in meaning is the encoder's to say.
            assert mode == "meaning" or found == seen
            assert (f"{len(found)} text" in page) if found else ("Nothing " in page)
            for number in range(count):
                for place in (listed, str(told)):
                    assert (word(number) in place) == (str(number) in found)
                for value in (f"year={1900 + number}", f"article=ART%3A{number}x", f"crime_type=crime-{number}x"):
                    assert str(number) in seen or value not in page
        for number in {str(n) for n in range(count)} - seen:
            asked = word(int(number), "text")
            for typed in (asked, asked[:-1], asked[:3] + asked[4:], f'"{asked}"', f"smuggling NOT {asked}"):
                page = self._page(client, f"/en/search/?q={typed}&mode=words")
                assert word(int(number)) not in page and (asked in typed or asked not in page)
            assert client.get(f"/en/search/similar/?to=notes:n{number}&key=n{number}").status_code == 404
        for number in seen:
            page = self._page(client, f"/en/search/similar/?to=notes:n{number}&key=n{number}")
            assert all(word(n) not in page for n in range(count) if str(n) not in seen)

    def _page(self, client: Client, path: str) -> str:
        answer = client.get(path)
        assert answer.status_code == 200, path
        return answer.content.decode()

    def _tell(self, actor: Actor, seen: set[str], rows: list[Any]) -> None:
        """The same notes again, arriving after the search was saved."""
        self.source.rows.clear()
        jobs.build()
        question = Question("smuggling", mode="words")
        one = saved.save(actor, name="x", question=question, address="?q=smuggling", by_mail=True)
        token = saved.make_feed(actor, saved=one)
        fill(self.source, rows)
        mine = self._seen(actor)
        public = self._seen(PUBLIC)
        assert alert() == len(mine)
        mails = OutboxMessage.objects.filter(topic="workflow:mail").order_by("-pk").values_list("payload", flat=True)
        body = str(mails[0]) if mine else ""
        feed = Client().get(f"/en/search/feed/{token}.atom").content.decode()
        for number in range(len(rows)):
            assert (word(number) in body) == (str(number) in public)
            assert (word(number) in feed) == (str(number) in public)
        SavedSearch.objects.all().delete()


@pytest.mark.django_db
def test_reading_what_is_not_public_is_audited_once_per_answer(client: Client, notes: Notes) -> None:
    notes.write("open", "Open smuggling", "x")
    notes.write("closed", "Closed smuggling", "x", label="officials")
    following.follow()
    client.get("/en/search/?q=smuggling&mode=words")
    assert not Entry.objects.filter(verb="search:passage:read").exists()
    sign_in(client, person("reader@example.org", "observer"))
    client.get("/en/search/?q=smuggling&mode=words")
    entry = Entry.objects.get(verb="search:passage:read")
    assert entry.difference == {"label": "officials", "passages": ["notes:closed"]}
    assert re.fullmatch(r"user:\d+", entry.actor)

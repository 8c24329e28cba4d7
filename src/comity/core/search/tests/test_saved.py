"""Saved searches: whose they are, what is told to whom, and only once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils import timezone

from comity.account.tests.sign_in import person
from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.decorator import Denied
from comity.core.actions.models import OutboxMessage
from comity.core.audit.models import Entry
from comity.core.people.models import Mandate, User
from comity.core.people.selectors import actor_for
from comity.core.search import alerts, jobs, saved
from comity.core.search.models import SavedSearch, ToldHit
from comity.core.search.passages import Question
from comity.core.search.tests.notes import Notes
from comity.core.workflow.models import Job, Notification

pytestmark = pytest.mark.django_db
QUESTION = Question("smuggling", mode="words")


class Progress:
    """Where a job tells how far it is."""

    def step(self, *_told: Any) -> None:
        """Nothing to show here."""


def actor_of(user: User) -> Actor:
    return actor_for(user, second_factor=True)


def keep(user: User, question: Question = QUESTION, **changes: Any) -> SavedSearch:
    given = {"name": "Smuggling", "question": question, "address": "?q=smuggling", "by_mail": True, **changes}
    return saved.save(actor_of(user), **given)


def alert(*, later: bool = False) -> int:
    """Runs the job; `later` as if the pause after the last mail were over."""
    if later:
        past = timezone.now() - alerts.PAUSE
        ToldHit.objects.filter(told_at__gt=past).update(told_at=past)
    return alerts.alert(Progress())["told"]


@pytest.fixture
def officer() -> User:
    return person("officer@example.org", "authority_officer", iso3="AAA")


class TestOwning:
    def test_nobody_else_sees_or_changes_it(self, notes: Notes, officer: User) -> None:
        one, other = keep(officer), actor_of(person("admin@example.org", "administrator"))
        assert list(saved.saved_searches(actor_of(officer))) == [one]
        assert not saved.saved_searches(other) and not saved.saved_searches(PUBLIC)
        with pytest.raises(Http404):
            saved.saved_search(other, one.pk)
        for change in (
            lambda who: saved.rename(who, saved=one, name="x"),
            lambda who: saved.set_mail(who, saved=one, by_mail=False),
            lambda who: saved.delete(who, saved=one), lambda who: saved.make_feed(who, saved=one),
            lambda who: saved.revoke_feed(who, saved=one), lambda who: saved.restore(who, saved=one),
        ):  # fmt: skip
            for actor in (other, PUBLIC, replace(actor_of(officer), second_factor=False)):
                with pytest.raises(Denied):
                    change(actor)

    def test_rename_delete_and_bring_back(self, notes: Notes, officer: User) -> None:
        actor, one = actor_of(officer), keep(officer)
        saved.make_feed(actor, saved=one)
        assert saved.rename(actor, saved=one, name="  Other   name ").name == "Other name"
        with pytest.raises(ValidationError):
            saved.rename(actor, saved=one, name="  ")
        saved.delete(actor, saved=one)
        assert not saved.saved_searches(actor) and saved.saved_search(actor, one.pk, deleted=True)
        with pytest.raises(Denied):
            saved.rename(actor, saved=one, name="x")
        saved.restore(actor, saved=saved.saved_search(actor, one.pk, deleted=True))
        assert saved.saved_search(actor, one.pk).feed_digest is None

    def test_there_is_a_limit(self, notes: Notes, officer: User) -> None:
        rows = [SavedSearch(user=officer, name="x", checked_at=timezone.now()) for _ in range(saved.MOST)]
        SavedSearch.objects.bulk_create(rows)
        with pytest.raises(Denied):
            keep(officer)

    def test_the_audit_keeps_no_words(self, notes: Notes, officer: User) -> None:
        keep(officer)
        entry = Entry.objects.get(verb=saved.SAVE)
        assert "muggling" not in str(entry.difference) and entry.difference["by_mail"] is True


class TestAlerts:
    def test_what_was_there_is_no_news_and_what_is_new_is_told_once(self, notes: Notes, officer: User) -> None:
        notes.write("old", "Old smuggling law", "Smuggling is an offence.")
        alerts.following.follow()
        keep(officer)
        assert alert() == 0
        notes.write("old", "Old smuggling law", "Smuggling is an offence still.")
        notes.write("new", "New smuggling law", "Smuggling of migrants is an offence.")
        notes.write("other", "Corruption", "Bribery.")
        assert alert() == 1
        mail = OutboxMessage.objects.get(topic="workflow:mail").payload
        assert mail["to"] == officer.email and "New smuggling law" in mail["body"] and "/en/notes/new/" in mail["body"]
        assert "Old" not in mail["body"] and "Corruption" not in mail["body"]
        told = Notification.objects.get(user=officer)
        assert told.url == "/en/search/?q=smuggling"
        assert alert(later=True) == 0
        notes.write("new", "New smuggling law", "Smuggling of migrants is an offence, amended.")
        assert alert(later=True) == 0

    def test_an_import_in_many_steps_is_one_mail_and_then_the_rest(self, notes: Notes, officer: User) -> None:
        keep(officer)
        notes.write("first", "Smuggling 1", "x")
        assert alert() == 1
        notes.write("second", "Smuggling 2", "x")
        notes.write("third", "Smuggling 3", "x")
        assert alert() == 0
        assert alert(later=True) == 2
        assert OutboxMessage.objects.filter(topic="workflow:mail").count() == 2

    def test_it_speaks_the_persons_language(self, notes: Notes, officer: User) -> None:
        User.objects.filter(pk=officer.pk).update(language="ar")
        keep(officer)
        notes.write("new", "Smuggling", "x")
        alert()
        mail = OutboxMessage.objects.get(topic="workflow:mail").payload
        assert mail["lang"] == "ar" and "/ar/notes/new/" in mail["body"] and "/ar/search/?q=" in mail["body"]

    def test_what_is_for_officials_is_counted_in_the_mail_and_not_named(self, notes: Notes, officer: User) -> None:
        keep(officer)
        notes.write("closed", "Smuggling behind doors", "x", label="officials")
        notes.write("foreign", "Smuggling of another State", "x", label="own_state", owner="BBB")
        assert alert() == 1
        body = OutboxMessage.objects.get(topic="workflow:mail").payload["body"]
        assert "behind doors" not in body and "another State" not in body and "1 text" in body

    def test_a_mandate_that_ended_shows_nothing_more(self, notes: Notes, officer: User) -> None:
        keep(officer)
        Mandate.objects.filter(user=officer).update(ends=timezone.now().date() - timedelta(days=1))
        notes.write("closed", "Smuggling behind doors", "x", label="officials")
        notes.write("open", "Smuggling for all", "x")
        assert alert() == 1
        assert "Smuggling for all" in OutboxMessage.objects.get(topic="workflow:mail").payload["body"]

    def test_an_embargo_is_news_when_it_ends(self, notes: Notes, officer: User) -> None:
        keep(officer)
        end = timezone.now() + timedelta(hours=2)
        notes.write("later", "Smuggling tomorrow", "x", visible_from=end)
        assert alert() == 0
        before = end - timedelta(minutes=30)
        SavedSearch.objects.update(checked_at=before)
        assert alert() == 0
        ended = timezone.now() - timedelta(minutes=1)
        notes.rows["later"] = replace(notes.rows["later"], visible_from=ended)
        alerts.Embargo.objects.update(at=ended)
        alerts.IndexChange.objects.update(recorded_at=ended - timedelta(days=1))
        jobs.build()
        SavedSearch.objects.update(checked_at=ended - timedelta(minutes=30))
        assert alert() == 1

    def test_what_the_index_has_not_followed_yet_is_told_later(
        self, notes: Notes, officer: User
    ) -> None:
        keep(officer)
        notes.write("new", "Smuggling", "x")
        written = timezone.now() - timedelta(hours=3)
        alerts.IndexChange.objects.update(recorded_at=written)
        with alerts.following.Index.open(alerts.generations.current()):
            assert alert() == 0, "another process holds the index"
        assert SavedSearch.objects.get().checked_at == written
        assert alert() == 1

    def test_without_an_index_nothing_is_lost(self, notes: Notes, officer: User) -> None:
        one = keep(officer)
        serving = alerts.generations.home() / "current"
        name = serving.read_text()
        serving.unlink()
        with pytest.raises(Denied):
            keep(officer)
        notes.write("new", "Smuggling", "x")
        assert alert() == 0 and SavedSearch.objects.get().checked_at == one.checked_at
        serving.write_text(name)
        assert alert() == 1

    def test_without_mails_the_feed_still_fills(self, notes: Notes, officer: User) -> None:
        one = keep(officer, by_mail=False)
        notes.write("new", "Smuggling", "x")
        assert alert() == 1
        assert not Notification.objects.exists() and len(alerts.feed_entries(one)) == 1

    def test_closed_accounts_and_deleted_searches_are_left_alone(self, notes: Notes, officer: User) -> None:
        saved.delete(actor_of(officer), saved=keep(officer))
        gone = person("gone@example.org")
        keep(gone)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        notes.write("new", "Smuggling", "x")
        assert alert() == 0

    def test_following_the_records_starts_an_alert_where_somebody_waits_for_one(
        self, notes: Notes, officer: User
    ) -> None:
        notes.write("first", "Smuggling", "x")
        alerts.following.follow()
        assert not Job.objects.filter(name=alerts.JOB).exists()
        keep(officer)
        notes.write("second", "Smuggling", "x")
        alerts.following.follow()
        alerts.following.follow()
        assert Job.objects.filter(name=alerts.JOB).count() == 1


class TestFeed:
    def test_a_token_opens_its_feed_until_it_is_renewed_or_revoked(self, notes: Notes, officer: User) -> None:
        actor, one = actor_of(officer), keep(officer)
        first = saved.make_feed(actor, saved=one)
        assert saved.of_feed(first) == one and first not in str(SavedSearch.objects.values().get())
        second = saved.make_feed(actor, saved=one)
        assert saved.of_feed(first) is None and saved.of_feed(second) == one
        saved.revoke_feed(actor, saved=one)
        assert saved.of_feed(second) is None and saved.of_feed("") is None
        third = saved.make_feed(actor, saved=one)
        User.objects.filter(pk=officer.pk).update(is_active=False)
        assert saved.of_feed(third) is None

    def test_it_holds_what_is_public_now(self, notes: Notes, officer: User) -> None:
        one = keep(officer)
        notes.write("open", "Smuggling for all", "x")
        notes.write("closed", "Smuggling behind doors", "x", label="officials")
        notes.write("gone", "Smuggling repealed", "x")
        assert alert() == 3
        notes.take_out("gone")
        assert [entry.passage.key for entry in alerts.feed_entries(one)] == ["open"]
        notes.write("open", "Smuggling for some", "x", label="officials")
        assert alerts.feed_entries(one) == []


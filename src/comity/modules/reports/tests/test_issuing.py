"""Issuing runs in the background: followed, cancelled, refused in words; what was built is what everybody gets."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.decorator import Denied
from comity.core.people.load_reference import load_reference
from comity.core.texts.models import TextStatus
from comity.core.vault.files import open_file
from comity.core.workflow import jobs
from comity.core.workflow.models import Job, JobState
from comity.core.workflow.worker import Worker
from comity.modules.reports.building import CannotBuild
from comity.modules.reports.issuing_job import run_issue
from comity.modules.reports.models import Edition, Issue, ParagraphText
from comity.modules.reports.services import freezing, issuing
from comity.modules.reports.tests.browsing import EDITION, TEXT, WORK, As, someone
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern, people, training

pytestmark = pytest.mark.django_db
ASK = {"confirm": "yes", "reason": ""}


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path / "node"
    load_reference()
    lantern()
    figure("p1.trained")


@pytest.fixture
def publisher() -> Actor:
    return someone("publisher")


def submitted(*languages: str, approved: bool = True) -> Edition:
    """An edition that waits for its issue. Few languages keep the building short."""
    found = edition(TEXT)
    ParagraphText.objects.filter(paragraph__edition=found).exclude(lang__in=languages).delete()
    ParagraphText.objects.exclude(lang="en").update(status=TextStatus.UNOFFICIAL)
    freezing.freeze(CURATOR, edition=found)
    if approved:
        freezing.approve(SECOND, edition=found)
    found.paragraphs.update(cleared_by=SECOND.reference, cleared_at=found.known_at)
    Edition.objects.update(state="submitted")
    found.refresh_from_db()
    return found


@pytest.fixture
def ready(monkeypatch: pytest.MonkeyPatch) -> Edition:
    """A submitted edition in English only. That a language is missing is a finding; here it shall not stand against
    the issue."""
    monkeypatch.setattr(issuing, "hindrances", lambda _edition, _state: [])
    return submitted("en")


def job() -> Job:
    return Job.objects.filter(name="reports:issue").latest("pk")


def test_progress_is_told_language_by_language(ready: Edition) -> None:
    ParagraphText.objects.create(paragraph=ready.paragraphs.get(), lang="fr", value=TEXT, status="unofficial")
    told: list[tuple[int, int, str]] = []
    issuing.prepare(ready, progress=lambda *step: told.append(step))
    assert told == [(0, 3, "English"), (1, 3, "Français"), (2, 3, "")]


def test_a_publisher_follows_the_building_and_everybody_gets_what_was_built(ready: Edition, publisher: Actor) -> None:
    page = As(publisher)
    answer = page.post(f"{WORK}issue/", ASK)
    assert answer.status_code == 302 and As(PUBLIC).get(EDITION).status_code == 404
    address = answer["Location"]
    waiting = page.get(address).content.decode()
    assert "hx-get" in waiting and "Cancel" in waiting
    assert address in page.get(WORK).content.decode()
    assert page.post(f"{WORK}issue/", ASK)["Location"] == address
    Worker().run(until_idle=True)
    done = page.get(address).content.decode()
    assert "Issued." in done and "hx-get" not in done and (job().done_steps, job().total_steps) == (1, 2)
    row = Issue.objects.get()
    assert row.by == publisher.reference and Edition.objects.get().state == "issued"
    kept = open_file(row.archive).read()
    assert As(PUBLIC).get(f"{EDITION}files/en.archive").content == kept
    training("EV-NEW", [people("KEN", 5)])
    freezing.correct(CURATOR, edition=ready, slugs=["p1.trained"], reason="late")
    freezing.approve(SECOND, edition=ready)
    assert As(PUBLIC).get(f"{EDITION}files/en.archive").content == kept, "the issued archive stands"


def test_it_is_cancelled_before_and_while_it_is_built(ready: Edition, publisher: Actor) -> None:
    page = As(publisher)
    address = page.post(f"{WORK}issue/", ASK)["Location"]
    assert page.post(address, {}).status_code == 302
    assert job().state == JobState.CANCELLED and "nothing was issued" in page.text(address)
    page.post(f"{WORK}issue/", ASK)
    row = jobs.claim("test")
    assert row is not None and row.name == "reports:issue"
    Job.objects.filter(pk=row.pk).update(cancel_requested=True)
    with pytest.raises(jobs.Cancelled):
        run_issue(jobs.Progress(row), **row.arguments)
    assert not Issue.objects.exists() and Edition.objects.get().state == "submitted"


def test_a_check_that_stands_against_it_is_told_in_the_readers_language(publisher: Actor) -> None:
    submitted("en")
    page = As(publisher)
    address = page.post(f"{WORK}issue/", ASK)["Location"]
    Worker().run(until_idle=True)
    result = job().result
    assert job().state == JobState.DONE and result["refused"]
    assert result["refused"] in page.text(address) and not Issue.objects.exists()


def test_a_figure_without_a_second_person_and_a_text_that_cannot_be_printed(
    monkeypatch: pytest.MonkeyPatch, publisher: Actor
) -> None:
    monkeypatch.setattr(issuing, "hindrances", lambda _edition, _state: [])
    found = submitted("en", approved=False)
    with pytest.raises(Denied, match=r"p1\.trained"):
        issuing.prepare(found)
    freezing.approve(SECOND, edition=found)
    ParagraphText.objects.update(value="They trained {fig:p1.other} people.")
    page = As(publisher)
    address = page.post(f"{WORK}issue/", ASK)["Location"]
    Worker().run(until_idle=True)
    assert [one["paragraph"] for one in job().result["problems"]] == ["p1"]
    assert page.page(address).xpath(f"//a[@href='{WORK}paragraphs/p1/en/']")


def test_what_is_wrong_in_another_language_is_told_in_the_readers(ready: Edition) -> None:
    ParagraphText.objects.create(
        paragraph=ready.paragraphs.get(), lang="ru", value="{fig:no.such}", status="unofficial"
    )
    with translation.override("fr"), pytest.raises(CannotBuild) as told:
        issuing.prepare(ready)
    with translation.override("fr"):
        wanted = gettext("There is no number for this figure yet.")
    assert [(one.lang, one.message) for one in told.value.problems] == [("ru", wanted)]
    assert wanted != "There is no number for this figure yet."


def test_a_job_that_is_taken_up_again_issues_once(ready: Edition, publisher: Actor) -> None:
    As(publisher).post(f"{WORK}issue/", ASK)
    row = jobs.claim("test")
    assert row is not None
    first = run_issue(jobs.Progress(row), **row.arguments)
    assert first == run_issue(jobs.Progress(row), **row.arguments) == {"number": 1}
    assert Issue.objects.count() == 1


def test_who_issues_and_who_follows(ready: Edition, publisher: Actor) -> None:
    assert As(CURATOR).post(f"{WORK}issue/", ASK).status_code == 403
    address = As(publisher).post(f"{WORK}issue/", ASK)["Location"]
    other = As(someone("publisher", "curator"))
    assert other.get(address).status_code == 404 and As(PUBLIC).get(address).status_code == 404
    answer = other.post(f"{WORK}issue/", ASK, follow=True)
    assert "Somebody else is issuing" in answer.content.decode()
    assert Job.objects.filter(name="reports:issue").count() == 1

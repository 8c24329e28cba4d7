"""Nominated, verified, published, confirmed, withdrawn; the shown version stays until the next is published."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.http import Http404

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people.models import Body, Mandate, User
from comity.core.workflow.models import Deadline, Notification
from comity.modules.directory.models import Authority
from comity.modules.directory.records import ContactRecord, TextRecord, to_plain
from comity.modules.directory.selectors import desk, pages
from comity.modules.directory.selectors.content import record_of
from comity.modules.directory.selectors.search import published
from comity.modules.directory.services import lifecycle, reports
from comity.modules.directory.services.versions import Conflict, carry
from comity.modules.directory.tests import making
from comity.modules.directory.tests.making import CURATOR, FOCAL_A, FOCAL_B, PUBLISHER, record, shown, today

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def test_from_nomination_to_publication() -> None:
    made = lifecycle.nominate(FOCAL_A, iso3="AAA", record=record())
    assert (made.state, made.pending, made.label) == ("nominated", True, "own_state")
    assert made.last_confirmed_on == today()
    with pytest.raises(Http404):
        pages.get(PUBLIC, "AAA-central")
    verified = lifecycle.verify(CURATOR, version=made)
    row = lifecycle.publish(PUBLISHER, version=verified)
    assert (row.state, row.pending, row.label) == ("published", False, "public")
    assert pages.get(PUBLIC, "AAA-central").pk == row.pk
    assert Authority.objects.filter(fact=made.fact).count() == 3
    assert Authority.objects.filter(fact=made.fact, superseded_at__isnull=True).count() == 1
    verbs = list(Entry.objects.order_by("at").values_list("verb", flat=True))
    assert verbs[-3:] == [
        "directory:authority:nominate", "directory:authority:verify", "directory:authority:publish"
    ]  # fmt: skip


def test_a_code_is_made_of_state_and_name() -> None:
    first = lifecycle.nominate(FOCAL_A, iso3="AAA", record=replace(record(), code=""))
    second = lifecycle.nominate(FOCAL_A, iso3="AAA", record=replace(record(), code=""))
    assert first.code == "AAA-authority-aaa-central" and second.code == "AAA-authority-aaa-central-2"


def test_an_edit_leaves_what_is_published_until_it_is_verified() -> None:
    row = shown()
    changed = replace(record_of(row), languages=["en", "pt"])
    under_work = lifecycle.edit(FOCAL_A, version=row, record=changed)
    assert [x.lang for x in pages.get(PUBLIC, row.code).languages.all()] == ["en", "fr"]
    again = lifecycle.edit(
        FOCAL_A, version=under_work, record=replace(record_of(under_work), languages=["en", "pt", "es"])
    )
    lifecycle.publish(PUBLISHER, version=lifecycle.verify(CURATOR, version=again))
    assert [x.lang for x in pages.get(PUBLIC, row.code).languages.all()] == ["en", "pt", "es"]
    with pytest.raises(Http404):
        pages.get(FOCAL_A, row.code, pending=True)


def test_known_at_an_earlier_moment_is_one_query() -> None:
    row = shown()
    before = row.recorded_at
    lifecycle.confirm(FOCAL_A, version=row)
    old = Authority.objects.known_at(before).get(code=row.code)
    assert old.pk == row.pk and Authority.objects.known_at().get(code=row.code).pk != row.pk


def test_two_people_editing_the_same_version_do_not_overwrite_each_other() -> None:
    row = shown()
    lifecycle.edit(FOCAL_A, version=row, record=record_of(row))
    with pytest.raises(Conflict):
        lifecycle.edit(making.OFFICER_A, version=row, record=record_of(row))
    stale = Authority.objects.get(pk=row.pk)
    lifecycle.confirm(FOCAL_A, version=row)
    with pytest.raises(Conflict):
        lifecycle.withdraw(FOCAL_A, version=stale, reason="twice")


@pytest.mark.parametrize("who", [PUBLIC, FOCAL_B, making.OBSERVER_B, making.ADMINISTRATOR, PUBLISHER])
def test_others_do_not_edit(who: object) -> None:
    row = shown()
    with pytest.raises(Denied):
        lifecycle.edit(who, version=row, record=record_of(row))  # type: ignore[arg-type]
    with pytest.raises(Denied):
        lifecycle.nominate(who, iso3="AAA", record=record("AAA-second"))  # type: ignore[arg-type]


def test_a_curator_does_not_verify_their_own_entry_and_a_second_factor_is_needed() -> None:
    made = lifecycle.nominate(CURATOR, iso3="AAA", record=record())
    with pytest.raises(Denied, match="second person"):
        lifecycle.verify(CURATOR, version=made)
    with pytest.raises(Denied, match="second factor"):
        lifecycle.verify(replace(making.actor(55, "curator"), second_factor=False), version=made)
    assert not Entry.objects.filter(verb="directory:authority:verify").exists()


def test_sent_back_edited_and_withdrawn_undone() -> None:
    made = lifecycle.nominate(FOCAL_A, iso3="AAA", record=record())
    back = lifecycle.send_back(CURATOR, version=made, reason="Which ministry?")
    assert back.state == "returned" and back.reason == "Which ministry?"
    again = lifecycle.edit(FOCAL_A, version=back, record=record_of(back))
    row = lifecycle.publish(PUBLISHER, version=lifecycle.verify(CURATOR, version=again))
    gone = lifecycle.withdraw(FOCAL_A, version=row, reason="merged")
    assert gone.state == "withdrawn" and not published(PUBLIC).exists()
    lifecycle.restore(FOCAL_A, version=gone)
    assert published(PUBLIC).count() == 1


def test_superseded_names_a_successor_of_the_same_state() -> None:
    row, other, foreign = shown(), shown("AAA-new"), shown("BBB-new")
    with pytest.raises(Denied):
        lifecycle.withdraw(FOCAL_A, version=row, reason="x", successor=foreign.code)
    gone = lifecycle.withdraw(FOCAL_A, version=row, reason="x", successor=other.code)
    assert (gone.state, gone.superseded_by) == ("superseded", "AAA-new")


def test_confirming_begins_the_days_anew() -> None:
    row = shown(last_confirmed_on=today() - timedelta(days=211))
    assert [c.code for c in desk.desk(FOCAL_A, at=making.timezone.now(), lang="en").to_confirm] == [row.code]
    assert not desk.desk(FOCAL_B, at=making.timezone.now(), lang="en").to_confirm
    lifecycle.confirm(FOCAL_A, version=row)
    assert not desk.desk(FOCAL_A, at=making.timezone.now(), lang="en").to_confirm


def test_the_audit_keeps_no_contact_and_no_text_for_officials_in_the_clear() -> None:
    row = shown()
    changed = replace(record_of(row), contacts=[ContactRecord("phone", "+000 777 777", label="officials")])
    lifecycle.edit(FOCAL_A, version=row, record=changed)
    told = str([e.difference for e in Entry.objects.all()])
    assert "777 777" not in told and "secret desk" not in told and "hmac:" in told


def test_a_changed_original_marks_translations_stale() -> None:
    old = carry([], [TextRecord("name", "en", "Desk", "original"), TextRecord("name", "fr", "Bureau")])
    new = carry(old, [TextRecord("name", "en", "Office", "original"), TextRecord("name", "fr", "Bureau")])
    assert (new[0].version, new[1].of_version) == (2, 1)
    caught_up = carry(new, [TextRecord("name", "en", "Office", "original"), TextRecord("name", "fr", "Office fr")])
    assert caught_up[1].of_version == 2


def test_a_version_is_kept_whole() -> None:
    row = shown()
    assert to_plain(record_of(row)) == to_plain(record())


def _person(email: str, role: str, iso3: str = "") -> User:
    user = User.objects.create_user(email, None)
    body, _new = Body.objects.get_or_create(code="secretariat", defaults={"name": "S"})
    scope = {"participant_id": iso3} if iso3 else {"body": body}
    Mandate.objects.create(user=user, role=role, proposed_by="system:t", approved_by="system:t", **scope)
    return user


def test_a_report_becomes_a_task_for_the_state_and_the_secretariat() -> None:
    theirs = _person("a@example.org", "focal_point", "AAA")
    other = _person("b@example.org", "focal_point", "BBB")
    curator = _person("c@example.org", "curator")
    row = shown()
    made = reports.report(PUBLIC, version=row, kind="no_answer", text="three calls")
    task = Deadline.objects.get()
    assert set(task.users.all()) == {theirs, curator} and task.met_at is None
    assert {n.user for n in Notification.objects.all()} == {theirs, curator}
    with pytest.raises(Http404):
        desk.report_or_404(FOCAL_B, made.pk)
    with pytest.raises(Denied):
        reports.resolve(FOCAL_B, report=made, resolution="no")
    reports.resolve(FOCAL_A, report=made, resolution="new number entered")
    task.refresh_from_db()
    assert task.met_at is not None
    with pytest.raises(Denied):
        reports.resolve(FOCAL_A, report=made, resolution="again")
    assert other.notifications.count() == 0


def test_reports_without_a_name_do_not_pile_up() -> None:
    row = shown()
    for _time in range(reports.MOST_ANONYMOUS):
        reports.report(PUBLIC, version=row, kind="wrong")
    with pytest.raises(Denied, match="already"):
        reports.report(PUBLIC, version=row, kind="wrong")
    with pytest.raises(Denied):
        reports.report(making.OBSERVER_B, version=row, kind="wrong")
    reports.report(FOCAL_B, version=row, kind="wrong")

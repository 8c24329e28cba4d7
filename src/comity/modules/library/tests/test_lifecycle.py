"""From draft to published to gone; every step is a version, and nothing is overwritten."""

from __future__ import annotations

import pytest
from django.http import Http404
from django.utils import timezone

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.actions.models import OutboxMessage
from comity.core.audit.models import Entry
from comity.core.people.models import Body, Mandate, User
from comity.core.workflow.models import Notification
from comity.modules.library.checking import Incomplete
from comity.modules.library.content import Text
from comity.modules.library.models import Provision, Record, RecordText, Tag
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle, tagging
from comity.modules.library.services.versions import Conflict
from comity.modules.library.tests import making

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def base(record: Record) -> int:
    return (records.version_of(record, pending=True) or records.version_of(record)).pk  # type: ignore[union-attr]


def test_from_draft_to_published_by_three_people() -> None:
    record = lifecycle.create(making.FOCAL_A, content=making.law())
    assert (record.number, record.step, record.label) == ("AAA-2019-0001", "draft", "own_state")
    with pytest.raises(Http404):
        records.get(PUBLIC, record.number)
    lifecycle.submit(making.FOCAL_A, record=record)
    lifecycle.start_review(making.CURATOR, record=record)
    with pytest.raises(Denied, match="not been approved"):
        lifecycle.publish(making.PUBLISHER, record=record)
    lifecycle.approve(making.CURATOR, record=record)
    lifecycle.publish(making.PUBLISHER, record=record)
    seen = records.get(PUBLIC, record.number)
    assert (seen.step, seen.working_step, seen.label) == ("published", "", "public")
    assert records.content_of(seen) == making.law()
    assert [e.step for e in records.history(making.CURATOR, seen)] == [
        "published", "approved", "in_review", "submitted", "draft",
    ]  # fmt: skip
    assert Entry.objects.filter(reference=lifecycle.reference(record)).count() == 5
    assert OutboxMessage.objects.filter(topic="search:changed").count() == 5


def test_who_wrote_does_not_approve_or_publish_even_after_another_touched_it() -> None:
    record = lifecycle.create(making.CURATOR, content=making.law())
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(title="Other Act"), base=base(record))
    lifecycle.submit(making.FOCAL_A, record=record)
    with pytest.raises(Denied, match="second person"):
        lifecycle.start_review(making.CURATOR, record=record)
    lifecycle.start_review(making.CURATOR_2, record=record)
    with pytest.raises(Denied, match="second person"):
        lifecycle.approve(making.CURATOR, record=record)


def test_an_edit_hides_nothing_and_undoes_an_approval() -> None:
    record = making.shown()
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(title="New Act"), base=base(record))
    assert records.content_of(record).text("title").value == "Offences Act"  # type: ignore[union-attr]
    assert records.content_of(record, pending=True).text("title").value == "New Act"  # type: ignore[union-attr]
    assert RecordText.objects.get(record=record, field="title", lang="en").value == "Offences Act"
    lifecycle.submit(making.FOCAL_A, record=record)
    lifecycle.start_review(making.CURATOR, record=record)
    lifecycle.approve(making.CURATOR, record=record)
    with pytest.raises(Denied, match="being reviewed"):
        lifecycle.edit(making.FOCAL_A, record=record, content=making.law(), base=base(record))
    lifecycle.edit(making.CURATOR_2, record=record, content=making.law(title="Newer Act"), base=base(record))
    assert record.working_step == "in_review"
    lifecycle.approve(making.CURATOR, record=record)
    lifecycle.publish(making.PUBLISHER, record=record)
    assert RecordText.objects.get(record=record, field="title", lang="en").value == "Newer Act"


def test_two_editors_of_one_version_and_two_readers_of_two() -> None:
    record = lifecycle.create(making.FOCAL_A, content=making.law())
    opened = base(record)
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(title="One"), base=opened)
    with pytest.raises(Conflict):
        lifecycle.edit(making.OFFICER_A, record=record, content=making.law(title="Two"), base=opened)
    approved = making.approved()
    with pytest.raises(Conflict):
        lifecycle.publish(making.PUBLISHER, record=approved, base=base(approved) - 1)


def test_as_we_knew_it_then() -> None:
    record = making.shown()
    then = timezone.now()
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(title="New Act", provisions=[], tags=[]),
                   base=base(record))  # fmt: skip
    for step, who in ((lifecycle.submit, making.FOCAL_A), (lifecycle.start_review, making.CURATOR),
                      (lifecycle.approve, making.CURATOR), (lifecycle.publish, making.PUBLISHER)):  # fmt: skip
        step(who, record=record)
    assert records.content_of(record, known_at=then) == making.law()
    assert records.content_then(PUBLIC, record, then) == making.law()
    assert records.content_of(record).provisions == [] and not Provision.objects.filter(record=record).exists()
    assert records.history(making.FOCAL_B, record)[0].changed == ("provisions", "tags", "texts")


def test_what_was_for_officials_then_stays_for_officials() -> None:
    record = making.shown(making.law(audience="officials"))
    then = timezone.now()
    making.write(record, making.law(), pending=False, step="published", step_by="system:test", edited_by="system:test")
    assert records.content_of(records.get(PUBLIC, record.number)) == making.law()
    with pytest.raises(Http404):
        records.content_then(PUBLIC, record, then)
    assert records.content_then(making.FOCAL_B, record, then).audience == "officials"


def test_translations_of_a_changed_original_become_stale() -> None:
    record = lifecycle.create(making.FOCAL_A, content=making.law())
    texts = [Text(field="title", lang="en", value="Changed"), making.law().texts[1]]
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(texts=texts), base=base(record))
    english, french = records.content_of(record).texts
    assert (english.version, french.of_version) == (2, 1)
    texts[1] = french.model_copy(update={"value": "Changé"})
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(texts=texts), base=base(record))
    assert records.content_of(record).texts[1].of_version == 2


def test_gone_with_a_reason_and_back() -> None:
    record = making.shown()
    with pytest.raises(Denied, match="reason"):
        lifecycle.withdraw(making.PUBLISHER, record=record)
    lifecycle.withdraw(making.PUBLISHER, record=record, reason="Entered twice")
    gone = records.get(PUBLIC, record.number)
    assert gone.is_gone and gone.gone_reason == "Entered twice"
    assert records.allowed(PUBLIC, gone) == set() and not records.published(PUBLIC).exists()
    lifecycle.restore(making.PUBLISHER, record=record)
    assert records.get(PUBLIC, record.number).step == "published"
    other = making.shown(making.law(title="Successor"))
    lifecycle.supersede(making.PUBLISHER, record=record, by=other)
    assert records.get(PUBLIC, record.number).superseded_by == other
    with pytest.raises(Denied, match="superseded"):
        lifecycle.edit(making.CURATOR, record=record, content=making.law(), base=base(record))


def test_thrown_away_work_comes_back() -> None:
    draft = lifecycle.create(making.FOCAL_A, content=making.law())
    lifecycle.discard(making.FOCAL_A, record=draft, reason="A mistake")
    assert (draft.step, draft.working_step, draft.label) == ("withdrawn", "", "own_state")
    with pytest.raises(Http404):
        records.get(PUBLIC, draft.number)
    lifecycle.restore(making.FOCAL_A, record=draft)
    assert (draft.step, draft.working_step) == ("draft", "draft")
    shown = making.shown()
    lifecycle.edit(making.FOCAL_A, record=shown, content=making.law(title="X"), base=base(shown))
    lifecycle.discard(making.FOCAL_A, record=shown)
    assert (shown.step, shown.working_step, shown.discarded) == ("published", "", True)
    lifecycle.withdraw(making.PUBLISHER, record=shown, reason="Why not")
    assert records.get(PUBLIC, shown.number).is_gone
    lifecycle.restore(making.CURATOR, record=shown)
    lifecycle.restore(making.PUBLISHER, record=shown)
    assert (shown.step, shown.working_step) == ("published", "draft")
    assert records.content_of(shown, pending=True).text("title").value == "X"  # type: ignore[union-attr]


def test_a_case_needs_a_fact_summary_and_broken_references_are_named() -> None:
    record = making.approved(making.case(summary=""))
    with pytest.raises(Incomplete, match="fact summary"):
        lifecycle.publish(making.PUBLISHER, record=record)
    content = making.case()
    content.case.charges[0].persons = ["nobody"]  # type: ignore[union-attr]
    with pytest.raises(Incomplete, match="nobody"):
        lifecycle.create(making.FOCAL_A, content=content)
    with pytest.raises(Incomplete, match="stands there twice"):
        lifecycle.create(making.CURATOR, content=making.law(provisions=[making.provision("s-1")] * 2, tags=[]))
    with pytest.raises(Denied, match="its own records"):
        lifecycle.create(making.FOCAL_A, content=making.law("BBB"))


def test_a_curators_tag_counts_at_once_and_is_no_writing() -> None:
    record = making.shown()
    lifecycle.edit(making.FOCAL_A, record=record, content=making.law(title="New Act"), base=base(record))
    tagging.tag(making.CURATOR, record=record, scheme="article", value="UNCAC:15(a)", provision="s-1")
    assert Tag.objects.filter(record=record, value="UNCAC:15(a)", provision_key="s-1").exists()
    assert any(t.value == "UNCAC:15(a)" for t in records.content_of(record, pending=True).tags)
    with pytest.raises(Incomplete, match="unknown"):
        tagging.tag(making.CURATOR, record=record, scheme="article", value="NONE:15")
    with pytest.raises(Incomplete, match="no provision"):
        tagging.tag(making.CURATOR, record=record, scheme="article", value="UNCAC:15", provision="s-9")
    lifecycle.submit(making.FOCAL_A, record=record)
    lifecycle.start_review(making.CURATOR, record=record)
    lifecycle.approve(making.CURATOR, record=record)
    tagging.untag(making.CURATOR, record=record, scheme="article", value="UNCAC:15(a)", provision="s-1")
    assert not Tag.objects.filter(record=record, value="UNCAC:15(a)").exists()


def test_numbers_are_given_in_order_and_bodies_have_their_own() -> None:
    numbers = [making.draft(making.law(year=year)).number for year in (2019, 2019, None)]
    assert numbers == ["AAA-2019-0001", "AAA-2019-0002", "AAA-0000-0001"]
    assert making.draft(making.law("", body="A court of several States")).number == "INT-2019-0001"


def test_the_next_person_is_told_by_number_only() -> None:
    curator = User.objects.create_user("curator@example.org", name="C")
    body = Body.objects.create(code="secretariat", name="Secretariat")
    Mandate.objects.create(user=curator, role="curator", body=body, proposed_by="x", approved_by="user:999")
    record = lifecycle.create(making.FOCAL_A, content=making.law())
    lifecycle.submit(making.FOCAL_A, record=record)
    told = Notification.objects.get(user=curator)
    assert record.number in told.subject and told.url == f"/en/library/{record.number}/"
    assert "Offences" not in told.subject + told.body


def test_the_audit_keeps_no_text() -> None:
    lifecycle.create(making.FOCAL_A, content=making.case(summary="A sentence nobody else wrote"))
    assert "nobody else" not in str(Entry.objects.order_by("-at").first().difference)  # type: ignore[union-attr]

"""The log notices every change, gap, truncation and forgery, and says how far that reaches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction

from comity.core.audit.checkpoints import make_checkpoint, verify
from comity.core.audit.log import entry_hash, keyed_digest, record
from comity.core.audit.models import Checkpoint, Entry

pytestmark = pytest.mark.django_db


def write(count: int, start: int = 0) -> list[Entry]:
    made = []
    for number in range(start, start + count):
        with transaction.atomic():
            made.append(
                record(
                    actor="user:1",
                    verb="test:thing:change",
                    reference=f"thing:{number}",
                    difference={"value": [number, number + 1], "name": "Ж 名 ع"},
                )
            )
    return made


def test_an_untouched_log_is_unbroken_with_and_without_checkpoints() -> None:
    write(5)
    assert verify().as_dict() == {"entries": 5, "ok": True, "first_bad": None, "covered_to": None}
    made = make_checkpoint()
    write(3, start=5)
    assert make_checkpoint() is not None
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == 8
    assert verdict.covered_to is not None
    assert made is not None
    assert verdict.covered_to > made.at.isoformat()


def test_nothing_new_makes_no_checkpoint_but_exports_the_last_one(tmp_path: Path) -> None:
    write(1)
    first = make_checkpoint()
    copy = tmp_path / "held.json"
    assert make_checkpoint(copy) is None
    assert first is not None
    assert json.loads(copy.read_text())["body"] == first.body


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "user:2"},
        {"verb": "test:thing:other"},
        {"reference": "thing:9"},
        {"reason": "because"},
        {"difference": {"value": [0, 9]}},
        {"previous": "1" * 64},
        {"hash": "1" * 64},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_changed_field_is_found_at_its_place(change: dict[str, object]) -> None:
    entries = write(4)
    Entry.objects.filter(pk=entries[1].pk).update(**change)
    verdict = verify()
    assert not verdict.ok
    assert verdict.first_bad == f"segment {entries[1].segment_id} entry {entries[1].number}: was changed"


def test_an_entry_rewritten_with_a_fitting_hash_breaks_the_chain_after_it() -> None:
    entries = write(4)
    forged = entries[1]
    forged.actor = "user:66"
    forged.hash = entry_hash(
        segment=str(forged.segment_id),
        number=forged.number,
        at=forged.at,
        actor=forged.actor,
        verb=forged.verb,
        reference=forged.reference,
        reason=forged.reason,
        difference=forged.difference,
        previous=forged.previous,
    )
    forged.save()
    verdict = verify()
    assert verdict.first_bad == f"segment {forged.segment_id} entry {entries[2].number}: was changed"


def test_a_deleted_entry_in_the_middle_is_a_gap() -> None:
    entries = write(4)
    entries[2].delete()
    verdict = verify()
    assert not verdict.ok
    assert verdict.first_bad == f"segment {entries[2].segment_id}: entry {entries[2].number} is missing"


def test_a_tail_cut_off_before_the_checkpoint_is_found_after_it_is_not_claimed() -> None:
    write(3)
    make_checkpoint()
    tail = write(2, start=3)
    tail[1].delete()
    later = verify()
    assert later.ok
    assert later.covered_to is not None
    assert later.covered_to < tail[1].at.isoformat()
    make_checkpoint()
    Entry.objects.filter(pk=tail[0].pk).delete()
    verdict = verify()
    assert not verdict.ok
    assert "cut before entry" in str(verdict.first_bad)


def test_who_owns_the_database_cannot_hide_from_a_checkpoint_held_elsewhere(tmp_path: Path) -> None:
    entries = write(4)
    held = tmp_path / "held.json"
    make_checkpoint(held)
    # The whole log is replaced by a shorter one that is consistent in itself, checkpoint and all.
    Entry.objects.filter(number__gt=entries[0].number, segment=entries[0].segment).delete()
    Checkpoint.objects.all().delete()
    make_checkpoint()
    assert verify().ok
    verdict = verify(held)
    assert not verdict.ok
    assert "cut before entry" in str(verdict.first_bad)


def test_a_checkpoint_signed_by_another_key_is_refused(tmp_path: Path) -> None:
    write(2)
    held = tmp_path / "held.json"
    made = make_checkpoint(held)
    assert made is not None
    assert verify(held).ok
    (Path(settings.COMITY_DATA) / "keys" / "checkpoint.key").unlink()
    assert verify().first_bad == "checkpoint 1: was changed"
    assert not verify(held).ok


def test_a_forged_checkpoint_file_is_refused(tmp_path: Path) -> None:
    write(2)
    held = tmp_path / "held.json"
    make_checkpoint(held)
    told = json.loads(held.read_text())
    told["body"]["at"] = "2030-01-01T00:00:00+00:00"
    held.write_text(json.dumps(told))
    assert verify(held).first_bad == "held checkpoint: not signed by this node's key"
    held.write_text("no checkpoint")
    with pytest.raises(ValueError, match="this is no exported checkpoint"):
        verify(held)


def test_a_changed_or_missing_stored_checkpoint_is_found() -> None:
    for start in range(3):
        write(1, start)
        make_checkpoint()
    second = Checkpoint.objects.get(number=2)
    second.delete()
    assert verify().first_bad == "checkpoint 2: is missing"


def test_an_entry_needs_the_transaction_of_its_change_and_falls_with_it(transactional_db: None) -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        record(actor="user:1", verb="test:thing:change", reference="thing:1")
    with pytest.raises(KeyError), transaction.atomic():  # noqa: PT012 both belong to it
        record(actor="user:1", verb="test:thing:change", reference="thing:1")
        raise KeyError
    write(2)
    verdict = verify()
    assert verdict.ok
    assert verdict.entries == 2


def test_personal_values_are_kept_as_keyed_digests_only() -> None:
    with transaction.atomic():
        entry = record(
            actor="user:1",
            verb="test:person:change",
            reference="person:1",
            personal=frozenset({"phone"}),
            difference={"phone": ["+43 1 111", "+43 1 222"], "role": "officer"},
        )
    entry.refresh_from_db()
    assert entry.difference["phone"] == [keyed_digest("+43 1 111"), keyed_digest("+43 1 222")]
    assert "222" not in json.dumps(entry.difference)
    assert entry.difference["role"] == "officer"
    assert verify().ok


@pytest.mark.django_db
def test_a_nul_in_a_pasted_text_is_logged_as_a_replacement_sign() -> None:
    with transaction.atomic():
        entry = record(actor="system:test", verb="a:b:c", reference="x:1", difference={"text": "before\x00after"})
    entry.refresh_from_db()
    assert entry.difference == {"text": "before\ufffdafter"}
    assert verify().ok

"""The index keeps up with the records, is built anew while the old one serves, and survives what happens to it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import queue
from comity.core.actions.models import OutboxMessage
from comity.core.search import engine, following, generations, jobs
from comity.core.search.engine import Engine
from comity.core.search.files import Busy
from comity.core.search.index import Index
from comity.core.search.models import IndexChange
from comity.core.search.passages import Question, changed
from comity.core.search.tests.notes import Notes
from comity.core.search.tests.shelf import passage
from comity.core.workflow.models import Job
from comity.core.workflow.worker import Worker

pytestmark = pytest.mark.django_db


def found(words: str) -> set[str]:
    """The keys of what the public finds."""
    return {hit.key for hit in engine.search(PUBLIC, Question(words, mode="words", limit=100)).hits}


def follow() -> None:
    """Follows to the end."""
    while following.follow():
        pass


def test_what_is_written_changed_and_taken_out_is_followed(notes: Notes) -> None:
    notes.write("1", "Ransom", "Whoever demands a ransom")
    assert found("ransom") == set()
    assert following.follow() is True
    assert found("ransom") == {"1"}
    notes.write("1", "Fishing", "A licence for vessels")
    notes.write("2", "Ransom", "Another one")
    follow()
    assert (found("ransom"), found("fishing")) == ({"2"}, {"1"})
    notes.take_out("2")
    follow()
    assert found("ransom") == set()
    assert following.follow() is False


def test_a_command_sees_what_still_waits_in_the_outbox(notes: Notes) -> None:
    notes.write("1", "Ransom", "Whoever demands a ransom")
    follow()
    waiting = IndexChange.objects.count()
    queue((changed(notes.name, ["1"]),))
    following.take_waiting()
    following.take_waiting()
    assert IndexChange.objects.count() == waiting + 1
    assert not OutboxMessage.objects.filter(done_at__isnull=True).exists()


def test_many_changes_are_followed_in_batches(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "BATCH", 4)
    for number in range(10):
        notes.write(str(number), "Ransom", "A ransom")
    assert following.follow() and len(found("ransom")) == 4
    follow()
    assert len(found("ransom")) == 10


def test_the_old_index_serves_and_is_fed_while_a_new_one_is_built(notes: Notes) -> None:
    notes.write("1", "Ransom", "First")
    follow()
    before, seen = generations.current(), []

    def step(*_told: Any) -> None:
        if not seen:
            notes.write("2", "Ransom", "Written while the new index is built")
            follow()
        seen.append(found("ransom"))
        assert generations.current() == before

    jobs.build(step)
    assert seen and all(keys == {"1", "2"} for keys in seen)
    assert generations.current() != before
    assert found("ransom") == {"1", "2"}
    assert following.follow() is False


def test_a_build_that_is_broken_off_leaves_the_old_index_serving(notes: Notes) -> None:
    notes.write("1", "Ransom", "First")
    follow()
    before = generations.current()

    def killed(*_told: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        jobs.build(killed)
    assert generations.current() == before and found("ransom") == {"1"}
    left = [folder for folder in generations.home().glob("generation-*") if folder != before]
    assert len(left) == 1
    os.utime(left[0], (time.time() - 3600,) * 2)
    jobs.build()
    os.utime(before, (time.time() - 3600,) * 2)
    generations.clean()
    assert list(generations.home().glob("generation-*")) == [generations.current()]
    assert found("ransom") == {"1"}


def test_only_one_writes_at_a_time(notes: Notes) -> None:
    notes.write("1", "Ransom", "First")
    with Index.open(generations.current()):
        with pytest.raises(Busy):
            Index.open(generations.current())
        assert following.follow() is False
    assert following.follow() is True
    with generations.files.locked(generations.home() / "rebuild.lock"), pytest.raises(Busy):
        jobs.build()
    assert found("ransom") == {"1"}


def test_a_writer_that_is_killed_loses_nothing(notes: Notes) -> None:
    notes.write("1", "Ransom", "First")
    follow()
    index = Index.open(generations.current())
    index.replace("notes", ["1"], notes.passages(["1"]))
    index._save_rows()
    index._writer.commit()
    # Killed here: tantivy has the passage anew, the state knows nothing of it.
    index._writer.wait_merging_threads()
    index._stack.close()
    notes.write("2", "Ransom", "Second")
    notes.write("1", "Ransom", "First again")
    follow()
    answer = engine.search(PUBLIC, Question("ransom", mode="words"))
    assert (answer.total, answer.passages, len(answer.hits)) == (2, 2, 2)


@pytest.mark.parametrize("harm", ["absent", "state", "words", "pointer"])
def test_an_index_that_is_absent_or_damaged_is_built_by_the_worker(notes: Notes, harm: str) -> None:
    notes.write("1", "Ransom", "First")
    follow()
    folder = generations.current()
    match harm:
        case "absent":
            shutil.rmtree(generations.home())
        case "state":
            (folder / "state.json").write_text('{"version": 0}', encoding="utf-8")
        case "words":
            for file in (folder / "words").glob("*.store"):
                file.unlink()
                file.write_bytes(b"damaged")
        case "pointer":
            (generations.home() / "current").write_bytes(b"\xff../..")
    notes.write("2", "Ransom", "Second")
    worker = Worker(idle=0)
    for _turn in range(6):
        worker.turn()
    assert Job.objects.get(name="search:rebuild").error == ""
    assert found("ransom") == {"1", "2"}


def test_an_index_left_behind_for_longer_than_the_log_is_kept_is_built_anew(notes: Notes) -> None:
    notes.write("1", "Ransom", "First")
    notes.write("2", "Ransom", "Second")
    IndexChange.objects.update(recorded_at=timezone.now() - following.KEEP - timedelta(days=1))
    assert following.prune() == 1
    assert following.follow() is True
    assert Job.objects.filter(name="search:rebuild").exists()
    jobs.build()
    assert found("ransom") == {"1", "2"}
    assert following.follow() is False


def test_a_change_committed_late_under_a_low_number_is_not_overlooked() -> None:
    rows = [IndexChange.objects.create(source="notes", key=str(number)) for number in range(6)]
    numbers = [row.pk for row in rows]
    late = numbers.pop(2)
    followed = following.advanced({}, numbers)
    assert list(following.open_changes(followed).values_list("pk", flat=True)) == [late]
    old = timezone.now() - following.WINDOW - timedelta(minutes=1)
    IndexChange.objects.update(recorded_at=old)
    followed = following.advanced(followed, [])
    assert followed["done"] == numbers[1]
    assert following.advanced(followed, [late]) == {"done": numbers[-1], "spans": []}


def test_a_reader_in_another_process_sees_a_change(tmp_path: Path) -> None:
    script = (
        "import os, sys, django\n"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'comity.site.settings'\n"
        "django.setup()\n"
        "from comity.core.actions.actor import PUBLIC\n"
        "from comity.core.search.engine import Engine\n"
        "from comity.core.search.passages import Question\n"
        "reader = Engine(sys.argv[1])\n"
        "for line in sys.stdin:\n"
        "    print(reader.search(PUBLIC, Question('ransom', mode='words')).total, flush=True)\n"
    )
    with Index.create(tmp_path / "index") as index:
        index.add([passage(1, "ransom")])
        index.commit()
        reader = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path / "index")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            text=True, env={**os.environ, "COMITY_DATA": str(tmp_path), "PYTHONPATH": "src"},
        )  # fmt: skip

        def told() -> str:
            assert reader.stdin and reader.stdout
            reader.stdin.write("\n")
            reader.stdin.flush()
            return reader.stdout.readline().strip()

        try:
            assert told() == "1"
            index.add([passage(2, "ransom"), passage(3, "ransom")])
            assert told() == "1"
            index.commit()
            assert told() == "3"
            index.remove("shelf", ["1"])
            index.commit()
            assert told() == "2"
        finally:
            assert reader.stdin
            reader.stdin.close()
            reader.wait()
    assert Engine(tmp_path / "index").search(PUBLIC, Question("ransom", mode="words")).total == 2


def test_an_error_of_a_source_is_no_damage_of_the_index(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    notes.write("1", "Ransom", "First")
    follow()
    notes.write("2", "Ransom", "Second")

    def broken(*_asked: object) -> set[str]:
        raise ValueError("a source that cannot answer")

    with monkeypatch.context() as patch:
        patch.setattr(notes, "visible", broken)
        patch.setattr(notes, "passages", broken)
        with pytest.raises(RuntimeError):
            found("ransom")
        with pytest.raises(ValueError):
            following.follow()
    assert found("ransom") == {"1"}
    follow()
    assert found("ransom") == {"1", "2"}

"""Several writers at once: nothing is lost, and nobody queues on one row."""

from __future__ import annotations

import json
import threading
from typing import Any

import pytest
from django.db import connection, transaction

from comity.core.audit.checkpoints import verify
from comity.core.audit.log import record
from comity.core.audit.models import Entry
from tests.harness.nodes import Node

WRITER = """
from django.db import transaction
from comity.core.audit.log import record
name, count = sys.argv[1], int(sys.argv[2])
for number in range(count):
    with transaction.atomic():
        record(actor=f"system:{name}", verb="test:thing:change", reference=f"{name}:{number}")
print("written")
"""


def test_processes_that_write_at_once_lose_nothing(node: Node) -> None:
    before = json.loads(node.must("audit", "verify", "--json"))["entries"]
    writers = [node.python(WRITER, f"writer{n}", "40", wait=False) for n in range(6)]
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        assert "written" in out
    told = json.loads(node.must("audit", "verify", "--json"))
    assert told["ok"]
    assert told["entries"] == before + 6 * 40
    counted = node.python(
        "from comity.core.audit.models import Entry\n"
        "rows = Entry.objects.filter(reference__startswith='writer')\n"
        "print(rows.values('reference').distinct().count(), rows.values('segment').distinct().count())"
    )
    assert counted.split() == ["240", "6"]


def test_the_command_finds_a_changed_entry_and_says_so_by_its_exit_code(node: Node) -> None:
    node.python(WRITER, "writer", "3")
    node.must("audit", "checkpoint")
    node.python(
        "from comity.core.audit.models import Entry\n"
        "Entry.objects.filter(reference='writer:1').update(actor='user:666')"
    )
    done = node.comity("audit", "verify", "--json")
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert set(told) == {"entries", "ok", "first_bad", "covered_to"}
    assert not told["ok"]
    assert told["first_bad"].endswith("entry 2: was changed")


@pytest.mark.django_db(transaction=True)
def test_two_open_transactions_both_write_an_entry() -> None:
    """PostgreSQL: the second writes and commits while the first is still open.

    SQLite has one writer by nature: there the second waits for the first, and both entries stand.
    """
    first_wrote, second_done = threading.Event(), threading.Event()
    waits = connection.vendor == "sqlite"
    order: list[str] = []
    problems: list[BaseException] = []

    def in_thread(work: Any) -> threading.Thread:
        def run() -> None:
            try:
                work()
            except BaseException as error:
                problems.append(error)
            finally:
                connection.close()

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    def first() -> None:
        with transaction.atomic():
            record(actor="system:first", verb="test:thing:change", reference="thing:1")
            first_wrote.set()
            if waits:
                second_done.wait(1)
            else:
                assert second_done.wait(10), "the second writer waited for the first"
            order.append("first")

    def second() -> None:
        assert first_wrote.wait(10)
        with transaction.atomic():
            if not waits:
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '2s'")
            record(actor="system:second", verb="test:thing:change", reference="thing:2")
        order.append("second")
        second_done.set()

    threads = [in_thread(first), in_thread(second)]
    for thread in threads:
        thread.join(30)
    assert not problems
    assert order == (["first", "second"] if waits else ["second", "first"])
    assert Entry.objects.count() == 2
    assert verify().ok

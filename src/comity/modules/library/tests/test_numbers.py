"""Numbers of records are unique, whoever else writes."""

from __future__ import annotations

from tests.harness.nodes import Node

WRITER = """
from django.db import transaction
from comity.modules.library.numbering import next_number
count = int(sys.argv[1])
for _ in range(count):
    with transaction.atomic():
        print(next_number("KEN", 2019))
"""


def test_processes_that_write_at_once_never_get_the_same_number(node: Node) -> None:
    writers = [node.python(WRITER, "25", wait=False) for _ in range(4)]
    numbers: list[str] = []
    for writer in writers:
        out, err = writer.communicate(timeout=120)
        assert writer.returncode == 0, err
        numbers += [line for line in out.split() if line.startswith("KEN-2019-")]
    assert sorted(numbers) == [f"KEN-2019-{n:04}" for n in range(1, 101)]

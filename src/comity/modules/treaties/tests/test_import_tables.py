"""CSV tables: each wrong row is refused by number and reason, the rest is taken, and size does no harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.reader import read

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "iso3,state,instrument,action,date,source\n"
GOOD = "ALB,Albania,UNTOC,ratification,2002-08-21,invented\n"


def write(tmp_path: Path, content: str | bytes) -> Path:
    path = tmp_path / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("ALB,Albania,UNTOC,ratification,2002-02-30,x", '"2002-02-30" is not a day'),
        ("ALB,Albania,UNTOC,ratification,21.8.2002,x", "write it as 2003-09-29"),
        ("ALB,Albania,UNTOC,ratification,2999-01-01,x", "lies in the future"),
        ("ALB,Albania,UNTOC,ratification,0900-01-01,x", "before any treaty"),
        ("ALB,Albania,UNTOC,lighting,2002-08-21,x", '"lighting" is no action'),
        (",,UNTOC,ratification,2002-08-21,x", "names no participant"),
        ("ALB,Albania,,ratification,2002-08-21,x", "names no instrument"),
        ("ALB,Albania,UNTOC,ratification,2002-08-21,", "names no source"),
        ("ALB,Albania", "has 2 columns"),
        ("ALB,Alb\x00ania,UNTOC,ratification,2002-08-21,x", "control characters"),
    ],
)
def test_a_wrong_row_is_refused_and_the_rest_taken(tmp_path: Path, row: str, says: str) -> None:
    good, rest = read(write(tmp_path, HEAD + GOOD + row + "\n"))
    assert [act.deposited for act in good.actions] == [date(2002, 8, 21)]
    assert [refusal.row for refusal in rest.refused] == ["3"]
    assert says in rest.refused[0].reason


def test_a_row_in_another_encoding_is_refused_alone(tmp_path: Path) -> None:
    good, rest = read(
        write(tmp_path, (HEAD + GOOD).encode() + "CIV,Côte,UNTOC,accession,2002-01-02,x\n".encode("latin-1"))
    )
    assert len(good.actions) == 1
    assert "not UTF-8" in rest.refused[0].reason


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("iso3,state,instrument,action,source\n", "lacks the column date"),
        ("iso3;state;instrument;action;date;source\nALB;A;B;C;D;E\n", "by commas, not semicolons"),
        (b"\xff\xfei\x00", "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        ("\n\n", "empty"),
    ],
)
def test_a_table_that_is_none_is_refused_as_a_whole(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(write(tmp_path, content))


def test_columns_may_stand_in_any_order_with_others_between(tmp_path: Path) -> None:
    (table,) = read(
        write(
            tmp_path,
            "source,note,date,action,instrument,state,iso3\nx,,2002-08-21,Ratification,UNTOC,Albania,alb\n",
        )
    )
    assert (table.actions[0].iso3, table.actions[0].kind, table.complete) == ("ALB", "ratification", False)


def test_each_source_of_a_table_is_a_table_of_its_own(tmp_path: Path) -> None:
    tables = read(write(tmp_path, HEAD + GOOD + GOOD.replace("invented", "another") + GOOD))
    assert [(t.source, len(t.actions)) for t in tables] == [("invented", 1), ("another", 1)]


def test_two_hundred_megabytes_are_read_within_the_memory_allowed(tmp_path: Path) -> None:
    path = tmp_path / "huge.csv"
    with path.open("w") as out:
        out.write(HEAD)
        block = GOOD * 1000 + "ALB,Albania,UNTOC,lighting,2002-08-21,x\n"
        while out.tell() < 200 * 2**20:
            out.write(block * 20)
    # In a process of its own: a child begins with the memory that its parent had at the most.
    code = f"""
import django, json, resource
from pathlib import Path
django.setup()
from comity.modules.treaties.importers.reader import read
good, rest = read(Path({str(path)!r}))
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(json.dumps([len(good.actions), rest.refused[0].row, max(peaks) / 1024]))
"""
    launcher = f"import subprocess, sys; sys.exit(subprocess.run([sys.executable, '-c', {code!r}]).returncode)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "comity.site.settings"}
    told = subprocess.run([sys.executable, "-c", launcher], capture_output=True, check=True, env=environment)
    actions, refused, megabytes = json.loads(told.stdout)
    assert (actions, refused) == (1, "1002")
    assert megabytes < 512


def test_a_page_of_two_hundred_megabytes_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as out:
        out.write(b"<html>")
        out.truncate(200 * 2**20)
    with pytest.raises(Unreadable, match="has 200 MB; at most 16 MB"):
        read(path)


def test_too_many_different_rows_are_refused_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from comity.modules.treaties.importers import table

    monkeypatch.setattr(table, "MAX_ROWS", 10)
    monkeypatch.setattr(table, "MAX_REFUSED", 2)
    rows = "".join(GOOD.replace("invented", f"source {n}") for n in range(20))
    with pytest.raises(Unreadable, match="more than 10 different rows"):
        table.parse(write(tmp_path, HEAD + rows))

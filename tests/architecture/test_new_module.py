"""A module is one folder: the guide's module is added to a copy of the tree, and taken away again."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.harness.data import ROOT
from tests.harness.nodes import Node

GUIDE = ROOT / "docs" / "learn" / "add-a-module.md"
BLOCK = re.compile(r"Write\s+`src/comity/modules/(\S+)`:\n\n```\w+\n(.*?)```", re.DOTALL)

LOOK = """
import json
from django.test import Client
client = Client(HTTP_HOST="localhost")
home = client.get("/en/").content.decode()
api = client.get("/api/v1/regions/")
print(json.dumps({
    "menu": "/en/regions/" in home and "Regional groups" in home,
    "page": client.get("/en/regions/").status_code,
    "arabic": 'dir="rtl"' in client.get("/ar/regions/").content.decode(),
    "csv": client.get("/en/regions/?format=csv").content.decode("utf-8", "replace")[:30],
    "api": api.json() if api.status_code == 200 else api.status_code,
    "described": "/api/v1/regions/" in client.get("/api/v1/openapi.json").json()["paths"],
}))
"""


@pytest.fixture
def copied(node: Node, tmp_path: Path) -> tuple[Node, Path]:
    """A prepared node that runs on a copy of the tree's source."""
    copy = tmp_path / "tree" / "src" / "comity"
    shutil.copytree(ROOT / "src" / "comity", copy, ignore=shutil.ignore_patterns("__pycache__", "tests"), symlinks=True)
    node.environment = {"PYTHONPATH": str(copy.parent)}
    return node, copy / "modules"


def look(node: Node) -> dict[str, object]:
    found: dict[str, object] = json.loads(node.python(LOOK).splitlines()[-1])
    return found


def test_a_folder_is_a_module_and_without_it_nothing_is_left(copied: tuple[Node, Path]) -> None:
    node, modules = copied
    assert look(node)["page"] == 404
    blocks = BLOCK.findall(GUIDE.read_text(encoding="utf-8"))
    assert {Path(name).name for name, _code in blocks} == {
        "apps.py", "selectors.py", "views.py", "urls.py", "list.html", "api.py", "cli.py",
    }  # fmt: skip
    for name, code in blocks:
        path = modules / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
    (modules / "regions" / "__init__.py").touch()

    found = look(node)
    assert (found["menu"], found["page"], found["arabic"], found["described"]) == (True, 200, True, True)
    assert "group,name,participants" in str(found["csv"])
    rows = json.loads(node.must("regions", "--json"))
    assert rows == found["api"]
    assert {row["group"]: row["participants"] for row in rows}["african"] == 54

    shutil.rmtree(modules / "regions")
    gone = look(node)
    assert (gone["menu"], gone["page"], gone["api"], gone["described"]) == (False, 404, 404, False)
    assert node.comity("regions").returncode == 2


def test_a_module_that_needs_an_absent_one_is_named(copied: tuple[Node, Path]) -> None:
    node, modules = copied
    (modules / "lonely").mkdir()
    (modules / "lonely" / "__init__.py").touch()
    (modules / "lonely" / "apps.py").write_text('needs = ("absent",)\n', encoding="utf-8")
    done = node.comity("prepare")
    assert done.returncode != 0
    assert "lonely" in done.stderr

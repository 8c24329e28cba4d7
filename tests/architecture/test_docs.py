"""The documentation is current: commands, settings, links, pictures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, production_files
from tools.commands import PAGE, page

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")])


def test_the_page_of_commands_is_made_from_the_commands() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: .venv/bin/python -m tools.commands"


def test_every_setting_is_described() -> None:
    described = (ROOT / "docs" / "look-up" / "settings.md").read_text(encoding="utf-8")
    read = {
        name for path in production_files()
        for name in re.findall(r"environ(?:\.get\(|\[)\"(COMITY_\w+)\"", path.read_text(encoding="utf-8"))
    }  # fmt: skip
    assert read
    assert {name for name in read if f"`{name}`" not in described} == set()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_page_is_reached_from_the_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    pages = [p.relative_to(ROOT / "docs") for p in (ROOT / "docs").rglob("*.md") if p.name != "README.md"]
    lost = [str(p) for p in pages if p.parts[0] != "decisions" and f"({p})" not in index]
    assert lost == []

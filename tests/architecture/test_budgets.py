"""No file over 400 lines, no function over 60, no template over 120 (architecture, section 2)."""

from __future__ import annotations

import ast

from tests.architecture.exceptions import LONG_FILES, LONG_FUNCTIONS, LONG_TEMPLATES
from tests.architecture.tree import ROOT, parsed, python_files, short, templates


def lines(path: object) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())  # type: ignore[attr-defined]


def more_python() -> list[object]:
    folders = ["tests", "tools", "benchmarks"]
    return [p for f in folders for p in sorted((ROOT / f).rglob("*.py")) if "__pycache__" not in p.parts]


def test_files_are_short() -> None:
    every = [*python_files(), *more_python()]
    long = {short(p): lines(p) for p in every if lines(p) > 400}  # type: ignore[arg-type]
    assert set(long) == set(LONG_FILES), f"over 400 lines: {long}; split them into a folder of the same name"


def test_functions_are_short() -> None:
    long = {}
    for path in [*python_files(), *more_python()]:
        for node in ast.walk(parsed(path)):  # type: ignore[arg-type]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > 60:
                    long[f"{short(path)}:{node.name}"] = length  # type: ignore[arg-type]
    assert set(long) == set(LONG_FUNCTIONS), f"over 60 lines: {long}"


def test_templates_are_short() -> None:
    long = {short(p): lines(p) for p in templates() if p.suffix in {".html", ".txt", ".xml"} and lines(p) > 120}
    assert set(long) == set(LONG_TEMPLATES), f"over 120 lines: {long}"

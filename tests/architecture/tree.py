"""What the architecture tests read: the sources of the tree, without what is generated."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "comity"
_GENERATED = {"migrations", "vendor", "locale_built", "__pycache__"}


def _ours(path: Path) -> bool:
    return not _GENERATED & set(path.parts)


@cache
def python_files() -> tuple[Path, ...]:
    """Every Python file of the package, the tests of its parts included."""
    return tuple(sorted(p for p in SOURCE.rglob("*.py") if _ours(p)))


@cache
def production_files() -> tuple[Path, ...]:
    """Every Python file of the package that is no test."""
    return tuple(p for p in python_files() if "tests" not in p.parts)


@cache
def templates() -> tuple[Path, ...]:
    """Every template."""
    return tuple(sorted(p for p in SOURCE.rglob("templates/**/*") if p.is_file() and _ours(p)))


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def short(path: Path) -> str:
    """The path as it is written in messages and lists."""
    return str(path.relative_to(ROOT))


def imports(path: Path) -> list[tuple[int, str]]:
    """Line and full dotted name of everything a file imports from the package."""
    found = []
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
    return [(line, name) for line, name in found if name.startswith("comity")]


def modules() -> dict[str, tuple[str, ...]]:
    """Each module's folder name with what its manifest says it needs."""
    found = {}
    for path in sorted((SOURCE / "modules").glob("*/apps.py")):
        needs: tuple[str, ...] = ()
        for node in ast.walk(parsed(path)):
            targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
            if any(isinstance(t, ast.Name) and t.id == "needs" for t in targets) and getattr(node, "value", None):
                needs = tuple(ast.literal_eval(node.value))  # type: ignore[attr-defined]
        found[path.parent.name] = needs
    return found

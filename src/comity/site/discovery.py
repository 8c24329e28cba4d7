"""Finds the modules: every folder below `comity/modules` that has an `apps.py` is one."""

from __future__ import annotations

from pathlib import Path


def module_apps() -> list[str]:
    """Returns the dotted names of the modules' apps, needed ones first, else by name.

    Raises RuntimeError where a module needs one that is not there, or two need each other.
    """
    folder = Path(__file__).parent.parent / "modules"
    waiting = {path.parent.name: _needs(path) for path in sorted(folder.glob("*/apps.py"))}
    ordered: list[str] = []
    while waiting:
        ready = [name for name, needs in waiting.items() if needs <= set(ordered)]
        if not ready:
            raise RuntimeError(f"Modules that need an absent module, or each other: {', '.join(waiting)}")
        ordered += ready
        for name in ready:
            del waiting[name]
    return [f"comity.modules.{name}" for name in ordered]


def _needs(apps_file: Path) -> set[str]:
    """Reads `needs = (...)` from the source: the class itself cannot be imported before settings exist."""
    import ast

    for node in ast.walk(ast.parse(apps_file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(t, ast.Name) and t.id == "needs" for t in targets) and node.value is not None:
                return set(ast.literal_eval(node.value))
    return set()

"""What a linter of imports cannot see: doors of modules, relations written as strings, templates of others."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from tests.architecture.tree import (
    SOURCE,
    imports,
    modules,
    parsed,
    production_files,
    python_files,
    short,
    templates,
)

#: Apps from the ground up; a relation points down or stays. Labels as in the manifests.
ORDER = ["auth", "contenttypes", "sessions", "audit", "actions", "people", "texts", "workflow", "vault", "search"]


def owner(path: Path) -> str:
    """The app a file belongs to: "core.people", "modules.treaties", "ui" …"""
    parts = path.relative_to(SOURCE).parts
    if parts[0] in {"core", "modules"} and len(parts) > 2:
        return f"{parts[0]}.{parts[1]}"
    return parts[0].removesuffix(".py")


def test_a_module_enters_another_only_by_its_public_door_and_only_if_it_needs_it() -> None:
    needs = modules()
    found = []
    for path in python_files():
        me = owner(path)
        for line, name in imports(path):
            if not name.startswith("comity.modules."):
                continue
            other = name.split(".")[2]
            if me == f"modules.{other}":
                continue
            place = f"{short(path)}:{line} imports {name}"
            if not me.startswith("modules."):
                if me not in {"site"} or "tests" not in path.parts:
                    found.append(f"{place}: only site finds modules, by their folders")
                continue
            mine = me.split(".")[1]
            if other not in needs.get(mine, ()):
                found.append(f"{place}: {mine} does not name {other} in `needs`")
            elif "tests" not in path.parts and name.split(".")[3:4] != ["public"]:
                found.append(f"{place}: use its public.py")
    assert not found, "\n".join(found)


def test_needs_have_no_circle_and_name_what_exists() -> None:
    needs = modules()
    done: set[str] = set()
    while len(done) < len(needs):
        ready = {name for name, wanted in needs.items() if name not in done and set(wanted) <= done}
        assert ready, f"circle, or a module that is not there: {set(needs) - done}"
        done |= ready


def test_relations_point_downwards() -> None:
    """Real models, so relations written as strings count as well."""
    from django.apps import apps

    labels = {f"modules.{name}": name for name in modules()}
    found = []
    for model in apps.get_models(include_auto_created=True):
        me = model._meta.app_label
        if not model.__module__.startswith("comity."):
            continue
        for field in model._meta.get_fields():
            other = field.related_model
            if not field.concrete or other is None or isinstance(other, str):
                continue
            target = other._meta.app_label
            if target == me:
                continue
            if target in labels.values():
                needed = modules().get(me, ())
                if target not in needed:
                    found.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
            elif me in ORDER and (target not in ORDER or ORDER.index(target) > ORDER.index(me)):
                found.append(f"{model._meta.label}.{field.name} -> {other._meta.label}")
    assert not found, "relations that point upwards:\n" + "\n".join(found)


def test_core_has_no_templates() -> None:
    assert not [short(p) for p in templates() if owner(p).startswith("core")]


_NAMES = re.compile(r"""\{%\s*(?:extends|include|partial)\s+["']([^"']+)["']""")
_TEMPLATE = re.compile(r"^[\w/.-]+\.(html|txt|xml)$")


def _folders() -> dict[str, str]:
    """First folder of a template's name -> the app it belongs to."""
    found = {}
    for path in templates():
        inside = path.parts[path.parts.index("templates") + 1 :]
        if len(inside) > 1:
            found[inside[0]] = owner(path)
    return found


def _may_use(me: str, other: str) -> bool:
    if other in {me, "ui"} or me == "site":
        return True
    return me == "account" and other in {"account"}


def test_nobody_uses_the_templates_of_another_app() -> None:
    owners = _folders()
    found = []
    for path in templates():
        for name in _NAMES.findall(path.read_text(encoding="utf-8")):
            other = owners.get(name.split("/")[0])
            if other and not _may_use(owner(path), other):
                found.append(f"{short(path)} uses {name} of {other}")
    for path in production_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _TEMPLATE.match(node.value):
                other = owners.get(node.value.split("/")[0])
                if other and "/" in node.value and not _may_use(owner(path), other):
                    found.append(f"{short(path)}:{node.lineno} uses {node.value} of {other}")
    assert not found, "\n".join(found)


_INLINE = [
    # A block of data (application/json) is no script.
    (re.compile(r"<script(?![^>]*\b(?:src=|application/json))[^>]*>", re.I), "a script inside the page"),
    (re.compile(r"<style\b", re.I), "a style sheet inside the page"),
    (re.compile(r"<[a-z][^<>]*\sstyle\s*=", re.I), "style="),
    (re.compile(r"<[a-z][^<>]*\son[a-z]+\s*=", re.I), "a handler inside the page"),
    (re.compile(r"(?:href|src)\s*=\s*[\"']javascript:", re.I), "javascript:"),
    (re.compile(r"(?:src|href)\s*=\s*[\"']https?://[^\"']+\.(?:js|css|woff2?)\b", re.I), "a file of another server"),
]


def test_nothing_inline() -> None:
    found = []
    for path in templates():
        text = re.sub(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", "", path.read_text(encoding="utf-8"), flags=re.S)
        for pattern, what in _INLINE:
            if hit := pattern.search(text):
                if path.suffix == ".svg" and what == "style=":
                    continue
                found.append(f"{short(path)}: {what}: {hit.group()[:80]}")
    for path in production_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and "<" in node.value:
                for pattern, what in _INLINE[:4]:
                    if pattern.search(node.value):
                        found.append(f"{short(path)}:{node.lineno}: {what}")
    assert not found, "\n".join(found)


_PHYSICAL = re.compile(
    r"(?<![-\w])(?:margin|padding|border)-(?:left|right)(?:-[a-z]+)?\s*:|(?<![-\w])(?:left|right)\s*:"
    r"|text-align\s*:\s*(?:left|right)|float\s*:\s*(?:left|right)"
)


def test_our_style_sheets_know_start_and_end_not_left_and_right() -> None:
    found = []
    for path in SOURCE.rglob("static/**/*.css"):
        if "vendor" not in path.parts:
            text = re.sub(r"/\*.*?\*/", lambda m: "\n" * m.group().count("\n"), path.read_text(), flags=re.S)
            for number, line in enumerate(text.splitlines(), start=1):
                if _PHYSICAL.search(line):
                    found.append(f"{short(path)}:{number} {line.strip()}")
    assert not found, "\n".join(found)


def test_the_tree_has_no_module_without_a_manifest() -> None:
    for folder in (SOURCE / "modules").iterdir():
        if folder.is_dir() and folder.name != "__pycache__":
            assert (folder / "apps.py").exists(), folder

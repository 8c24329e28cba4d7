"""Names and habits that the house does not have."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.tree import ROOT, SOURCE, parsed, production_files, python_files, short

#: Packages' own hosts never stand in the tree: files carry versions and hashes only.
#: Registries by the parts of their names, so that this file names none of them itself.
_HOSTS = re.compile(
    "|".join([r"py" r"pi\.org", r"python" r"hosted\.org", r"registry\.(npm|yarn)", r"deb\.deb" r"ian\.org"]), re.I
)


def test_no_file_without_a_home() -> None:
    for name in ("utils", "helpers", "common", "misc"):
        assert not list(SOURCE.rglob(f"{name}.py")), f"{name}.py: find the thing its home"
        assert not [p for p in SOURCE.rglob(name) if p.is_dir()], f"{name}/: find the things their home"


def test_no_signals_thread_locals_or_generic_foreign_keys() -> None:
    forbidden = {
        "receiver": "model signals", "post_save": "model signals", "pre_save": "model signals",
        "post_delete": "model signals", "pre_delete": "model signals", "m2m_changed": "model signals",
        "GenericForeignKey": "generic foreign keys", "GenericRelation": "generic foreign keys",
    }  # fmt: skip
    found = []
    for path in production_files():
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    what = forbidden.get(alias.name) if (node.module or "").startswith("django") else None
                    if what and "allauth" not in (node.module or ""):
                        found.append(f"{short(path)}:{node.lineno} {alias.name} ({what})")
                    if alias.name == "*" and not _settings_of_signing_in(node):
                        found.append(f"{short(path)}:{node.lineno} star import")
            is_local = isinstance(node, ast.Attribute) and node.attr == "local"
            if is_local and isinstance(node.value, ast.Name) and node.value.id in {"threading", "contextvars"}:
                found.append(f"{short(path)}:{node.lineno} thread-local")
    assert not found, "\n".join(found)


def _settings_of_signing_in(node: ast.ImportFrom) -> bool:
    return node.module == "comity.account.configuration"


def test_models_have_no_verbs_in_save() -> None:
    found = []
    for path in production_files():
        if path.name == "models.py" or path.parent.name == "models":
            for node in ast.walk(parsed(path)):
                if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}:
                    found.append(f"{short(path)}:{node.lineno}")
    assert not found, f"save() and delete() have no side effects of ours: {found}"


def test_modules_and_functions_say_what_they_are() -> None:
    found = []
    for path in production_files():
        tree = parsed(path)
        for node in tree.body:
            public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):  # type: ignore[arg-type]
                found.append(f"{short(path)}:{node.lineno} {node.name}")  # type: ignore[attr-defined]
    assert not found, "public functions without a docstring:\n" + "\n".join(found)


@pytest.mark.parametrize("pattern", ["requirements/*", "package*.json", ".npmrc", "pyproject.toml", "Makefile"])
def test_locks_carry_no_address_of_a_registry(pattern: str) -> None:
    for path in ROOT.glob(pattern):
        text = path.read_text(encoding="utf-8")
        assert not _HOSTS.search(text), path
        if path.parent.name == "requirements" and path.suffix == ".txt":
            assert "http" not in text, path
            assert "--hash=sha256:" in text


def test_no_file_names_a_registry() -> None:
    kinds = {".py", ".md", ".html", ".js", ".css", ".toml", ".txt", ".json", ".yml", ".yaml", ".sh"}
    folders = ["src", "docs", "tests", "tools", "benchmarks", "requirements"]
    here = {"tests/architecture/test_names.py"}
    for folder in folders:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in kinds and "__pycache__" not in path.parts and short(path) not in here:
                assert not _HOSTS.search(path.read_text(encoding="utf-8", errors="replace")), short(path)


def test_every_python_file_parses() -> None:
    assert len([parsed(p) for p in python_files()]) > 50

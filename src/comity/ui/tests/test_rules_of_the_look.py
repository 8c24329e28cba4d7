"""Rules every page of the tree keeps: direction-neutral styles, and nothing inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import comity

PACKAGE = Path(comity.__file__).resolve().parent
OWN_CSS = sorted(path for path in PACKAGE.rglob("static/**/*.css") if "vendor" not in path.parts)
OWN_JS = sorted(path for path in PACKAGE.rglob("static/**/*.js") if "vendor" not in path.parts)
TEMPLATES = sorted(path for path in PACKAGE.rglob("templates/**/*.html"))

PHYSICAL = re.compile(
    r"(?:^|[\s;{])("
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right|top|bottom)(?:-\w+)?"
    r"|left|right|top|bottom|width|height|(?:min|max)-(?:width|height)"
    r"|border-(?:top|bottom)-(?:left|right)-radius)\s*:"
)
SIDES = re.compile(r"(?:text-align|float|clear|caption-side)\s*:\s*(?:left|right)\b")
INLINE = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    # A block of data (application/json) is no script.
    "script without src": re.compile(r"<script\b(?![^>]*\b(?:src=|application/json))", re.IGNORECASE),
    "javascript: address": re.compile(r"""=\s*["']\s*javascript:""", re.IGNORECASE),
}


def declarations(css: str) -> str:
    """The style sheet without comments and without the conditions of its media queries."""
    return re.sub(r"@media[^{]*", "@media ", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def named(path: Path) -> str:
    return str(path.relative_to(PACKAGE))


@pytest.mark.parametrize("path", OWN_CSS, ids=named)
def test_own_styles_know_no_left_and_right(path: Path) -> None:
    css = declarations(path.read_text(encoding="utf-8"))
    found = [match.group(1) for match in PHYSICAL.finditer(css)] + SIDES.findall(css)
    assert not found, f"physical sides in {named(path)}: {found}"


@pytest.mark.parametrize("rule", ["margin-left: 1px", "text-align: right", "left: 0", "width: 3rem"])
def test_the_rule_would_notice(rule: str) -> None:
    css = f"a {{ {rule}; }}"
    assert PHYSICAL.search(css) or SIDES.search(css)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_have_nothing_inline(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    found = [what for what, pattern in INLINE.items() if pattern.search(text)]
    assert not found, f"{named(path)}: {found}"


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_keep_their_budget(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("path", OWN_JS, ids=named)
def test_own_scripts_evaluate_nothing(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\beval\(|new Function|innerHTML|\.style\b|document\.write", text)


def test_there_is_something_to_check() -> None:
    assert OWN_CSS
    assert OWN_JS
    assert TEMPLATES

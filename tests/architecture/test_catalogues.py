"""The interface is complete in all six languages: English in the code, five catalogues per app."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from tests.architecture.tree import SOURCE

CATALOGUES = sorted(SOURCE.rglob("locale/*/LC_MESSAGES/django.po"))
_HOLES = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]+\}")


def _name(path: Path) -> str:
    return f"{path.parts[-5]}-{path.parts[-3]}"


def test_each_app_with_words_has_five_catalogues() -> None:
    languages: dict[Path, set[str]] = {}
    for path in CATALOGUES:
        languages.setdefault(path.parents[2], set()).add(path.parts[-3])
    assert languages
    assert set(map(frozenset, languages.values())) == {frozenset({"ar", "es", "fr", "ru", "zh"})}


@pytest.mark.parametrize("path", CATALOGUES, ids=_name)
def test_every_string_is_translated_and_keeps_its_holes(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        if entry.obsolete:
            continue
        said = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        assert said, entry.msgid
        assert all(said), f"not translated: {entry.msgid}"
        assert "fuzzy" not in entry.flags, entry.msgid
        holes = set(_HOLES.findall(entry.msgid)) | set(_HOLES.findall(entry.msgid_plural))
        for words in said:
            found = set(_HOLES.findall(words))
            assert found <= holes if entry.msgid_plural else found == holes, f"{entry.msgid} -> {words}"

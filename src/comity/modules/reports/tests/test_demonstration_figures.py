"""The figures of the demonstration edition come out of the fictitious records, and what is said of them is true."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from comity.core.actions.actor import system
from comity.core.people.load_reference import load_reference as load_people
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.directory.demonstration import load as load_directory
from comity.modules.programmes.demonstration import load as load_programmes
from comity.modules.reports import definition, tokens
from comity.modules.reports import load_reference as registry
from comity.modules.reports.checking import findings
from comity.modules.reports.content import EditionContent, read
from comity.modules.reports.models import Edition
from comity.modules.reports.numbers import Numbers, numbers
from comity.modules.reports.printing import claim
from comity.modules.reports.services import declared, editions
from comity.modules.reports.services.declared import Declaration
from comity.modules.treaties.load_reference import load_reference as load_treaties

_FOLDER = Path(__file__).parents[1] / "reference"
WRITER, SECOND = system("demonstration"), system("demonstration-second")
#: Figures of the table of kinds: what a report of this sort counts, and what the demonstration must show of it.
COUNTED = {
    "treaties.party", "directory.authority", "reports.declared", "programmes.assistance", "programmes.event",
    "programmes.attendance", "programmes.reach", "programmes.legislation", "programmes.placement",
    "programmes.product", "programmes.adoption", "programmes.outcome", "programmes.operation",
    "programmes.operation_state", "programmes.request", "programmes.programme", "programmes.component",
    "programmes.cycle", "programmes.evaluation", "programmes.recommendation", "programmes.pledge", "programmes.money",
}  # fmt: skip


def bundled(name: str) -> Any:
    return json.loads((_FOLDER / name).read_text(encoding="utf-8"))


def content() -> EditionContent:
    return read(bundled("demonstration/edition.json"))


def texts() -> list[tuple[str, dict[str, str]]]:
    made = content()
    below = [(p.key, p.texts) for section in made.sections for p in section.paragraphs]
    return [("summary", made.summary), *below]


@pytest.fixture
def edition(db: None) -> Edition:
    load_people()
    load_treaties()
    load_directory()
    load_programmes()
    registry.load_reference()
    registry.define(bundled("demonstration/figures.json")["figures"], "system:demonstration")
    for line in bundled("demonstration/declared.json")["declared"]:
        days = {name: line[name] for name in ("starts", "ends")}
        said = Declaration(**{**line, "value": Decimal(line["value"]), **_days(days)})
        declared.confirm(SECOND, row=declared.declare(WRITER, declaration=said))
    return editions.create(WRITER, content=content())


def _days(texts: dict[str, str]) -> dict[str, Any]:
    return {name: date.fromisoformat(text) for name, text in texts.items()}


def test_every_figure_has_a_number_and_what_is_said_of_it_is_true(edition: Edition) -> None:
    known: Numbers = numbers(edition)
    assert not known.problems
    for slug, number in known.by_slug.items():
        said = claim(number.value, number.definition.qualifier, number.definition.rounding, number.definition.kind)
        print(f"{slug:42} {number.value:>22} {said.qualifier} {said.number}")
        assert number.value > 0, slug
        assert number.definition.kind == "count" or number.definition.currency or said.number < 100, slug


def test_the_edition_passes_its_own_checks_in_all_six_languages(edition: Edition) -> None:
    assert [(f.code, f.lang, f.paragraph, f.figure, f.text, f.message) for f in findings(edition)] == []


def test_those_reached_directly_lie_within_the_total(edition: Edition) -> None:
    known = numbers(edition).by_slug
    chain = ["demo.lantern.teachers", "demo.lantern.direct", "demo.lantern.reached"]
    assert [known[slug].definition.inside for slug in chain] == [*chain[1:], ""]
    assert known[chain[0]].value < known[chain[1]].value < known[chain[2]].value
    assert {known[slug].definition.overlap_group for slug in chain} == {"lantern"}


def test_every_kind_of_record_of_the_report_is_counted_by_a_printed_figure() -> None:
    figures = {
        f["slug"]: f for name in ("figures.json", "demonstration/figures.json") for f in bundled(name)["figures"]
    }
    printed = {slug for _key, by_lang in texts() for slug, _options in tokens.figures(by_lang["en"])}
    assert printed <= set(figures)
    parts = {part for slug in printed for part in figures[slug].get("parts", ())}
    counted = {figures[slug].get("counts") for slug in printed | parts} - {None}
    assert counted >= COUNTED
    assert {figures[slug]["qualifier"] for slug in printed} == {"exact", "more_than", "at_least", "nearly", "about"}
    assert {figures[slug]["kind"] for slug in printed} == {"count", "money", "percent", "change"}


def test_all_six_languages_hold_the_same_tokens() -> None:
    made = texts()
    assert len(made) > 30
    for key, by_lang in made:
        assert set(by_lang) == set(UN_LANGUAGES), key
        found = {lang: Counter(map(_named, tokens.parse(text))) for lang, text in by_lang.items()}
        assert all(counted == found["en"] for counted in found.values()), key


def _named(piece: tokens.Piece) -> str:
    """A token by its name: texts and the words of footnotes differ from language to language."""
    if isinstance(piece, tokens.FigureToken | tokens.SymbolToken):
        return str(piece)
    return type(piece).__name__ if isinstance(piece, tokens.Note) else ""


def test_arabic_keeps_ranges_of_years_in_one_piece() -> None:
    for key, by_lang in texts():
        ranges = re.findall(r".?\d{4}-\d{4}.?", by_lang["ar"])
        assert all(text[0] == "\u2068" and text[-1] == "\u2069" for text in ranges), key


@pytest.mark.parametrize("name", ["figures.json", "demonstration/figures.json"])
def test_bundled_definitions_can_be_asked_and_speak_six_languages(name: str) -> None:
    for data in bundled(name)["figures"]:
        found = definition.read(data)
        assert set(found.meaning) == set(found.unit) == set(UN_LANGUAGES), found.slug
        assert found.method["en"], found.slug
        assert found.owner, found.slug

"""Acceptance cases 14, 15, 16 and 24 of the domain notes: one edition in six languages and many formats."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest

from comity.core.actions.decorator import Denied
from comity.core.people.load_reference import load_reference
from comity.modules.programmes.tests.makers import CURATOR, SECOND, made, people, training
from comity.modules.reports.building import CannotBuild, document
from comity.modules.reports.models import Edition, ParagraphText
from comity.modules.reports.numbers import numbers
from comity.modules.reports.outputs import archive
from comity.modules.reports.producing import produce
from comity.modules.reports.selectors.editions import outline
from comity.modules.reports.services import freezing, translations
from comity.modules.reports.tests.reporting import LANGUAGES, edition, figure
from comity.modules.reports.vocabulary import Format

pytestmark = pytest.mark.django_db


@pytest.fixture
def lamps() -> Edition:
    """A frozen and approved edition that prints 602.5 million dollars and 908 people."""
    load_reference()
    made("programme", "P1", level="global", starts=date(2015, 1, 1))
    training("EV-1", [people("KEN", 908)])
    period = {"starts": date(2019, 1, 1), "ends": date(2019, 12, 31)}
    made("money", "D-1", flow="delivery", nature="actual", purpose="special", usd=Decimal(602_481_000), **period)
    figure("p1.trained")
    figure("delivery", counts="programmes.money", measure="sum", of="usd", kind="money", currency="USD",
           rounding="100000", period_rule="covered", where={})  # fmt: skip
    found = edition("{fig:delivery} / {fig:p1.trained}", fictitious=True, symbols=["A/75/1"])
    freezing.freeze(CURATOR, edition=found)
    freezing.approve(SECOND, edition=found)
    return found


def test_case_14_the_same_numbers_in_each_language_own_way(lamps: Edition) -> None:
    known, parts = numbers(lamps), outline(lamps)
    made_of = {lang: document(lamps, parts, known, lang)[0] for lang in LANGUAGES}
    said = {lang: "".join(run.text for run in next(d.paragraphs()).runs) for lang, d in made_of.items()}
    assert said["en"] == "$602.5 million / 908"
    assert said["zh"] == "6.025亿美元 / 908"
    assert len({tuple((p.number, p.key) for p in d.paragraphs()) for d in made_of.values()}) == 1
    assert len({tuple(sorted((f.key, f.slug, f.value) for f in d.figures())) for d in made_of.values()}) == 1


def test_case_15_the_arabic_word_file_runs_right_to_left_with_native_numbers(lamps: Edition) -> None:
    content = produce(CURATOR, lamps, "ar", Format.DOCX).content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        body, styles = file.read("word/document.xml").decode(), file.read("word/styles.xml").decode()
    assert "w:bidi" in body + styles
    assert "w:numPr" in body + styles
    assert re.findall(r'w:bookmarkStart [^>]*w:name="(fig_[^"]+)"', body) == ["fig_delivery", "fig_p1_trained"]


def test_case_16_a_number_changed_in_a_translation_is_named(lamps: Edition) -> None:
    sent = produce(CURATOR, lamps, "zh", Format.DOCX).content
    returned = translations.look(lamps, lang="zh", content=_edited(sent, "908", "980"))
    (problem,) = returned.problems
    assert (problem.paragraph, problem.figure, problem.expected, problem.found) == (1, "p1.trained", "908", "980")
    with pytest.raises(Denied, match=r"Paragraph 1:.*980"):
        translations.take(CURATOR, edition=lamps, lang="zh", returned=returned)
    assert ParagraphText.objects.get(lang="zh").value == "{fig:delivery} / {fig:p1.trained}"


def test_a_clean_translation_comes_back_with_its_figures_in_place(lamps: Edition) -> None:
    sent = produce(CURATOR, lamps, "zh", Format.DOCX).content
    returned = translations.look(lamps, lang="zh", content=_edited(sent, " / ", "，受训者："))
    assert returned.problems == []
    assert translations.take(CURATOR, edition=lamps, lang="zh", returned=returned) == ["p1"]
    assert ParagraphText.objects.get(lang="zh").value == "{fig:delivery}，受训者：{fig:p1.trained}"


def _edited(content: bytes, old: str, new: str) -> bytes:
    """The Word file with a text replaced, as a translator's program would save it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for item in source.infolist():
            data = source.read(item)
            if item.filename == "word/document.xml":
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode())
            target.writestr(item, data)
    return out.getvalue()


@pytest.mark.parametrize("name", [f for f in Format if f != Format.ARCHIVE])
def test_case_24_two_builds_of_a_frozen_edition_are_equal_to_the_byte(lamps: Edition, name: str) -> None:
    first = produce(CURATOR, lamps, "ar", name).content
    training("EV-later", [people("UGA", 44)])
    again = Edition.objects.get(pk=lamps.pk)
    assert produce(CURATOR, again, "ar", name).content == first
    assert len(first) > 200


def test_the_archive_holds_everything_with_its_digests(lamps: Edition) -> None:
    first = produce(CURATOR, lamps, "en", Format.ARCHIVE).content
    assert archive.verify(first) == []
    assert produce(CURATOR, lamps, "en", Format.ARCHIVE).content == first
    with zipfile.ZipFile(io.BytesIO(first)) as file:
        names = set(file.namelist())
    assert {f"E-2019.{lang}.{ending}" for lang in LANGUAGES for ending in ("docx", "pdf", "xml", "html")} <= names


def test_a_text_that_is_missing_in_a_language_is_named_before_anything_is_written(lamps: Edition) -> None:
    ParagraphText.objects.filter(lang="ru").delete()
    with pytest.raises(CannotBuild, match="p1 .ru.: The text in this language is missing"):
        produce(CURATOR, lamps, "ru", Format.DOCX)

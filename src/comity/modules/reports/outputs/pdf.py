"""PDF/A-2a of an edition by typst: tagged, with embedded fonts, equal to the byte for the same edition.

The text goes in as data, so nothing in it can become markup. Labels of headings and numbers of paragraphs are printed
as text: typst numbers nested headings wrongly in right-to-left documents (github.com/typst/typst/issues/8500).
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from comity.core.texts.languages import direction
from comity.modules.reports.document import EditionDocument, Heading, Run
from comity.modules.reports.outputs.words import day_of, words
from comity.ui.fonts import SERIF, fonts_for, installed

_TEMPLATE = Path(__file__).parent / "edition.typ"
#: Size in points and space between lines: Arabic letters are small for their size, Chinese signs dense.
_SHAPE = {"ar": (12, 0.75), "zh": (10.5, 0.8)}
#: Signs of Latin fonts that Chinese text writes as wide ones: left to the Chinese font.
_LATIN_IN_CHINESE = "latin-in-cjk"


def write(document: EditionDocument, *, base: str = "", available: frozenset[str] | None = None) -> bytes:
    """Returns the PDF.

    With `base` ("https://node.example/en") each figure links to its page; without it, numbers are plain text.
    `available` are the font families to choose from, those of this machine where none are given. Raises
    `comity.ui.fonts.FontMissing` where a script cannot be set.
    """
    data = json.dumps(_data(document, base), ensure_ascii=False)
    fonts: list[Any] = fonts_for(data, SERIF, available)
    if document.lang == "zh":
        fonts = [{"name": f, "covers": _LATIN_IN_CHINESE} if f == SERIF.latin else f for f in fonts]
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        sys_inputs={"data": data, "fonts": json.dumps(fonts)},
        pdf_standards=["a-2a"],
        timestamp=int(datetime.combine(day_of(document), time(), UTC).timestamp()),
        font_paths=installed(),
        ignore_system_fonts=True,
    )
    assert isinstance(made, bytes)  # noqa: S101 (no output path was given)
    return made


def _data(document: EditionDocument, base: str) -> dict[str, Any]:
    """What the template reads."""
    said, head, day = words(document), document.masthead, day_of(document)
    size, leading = _SHAPE.get(document.lang, (10, 0.68))
    noted: set[int] = set()
    notes = {note.number: note.text for note in document.footnotes}

    def runs(items: tuple[Run, ...]) -> list[dict[str, Any]]:
        return [_run(item, base, notes, noted) for item in items]

    return {
        "lang": document.lang,
        "dir": direction(document.lang),
        "size": size,
        "leading": leading,
        "justify": document.lang != "zh",
        "title": document.title,
        "subtitle": document.subtitle,
        "author": head.organ,
        "day": [day.year, day.month, day.day],
        "house": said.house,
        "symbols": said.symbols,
        "organ": head.organ,
        "lines": said.lines,
        "session": head.session,
        "item": head.agenda_item,
        "notices": said.notices,
        "identity": " · ".join(filter(None, (document.code, document.digest[:12]))),
        "summary_word": said.summary,
        "summary": runs(document.summary),
        "body": [
            {"kind": "heading", "level": min(max(part.level, 1), 4), "label": part.label, "text": part.text}
            if isinstance(part, Heading)
            else {"kind": "paragraph", "number": part.number, "runs": runs(part.runs)}
            for part in document.body
        ],
    }


def _run(run: Run, base: str, notes: dict[int, str], noted: set[int]) -> dict[str, Any]:
    """A run as data. `noted` are the footnotes already printed: one mentioned again is its number alone."""
    if run.footnote is not None:
        first = run.footnote in notes and run.footnote not in noted
        noted.add(run.footnote)
        return {"mark": run.text or str(run.footnote), "note": notes.get(run.footnote, ""), "first": first}
    if run.figure is not None and base:
        return {"text": run.text, "link": base.rstrip("/") + run.figure.path}
    return {"text": run.text}

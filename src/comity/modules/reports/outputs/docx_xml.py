"""WordprocessingML by hand: elements, borders, and text with the direction of each stretch."""

from __future__ import annotations

import re

from docx.oxml.ns import nsmap
from lxml import etree

from comity.core.texts.languages import direction
from comity.modules.reports.outputs.signs import fit, stretches
from comity.modules.reports.printing.bidi import bare
from comity.ui.fonts import SERIF

W = nsmap["w"]
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: Text, line ends and tabs, in order.
_PARTS = re.compile(r"[^\n\t]+|\n|\t")
_ALONE = {"\n": "br", "\t": "tab"}
_MARK = "\u200e"


def el(tag: str, /, *content: etree._Element | str, **attributes: str) -> etree._Element:
    """Returns an element of WordprocessingML; attributes are in its namespace too."""
    made = etree.Element(f"{{{W}}}{tag}", {f"{{{W}}}{key}": value for key, value in attributes.items()}, {"w": W})
    for part in content:
        if isinstance(part, str):
            made.text = part
            made.set(_XML_SPACE, "preserve")
        else:
            made.append(part)
    return made


def border(side: str, thick: int) -> etree._Element:
    """A line at a side; `thick` in eighths of a point."""
    return el(side, val="single", sz=str(thick), space="0", color="000000")


class Text:
    """Writes text of one language as runs."""

    def __init__(self, lang: str) -> None:
        self.rtl = direction(lang) == "rtl"
        self.chinese = lang == "zh"

    def __call__(self, text: str, *, left_to_right: bool = False) -> list[etree._Element]:
        """Returns the runs. Word does not follow isolates: what they hold is a run of its own, between two marks."""
        if not self.rtl:
            return [self._run(bare(fit(text)), rtl=False)] if bare(text) else []
        parts = [(bare(text), True)] if left_to_right else stretches(text)
        return [self._run(f"{_MARK}{fit(t)}{_MARK}" if ltr else fit(t), rtl=not ltr) for t, ltr in parts]

    def pages(self) -> list[etree._Element]:
        """Page and number of pages, which Word counts; "1/3" in right-to-left text too."""
        number, of = (el("fldSimple", self._run("1", rtl=False), instr=f" {name} ") for name in ("PAGE", "NUMPAGES"))
        mark = [self._run(_MARK, rtl=False)] if self.rtl else []
        return [*mark, number, self._run("/", rtl=False), of, *([self._run(_MARK, rtl=False)] if self.rtl else [])]

    def _run(self, text: str, *, rtl: bool) -> etree._Element:
        run = el("r")
        if rtl:
            run.append(el("rPr", el("rtl")))
        elif self.rtl:
            # Arabic fonts may lack Western digits and letters: the Latin font is named for them in every role.
            run.append(el("rPr", el("rFonts", ascii=SERIF.latin, hAnsi=SERIF.latin, cs=SERIF.latin)))
        elif self.chinese:
            run.append(el("rPr", el("rFonts", hint="eastAsia")))
        for part in _PARTS.findall(text):
            run.append(el(_ALONE[part]) if part in _ALONE else el("t", part))
        return run

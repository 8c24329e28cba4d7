"""The look of a report in Word: styles, fonts with what Word puts in their place, and the list of paragraphs.

Measures follow United Nations documents: A4, text in a narrow column set in from the margins, paragraph numbers at
the edge of the column, headings with their label before it. Lengths are twips (1/20 point), sizes half points.
"""

from __future__ import annotations

from dataclasses import dataclass

from comity.core.texts.languages import direction
from comity.ui.fonts import SERIF

#: Width and height of A4, side margin, width between the margins, and how far the text is set in on both sides.
PAGE_WIDTH, PAGE_HEIGHT, MARGIN, WIDTH, INSET = 11906, 16838, 1200, 9506, 1267
_LABEL = 850
#: Middle of the numbers in a right-to-left text, from the edge of the column.
_FIRST = 230
_NOTICE = "9A3412"
_GREY = "5F5F5F"
#: Size of the text in half points: Arabic letters are small for their size, Chinese signs dense.
_SIZE = {"ar": 24, "zh": 21}
#: What Word takes where a font is missing, kind of script, and the character set that helps it choose.
_INSTEAD = {
    SERIF.latin: ("Times New Roman", "00"),
    SERIF.arabic: ("Traditional Arabic", "B2"),
    SERIF.chinese: ("SimSun", "86"),
}
#: Language tags that Word knows.
TAGS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def styles(lang: str) -> str:
    """Returns the styles part for a language: direction, sizes and language of proofing differ."""
    size = _SIZE.get(lang, 20)
    rtl = direction(lang) == "rtl"
    tag = TAGS.get(lang, lang)
    latin = tag if lang not in ("ar", "zh") else TAGS["en"]
    parts = [
        f'<w:styles {_W}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="{SERIF.latin}" '
        f'w:hAnsi="{SERIF.latin}" w:eastAsia="{SERIF.chinese}" w:cs="{SERIF.arabic}"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
        f'<w:lang w:val="{latin}" w:eastAsia="{TAGS["zh"]}" w:bidi="{tag if rtl else TAGS["ar"]}"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>",
        *[_style(name, look) for name, look in _looks(size, rtl).items()],
    ]
    parts.append(
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
        '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style></w:styles>'
    )
    return "".join(parts)


@dataclass(frozen=True)
class _Look:
    """One paragraph style. Space before and after in twips; line 240 is one line; size in half points."""

    name: str
    align: str = "left"
    before: int = 0
    after: int = 0
    line: int = 240
    size: int = 0
    bold: bool = False
    italic: bool = False
    keep: bool = False
    color: str = ""
    indent: str = ""
    tabs: str = ""
    border: str = ""
    number: bool = False
    outline: int | None = None
    bidi: bool = False


def _inset(hanging: int = 0, first: int = 0) -> str:
    hang = f' w:hanging="{hanging}"' if hanging else f' w:firstLine="{first}"'
    return f'<w:ind w:left="{INSET}" w:right="{INSET}"{hang}/>'


def _tab(align: str, place: int) -> str:
    return f'<w:tabs><w:tab w:val="{align}" w:pos="{place}"/></w:tabs>'


def _looks(size: int, rtl: bool) -> dict[str, _Look]:
    """The paragraph styles by their identifiers."""
    rule = '<w:pBdr><w:bottom w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>'
    # Between Chinese signs there are no blanks to stretch: a long symbol would pull a justified line apart.
    text = "left" if size == _SIZE["zh"] else "both"
    looks = {
        "Normal": _Look("Normal", text, after=120, line=264, bidi=rtl),
        "House": _Look("Masthead house", after=40, size=size + 6, bold=True),
        "Symbol": _Look("Masthead symbol", "right", after=40, size=size + 6, bold=True),
        "Organ": _Look("Masthead organ", before=120, after=240, size=size + 20, bold=True),
        "MastheadLine": _Look("Masthead line", before=20, after=20),
        "Session": _Look("Session", line=264),
        "AgendaItem": _Look("Agenda item", line=264, bold=True),
        "Title": _Look("Title", before=480, after=120, size=size + 8, bold=True, indent=_inset()),
        "Subtitle": _Look("Subtitle", before=120, after=240, size=size + 4, bold=True, indent=_inset()),
        "SummaryHeading": _Look("Summary heading", "center", before=120, after=120, bold=True, keep=True),
        "SummaryText": _Look("Summary text", text, after=160, line=264),
        "NumberedParagraph": _Look(
            "Numbered paragraph", text, after=120, line=264, indent=_inset(first=_FIRST if rtl else 0),
            tabs=_tab("left", INSET + 570), number=True,
        ),
        "End": _Look("End of document", "center", before=360, color="808080"),
        "Header": _Look("header", "right", after=120, size=size - 2, bold=True, border=rule),
        "FirstHeader": _Look("First header", size=size - 2),
        "Notice": _Look("Notice", size=size - 3, bold=True, color=_NOTICE),
        "Footer": _Look("footer", before=40, size=size - 4, color=_GREY, tabs=_tab("right", WIDTH)),
        "FootnoteText": _Look("footnote text", after=40, size=size - 3, indent=_inset()),
    }  # fmt: skip
    for level, (more, before) in enumerate(((8, 320), (4, 280), (0, 240), (0, 200)), start=1):
        looks[f"Heading{level}"] = _Look(
            f"heading {level}", before=before, after=120, size=size + more, bold=True, italic=level == 4, keep=True,
            indent=_inset(_LABEL), tabs=_tab("left", INSET), outline=level - 1,
        )  # fmt: skip
    return looks


def _style(ident: str, look: _Look) -> str:
    """One paragraph style; the order of the elements is that of the schema."""
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if look.keep else "")
        + ('<w:numPr><w:numId w:val="1"/></w:numPr>' if look.number else "")
        + look.border
        + look.tabs
        + ("<w:bidi/>" if look.bidi else "")
        + f'<w:spacing w:before="{look.before}" w:after="{look.after}" w:line="{look.line}" w:lineRule="auto"/>'
        + f'{look.indent}<w:jc w:val="{look.align}"/>'
        + (f'<w:outlineLvl w:val="{look.outline}"/>' if look.outline is not None else "")
    )
    run = (
        ("<w:b/><w:bCs/>" if look.bold else "")
        + ("<w:i/>" if look.italic else "")
        + (f'<w:color w:val="{look.color}"/>' if look.color else "")
        + (f'<w:sz w:val="{look.size}"/><w:szCs w:val="{look.size}"/>' if look.size else "")
    )
    first, based = (' w:default="1"', "") if ident == "Normal" else ("", '<w:basedOn w:val="Normal"/>')
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{ident}"><w:name w:val="{look.name}"/>{based}<w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def fonts() -> str:
    """Returns the table of fonts: Word takes the other name where the font is not installed."""
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{instead}"/><w:charset w:val="{charset}"/>'
        '<w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
        for name, (instead, charset) in _INSTEAD.items()
    )
    return f"<w:fonts {_W}>{rows}</w:fonts>"


def numbering(starts: list[int], lang: str) -> str:
    """Returns the list of paragraphs. `starts[0]` is the first number; each further one starts the count anew.

    Word and LibreOffice disagree on which side "left" is in a right-to-left list, so there the numbers are centred
    on a place inside the column.
    """
    rtl = direction(lang) == "rtl"
    place = _inset(first=_FIRST if rtl else 0)
    level = (
        f'<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/><w:lvl w:ilvl="0">'
        f'<w:start w:val="{starts[0]}"/><w:numFmt w:val="decimal"/><w:pStyle w:val="NumberedParagraph"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="%1."/><w:lvlJc w:val="{"center" if rtl else "left"}"/><w:pPr>'
        f'<w:tabs><w:tab w:val="num" w:pos="{INSET + 570}"/></w:tabs>{place}</w:pPr>'
        f'<w:rPr><w:rFonts w:ascii="{SERIF.latin}" w:hAnsi="{SERIF.latin}" w:cs="{SERIF.latin}"/></w:rPr>'
        "</w:lvl></w:abstractNum>"
    )
    again = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
        f'<w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        for number, start in enumerate(starts[1:], start=2)
    )
    return f'<w:numbering {_W}>{level}<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{again}</w:numbering>'

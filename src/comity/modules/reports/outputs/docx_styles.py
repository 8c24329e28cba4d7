"""The look of a report in Word: styles, fonts with what Word puts in their place, and the list of paragraphs.

Measures follow United Nations documents: A4, text in a narrow column set in from the margins, paragraph numbers at
the edge of the column, headings with their label before it. Lengths are twips (1/20 point), sizes half points.
"""

from __future__ import annotations

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
        _style("Normal", "Normal", _space(0, 120, 264) + ("both",), based="", bidi=rtl, default=True),
    ]
    for name, args in _paragraph_styles(size, rtl).items():
        parts.append(_style(name, *args[:2], **args[2]))
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


def _space(before: int, after: int, line: int = 240) -> tuple[str]:
    return (f'<w:spacing w:before="{before}" w:after="{after}" w:line="{line}" w:lineRule="auto"/>',)


def _inset(hanging: int = 0, first: int = 0) -> str:
    hang = f' w:hanging="{hanging}"' if hanging else f' w:firstLine="{first}"'
    return f'<w:ind w:left="{INSET}" w:right="{INSET}"{hang}/>'


def _paragraph_styles(size: int, rtl: bool) -> dict[str, tuple[str, tuple[str, ...], dict[str, object]]]:
    """Style: name as Word shows it, (spacing, alignment), the rest of `_style`."""
    label = f'<w:tabs><w:tab w:val="left" w:pos="{INSET}"/></w:tabs>'
    rule = '<w:pBdr><w:{0} w:val="single" w:sz="4" w:space="4" w:color="808080"/></w:pBdr>'
    both = f'<w:tabs><w:tab w:val="right" w:pos="{WIDTH}"/></w:tabs>'
    made: dict[str, tuple[str, tuple[str, ...], dict[str, object]]] = {
        "House": ("Masthead house", (*_space(0, 40), "left"), {"size": size + 6, "bold": True}),
        "Symbol": ("Masthead symbol", (*_space(0, 40), "right"), {"size": size + 6, "bold": True}),
        "Organ": ("Masthead organ", (*_space(120, 240), "left"), {"size": size + 20, "bold": True}),
        "MastheadLine": ("Masthead line", (*_space(20, 20), "left"), {}),
        "Session": ("Session", (*_space(0, 0, 264), "left"), {}),
        "AgendaItem": ("Agenda item", (*_space(0, 0, 264), "left"), {"bold": True}),
        "Title": ("Title", (*_space(480, 120), "left"), {"size": size + 8, "bold": True, "indent": _inset()}),
        "Subtitle": ("Subtitle", (*_space(120, 240), "left"), {"size": size + 4, "bold": True, "indent": _inset()}),
        "SummaryHeading": ("Summary heading", (*_space(120, 120), "center"), {"bold": True, "keep": True}),
        "SummaryText": ("Summary text", (*_space(0, 160, 264), "both"), {}),
        "NumberedParagraph": (
            "Numbered paragraph", (*_space(0, 120, 264), "both"),
            {"indent": _inset(first=_FIRST if rtl else 0), "number": True,
             "tabs": f'<w:tabs><w:tab w:val="left" w:pos="{INSET + 570}"/></w:tabs>'},
        ),
        "End": ("End of document", (*_space(360, 0), "center"), {"color": "808080"}),
        "Header": ("header", (*_space(0, 120), "right"), {"size": size - 2, "bold": True, "border": rule.format("bottom")}),
        "FirstHeader": ("First header", (*_space(0, 0), "left"), {"size": size - 2}),
        "Notice": ("Notice", (*_space(0, 0), "left"), {"size": size - 3, "bold": True, "color": _NOTICE}),
        "Footer": ("footer", (*_space(40, 0), "left"), {"size": size - 4, "color": _GREY, "tabs": both}),
        "FootnoteText": (
            "footnote text", (*_space(0, 40), "left"), {"size": size - 3, "indent": f'<w:ind w:left="{INSET}" w:right="{INSET}"/>'},
        ),
    }  # fmt: skip
    for level, (more, before) in enumerate(((8, 320), (4, 280), (0, 240), (0, 200)), start=1):
        made[f"Heading{level}"] = (
            f"heading {level}", (*_space(before, 120), "left"),
            {"size": size + more, "bold": True, "italic": level == 4, "indent": _inset(_LABEL), "tabs": label,
             "keep": True, "outline": level - 1},
        )  # fmt: skip
    return made


def _style(
    ident: str, name: str, shape: tuple[str, ...], *, based: str = "Normal", default: bool = False, bidi: bool = False,
    size: int = 0, bold: bool = False, italic: bool = False, color: str = "", indent: str = "", tabs: str = "",
    border: str = "", keep: bool = False, number: bool = False, outline: int | None = None,
) -> str:
    """One paragraph style; the order of the elements is that of the schema."""
    spacing, align = shape
    paragraph = (
        ("<w:keepNext/><w:keepLines/>" if keep else "")
        + ('<w:numPr><w:numId w:val="1"/></w:numPr>' if number else "")
        + border + tabs
        + ("<w:bidi/>" if bidi else "")
        + spacing + indent + f'<w:jc w:val="{align}"/>'
        + (f'<w:outlineLvl w:val="{outline}"/>' if outline is not None else "")
    )  # fmt: skip
    run = (
        ("<w:b/><w:bCs/>" if bold else "")
        + ("<w:i/>" if italic else "")
        + (f'<w:color w:val="{color}"/>' if color else "")
        + (f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>' if size else "")
    )
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="paragraph"{first} w:styleId="{ident}">'
        f'<w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based else "")
        + "<w:qFormat/>"
        + f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
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

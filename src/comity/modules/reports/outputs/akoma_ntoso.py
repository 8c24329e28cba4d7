"""Akoma Ntoso for United Nations documents (AKN4UN) of an edition: the document as issued, and the report in it.

The guidelines (unsceb-hlcm.github.io, parts 1 and 2) tell the document that readers get, `documentCollection` of name
"publication" with the masthead as its cover page, from the logical text it carries, here a `statement` of name
"report". Headings are nested containers, each figure a `quantity` with the exact number, footnotes `authorialNote`.
What the standard has no place for, the list of figures, stands in `proprietary` in our own namespace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml.builder import ElementMaker

from comity.modules.reports import symbols
from comity.modules.reports.document import EditionDocument, Heading, NumberedParagraph, Run
from comity.modules.reports.outputs import manifest
from comity.modules.reports.outputs.signs import fit
from comity.modules.reports.outputs.words import Words, day_of, words
from comity.modules.reports.printing import bare

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: Element for each level of heading, and the prefix of its identifier (Akoma Ntoso naming convention, section 5.2).
_LEVELS = (("chapter", "chp"), ("section", "sec"), ("subsection", "subsec"), ("level", "lvl"))
#: ISO 639-2 codes, which the standard wants.
_ALPHA3 = {"ar": "ara", "en": "eng", "es": "spa", "fr": "fra", "ru": "rus", "zh": "zho"}
_E = ElementMaker(namespace=AKN, nsmap={None: AKN, "comity": manifest.NAMESPACE})
_UNFIT = re.compile(r"[^\w.-]+")


def write(document: EditionDocument) -> bytes:
    """Returns the file in UTF-8; the same edition gives the same bytes."""
    said = words(document)
    collection = _E.documentCollection(
        _meta(document, said, part=""),
        _cover(document, said),
        _E.collectionBody(_E.component(_report(document, said), eId="cmp_1")),
        name="publication",
        contains="singleVersion",
    )
    root = _E.akomaNtoso(collection)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False)) + b"\n"


def identifiers(document: EditionDocument) -> tuple[str, str]:
    """The addresses of work and expression. A symbol that is not yet one stands in a made-up place of its own."""
    day, lang = day_of(document), _ALPHA3.get(document.lang, document.lang)
    work = ""
    for symbol in document.masthead.symbols:
        try:
            parsed = symbols.parse(symbol)
            work = symbols.iri(parsed[0], document.masthead.issued_on)
            break
        except ValueError:
            continue
    work = work or f"/akn/un/collection/publication/un/{day.isoformat()}/{_name(document.code)}"
    return work, f"{work}/{lang}@{day.isoformat()}"


def _name(text: str) -> str:
    """A name that may stand in an address or an identifier."""
    return _UNFIT.sub("-", text).strip("-") or "-"


def _text(text: str) -> str:
    return bare(fit(text))


def _meta(document: EditionDocument, said: Words, part: str) -> etree._Element:
    """Identification of the document (`part` "") or of the report in it (`part` "report")."""
    if not part:
        return _E.meta(_identification(document, said, part), _organizations(document))
    concepts = _concepts(document)
    return _E.meta(
        _identification(document, said, part),
        *([_E.references(*concepts, source="#comity")] if concepts else []),
        _E.proprietary(manifest.element(document), source="#comity"),
    )


def _identification(document: EditionDocument, said: Words, part: str) -> etree._Element:
    work, expression = identifiers(document)
    day, lang = day_of(document).isoformat(), _ALPHA3.get(document.lang, document.lang)
    original = _ALPHA3.get(document.masthead.original, document.masthead.original)
    this = f"/!{part or 'main'}"
    # A text that says "fictitious" or "unofficial" about itself is not authoritative.
    own = [] if document.status in ("original", "official") and not said.notices else ["false"]
    author = "#organ"
    translated = document.lang != document.masthead.original
    translation = {
        "href": f"{work}/{original}@{day}",
        "fromLanguage": original,
        "authoritative": "true" if document.status == "official" else "false",
        "by": author if document.status == "official" else "#comity",
    }
    return _E.identification(
        _E.FRBRWork(
            _E.FRBRthis(value=work + this),
            _E.FRBRuri(value=work),
            _E.FRBRalias(value=_text(document.code), name="edition"),
            *[_E.FRBRalias(value=_text(symbol), name="symbol") for symbol in document.masthead.symbols],
            _E.FRBRdate(date=day, name="issued"),
            _E.FRBRauthor(href=author),
            _E.FRBRcountry(value="un"),
            _E.FRBRsubtype(value=part or "publication"),
            *[_E.FRBRnumber(value=_text(symbol)) for symbol in document.masthead.symbols],
            _E.FRBRname(value=_text(document.title)),
            *[_E.FRBRauthoritative(value=value) for value in own],
        ),
        _E.FRBRExpression(
            _E.FRBRthis(value=expression + this),
            _E.FRBRuri(value=expression),
            _E.FRBRdate(date=day, name="issued"),
            _E.FRBRauthor(href=author),
            *[_E.FRBRauthoritative(value=value) for value in own],
            _E.FRBRlanguage(language=lang),
            *([_E.FRBRtranslation(**translation)] if translated else []),
        ),
        _E.FRBRManifestation(
            _E.FRBRthis(value=f"{expression}{this}.xml"),
            _E.FRBRuri(value=f"{expression}.xml"),
            _E.FRBRdate(date=day, name="made"),
            _E.FRBRauthor(href="#comity"),
        ),
        source="#comity",
    )


def _organizations(document: EditionDocument) -> etree._Element:
    organ = _text(document.masthead.organ) or "-"
    return _E.references(
        _E.TLCOrganization(eId="organ", href="/akn/ontology/organization/un/organ", showAs=organ),
        _E.TLCOrganization(eId="comity", href="/akn/ontology/organization/comity", showAs="Comity"),
        source="#comity",
    )


def _concepts(document: EditionDocument) -> list[etree._Element]:
    """What is counted, and what asked for the paragraphs: each named once."""
    slugs = {_concept(figure.slug): figure.slug for figure in document.figures()}
    mandates = {_mandate(mandate): mandate for p in document.paragraphs() for mandate in p.mandates}
    figure, mandate = "/akn/ontology/concept/comity/figure/", "/akn/ontology/concept/un/mandate/"
    return [
        _E.TLCConcept(eId=ident, href=place + _name(name), showAs=_text(name))
        for place, names in ((figure, slugs), (mandate, mandates))
        for ident, name in sorted(names.items())
    ]


def _concept(slug: str) -> str:
    return f"figure-{_name(slug)}"


def _mandate(mandate: str) -> str:
    return f"mandate-{_name(mandate)}"


def _cover(document: EditionDocument, said: Words) -> etree._Element:
    """The masthead, and what is printed on every page."""
    head = document.masthead
    symbol_parts = [_E.p(_E.docNumber(_text(symbol))) for symbol in head.symbols]
    lines = [_E.p(_text(line)) for line in said.lines]
    if head.issued_on:
        lines[1] = _E.p(_E.docDate(_text(said.lines[1]), date=head.issued_on.isoformat()))
    parts = [
        _container(
            "masthead", [_E.p(_text(said.house)), *symbol_parts, _E.p(_E.docAuthority(_text(head.organ))), *lines]
        )
    ]
    if head.session or head.agenda_item:
        session = [_E.p(_E.session(_text(line))) for line in head.session.splitlines()]
        parts.append(_container("corner", [*session, *[_E.p(_text(line)) for line in head.agenda_item.splitlines()]]))
    if said.notices:
        parts.append(_container("notices", [_E.p(_text(notice)) for notice in said.notices]))
    return _E.coverPage(*parts)


def _container(name: str, content: Iterable[etree._Element]) -> etree._Element:
    return _E.container(*content, name=name, eId=f"container_{name}")


def _report(document: EditionDocument, said: Words) -> etree._Element:
    writer = _Writer(document)
    preface = [_E.longTitle(_E.p(_E.docTitle(_text(document.title))), eId="longTitle")]
    if document.subtitle:
        preface.append(_E.p(_text(document.subtitle)))
    if document.summary:
        content = [_E.p(_text(said.summary)), writer.p(document.summary)]
        preface.append(_container("summary", content))
    return _E.statement(
        _meta(document, said, part="report"),
        _E.preface(*preface),
        writer.body(),
        name="report",
        contains="singleVersion",
    )


class _Writer:
    """Writes the text; footnotes stand where they are first mentioned."""

    def __init__(self, document: EditionDocument) -> None:
        self.document = document
        self.notes = {note.number: note.text for note in document.footnotes}
        self.noted: set[int] = set()

    def body(self) -> etree._Element:
        """Headings as containers within each other, paragraphs in the deepest one."""
        body = _E.mainBody()
        chain: list[tuple[int, etree._Element]] = [(0, body)]
        counts: dict[str, int] = {}
        for part in self.document.body:
            if isinstance(part, NumberedParagraph):
                chain[-1][1].append(self.paragraph(part))
                continue
            level = min(max(part.level, 1), len(_LEVELS))
            while chain[-1][0] >= level:
                chain.pop()
            parent = chain[-1][1]
            name, prefix = _LEVELS[level - 1]
            above = parent.get("eId", "")
            start = f"{above}__{prefix}" if above else prefix
            counts[start] = counts.get(start, 0) + 1
            element = _E(name, *_label(part), eId=f"{start}_{counts[start]}")
            parent.append(element)
            chain.append((level, element))
        if not len(body):
            body.append(_E.p())
        return body

    def paragraph(self, part: NumberedParagraph) -> etree._Element:
        named = {"refersTo": " ".join(f"#{_mandate(m)}" for m in part.mandates)} if part.mandates else {}
        key = {f"{{{manifest.NAMESPACE}}}key": part.key}
        content = _E.content(self.p(part.runs))
        return _E.paragraph(_E.num(f"{part.number}."), content, eId=f"para_{part.number}", **named, **key)

    def p(self, runs: tuple[Run, ...]) -> etree._Element:
        line = _E.p()
        for run in runs:
            if run.footnote is not None:
                line.append(self.note(run.footnote, run.text))
            elif run.figure is not None:
                figure = run.figure
                line.append(
                    _E.quantity(
                        _text(run.text),
                        eId=figure.key,
                        refersTo=f"#{_concept(figure.slug)}",
                        normalized=format(figure.value, "f"),
                    )
                )
            elif len(line):
                line[-1].tail = (line[-1].tail or "") + _text(run.text)
            else:
                line.text = (line.text or "") + _text(run.text)
        return line

    def note(self, number: int, mark: str) -> etree._Element:
        mark = mark or str(number)
        if number in self.noted or number not in self.notes:
            return _E.noteRef(href=f"#fn_{number}", marker=mark)
        self.noted.add(number)
        return _E.authorialNote(_E.p(_text(self.notes[number])), marker=mark, placement="bottom", eId=f"fn_{number}")


def _label(part: Heading) -> list[etree._Element]:
    label = [_E.num(_text(part.label))] if part.label else []
    return [*label, _E.heading(_text(part.text))]

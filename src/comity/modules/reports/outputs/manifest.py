"""The list of figures that travels inside a DOCX and an Akoma Ntoso file: which mark stands for which number."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from comity.modules.reports.document import EditionDocument, NumberedParagraph, PrintedFigure

#: Our namespace for it.
NAMESPACE = "urn:comity:reports"
_NSMAP = {None: NAMESPACE}


def placed_figures(document: EditionDocument) -> Iterator[tuple[int | None, PrintedFigure]]:
    """Yields (paragraph number, figure) in the order of reading; None for those of the summary."""
    yield from ((None, run.figure) for run in document.summary if run.figure)
    for paragraph in document.paragraphs():
        yield from ((paragraph.number, run.figure) for run in paragraph.runs if run.figure)


def element(document: EditionDocument) -> etree._Element:
    """Returns the `manifest` element: the edition, its paragraphs with their keys, its figures."""
    root = etree.Element(
        f"{{{NAMESPACE}}}manifest",
        {"edition": document.code, "lang": document.lang, "digest": document.digest},
        nsmap=_NSMAP,
    )
    for part in document.body:
        if isinstance(part, NumberedParagraph):
            etree.SubElement(root, f"{{{NAMESPACE}}}paragraph", {"number": str(part.number), "key": part.key})
    for number, figure in placed_figures(document):
        described = {
            "key": figure.key,
            "slug": figure.slug,
            "paragraph": "" if number is None else str(number),
            "value": format(figure.value, "f"),
            "unit": figure.unit,
            "qualifier": figure.qualifier,
            "period": figure.period,
            "asOf": figure.as_of.isoformat(),
            "basis": figure.basis,
            "text": figure.text,
            "digest": figure.digest,
        }
        etree.SubElement(root, f"{{{NAMESPACE}}}figure", described)
    return root

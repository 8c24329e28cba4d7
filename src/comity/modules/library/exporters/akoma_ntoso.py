"""Akoma Ntoso 3.0 (OASIS LegalDocML) of laws: one document per law and language.

Standard parts hold what the standard has a place for: FRBR addresses with our number, dates, title, the tree of
provisions with `eId` = our key, tags as `keyword` with the concept they refer to. What it has no place for stands in
`proprietary` and in attributes of our own namespace, which the schema allows; `importers/own_akoma_ntoso.py` reads
all of it back. Not carried: the bytes of files (their digests are).
"""

from __future__ import annotations

import json
import re
from datetime import date

from lxml import etree
from lxml.builder import ElementMaker

from comity.modules.library.content import Content, Provision, to_plain
from comity.modules.library.exporters.entry import Entry
from comity.modules.library.vocabulary import LawType

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
#: Our namespace for what the standard has no place for.
COMITY = "urn:comity:library"
#: ISO 639-2 codes, which the standard wants, of languages with a two-letter code.
ALPHA3 = {"ar": "ara", "de": "deu", "en": "eng", "es": "spa", "fr": "fra", "pt": "por", "ru": "rus", "zh": "zho"}
#: Kinds that the standard has no element for; they become `hcontainer`.
WITHOUT_ELEMENT = frozenset({"schedule", "preamble"})
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_E = ElementMaker(namespace=AKN, nsmap={None: AKN, "comity": COMITY})


def documents(entry: Entry) -> list[tuple[str, bytes]]:
    """Returns (file name, document) for each language the law is in. Raises ValueError for what is no law."""
    if entry.content.law is None:
        raise ValueError(f"{entry.number} is no law")
    return [(f"{entry.number}-{lang}.xml", _document(entry, lang)) for lang in languages(entry.content)]


def languages(content: Content) -> list[str]:
    """The languages in the order in which the content names them."""
    every = [t.lang for t in content.texts] + [t.lang for p in content.provisions for t in p.texts]
    return list(dict.fromkeys(every))


def _document(entry: Entry, lang: str) -> bytes:
    title = entry.content.text("title", lang)
    act = _E.act(
        _meta(entry, lang),
        _E.preface(_E.longTitle(_E.p(_E.docTitle(_fit(title.value if title else entry.number))))),
        _body(entry.content, lang),
        name="act",
        contains="singleVersion",
    )
    root = _E.akomaNtoso(act)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _fit(text: str) -> str:
    """The text without the signs that XML cannot hold."""
    return _UNFIT.sub("", text)


def _meta(entry: Entry, lang: str) -> etree._Element:
    content = entry.content
    refs = _E.references(
        _E.TLCOrganization(eId="comity", href="/akn/ontology/organization/comity", showAs="Comity"),
        _E.TLCOrganization(
            eId="issuer", href="/akn/ontology/organization/issuer",
            showAs=_fit((content.law.issued_by if content.law else "") or entry.state_name or content.body or "-"),
        ),
        *[
            _E.TLCConcept(eId=_concept(scheme, value), href=f"/akn/ontology/concept/{scheme}/{value}", showAs=value)
            for scheme, value in dict.fromkeys((t.scheme, t.value) for t in content.tags)
        ],
        source="#comity",
    )  # fmt: skip
    parts = [_identification(entry, lang), _classification(content), _lifecycle(content), refs, _own(entry, lang)]
    return _E.meta(*[part for part in parts if part is not None])


def _concept(scheme: str, value: str) -> str:
    return re.sub(r"\s", "_", f"{scheme}-{value}")


def _identification(entry: Entry, lang: str) -> etree._Element:
    content, law = entry.content, entry.content.law
    assert law is not None  # noqa: S101 (`documents` looked)
    state = (entry.iso2 or content.state or "un").lower()
    subtype = "act" if law.type == LawType.OTHER else law.type
    work = f"/akn/{state}/act/{content.year or 'nd'}/{entry.number}"
    expression = f"{work}/{ALPHA3.get(lang, lang)}@{law.consolidated_as_of or ''}"
    day = law.adopted_on or date(content.year or 1, 1, 1)
    author = {"href": "#issuer"}
    return _E.identification(
        _E.FRBRWork(
            _E.FRBRthis(value=f"{work}/!main"),
            _E.FRBRuri(value=work),
            _E.FRBRalias(value=_fit(entry.identity()), name="identity"),
            _E.FRBRdate(date=day.isoformat(), name="adopted" if law.adopted_on else "year"),
            _E.FRBRauthor(**author),
            _E.FRBRcountry(value=state),
            _E.FRBRsubtype(value=subtype),
            _E.FRBRnumber(value=_fit(law.official_number) or entry.number),
            _E.FRBRname(value=_fit(entry.title(lang))),
        ),
        _E.FRBRExpression(
            _E.FRBRthis(value=f"{expression}/!main"),
            _E.FRBRuri(value=expression),
            _E.FRBRdate(date=(law.consolidated_as_of or day).isoformat(), name="expression"),
            _E.FRBRauthor(**author),
            _E.FRBRlanguage(language=ALPHA3.get(lang, lang)),
        ),
        _E.FRBRManifestation(
            _E.FRBRthis(value=f"{expression}/!main.xml"),
            _E.FRBRuri(value=f"{expression}.xml"),
            _E.FRBRdate(date=(law.consolidated_as_of or day).isoformat(), name="manifestation"),
            _E.FRBRauthor(href="#comity"),
        ),
        source="#comity",
    )


def _classification(content: Content) -> etree._Element | None:
    words = []
    for tag in content.tags:
        place = {"href": f"#{tag.provision}"} if tag.provision else {}
        words.append(
            _E.keyword(
                value=tag.value, showAs=tag.value.replace(":", " "), dictionary=tag.scheme,
                refersTo="#" + _concept(tag.scheme, tag.value), **place,
            )
        )  # fmt: skip
    return _E.classification(*words, source="#comity") if words else None


def _lifecycle(content: Content) -> etree._Element | None:
    law = content.law
    assert law is not None  # noqa: S101
    days = [("generation", law.adopted_on or law.in_force_on), ("repeal", law.repealed_on)]
    events = [
        _E.eventRef(date=day.isoformat(), type=kind, source="#issuer", eId=f"event-{kind}") for kind, day in days if day
    ]
    return _E.lifecycle(*events, source="#comity") if events else None


def _own(entry: Entry, lang: str) -> etree._Element:
    """The record without its provisions and other languages, as in JSON Lines."""
    texts = [text for text in entry.content.texts if text.lang == lang]
    plain = to_plain(entry.content.model_copy(update={"texts": texts, "provisions": []}))
    plain["identity"] = entry.identity()
    record = etree.Element(f"{{{COMITY}}}record", {"lang": lang})
    record.text = json.dumps(plain, ensure_ascii=True)
    return _E.proprietary(record, source="#comity")


def _body(content: Content, lang: str) -> etree._Element:
    """The tree. Provisions that the language lacks stand in it empty, so that their order is kept."""
    children: dict[str, list[Provision]] = {}
    for provision in content.provisions:
        children.setdefault(provision.parent, []).append(provision)
    body = _E.body(*[_element(p, children, lang) for p in children.get("", ())])
    _keep_order(body, [p.key for p in content.provisions])
    if not len(body):
        body.append(_E.hcontainer(_E.content(_E.p()), name="empty"))
    return body


def _keep_order(body: etree._Element, keys: list[str]) -> None:
    """Numbers the provisions where their order is not that of the tree: where a piece stands apart from its group."""
    elements = {element.get("eId"): element for element in body.iter() if element.get("eId")}
    if list(elements) != keys:
        for number, key in enumerate(keys):
            elements[key].set(f"{{{COMITY}}}order", str(number))


def _element(provision: Provision, children: dict[str, list[Provision]], lang: str) -> etree._Element:
    text = next((t for t in provision.texts if t.lang == lang), None)
    named = {"name": provision.kind} if provision.kind in WITHOUT_ELEMENT else {}
    element = _E("hcontainer" if named else provision.kind, eId=provision.key, **named)
    if provision.number:
        element.set(f"{{{COMITY}}}number", _fit(provision.number))
    if text is not None:
        element.set(f"{{{COMITY}}}status", text.status)
        if text.label:
            element.append(_E.num(_fit(text.label)))
        if text.heading:
            element.append(_E.heading(_fit(text.heading)))
    paragraphs = [_E.p(_fit(line)) for line in text.text.split("\n")] if text and text.text else []
    below = children.get(provision.key, ())
    if below:
        element.extend([_E.intro(*paragraphs)] if paragraphs else [])
        element.extend([_element(child, children, lang) for child in below])
    else:
        element.append(_E.content(*(paragraphs or [_E.p()])))
    return element

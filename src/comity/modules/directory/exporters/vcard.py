"""vCard 4.0 (RFC 6350) of authorities: for address books of people who work by telephone and mail."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import vobject
from vobject.vcard import Address, VCard3_0

from comity.core.texts.models import TextStatus
from comity.modules.directory.records import AuthorityRecord, ContactRecord
from comity.modules.directory.vocabulary import Function


class VCard4(VCard3_0):
    """vobject's card, in the order and version that RFC 6350 demands."""

    versionString = "4.0"
    sortFirst = ("version", "kind", "uid", "fn")


def to_vcard(entries: Sequence[tuple[AuthorityRecord, str, str]], lang: str) -> str:
    """Returns one card for each (record, stable identifier, State's name), with the parts the record holds."""
    return "".join(_card(record, uid, state, lang) for record, uid, state in entries)


def _card(record: AuthorityRecord, uid: str, state: str, lang: str) -> str:
    card = vobject.base.Component("VCARD")
    card.behavior = VCard4

    def add(name: str, value: object, **parameters: str) -> None:
        line = card.add(name)
        line.value = value
        line.params.update({key.upper(): [_parameter(text)] for key, text in parameters.items() if text})

    add("version", "4.0")
    add("kind", "org")
    add("uid", f"urn:uuid:{uid}")
    for text in _names(record, lang):
        add("fn", text[1], language=text[0])
    add("org", [record.name(lang), state])
    for contact in record.contacts:
        _contact(add, contact)
    for number, code in enumerate(record.languages, start=1):
        add("lang", code, pref=str(min(number, 100)))
    if record.zone:
        add("tz", record.zone)
    if record.functions:
        add("categories", [str(Function(f).label) for f in record.functions])
    for kind_text in record.texts:
        if kind_text.kind != "name":
            add("note", f"{kind_text.kind}: {kind_text.value}", language=kind_text.lang)
    if record.fictitious:
        add("note", "Fictitious entry for demonstration. It belongs to nobody.", language="en")
    if record.last_confirmed_on:
        add("rev", record.last_confirmed_on.strftime("%Y%m%d") + "T000000Z")
    return str(card.serialize(validate=False))


def _names(record: AuthorityRecord, lang: str) -> Iterable[tuple[str, str]]:
    names = [t for t in record.texts if t.kind == "name"]
    names.sort(key=lambda t: (t.lang != lang, t.status != TextStatus.ORIGINAL))
    return [(t.lang, t.value) for t in names]


def _contact(add: object, contact: ContactRecord) -> None:
    assert callable(add)  # noqa: S101 (a local function of `_card`)
    kind = "x-urgent" if contact.urgent else "work"
    match contact.kind:
        case "email":
            add("email", contact.value, type=kind)
        case "phone":
            add("tel", contact.value, type=kind)
        case "fax":
            add("tel", contact.value, type="fax")
        case "website":
            add("url", contact.value)
        case "address":
            add("adr", Address(street=contact.value), language=contact.lang)
        case "person":
            add("related", contact.value, type="agent", value="text")
        case _:
            add("note", f"{contact.kind}: {contact.value}", language=contact.lang)


def _parameter(text: str) -> str:
    """A parameter holds no quote and no line end (RFC 6868)."""
    return text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")

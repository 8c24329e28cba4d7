"""What differs between an authority's entry and what its State notified under a treaty.

UNTOC articles 18(13)-(14) and UNCAC 46(13)-(14) ask each State to name its central authority and the
languages it accepts (Comity domain notes, section 4, Link 18(13)/46(13) values to records).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError

from comity.core.texts.languages import UN_LANGUAGES, direction
from comity.modules.directory.records import AuthorityRecord
from comity.modules.directory.vocabulary import AUTHORITY_NOTIFICATIONS, LANGUAGE_NOTIFICATIONS, TextKind


@dataclass(frozen=True)
class Difference:
    """A matter on which the notification and the entry do not agree. `kind` is authority or languages."""

    kind: str
    instrument: str
    article: str
    notified: str
    lang: str
    notified_on: date | None
    held: str
    #: Language codes only notified, and only in the entry.
    only_notified: tuple[str, ...] = ()
    only_held: tuple[str, ...] = ()

    @property
    def dir(self) -> str:
        """Writing direction of the notified text."""
        return direction(self.lang)


def differences(record: AuthorityRecord, notifications: Iterable[Any], on: date) -> list[Difference]:
    """Compares an entry with its State's notifications (`Said` of the treaties module) that stand on `on`.

    Of several notifications under one article the newest counts. Where nothing was notified, nothing differs.
    """
    newest: dict[tuple[str, str], Any] = {}
    for said in sorted(notifications, key=lambda s: s.made_on or date.min):
        if said.stands_on(on):
            newest[said.code, said.article.replace(" ", "")] = said
    found: list[Difference] = []
    under = {p.instrument for p in record.provisions}
    for code in sorted(under):
        for article, functions in AUTHORITY_NOTIFICATIONS.get(code, {}).items():
            said = newest.get((code, article))
            if said and functions & set(record.functions) and not _named(record, said.text):
                held = record.original_name()
                found.append(Difference("authority", code, article, said.text, said.lang, said.made_on, held))
        said = newest.get((code, LANGUAGE_NOTIFICATIONS.get(code, "")))
        if said and "mla" in record.functions:
            found += _languages(record, code, said)
    return found


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _named(record: AuthorityRecord, text: str) -> bool:
    """True where the notified text and a name of the entry hold each other."""
    notified = _folded(text)
    names = [_folded(t.value) for t in record.texts if t.kind == TextKind.NAME]
    return any(name and (name in notified or (len(notified) > 6 and notified in name)) for name in names)


def _languages(record: AuthorityRecord, code: str, said: Any) -> list[Difference]:
    notified = named_languages(said.text, said.lang)
    if not notified:
        return []
    held = set(record.languages)
    if notified == held:
        return []
    return [
        Difference(
            "languages",
            code,
            LANGUAGE_NOTIFICATIONS[code],
            said.text,
            said.lang,
            said.made_on,
            ", ".join(record.languages),
            tuple(sorted(notified - held)),
            tuple(sorted(held - notified)),
        )
    ]


def named_languages(text: str, lang: str) -> set[str]:
    """Returns the codes of the languages that a text in `lang` names; the six official ones and some more."""
    try:
        names = Locale.parse(lang if lang in UN_LANGUAGES else "en").languages
    except (UnknownLocaleError, ValueError):
        return set()
    words = f" {_folded(text)} "
    more = ("pt", "de", "it", "nl", "tr", "ja", "ko", "sq", "sr", "uk", "ro", "pl", "el", "fa", "sw", "id")
    return {code for code in (*UN_LANGUAGES, *more) if f" {_folded(names.get(code, '?'))} " in words}

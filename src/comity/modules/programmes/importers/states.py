"""What State a cell names: by code, or by a name in one of six languages that can mean one State only."""

from __future__ import annotations

import re
from collections import defaultdict

from django.utils.translation import gettext as _

from comity.core.people.models import Participant, ParticipantName
from comity.core.people.names import fold

#: A word that the short names of so many participants share ("republic", "democratic") tells none from another.
_SHARED_BY = 3
#: Chinese names have no spaces between words: of a rest that ends with the word for State, and that two participants
#: share, the same holds.
_STATE_SIGN, _SHARED_SIGNS = "国", 2
#: Candidates that a message names.
_MOST = 4


class UnknownState(ValueError):
    """No State, or more than one, is meant. The message names the candidates and the remedy."""


class States:
    """The participants by code and name, read once for many cells."""

    def __init__(self) -> None:
        self._rows = {row.iso3: row for row in Participant.objects.all()}
        self._by_name: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self._rows.values():
            for lang, name in row.names.items():
                if folded := fold(name):
                    self._by_name[folded].add(row.iso3)
                    self._short[lang][row.iso3] = folded
        for iso3, folded in ParticipantName.objects.values_list("participant_id", "folded"):
            self._by_name[folded].add(iso3)
        self._by_iso2 = {row.iso2: row.iso3 for row in self._rows.values() if row.iso2}
        self._shared = {lang: _shared_words(names) for lang, names in self._short.items()}
        self._answers: dict[str, str | UnknownState] = {}

    def code(self, text: str) -> str:
        """Returns the ISO 3166-1 alpha-3 code that `text` means. Raises UnknownState."""
        answer = self._answers.get(text)
        if answer is None:
            answer = self._answers[text] = self._find(text)
        if isinstance(answer, UnknownState):
            raise answer
        return answer

    def of_iso2(self, iso2: str) -> str:
        """Returns the alpha-3 code of an alpha-2 code, "" where there is none."""
        return self._by_iso2.get(iso2.upper(), "")

    def iso2(self, iso3: str) -> str:
        """Returns the alpha-2 code of an alpha-3 code, "" where there is none."""
        row = self._rows.get(iso3)
        return row.iso2 if row else ""

    def name(self, iso3: str, lang: str = "en") -> str:
        """Returns the name of a State in a language."""
        return self._rows[iso3].name(lang)

    def _find(self, text: str) -> str | UnknownState:
        if text.upper() in self._rows:
            return text.upper()
        folded = fold(text)
        found = set(self._by_name.get(folded, ()))
        found |= self._also_meant(folded) if found else set()
        if len(found) == 1:
            return found.pop()
        if found:
            return UnknownState(
                _("“%(text)s” can mean %(candidates)s. Write the code of three letters.")
                % {"text": text, "candidates": self._told(found)}
            )
        near = {iso3 for names in self._short.values() for iso3, name in names.items() if folded and folded in name}
        if near:
            return UnknownState(
                _("There is no State called “%(text)s”. Is it %(candidates)s? Write the code of three letters.")
                % {"text": text[:60], "candidates": self._told(near)}
            )
        return UnknownState(
            _("There is no State called “%(text)s”. Write its code of three letters (ISO 3166-1), such as KEN.")
            % {"text": text[:60]}
        )

    def _also_meant(self, folded: str) -> set[str]:
        """Other States whose short name is this name and nothing but words that many States' names share: the name
        "Congo" stands so in two names."""
        found = set()
        own = set(folded.split())
        for lang, names in self._short.items():
            for iso3, name in names.items():
                if lang == "zh":
                    alike = folded in name and _shared_signs(name.replace(folded, "", 1), names)
                else:
                    words = set(name.split())
                    alike = own < words and not words - own - self._shared[lang]
                if alike:
                    found.add(iso3)
        return found

    def _told(self, found: set[str]) -> str:
        said = [f"{iso3} ({self._rows[iso3].name('en')})" for iso3 in sorted(found)]
        return ", ".join(said[:_MOST]) + (" …" if len(said) > _MOST else "")


def _shared_words(names: dict[str, str]) -> set[str]:
    holders: dict[str, int] = defaultdict(int)
    for name in names.values():
        for word in set(name.split()):
            holders[word] += 1
    return {word for word, count in holders.items() if count >= _SHARED_BY}


def _shared_signs(rest: str, names: dict[str, str]) -> bool:
    rest = re.sub(r"\s+", "", rest)
    return rest.endswith(_STATE_SIGN) and sum(rest in name for name in names.values()) >= _SHARED_SIGNS

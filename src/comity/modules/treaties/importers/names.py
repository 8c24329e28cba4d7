"""Which participant a printed name stands for: short and formal names, former names, depositary wording."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from comity.core.people.models import Participant, ParticipantName
from comity.core.people.names import fold

_BEFORE = re.compile(r"^(?:the\s+|teh\s+|government\s+of\s+(?:the\s+)?)+", re.IGNORECASE)


#: Formal beginnings that texts use beyond the list of names. "Republic of China" stands for no participant.
_FORMAL = re.compile(
    r"^(?:(?:Arab|Islamic|Socialist|Federal|Democratic|United|Oriental|Co-operative)\s+)?"
    r"(?:Kingdom|Republic|Sultanate|State|Principality|Commonwealth|Emirate|Union)\s+of\s+(?:the\s+)?(?!China\b)",
)


@dataclass(frozen=True)
class NameIndex:
    """Names of all participants, folded, and the codes that exist."""

    by_name: dict[str, str]
    codes: frozenset[str]

    @classmethod
    def load(cls) -> Self:
        """Reads the node's participants and every name a source may call them by."""
        by_name = dict(ParticipantName.objects.values_list("folded", "participant_id"))
        codes = set()
        for iso3, names in Participant.objects.values_list("iso3", "names"):
            codes.add(iso3)
            for name in names.values():
                by_name.setdefault(fold(name), iso3)
        return cls(by_name, frozenset(codes))

    def find(self, name: str) -> str | None:
        """The code of the participant a name stands for; None where nobody is known by it."""
        return self.by_name.get(fold(name)) or self.by_name.get(fold(_BEFORE.sub("", name)))

    def find_in_text(self, name: str) -> str | None:
        """As `find`, for a name in running text, which may be a formal one that no list has."""
        return self.find(name) or self.find(_FORMAL.sub("", _BEFORE.sub("", name)))

    def resolve(self, name: str, iso3: str = "") -> str:
        """The code for a row that gives a name, a code or both. Raises ValueError with reason and remedy."""
        by_name = self.find(name) if name else None
        if iso3:
            if iso3 not in self.codes:
                raise ValueError(
                    f'"{iso3[:20]}" is the code of no participant; use ISO 3166 alpha-3, such as ALB '
                    "(the European Union: EUE)"
                )
            if by_name not in {None, iso3}:
                raise ValueError(f'the code {iso3} and the name "{name[:80]}" ({by_name}) are two participants')
            return iso3
        if by_name is None:
            raise ValueError(
                f'nobody is known by the name "{name[:80]}"; territories are entered as territorial '
                "applications, other names are added to the list of names"
            )
        return by_name

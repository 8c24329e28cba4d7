"""What printed names of participants are compared by."""

from __future__ import annotations

import re
import unicodedata


def fold(name: str) -> str:
    """Returns what two spellings of a name have in common: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", kept.casefold()).split())

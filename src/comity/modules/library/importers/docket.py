"""Whether a case's title is nothing but its number at a court, so that it can name nobody.

A title of a case can hold a victim's name. So every word of it has to be a number, a word courts put beside numbers,
or an abbreviation from the list: any other word, a "v." or initials, and the title is not taken.
"""

from __future__ import annotations

import re

#: Words and abbreviations of registers, courts and kinds of decision. No word here is a name.
_WORDS = frozenset(re.findall(r"\S+", """
    no nos n nº n° nr num number numbers case cases file docket of and y e
    criminal crim cr civil appeal appeals application judgment judgement decision verdict sentence order resolution
    court high supreme first instance cir
    causa expediente expte exp auto supremo sentencia proceso resolución juicio caso rol ruc rit
    processo sentença sentenca acórdão apelação habeas corpus
    dosar dossier pourvoi arrêt jugement jugt rg cass
    sent sez pen proc presuda kž kok kokž
    ecli ewca ewhc uksc ukut eklr echr admin
    acr hc jfrs jfes trf df rj rs es pe rn sc sp pr al ce
    aka kk ko to tdo cz js kls os ds bge ra re br ca ap cc tc phc cbu tcs rtc dda rgnr sus pid yekd spo hr cfm bvge
    平 第 号 う あ わ 平成 ق
"""))  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+|\d+", re.UNICODE)
_ROMAN = re.compile(r"[IVX]{2,4}")
_DIGITS = re.compile(r"\d")


def docket(title: str) -> str:
    """Returns the title, on one line, where it is strictly a docket number; "" otherwise and where in doubt."""
    line = " ".join(title.split())
    if not _DIGITS.search(line):
        return ""
    tokens = _TOKEN.findall(line)
    return line if all(_harmless(token, line) for token in tokens) else ""


def _harmless(token: str, line: str) -> bool:
    """True for numbers, words of the list, and single letters: divisions of a register ("6 T 8/2006"), unless a full
    stop makes an initial of them."""
    if token.isdigit() or token.casefold() in _WORDS or _ROMAN.fullmatch(token):
        return True
    return len(token) == 1 and token.isupper() and re.search(rf"(?<!\w){re.escape(token)}\.", line) is None

"""Participants and the names by which sources call them."""

from __future__ import annotations

import html
import re
import unicodedata
from pathlib import Path

from making.files import HAND, LANGUAGES, Output, read_csv

OBSERVERS = ("PSE", "VAT")
OTHER_STATES = ("COK", "NIU")
GROUPS = {
    "Africa": "african",
    "Asia-Pacific": "asia-pacific",
    "EEG": "eastern-european",
    "GRULAC": "grulac",
    "WEOG": "weog",
    "": "none",
}
COLUMNS = [
    "iso3",
    "iso2",
    "m49",
    "kind",
    "regional_group",
    "m49_region",
    "m49_subregion",
    "ldc",
    "lldc",
    "sids",
    "name_en",
    "name_ar",
    "name_es",
    "name_fr",
    "name_ru",
    "name_zh",
    "source",
]
STATES_SOURCE = "UNTERM and UNSD M49 names, as in datasets/country-codes (PDDL)"
LANGUAGE_NAMES = {
    "en": "English",
    "ar": "Arabic",
    "es": "Spanish",
    "fr": "French",
    "ru": "Russian",
    "zh": "Chinese",
}
UNSD_SUFFIX = {"zh": "cn"}
ARTICLE_BEHIND = re.compile(r"\s+\((the|le|la|les|l['’]|el|los|las)\)$")
ARTICLE_BEFORE = re.compile(r"^(the|la|le|les|el|los|las)\s+|^l['’]")
STARS = re.compile(r"\s*\*+$")


def fold(name: str) -> str:
    """Returns what two spellings of one name have in common: no case, accents or punctuation."""
    plain = unicodedata.normalize("NFKD", name)
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[\W_]+", " ", kept.casefold()).split())


def display(name: str) -> str:
    """Returns a name without footnote stars, the article put away, apostrophes and dashes of one kind."""
    name = ARTICLE_BEHIND.sub("", STARS.sub("", name.strip()))
    return name.replace("’", "'").replace("تيمور- ليشتي", "تيمور - ليشتي")


def make(data: Path, output: Output) -> dict[str, dict[str, str]]:
    """Writes participants.csv and names.csv; returns the participants by ISO3 code."""
    states = {row["iso3"]: row for row in read_csv(data / "states" / "states.csv")}
    chosen = {code for code, row in states.items() if row["un_member"] == "yes"}
    chosen |= {*OBSERVERS, *OTHER_STATES}
    people = {code: _state(states[code]) for code in chosen}
    for row in read_csv(HAND / "participants_extra.csv"):
        people[row["iso3"]] = {column: row[column] for column in COLUMNS}
    for row in read_csv(HAND / "display_names.csv"):
        people[row["iso3"]]["name_" + row["lang"]] = row["name"]
        people[row["iso3"]]["source"] += f"; name_{row['lang']}: {row['source']}"
    ordered = dict(sorted(people.items()))
    output.table("core/people/reference/participants.csv", COLUMNS, ordered.values())
    _names(data, output, ordered)
    return ordered


def _state(row: dict[str, str]) -> dict[str, str]:
    code = row["iso3"]
    kind = "observer_state" if code in OBSERVERS else "other_state" if code in OTHER_STATES else "un_member"
    state = {column: row[column] for column in ("iso3", "iso2", "m49", "m49_region", "m49_subregion")}
    state |= {flag: "1" if row[flag] else "" for flag in ("ldc", "lldc", "sids")}
    state |= {f"name_{lang}": display(row[f"name_{lang}"]) for lang in LANGUAGES}
    return state | {"kind": kind, "regional_group": GROUPS[row["un_regional_group"]], "source": STATES_SOURCE}


def _names(data: Path, output: Output, people: dict[str, dict[str, str]]) -> None:
    """Collects every printed name; refuses a name that would stand for two participants."""
    found: dict[tuple[str, str, str], tuple[str, str]] = {}

    def add(iso3: str, name: str, lang: str, kind: str, source: str) -> None:
        if name and iso3 in people:
            found.setdefault((iso3, name, lang), (kind, source))

    for code, row in people.items():
        for lang in LANGUAGES:
            add(code, row[f"name_{lang}"], lang, "short", row["source"].split(";")[0])
    for row in read_csv(data / "states" / "country-codes.csv"):
        code = row["ISO3166-1-Alpha-3"]
        for lang, english in LANGUAGE_NAMES.items():
            add(code, display(row[f"UNTERM {english} Short"]), lang, "short", "UNTERM short name")
            formal = ARTICLE_BEFORE.sub("", display(row[f"UNTERM {english} Formal"]))
            add(code, formal, lang, "formal", "UNTERM formal name")
    for lang in LANGUAGES:
        for row in read_csv(data / "states" / f"UNSD-{UNSD_SUFFIX.get(lang, lang)}.csv"):
            add(row["ISO-alpha3 Code"], display(row["Country or Area"]), lang, "short", "UNSD M49")
    for row in read_csv(HAND / "names_extra.csv"):
        if row["iso3"] not in people:
            raise SystemExit(f"names_extra.csv: {row['iso3']} is no participant")
        add(row["iso3"], row["name"], row["lang"], row["kind"], row["source"])
    _printed(data, add)
    owners: dict[str, str] = {}
    rows = []
    for (iso3, name, lang), (kind, source) in sorted(found.items()):
        if owners.setdefault(fold(name), iso3) != iso3:
            raise SystemExit(f"the name {name} would stand for {iso3} and for {owners[fold(name)]}")
        rows.append({"iso3": iso3, "name": name, "lang": lang, "kind": kind, "source": source})
    _all_known(data, owners)
    output.table("core/people/reference/names.csv", ["iso3", "name", "lang", "kind", "source"], rows)


def _printed(data: Path, add) -> None:  # type: ignore[no-untyped-def]
    """Adds the names printed in participation.csv with the code they stand beside there."""
    for row in read_csv(data / "treaties" / "participation.csv"):
        german = "Fedlex" in row["source"]
        source = "Swiss Fedlex scope table" if german else "UN Treaty Collection status page, 2014"
        add(row["iso3"], row["state"], "de" if german else "en", "source", source)


def _all_known(data: Path, owners: dict[str, str]) -> None:
    """Demands that every name printed in the depositary's pages of 2026 is known."""
    unknown: set[str] = set()
    folder = data / "treaties" / "untc-html-2026-dev"
    for name in ("arms_control_ratifications.csv", "un_hr_ratifications.csv"):
        unknown |= {row["country_name"] for row in read_csv(folder / name)}
    for page in sorted(folder.glob("*.html")):
        unknown |= _first_cells(page.read_text(encoding="utf-8", errors="replace"))
    left = sorted(name for name in unknown if fold(name) not in owners)
    if left:
        raise SystemExit(f"names without a participant, add them to names_extra.csv: {left}")


def _first_cells(page: str) -> set[str]:
    """Returns the participants' names in the status table of a page, without footnote numbers."""
    names = set()
    table = re.search(r'<table[^>]*id="[^"]*tblgrid"[^>]*>(.*?)</table>', page, flags=re.S)
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.group(1) if table else "", flags=re.S):
        cell = re.search(r"<td[^>]*>(.*?)</td>", row, flags=re.S)
        if cell:
            text = re.sub(r"<(sup)\b.*?</\1>", "", cell.group(1), flags=re.S)
            text = " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())
            names.add(re.sub(r"[\s\d,\[\]]+$", "", text).lstrip("["))
    return names - {"", "Participant"}

"""Instruments with titles and rules, participation facts and their sources."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

from making.files import HAND, LANGUAGES, OWN_WORDING, Output, read_csv, read_json

FACT_COLUMNS = ["instrument", "iso3", "action", "date", "effective", "source_code"]
SOURCE_COLUMNS = ["source_code", "lineage", "title", "kind", "as_of", "instrument", "basis", "printed"]
MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
        1,
    )
}
FOLDER = "modules/treaties/reference/"


def make(data: Path, output: Output, people: dict[str, dict[str, str]]) -> None:
    """Writes instruments.json, rules_extra.json, facts.csv and sources.csv."""
    instruments = read_json(HAND / "instruments.json")
    codes = _instruments(instruments, output)
    output.json(FOLDER + "rules_extra.json", read_json(HAND / "rules_extra.json"))
    _facts(data, output, people, codes)


def _instruments(instruments: list[dict[str, Any]], output: Output) -> set[str]:
    """Joins titles and labels of notifications to the instruments; returns their codes."""
    titles: dict[tuple[str, str], dict[str, Any]] = {}
    for row in read_csv(HAND / "instrument_titles.csv"):
        text = {"value": row["value"], "status": row["status"], "source": row["source"]}
        titles.setdefault((row["instrument"], row["kind"]), {})[row["lang"]] = text
    subjects = {
        row["code"]: {lang: row[lang] for lang in LANGUAGES}
        for row in read_csv(HAND / "notification_subjects.csv")
    }
    for position, instrument in enumerate(instruments, 1):
        code, text = instrument["code"], instrument.pop("text")
        if any(set(titles[code, kind]) != set(LANGUAGES) for kind in ("title", "short")):
            raise SystemExit(f"instrument_titles.csv: {code} lacks a language")
        instrument["order"] = position
        instrument["titles"], instrument["short_titles"] = titles[code, "title"], titles[code, "short"]
        for notification in instrument["notifications"]:
            notification["labels"] = subjects[notification["subject"]]
            notification["labels_status"] = {"en": "original", "other": "unofficial", "source": OWN_WORDING}
            notification["source"] = (
                f"statengeneraal/laws-markdown {text} (English text), article {notification['article']}"
            )
    output.json(FOLDER + "instruments.json", instruments)
    return {instrument["code"] for instrument in instruments}


def _facts(data: Path, output: Output, people: dict[str, dict[str, str]], codes: set[str]) -> None:
    """Writes every row of participation.csv as a fact with the code of its source."""
    ends = {row["instrument"]: row for row in read_csv(data / "treaties" / "source_ends.csv")}
    sources: dict[str, dict[str, str]] = {}
    scopes: dict[str, str] = {}
    facts = []
    for row in read_csv(data / "treaties" / "participation.csv"):
        if row["iso3"] not in people or row["instrument"] not in codes:
            raise SystemExit(f"participation.csv: unknown {row['iso3']} or {row['instrument']}")
        date.fromisoformat(row["date"])
        source = _source(row, ends[row["instrument"]])
        sources[source["source_code"]] = source
        effective = ""
        if "Fedlex" in row["source"]:
            name = Path(re.search(r"ch/(\S+\.md)", row["source"]).group(1)).name  # type: ignore[union-attr]
            scopes.setdefault(name, _scope(data / "treaties" / "raw-fedlex" / name))
            effective = _effective(scopes[name], row)
        action = row["action"].replace(" ", "_")
        values = (row["instrument"], row["iso3"], action, row["date"], effective, source["source_code"])
        facts.append(dict(zip(FACT_COLUMNS, values, strict=True)))
    facts.sort(key=lambda fact: tuple(fact[column] for column in FACT_COLUMNS))
    output.table(FOLDER + "facts.csv", FACT_COLUMNS, facts)
    output.table(FOLDER + "sources.csv", SOURCE_COLUMNS, (sources[code] for code in sorted(sources)))


def _source(row: dict[str, str], end: dict[str, str]) -> dict[str, str]:
    """Returns the source of a row: one lineage per page or table, one edition on the day it ends."""
    text = row["source"]
    if "zmjones" in text:
        chapter, number = re.search(r"treaties/(\d+)-([\w-]+)\.csv", text).groups()  # type: ignore[union-attr]
        roman = {"18": "XVIII"}[chapter]
        lineage, kind = f"untc-{roman}-{number}", "depositary"
        title = f"UN Treaty Collection, status of {roman}-{number}, as copied in {text.split(' (')[0]}"
        basis = "scrape date in the source repository history"
    else:
        path = re.search(r"ch/(\S+)\.md", text).group(1)  # type: ignore[union-attr]
        lineage, kind = "fedlex-" + path.split("_")[0], "secondary"
        title = f"Swiss Fedlex, scope table, as copied in {text.split(' (')[0]}"
        basis = "status date of the Swiss scope table"
    values = (
        f"{lineage}-{end['source_ends']}",
        lineage,
        title,
        kind,
        end["source_ends"],
        row["instrument"],
        basis,
        text,
    )
    return dict(zip(SOURCE_COLUMNS, values, strict=True))


def _scope(path: Path) -> str:
    """Returns the text of a Swiss scope table without line breaks and footnote marks."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(
        r"<sup>.*?</sup>|[*]",
        "",
        text[text.rindex("Geltungsbereich am", 0, text.index("###### Fussnoten")) :],
    )
    return " ".join(text.split())


def _effective(scope: str, row: dict[str, str]) -> str:
    """Returns the day of entry into force printed beside a deposit; "" where not found or impossible."""
    day = date.fromisoformat(row["date"])
    german = next(name for name, number in MONTHS.items() if number == day.month)
    printed = rf"{day.day}\. {german} {day.year}"
    dates = rf"{printed}(?: [BN])? (\d+)\. (\w+) (\d{{4}})"
    state = re.escape(row["state"])
    found = re.search(rf"{state} {dates}", scope) or re.search(rf" [a-f] {dates} {state}", scope)
    if found is None or found.group(2) not in MONTHS:
        return ""
    effective = date(int(found.group(3)), MONTHS[found.group(2)], int(found.group(1)))
    if effective < day and row["action"] != "succession":
        return ""  # a slip of the table: only a successor can be bound before its deposit
    return effective.isoformat()

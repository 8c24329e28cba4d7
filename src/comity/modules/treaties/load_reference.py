"""Loads the bundled instruments, article trees and participation facts, each with its source.

The files in `reference/` are made by `tools/reference.py`. Everything here may run again on a filled node:
what is unchanged is not written, what the node itself changed or imported later is left alone.
"""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

from comity.core.texts.bundled import merge_texts
from comity.modules.treaties.load_facts import load_facts
from comity.modules.treaties.models import Article, ArticleTitle, Instrument, InstrumentTitle

REFERENCE = Path(__file__).resolve().parent / "reference"
_FIELDS = (
    "depositary_number",
    "depositary",
    "group",
    "parent_required",
    "concluded_place",
    "concluded_on",
    "stated_in_force",
    "stated_in_force_source",
    "rules",
    "source",
    "order",
)


def load_reference() -> None:
    """Brings instruments, articles and bundled facts to the state of the files; call it in a transaction."""
    content = _json("instruments.json")
    instruments = _instruments(content)
    _titles(content, instruments)
    _articles(content, instruments)
    _extra_rules()
    load_facts(instruments, _rows("sources.csv"), _rows("facts.csv"))


def extra_rules(depositary_number: str) -> dict[str, Any]:
    """Returns the final clauses our sources quote for an instrument that comes by import, else {}."""
    found: dict[str, Any] = _json("rules_extra.json").get(depositary_number, {})
    return found


def bundled_sources() -> dict[str, str]:
    """Returns the code of the bundled source of facts by the text that a table prints for it."""
    return {row["printed"]: row["lineage"] for row in _rows("sources.csv")}


def _json(name: str) -> Any:
    return json.loads((REFERENCE / name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _values(row: dict[str, Any]) -> dict[str, Any]:
    """Returns the fields of an instrument as the file states them."""
    stated = row["stated_in_force"] or {}
    rules = {
        name: value
        for name, value in (
            *row["rules"].items(),
            ("parent_required", row["parent_required"]),
            ("opened", row["opened"]),
            ("note", row["note"]),
        )
        if value
    }
    return {
        "depositary_number": row["depositary_number"],
        "depositary": row["depositary"] or "",
        "group": row["group"],
        "parent_required": bool(row["parent_required"] and row["parent_required"]["required"]),
        "concluded_place": row["concluded"]["place"] or "",
        "concluded_on": _day(row["concluded"]["date"]),
        "stated_in_force": _day(stated.get("date")),
        "stated_in_force_source": stated.get("source", ""),
        "rules": rules,
        "source": row["concluded"]["source"],
        "order": row["order"],
    }


def _instruments(content: list[dict[str, Any]]) -> dict[str, Instrument]:
    """Adds missing instruments and updates changed ones; returns all of the file by code."""
    present = {instrument.code: instrument for instrument in Instrument.objects.all()}
    changed = []
    for row in content:
        values = _values(row)
        instrument = present.get(row["code"])
        if instrument is None:
            present[row["code"]] = Instrument(code=row["code"], **values)
        elif any(getattr(instrument, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(instrument, name, value)
            changed.append(instrument)
    Instrument.objects.bulk_update(changed, _FIELDS)
    Instrument.objects.bulk_create(row for row in present.values() if row.pk is None)
    present = {instrument.code: instrument for instrument in Instrument.objects.all()}
    children = []
    for row in content:
        child, parent = present[row["code"]], present.get(row["parent"] or "")
        if child.parent_id != (parent.pk if parent else None):
            child.parent = parent
            children.append(child)
    Instrument.objects.bulk_update(children, ["parent"])
    return {row["code"]: present[row["code"]] for row in content}


def _titles(content: list[dict[str, Any]], instruments: dict[str, Instrument]) -> None:
    merge_texts(
        InstrumentTitle,
        ("instrument_id", "lang", "short"),
        (
            {"instrument_id": instruments[row["code"]].pk, "lang": lang, "short": short, **text}
            for row in content
            for short, texts in ((False, row["titles"]), (True, row["short_titles"]))
            for lang, text in texts.items()
        ),
    )


def _articles(content: list[dict[str, Any]], instruments: dict[str, Instrument]) -> None:
    """Adds missing chapters, articles and paragraphs, level by level, then their titles."""
    notices = {
        (row["code"], notification["article"]): notification
        for row in content
        for notification in row["notifications"]
    }
    lines = [line for code, tree in _json("articles.json").items() for line in _lines(code, tree, notices)]
    for kind in ("chapter", "article", "paragraph"):
        _level([line for line in lines if line["kind"] == kind], instruments)
    keys = _keys(instruments)
    merge_texts(
        ArticleTitle,
        ("article_id", "lang"),
        (
            {"article_id": keys[line["code"], line["kind"], line["number"]].pk, "lang": lang, **text}
            for line in lines
            for lang, text in line["titles"].items()
        ),
    )


def _lines(code: str, tree: dict[str, Any], notices: dict[tuple[str, str], Any]) -> list[dict[str, Any]]:
    """Returns the nodes of one tree in reading order, each with its parent's kind and number."""
    rows: list[dict[str, Any]] = []

    def add(
        kind: str, number: str, parent: tuple[str, str] | None, titles: dict[str, Any], source: str
    ) -> None:
        notice = notices.get((code, number)) if kind != "chapter" else None
        rows.append(
            {
                "code": code,
                "kind": kind,
                "number": number,
                "parent": parent,
                "order": len(rows),
                "titles": titles,
                "source": source,
                "notification": notice["labels"]["en"] if notice else "",
            }
        )

    def titled(titles: dict[str, str], english: str) -> dict[str, Any]:
        return {
            lang: {"value": value, "status": english, "source": tree["source"]}
            if lang == "en" and english == "original"
            else {"value": value, **tree["other_languages"]}
            for lang, value in titles.items()
        }

    chapters = {chapter["number"]: chapter for chapter in tree["chapters"]}
    begun: set[str] = set()
    for article in tree["articles"]:
        number, chapter = article["number"], article.get("chapter")
        if chapter and chapter not in begun:
            begun.add(chapter)
            add("chapter", chapter, None, titled(chapters[chapter]["titles"], "original"), tree["source"])
        above = ("chapter", chapter) if chapter else None
        add(
            "article",
            number,
            above,
            titled(article["titles"], "original"),
            f"{tree['source']}, article {number}",
        )
        for place in article.get("paragraphs", ()):
            notice = notices[code, place]
            add(
                "paragraph",
                place,
                ("article", number),
                titled(notice["labels"], "unofficial"),
                notice["source"],
            )
    return rows


def _keys(instruments: dict[str, Instrument]) -> dict[tuple[str, str, str], Article]:
    codes = {instrument.pk: code for code, instrument in instruments.items()}
    rows = Article.objects.filter(instrument_id__in=codes)
    return {(codes[row.instrument_id], row.kind, row.number): row for row in rows}


def _level(lines: list[dict[str, Any]], instruments: dict[str, Instrument]) -> None:
    """Adds and updates the nodes of one kind; those above them are there already."""
    keys = _keys(instruments)
    added, changed = [], []
    for line in lines:
        parent = keys[(line["code"], *line["parent"])].pk if line["parent"] else None
        values = {
            "parent_id": parent,
            "order": line["order"],
            "notification": line["notification"],
            "source": line["source"],
        }
        node = keys.get((line["code"], line["kind"], line["number"]))
        if node is None:
            instrument = instruments[line["code"]]
            added.append(Article(instrument=instrument, number=line["number"], kind=line["kind"], **values))
        elif any(getattr(node, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(node, name, value)
            changed.append(node)
    Article.objects.bulk_create(added)
    Article.objects.bulk_update(changed, ["parent", "order", "notification", "source"])


def _extra_rules() -> None:
    """Gives imported instruments the final clauses our sources quote, where they have none yet."""
    rules = _json("rules_extra.json")
    waiting = [row for row in Instrument.objects.filter(depositary_number__in=rules) if not row.rules]
    for instrument in waiting:
        instrument.rules = rules[instrument.depositary_number or ""]
    Instrument.objects.bulk_update(waiting, ["rules"])

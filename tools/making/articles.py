"""Article trees: numbers and headings from the treaties' texts, other titles from a hand-kept file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from making.files import HAND, OWN_WORDING, Output, read_csv, read_json

TITLED = ("UNTOC", "UNTOC-TIP", "UNTOC-SOM", "UNTOC-FP", "UNCAC")
OTHERS = ("ar", "es", "fr", "ru", "zh")
#: The Dutch text follows the English one; it begins with its own title.
DUTCH = re.compile(r"^####\s*(Verdrag|Protocol (tegen|tot|inzake)|Internationaal|Aanvullend)", re.M | re.I)
ARTICLE = re.compile(r"^###\s*(?:Article|Artikel)\s+(\S+)\s*$")
#: Chapters: "### CHAPTER  I", "### Chapter  I", "###I " alone, or "###I General provisions".
CHAPTER = re.compile(r"^###\s*(?:CHAPTER\s+|Chapter\s+)?([IVX]+)(?:\s+(\S.*?))?\s*$")
HEADING = re.compile(r"^####\s*(\S.*?)\s*$")
#: Articles that the Protocols of 2005 inserted into the consolidated texts.
INSERTED = re.compile(r"(bis|ter|quater)$")


def make(data: Path, output: Output) -> None:
    """Writes articles.json."""
    phrases = {row["en"].casefold(): row for row in read_csv(HAND / "article_titles.csv")}
    trees: dict[str, Any] = {}
    for instrument in read_json(HAND / "instruments.json"):
        code, text = instrument["code"], instrument["text"]
        if text is None:
            continue
        path = data / "treaties" / "texts" / "nl-bwb-md" / f"{text}.md"
        chapters, articles = _read(path.read_text(encoding="utf-8"), titled=code in TITLED)
        tree = {
            "source": f"statengeneraal/laws-markdown {text} (English text)",
            "other_languages": {"status": "unofficial", "source": OWN_WORDING},
            "chapters": [_row(chapter, phrases, code) for chapter in chapters],
            "articles": [_row(article, phrases, code) for article in articles],
        }
        wanted = [item["article"] for item in instrument["notifications"]]
        _paragraphs(tree["articles"], wanted, code)
        trees[code] = tree
    output.json("modules/treaties/reference/articles.json", trees)


def _read(text: str, titled: bool) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Returns chapters and articles of the English text, each with number and title."""
    dutch = DUTCH.search(text)
    lines = [line for line in text[: dutch.start() if dutch else len(text)].splitlines() if line.strip()]
    chapters: list[dict[str, Any]] = []
    articles: list[dict[str, Any]] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        heading = HEADING.match(following)
        if re.match(r"^###\s*(annex|technical|part)", line, flags=re.I):
            break
        if found := ARTICLE.match(line):
            if not INSERTED.search(found.group(1)):
                title = heading.group(1) if heading and titled else None
                articles.append({"number": found.group(1), "title": title, "chapter": _last(chapters)})
        elif found := CHAPTER.match(line):
            title = found.group(2) or (heading.group(1) if heading else None)
            chapters.append({"number": found.group(1), "title": _sentence(title)})
    return chapters, articles


def _last(chapters: list[dict[str, Any]]) -> str | None:
    return chapters[-1]["number"] if chapters else None


def _sentence(title: str | None) -> str | None:
    """Returns a heading in sentence case where it was printed in capitals."""
    return title.capitalize() if title and title.isupper() else title


def _row(item: dict[str, Any], phrases: dict[str, dict[str, str]], code: str) -> dict[str, Any]:
    """Returns an entry of the tree with its titles: none is a gap."""
    row: dict[str, Any] = {"number": item["number"]}
    if item.get("chapter"):
        row["chapter"] = item["chapter"]
    title = item["title"]
    row["titles"] = {"en": title} if title else {}
    if title and code in TITLED:
        if title.casefold() not in phrases:
            raise SystemExit(f"article_titles.csv: no line for {title!r} ({code} {item['number']})")
        row["titles"] |= {lang: phrases[title.casefold()][lang] for lang in OTHERS}
    return row


def _paragraphs(articles: list[dict[str, Any]], wanted: list[str], code: str) -> None:
    """Adds to its article every paragraph by which States are asked for a notification."""
    by_number = {article["number"]: article for article in articles}
    for place in wanted:
        number = place.split("(")[0]
        if number not in by_number:
            raise SystemExit(f"instruments.json: {code} has no article {number}")
        if place != number:
            by_number[number].setdefault("paragraphs", []).append(place)

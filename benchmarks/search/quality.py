"""How well rankings answer questions whose answers are known, in the questions' own language and across languages."""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import snowballstemmer

from benchmarks.search.corpus import CONFIGURATIONS
from benchmarks.search.law_texts import SHARED
from comity.core.search.measures import Tally

COLLECTIONS = ("ca-bilingual", "udhr-aligned")
#: Which documents of a ranking are looked at, given that their language is the question's.
SCOPES = {"overall": (True, False), "same_language": (True,), "cross_language": (False,)}


@dataclass(frozen=True)
class Collection:
    """Documents and questions as (language, text), and each question's right documents, by their places."""

    name: str
    documents: list[tuple[str, str]]
    queries: list[tuple[str, str]]
    relevant: list[set[int]]


def folder(name: str) -> Path:
    """Where a collection lies, beside the tree."""
    return SHARED / "retrieval" / name


def load(name: str) -> Collection | None:
    """Reads a collection; None where it does not lie beside the tree."""
    if not folder(name).is_dir():
        return None
    documents, queries = (
        [json.loads(line) for line in (folder(name) / f"{part}.jsonl").read_text("utf-8").splitlines()]
        for part in ("docs", "queries")
    )
    places = {document["id"]: place for place, document in enumerate(documents)}
    relevant: dict[str, set[int]] = defaultdict(set)
    for line in (folder(name) / "qrels.txt").read_text("utf-8").splitlines():
        query, _zero, document, grade = line.split()
        if int(grade) > 0:
            relevant[query].add(places[document])
    return Collection(
        name,
        [(d["lang"], d["text"]) for d in documents],
        [(q["lang"], q["text"]) for q in queries],
        [relevant[q["id"]] for q in queries],
    )


def measure(collection: Collection, rankings: Sequence[Sequence[int]]) -> dict[str, dict[str, float]]:
    """Returns the measures of `comity search evaluate` for each scope; all relevant documents are of grade 1."""
    found = {}
    for scope, wanted in SCOPES.items():
        tally = Tally()
        for (lang, _text), right, ranking in zip(collection.queries, collection.relevant, rankings, strict=True):
            looked = [str(place) for place in ranking if (collection.documents[place][0] == lang) in wanted]
            tally.add(looked, {str(place): 1 for place in right if (collection.documents[place][0] == lang) in wanted})
        found[scope] = {name: float(value or 0) for name, value in tally.told().items()}
    return found


def plain_bm25(collection: Collection, k1: float = 1.2, b: float = 0.75) -> list[list[int]]:
    """Ranks by BM25 (Robertson and Zaragoza 2009) over Snowball stems in each text's own language, and no more.

    Chinese has no stemmer and no spaces: a run of characters is one word here.
    """
    stemmers = {lang: snowballstemmer.stemmer(name) for lang, name in CONFIGURATIONS.items() if name != "simple"}

    def terms(lang: str, text: str) -> list[str]:
        words = re.findall(r"\w+", text.lower())
        return stemmers[lang].stemWords(words) if lang in stemmers else words

    counts = [Counter(terms(*document)) for document in collection.documents]
    lengths = [sum(count.values()) for count in counts]
    mean = sum(lengths) / len(lengths)
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, count in enumerate(counts):
        for term, often in count.items():
            norm = k1 * (1 - b + b * lengths[place] / mean)
            postings[term].append((place, often * (k1 + 1) / (often + norm)))
    rankings = []
    for query in collection.queries:
        scores: dict[int, float] = defaultdict(float)
        for term in terms(*query):
            among = postings.get(term, [])
            idf = math.log(1 + (len(counts) - len(among) + 0.5) / (len(among) + 0.5))
            for place, weight in among:
                scores[place] += idf * weight
        rankings.append(sorted(scores, key=lambda place: (-scores[place], place)))
    return rankings

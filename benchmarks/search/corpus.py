"""Passages and questions, the same in every run: sentences of laws put together anew, with invented rare words.

Only the standard library here: the system's Python, to which Debian's Xapian belongs, reads the files too.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

#: Part of the files' names: another text, another number.
EDITION = 1
#: Share of passages in each language, in hundredths.
SHARES = {"en": 30, "fr": 20, "es": 15, "ru": 10, "ar": 10, "zh": 15}
CONFIGURATIONS = {"en": "english", "fr": "french", "es": "spanish", "ru": "russian", "ar": "arabic", "zh": "simple"}
STATES = (
    "CAN", "GBR", "ZAF", "ZWE", "IND", "FRA", "BEL", "CHE", "SEN", "MAR", "URY", "ARG", "MEX", "ESP",
    "PER", "RUS", "KAZ", "BLR", "KGZ", "ARE", "TUN", "EGY", "JOR", "QAT", "CHN", "SGP", "NGA", "KEN",
    "GHA", "UGA", "AUS", "NZL", "IRL", "JAM", "USA", "PHL", "PAK", "BGD", "LKA", "MYS", "CMR", "CIV",
    "MLI", "HTI", "CHL", "COL", "CRI", "CUB", "DOM", "ECU",
)  # fmt: skip
KINDS = ("provision", "provision", "provision", "provision", "provision", "case", "publication")
CRIMES = ("trafficking", "smuggling", "corruption", "laundering", "terrorism", "firearms", "cybercrime", "wildlife")
TREATIES = {"UNTOC": 41, "TIP": 20, "SOM": 25, "UNCAC": 71}
#: About 10% are not public.
LABELS = ("public",) * 18 + ("officials", "own_state")
SECRETARIAT_EVERY = 40


class Row(NamedTuple):
    """One passage of the benchmark, as a line of the file."""

    number: int
    lang: str
    kind: str
    state: str
    year: int
    label: str
    articles: list[str]
    crimes: list[str]
    title: str
    text: str

    @property
    def whole(self) -> str:
        """What is indexed: title and text."""
        return f"{self.title}\n{self.text}"


class Asked(NamedTuple):
    """One question: its language and its words."""

    lang: str
    text: str


def prepare(folder: Path, count: int) -> Path:
    """Returns a file with at least that many passages, written if there is none yet."""
    from benchmarks.search.law_texts import source

    begin = f"{source()}-{EDITION}"
    there = {int(path.stem.rpartition("-")[2]): path for path in folder.glob(f"{begin}-*.jsonl")}
    if larger := [number for number in there if number >= count]:
        return there[min(larger)]
    path = folder / f"{begin}-{count}.jsonl"
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")
    with draft.open("w", encoding="utf-8") as file:
        for row in _made(count):
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n")
    return draft.replace(path)


def read(path: Path, begin: int, end: int) -> Iterator[Row]:
    """Yields the passages with these numbers, one at a time."""
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file):
            if number >= end:
                return
            if number >= begin:
                yield Row(*json.loads(line))


def _made(count: int) -> Iterator[Row]:
    from benchmarks.search.law_texts import invented_words, sentences

    rng = random.Random("passages")
    pools = {lang: sentences(lang) for lang in SHARES}
    rare = {lang: invented_words(lang, 60_000) for lang in SHARES}
    languages = [lang for lang, share in SHARES.items() for _each in range(share)]
    for number in range(count):
        lang = languages[int(rng.random() * 100)]
        pool, words = pools[lang], list[str]()
        target = min(120, max(20, int(rng.lognormvariate(4.0, 0.42))))  # mean about 60 words
        target = int(target * 1.6) if lang == "zh" else target  # a Chinese word has 1.6 characters
        while len(words) < target:
            words += pool[int(rng.random() * len(pool))]
        del words[target:]
        for _each in range(1 + int(rng.random() * 3)):
            rank = int(len(rare[lang]) ** rng.random()) - 1
            words[int(rng.random() * target)] = rare[lang][rank]
        year = 1950 + int(75 * rng.random() ** 0.5)
        words[int(rng.random() * target)] = f"{int(rng.random() * 9000) + 1}/{year}"
        label = "secretariat" if number % SECRETARIAT_EVERY == 7 else LABELS[int(rng.random() * len(LABELS))]
        yield Row(
            number, lang, KINDS[int(rng.random() * len(KINDS))], STATES[int(len(STATES) ** rng.random()) - 1], year,
            label, _articles(rng), rng.sample(CRIMES, int(rng.random() * 3)),
            f"{number // 80 + 1}/{year}, {number % 80 + 1}", ("" if lang == "zh" else " ").join(words),
        )  # fmt: skip


def _articles(rng: random.Random) -> list[str]:
    found = set()
    for _each in range(max(0, int(rng.random() * 5) - 2)):
        treaty = rng.choice(tuple(TREATIES))
        found.add(f"{treaty}:{1 + int(rng.random() * TREATIES[treaty])}")
    return sorted(found)


def questions(path: Path, count: int, series: str) -> list[Asked]:
    """Returns that many questions of one to four words, equally many in each language.

    Each takes its words from one of the first 10,000 passages, which every size has, from frequent, middling and
    rare words alike; words of three letters or fewer are left out, most of which say nothing. `series` gives others.
    """
    passages: dict[str, list[list[str]]] = defaultdict(list)
    frequency: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read(path, 0, 10_000):
        words = sorted(set(_words(row.lang, row.text)))
        passages[row.lang].append(words)
        frequency[row.lang].update(words)
    rng, found = random.Random(series), dict[Asked, None]()
    while len(found) < count:
        lang = tuple(SHARES)[len(found) % len(SHARES)]
        words, seen = rng.choice(passages[lang]), frequency[lang]
        bands = (
            [w for w in words if seen[w] > len(passages[lang]) / 20],
            [w for w in words if 4 <= seen[w] <= len(passages[lang]) / 20],
            [w for w in words if seen[w] < 4],
        )
        size = rng.choices((1, 2, 3, 4), (20, 35, 30, 15))[0]
        chosen = {rng.choice(band) for band in rng.choices(bands, (35, 40, 25), k=size) if band}
        if len(chosen) == size:
            found[Asked(lang, " ".join(rng.sample(sorted(chosen), size)))] = None
    return list(found)


def _words(lang: str, text: str) -> list[str]:
    if lang != "zh":
        return [word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) > 3]
    runs = re.findall(r"[\u4e00-\u9fff]{2,}", text)
    return [run[at : at + 2] for run in runs for at in range(0, len(run) - 1, 2)]

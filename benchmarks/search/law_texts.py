"""Sentences in the six languages: real laws where they lie beside the tree, invented ones where they do not."""

from __future__ import annotations

import json
import os
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import ROOT

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
#: The data that lies beside the tree; it is not part of it.
SHARED = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared" / "data"))
#: Where laws in each language lie below `legislation`.
FOLDERS = {
    "en": ("ca-xml/eng/*.xml", "akn-*/**/*.xml", "zw-json/*.json", "in-json/*.json"),
    "fr": ("ca-xml/fra/*.xml", "fr-md/*.md"),
    "es": ("es-md/**/*.md",),
    "ru": (),
    "ar": ("ar-uae/html/*.html", "tn-json/*ara*.json"),
    "zh": ("zh-md/**/*.md",),
}
#: A language with fewer real sentences than this gets invented ones beside them (Russian has one real text).
ENOUGH = 4000
_ENDS = re.compile(r"(?<=[.;:!?؛؟])\s+|(?<=[。；！？：])")
_SYLLABLES = {
    "en": "ab con der est for gar hin ing jor kel lan mer nor ost per quil ran sel tor und ver wen",
    "fr": "bou cé dé eur fon gé ille jou lai mon né oir pré que rou sé tion vent",
    "es": "ando bre cion dero ejo fal gue hor iza jus llo men ñar ora per qui raz tor",
    "ru": "воз гра дел жен зак ист кра лов мен нос об при рас ств тор уст хра цен чит ный",
    "ar": "با تر جم حق خل دس ري سل شر صد ضم طر عق غر فص قن كت لا مح نظ هد وق ية",
    "zh": " ".join(chr(code) for code in range(0x4E00, 0x4E00 + 4 * 700, 4)),
}


def source() -> str:
    """What the passages are made of here: "laws" or, where none lie beside the tree, "invented" words alone."""
    return "laws" if (SHARED / "legislation").is_dir() else "invented"


def invented_words(lang: str, count: int) -> list[str]:
    """Returns that many different words that no law has, always the same ones, shorter ones first."""
    rng, syllables, size = random.Random(f"words {lang}"), _SYLLABLES[lang].split(), 2
    found: dict[str, None] = {}
    while len(found) < count:
        for _try in range(count):
            found["".join(rng.choices(syllables, k=size))] = None
        size += 1
    return list(found)[:count]


def sentences(lang: str) -> list[list[str]]:
    """Returns sentences as lists of words (Chinese: of characters), each once, in a fixed order.

    Words of one text in that language, the Universal Declaration, are the most frequent of the invented sentences.
    """
    real = list(dict.fromkeys(_real(lang)))
    cut = [list(text) if lang == "zh" else text.split() for text in real]
    if len(cut) >= ENOUGH:
        return cut
    frequent = Counter(word for words in cut for word in words)
    vocabulary = [word for word, _n in frequent.most_common()] + invented_words(lang, 20_000)
    rng = random.Random(f"sentences {lang}")
    # N to the power of a uniform number is a rank whose frequency falls as 1/rank: Zipf's law.
    return cut + [
        [vocabulary[int(len(vocabulary) ** rng.random()) - 1] for _word in range(rng.randint(8, 30))]
        for _sentence in range(ENOUGH)
    ]


def _real(lang: str) -> Iterator[str]:
    low, high = (12, 140) if lang == "zh" else (5, 60)
    for text in _paragraphs(lang):
        for sentence in _ENDS.split(" ".join(text.split())):
            words = list(sentence) if lang == "zh" else sentence.split()
            for begin in range(0, len(words), high):
                if len(piece := words[begin : begin + high]) >= low:
                    yield ("" if lang == "zh" else " ").join(piece)


def _paragraphs(lang: str) -> Iterator[str]:
    for pattern in FOLDERS[lang]:
        for path in sorted((SHARED / "legislation").glob(pattern)):
            yield from _READERS[path.suffix](path)
    declaration = SHARED / "retrieval" / "udhr-aligned" / "docs.jsonl"
    if declaration.exists():
        for line in declaration.read_text(encoding="utf-8").splitlines():
            document = json.loads(line)
            if document["lang"] == lang:
                yield document["text"]


def _markdown(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8", errors="replace")
    body = text.split("---\n", 2)[2] if text.startswith("---\n") and text.count("---\n") > 1 else text
    for paragraph in re.split(r"\n\s*\n", body):
        if not paragraph.lstrip().startswith(("#", "|", "<", "{")):
            yield paragraph.replace("*", "")


def _marked_up(path: Path) -> Iterator[str]:
    from lxml import etree, html

    data = path.read_bytes()
    if path.suffix == ".html":
        root = html.document_fromstring(data)
        for unwanted in root.xpath("//style|//script|//head|//comment()"):
            unwanted.drop_tree()
        yield root.text_content()  # its lines are broken at will: only full stops divide it
        return
    tree = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in tree.iter("{*}Text", "{*}p"):
        yield "".join(element.itertext())


def _json(path: Path) -> Iterator[str]:
    waiting = [json.loads(path.read_text(encoding="utf-8", errors="replace"))]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        else:
            waiting += value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


_READERS = {".md": _markdown, ".xml": _marked_up, ".html": _marked_up, ".json": _json}

"""Finds the figures and the open questions in a paragraph of Chinese."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale

from . import chinese as grammar
from .chinese_events import dates_stated, ordinals
from .chinese_nouns import Noun, noun_after
from .collecting import Reading, collect
from .dates import Mention, find_dates
from .lists import ListGrammar
from .model import FRACTION, RANGE, RECORD, UPPER_BOUND, VAGUE, Found, Qualifier, Question
from .numerals import CHINESE_NUMBER, alternatives, chinese_value, printed
from .periods import Clock
from .spans import fill, fill_all, fill_titles, piece, shadow

_NUMBER = re.compile(rf"(?<![A-Za-z\d.,/·])(?<![A-Za-z\d]-)(?:{CHINESE_NUMBER})(?![\d/])")
_NAMES = [re.compile(p) for p in grammar.NUMBERED_NAMES]
_PREFIX = re.compile(
    rf"(?:(?P<below>{alternatives(grammar.BELOW)})|(?<![公条契合制节违预签大最附靠邻])(?P<q>{alternatives(grammar.BEFORE)}))"
    r"(?:有|为|达)?\s*$"
)
_SUFFIX = re.compile(rf"\s*(?P<q>{alternatives(grammar.AFTER)})\s*")
_SUFFIX_LATE = re.compile(r"\s*(?P<q>以上|左右|上下)的?\s*")
_CLASSIFIER = re.compile(rf"\s*(?P<c>{alternatives([*grammar.CLASSIFIERS, *grammar.DIRECT])})")
_PERCENT = re.compile(rf"\s*{grammar.PERCENT}")
_RANGE_BEFORE = re.compile(rf"(?:{CHINESE_NUMBER})\s*[个名项份]?\s*(?:至|到|-|–|—|~|～)\s*$")
_HELD = re.compile(rf"\s*(?:{alternatives(grammar.MEETING_WORDS)})")
_VAGUE = re.compile(grammar.VAGUE)
_RECORD = re.compile(grammar.RECORD)
_SIGNS = {"US$": "USD", "$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY"}
_SIGN_BEFORE = re.compile(rf"(?P<s>{alternatives(_SIGNS)}|[A-Z]{{3}})\s*$")
_END, _COMMA = "。！？；\n", "，"


@cache
def _currency() -> tuple[re.Pattern[str], dict[str, str]]:
    """The names of currencies in Chinese, from the CLDR; a bare 元 is the yuan."""
    locale = Locale.parse("zh")
    names = {name: code for code, name in locale.currencies.items() if re.fullmatch(r"[\u4e00-\u9fff]+", name)}
    names |= {"元": "CNY", "人民币元": "CNY", "元人民币": "CNY", "美金": "USD"}
    return re.compile(rf"\s*(?P<n>{alternatives(names)})"), names


def prepare(text: str) -> tuple[str, list[Mention]]:
    """Returns the shadow of a paragraph, names and dates filled, and the dates."""
    dark = fill_all(fill_titles(shadow(text), "《", "》"), _NAMES)
    mentions = find_dates(dark, "zh", fill)
    for mention in mentions:
        dark = fill(dark, mention.start, mention.end)
    return dark, mentions


def read_chinese(text: str) -> Reading:
    """Returns the figures of a paragraph, what stays open, and the dates it names, each in the order of the text."""
    dark, mentions = prepare(text)
    found = ordinals(text, dark) + dates_stated(dark, mentions)

    def read(match: re.Match[str], value: Decimal, earlier: list[Found]) -> Found | Question | None:
        return _figure(text, dark, match, value, earlier)

    found, questions = collect(text, dark, found, _open_words(text, dark), _NUMBER, chinese_value, read, LISTS)
    return found, questions, mentions


def _figure(
    text: str, dark: str, match: re.Match[str], value: Decimal, earlier: list[Found]
) -> Found | Question | None:
    """Reads one number with what stands before and after it."""
    start, place = match.start(), match.end()
    before = dark[max(0, start - 16) : start]
    if match[0][0] in "零〇" and value == 0:
        return None
    if before.rstrip().endswith("第") or re.match(r"\s*分之", dark[place:]):
        return _part_of_whole(dark, match)
    if before.endswith("分之"):
        return None
    qualifier: Qualifier = "exact"
    sign = _SIGN_BEFORE.search(before)
    code = _SIGNS.get(sign["s"], sign["s"]) if sign else ""
    if sign and code in Locale.parse("zh").currencies:
        start, before = start - len(sign[0]), before[: sign.start()]
    else:
        sign = None
    prefix = _PREFIX.search(before)
    if prefix:
        start -= len(prefix[0])
        qualifier = grammar.BEFORE.get(prefix["q"] or "", "exact")  # type: ignore[assignment]
    suffix = _SUFFIX.match(dark, place)
    if suffix:
        place, qualifier = suffix.end(), grammar.AFTER[suffix["q"]]  # type: ignore[assignment]
    item = _money(dark, start, place, value, qualifier, code if sign else "") or _percent(
        dark, start, place, value, qualifier
    )
    item = item or _counted(text, dark, match, start, place, value, qualifier, earlier)
    if item and prefix and prefix["below"]:
        return Question(item.start, item.end, item.unit, UPPER_BOUND)
    span = _RANGE_BEFORE.search(dark[max(0, match.start() - 24) : match.start()])
    if item and span:
        return Question(match.start() - len(span[0]), item.end, item.unit, RANGE)
    return item


def _part_of_whole(dark: str, match: re.Match[str]) -> Found | Question | None:
    """百分之二十 is a percentage; 三分之一 has no decimal value; 第 makes no quantity at all."""
    whole = re.match(rf"\s*分之\s*({CHINESE_NUMBER})", dark[match.end() :])
    if not whole:
        return None
    end = match.end() + whole.end()
    value = chinese_value(whole[1])
    if match[0] == "百" and value is not None:
        prefix = _PREFIX.search(dark[max(0, match.start() - 8) : match.start()])
        if prefix and prefix["q"]:
            qualifier: Qualifier = grammar.BEFORE[prefix["q"]]  # type: ignore[assignment]
            return Found(match.start() - len(prefix[0]), end, "percent", printed(value), "%", qualifier)
        return Found(match.start(), end, "percent", printed(value), "%")
    return Question(match.start(), end, "", FRACTION)


def _money(dark: str, start: int, place: int, value: Decimal, qualifier: Qualifier, code: str) -> Found | None:
    pattern, names = _currency()
    name = pattern.match(dark, place)
    if name:
        return Found(start, name.end(), "money", printed(value), names[name["n"]], qualifier)
    return Found(start, place, "money", printed(value), code, qualifier) if code else None


def _percent(dark: str, start: int, place: int, value: Decimal, qualifier: Qualifier) -> Found | None:
    sign = _PERCENT.match(dark, place)
    if not sign:
        return None
    late = re.match(r"\s*(?P<q>以上|左右|上下)", dark[sign.end() :])
    if late:
        qualifier = grammar.AFTER[late["q"]]  # type: ignore[assignment]
    return Found(start, sign.end() + (late.end() if late else 0), "percent", printed(value), "%", qualifier)


def _counted(
    text: str,
    dark: str,
    match: re.Match[str],
    start: int,
    place: int,
    value: Decimal,
    qualifier: Qualifier,
    earlier: list[Found],
) -> Found | None:
    """Reads a number that is followed by a classifier and a noun, or by a noun that needs no classifier."""
    classifier = _CLASSIFIER.match(dark, place)
    if not classifier:
        return None
    word, end = classifier["c"], classifier.end()
    before = dark[: match.start()].rstrip()
    if qualifier == "exact" and before.endswith(grammar.POINTING):
        return None
    late = _SUFFIX_LATE.match(dark, end)
    if late:
        end, qualifier = late.end(), grammar.AFTER[late["q"]]  # type: ignore[assignment]
    if word in grammar.DIRECT:
        direct = _direct(dark, match, word, end, value)
        return Found(start, end, "quantity", printed(value), word, qualifier) if direct else None
    single = match[0] == "一" and qualifier == "exact"
    new = single and before.endswith("新") and word == "轮"
    if single and not new and not _one_is_a_count(dark, match, word, end, earlier):
        return None
    noun = noun_after(dark, end, single=single)
    if noun is None:
        unit = _subject(dark[:start]) or _antecedent(text, earlier, match.start(), word)
        return Found(start, end, "quantity", printed(value), unit, qualifier) if unit else None
    start -= new
    last = _SUFFIX_LATE.match(dark, noun.end)
    if last:
        qualifier = grammar.AFTER[last["q"]]  # type: ignore[assignment]
        return Found(start, last.end("q"), "quantity", printed(value), text[noun.start : noun.end], qualifier)
    return Found(start, noun.end, "quantity", printed(value), text[noun.start : noun.end], qualifier)


def _antecedent(text: str, earlier: list[Found], place: int, classifier: str) -> str:
    """A count without a noun ("the total is now 1,647") counts what the figure before it in its sentence counts."""
    sentence = piece(text, place, _END)[0]
    same = [f for f in earlier if f.kind == "quantity" and sentence <= f.start < place]
    same = [f for f in same if classifier in text[f.start : f.end]]
    return same[-1].unit.removeprefix("新") if same else ""


def _subject(before: str) -> str:
    """A count without a noun may count its subject: 工作人员总数为 1,450 名, 访问量超过 300 万次."""
    match = re.search(
        r"(?P<n>[\u4e00-\u9fff]{2,12})(?:总数|总人数|人数|数量)(?:现已|已)?(?:达到|达|为|是|增至)?\s*$", before
    )
    match = match or re.search(r"(?P<n>[\u4e00-\u9fff]{1,10}量)(?:现已|已)?(?:达到|达|为|是|增至)?\s*$", before)
    return match["n"].split("的")[-1] if match else ""


def _direct(dark: str, match: re.Match[str], word: str, end: int, value: Decimal) -> bool:
    """Whether 人, 年 and the like are counted here: not a calendar year, a biennium, "both countries" or one."""
    if (
        match[0] in ("一", "两", "万", "百", "千")
        and (match[0], word) != ("两", "人")
        and word in ("人", "国", "年", "天", "周", "克", "升", "月")
    ):
        return bool(re.search(r"(?:为期|历时|长达)\s*$", dark[: match.start()])) or (
            match[0] == "两" and word == "年" and dark[end : end + 2] == "期间"
        )
    if word == "年":
        return value < 1000 and not re.match(r"\s*(?:期(?!间)|度|级|代|前|来|以来|后)", dark[end:])
    if word == "月":
        return False
    return not (word in ("人", "国") and re.match(r"民|均|权|际|家|工|口|类", dark[end:]))


def _one_is_a_count(dark: str, match: re.Match[str], word: str, end: int, earlier: list[Found]) -> bool:
    """Whether 一 with its classifier counts one thing, rather than standing for "a".

    It counts where the clause says that something was done or is being done (了, 正在, 已), where it opens a clause
    as its subject, and where it is joined to another count. A purpose, a predicate or a manner of speaking counts none.
    """
    before = dark[: match.start()].rstrip()
    if word in grammar.NOT_WITH_ONE or before.endswith(tuple(grammar.NO_COUNT_BEFORE_ONE)):
        return False
    if re.match(r"(?:性|系列|部分|级|般|或多|至两)|[或至]", dark[end:]):
        return False
    start, stop = piece(dark, match.start(), _END + _COMMA + "：（）")
    clause, lead = dark[start:stop], dark[start : match.start()].strip()
    if any(word in lead for word in grammar.AIM):
        return False
    if not lead:
        return True
    if re.search(r"(?:和|及|、)$", lead) and (
        _RECORD.search(lead) or any(start <= f.start and match.start() - f.end <= 2 for f in earlier)
    ):
        return True
    if re.search(r"[在于]$", lead):
        return "了" in clause
    return any(mark in lead for mark in grammar.DONE)


def _open_words(text: str, dark: str) -> list[Question]:
    """Words that mean a count and print none: 几次, 若干, a record number."""
    questions: list[Question] = []
    for pattern, reason in ((_RECORD, RECORD), (_VAGUE, VAGUE)):
        for match in pattern.finditer(dark):
            noun: Noun | None = noun_after(dark, match.end())
            if noun:
                questions.append(Question(match.start(), noun.end, text[noun.start : noun.end], reason))
    return questions


def _list_of(text: str, lead: str) -> str:
    """Returns what a list names: 以下领域 is a list of 领域; else the last noun before the colon."""
    match = re.search(grammar.LIST_LEAD, lead)
    noun = noun_after(lead, match.end()) if match else None
    if noun:
        return lead[noun.start : noun.end]
    words = re.sub(r"[，、]?\s*(?:内容)?(?:包括|其中|如下|即|例如)\s*$", "", lead)
    last = re.split(r"[，的]", words)[-1].strip()
    return "" if last.endswith("有关") else last


def _first_name(words: str) -> str:
    """Returns the name at the end of the words that lead to a list: 由…联络 and the like are cut off."""
    kept = re.split(
        r"(?:[由向为在从是将给]|(?<!参)与(?!会)|支持|联络|通过|包括|作为|设立的|以及|其他|的(?=.{3}))", words
    )
    return kept[-1].strip() or words


def _governs(text: str, mention: Mention) -> bool:
    before, after = text[max(0, mention.start - 6) : mention.start].rstrip(), text[mention.end : mention.end + 12]
    if before.endswith(tuple(grammar.BASES)) and not re.match(r"\s*[，、]", after):
        return False
    if before.endswith(tuple(grammar.EXTENDED)) or (re.search(r"将[于在]$", before) and not _HELD.match(after)):
        return False
    return not (re.search(r"(?:自|自从|从)$", before) and re.match(r"\s*(?:以来|起|开始|至今)", after))


def _opens(text: str, start: int, mention: Mention) -> bool:
    return not text[start : mention.start].strip() and bool(
        re.match(r"\s*(?:期间|全年|底|初)?\s*，", text[mention.end :])
    )


def _moment(sentence: str) -> bool:
    return bool(re.search(r"本报告(?:编写|提交)|(?:编写|提交)(?:本)?报告(?:之)?时", sentence))


LISTS = ListGrammar(
    locale="zh",
    colon="：",
    end="。\n",
    strong="；",
    weak="、",
    join=grammar.LIST_JOIN,
    body=rf"[^，。；：、（）\n]{{2,30}}?(?:{alternatives(grammar.BODIES)})+(?:（[^）]{{1,10}}）)?",
    body_end=rf"(?:{alternatives(grammar.BODIES)}|）)",
    regions=grammar.REGIONS,
    place_tail=rf"(?:{alternatives(grammar.PLACE_TAIL)})?",
    place_edge=("", ""),
    what=_list_of,
    first_name=_first_name,
)


def _attached(text: str, figure: Found, mention: Mention) -> bool:
    return mention.end <= figure.start and text[mention.end : figure.start].strip() in ("的", "为", "：")


CLOCK = Clock(
    sentence_marks="。！？；",
    clause_marks="，：（）",
    governs=_governs,
    opens=_opens,
    moment=_moment,
    attached=_attached,
)

"""What the bundled reference facts promise: counts, sources, languages, and dates that follow from them."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

TREE = Path(__file__).resolve().parents[2]
SRC = TREE / "src" / "comity"
TREATIES = SRC / "modules" / "treaties" / "reference"
LANGUAGES = {"en", "ar", "es", "fr", "ru", "zh"}
GROUPS = {"african": 54, "asia-pacific": 54, "grulac": 33, "weog": 29, "eastern-european": 23}
#: Instruments whose computed entry into force differs from the stated date, with the reason.
EXPLAINED = {
    "CT-AIRPORTS-1988": "the table of today's parties lacks ratifications of States that no longer exist",
}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def participants() -> dict[str, dict[str, str]]:
    return {row["iso3"]: row for row in table(SRC / "core/people/reference/participants.csv")}


@pytest.fixture(scope="module")
def instruments() -> dict[str, dict]:
    return {row["code"]: row for row in json.loads((TREATIES / "instruments.json").read_text("utf-8"))}


@pytest.fixture(scope="module")
def facts() -> list[dict[str, str]]:
    return table(TREATIES / "facts.csv")


def test_participants_are_members_observers_others_and_the_union(participants):
    kinds = Counter(row["kind"] for row in participants.values())
    assert kinds == {"un_member": 193, "observer_state": 2, "other_state": 2, "organization": 1}
    members = [row for row in participants.values() if row["kind"] == "un_member"]
    assert Counter(row["regional_group"] for row in members) == GROUPS
    assert {row["regional_group"] for row in participants.values()} <= {*GROUPS, "none"}


def test_names_are_complete_and_bear_no_footnote_mark_or_article_behind(participants):
    for row in participants.values():
        for lang in LANGUAGES:
            name = row[f"name_{lang}"]
            assert name, (row["iso3"], lang)
            assert not re.search(r"[*\d\[\]]", name), name
            assert not re.search(r"\((the|le|la|les|l['’]|el|los|las)\)$", name), name
        assert row["source"]


def test_every_printed_name_belongs_to_one_participant(participants):
    names = table(SRC / "core/people/reference/names.csv")
    owners: dict[str, str] = {}
    for row in names:
        assert row["iso3"] in participants
        assert row["kind"] in {"short", "formal", "former", "source"}
        assert not re.search(r"[*\d\[\]]", row["name"]), row["name"]
        assert owners.setdefault(row["name"].casefold(), row["iso3"]) == row["iso3"]
        assert row["source"]
    for printed, iso3 in {
        "Swaziland": "SWZ", "Cape Verde": "CPV", "Turkey": "TUR", "Czech Republic": "CZE", "Zaire": "COD",
        "The former Yugoslav Republic of Macedonia": "MKD", "Netherlands (Kingdom of the)": "NLD",
    }.items():
        assert owners[printed.casefold()] == iso3


def test_instruments_have_titles_in_six_languages_each_with_a_source(instruments):
    assert len(instruments) == 24
    assert sum(code.startswith("CT-") for code in instruments) == 19
    for code, row in instruments.items():
        for kind in ("titles", "short_titles"):
            assert set(row[kind]) == LANGUAGES, code
            for text in row[kind].values():
                assert text["value"] and text["source"]
                assert text["status"] in {"original", "official", "unofficial"}
                assert text["status"] == "unofficial" or "own wording" not in text["source"]
        assert row["concluded"]["source"]
        for rule in row["rules"].values():
            assert rule is None or (rule["source"] and rule["article"])
        assert row["parent"] is None or row["parent"] in instruments


def test_no_text_is_as_long_as_a_sentence_of_a_treaty(instruments):
    trees = json.loads((TREATIES / "articles.json").read_text("utf-8"))
    texts = [text["value"] for row in instruments.values() for text in row["titles"].values()]
    texts += [
        title
        for tree in trees.values()
        for node in (*tree["chapters"], *tree["articles"])
        for title in node["titles"].values()
    ]
    assert max(map(len, texts)) < 320
    assert not [text for text in texts if re.search(r"[.。]\s*$", text)]


def test_article_trees_are_whole():
    trees = json.loads((TREATIES / "articles.json").read_text("utf-8"))
    counts = {"UNTOC": 41, "UNTOC-TIP": 20, "UNTOC-SOM": 25, "UNTOC-FP": 21, "UNCAC": 71}
    for code, count in counts.items():
        articles = trees[code]["articles"]
        assert [article["number"] for article in articles] == [str(n) for n in range(1, count + 1)]
        assert all(set(article["titles"]) == LANGUAGES for article in articles)
    assert len(trees["UNCAC"]["chapters"]) == 8
    assert all(tree["source"] for tree in trees.values())


def test_facts_are_known_dated_and_sourced(facts, participants, instruments):
    assert len(facts) == 2847
    sources = {row["source_code"]: row for row in table(TREATIES / "sources.csv")}
    assert len({fact["instrument"] for fact in facts}) == 13
    assert Counter(row["kind"] for row in sources.values()) == {"depositary": 10, "secondary": 3}
    for fact in facts:
        assert fact["iso3"] in participants
        assert fact["instrument"] in instruments
        source = sources[fact["source_code"]]
        assert source["instrument"] == fact["instrument"]
        day = date.fromisoformat(fact["date"])
        assert date(1960, 1, 1) < day <= date.fromisoformat(source["as_of"])
        if fact["effective"] and fact["action"] != "succession":
            assert date.fromisoformat(fact["effective"]) >= day
    matters = Counter((f["instrument"], f["iso3"], "signature" in f["action"]) for f in facts)
    assert set(matters.values()) == {1}


def consents(facts, code, states_only):
    return sorted(
        (date.fromisoformat(fact["date"]), fact["iso3"])
        for fact in facts
        if fact["instrument"] == code and "signature" not in fact["action"]
        and not (states_only and fact["iso3"] == "EUE")
    )


def after(day: date, delay: dict) -> date:
    if "days" in delay:
        return day + timedelta(days=delay["days"])
    assert delay.get("first_of_month")
    month = day.month - 1 + delay["months"]
    return date(day.year + month // 12, month % 12 + 1, 1)


def entry_into_force(facts, instruments, code) -> date:
    rule = instruments[code]["rules"]["entry_into_force"]
    day = consents(facts, code, rule["counts"] == "states_only")[rule["threshold"] - 1][0]
    computed = after(day, rule["delay"])
    if rule["not_before_parent"]:
        computed = max(computed, entry_into_force(facts, instruments, instruments[code]["parent"]))
    return computed


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("UNTOC", "2003-09-29"), ("UNTOC-TIP", "2003-12-25"), ("UNTOC-SOM", "2004-01-28"),
        ("UNTOC-FP", "2005-07-03"), ("UNCAC", "2005-12-14"), ("CT-PLASTIC-1991", "1998-06-21"),
        ("CT-BEIJING-PROT-2010", "2018-01-01"),
    ],
)
def test_entry_into_force_follows_from_the_facts_and_the_rule(facts, instruments, code, day):
    assert entry_into_force(facts, instruments, code) == date.fromisoformat(day)


def test_computed_entry_into_force_equals_the_stated_one_or_is_explained(facts, instruments):
    differing = set()
    for code, row in instruments.items():
        stated, rule = row["stated_in_force"], row["rules"]["entry_into_force"]
        if stated and rule and any(fact["instrument"] == code for fact in facts):
            assert stated["source"]
            if entry_into_force(facts, instruments, code) != date.fromisoformat(stated["date"]):
                differing.add(code)
    assert differing == set(EXPLAINED)


@pytest.mark.parametrize(
    ("deposited", "in_force"),
    [
        ("2003-09-24", "2003-10-24"), ("2004-05-27", "2004-06-26"), ("2004-08-11", "2004-09-10"),
        ("2004-06-07", "2004-07-07"), ("2002-08-21", "2003-09-29"),
    ],
)
def test_later_states_are_bound_on_the_thirtieth_day(facts, instruments, deposited, in_force):
    rule = instruments["UNTOC"]["rules"]["entry_into_force"]
    own = after(date.fromisoformat(deposited), rule["later"])
    assert max(own, entry_into_force(facts, instruments, "UNTOC")) == date.fromisoformat(in_force)


def test_denunciation_of_the_convention_carries_its_protocols_along(instruments):
    rule = instruments["UNTOC"]["rules"]["denunciation"]
    assert rule["delay"] == {"months": 12}
    assert set(rule["cascades_to"]) == {"UNTOC-TIP", "UNTOC-SOM", "UNTOC-FP"}
    assert all(instruments[code]["parent_required"]["required"] for code in rule["cascades_to"])


def test_vocabularies_speak_six_languages(participants):
    content = json.loads((SRC / "core/texts/reference/vocabularies.json").read_text("utf-8"))
    terms = {v["code"]: v["terms"] for v in content["vocabularies"]}
    assert len(terms["crime-types"]) == 15
    assert {term["code"] for term in terms["regional-groups"]} == {*GROUPS, "none"}
    for rows in terms.values():
        for term in rows:
            assert set(term["labels"]) == LANGUAGES and term["source"]
            assert all(label["value"] for label in term["labels"].values())
            assert term["labels"]["en"]["status"] == "original"


def test_every_state_has_a_point_on_the_picture(participants):
    points = {row["iso3"]: row for row in table(SRC / "ui/reference/map_points.csv")}
    assert set(points) == {iso3 for iso3, row in participants.items() if row["kind"] != "organization"}
    assert all(0 < float(p["x"]) < 1000 and 0 < float(p["y"]) < 487 for p in points.values())
    assert len({(p["x"], p["y"]) for p in points.values()}) == len(points)
    path = (SRC / "ui/reference/land.svgpath").read_text("utf-8")
    assert len(path) < 60_000
    assert re.fullmatch(r"[Mlz\d., -]+\n", path)


def test_the_generator_makes_these_very_files(shared):
    run = subprocess.run(
        [sys.executable, TREE / "tools" / "reference.py", shared, "--check"],
        capture_output=True, text=True, timeout=120, check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr

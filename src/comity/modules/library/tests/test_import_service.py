"""Taking records: matched by identity, joined over languages, refused with reasons, the same again changes nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC, Actor
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.vault import files
from comity.core.vault.models import Quarantine
from comity.core.vault.quarantine import digest_of
from comity.modules.library import exports
from comity.modules.library.content import Content, to_plain
from comity.modules.library.models import Provision, Record, Tag, Version
from comity.modules.library.selectors.records import content_of
from comity.modules.library.services import lifecycle
from comity.modules.library.services.importing import Outcome, Source, refuse, take
from comity.modules.library.services.joining import join, same
from comity.modules.library.services.tagging import tag
from comity.modules.library.tests import making
from comity.modules.library.tests.cases import KINDS, large_case
from comity.modules.library.tests.making import CURATOR, CURATOR_2, FOCAL_A, FOCAL_B, PUBLISHER, SYSTEM
from comity.modules.library.tests.strategies import contents, sound

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world(tmp_path: Path, settings: Any) -> None:
    settings.COMITY_DATA = tmp_path / "node"
    making.world()


def one(lang: str = "en", **changes: Any) -> dict[str, Any]:
    """What a file says of an invented law, in one language."""
    names = {"en": "Invented Act", "fr": "Loi inventée"}
    plain = {
        "kind": "law", "state": "AAA", "year": 2001, "identity": "fixture:act", "law": {"type": "act"},
        "texts": [{"field": "title", "lang": lang, "value": names[lang]}],
        "provisions": [
            {"key": "s-1", "kind": "section", "number": "1", "texts": [{"lang": lang, "text": f"{lang} one"}]},
            {"key": "s-2", "kind": "section", "number": "2", "texts": [{"lang": lang, "text": f"{lang} two"}]},
        ],
    }  # fmt: skip
    return {**plain, **changes}


def bring(
    folder: Path, *records: dict[str, Any], actor: Actor = SYSTEM, name: str = "act.xml",
    outcome: Outcome | None = None, **options: Any,
) -> Outcome:
    """Takes records as a file of this name would give them."""  # fmt: skip
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(records))
    outcome = outcome or Outcome()
    source = Source(name, path, digest_of(path))
    take(actor, source=source, parsed={"records": list(records)}, outcome=outcome, **options)
    return outcome


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.count("imported"), outcome.count("updated"), outcome.count("unchanged")


def test_a_law_is_published_once_and_its_file_kept(tmp_path: Path) -> None:
    assert counts(bring(tmp_path, one())) == (1, 0, 0)
    record = Record.objects.get()
    assert (record.number, record.step, record.label) == ("AAA-2001-0001", "published", "public")
    kept = content_of(record).files[0]
    assert (kept.name, kept.lang, kept.media_type) == ("act.xml", "en", "application/xml")
    assert files.open_file(kept.digest).read() == (tmp_path / "act.xml").read_bytes()
    assert counts(bring(tmp_path, one())) == (0, 0, 1)
    assert Version.objects.count() == 1
    assert Entry.objects.filter(verb="library:record:import").count() == 1


@pytest.mark.parametrize("order", [("en", "fr"), ("fr", "en")])
def test_two_languages_become_one_record_in_either_order(order: tuple[str, str], tmp_path: Path) -> None:
    outcome = Outcome()
    extra = {"key": "s-1-1", "kind": "section", "number": "1.1", "texts": [{"lang": "fr", "text": "fr un"}]}
    sides = {"en": one("en", law={"type": "act", "status": "in_force"}), "fr": one("fr", law={"type": "code"})}
    sides["fr"]["provisions"].insert(1, extra)
    for lang in order:
        bring(tmp_path, sides[lang], name=f"{lang}/act.xml", outcome=outcome)
    assert counts(outcome) == (1, 0, 0)
    content = content_of(Record.objects.get())
    assert [(p.key, [t.lang for t in p.texts]) for p in content.provisions] == [
        ("s-1", ["en", "fr"]), ("s-1-1", ["fr"]), ("s-2", ["en", "fr"]),
    ]  # fmt: skip
    assert [(t.lang, t.value) for t in content.texts] == [("en", "Invented Act"), ("fr", "Loi inventée")]
    assert content.law and (content.law.type, content.law.status) == ("act", "in_force")
    assert sorted((f.lang, f.name) for f in content.files) == [("en", "act.xml"), ("fr", "act.xml")]
    again = Outcome()
    for lang in reversed(order):
        bring(tmp_path, sides[lang], name=f"{lang}/act.xml", outcome=again)
    assert counts(again) == (0, 0, 1)


def test_a_changed_file_updates_and_tags_stay(tmp_path: Path) -> None:
    bring(tmp_path, one())
    record = Record.objects.get()
    tag(CURATOR, record=record, scheme="article", value="UNTOC:5", provision="s-1")
    tag(CURATOR, record=record, scheme="article", value="UNTOC:6", provision="s-2")
    changed = one(provisions=one()["provisions"][:1])
    assert counts(bring(tmp_path, changed)) == (0, 1, 0)
    assert list(Provision.objects.values_list("key", flat=True)) == ["s-1"]
    assert set(Tag.objects.values_list("value", "provision_key")) == {("UNTOC:5", "s-1"), ("UNTOC:6", "")}
    assert counts(bring(tmp_path, changed)) == (0, 0, 1)


def test_a_worded_anew_original_makes_its_translation_stale(tmp_path: Path) -> None:
    bring(tmp_path, one(texts=[{"field": "title", "lang": "en", "value": "Act"},
                               {"field": "title", "lang": "fr", "value": "Loi", "status": "official"}]))  # fmt: skip
    bring(tmp_path, one(texts=[{"field": "title", "lang": "en", "value": "New Act"}]))
    texts = {t.lang: t for t in content_of(Record.objects.get()).texts}
    assert (texts["en"].version, texts["fr"].of_version) == (2, 1)


@pytest.mark.parametrize(
    ("changes", "options", "words"),
    [
        ({"state": "BBB"}, {"state": "AAA"}, ("BBB", "AAA")),
        ({"body": "Invented Court", "state": ""}, {"state": "AAA"}, ("Invented Court", "AAA")),
        ({}, {"kind": "case"}, ("law", "case")),
        ({"state": "ZZZ"}, {}, ("ZZZ",)),
        ({"surprise": 1}, {}, ("surprise",)),
        ({"provisions": [{"key": "a", "kind": "verse"}]}, {}, ("provisions", "kind")),
        ({"provisions": [{"key": "s-1", "kind": "section"}] * 2}, {}, ("s-1",)),
    ],
)
def test_what_is_wrong_is_refused_with_its_reason(
    changes: dict[str, Any], options: dict[str, str], words: tuple[str, ...], tmp_path: Path
) -> None:
    outcome = bring(tmp_path, one(**changes), one(identity="fixture:good"), name="a.jsonl", **options)
    assert outcome.count("imported") == (0 if "kind" in options else 1)
    assert all(word in outcome.refused[0]["reason"] for word in words), outcome.refused
    assert Quarantine.objects.count() == len(outcome.refused)
    bring(tmp_path, one(**changes), one(identity="fixture:good"), name="a.jsonl", **options)
    assert Quarantine.objects.count() == len(outcome.refused)


def test_a_law_of_no_state_waits_until_somebody_names_it(tmp_path: Path) -> None:
    outcome = bring(tmp_path, one(state=""))
    record = Record.objects.get()
    assert (record.number, record.step, outcome.as_dict()["waiting"]) == ("ZZZ-2001-0001", "submitted", 1)
    assert "--state" in outcome.notes[0]["note"]
    assert bring(tmp_path, one(state="", identity="fixture:person"), actor=CURATOR).refused
    assert counts(bring(tmp_path, one(state=""), state="BBB")) == (0, 1, 0)
    record.refresh_from_db()
    assert (record.step, record.working_step, record.participant_id) == ("published", "", "BBB")


def test_state_and_kind_hold_where_the_file_does_not_say(tmp_path: Path) -> None:
    assert counts(bring(tmp_path, one(state=""), state="BBB", kind="law")) == (1, 0, 0)
    assert Record.objects.get().participant_id == "BBB"


def test_a_dry_run_writes_nothing_and_says_the_same(tmp_path: Path) -> None:
    outcome = bring(tmp_path, one(), one("fr"), one(state="ZZZ", identity="x"), name="a.jsonl", dry_run=True)
    assert counts(outcome) == (1, 0, 0) and len(outcome.refused) == 1
    assert outcome.changes["fixture:act"]["first"][0]["text"] == "fr one"
    bring(tmp_path, one(), dry_run=True)
    assert not Record.objects.exists() and not Quarantine.objects.exists()
    assert not (tmp_path / "node" / "files").exists()


def test_a_file_refused_whole_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "licence.txt"
    path.write_text("words")
    outcome = Outcome()
    refuse(SYSTEM, source=Source("licence.txt", path, digest_of(path)), reason="not a law or case", outcome=outcome)
    assert outcome.refused == [{"file": "licence.txt", "reason": "not a law or case"}]
    assert (tmp_path / "node" / "quarantine" / digest_of(path)).read_text() == "words"


def test_a_case_waits_for_a_publisher_and_a_listing_does_not(tmp_path: Path) -> None:
    case = to_plain(large_case(state="AAA"))
    outcome = bring(tmp_path, case)
    record = Record.objects.get()
    assert outcome.as_dict()["waiting"] == 1
    assert (record.step, record.working_step, record.label) == ("submitted", "submitted", "own_state")
    assert counts(bring(tmp_path, case)) == (0, 0, 1)
    bring(tmp_path, {**case, "identity": "fixture:listing", "listing": True, "case": {}, "texts": []})
    assert Record.objects.get(listing=True).step == "published"


def test_a_person_imports_as_drafts_of_their_own_state(tmp_path: Path) -> None:
    own, foreign = one(), one(state="BBB", identity="fixture:other")
    outcome = bring(tmp_path, own, foreign, actor=FOCAL_A, name="a.jsonl")
    assert counts(outcome) == (1, 0, 0) and len(outcome.refused) == 1
    record = Record.objects.get()
    assert (record.step, record.author, record.participant_id) == ("draft", FOCAL_A.reference, "AAA")
    assert counts(bring(tmp_path, one("fr"), actor=CURATOR, name="b.jsonl")) == (0, 1, 0)
    assert bring(tmp_path, one(year=2002), actor=FOCAL_B, name="c.jsonl").refused
    with pytest.raises(Denied):
        bring(tmp_path, own, actor=PUBLIC)


def test_a_file_publishes_neither_work_nor_what_was_withdrawn(tmp_path: Path) -> None:
    bring(tmp_path, one())
    record = Record.objects.get()
    base = Version.objects.get()
    lifecycle.edit(CURATOR, record=record, content=Content(**{**one(), "year": 2009}), base=base.pk)
    bring(tmp_path, one(year=2005))
    assert content_of(record).year == 2001 and content_of(record, pending=True).year == 2005
    lifecycle.discard(CURATOR, record=record)
    lifecycle.withdraw(PUBLISHER, record=record, reason="Invented reason")
    outcome = bring(tmp_path, one(year=2006))
    assert record.number in outcome.refused[0]["reason"]
    assert CURATOR_2.reference not in record.writers


def test_a_record_made_here_is_known_by_its_address(tmp_path: Path) -> None:
    making.shown(making.law())
    entry = next(exports.entries(exports.chosen(PUBLIC)))
    line = {**to_plain(entry.content), "identity": entry.identity()}
    assert counts(bring(tmp_path, line, name="a.jsonl")) == (0, 0, 1)
    assert counts(bring(tmp_path, {**line, "year": 2020}, name="a.jsonl")) == (0, 1, 0)
    assert Record.objects.get().identity == ""


class RoundTrip(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(made=st.sampled_from(list(KINDS)).flatmap(contents))
    def test_what_is_kept_is_what_was_taken_and_joining_it_again_changes_nothing(self, made: Content) -> None:
        making.world()
        content = sound(made, ("AAA",), "fixture:any").model_copy(update={"listing": made.kind == "case"})
        outcome = Outcome()
        path = Path(__file__)
        for change in ("imported", "unchanged"):
            outcome = Outcome()
            take(SYSTEM, source=Source("a.jsonl", path.with_suffix(".jsonl"), "0" * 64),
                 parsed={"records": [to_plain(content)]}, outcome=outcome)  # fmt: skip
            assert not outcome.refused and outcome.count(change) == 1, outcome
        kept = next(exports.entries(exports.chosen(SYSTEM))).content
        assert same(kept, content)
        assert same(join(kept, content), content)

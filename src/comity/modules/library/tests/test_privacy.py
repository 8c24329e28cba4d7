"""No protected name is published, however it is written; likely names are confirmed one by one. All names invented."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.people.models import Body, Mandate, User
from comity.core.vault import files
from comity.core.workflow.models import Notification
from comity.modules.library import privacy
from comity.modules.library.checking import Incomplete
from comity.modules.library.content import Alias, FileRef, Source, Tag, Text
from comity.modules.library.models import Version
from comity.modules.library.privacy.likely import Known, likely_names
from comity.modules.library.privacy.matching import Forms
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle, tagging
from comity.modules.library.services.names import set_names
from comity.modules.library.tests import making

#: Syllables that invented names are made of; each part begins with one of the first, which no filler word holds.
SYLLABLES = {
    "latin": (["zvu", "Żby", "qø", "Ñyx", "ßwi", "Jŷř"], ["la", "mé", "ñor", "ıl", "œd", "ĥaß", "ļ", "ö", "đem"]),
    "cyrillic": (["жву", "Щёб", "цье", "Юйх"], ["ла", "ме", "ёр", "ий", "ґо", "ни"]),
    "arabic": (["ظغ", "ضُثّ", "ذخَ"], ["ا", "مي", "رة", "أل", "ؤد", "ى", "ين"]),
    "greek": (["ξψά", "Ζβή", "ψγώ"], ["λα", "μές", "ΐου", "νος"]),
    "hebrew": (["צחז", "גטק"], ["לָ", "מי", "רה"]),
    "georgian": (["ჟღვ", "ჭყა"], ["ლა", "მე", "ონ"]),
    "devanagari": (["झ्व", "ढ्य"], ["ला", "मी", "रं"]),
}
FILLER = {
    script: re.findall(r"\S+", words)
    for script, words in {
        "latin": "the court heard that on that day a group took part in la cour du ont été y se los una por Article",
        "cyrillic": "суд установил что в тот день группа лиц и они не было на город Статья",
        "arabic": "المحكمة في ذلك اليوم كانت مجموعة من الأشخاص على المادة إلى",
        "greek": "το δικαστήριο έκρινε ότι την ημέρα και η ομάδα Άρθρο",
        "hebrew": "בית המשפט קבע כי באותו יום",
        "georgian": "სასამართლომ დაადგინა რომ იმ დღეს",
        "devanagari": "न्यायालय ने कहा कि उस दिन",
    }.items()
}
_JOINTS = st.sampled_from([" ", "  ", "\n", ", ", "\u00a0", " \u200f", "-", "\u2010\n"])


def bare(text: str) -> str:
    """Without diacritics."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


_CHANGES = [
    str, str.upper, str.lower, str.title, bare, lambda t: bare(t).upper(), lambda t: unicodedata.normalize("NFD", t),
    lambda t: "\u00ad".join(t), lambda t: "\u200b".join(t), lambda t: t.replace("-", " ").replace("’", "'"),
    lambda t: t.replace("-", "").replace("’", ""),
]  # fmt: skip


@st.composite
def names(draw: st.DrawFn, script: str) -> list[str]:
    """The parts of an invented name; some are joined by a hyphen or an apostrophe."""
    first, more = SYLLABLES[script]
    ends = st.lists(st.sampled_from(more), min_size=1, max_size=3)
    part = st.builds(lambda a, b: a + "".join(b), st.sampled_from(first), ends)
    joined = st.builds(lambda a, j, b: f"{a}{j}{b}", part, st.sampled_from("-’'"), part)
    parts = draw(st.lists(st.one_of(part, part, joined), min_size=2, max_size=4))
    return [p[0].upper() + p[1:] for p in parts]


@st.composite
def hidden(draw: st.DrawFn) -> tuple[str, str, str]:
    """A name, a text that holds one of its variants, and the same text without it."""
    script = draw(st.sampled_from(sorted(SYLLABLES)))
    name = draw(names(script))
    parts = draw(st.permutations(name))
    written = parts[0]
    for part in parts[1:]:
        written += draw(_JOINTS) + part
    written = draw(st.sampled_from(_CHANGES))(written)
    words = st.lists(st.sampled_from(FILLER[script]), max_size=30)
    before, after = " ".join(draw(words)), " ".join(draw(words))
    around = [(" ", " "), ("\n", "."), (" (", ")"), (" «", "»"), (" ", "'s "), ("_", "_"), (" ", ", "), ("12", "3")]
    left, right = draw(st.sampled_from(around))
    return " ".join(name), f"{before}{left}{written}{right}{after}", f"{before} {after}"


@settings(max_examples=400, deadline=None)
@given(hidden())
def test_a_name_is_found_in_every_spelling_and_only_where_it_stands(case: tuple[str, str, str]) -> None:
    name, text, without = case
    forms = Forms([("v1", name)])
    assert forms.found_in(text) == {"v1"}
    assert forms.found_in(without) == set()


@settings(max_examples=100, deadline=None)
@given(st.text("被告人在法院说的是和第三条案件", max_size=40), st.text("被告人在法院说的是和第三条案件", max_size=40),
       st.sampled_from(["赵婉檀", "赵 婉檀", "赵婉\n檀", "赵·婉檀", "趙婉檀"]))  # fmt: skip
def test_chinese_names_are_found_between_other_signs(before: str, after: str, written: str) -> None:
    forms = Forms([("v1", "赵婉檀"), ("v1", "趙婉檀")])
    assert forms.found_in(f"{before}{written}{after}") == {"v1"}
    assert forms.found_in(before + after) == set()


@pytest.mark.parametrize(
    ("form", "text", "found"),
    [
        ("Zulema", "ZULEMA said", True), ("Zulema", "Zulemas", False), ("Zulema", "Zu lema", False),
        ("Zulema", "Zu-\nlema", True), ("Zulema", "Zulema's", True), ("Zulema", "Zulema1 and", True),
        ("Ana", "in an a priori way", False), ("Ma Li", "in Mali", False), ("Ma Li", "Li, Ma", True),
        ("Z. B.", "Z.B. was heard", False), ("ZB", "ZB was heard", False), ("Z. Brandovar", "Z Brandovar", True),
        ("Zulema Brandovar", "Zulema and Brandovar", False), ("Zulema Brandovar", "Z.B.", False),
        ("Zulema Brandovar", "case-of-zulema_brandovar.pdf", True), ("Zulema Brandovar", "ZulemaBrandovar.pdf", True),
        ("Zuléma Brandovar", "https://example.org/" + quote("Brandovar-Zuléma"), True),
        ("Zuléma Brandovar", "Zul&eacute;ma Brandovar", True), ("فاطمة", "وفاطمة", True), ("فاطمة", "الفاطمية", False),
        ("قنطرة زهرة", "لقنطره زهره", True), ("张", "张某说", False), ("Ｚｕｌｅｍａ", "Zulema", True),
    ],
)  # fmt: skip
def test_where_a_name_ends(form: str, text: str, found: bool) -> None:
    assert bool(Forms([("v1", form)]).found_in(text)) is found


def test_likely_names_are_listed_with_their_number() -> None:
    text = (
        "The High Court of State AAA heard Zulema Brandovar and Mr. Quenby. The court also heard Zulema Brandovar. "
        "Criminal Code applies; the criminal code is old. Mme Ólöf van der Quist spoke."
    )
    found = likely_names(text, Known(["State AAA"], ["High Court"]))
    assert found == {"Zulema Brandovar": 2, "Quenby": 1, "Ólöf van der Quist": 1}
    assert set(likely_names("被告人赵婉檀，被害人张某。", Known([]))) == {"赵婉檀"}
    assert set(likely_names("استمعت المحكمة إلى السيدة زهرة قنطرة وحضر.", Known([]))) >= {"زهرة قنطرة وحضر"}
    assert set(likely_names("Суд заслушал г-на Вулфарова и свидетеля.", Known([]))) == {"Вулфарова"}


@pytest.mark.parametrize(
    "piece",
    ["The witness Zulema Brandovar was a. ", "Zulema Brandovar ", "A ", "a-", "赵", "Mr. ", "عبد ال", "O'", "A. "],
)  # fmt: skip
def test_two_megabytes_of_anything_are_looked_through(piece: str) -> None:
    forms = Forms([(f"v{n}", f"Zulema{'abcdefghij'[n]} Brandovar Quenby Marit") for n in range(10)])
    text = piece * (1_000_000 // len(piece))
    assert forms.found_in(text) == set()
    likely_names(text, Known(["State AAA"]))
    assert forms.found_in(text + " Zulemac Brandovar Quenby Marit") == {"v2"}


@pytest.fixture
def _world(db: None) -> None:
    making.world()


@pytest.mark.usefixtures("_world")
class TestPublishing:
    """The check stands between approval and publication."""

    @pytest.mark.parametrize(
        "changes",
        [
            {"title": "The matter of Brandovar, ZULEMA"},
            {"summary": "Before the court stood Zuléma\u00ad Bran-\ndövar."},
            {"sources": [Source(title="x", url="https://example.org/zulema_brandovar.html")]},
            {"aliases": [Alias(scheme="old", value="zulema-brandovar-1")]},
            {"tags": [Tag(scheme="keyword", value="Zulema Brandovar")]},
            {"provisions": [making.provision("p-1", "words of Zulema Brandovar")]},
            {"designation": "Zulema Brandovar"},
            {"file": ("Zulema Brandovar.txt", b"nothing")},
        ],
    )
    def test_a_protected_name_blocks_in_any_place(self, changes: dict[str, object]) -> None:
        designation, file = changes.pop("designation", ""), changes.pop("file", None)
        if file:
            name, words = file  # type: ignore[misc]
            changes["files"] = [FileRef(digest=files.store(words), name=name, media_type="text/plain")]
        content = making.case(**changes)  # type: ignore[arg-type]
        if designation:
            content.case.persons[1].designation = designation  # type: ignore[union-attr,assignment]
        record = making.approved(content)
        set_names(making.FOCAL_A, record=record, person_key="v1", forms=["Zulema Brandovar"])
        with pytest.raises(Incomplete) as stopped:
            lifecycle.publish(making.PUBLISHER, record=record, confirmed=privacy.check(record, content).to_confirm())
        assert any("protected name of v1" in p for p in stopped.value.problems)
        assert not any("Zulema" in p for p in stopped.value.problems if "protected name" in p)

    def test_a_defendants_name_is_likely_not_protected_unless_a_minor(self) -> None:
        content = making.case(summary="Against Zulema Brandovar.")
        record = making.approved(content)
        set_names(making.CURATOR, record=record, person_key="d1", forms=["Zulema Brandovar"])
        with pytest.raises(Incomplete, match="confirm"):
            lifecycle.publish(making.PUBLISHER, record=record)
        row = lifecycle.publish(making.PUBLISHER, record=record, confirmed=["zulema BRANDOVAR", "Somebody Else"])
        assert row.confirmed == ["Zulema Brandovar"]
        content.case.persons[0].is_minor = "yes"  # type: ignore[union-attr,assignment]
        assert privacy.check(record, content).blocked

    def test_what_was_confirmed_stays_confirmed_for_the_next_version(self) -> None:
        content = making.case(summary="It was about Zulema Brandovar.")
        record = making.approved(content)
        lifecycle.publish(making.PUBLISHER, record=record, confirmed=["Zulema Brandovar"])
        (likely,) = privacy.check(record, content).likely
        assert likely.confirmed_before and likely.count == 1 and likely.places == ("Fact summary (en)",)

    def test_a_reason_is_public_too(self) -> None:
        record = making.shown(making.case())
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Zulema Brandovar"])
        with pytest.raises(Incomplete, match="protected name"):
            lifecycle.withdraw(making.PUBLISHER, record=record, reason="Names Zulema Brandovar")

    def test_a_tag_counts_at_once_so_it_is_looked_at_too(self) -> None:
        record = making.shown(making.case())
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Zulema Brandovar"])
        with pytest.raises(Incomplete, match="protected name"):
            tagging.tag(making.CURATOR, record=record, scheme="keyword", value="Brandovar Zulema")

    def test_a_withdrawn_record_does_not_come_back_with_a_name(self) -> None:
        record = making.shown(making.case(summary="About Zulema Brandovar."))
        lifecycle.withdraw(making.PUBLISHER, record=record, reason="Entered twice")
        lifecycle.restore(making.PUBLISHER, record=record)
        lifecycle.withdraw(making.PUBLISHER, record=record, reason="It names a person")
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Zulema Brandovar"])
        with pytest.raises(Incomplete, match="protected name"):
            lifecycle.restore(making.PUBLISHER, record=record)

    def test_publishers_are_told_where_a_name_entered_late_stands_in_public(self) -> None:
        publisher = User.objects.create_user("publisher@example.org", name="P")
        body = Body.objects.create(code="secretariat", name="Secretariat")
        Mandate.objects.create(user=publisher, role="publisher", body=body, proposed_by="x", approved_by="user:999")
        record = making.shown(making.case(summary="About Zulema Brandovar."))
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Other Person"])
        assert not Notification.objects.exists()
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Zulema Brandovar"])
        assert record.number in Notification.objects.get(user=publisher).subject

    def test_names_are_shown_to_those_who_may_change_them_and_never_kept_in_the_audit(self) -> None:
        record = making.draft(making.case())
        set_names(making.FOCAL_A, record=record, person_key="v1", forms=["Zulema  Brandovar", "", "Zulema Brandovar"])
        assert records.restricted_names(making.FOCAL_A, record) == {"v1": ["Zulema Brandovar"]}
        for actor in (PUBLIC, making.FOCAL_B, making.OBSERVER_A, making.PUBLISHER, making.ADMINISTRATOR):
            assert records.restricted_names(actor, record) == {}
        with pytest.raises(Incomplete, match="too short"):
            set_names(making.FOCAL_A, record=record, person_key="v1", forms=["Z. B."])
        with pytest.raises(Denied):
            set_names(making.PUBLISHER, record=record, person_key="v1", forms=[])
        assert "Zulema" not in str(list(Entry.objects.values()))
        assert "Zulema" not in str(list(Version.objects.values()))

    def test_the_text_of_a_file_is_read_and_what_cannot_be_read_is_confirmed(self) -> None:
        named = FileRef(digest=files.store(b"<p>It was Zulema Brandovar.</p>"), name="a.html", media_type="text/html")
        picture = FileRef(digest=files.store(b"\x89PNG\r\n\x1a\n"), name="scan.png", media_type="image/png")
        content = making.case(files=[named, picture])
        record = making.approved(content)
        set_names(making.CURATOR, record=record, person_key="v1", forms=["Zulema Brandovar"])
        check = privacy.check(record, content)
        assert [b.place for b in check.blocked] == ["the text of the file a.html"]
        assert [name for name, _why in check.unread] == ["scan.png"]


def test_texts_of_more_than_one_language_are_all_looked_at() -> None:
    content = making.case()
    content.texts.append(Text(field="summary", lang="ar", value="وقالت فاطمة الزنبري"))
    places = [place for place, text in privacy.words_of(content) if "فاطمة" in text]
    assert places == ["Fact summary (ar)"]

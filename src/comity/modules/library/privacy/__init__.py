"""Looking for names of persons before anything is published.

Blocked is what holds a known form of a protected name (restricted names of victims, witnesses, complainants … and
of minors); other likely names are listed, and the publisher confirms each. What is not found stands in
`docs/understand/names-of-victims.md`. Rules: domain notes, section 2.1.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from comity.core.people.models import Participant
from comity.core.texts.models import TermLabel
from comity.modules.library.content import Content, FileRef
from comity.modules.library.models import Record, RestrictedName, Version
from comity.modules.library.privacy.file_texts import Unread, text_of_file
from comity.modules.library.privacy.likely import Known, likely_names
from comity.modules.library.privacy.matching import Forms, fold
from comity.modules.library.privacy.places import words_of
from comity.modules.library.vocabulary import PROTECTED_ROLES, Kind, YesNo
from comity.modules.treaties import public as treaties

#: Kinds whose texts are about persons; laws and guides are not searched for likely names, only for known ones.
_ABOUT_PERSONS = frozenset({Kind.CASE, Kind.PUBLICATION})
_MOST_PLACES = 5


@dataclass(frozen=True)
class Blocked:
    """A protected person (by key in the case) whose name stands in a place; the name itself is not repeated."""

    person: str
    place: str


@dataclass(frozen=True)
class Likely:
    """A likely name, how often it stands there, and in which places (the first few)."""

    name: str
    count: int
    places: tuple[str, ...]
    #: The publisher of what is shown now confirmed it already.
    confirmed_before: bool = False


@dataclass(frozen=True)
class PrivacyCheck:
    """What stands in the way of publishing. `unread` are files whose text could not be read, with the reason."""

    blocked: list[Blocked] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """What is blocked, for a person to read."""
        return [
            _("The protected name of %(person)s stands in: %(place)s. Take it out.")
            % {"person": b.person, "place": b.place}
            for b in self.blocked
        ]

    def to_confirm(self) -> list[str]:
        """Likely names and names of unread files that nobody confirmed yet."""
        return [one.name for one in self.likely if not one.confirmed_before] + [name for name, _why in self.unread]

    def unconfirmed(self, names: Iterable[str]) -> list[str]:
        """Sentences for what is to be confirmed and is not among `names`."""
        given = {fold(name) for name in names}
        return [
            _("Look at this likely name and confirm that it may be published: %(name)s") % {"name": name}
            for name in self.to_confirm()
            if fold(name) not in given
        ]

    def confirmed(self, names: Iterable[str]) -> list[str]:
        """What a version keeps as confirmed: those of `names` that were asked about, and those confirmed before."""
        given = {fold(name) for name in names}
        kept = [name for name in self.to_confirm() if fold(name) in given]
        return sorted({*kept, *(one.name for one in self.likely if one.confirmed_before)})


class _Found:
    """Spellings of one likely name, where and how often."""

    def __init__(self) -> None:
        self._spellings: Counter[str] = Counter()
        self.places: dict[str, None] = {}

    def add(self, name: str, count: int, place: str) -> None:
        self._spellings[name] += count
        self.places[place] = None

    @property
    def name(self) -> str:
        """The usual spelling."""
        return self._spellings.most_common(1)[0][0]

    @property
    def count(self) -> int:
        return self._spellings.total()


def check(record: Record | None, content: Content) -> PrivacyCheck:
    """Looks through every public word of a content: fields, names of files and their text, addresses.

    `record` gives the restricted names; None (nothing entered yet) leaves likely names only.
    """
    forms = protected_forms(record, content)
    known = _known(content)
    before = _confirmed_before(record)
    blocked: list[Blocked] = []
    found: dict[str, _Found] = {}
    unread: list[tuple[str, str]] = []
    for place, text in _everything(content, unread):
        for person in sorted(forms.found_in(text)):
            blocked.append(Blocked(person, place))
        if content.kind in _ABOUT_PERSONS and not place.startswith("publication.authors"):
            for name, count in likely_names(text, known).items():
                found.setdefault(fold(name), _Found()).add(name, count, place)
    likely = [
        Likely(one.name, one.count, tuple(one.places)[:_MOST_PLACES], folded in before)
        for folded, one in sorted(found.items(), key=lambda item: (-item[1].count, item[0]))
    ]
    return PrivacyCheck(list(dict.fromkeys(blocked)), likely, unread)


def check_words(record: Record, content: Content, words: str, *, place: str = "") -> list[str]:
    """Sentences for protected names in words that are shown or logged at once: a reason (or what `place` says)."""
    keys = protected_forms(record, content).found_in(words)
    return PrivacyCheck([Blocked(key, place or _("the reason")) for key in sorted(keys)]).sentences()


def protected_forms(record: Record | None, content: Content) -> Forms:
    """The known forms of names that must not be published with this content.

    Persons of a protected role, minors, and persons who are in the restricted record but not in the content.
    """
    if record is None or record.pk is None:
        return Forms(())
    named = {} if content.case is None else {p.key: p for p in content.case.persons}
    rows = RestrictedName.objects.filter(record=record).values_list("person_key", "form")
    return Forms(
        (key, form)
        for key, form in rows
        if key not in named or named[key].role in PROTECTED_ROLES or named[key].is_minor == YesNo.YES
    )


def _everything(content: Content, unread: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    yield from words_of(content)
    for file in content.files:
        try:
            yield _file_place(file), text_of_file(file)
        except Unread as error:
            unread.append((file.name, error.reason))


def _file_place(file: FileRef) -> str:
    return _("the text of the file %(name)s") % {"name": file.name}


def _confirmed_before(record: Record | None) -> set[str]:
    if record is None or record.pk is None:
        return set()
    shown = Version.objects.filter(record=record, pending=False, superseded_at__isnull=True).first()
    return {fold(name) for name in (shown.confirmed if shown else [])}


def _known(content: Content) -> Known:
    """Names that are no persons': of States; word by word of instruments, crime types, issues, the record's courts."""
    names = [name for names in Participant.objects.values_list("names", flat=True) for name in names.values()]
    words = [*TermLabel.objects.values_list("value", flat=True), content.body]
    for instrument in treaties.instruments("en"):
        words += [instrument.code, str(instrument.short), str(instrument.title or "")]
    if content.case:
        words.append(content.case.court)
        words += [word for p in content.case.proceedings for word in (p.court, p.city)]
    if content.publication:
        words += [content.publication.publisher, content.publication.journal]
    return Known(names, words)

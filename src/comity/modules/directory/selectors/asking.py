"""“Find whom to ask”: I am in A, I need this kind of help from B."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from comity.core.actions.actor import Actor
from comity.core.people.models import Participant
from comity.core.texts.selectors import Shown
from comity.modules.directory.models import Authority
from comity.modules.directory.selectors.content import with_parts
from comity.modules.directory.selectors.differences import Difference
from comity.modules.directory.selectors.networks import NetworkCard, shared_networks
from comity.modules.directory.selectors.pages import Card, as_cards, differences_of
from comity.modules.directory.selectors.search import published
from comity.modules.directory.vocabulary import NEED_ARTICLES, Function
from comity.modules.treaties import public as treaties


@dataclass(frozen=True)
class Bond:
    """An instrument in force between the two, and the articles this kind of help rests on (may be none)."""

    code: str
    title: Shown
    since: date | None
    source_ends: date | None
    articles: tuple[tuple[str, Shown | None], ...]


@dataclass(frozen=True)
class Choice:
    """An authority to turn to, and whether it names the instrument asked for (`exact`)."""

    card: Card
    exact: bool
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Answer:
    """What the page, the sheet and the PDF of one question show."""

    asking: Participant
    asked: Participant
    asking_name: str
    asked_name: str
    need: str
    need_label: str
    instrument: str
    on: date
    bonds: tuple[Bond, ...]
    chosen: Bond | None
    #: The instrument asked for is not in force between the two on the day.
    instrument_missing: bool
    choices: tuple[Choice, ...]
    others: tuple[Card, ...]
    networks: tuple[NetworkCard, ...]

    @property
    def fitting(self) -> list[Bond]:
        """The instruments that have articles on this kind of help, or all where none is known to."""
        fitting = [b for b in self.bonds if b.articles or b is self.chosen]
        return fitting or list(self.bonds)

    @property
    def further(self) -> list[Bond]:
        """The other instruments in force between the two."""
        shown = {b.code for b in self.fitting}
        return [b for b in self.bonds if b.code not in shown]

    @property
    def is_gap(self) -> bool:
        """True where no authority is known for this kind of help."""
        return not self.choices


def state_or_404(iso3: str) -> Participant:
    """Returns the participant. Raises Http404 for a code that is none."""
    found = Participant.objects.filter(iso3=iso3.upper()).first()
    if found is None:
        raise Http404(f"No participant {iso3[:10]}. Codes have three letters, such as ALB.")
    return found


def authorities_for(
    actor: Actor, iso3: str, *, need: str = "", instrument: str = "", at: datetime, lang: str
) -> list[tuple[Card, bool]]:
    """Returns the State's published authorities for a kind of help, best first, each with whether it names
    the instrument. One that names other instruments only comes last; stale ones after confirmed ones."""
    rows = published(actor).filter(participant_id=iso3)
    if need:
        rows = rows.filter(functions__function=need)
    cards = as_cards(with_parts(rows.order_by("sort_name", "code"), actor), at=at, lang=lang)

    def rank(item: Card) -> tuple[int, bool]:
        codes = [code for code, _name, _articles in item.provisions]
        fits = 0 if instrument and instrument in codes else 1 if not codes or not instrument else 2
        return fits, item.is_warned

    cards.sort(key=rank)
    return [(item, bool(instrument) and instrument in [code for code, _n, _a in item.provisions]) for item in cards]


def whom_to_ask(
    actor: Actor, *, asking: str, asked: str, need: str, instrument: str, at: datetime, on: date, lang: str
) -> Answer:
    """Answers the question for a day. Raises Http404 for an unknown State or kind of help.

    Where no instrument is named, the first one in force that has articles on this kind of help is chosen.
    """
    first, second = state_or_404(asking), state_or_404(asked)
    if need not in Function.values:
        raise Http404(f"No kind of help “{need[:40]}”.")
    bonds = _bonds(first.iso3, second.iso3, need, on, lang)
    named = next((b for b in bonds if b.code == instrument), None)
    chosen = named or (next((b for b in bonds if b.articles), None) if not instrument else None)
    wanted = chosen.code if chosen else instrument
    ranked = authorities_for(actor, second.iso3, need=need, instrument=wanted, at=at, lang=lang)
    taken = {item.code for item, _exact in ranked}
    others = [item for item, _exact in authorities_for(actor, second.iso3, at=at, lang=lang) if item.code not in taken]
    return Answer(
        asking=first,
        asked=second,
        asking_name=first.name(lang),
        asked_name=second.name(lang),
        need=need,
        need_label=str(Function(need).label),
        instrument=wanted,
        on=on,
        bonds=bonds,
        chosen=chosen,
        instrument_missing=bool(instrument) and named is None,
        choices=tuple(Choice(item, exact, tuple(differences_of(actor, item.row, on))) for item, exact in ranked),
        others=tuple(others),
        networks=tuple(shared_networks(first.iso3, second.iso3, lang)),
    )


def _bonds(first: str, second: str, need: str, on: date, lang: str) -> tuple[Bond, ...]:
    """The instruments in force between the two; those with articles on this kind of help come first."""
    if first == second:
        return ()
    names = {i.code: i.short for i in treaties.instruments(lang)}
    wanted = NEED_ARTICLES.get(need, {})
    bonds = []
    for entry in treaties.between(first, second, on).in_force:
        numbers = wanted.get(entry.code, ())
        titles = {a.number: a.title for a in treaties.articles(entry.code, lang)} if numbers else {}
        bonds.append(
            Bond(
                entry.code,
                names[entry.code],
                entry.since,
                entry.source_ends,
                tuple((number, titles.get(number)) for number in numbers),
            )
        )
    return tuple(sorted(bonds, key=lambda b: not b.articles))


def authority_count(actor: Actor) -> int:
    """How many published authorities this actor may see."""
    return published(actor).count()


def states_with_authorities(actor: Actor, lang: str) -> list[tuple[str, str]]:
    """Code and name of every State that has a published authority this actor may see, by name."""
    codes = set(published(actor).values_list("participant_id", flat=True))
    return sorted(
        ((p.iso3, p.name(lang)) for p in Participant.objects.filter(iso3__in=codes)), key=lambda pair: pair[1]
    )


def all_states(lang: str) -> list[tuple[str, str]]:
    """Code and name of every participant, by name: the choices of the question."""
    return sorted(((p.iso3, p.name(lang)) for p in Participant.objects.all()), key=lambda pair: pair[1])


def of_state(actor: Actor, iso3: str) -> list[Authority]:
    """The published authorities of one State, by name."""
    return list(with_parts(published(actor).filter(participant_id=iso3).order_by("sort_name", "code"), actor))

"""The manifest every module and every common app may give: what it adds to the house.

`site` finds the apps and assembles what they declare; nothing else in the tree
names a module. Removing a module's folder removes everything it declared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import AppConfig, apps

if TYPE_CHECKING:
    import argparse

    from comity.core.actions.actor import Actor
    from comity.core.counting.countable import Countable
    from comity.core.search.passages import SearchSource


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu: a translatable label and the name of the page's address."""

    label: Any
    url_name: str
    order: int = 100


@dataclass(frozen=True)
class HomeCard:
    """One door on the home page: title, one sentence, address, and a live number with its meaning.

    `icon` is a name of `comity.ui.icons`; `note` says where the number ends; `template` is a partial of
    the module drawn inside the door (it gets the card as `card`, and `card.context`).
    """

    title: Any
    text: Any
    url: str
    number: str = ""
    number_label: Any = ""
    order: int = 100
    icon: str = ""
    note: Any = ""
    template: str = ""
    context: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Schedule:
    """A job that the worker starts by itself every `every` seconds."""

    job: str
    every: int


@dataclass(frozen=True)
class Section:
    """A part that a module gives to another's page (of one State, of two): its template and its context."""

    title: Any
    template: str
    context: dict[str, Any]
    order: int = 100


class ModuleConfig(AppConfig):
    """Base of every app's manifest. Attributes are read lazily, after all apps are ready."""

    #: Django takes the one class of an `apps.py` whose `default` is true: the manifest, never this base.
    default = False

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        cls.default = True

    #: Names of the modules (folder names) whose `public.py` this one may import.
    needs: ClassVar[tuple[str, ...]] = ()
    #: Name of the address of the page that searches everything, where this app has it.
    search_page: ClassVar[str] = ""
    #: Prefix of the module's pages below `/LANG/`; "" where the urls carry their own.
    url_prefix: ClassVar[str] = ""

    def menu(self) -> Iterable[MenuEntry]:
        """Entries of the main menu."""
        return ()

    def home_cards(self, actor: Actor) -> Iterable[HomeCard]:
        """Doors on the home page, with numbers this actor may see."""
        return ()

    def state_sections(self, actor: Actor, iso3: str, on: date) -> Iterable[Section]:
        """What this module shows on the page of one State, as of a day."""
        return ()

    def article_sections(self, actor: Actor, instrument: str, article: str) -> Iterable[Section]:
        """What this module shows on the page of one article of an instrument."""
        return ()

    def pair_sections(self, actor: Actor, first: str, second: str, on: date) -> Iterable[Section]:
        """What this module shows on the page of two States, as of a day."""
        return ()

    def urls(self) -> str | None:
        """Dotted path of the module's urls, or None where it has no pages."""
        return None

    def api(self) -> Any | None:
        """A ninja Router for `/api/v1/`, or None."""
        return None

    def jobs(self) -> dict[str, Callable[..., Any]]:
        """Background jobs by name (`module:job`)."""
        return {}

    def schedules(self) -> Iterable[Schedule]:
        """Jobs that start by the clock."""
        return ()

    def effects(self) -> dict[str, Callable[[dict[str, Any]], None]]:
        """Handlers of outbox topics; each runs once per message, in one transaction."""
        return {}

    def followers(self) -> Iterable[Callable[[], bool]]:
        """What the worker calls in every turn and between a job's steps: keeps derived files up to date.

        True where there was something to do; cheap where there was not.
        """
        return ()

    def search_sources(self) -> Iterable[SearchSource]:
        """Bodies of things that the search finds."""
        return ()

    def facet_names(self, facet: str, values: Sequence[str], lang: str) -> Mapping[str, str]:
        """What a reader calls those values of a facet of the search that this module knows."""
        return {}

    def countables(self) -> Iterable[Countable]:
        """Kinds of records of which figures may be made."""
        return ()

    def commands(self, subparsers: argparse._SubParsersAction[Any]) -> None:
        """Adds the module's own sub-commands to `comity`."""

    def load_reference(self) -> None:
        """Loads bundled reference facts into an empty or upgraded node; idempotent."""

    def load_demonstration(self) -> None:
        """Loads fictitious records; called in the demonstration node only."""

    def export_tables(self) -> dict[str, str]:
        """Names of exportable tables and what they hold, for tests and documentation."""
        return {}


def manifests() -> list[ModuleConfig]:
    """Returns every installed manifest, in the order in which apps are installed."""
    return [config for config in apps.get_app_configs() if isinstance(config, ModuleConfig)]

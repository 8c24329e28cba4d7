from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, MenuEntry, ModuleConfig, Section


class LibraryConfig(ModuleConfig):
    name = "comity.modules.library"
    label = "library"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("treaties", "directory")
    url_prefix = "library"

    def menu(self) -> list[MenuEntry]:
        return [MenuEntry(_("Library"), "library:home", 60)]

    def home_cards(self, actor: Actor) -> list[HomeCard]:
        from comity.modules.library.sections import home_card

        return [home_card(actor)]

    def state_sections(self, actor: Actor, iso3: str, on: date) -> Iterable[Section]:
        from comity.modules.library.sections import of_state

        return of_state(actor, iso3)

    def article_sections(self, actor: Actor, instrument: str, article: str) -> Iterable[Section]:
        from comity.modules.library.sections import of_article

        return of_article(actor, instrument, article)

    def urls(self) -> str:
        return "comity.modules.library.urls"

    def api(self) -> Any:
        from comity.modules.library.api import router

        return router

    def jobs(self) -> dict[str, Any]:
        from comity.modules.library.importing_job import run_import
        from comity.modules.library.suggesting import suggest

        return {"library:import": run_import, "library:suggest": suggest}

    def commands(self, subparsers: Any) -> None:
        from comity.modules.library.cli import add_commands

        add_commands(subparsers)

    def load_reference(self) -> None:
        from comity.modules.library.load_reference import load_reference

        load_reference()

    def load_demonstration(self) -> None:
        from comity.modules.library.demonstration import load

        load()

    def export_tables(self) -> dict[str, str]:
        return {"library": "published records, one row each, as the reader may see them"}

    def search_sources(self) -> list[Any]:
        from comity.modules.library.search import LibrarySource

        return [LibrarySource()]

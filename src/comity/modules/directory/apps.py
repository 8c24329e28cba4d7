from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, MenuEntry, ModuleConfig, Section


class DirectoryConfig(ModuleConfig):
    name = "comity.modules.directory"
    label = "directory"
    verbose_name = "Directory"
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("treaties",)
    url_prefix = "directory"

    def menu(self) -> list[MenuEntry]:
        return [
            MenuEntry(_("Find whom to ask"), "directory:ask", 40),
            MenuEntry(_("Directory"), "directory:search", 50),
        ]

    def home_cards(self, actor: Actor) -> list[HomeCard]:
        from comity.modules.directory.sections import home_card

        return [home_card(actor)]

    def state_sections(self, actor: Actor, iso3: str, on: date) -> Iterable[Section]:
        from comity.modules.directory.sections import of_state

        return of_state(actor, iso3)

    def pair_sections(self, actor: Actor, first: str, second: str, on: date) -> Iterable[Section]:
        from comity.modules.directory.sections import of_pair

        return of_pair(actor, first, second, on)

    def urls(self) -> str:
        return "comity.modules.directory.urls"

    def api(self) -> Any:
        from comity.modules.directory.api import router

        return router

    def search_sources(self) -> list[Any]:
        from comity.modules.directory.search import DirectorySource

        return [DirectorySource()]

    def countables(self) -> list[Any]:
        from comity.modules.directory.counting import countables

        return countables()

    def commands(self, subparsers: Any) -> None:
        from comity.modules.directory.cli import add_commands

        add_commands(subparsers)

    def load_demonstration(self) -> None:
        from comity.modules.directory.demonstration import load

        load()

    def export_tables(self) -> dict[str, str]:
        return {"directory": "published authorities, one row each, as the reader may see them"}

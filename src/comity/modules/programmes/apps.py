from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, MenuEntry, ModuleConfig, Section


class ProgrammesConfig(ModuleConfig):
    name = "comity.modules.programmes"
    label = "programmes"
    verbose_name = "Programmes"
    default_auto_field = "django.db.models.BigAutoField"
    url_prefix = "programmes"

    def menu(self) -> list[MenuEntry]:
        return [MenuEntry(_("Programmes"), "programmes:home", 70)]

    def home_cards(self, actor: Actor) -> list[HomeCard]:
        from comity.modules.programmes.sections import home_card

        return [home_card(actor)]

    def state_sections(self, actor: Actor, iso3: str, on: date) -> Iterable[Section]:
        from comity.modules.programmes.sections import of_state

        return of_state(actor, iso3)

    def urls(self) -> str:
        return "comity.modules.programmes.urls"

    def countables(self) -> list[Any]:
        from comity.modules.programmes.counting import countables

        return countables()

    def api(self) -> Any:
        from comity.modules.programmes.api import router

        return router

    def jobs(self) -> dict[str, Any]:
        from comity.modules.programmes.importing_job import run_import

        return {"programmes:import": run_import}

    def search_sources(self) -> list[Any]:
        from comity.modules.programmes.search import ProgrammesSource

        return [ProgrammesSource()]

    def commands(self, subparsers: Any) -> None:
        from comity.modules.programmes.cli import add_commands

        add_commands(subparsers)

    def load_demonstration(self) -> None:
        from comity.modules.programmes.demonstration import load

        load()

    def export_tables(self) -> dict[str, str]:
        return {"programmes": "records of all kinds and their child rows, as the reader may see them"}

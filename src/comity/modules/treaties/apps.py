from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, MenuEntry, ModuleConfig


class TreatiesConfig(ModuleConfig):
    name = "comity.modules.treaties"
    label = "treaties"
    verbose_name = "Treaties"
    default_auto_field = "django.db.models.BigAutoField"

    def menu(self) -> list[MenuEntry]:
        return [
            MenuEntry(_("Treaties"), "treaties:instruments", 10),
            MenuEntry(_("States"), "treaties:states", 20),
            MenuEntry(_("Between two States"), "treaties:between", 30),
        ]

    def home_cards(self, actor: Actor) -> Iterable[HomeCard]:
        from comity.modules.treaties.home import cards

        return cards()

    def urls(self) -> str:
        return "comity.modules.treaties.urls"

    def api(self) -> Any:
        from comity.modules.treaties.api import router

        return router

    def search_sources(self) -> list[Any]:
        from comity.modules.treaties.search import TreatySource

        return [TreatySource()]

    def facet_names(self, facet: str, values: Sequence[str], lang: str) -> dict[str, str]:
        from comity.modules.treaties.search import article_names

        return article_names(values, lang) if facet == "article" else {}

    def countables(self) -> list[Any]:
        from comity.modules.treaties.counting import countables

        return countables()

    def commands(self, subparsers: Any) -> None:
        from comity.modules.treaties.cli import add_commands

        add_commands(subparsers)

    def load_reference(self) -> None:
        from comity.modules.treaties.load_reference import load_reference

        load_reference()

    def jobs(self) -> dict[str, Any]:
        from comity.modules.treaties.views.importing import run_import

        return {"treaties:import": run_import}

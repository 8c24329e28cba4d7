from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, MenuEntry, ModuleConfig


class ReportsConfig(ModuleConfig):
    name = "comity.modules.reports"
    label = "reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"
    #: The bundled figures and the demonstration count what these modules hold.
    needs = ("treaties", "directory", "programmes")
    url_prefix = "reports"

    def menu(self) -> list[MenuEntry]:
        return [MenuEntry(_("Reports"), "reports:home", 80)]

    def home_cards(self, actor: Actor) -> list[HomeCard]:
        from comity.modules.reports.sections import home_card

        return [home_card(actor)]

    def urls(self) -> str:
        return "comity.modules.reports.urls"

    def countables(self) -> list[Any]:
        from comity.modules.reports.counting import countables

        return countables()

    def api(self) -> Any:
        from comity.modules.reports.api import router

        return router

    def jobs(self) -> dict[str, Any]:
        from comity.modules.reports.issuing_job import run_issue

        return {"reports:issue": run_issue}

    def commands(self, subparsers: Any) -> None:
        from comity.modules.reports.cli import add_commands

        add_commands(subparsers)

    def load_reference(self) -> None:
        from comity.modules.reports.load_reference import load_reference

        load_reference()

    def load_demonstration(self) -> None:
        from comity.modules.reports.demonstration import load

        load()

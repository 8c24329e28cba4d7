from __future__ import annotations

from typing import Any

from comity.core.module import ModuleConfig


class ReportsConfig(ModuleConfig):
    name = "comity.modules.reports"
    label = "reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"
    #: The bundled figures and the demonstration count what these modules hold.
    needs = ("treaties", "directory", "programmes")
    url_prefix = "reports"

    def countables(self) -> list[Any]:
        from comity.modules.reports.counting import countables

        return countables()

    def api(self) -> Any:
        from comity.modules.reports.api import router

        return router

    def commands(self, subparsers: Any) -> None:
        from comity.modules.reports.cli import add_commands

        add_commands(subparsers)

    def load_reference(self) -> None:
        from comity.modules.reports.load_reference import load_reference

        load_reference()

    def load_demonstration(self) -> None:
        from comity.modules.reports.demonstration import load

        load()

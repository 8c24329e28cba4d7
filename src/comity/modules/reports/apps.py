from __future__ import annotations

from typing import Any

from comity.core.module import ModuleConfig


class ReportsConfig(ModuleConfig):
    name = "comity.modules.reports"
    label = "reports"
    verbose_name = "Reports"
    default_auto_field = "django.db.models.BigAutoField"
    url_prefix = "reports"

    def countables(self) -> list[Any]:
        from comity.modules.reports.counting import countables

        return countables()

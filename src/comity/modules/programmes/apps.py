from __future__ import annotations

from typing import Any

from comity.core.module import ModuleConfig


class ProgrammesConfig(ModuleConfig):
    name = "comity.modules.programmes"
    label = "programmes"
    verbose_name = "Programmes"
    default_auto_field = "django.db.models.BigAutoField"
    url_prefix = "programmes"

    def countables(self) -> list[Any]:
        from comity.modules.programmes.counting import countables

        return countables()

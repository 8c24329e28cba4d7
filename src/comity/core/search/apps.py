from __future__ import annotations

from comity.core.module import ModuleConfig


class SearchConfig(ModuleConfig):
    name = "comity.core.search"
    label = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

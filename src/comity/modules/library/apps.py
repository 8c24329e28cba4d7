from __future__ import annotations

from comity.core.module import ModuleConfig


class LibraryConfig(ModuleConfig):
    name = "comity.modules.library"
    label = "library"
    verbose_name = "Library"
    default_auto_field = "django.db.models.BigAutoField"
    needs = ("treaties", "directory")
    url_prefix = "library"

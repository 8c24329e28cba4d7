from comity.core.module import ModuleConfig


class CountingConfig(ModuleConfig):
    name = "comity.core.counting"
    label = "counting"
    default_auto_field = "django.db.models.BigAutoField"

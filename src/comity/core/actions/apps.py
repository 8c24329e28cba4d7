from comity.core.module import ModuleConfig


class ActionsConfig(ModuleConfig):
    name = "comity.core.actions"
    label = "actions"
    default_auto_field = "django.db.models.BigAutoField"

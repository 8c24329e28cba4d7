from comity.core.module import ModuleConfig


class TextsConfig(ModuleConfig):
    name = "comity.core.texts"
    label = "texts"
    default_auto_field = "django.db.models.BigAutoField"

    def load_reference(self) -> None:
        from comity.core.texts.load_reference import load_reference

        load_reference()

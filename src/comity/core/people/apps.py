from typing import Any

from comity.core.module import ModuleConfig


class PeopleConfig(ModuleConfig):
    name = "comity.core.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def commands(self, subparsers: Any) -> None:
        from comity.core.people.cli import add_commands

        add_commands(subparsers)

    def load_reference(self) -> None:
        from comity.core.people.load_reference import load_reference

        load_reference()

from typing import Any

from comity.core.module import ModuleConfig


class AccountConfig(ModuleConfig):
    name = "comity.account"
    label = "comity_account"
    default_auto_field = "django.db.models.BigAutoField"

    def load_demonstration(self) -> None:
        """Demonstration accounts have passwords that are shown once: `demonstration.load()` returns them."""

    def export_tables(self) -> dict[str, str]:
        return {"audit": "The audit log, for administrators"}

    def commands(self, subparsers: Any) -> None:
        """The commands about people stand in `core/people/cli.py`."""

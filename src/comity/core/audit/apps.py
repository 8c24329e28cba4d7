from typing import Any

from comity.core.module import ModuleConfig, Schedule


class AuditConfig(ModuleConfig):
    name = "comity.core.audit"
    label = "audit"
    default_auto_field = "django.db.models.BigAutoField"

    def jobs(self) -> dict[str, Any]:
        from comity.core.audit.checkpoints import make_checkpoint

        return {"audit:checkpoint": lambda progress: make_checkpoint()}

    def schedules(self) -> list[Schedule]:
        return [Schedule("audit:checkpoint", every=3600)]

    def commands(self, subparsers: Any) -> None:
        from comity.core.audit.cli import add_commands

        add_commands(subparsers)

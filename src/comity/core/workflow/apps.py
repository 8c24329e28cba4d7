from typing import Any

from comity.core.module import ModuleConfig, Schedule


class WorkflowConfig(ModuleConfig):
    name = "comity.core.workflow"
    label = "workflow"
    default_auto_field = "django.db.models.BigAutoField"

    def jobs(self) -> dict[str, Any]:
        from comity.core.workflow.deadlines import remind

        return {"workflow:remind": remind}

    def schedules(self) -> list[Schedule]:
        return [Schedule("workflow:remind", every=3600)]

    def effects(self) -> dict[str, Any]:
        from comity.core.workflow.notifications import send_mail_effect

        return {"workflow:mail": send_mail_effect}

    def commands(self, subparsers: Any) -> None:
        from comity.core.workflow.cli import add_commands

        add_commands(subparsers)

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from comity.core.module import ModuleConfig, Schedule


class SearchConfig(ModuleConfig):
    name = "comity.core.search"
    label = "search"
    verbose_name = "Search"
    default_auto_field = "django.db.models.BigAutoField"

    def jobs(self) -> dict[str, Any]:
        from comity.core.search import alerts, jobs

        return {
            "search:rebuild": jobs.rebuild,
            "search:embed": jobs.embed_all,
            "search:tidy": jobs.tidy,
            alerts.JOB: alerts.alert,
        }

    def schedules(self) -> list[Schedule]:
        return [Schedule("search:tidy", every=86400), Schedule("search:alert", every=900)]

    def effects(self) -> dict[str, Any]:
        from comity.core.search.following import record
        from comity.core.search.passages import CHANGED

        return {CHANGED: record}

    def followers(self) -> list[Callable[[], bool]]:
        from comity.core.search.following import follow

        return [follow]

    def commands(self, subparsers: Any) -> None:
        from comity.core.search.cli import add_commands

        add_commands(subparsers)

"""Keeping a report that somebody else published, as it was read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.core.actions.labels import Label
from comity.core.vault import quarantine
from comity.core.vault.sandbox import parse_safely
from comity.modules.reports import vocabulary as v
from comity.modules.reports.models import PublishedReport
from comity.modules.reports.policies import can
from comity.modules.reports.published.file import LIMIT


def read_file(path: Path, lang: str) -> dict[str, Any]:
    """Returns what a file holds, in the shape of `published.as_json`. Raises Unreadable, saying why and what to do."""
    found: dict[str, Any] = parse_safely(f"comity.modules.reports.published.file:read_{lang}", path, limit=LIMIT)
    return found


@action(v.IMPORT_PUBLISHED, policy=can)
def keep(
    actor: Actor, *, name: str, lang: str, digest: str, content: dict[str, Any], label: str = Label.SECRETARIAT
) -> Done[PublishedReport]:
    """Keeps what was read under a code made of the file's name; the same file again changes nothing."""
    known = PublishedReport.objects.filter(digest=digest, lang=lang).first()
    if known is not None:
        known.content = content
        known.save(update_fields=["content"])
        return Done(known, f"reports:published:{known.code}")
    row = PublishedReport.objects.create(
        code=_code(name), lang=lang, file_name=name[:200], digest=digest, content=content, label=label,
        imported_by=actor.reference,
    )  # fmt: skip
    counts = {part: len(content[part]) for part in ("paragraphs", "figures", "unresolved")}
    return Done(row, f"reports:published:{row.code}", difference=counts)


def _code(name: str) -> str:
    stem = re.sub(r"[^a-z0-9]+", "-", Path(name).name.rpartition(".")[0].casefold() or name.casefold()).strip("-")
    stem = (stem or "report")[:50]
    number = 1
    code = stem
    while PublishedReport.objects.filter(code=code).exists():
        number += 1
        code = f"{stem}-{number}"
    return code


digest_of = quarantine.digest_of

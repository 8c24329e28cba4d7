"""Importing: the writes. Reading a file and comparing it is in `importers`; nothing is decided here."""

from __future__ import annotations

from pathlib import Path

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.core.search.passages import changed
from comity.core.vault import quarantine
from comity.modules.treaties import search
from comity.modules.treaties.importers.apply import write
from comity.modules.treaties.importers.plan import Plan
from comity.modules.treaties.importers.records import Refusal
from comity.modules.treaties.policies import can
from comity.modules.treaties.vocabulary import IMPORT

_CHANGES = ("new", "changed", "missing", "unchanged")


@action(IMPORT, policy=can)
def import_table(actor: Actor, *, plan: Plan, file_name: str, digest: str) -> Done[None]:
    """Applies one plan: the facts of one instrument out of one file, all or none.

    Raises Denied, and Overtaken where the facts changed since the plan was made.
    """
    edition = write(plan, file_name=file_name, digest=digest)
    code = edition.instrument.code
    stated = {e.iso3 for e in plan.entries if e.subject == "statement" and e.change != "unchanged"}
    return Done(
        None,
        f"treaties:instrument:{code}",
        {
            "file": file_name,
            "digest": digest,
            "source": plan.source_code,
            "as_of": str(edition.as_of),
            **{change: plan.count(change) for change in _CHANGES},
            "refused": len(plan.refused),
        },
        reason=f"import of {file_name}",
        effects=(changed(search.NAME, [code, *(search.statements_key(code, iso3) for iso3 in stated)]),),
    )


@action(IMPORT, policy=can)
def keep_refused(
    actor: Actor, *, file_name: str, digest: str, refused: tuple[Refusal, ...], path: Path | None = None
) -> Done[int]:
    """Puts what was refused into quarantine, the whole file where `path` is given. Returns how many."""
    rows = [(one.row, one.reason, one.content) for one in refused]
    kept = quarantine.keep(actor=actor.reference, file_name=file_name, digest=digest, refused=rows)
    if path is not None:
        quarantine.keep_file(path, digest)
    return Done(
        kept,
        f"vault:quarantine:{digest[:16]}",
        {"file": file_name, "kept": kept},
        reason=f"import of {file_name}",
    )

"""One file from end to end: read in the sandbox, compared, and (unless it is a dry run) applied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor
from comity.core.vault import quarantine
from comity.core.vault.errors import Unreadable
from comity.modules.treaties.importers.names import NameIndex
from comity.modules.treaties.importers.plan import NotTaken, Plan, make_plan
from comity.modules.treaties.importers.reader import read
from comity.modules.treaties.importers.records import Refusal, StatusTable
from comity.modules.treaties.importers.untc.cells import CONSENT, SIGNATURE
from comity.modules.treaties.importers.untc.grid import count
from comity.modules.treaties.services_import import import_table, keep_refused

MAX_SHOWN = 5_000


@dataclass
class Report:
    """What became of one instrument in one file; `as_dict` is what the command prints."""

    file: str
    instrument: str | None = None
    as_of: date | None = None
    parties_stated: int | None = None
    parties: int = 0
    signatories_stated: int | None = None
    signatories: int = 0
    actions: int = 0
    declarations: int = 0
    objections: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refusal] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)

    def add(self, plan: Plan) -> None:
        """Counts one more plan in: a table may name several sources for one instrument."""
        table = plan.table
        objections = sum(one.kind == "objection" for one in table.statements)
        self.as_of = max(filter(None, (self.as_of, table.as_of)), default=None)
        self.parties_stated, self.signatories_stated = table.parties_stated, table.signatories_stated
        acts = [act for one in (*self.plans, plan) for act in one.acts]
        self.parties = count(acts, CONSENT, self.as_of or date.today())
        self.signatories = count(acts, SIGNATURE, self.as_of or date.today())
        self.actions += len(table.actions)
        self.declarations += len(table.statements) - objections
        self.objections += objections
        self.imported += plan.count("new")
        self.updated += plan.count("changed", "missing")
        self.unchanged += plan.count("unchanged")
        self.refused += plan.refused
        self.plans.append(plan)

    def as_dict(self, *, shown: bool) -> dict[str, Any]:
        """The report as JSON-able values; with `shown`, each change to be made stands under `plan`."""
        plain: dict[str, Any] = {
            "file": self.file,
            "instrument": self.instrument,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "parties_stated": self.parties_stated,
            "parties": self.parties,
            "signatories_stated": self.signatories_stated,
            "signatories": self.signatories,
            "actions": self.actions,
            "declarations": self.declarations,
            "objections": self.objections,
            "imported": self.imported,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": [{"row": int(r.row) if r.row.isdigit() else r.row, "reason": r.reason} for r in self.refused],
        }
        if shown:
            plain["plan"] = [
                {
                    "change": e.change,
                    "subject": e.subject,
                    "iso3": e.iso3,
                    "row": e.row,
                    "before": e.before,
                    "after": e.after,
                    "contradicted_by": list(e.contradicts),
                }
                for plan in self.plans
                for e in plan.entries
                if e.change != "unchanged" or e.contradicts
            ][:MAX_SHOWN]
        return plain


def import_file(actor: Actor, path: Path, *, dry_run: bool, name: str = "") -> list[Report]:
    """Imports one file, called `name` in reports where that is not its path's.

    Returns one report per instrument, or one without instrument where all is refused.

    Each instrument is applied in a transaction of its own. What was refused goes into quarantine, the whole
    file where it was refused as a whole. Raises Denied.
    """
    name = name or path.name
    try:
        tables = read(path)
    except Unreadable as error:
        refusal = Refusal("file", error.reason)
        if not dry_run and path.is_file():
            _keep(actor, name, quarantine.digest_of(path), (refusal,), path)
        return [Report(name, refused=[refusal])]
    digest = quarantine.digest_of(path)
    reports = _reports(name, tables, digest)
    if not dry_run:
        for report in reports:
            for plan in report.plans:
                if plan.writes:
                    import_table(actor, plan=plan, file_name=name, digest=digest)
            whole = path if any(refusal.row == "file" for refusal in report.refused) else None
            _keep(actor, name, digest, tuple(report.refused), whole)
    return reports


def _reports(name: str, tables: list[StatusTable], digest: str) -> list[Report]:
    names = NameIndex.load()
    reports: dict[str, Report] = {}
    for table in tables:
        try:
            plan = make_plan(table, digest, names, tables) if table.instrument else None
        except NotTaken as error:
            report = reports.setdefault(table.instrument, Report(name, table.instrument))
            report.as_of = report.as_of or table.as_of
            report.refused += _each(table, error.reason)
            continue
        if plan is not None:
            reports.setdefault(plan.code, Report(name, plan.code)).add(plan)
        elif table.refused:
            reports.setdefault("", Report(name)).refused += table.refused
    return list(reports.values())


def _each(table: StatusTable, reason: str) -> Iterable[Refusal]:
    """A page is refused as one; of a table, each row that speaks of the unknown instrument."""
    if table.complete:
        return [Refusal("file", reason)]
    return [
        Refusal(
            act.row,
            reason,
            f"{act.iso3},{act.name},{table.instrument},{act.kind},{act.deposited},{act.source}",
        )
        for act in table.actions
    ]


def _keep(actor: Actor, name: str, digest: str, refused: tuple[Refusal, ...], path: Path | None) -> None:
    rows = [(one.row, one.reason, one.content) for one in refused]
    if quarantine.fresh(digest, rows):
        keep_refused(actor, file_name=name, digest=digest, refused=refused, path=path)

"""Commands about reports that somebody else published."""

from __future__ import annotations

import argparse

from comity.core.actions.decorator import Denied
from comity.modules.reports.cli.editions import actor_of, tell, wrong


def import_report(options: argparse.Namespace) -> int:
    """`comity reports published import`: prints what was read, and keeps it."""
    from comity.core.vault.errors import Unreadable
    from comity.core.vault.quarantine import digest_of
    from comity.modules.reports.services import published

    if not options.file.is_file():
        return wrong(f"no such file: {options.file}")
    try:
        content = published.read_file(options.file, options.lang)
        if not options.dry_run:
            digest = digest_of(options.file)
            row = published.keep(
                actor_of(options), name=options.file.name, lang=options.lang, digest=digest, content=content
            )
    except Unreadable as error:
        return wrong(f"{options.file.name}: {error.reason}")
    except Denied as denied:
        return wrong(denied.reason)
    if options.json:
        tell(content)
        return 0
    counts = {part: len(content[part]) for part in ("paragraphs", "figures", "unresolved")}
    print("{paragraphs} paragraphs, {figures} figures, {unresolved} unresolved".format(**counts))
    if not options.dry_run:
        print(f"kept as {row.code}; next: comity reports published reconcile {row.code}")
    return 0


def reconcile(options: argparse.Namespace) -> int:
    """`comity reports published reconcile`: which figures the node's records back, which disagree and why."""
    from comity.core.people.selectors import today
    from comity.modules.reports.models import PublishedReport
    from comity.modules.reports.policies import published_scope
    from comity.modules.reports.reconciling import reconcile as compare
    from comity.modules.reports.reconciling import summary

    row = published_scope(actor_of(options), PublishedReport.objects.filter(code=options.report)).first()
    if row is None:
        return wrong(f"there is no imported report {options.report} that you may see")
    found = compare(row.content, row.lang, options.as_of or today())
    if options.json:
        tell({**summary(found), "figures": [item.as_dict() for item in found], "unresolved": row.content["unresolved"]})
        return 0
    for item in found:
        if item.state != "unbacked":
            print(f"{item.paragraph:4} {item.text}  {item.state}  {item.counted}  {item.reason}")
    print("{agrees} agree, {disagrees} disagree, {unbacked} are backed by nobody here".format(**summary(found)))
    return 0

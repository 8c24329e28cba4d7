"""Commands about editions and their figures."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from dataclasses import asdict
from typing import Any

from django.http import Http404

from comity.core.actions.actor import Actor, system
from comity.core.actions.decorator import Denied
from comity.modules.reports.models import Edition


def actor_of(options: argparse.Namespace) -> Actor:
    """Returns who acts: the person named by `--as`, else the system in the name of who runs the command."""
    actor: Actor = options.actor if options.as_email else system(getpass.getuser())
    return actor


def wrong(reason: str) -> int:
    """Says on standard error what is wrong; returns the exit code."""
    print(f"comity: {reason}", file=sys.stderr)
    return 2


def tell(data: Any) -> None:
    """Prints JSON on standard output."""
    print(json.dumps(data, ensure_ascii=False, indent=1, default=str))


def _edition(options: argparse.Namespace) -> Edition | None:
    from comity.modules.reports.selectors.editions import edition

    try:
        return edition(actor_of(options), options.edition)
    except Http404:
        wrong(f"there is no edition {options.edition} that you may see; `comity reports list` names them")
        return None


def list_editions(options: argparse.Namespace) -> int:
    """`comity reports list`."""
    from comity.modules.reports.selectors.editions import editions

    rows = [
        {"code": e.code, "state": e.state, "title": e.title.get("en", ""), "period": f"{e.period_start}/{e.period_end}"}
        for e in editions(actor_of(options))
    ]
    if options.json:
        tell(rows)
    else:
        for row in rows:
            print("{code}  {state}  {period}  {title}".format(**row))
    return 0


def figures(options: argparse.Namespace) -> int:
    """`comity reports figures`: frozen, or computed as of a day and as known at a moment."""
    from comity.modules.reports.selectors.rows import asked_again, figure_rows, shown
    from comity.modules.reports.vocabulary import BEFORE_FREEZE

    found = _edition(options)
    if found is None:
        return 2
    if options.as_of or options.known_at:
        try:
            known = asked_again(actor_of(options), found, as_of=options.as_of, known_at=options.known_at)
        except Denied as denied:
            return wrong(denied.reason)
    else:
        known = shown(actor_of(options), found)
    rows = figure_rows(actor_of(options), found, known)
    told = {
        "edition": found.code, "state": found.state, "frozen": found.state not in BEFORE_FREEZE,
        "as_of": options.as_of or found.as_of, "known_at": options.known_at or found.known_at,
        "figures": rows, "problems": known.problems,
    }  # fmt: skip
    if options.json:
        tell(told)
    else:
        for row in rows:
            print(f"{row['figure']:40} {row['printed']:>24}  {row['value']}  {row['period'] or row['as_of']}")
        for slug, why in known.problems.items():
            print(f"{slug:40} {why}", file=sys.stderr)
    return 0


def records(options: argparse.Namespace) -> int:
    """`comity reports records`: the records behind a figure that the actor may see."""
    from comity.modules.reports.selectors.rows import behind

    found = _edition(options)
    if found is None:
        return 2
    told = behind(actor_of(options), found, options.figure)
    if told is None:
        return wrong(f"{options.edition} has no figure {options.figure}; `comity reports figures` names them")
    if options.json:
        tell(told)
    else:
        for line in told["records"]:
            print(f"{line['record']}  {line['version']}  {line['number']}")
    return 0


def check(options: argparse.Namespace) -> int:
    """`comity reports check`: exit code 1 where something was found."""
    from comity.modules.reports.checking import findings
    from comity.modules.reports.policies import can
    from comity.modules.reports.vocabulary import VIEW_WORK

    found = _edition(options)
    if found is None:
        return 2
    decision = can(actor_of(options), VIEW_WORK, found)
    if not decision:
        return wrong(decision.reason)
    made = [asdict(finding) for finding in findings(found)]
    if options.json:
        tell({"edition": found.code, "findings": made})
    else:
        for finding in made:
            print("{number} {paragraph} {lang} {code}: {message}".format(**finding))
        print(f"{len(made)} findings")
    return 1 if made else 0


def freeze(options: argparse.Namespace) -> int:
    """`comity reports freeze`: running it again on a frozen edition changes nothing and says so."""
    from comity.modules.reports.building import edition_digest
    from comity.modules.reports.numbers import numbers
    from comity.modules.reports.selectors.rows import figure_rows
    from comity.modules.reports.services import freezing
    from comity.modules.reports.vocabulary import BEFORE_FREEZE

    found = _edition(options)
    if found is None:
        return 2
    done = found.state in BEFORE_FREEZE
    if done:
        try:
            freezing.freeze(actor_of(options), edition=found, reason=options.reason)
        except Denied as denied:
            return wrong(denied.reason)
    else:
        print(f"comity: the figures of {found.code} were frozen at {found.known_at}", file=sys.stderr)
    known = numbers(found)
    told = {
        "edition": found.code, "state": found.state, "frozen_now": done, "known_at": found.known_at,
        "digest": edition_digest(known), "figures": figure_rows(actor_of(options), found, known),
    }  # fmt: skip
    if options.json:
        tell(told)
    else:
        print(f"{len(known.by_slug)} figures, digest {told['digest']}")
    return 0


def build(options: argparse.Namespace) -> int:
    """`comity reports build`: writes one file, whole or not at all."""
    from comity.modules.reports.building import CannotBuild
    from comity.modules.reports.producing import produce
    from comity.ui.fonts import FontMissing

    found = _edition(options)
    if found is None:
        return 2
    try:
        made = produce(actor_of(options), found, options.lang, options.format)
    except CannotBuild as refused:
        for problem in refused.problems:
            place = f"{problem.paragraph} ({problem.lang}) {problem.figure}".rstrip()
            print(f"comity: {place}: {problem.message}", file=sys.stderr)
        return 1
    except FontMissing as missing:
        return wrong(missing.reason)
    part = options.out.with_name(options.out.name + ".part")
    try:
        part.write_bytes(made.content)
        part.replace(options.out)
    except OSError as error:
        return wrong(f"{options.out}: {error.strerror}")
    if options.json:
        tell({"edition": found.code, "out": str(options.out), "bytes": len(made.content)})
    else:
        print(f"{len(made.content)} bytes written to {options.out}", file=sys.stderr)
    return 0

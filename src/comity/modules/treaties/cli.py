"""`comity treaties import|status|parties|between`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.modules.treaties.asking import parse_known_at
from comity.ui.exports import plain


def add_commands(subparsers: Any) -> None:
    """Adds the `treaties` command."""
    treaties = subparsers.add_parser("treaties", help="who is bound by what; import depositary pages and tables")
    verbs = treaties.add_subparsers(dest="verb", required=True, metavar="VERB")
    importer = verbs.add_parser(
        "import",
        help="take in status pages of the UN Treaty Collection (HTML) or tables like participation.csv",
    )
    importer.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importer.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    importer.add_argument("--json", action="store_true")
    importer.set_defaults(run=_import)
    for verb, run, text in (
        ("status", _status, "how many are party to an instrument on a day"),
        ("parties", _parties, "who is party to an instrument on a day"),
    ):
        parser = verbs.add_parser(verb, help=text)
        parser.add_argument("code", metavar="CODE", help="such as UNTOC-TIP, or the depositary number: XVIII-12-a")
        _moments(parser)
        parser.set_defaults(run=run)
    between = verbs.add_parser("between", help="what is in force between two States on a day")
    between.add_argument("first", metavar="ISO3")
    between.add_argument("second", metavar="ISO3")
    _moments(between)
    between.set_defaults(run=_between)


def _moments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE", help="default: today")
    parser.add_argument("--known-at", type=_time, default=None, metavar="TIME", help="as this node knew it then")
    parser.add_argument("--json", action="store_true")


def _time(words: str) -> datetime:
    try:
        return parse_known_at(words)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{words}” is no time: write 2020-06-30 or 2020-06-30T12:00") from None


def _import(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.actions.decorator import Denied
    from comity.modules.treaties.importers.importing import Report, import_file

    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        print(f"comity: no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    actor = options.actor if options.as_email else system(getpass.getuser())
    reports: list[Report] = []
    try:
        for path in options.files:
            reports += import_file(actor, path, dry_run=options.dry_run)
    except Denied as denied:
        print(f"comity: {denied.reason}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"files": [r.as_dict(shown=options.dry_run) for r in reports]}, ensure_ascii=False, indent=1))
    else:
        for report in reports:
            _tell(report, options.dry_run)
    return 1 if any(report.refused for report in reports) else 0


def _tell(report: Any, dry_run: bool) -> None:
    day = f" as of {report.as_of}" if report.as_of else ""
    print(f"{report.file}: {report.instrument or 'nothing'}{day}")
    if report.plans:
        stated = "" if report.parties_stated is None else f" (the source states {report.parties_stated})"
        verb = "would be" if dry_run else "were"
        print(f"  {report.parties} parties{stated}, {report.signatories} signatories")
        print(f"  {report.imported} {verb} added, {report.updated} changed, {report.unchanged} unchanged")
    if dry_run:
        for line in report.as_dict(shown=True)["plan"]:
            print(f"  {line['change']:9} {line['iso3']} {line['before']} -> {line['after']}".rstrip())
            for other in line["contradicted_by"]:
                print(f"            contradicted by {other}")
    for refusal in report.refused:
        print(f"  refused, {refusal.row}: {refusal.reason}")


def _status(options: argparse.Namespace) -> int:
    from comity.modules.treaties.tables import head

    return _answer(options, lambda status, _day: head(status))


def _parties(options: argparse.Namespace) -> int:
    from comity.modules.treaties import tables

    return _answer(options, lambda status, _day: {**tables.head(status), "parties": tables.parties(status, "en")})


def _answer(options: argparse.Namespace, say: Any) -> int:
    from django.http import Http404

    from comity.modules.treaties.selectors.status import status

    day = options.on or date.today()
    try:
        found = status(options.code, day, options.known_at)
    except Http404 as error:
        print(f"comity: {error}", file=sys.stderr)
        return 2
    _print(say(found, day), options.json)
    return 0


def _between(options: argparse.Namespace) -> int:
    from django.http import Http404

    from comity.modules.treaties.selectors.states import between

    try:
        found = between(options.first, options.second, options.on or date.today(), options.known_at)
    except Http404 as error:
        print(f"comity: {error}", file=sys.stderr)
        return 2
    _print(_pair(found), options.json)
    return 0


def _pair(found: Any) -> dict[str, Any]:
    def entry(one: Any) -> dict[str, Any]:
        return {
            "instrument": one.code,
            "since": one.since,
            "since_first": one.since_first,
            "since_second": one.since_second,
            "source_ends": one.source_ends,
            "statements": [_said(s) for s in (*one.said_by_first, *one.said_by_second)],
            "objections": [_said(s) for s in one.objections],
        }

    return {
        "first": found.first,
        "second": found.second,
        "on": found.on,
        "in_force": [entry(one) for one in found.in_force],
        "not_yet": [entry(one) for one in found.not_yet],
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
    }


def _said(said: Any) -> dict[str, Any]:
    return {
        "iso3": said.iso3,
        "kind": said.kind,
        "made_on": said.made_on,
        "article": said.article,
        "towards": list(said.towards),
        "text": said.text,
        "lang": said.lang,
        "source": said.source,
    }


def _print(answer: dict[str, Any], as_json: bool) -> None:
    if as_json:
        print(json.dumps(plain(answer), ensure_ascii=False, indent=1))
        return
    for name, value in answer.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            print(f"{name}:")
            for row in value:
                print(
                    "  "
                    + "  ".join(str(v) for v in row.values() if v not in (None, "", []) and not isinstance(v, list))
                )
        else:
            print(f"{name}: {', '.join(map(str, value)) if isinstance(value, list) else value}")

"""`comity reports …`.

These commands serve the secretariat on its own machine: whoever may run them holds the database, so they act as the
system, and `--as EMAIL` shows what that person may see.
"""

from __future__ import annotations

import argparse
from datetime import date, datetime
from pathlib import Path
from typing import Any

from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.reports.vocabulary import Format

#: Formats of one file; the archive holds them all.
FORMATS = [str(name) for name in Format]


def add_commands(subparsers: Any) -> None:
    """Adds the `reports` command."""
    from comity.modules.reports.cli import editions, published

    reports = subparsers.add_parser("reports", help="figures, editions and published reports")
    verbs = reports.add_subparsers(dest="verb", required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="the editions of this node")
    _finish(listing, editions.list_editions)
    figures = verbs.add_parser("figures", help="the figures of an edition, frozen or as of any day")
    figures.add_argument("edition")
    figures.add_argument("--as-of", type=_day, metavar="DATE", help="facts true on this day, such as 2020-05-01")
    figures.add_argument("--known-at", type=_moment, metavar="TIME", help="as recorded by then: 2020-05-01T12:00:00Z")
    _finish(figures, editions.figures)
    records = verbs.add_parser("records", help="the records behind a figure")
    records.add_argument("edition")
    records.add_argument("figure")
    _finish(records, editions.records)
    check = verbs.add_parser("check", help="what keeps an edition from being cleared")
    check.add_argument("edition")
    _finish(check, editions.check)
    freeze = verbs.add_parser("freeze", help="compute every figure of an edition once and keep it with its records")
    freeze.add_argument("edition")
    freeze.add_argument("--reason", default="")
    _finish(freeze, editions.freeze)
    build = verbs.add_parser("build", help="write an edition to a file")
    build.add_argument("edition")
    build.add_argument("--lang", choices=UN_LANGUAGES, default="en")
    build.add_argument("--format", choices=FORMATS, required=True)
    build.add_argument("--out", type=Path, required=True, metavar="PATH")
    _finish(build, editions.build)
    others = verbs.add_parser("published", help="reports that somebody else published")
    acts = others.add_subparsers(dest="act", required=True, metavar="VERB")
    importer = acts.add_parser("import", help="read paragraphs and figures from a report's text")
    importer.add_argument("file", type=Path)
    importer.add_argument("--lang", choices=("zh", "en"), required=True)
    importer.add_argument("--dry-run", action="store_true", help="read it, keep nothing")
    _finish(importer, published.import_report)
    compare = acts.add_parser("reconcile", help="what the records of this node say to its figures")
    compare.add_argument("report", help="code of the imported report")
    compare.add_argument("--as-of", type=_day, metavar="DATE", help="default: today")
    _finish(compare, published.reconcile)


def _finish(parser: argparse.ArgumentParser, run: Any) -> None:
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no day; write 2020-05-01") from None


def _moment(text: str) -> datetime:
    from datetime import UTC

    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is no moment; write 2020-05-01T12:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

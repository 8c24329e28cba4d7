"""`comity library import|export`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import time
from pathlib import Path
from typing import Any

from comity.modules.library.exports import FORMATS
from comity.modules.library.vocabulary import Kind


def add_commands(subparsers: Any) -> None:
    """Adds the `library` command."""
    library = subparsers.add_parser("library", help="laws, cases and publications: import and export")
    verbs = library.add_subparsers(dest="verb", required=True, metavar="VERB")
    importer = verbs.add_parser("import", help="take in files of laws, cases and publications")
    importer.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders with all in them")
    importer.add_argument(
        "--state", type=str.upper, default="", metavar="ISO3", help="the State, where files do not say"
    )
    importer.add_argument(
        "--kind", default="", choices=("law", "case", "publication"), help="what they are, where files do not say"
    )
    importer.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    importer.add_argument("--json", action="store_true")
    importer.set_defaults(run=_import)
    exporter = verbs.add_parser("export", help="write the published records you may see to a file")
    exporter.add_argument("--format", required=True, choices=FORMATS)
    exporter.add_argument(
        "--out", type=Path, metavar="PATH", help="default: standard output; for akn a folder or a .zip, else needed"
    )
    exporter.add_argument("--kind", default="", choices=Kind.values, help="only these records")
    exporter.add_argument("--state", type=str.upper, default="", metavar="ISO3", help="only this State's")
    exporter.add_argument("--lang", default="", metavar="CODE", help="language of titles, where there is one in it")
    exporter.set_defaults(run=_export)


def _import(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.actions.decorator import Denied
    from comity.core.people.models import Participant
    from comity.modules.library.importing_run import import_files, walk

    missing = [str(path) for path in options.paths if not path.exists()]
    if missing:
        return _wrong(f"no such file: {', '.join(missing)}")
    if options.state and not Participant.objects.filter(pk=options.state).exists():
        return _wrong(f"{options.state} is no State known here; use its code of three letters, such as CAN")
    actor = options.actor if options.as_email else system(getpass.getuser())
    begun = time.monotonic()
    paths = list(walk(options.paths))
    try:
        outcome = import_files(
            actor, paths, state=options.state, kind=options.kind, dry_run=options.dry_run, tell=_progress(len(paths))
        )
    except Denied as denied:
        return _wrong(denied.reason)
    told = {**outcome.as_dict(), "seconds": round(time.monotonic() - begun, 1)}
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _describe(told)
    return 1 if outcome.refused else 0


def _wrong(reason: str) -> int:
    print(f"comity: {reason}", file=sys.stderr)
    return 2


def _progress(total: int) -> Any:
    """Writes how far the import is on one line, where somebody watches."""
    if not sys.stderr.isatty():
        return lambda done, name: None
    return lambda done, name: print(f"\r\x1b[K{done}/{total} {name[-80:]}", end="" if name else "\n", file=sys.stderr)


def _describe(told: dict[str, Any]) -> None:
    print(
        "{files} files: {imported} records imported, {updated} updated, {unchanged} unchanged; "
        "{provisions} provisions; {seconds} s".format(**told)
    )
    if told["waiting"]:
        print(f"{told['waiting']} wait for the secretariat: cases for their names, others for their State.")
    for note in told["notes"]:
        print(f"  note, {note['file']}: {note['note']}")
    for refusal in told["refused"]:
        print(f"  refused, {refusal['file']}: {refusal['reason']}")


def _export(options: argparse.Namespace) -> int:
    from comity.modules.library import exports

    rows = exports.chosen(options.actor, kind=options.kind, state=options.state)
    try:
        if options.format == "akn":
            if options.out is None:
                return _wrong("akn makes several documents: give --out with a folder or a .zip")
            written = exports.write_documents(options.actor, rows, options.out)
        elif options.out is None:
            written = exports.write_text(options.actor, options.format, rows, sys.stdout, lang=options.lang)
        else:
            with options.out.open("w", encoding="utf-8", newline="") as out:
                written = exports.write_text(options.actor, options.format, rows, out, lang=options.lang)
    except OSError as error:
        return _wrong(f"{options.out}: {error.strerror}")
    if options.out:
        print(f"{written} records written to {options.out}", file=sys.stderr)
    return 0

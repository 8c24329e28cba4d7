"""`comity programmes import|export|template`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
import time
from pathlib import Path
from typing import Any

FORMATS = ("iati", "xlsx", "csv")


def add_commands(subparsers: Any) -> None:
    """Adds the `programmes` command."""
    programmes = subparsers.add_parser("programmes", help="programmes, projects and their work: import and export")
    verbs = programmes.add_subparsers(dest="verb", required=True, metavar="VERB")
    importer = verbs.add_parser("import", help="take in workbooks, CSV and IATI files")
    importer.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importer.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    importer.add_argument("--json", action="store_true")
    _reporting(importer)
    importer.set_defaults(run=_import)
    exporter = verbs.add_parser("export", help="write the records you may see to a file")
    exporter.add_argument("--format", required=True, choices=FORMATS)
    exporter.add_argument(
        "--out", type=Path, metavar="PATH", help="default: standard output; for csv also a folder or a .zip of tables"
    )
    _reporting(exporter)
    exporter.add_argument("--reporting-name", default="", metavar="NAME", help="name of the publisher in IATI files")
    exporter.add_argument("--reporting-type", default="", metavar="CODE", help="its IATI OrganisationType, such as 40")
    exporter.set_defaults(run=_export)
    template = verbs.add_parser("template", help="write the empty workbook that people fill")
    template.add_argument("--out", type=Path, required=True, metavar="PATH")
    template.add_argument("--lang", default="en", choices=("ar", "en", "es", "fr", "ru", "zh"))
    template.set_defaults(run=_template)


def _reporting(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--reporting-org", default="", metavar="REF", help="this node's organisation identifier in IATI files"
    )


def _wrong(reason: str) -> int:
    print(f"comity: {reason}", file=sys.stderr)
    return 2


def _import(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.actions.decorator import Denied
    from comity.modules.programmes.importing_run import import_files

    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        return _wrong(f"no such file: {', '.join(missing)}")
    actor = options.actor if options.as_email else system(getpass.getuser())
    begun = time.monotonic()
    try:
        outcome = import_files(actor, options.files, dry_run=options.dry_run, reporting=options.reporting_org)
    except Denied as denied:
        return _wrong(denied.reason)
    told = {**outcome.as_dict(), "seconds": round(time.monotonic() - begun, 1)}
    if options.json:
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _describe(told)
    return 1 if outcome.refused else 0


def _describe(told: dict[str, Any]) -> None:
    print("{files} files: {imported} imported, {updated} updated, {unchanged} unchanged; {seconds} s".format(**told))
    for note in told["notes"]:
        print(f"  note, {note['file']}: {note['note']}")
    for refusal in told["refused"]:
        place = ", ".join(
            part
            for part in (
                refusal["file"],
                f"sheet {refusal['sheet']}" if refusal["sheet"] else "",
                f"row {refusal['row']}" if refusal["row"] is not None else "",
            )
            if part
        )
        print(f"  refused, {place}: {refusal['reason']}")


def _export(options: argparse.Namespace) -> int:
    from comity.modules.programmes import exports
    from comity.modules.programmes.exporters.iati_elements import Reporter

    out: Path | None = options.out
    try:
        if options.format == "csv" and out is not None and (out.suffix.lower() == ".zip" or _is_folder(out)):
            written = exports.write_csv_files(options.actor, out)
            print(f"{written} tables written to {out}", file=sys.stderr)
            return 0
        node = exports.default_reporter()
        reporter = Reporter(
            options.reporting_org or node.identifier, options.reporting_name or node.name,
            options.reporting_type or node.type,
        )  # fmt: skip
        made = exports.export(options.actor, options.format, reporter=reporter)
        if out is None:
            sys.stdout.buffer.write(made.content)
            sys.stdout.buffer.flush()
        else:
            out.write_bytes(made.content)
            print(f"{len(made.content):,} bytes written to {out}", file=sys.stderr)
    except ValueError as error:
        return _wrong(str(error))
    except OSError as error:
        return _wrong(f"{out}: {error.strerror}")
    for note in made.notes:
        print(f"comity: {note}", file=sys.stderr)
    if options.format == "iati" and reporter.identifier.startswith("COMITY-"):
        print(
            f"comity: {reporter.identifier} is no registered organisation identifier; give --reporting-org before "
            "the file is published",
            file=sys.stderr,
        )
    return 0


def _is_folder(path: Path) -> bool:
    return path.is_dir() or not path.suffix


def _template(options: argparse.Namespace) -> int:
    from django.utils.translation import override

    from comity.modules.programmes.exporters.workbook import template

    with override(options.lang):
        content = template()
    try:
        options.out.write_bytes(content)
    except OSError as error:
        return _wrong(f"{options.out}: {error.strerror}")
    print(f"template written to {options.out}", file=sys.stderr)
    return 0

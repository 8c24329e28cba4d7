"""`comity directory import|export`."""

from __future__ import annotations

import argparse
import getpass
import json
import sys
from pathlib import Path
from typing import Any

LIMIT = 20 * 2**20
_PARSERS = {".json": "json_file", ".csv": "csv_file"}


def add_commands(subparsers: Any) -> None:
    """Adds the `directory` command."""
    directory = subparsers.add_parser("directory", help="competent authorities: import and export")
    verbs = directory.add_subparsers(dest="verb", required=True, metavar="VERB")
    importer = verbs.add_parser("import", help="take in CSV or JSON files of authorities")
    importer.add_argument("files", nargs="+", type=Path, metavar="FILE")
    importer.add_argument("--dry-run", action="store_true", help="show what would change, write nothing")
    importer.add_argument("--json", action="store_true")
    importer.set_defaults(run=_import)
    exporter = verbs.add_parser("export", help="write the authorities you may see to a file")
    exporter.add_argument("--format", required=True, choices=("csv", "json", "vcard", "pdf"))
    exporter.add_argument("--out", type=Path, metavar="PATH", help="default: standard output")
    exporter.add_argument("--lang", default="en", choices=("ar", "en", "es", "fr", "ru", "zh"))
    exporter.add_argument("--all", action="store_true", help="also entries under work and withdrawn ones")
    exporter.set_defaults(run=_export)


def _import(options: argparse.Namespace) -> int:
    from comity.core.actions.actor import system
    from comity.core.actions.decorator import Denied

    missing = [str(path) for path in options.files if not path.is_file()]
    if missing:
        print(f"comity: no such file: {', '.join(missing)}", file=sys.stderr)
        return 2
    unknown = [path.name for path in options.files if path.suffix.lower() not in _PARSERS]
    if unknown:
        print(f"comity: {unknown[0]}: only .csv and .json are read", file=sys.stderr)
        return 2
    actor = options.actor if options.as_email else system(getpass.getuser())
    try:
        files = [import_path(actor, path, dry_run=options.dry_run) for path in options.files]
    except Denied as denied:
        print(f"comity: {denied.reason}", file=sys.stderr)
        return 2
    if options.json:
        print(json.dumps({"files": files}, ensure_ascii=False, indent=1))
    else:
        for told in files:
            print("{file}: {imported} imported, {updated} updated, {unchanged} unchanged".format(**told))
            for refusal in told["refused"]:
                print(f"  refused, {refusal['row']}: {refusal['reason']}")
    return 1 if any(told["refused"] for told in files) else 0


def import_path(actor: Any, path: Path, *, dry_run: bool) -> dict[str, Any]:
    """Imports one file and returns what became of it; refused input is kept in the quarantine."""
    from comity.core.vault.errors import Unreadable
    from comity.core.vault.quarantine import digest_of, keep_file
    from comity.core.vault.sandbox import parse_safely
    from comity.modules.directory.services.importing import import_file, refuse_file

    parser = f"comity.modules.directory.importers.{_PARSERS[path.suffix.lower()]}:parse"
    digest = digest_of(path)
    try:
        parsed = parse_safely(parser, path, limit=LIMIT)
    except Unreadable as error:
        if not dry_run:
            refuse_file(actor, file=path.name, digest=digest, why=error.reason)
            if path.stat().st_size <= LIMIT:
                keep_file(path, digest)
        refused: list[dict[str, Any]] = [{"row": None, "reason": error.reason}]
        return {"file": path.name, "imported": 0, "updated": 0, "unchanged": 0, "refused": refused}
    outcome = import_file(actor, file=path.name, digest=digest, parsed=parsed, dry_run=dry_run)
    return {
        "file": path.name,
        "imported": outcome.imported,
        "updated": outcome.updated,
        "unchanged": outcome.unchanged,
        "refused": outcome.refused,
    }


def _export(options: argparse.Namespace) -> int:
    from django.utils import timezone
    from django.utils.translation import override

    from comity.modules.directory.exporters.sheet import FontMissing
    from comity.modules.directory.exports import current, export

    with override(options.lang):
        rows = current(options.actor, every=options.all)
        try:
            content = export(options.actor, options.format, rows, lang=options.lang, at=timezone.now())
        except FontMissing as missing:
            print(f"comity: {missing.reason}", file=sys.stderr)
            return 1
    if options.out:
        try:
            options.out.write_bytes(content)
        except OSError as error:
            print(f"comity: {options.out}: {error.strerror}", file=sys.stderr)
            return 2
        print(f"{len(rows)} authorities written to {options.out}", file=sys.stderr)
    else:
        sys.stdout.buffer.write(content)
    return 0

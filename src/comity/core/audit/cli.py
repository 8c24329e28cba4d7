"""`comity audit verify` and `comity audit checkpoint`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def add_commands(subparsers: Any) -> None:
    """Adds the `audit` command."""
    audit = subparsers.add_parser("audit", help="check and seal the audit log")
    verbs = audit.add_subparsers(dest="verb", required=True)
    verify = verbs.add_parser("verify", help="find any change, gap or truncation")
    verify.add_argument("--against", type=Path, help="a checkpoint file that was kept elsewhere")
    verify.add_argument("--json", action="store_true")
    verify.set_defaults(run=_verify)
    checkpoint = verbs.add_parser("checkpoint", help="sign the heads of all segments")
    checkpoint.add_argument("--out", type=Path, help="write a copy there, to be kept elsewhere")
    checkpoint.set_defaults(run=_checkpoint)


def _verify(options: argparse.Namespace) -> int:
    from comity.core.audit.checkpoints import verify

    try:
        verdict = verify(options.against)
    except ValueError as error:
        print(error)
        return 2
    if options.json:
        print(json.dumps(verdict.as_dict()))
    else:
        state = "unbroken" if verdict.ok else f"BROKEN at {verdict.first_bad}"
        print(f"{verdict.entries} entries, {state}; covered to {verdict.covered_to or 'no checkpoint yet'}.")
    return 0 if verdict.ok else 1


def _checkpoint(options: argparse.Namespace) -> int:
    from comity.core.audit.checkpoints import make_checkpoint

    made = make_checkpoint(options.out)
    print(f"Checkpoint {made.number} signed." if made else "Nothing was written since the last checkpoint.")
    return 0

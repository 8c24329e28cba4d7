"""Commands about the node as a whole: serve, demo, prepare, backup, restore, upgrade."""

from __future__ import annotations

import argparse
import getpass
import ipaddress
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from comity.site import node
from comity.site.node import NodeProblem

__all__ = ["NodeProblem", "add_commands", "require_ready_node"]


def require_ready_node() -> None:
    """Prepares an empty data folder; raises NodeProblem for one of another version."""
    node.require_ready(_tell)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def add_commands(subparsers: Any) -> None:
    """Adds the commands. Those that may work on a folder that is not ready set `prepares_itself`."""
    host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
    serve = subparsers.add_parser("serve", help="serve this node: pages, API and background work")
    serve.add_argument("--host", default=host)
    serve.add_argument("--port", type=int, default=port)
    serve.set_defaults(run=_serve)
    demo = subparsers.add_parser("demo", help="serve the demonstration from ./var/demo")
    demo.add_argument("--host", default=host)
    demo.add_argument("--port", type=int, default=port)
    demo.add_argument("--prepare-only", action="store_true", help="set it up and stop")
    demo.add_argument("--json", action="store_true", help="with --prepare-only: print the people as JSON")
    demo.set_defaults(run=_demo, prepares_itself=True)
    code = subparsers.add_parser("demo-code", help="the present six-digit code of an authenticator secret")
    code.add_argument("secret")
    code.set_defaults(run=_demo_code, prepares_itself=True)
    prepare = subparsers.add_parser("prepare", help="make an empty data folder a node")
    prepare.set_defaults(run=lambda options: 0)
    backup = subparsers.add_parser("backup", help="save records, files and keys into one sealed file")
    backup.add_argument("file", type=Path)
    restore = subparsers.add_parser("restore", help="make this node what a backup says")
    restore.add_argument("file", type=Path)
    restore.add_argument("--replace", action="store_true", help="lose what this node holds now")
    upgrade = subparsers.add_parser("upgrade", help="bring a node of an older version to this one")
    for parser in (backup, restore, upgrade):
        parser.add_argument("--passphrase-file", type=Path, help="instead of COMITY_PASSPHRASE or a question")
    backup.set_defaults(run=_backup)
    restore.set_defaults(run=_restore, prepares_itself=True)
    upgrade.set_defaults(run=_upgrade, prepares_itself=True)


def _serve(options: argparse.Namespace) -> int:
    from comity.site.serve import serve

    print(f"Serving {node.data_folder()} on http://{options.host}:{options.port}", flush=True)
    return serve(options.host, options.port)


def is_loopback(host: str) -> bool:
    """True for localhost and for addresses that only this machine reaches."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _demo(options: argparse.Namespace) -> int:
    if not is_loopback(options.host):
        raise NodeProblem(
            f"The demonstration is served on this machine only, not on {options.host}: its records are "
            "invented and its passwords are printed. Use HOST=127.0.0.1, or `comity serve` for a real node."
        )
    if os.environ.get("COMITY_DEMONSTRATION") != "1":
        # Settings are read when a process begins: begin again, in the demonstration's own folder.
        os.environ["COMITY_DEMONSTRATION"] = "1"
        os.environ["COMITY_DATA"] = os.path.abspath("var/demo")
        os.environ["COMITY_ADDRESS"] = f"http://localhost:{options.port}"
        os.environ.pop("COMITY_DATABASE_URL", None)
        command = [sys.executable, "-m", "comity.site.command", "demo"]
        command += ["--host", options.host, "--port", str(options.port)]
        command += ["--prepare-only"] if options.prepare_only else []
        command += ["--json"] if options.json else []
        os.execv(sys.executable, command)  # noqa: S606 our own interpreter and module
    from comity.site.demonstration import describe, prepare_demonstration
    from comity.site.serve import serve

    people = prepare_demonstration(_tell)
    if options.prepare_only and options.json:
        print(json.dumps({"people": people}, ensure_ascii=False))
        return 0
    for line in describe(people):
        print(line, flush=True)
    if options.prepare_only:
        return 0
    print(f"http://localhost:{options.port}", flush=True)
    return serve(options.host, options.port)


def _demo_code(options: argparse.Namespace) -> int:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    try:
        print(format_hotp_value(hotp_value(options.secret.strip().upper(), int(time.time()) // 30)))
    except ValueError as error:
        raise NodeProblem(f"This is no authenticator secret ({error}).") from error
    return 0


def _passphrase(options: argparse.Namespace, *, ask: bool, twice: bool = False) -> str:
    if options.passphrase_file is not None:
        try:
            return str(options.passphrase_file.read_text(encoding="utf-8")).rstrip("\r\n")
        except OSError as error:
            raise NodeProblem(f"{options.passphrase_file} cannot be read: {error.strerror}.") from error
    given = os.environ.get("COMITY_PASSPHRASE", "")
    if given or not ask:
        return given
    if not sys.stdin.isatty():
        raise NodeProblem("A passphrase is needed: set COMITY_PASSPHRASE or use --passphrase-file.")
    first = getpass.getpass("Passphrase of the backup: ")
    if twice and getpass.getpass("Again: ") != first:
        raise NodeProblem("The two passphrases differ.")
    return first


def _backup(options: argparse.Namespace) -> int:
    from comity.site.backup import backup

    saved = backup(options.file, _passphrase(options, ask=True, twice=True))
    print(f"{options.file}: {saved.rows} records and {saved.files} files, {saved.size} bytes.")
    return 0


def _restore(options: argparse.Namespace) -> int:
    from comity.site.backup import is_empty, restore

    if not options.replace and not is_empty():
        restore(options.file, "")  # says why not, before a passphrase is asked for
    saved = restore(options.file, _passphrase(options, ask=True), replace=options.replace)
    print(f"{node.data_folder()}: {saved.rows} records and {saved.files} files restored.")
    return 0


def _upgrade(options: argparse.Namespace) -> int:
    from comity.site.backup import upgrade

    kept = upgrade(_passphrase(options, ask=False) or None)
    print(f"Upgraded; the former state lies in {kept}." if kept else "This node is up to date.")
    return 0

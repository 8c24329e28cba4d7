"""Writes `docs/look-up/commands.md` from the parsers of the commands themselves.

    .venv/bin/python -m tools.commands

A test demands that the page is current (`tests/architecture/test_docs.py`).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "look-up" / "commands.md"
HEAD = """# Commands

Made from the commands themselves by `python -m tools.commands`; do not edit by hand.

`comity` stands for `.venv/bin/comity`. Exit codes: 0 when all was taken, 1 when something was refused and the rest
taken, 2 for wrong use. With `--json` a command prints one JSON document on standard output; what it tells people
goes to standard error. Every command works on the node in `COMITY_DATA` and prepares an empty folder by itself.
"""
#: Defaults that come from the caller's environment, not from the program.
_OF_ENVIRONMENT = frozenset({"host", "port"})


def page() -> str:
    """Returns the whole page."""
    from comity.site.command import parser_of_commands

    parser = parser_of_commands()
    lines = [HEAD, "## For every command", "", *_options(parser), ""]
    for path, help_text, command in _leaves(parser, "comity"):
        lines += [f"## {path}", "", _sentence(help_text), ""]
        found = _options(command)
        lines += [*found, ""] if found else []
    return "\n".join(lines).rstrip() + "\n"


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith(".") else ".") if text else ""


def _leaves(
    parser: argparse.ArgumentParser, path: str, help_text: str = ""
) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    nested = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not nested:
        yield path, help_text, parser
    for action in nested:
        words = {choice.dest: choice.help or "" for choice in action._choices_actions}
        for name, child in action.choices.items():
            yield from _leaves(child, f"{path} {name}", words.get(name, ""))


def _options(parser: argparse.ArgumentParser) -> list[str]:
    rows = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction | argparse._HelpAction):
            continue
        rows.append(f"| {_shape(action)} | {_meaning(action)} |")
    return ["| argument | meaning |", "|---|---|", *rows] if rows else []


def _shape(action: argparse.Action) -> str:
    value = action.metavar or (
        "\\|".join(map(str, action.choices)) if action.choices else (action.dest or "").upper().replace("_", "-")
    )
    if not action.option_strings:
        return f"`{value}`" + (" …" if action.nargs in {"+", "*"} else "")
    takes_value = action.nargs != 0
    names = ", ".join(f"`{name}`" for name in action.option_strings)
    return names + (" " + str(value).replace("|", "\\|") if takes_value else "")


def _meaning(action: argparse.Action) -> str:
    text = action.help or ("print JSON" if action.dest == "json" else "")
    default = action.default
    if action.dest not in _OF_ENVIRONMENT and default not in (None, False, True, [], "", argparse.SUPPRESS):
        text += f" (default: {default})"
    return text.replace("|", "\\|")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()
    PAGE.write_text(page(), encoding="utf-8")

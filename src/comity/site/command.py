"""The `comity` command: puts together the sub-commands that the apps declare."""

from __future__ import annotations

import argparse
import os
import sys

from comity import __version__


def parser_of_commands() -> argparse.ArgumentParser:
    """Returns the parser with every app's sub-commands; Django is set up already."""
    from comity.core.module import manifests
    from comity.site import node_commands

    parser = argparse.ArgumentParser(
        prog="comity", description="States and a treaty secretariat against organized crime, corruption, terrorism."
    )
    parser.add_argument("--version", action="version", version=f"comity {__version__}")
    parser.add_argument("--as", dest="as_email", metavar="EMAIL", help="act as this person (default: the public)")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    node_commands.add_commands(subparsers)
    for manifest in manifests():
        manifest.commands(subparsers)
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Runs one command and returns its exit code: 0 all taken, 1 something refused, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.site.settings")
    import django

    django.setup()
    from comity.core.people.selectors import actor_of_command
    from comity.site import node_commands

    options = parser_of_commands().parse_args(arguments)
    try:
        if not getattr(options, "prepares_itself", False):
            node_commands.require_ready_node()
        try:
            options.actor = actor_of_command(options.as_email)
        except ValueError as error:
            raise node_commands.NodeProblem(str(error)) from error
        return int(options.run(options))
    except node_commands.NodeProblem as problem:
        print(f"comity: {problem}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Who reads our output has enough (`| head`): that is no error. What is left goes nowhere, at the end too.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())

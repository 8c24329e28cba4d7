"""Gathers the visible strings of every app into its `locale/LANG/LC_MESSAGES/django.po`.

Run by `make translations`. English is the source and has no catalogue. Needs GNU gettext (Debian: gettext).
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands import makemessages

LANGUAGES = ("ar", "es", "fr", "ru", "zh")
PACKAGE = Path(__file__).resolve().parent.parent / "src" / "comity"


def apps() -> list[Path]:
    """Returns the folders that have visible strings of their own: those with an `apps.py`, and `site`."""
    return sorted(path.parent for path in PACKAGE.rglob("apps.py"))


class MakeMessages(makemessages.Command):
    """Django's command, which also finds strings marked by `__`, our short name for the lazy form beside `_`."""

    xgettext_options = [*makemessages.Command.xgettext_options, "--keyword=__"]


def gather(app: Path) -> None:
    """Updates the catalogues of one app; translations that stand are kept."""
    (app / "locale").mkdir(exist_ok=True)
    os.chdir(app)
    call_command(
        MakeMessages(), locale=list(LANGUAGES), no_location=True, no_obsolete=True, ignore_patterns=["tests/*"]
    )
    for folder in (app / "locale").glob("*/LC_MESSAGES"):
        if not any(folder.iterdir()):
            folder.rmdir()
    if not list((app / "locale").rglob("django.po")):
        shutil.rmtree(app / "locale")


def main() -> None:
    """Gathers all apps."""
    if shutil.which("xgettext") is None:
        sys.exit("xgettext is missing. On Debian: apt install gettext")
    settings.configure(USE_I18N=True)
    for app in apps():
        gather(app)


if __name__ == "__main__":
    main()

"""Gathers the visible strings of every app into its `locale/LANG/LC_MESSAGES/django.po`.

Run by `make translations`. English is the source and has no catalogue. Needs GNU gettext (Debian: gettext).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

LANGUAGES = ("ar", "es", "fr", "ru", "zh")
PACKAGE = Path(__file__).resolve().parent.parent / "src" / "comity"


def apps() -> list[Path]:
    """Returns the folders that have visible strings of their own: those with an `apps.py`, and `site`."""
    return sorted(path.parent for path in PACKAGE.rglob("apps.py"))


def gather(app: Path) -> None:
    """Updates the catalogues of one app; translations that stand are kept."""
    (app / "locale").mkdir(exist_ok=True)
    command = [
        str(Path(sys.executable).with_name("django-admin")),
        "makemessages",
        "--no-location",
        "--no-obsolete",
        "--ignore",
        "tests/*",
        *(f"--locale={lang}" for lang in LANGUAGES),
    ]
    subprocess.run(command, cwd=app, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": ""})
    for folder in (app / "locale").glob("*/LC_MESSAGES"):
        if not any(folder.iterdir()):
            folder.rmdir()
    if not list((app / "locale").rglob("django.po")):
        shutil.rmtree(app / "locale")


def main() -> None:
    """Gathers all apps."""
    if shutil.which("xgettext") is None:
        sys.exit("xgettext is missing. On Debian: apt install gettext")
    for app in apps():
        gather(app)


if __name__ == "__main__":
    main()

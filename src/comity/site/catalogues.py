"""Compiles the translations: every `locale/*/LC_MESSAGES/django.po` to the `.mo` that Django reads.

Chinese stands under `zh` here, as at the United Nations, where Django and allauth know `zh_Hans` only: their
compiled messages are joined with ours into `site/locale_built/zh`, ours last. Run by `make setup`:
python -m comity.site.catalogues
"""

from __future__ import annotations

import importlib.util
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import PoFileError, read_po

PACKAGE = Path(__file__).resolve().parent.parent
BUILT = Path(__file__).resolve().parent / "locale_built"


class CatalogueProblem(Exception):
    """A translation file that cannot be compiled; the message names it."""


def _read(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=path.parent.parent.name, abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise CatalogueProblem(f"{path}: {error}") from error


def _write(path: Path, catalog: Catalog) -> bool:
    """Writes a compiled catalogue where it differs from what is there; True where it did."""
    made = io.BytesIO()
    write_mo(made, catalog)
    if path.exists() and path.read_bytes() == made.getvalue():
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(made.getvalue())
    return True


def compile_own(package: Path = PACKAGE) -> int:
    """Compiles our own catalogues and removes compiled ones without a source; returns how many were written.

    Raises CatalogueProblem for a file that is no catalogue.
    """
    written = 0
    for path in sorted(package.glob("**/locale/*/LC_MESSAGES/django.po")):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            written += _write(target, _read(path))
            target.touch()
    for path in package.glob("**/locale/*/LC_MESSAGES/django.mo"):
        if not path.with_suffix(".po").exists():
            path.unlink()
    return written


def _foreign_chinese() -> list[Path]:
    """Compiled simplified Chinese catalogues of Django, its apps and allauth."""
    found: list[Path] = []
    for name in ("django", "allauth", "ninja"):
        spec = importlib.util.find_spec(name)
        for place in spec.submodule_search_locations or [] if spec else []:
            found += sorted(Path(place).glob("**/locale/zh_Hans/LC_MESSAGES/django.mo"))
    return found


def build_chinese(package: Path = PACKAGE, built: Path = BUILT) -> bool:
    """Joins all Chinese messages into one catalogue for the code `zh`; True where it was written anew."""
    day = datetime(2026, 1, 1, tzinfo=UTC)  # of no meaning; the same each time
    joined = Catalog(locale="zh", domain="django", creation_date=day, revision_date=day)
    for path in _foreign_chinese():
        with path.open("rb") as file:
            _join(joined, read_mo(file))
    for path in sorted(package.glob("**/locale/zh/LC_MESSAGES/django.po")):
        _join(joined, _read(path))
    return _write(built / "zh" / "LC_MESSAGES" / "django.mo", joined)


def _join(into: Catalog, source: Catalog) -> None:
    for message in source:
        translated = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and all(translated) and not message.fuzzy:
            # Babel leaves the context of a compiled message as bytes.
            context = message.context.decode() if isinstance(message.context, bytes) else message.context
            into.delete(message.id, context)
            into.add(message.id, message.string, context=context)


def main() -> int:
    """0 when all is compiled, 1 with the name of the file that is broken."""
    try:
        written = compile_own()
        chinese = build_chinese()
    except CatalogueProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{written} translations compiled{', Chinese joined' if chinese else ''}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

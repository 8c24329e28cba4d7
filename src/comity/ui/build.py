"""Copies what pages need out of `node_modules` into `static/vendor`: no bundler, no network.

Run by `make setup` after `npm ci`:  python -m comity.ui.build [--from node_modules]
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

from comity.ui.icons import ICONS
from comity.ui.maps import HEIGHT, LAND, WIDTH

HERE = Path(__file__).resolve().parent
VENDOR = HERE / "static" / "vendor"
SVG = "http://www.w3.org/2000/svg"

#: Name in `static/vendor` -> path below `node_modules`.
FILES = {
    "bootstrap.min.css": "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap.rtl.min.css": "bootstrap/dist/css/bootstrap.rtl.min.css",
    "bootstrap.LICENSE.txt": "bootstrap/LICENSE",
    "bootstrap-icons.LICENSE.txt": "bootstrap-icons/LICENSE",
    "htmx.min.js": "htmx.org/dist/htmx.min.js",
    "htmx.LICENSE.txt": "htmx.org/LICENSE",
}
_SOURCE_MAP = re.compile(rb"\n?/[/*]# sourceMappingURL=[^\n]*")


class BuildError(Exception):
    """A file that should be in `node_modules` is not there; the message says what to do."""


def icon_sprite(icons: Path) -> bytes:
    """Returns one SVG with a `<symbol>` for each name in ICONS, drawn by the files in `icons`."""
    ElementTree.register_namespace("", SVG)
    sprite = ElementTree.Element(f"{{{SVG}}}svg")
    for name, file in ICONS.items():
        source = icons / f"{file}.svg"
        if not source.is_file():
            raise BuildError(f"{source} is missing: run `npm ci`")
        drawn = ElementTree.fromstring(source.read_bytes())  # noqa: S314 (a locked, hashed package)
        symbol = ElementTree.SubElement(sprite, f"{{{SVG}}}symbol", {"id": name, "viewBox": "0 0 16 16"})
        symbol.extend(list(drawn))
    return ElementTree.tostring(sprite)


def land_silhouette(path: str) -> bytes:
    """Returns an SVG with the outline of all land and no line inside it, for maps and the home page.

    It can be referred to as `land.svg#land` (inherits its colour) or used as a picture by itself.
    """
    return (
        f'<svg xmlns="{SVG}" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" fill="#c9d9dc">'
        f'<path id="land" d="{path.strip()}"/></svg>'
    ).encode()


def build(modules: Path, vendor: Path = VENDOR) -> list[str]:
    """Writes every file of `static/vendor` and returns their names.

    Raises BuildError where a package is missing; nothing is written in that case.
    """
    made: dict[str, bytes] = {}
    for name, relative in FILES.items():
        source = modules / relative
        if not source.is_file():
            raise BuildError(f"{source} is missing: run `npm ci`")
        made[name] = _SOURCE_MAP.sub(b"", source.read_bytes())
    made["icons.svg"] = icon_sprite(modules / "bootstrap-icons" / "icons")
    if LAND.is_file():
        made["land.svg"] = land_silhouette(LAND.read_text(encoding="utf-8"))
    vendor.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        target = vendor / name
        if not target.is_file() or target.read_bytes() != data:
            target.write_bytes(data)
    return sorted(made)


def main(arguments: list[str] | None = None) -> int:
    """Command line: 0 when all was written, 1 with a message where a package is missing."""
    parser = argparse.ArgumentParser(prog="python -m comity.ui.build", description=__doc__.splitlines()[0])
    parser.add_argument("--from", dest="modules", type=Path, default=Path("node_modules"))
    chosen = parser.parse_args(arguments)
    try:
        names = build(chosen.modules)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(names)} front-end files in {VENDOR.relative_to(HERE)}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""The front-end files are copied whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from comity.ui.build import FILES, BuildError, build
from comity.ui.icons import ICONS

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><path d="M0 0"/></svg>'


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    for relative in FILES.values():
        path = tmp_path / "modules" / relative
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("a{}\n/*# sourceMappingURL=x.css.map */\n")
    icons = tmp_path / "modules" / "bootstrap-icons" / "icons"
    icons.mkdir(parents=True)
    for file in ICONS.values():
        (icons / f"{file}.svg").write_text(SVG)
    return tmp_path / "modules"


def test_all_is_copied_without_pointers_to_absent_files(modules: Path, tmp_path: Path) -> None:
    names = build(modules, tmp_path / "vendor")
    assert {"bootstrap.rtl.min.css", "htmx.min.js", "icons.svg", "land.svg"} <= set(names)
    assert "sourceMappingURL" not in (tmp_path / "vendor" / "bootstrap.min.css").read_text()
    sprite = (tmp_path / "vendor" / "icons.svg").read_text()
    assert all(f'id="{name}"' in sprite for name in ICONS)


def test_a_missing_package_writes_nothing_and_says_what_to_do(modules: Path, tmp_path: Path) -> None:
    (modules / FILES["htmx.min.js"]).unlink()
    with pytest.raises(BuildError, match="npm ci"):
        build(modules, tmp_path / "vendor")
    assert not (tmp_path / "vendor").exists()


def test_the_lock_file_names_no_registry() -> None:
    root = Path(__file__).resolve().parents[4]
    lock = root / "package-lock.json"
    if not lock.is_file():
        pytest.skip("installed without its source tree")
    text = lock.read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert "registry" not in text

"""Takes the pictures of README.md from a running demonstration, with Chromium without a window.

    make run                                   # in one terminal
    .venv/bin/python -m tools.pictures         # in another; --url where it does not serve on port 8000
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from urllib.parse import quote

from tests.harness.browser import FLAGS, chromium

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
PICTURES = {
    "instrument-en": "/en/treaties/UNTOC/",
    "instrument-ar": "/ar/treaties/UNTOC/",
    "ask-en": "/en/directory/ask/",
    "between-zh": "/zh/between/ALB/GHA/?on=2014-01-01",
    "search-ar": f"/ar/search/?q={quote('الاتجار بالأشخاص')}",
    "matrix-en": "/en/library/matrix/?instrument=UNTOC-TIP",
    "edition-zh": "/zh/reports/editions/DEMO-2019/",
    "figure-en": "/en/reports/editions/DEMO-2019/figures/demo.compass.trained/",
}


def take(url: str) -> None:
    """Writes every picture."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), headless=True, args=FLAGS)
        page = browser.new_page(viewport={"width": 1200, "height": 900}, device_scale_factor=1)
        for name, address in PICTURES.items():
            answer = page.goto(url + address, wait_until="load")
            if answer is None or answer.status != 200:
                raise SystemExit(f"{address} did not answer 200.")
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/pictures/{name}.png")
        browser.close()


def main() -> int:
    """Reads the address and takes the pictures; returns 2 where there is no Chromium."""
    parser = argparse.ArgumentParser(description="Take the pictures of README.md")
    parser.add_argument("--url", default="http://localhost:8000", help="where the demonstration is served")
    options = parser.parse_args()
    if chromium() is None:
        print("Chromium is missing: apt-get install chromium", file=sys.stderr)
        return 2
    take(options.url.rstrip("/"))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

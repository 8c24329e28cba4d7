"""What is measured, in a process of its own on a fresh node: prints one JSON object of seconds."""

from __future__ import annotations

import io
import json
import resource
import sys
import time
from collections.abc import Callable
from typing import Any

import django


def main(events: int, rows: int) -> None:
    """Loads the records, then measures each step once, as a user would meet it."""
    django.setup()
    from benchmarks.reports import edition, records
    from comity.core.actions.actor import system
    from comity.core.texts.languages import UN_LANGUAGES
    from comity.modules.reports.numbers import numbers
    from comity.modules.reports.producing import produce
    from comity.modules.reports.services import freezing

    found: dict[str, Any] = {"events": events, "rows": rows}
    actor = system("benchmark")
    _timed(found, "load", lambda: records.load(events, rows))
    made = edition.load()
    _timed(found, "all_figures", lambda: numbers(made))
    _timed(found, "freeze", lambda: freezing.freeze(actor, edition=made))
    _timed(found, "approve", lambda: freezing.approve(system("second"), edition=made))
    files: dict[str, bytes] = {}

    def build() -> None:
        for lang in UN_LANGUAGES:
            for name in ("docx", "pdf"):
                files[f"{lang}.{name}"] = produce(actor, made, lang, name).content

    _timed(found, "twelve_documents", build)
    again = produce(actor, made, "ar", "docx").content
    found["equal_to_the_byte"] = again == files["ar.docx"]
    found["digests_equal"] = all(freezing.recompute(row) == row.digest for row in made.snapshots.all()[:40])
    _pages(found, made.code)
    _floor(found, files)
    found["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps(found))


def _timed(found: dict[str, Any], name: str, act: Callable[[], Any]) -> None:
    begun = time.perf_counter()
    act()
    found[name] = round(time.perf_counter() - begun, 3)
    print(f"{name}: {found[name]} s", file=sys.stderr)


def _pages(found: dict[str, Any], code: str) -> None:
    """Opens the page of a figure with all events behind it, as the public sees an issued edition; the second time."""
    from django.test import Client

    from comity.modules.reports.models import Edition

    Edition.objects.filter(code=code).update(state="issued", label="public")
    client = Client(headers={"host": "localhost"})
    for name, slug in (("figure_page_all", "trained.all"), ("figure_page_one", "trained.3")):
        address = f"/en/reports/editions/{code}/figures/{slug}/"
        answer = client.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{address}: {answer.status_code}")
        _timed(found, name, lambda address=address: client.get(address))


def _floor(found: dict[str, Any], files: dict[str, bytes]) -> None:
    """What a user would do instead: docxtpl puts ready numbers into a Word file of the same text, six times."""
    from docx import Document
    from docxtpl import DocxTemplate

    plain = Document(io.BytesIO(files["en.docx"]))
    texts = [paragraph.text for paragraph in plain.paragraphs]
    template = Document()
    for number, text in enumerate(texts):
        template.add_paragraph(f"{text} {{{{ figure_{number} }}}}")
    kept = io.BytesIO()
    template.save(kept)
    values = {f"figure_{number}": f"{number:,}" for number in range(len(texts))}

    def fill() -> None:
        for _language in range(6):
            kept.seek(0)
            filled = DocxTemplate(io.BytesIO(kept.getvalue()))
            filled.render(values)
            filled.save(io.BytesIO())

    _timed(found, "docxtpl_six_documents", fill)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

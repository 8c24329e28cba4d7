"""An edition from its opening to its correction, on the pages; a translated file that comes back."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.core.actions.actor import PUBLIC
from comity.core.people.load_reference import load_reference
from comity.core.workflow.worker import Worker
from comity.modules.reports.models import Edition, Issue, ParagraphText
from comity.modules.reports.outputs import archive
from comity.modules.reports.tests.browsing import EDITION, FIGURE, HOME, WORK, As, someone
from comity.modules.reports.tests.reporting import CURATOR, LANGUAGES, SECOND, figure, lantern, people, training
from comity.ui.fonts import families

pytestmark = pytest.mark.django_db
_FONTS = {"Noto Naskh Arabic", "Noto Serif CJK SC"}


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    lantern()
    figure("p1.trained")


def as_file() -> SimpleUploadedFile:
    """An edition as the file that opens it."""
    text = "They trained {fig:p1.trained|exact} people in the year{note: Counted by head.}."
    data = {
        "code": "E-2019", "title": {"en": "Report"}, "period": "2019-01-01/2019-12-31", "as_of": "2020-05-01",
        "fictitious": True,
        "sections": [
            {"level": 1, "title": {"en": "Work"}, "paragraphs": [
                {"key": "p1", "mandates": ["74/177"], "texts": dict.fromkeys(LANGUAGES, text)},
            ]},
            {"level": 1, "title": {"en": "Conclusion"}, "paragraphs": [
                {"key": "p2", "mandates": ["74/177"], "texts": dict.fromkeys(LANGUAGES, "The work goes on.")},
            ]},
        ],
    }  # fmt: skip
    return SimpleUploadedFile("edition.json", json.dumps(data).encode())


def do(actor: As, url: str, **data: Any) -> Any:
    """Sends a form that asks, and demands that it was done."""
    answer = actor.post(url, {"confirm": "yes", "reason": "", **data})
    assert answer.status_code == 302, lxml.html.fromstring(answer.content.decode()).text_content()[:3000]
    return answer


def test_an_edition_is_opened_from_a_file_and_what_is_wrong_with_it_is_named() -> None:
    curator = As(CURATOR)
    assert As(PUBLIC).get(f"{HOME}new/").status_code == 404
    broken = SimpleUploadedFile("edition.json", b'{"code": "X"}')
    answer = curator.post(f"{HOME}new/", {"file": broken})
    assert answer.status_code == 422 and "title" in answer.content.decode() and not Edition.objects.exists()
    assert curator.post(f"{HOME}new/", {"file": as_file()}).status_code == 302
    assert "60" in curator.text(EDITION)
    twice = curator.post(f"{HOME}new/", {"file": as_file()})
    assert twice.status_code == 422 and "already" in twice.content.decode()


@pytest.mark.skipif(not families() >= _FONTS, reason="needs the fonts of Arabic and Chinese: fonts-noto-core, -cjk")
def test_from_opening_to_a_correction_that_everybody_sees() -> None:
    curator, second, public = As(CURATOR), As(SECOND), As(PUBLIC)
    publisher = As(someone("publisher"))
    curator.post(f"{HOME}new/", {"file": as_file()})
    do(curator, f"{WORK}state/collecting/")
    do(curator, f"{WORK}freeze/")
    do(curator, f"{WORK}state/drafting/")
    early = curator.post(f"{WORK}state/cleared/", {"confirm": "yes", "reason": ""})
    assert early.status_code == 422 and "wait for a second person" in early.content.decode()
    do(second, f"{WORK}approve/")
    do(second, f"{WORK}clear/", key=["p1", "p2"])
    for state in ("cleared", "in_translation", "submitted"):
        do(curator, f"{WORK}state/{state}/")
    assert public.get(EDITION).status_code == 404
    assert curator.post(f"{WORK}issue/", {"confirm": "yes", "reason": ""}).status_code == 403
    do(publisher, f"{WORK}issue/")
    Worker().run(until_idle=True)
    assert "60" in public.text(EDITION) and "Demonstration" in public.text(FIGURE)
    packed = public.get(f"{EDITION}files/en.archive").content
    assert archive.verify(packed) == [] and Issue.objects.get().number == 1
    assert {name[-8:] for name in zipfile.ZipFile(io.BytesIO(packed)).namelist()} >= {".en.docx", ".zh.docx"}
    for name in ("en.docx", "ar.pdf", "zh.akn", "fr.json", "ru.csv", "es.html", "en.prov"):
        assert public.get(f"{EDITION}files/{name}").status_code == 200, name
    assert public.get(f"{EDITION}files/de.docx").status_code == 404
    assert public.get(f"{EDITION}files/en.exe").status_code == 404
    training("EV-NEW", [people("KEN", 5)])
    do(curator, f"{FIGURE}correct/", reason="found late")
    assert "60" in public.text(EDITION) and "65" not in public.text(FIGURE)
    do(second, f"{WORK}approve/")
    do(publisher, f"{WORK}issue/", reason="a training was found late")
    Worker().run(until_idle=True)
    told = public.text(FIGURE)
    assert "65" in told and "60" in told and Issue.objects.count() == 2
    assert "corrected" in public.text(EDITION)


def altered(content: bytes, old: str, new: str) -> SimpleUploadedFile:
    """The Word file with a text replaced in its body."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            target.writestr(name, part.replace(old.encode(), new.encode()) if name == "word/document.xml" else part)
    return SimpleUploadedFile("translated.docx", out.getvalue())


def fields_of(answer: Any) -> dict[str, str]:
    page = lxml.html.fromstring(answer.content.decode())
    return {one.get("name"): one.get("value") for one in page.xpath("//form[.//input[@name='digest']]//input")}


def test_a_translated_file_is_looked_at_before_it_is_stored_and_an_altered_number_stops_it() -> None:
    curator = As(CURATOR)
    curator.post(f"{HOME}new/", {"file": as_file()})
    sent = curator.get(f"{EDITION}files/en.docx").content
    url = f"{WORK}translation/"
    before = ParagraphText.objects.get(paragraph__key="p2", lang="fr").value
    wrong = curator.post(url, {"file": altered(sent, ">60<", ">61<"), "lang": "fr"})
    told = wrong.content.decode()
    assert "p1.trained" in told and "61" in told and not fields_of(wrong)
    seen = curator.post(url, {"file": altered(sent, "The work goes on", "Le travail continue"), "lang": "fr"})
    assert "Le travail continue" in seen.content.decode()
    assert ParagraphText.objects.get(paragraph__key="p2", lang="fr").value == before
    stored = curator.post(url, fields_of(seen))
    assert stored.status_code == 302
    row = ParagraphText.objects.get(paragraph__key="p2", lang="fr")
    assert (row.value, row.status) == ("Le travail continue.", "unofficial")
    assert "{fig:p1.trained|exact}" in ParagraphText.objects.get(paragraph__key="p1", lang="fr").value
    refused = curator.post(url, {"file": SimpleUploadedFile("x.docx", b"no zip"), "lang": "fr"})
    assert refused.status_code == 422
    gone = curator.post(url, {"digest": "../../etc/passwd", "lang": "fr"}, follow=True)
    assert "no longer here" in gone.content.decode()
    assert As(PUBLIC).get(url).status_code == 404

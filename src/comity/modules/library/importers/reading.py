"""Tells what a file is by what stands in it, and reads it. Runs in the child process of `core.vault.sandbox`.

The name of a file says nothing here: HTML named .doc is HTML. Records come back as the plain values of
`content.to_plain`; the parent process checks them (`importers.read`), so nothing here needs the database.
"""

from __future__ import annotations

import csv
import ctypes  # noqa: F401  (numpy asks for it, and the confined child may load no library any more)
import json
import re
import zipfile
from pathlib import Path
from typing import Any

from comity.core.vault.errors import Unreadable

_ENCODING = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?([\w-]{3,20})""")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|div|p|table|h[1-6]|span|article)\b",
    re.IGNORECASE | re.DOTALL,
)


def parse(path: Path) -> dict[str, Any]:
    """Returns {"records": […], "refused": [{"place", "reason"}], "notes": […]}. Raises Unreadable for files that are
    no law or case, or cannot be read, with the reason and what to do."""
    data = path.read_bytes()
    form = _form(data, path)
    if form == "pdf":
        from comity.modules.library.importers import pdf

        return _one(*pdf.read(path))
    if form == "docx":
        from comity.modules.library.importers import word

        return _one(*word.read(path))
    written = decode(data)
    if not written.strip():
        raise Unreadable("not a law or case: the file is empty.")
    if form == "html":
        from comity.modules.library.importers import web

        return _one(*web.read(written))
    if form == "xml":
        return _one(*_xml(data))
    return _written(written)


def text(path: Path) -> str:
    """All words of a file of any form, properties and attributes included, for the check of names."""
    data = path.read_bytes()
    form = _form(data, path)
    if form == "pdf":
        from comity.modules.library.importers import pdf

        return pdf.text(path)
    if form == "docx":
        from comity.modules.library.importers import word

        return word.text(path)
    written = decode(data)
    if form in {"html", "xml"}:
        from comity.modules.library.importers import web, xml

        if not written.strip():
            return ""
        root = web.parse(written) if form == "html" else xml.parse(data)
        values = (str(value) for element in root.iter() for value in element.attrib.values())
        return "\n".join([" ".join(root.itertext()), *values, written])
    return "\n".join([written, *_unescaped(written)])


def _unescaped(written: str) -> list[str]:
    """The strings of JSON or JSON Lines, whose letters may be written as numbers."""
    if written.lstrip()[:1] not in {"{", "["}:
        return []
    for pieces in ([written], written.splitlines()):
        try:
            return [word for piece in pieces if piece.strip() for word in _strings(json.loads(piece))]
        except (json.JSONDecodeError, RecursionError):
            continue
    return []


def _strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = [*value, *value.values()] if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [word for part in inner for word in _strings(part)]


def _one(record: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    return {"records": [record], "refused": [], "notes": notes}


def _form(data: bytes, path: Path) -> str:
    start = data[:1024]
    if b"%PDF-" in start:
        return "pdf"
    if start.startswith(b"PK"):
        if zipfile.is_zipfile(path) or b"word/" in data[:4096] or path.suffix.lower() == ".docx":
            return "docx"
        raise Unreadable("A ZIP archive: unpack it and import the files in it.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("An old Word or Excel file (.doc, .xls): open it and save it as DOCX.")
    if start.startswith(b"{\\rtf"):
        raise Unreadable("A Rich Text file: open it and save it as DOCX.")
    if b"\0" in data[:4096] and start[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise Unreadable("not a law or case: no text, a picture or a program perhaps.")
    written = decode(data[:4096])
    if _HTML.match(written):
        return "html"
    written = written.lstrip("\ufeff \r\n\t")
    if re.match(r"<(?:meta\b|!--)", written) and re.search(r"^#{1,6} ?[^\s#]", written, re.MULTILINE):
        return "text"  # Markdown with a line of HTML above it
    return "xml" if written.startswith("<") else "text"


def decode(data: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16, else what the file itself names, else Western European."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if len(data) == 4096:  # a first piece may end within a letter
            return data.decode("utf-8-sig", "ignore")
    named = _ENCODING.search(data[:2048])
    for encoding in (named[1].decode("ascii") if named else "", "cp1252"):
        try:
            return data.decode(encoding) if encoding else data.decode("cp1252", "replace")
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("cp1252", "replace")


def _xml(data: bytes) -> tuple[dict[str, Any], list[str]]:
    from comity.modules.library.importers import akoma, canada, conseil, xml

    root = xml.parse(data)
    name = xml.name(root)
    if name == "akomaNtoso":
        return akoma.read(root)
    if name in {"Statute", "Regulation"}:
        return canada.read(root)
    if conseil.is_decision(root):
        return conseil.read(root)
    raise Unreadable(f"not a law or case: XML of an unknown kind (“{name}”). Akoma Ntoso and Justice Canada are read.")


def _written(written: str) -> dict[str, Any]:
    from comity.modules.library.importers import case_list, markdown, own, structured

    start = written.lstrip()[:1]
    if start in {"{", "["}:
        lines = own.lines(written)
        if lines is not None:
            return lines
        try:
            return _one(*structured.read(json.loads(written)))
        except (json.JSONDecodeError, RecursionError) as error:
            if start == "{" or written.lstrip()[1:2] in {"{", "]", '"', " ", "\n"}:
                where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
                raise Unreadable(f"The JSON cannot be read{where}. Save it again from its source.") from None
    if case_list.is_list(written.splitlines()[0]):
        return case_list.read(written)
    rows = [len(row) for row in csv.reader(written.splitlines()[:3])]
    if len(rows) > 1 and rows[0] > 3 and len(set(rows)) == 1 and " " not in written.splitlines()[0]:
        raise Unreadable("not a law or case: a table of other columns than title, unodc_number and url.")
    if markdown.is_markdown(written):
        return _one(*markdown.read(written))
    return _one(*markdown.read_plain(written))

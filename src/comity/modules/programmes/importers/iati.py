"""Reads IATI 2.03 activities into tables. Runs in the child process: no database, no network.

Only version 2.03 is read, and only a file that keeps the schema: what is not understood is not guessed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree

from comity.core.vault.errors import Unreadable
from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters.iati_identity import FROM_IATI, VERSION, own
from comity.modules.programmes.exporters.iati_rules import schema_problems
from comity.modules.programmes.importers import iati_money, iati_results
from comity.modules.programmes.importers.iati_rows import KEEP, XML_LANG, Activity, Rows, day, text_of, words

#: Problems of the schema that are told; more say no more.
_MOST = 20
_TAKEN = frozenset(
    {"iati-identifier", "reporting-org", "title", "description", "participating-org", "other-identifier",
     "activity-status", "activity-date", "activity-scope", "recipient-country", "recipient-region", "location",
     "sector", "tag", "default-aid-type", "budget", "planned-disbursement", "transaction", "related-activity", "result"}
)  # fmt: skip
_CHILD = "2"


def read(path: Path) -> dict[str, Any]:
    """Returns the tables of the file, as `reading` tells them. Raises Unreadable for what is no XML of IATI."""
    root = _root(path.read_bytes())
    rows = Rows()
    line = root.sourceline or 1
    if root.get("version") != VERSION:
        stated = root.get("version") or "none"
        rows.refuse(
            line, f"The file says IATI version {stated}; version {VERSION} is read. Ask its publisher for {VERSION}."
        )
        return rows.told()
    problems = schema_problems(root)
    if problems:
        for where, message in problems[:_MOST]:
            rows.refuse(where, f"The file does not keep the schema of IATI {VERSION}: {message}")
        if len(problems) > _MOST:
            rows.refuse(line, f"{len(problems) - _MOST} more places do not keep the schema.")
        return rows.told()
    _activities(root, rows)
    return rows.told()


def _root(data: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(f"The XML is not well-formed: {error.msg}. Fetch the file again.") from None
    if root.getroottree().docinfo.doctype:
        raise Unreadable("The XML has a document type (DTD), which can hide other files. Save it without one.")
    if root.tag == "iati-organisations":
        raise Unreadable("This is an IATI file of organisations; files of activities are read.")
    if root.tag != "iati-activities":
        raise Unreadable(f"This is no IATI file of activities: it begins with “{str(root.tag)[:60]}”.")
    return root


def _activities(root: etree._Element, rows: Rows) -> None:
    every = root.findall("iati-activity")
    parents = {
        ref.get("ref", "") for one in every for ref in one.iterfind("related-activity") if ref.get("type") == c.PARENT
    }
    found: dict[str, Activity] = {}
    for element in every:
        identifier = (element.findtext("iati-identifier") or "").strip()
        if identifier in found:
            rows.refuse(element.sourceline or 0, f"The activity “{identifier}” stands there twice.")
            continue
        kind = element.get(own("kind"), "")
        if kind not in ("programme", "project"):
            above = identifier in parents or any(
                one.get("type") == _CHILD for one in element.iterfind("related-activity")
            )
            kind = "programme" if above and element.get("hierarchy", "1") == "1" else "project"
        of = element.find("reporting-org").get("ref", "").strip()
        lang = (element.get(XML_LANG) or "en").split("-")[0].lower()
        found[identifier] = Activity(element, of, identifier, kind, lang)
    for activity in found.values():
        _activity(activity, found, rows)


def _activity(activity: Activity, found: dict[str, Activity], rows: Rows) -> None:
    element = activity.element
    code, above = activity.code(element), _above(activity, found, rows)
    title = activity.titled(element.findall("title/narrative"), activity.identifier)
    note = text_of(element.find("description/narrative"))
    status = element.find("activity-status").get("code", "")
    steps = c.STEP_OF_PROJECT if activity.kind == "project" else c.STEP_OF_PROGRAMME
    other = element.find(f"other-identifier[@type='{c.OTHER_IDENTIFIER}']")
    cells: dict[str, Any] = {
        "code": code,
        **title,
        "starts": _date(element, c.ACTUAL_START, c.PLANNED_START),
        "ends": _date(element, c.ACTUAL_END, c.PLANNED_END),
        "note": "" if note == title["title"] else note,
        "source": activity.either(
            FROM_IATI + other.get("ref", "") if other is not None else KEEP, f"{FROM_IATI}{activity.identifier}"[:300]
        ),
        "sdg_targets": _codes([tag.get("code", "") for tag in element.iterfind("tag")
                               if tag.get("vocabulary") in (c.GOAL_TAG, c.TARGET_TAG)]),
        "partners": _codes(_partners(activity)),
        **activity.marks(element, steps.get(status, "")),
    }  # fmt: skip
    names = [text for place in element.iterfind("location") if (text := words(place.find("name")))]
    names += [text for place in element.iterfind("recipient-region") if (text := words(place))]
    countries = [place.get("code", "") for place in element.iterfind("recipient-country")]
    if activity.kind == "project":
        places = activity.either(element.get(own("places"), ""), {"iso2": countries, "more": names})
        cells |= {"programme": above, "sector": _sector(element, rows), "locations": places}
        belongs = {"project": code, "programme": above}
    else:
        scope = element.find("activity-scope")
        theme = [tag for tag in element.iterfind("tag") if tag.get("code") == "theme" and tag.get("vocabulary") == "99"]
        cells |= {
            "parent": above,
            "level": c.LEVEL_OF_SCOPE.get(scope.get("code", ""), "") if scope is not None else "",
            "theme": words(theme[0])[:120] if theme else "",
            "participant": activity.either(
                element.get(own("state"), ""),
                {"iso2": countries, "more": [], "one": True} if len(countries) == 1 else KEEP,
            ),
            "regions": activity.either(
                element.get(own("places"), ""), {"iso2": countries if len(countries) > 1 else [], "more": names}
            ),
        }
        belongs = {"programme": code}
    rows.add(activity.kind, element.sourceline or 0, cells)
    _count_rest(element, rows)
    whole = Activity(element, activity.of, activity.identifier, activity.kind, activity.lang, belongs)
    iati_money.read(whole, rows)
    iati_results.read(whole, rows)


def _above(activity: Activity, found: dict[str, Activity], rows: Rows) -> Any:
    """The cell with the code of the programme that the activity belongs to."""
    for related in activity.element.iterfind("related-activity"):
        if related.get("type") != c.PARENT:
            rows.not_taken["related-activity"] += 1
            continue
        ref = related.get("ref", "").strip()
        parent = found.get(ref)
        if parent is not None and parent.kind == "programme" and parent is not activity:
            return parent.code(parent.element)
        rows.notes.append(f"“{activity.identifier}” belongs to “{ref}”, which is no programme of this file: not taken.")
        return KEEP
    return activity.either("", KEEP) if activity.element.get(own("code")) is None else ""


def _date(element: etree._Element, *kinds: str) -> str:
    return next((found for kind in kinds if (found := day(element, f"activity-date[@type='{kind}']"))), "")


def _codes(found: list[str]) -> str:
    kept = [text.replace("|", "/").strip() for text in found if text.strip()]
    return f"|{'|'.join(dict.fromkeys(kept))}|" if kept else ""


def _partners(activity: Activity) -> list[str]:
    return [
        words(one)
        for one in activity.element.iterfind("participating-org")
        if one.get("role") != c.FUNDING and one.get("ref", "") != activity.of
    ]


def _sector(element: etree._Element, rows: Rows) -> str:
    """The DAC sector with the greatest share; the others are not taken."""
    found = [one for one in element.iterfind("sector") if one.get("vocabulary", "1") == "1"]
    rows.not_taken["sector"] += max(len(element.findall("sector")) - 1, 0)
    best = max(found, key=lambda one: float(one.get("percentage", "100")), default=None)
    code = best.get("code", "")[:5] if best is not None else ""
    return "" if code == c.NO_SECTOR else code


def _count_rest(element: etree._Element, rows: Rows) -> None:
    """Counts what nothing here holds."""
    for one in element:
        name = str(one.tag)
        if name not in _TAKEN:
            rows.not_taken[etree.QName(one).localname] += 1
    rows.not_taken["share of a country"] += max(len(element.findall("recipient-country[@percentage]")) - 1, 0)
    rows.not_taken["description"] += max(len(element.findall("description")) - 1, 0)
    rows.not_taken += type(rows.not_taken)()

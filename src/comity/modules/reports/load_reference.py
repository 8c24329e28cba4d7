"""Loads the bundled figure definitions: a registry to begin with, that a node may change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from comity.modules.reports.definition import read
from comity.modules.reports.models import FigureDefinition
from comity.modules.reports.services.registry import put

_FIGURES = Path(__file__).resolve().parent / "reference" / "figures.json"


def load_reference() -> None:
    """Adds the bundled figures that the node does not have; what it changed itself stays. Call it in a transaction."""
    define(json.loads(_FIGURES.read_text(encoding="utf-8"))["figures"], "system:reference")


def define(figures: list[dict[str, Any]], author: str) -> None:
    """Adds those of the figures that the registry does not have; figures made of others come after them."""
    known = set(FigureDefinition.objects.values_list("slug", flat=True))
    new = [read(data) for data in figures if data["slug"] not in known]
    for definition in sorted(new, key=lambda d: d.is_composed):
        put(definition, author)

"""The door of the library module for other modules."""

from __future__ import annotations

from comity.modules.library.selectors.articles import Place, Tagged, tagged
from comity.modules.library.selectors.records import counts, published

__all__ = ["Place", "Tagged", "counts", "published", "tagged"]

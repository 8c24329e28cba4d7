"""A report that somebody else published, read into numbered paragraphs, figures and open questions."""

from __future__ import annotations

from .model import Figure, Paragraph, Published, Unresolved, as_json
from .reading import LANGUAGES, read

__all__ = ["LANGUAGES", "Figure", "Paragraph", "Published", "Unresolved", "as_json", "read"]

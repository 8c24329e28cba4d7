"""What names things in IATI files: the namespace of our own attributes, codes of records, identifiers.

An IATI file may carry elements and attributes of another namespace (IATI 2.03, activity schema, first lines). Ours
hold the codes of records, so that a file of this node comes back to the same records.
"""

from __future__ import annotations

import hashlib
import re

VERSION = "2.03"
NAMESPACE = "urn:comity:programmes"
#: What the source of a record begins with where an IATI file of another publisher brought it; its identifier follows.
FROM_IATI = "IATI "
_LONGEST = 60


def own(name: str) -> str:
    """The name of an attribute or element of our namespace, as lxml writes it."""
    return f"{{{NAMESPACE}}}{name}"


def slug(text: str) -> str:
    """A code made of a foreign identifier: the same for the same, letters, digits, hyphens and underscores only."""
    made = re.sub(r"[^A-Za-z0-9_-]+", "-", text.strip()).strip("-")
    if made and len(made) <= _LONGEST and made == text.strip():
        return made
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{made[: _LONGEST - 9].strip('-') or 'IATI'}-{digest}"


def reporting_identifier() -> str:
    """The node's organisation identifier in IATI: the setting COMITY_IATI_ORGANISATION, else one made of its address,
    which is no registered identifier."""
    from django.conf import settings

    host = re.sub(r"[^A-Za-z0-9.]+", "-", settings.COMITY_ADDRESS.split("://")[-1]).strip("-")
    return settings.COMITY_IATI_ORGANISATION or f"COMITY-{host}"

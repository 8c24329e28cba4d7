"""Small counts in public output: what is withheld, the proof that it suffices, and the attack that tests it."""

from comity.modules.reports.disclosure.audit import TooLarge, audit, possible
from comity.modules.reports.disclosure.model import TOTAL, Key, Released, Sum, Table, sensitive, total
from comity.modules.reports.disclosure.suppression import protect, suppress

__all__ = [
    "TOTAL",
    "Key",
    "Released",
    "Sum",
    "Table",
    "TooLarge",
    "audit",
    "possible",
    "protect",
    "sensitive",
    "suppress",
    "total",
]

"""Printing of numbers: what may be claimed of a value, how six languages print it, and reading it back."""

from comity.modules.reports.printing.bidi import bare, isolate, isolated
from comity.modules.reports.printing.claims import Claim, Dishonest, Kind, Qualifier, claim, implied, step_of
from comity.modules.reports.printing.printed import Style, printed
from comity.modules.reports.printing.reading import read_back
from comity.modules.reports.printing.words import LANGUAGES

__all__ = [
    "LANGUAGES",
    "Claim",
    "Dishonest",
    "Kind",
    "Qualifier",
    "Style",
    "bare",
    "claim",
    "implied",
    "isolate",
    "isolated",
    "printed",
    "read_back",
    "step_of",
]

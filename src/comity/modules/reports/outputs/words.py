"""The fixed words around a report's text, in the report's language, and its days.

Source of the masthead's parts: United Nations Editorial Manual, mastheads and cover pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy, override, pgettext

from comity.modules.reports.document import EditionDocument
from comity.ui.dates import spoken

#: Line of the masthead for each scope of distribution.
_DISTRIBUTION = {
    "general": gettext_lazy("Distr.: General"),
    "limited": gettext_lazy("Distr.: Limited"),
    "restricted": gettext_lazy("Distr.: Restricted"),
}
#: The language of the text, as the masthead names it.
_LANGUAGE = {
    "ar": gettext_lazy("Arabic"),
    "en": gettext_lazy("English"),
    "es": gettext_lazy("Spanish"),
    "fr": gettext_lazy("French"),
    "ru": gettext_lazy("Russian"),
    "zh": gettext_lazy("Chinese"),
}
#: The language the text was written in; a whole line, since languages write the name of a language differently there.
_ORIGINAL = {
    "ar": gettext_lazy("Original: Arabic"),
    "en": gettext_lazy("Original: English"),
    "es": gettext_lazy("Original: Spanish"),
    "fr": gettext_lazy("Original: French"),
    "ru": gettext_lazy("Original: Russian"),
    "zh": gettext_lazy("Original: Chinese"),
}
#: What a text that is no original says about itself on every page.
_STATUS = {
    "unofficial": gettext_lazy("Unofficial translation"),
    "machine": gettext_lazy("Machine translation, not checked by a person"),
}
#: Used where an edition has no day yet, so that files stay equal to the byte.
_NO_DAY = date(1980, 1, 1)


@dataclass(frozen=True)
class Words:
    """The fixed words of one edition, ready to print."""

    house: str
    #: "Distr.: General", day, language, original language: the lines at the side of the masthead.
    lines: tuple[str, ...]
    summary: str
    symbols: str
    #: On every page: what the reader must know of the text.
    notices: tuple[str, ...]


def words(document: EditionDocument) -> Words:
    """Returns the words around the text, in the document's language, whatever language is active."""
    head = document.masthead
    with override(document.lang):
        status = _STATUS.get(document.status)
        own = (str(status),) if status else ()
        original = str(_ORIGINAL.get(head.original, head.original))
        translated = document.lang != head.original
        lines = (
            _distribution(head.distribution),
            spoken(head.issued_on, document.lang) if head.issued_on else "",
            str(_LANGUAGE.get(document.lang, document.lang)) if translated else "",
            original,
        )
        return Words(
            house=head.organization,
            lines=tuple(line for line in lines if line),
            summary=pgettext("heading of the summary of a report", "Summary"),
            symbols=" – ".join(head.symbols),
            notices=tuple(dict.fromkeys((*document.notices, *own))),
        )


def _distribution(scope: str) -> str:
    """The line for "general", "limited", "restricted"; any other text stands as it is given."""
    return str(_DISTRIBUTION.get(scope.casefold(), scope))


def day_of(document: EditionDocument) -> date:
    """The day that files made of the edition carry: of issue, else of the figures, else a fixed one."""
    return document.masthead.issued_on or document.as_of or _NO_DAY

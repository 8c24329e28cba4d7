"""What an exporter gets: a record's content with the number and address it has on this node."""

from __future__ import annotations

from dataclasses import dataclass

from comity.modules.library.content import Content


@dataclass(frozen=True)
class Entry:
    """One record to be written. `url` is its whole address; `iso2` and `state_name` are its State's, or ""."""

    number: str
    url: str
    content: Content
    iso2: str = ""
    state_name: str = ""

    def title(self, lang: str = "") -> str:
        """The title in `lang`, else the original one, else the docket number, else the number."""
        text, case = self.content.text("title", lang), self.content.case
        return text.value if text else (case.docket if case else "") or self.number

    def identity(self) -> str:
        """What the record is called in an exchange file: its source's name for it, else its address here."""
        return self.content.identity or self.url

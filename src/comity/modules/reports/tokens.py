"""The text of a paragraph as it is written: plain text, figures, marked symbols and footnotes.

- `{fig:sherloc.users}` prints a figure; `{fig:tip.trained|more-than,words}` with a qualifier or a style;
- `{symbol:A/75/50}` marks a document symbol, so that it stands as one piece in Arabic text and gets its identifier;
- `{note: See the annex.}` puts a footnote here;
- `{{` and `}}` are braces.

`write(parse(text)) == text` for every text that parses.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from comity.modules.reports import symbols
from comity.modules.reports.printing import Qualifier, Style

#: Option -> qualifier.
QUALIFIERS = {qualifier.value.replace("_", "-"): qualifier for qualifier in Qualifier}
STYLES: tuple[Style, ...] = ("words", "digits")
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_.-]*[a-z0-9])?")
_PARTS = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]")
_SHOWN = 60


class BadToken(ValueError):
    """A token that cannot be read. The message names the place and the remedy; `position` counts signs from 1."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(_("At sign %(position)d: %(message)s") % {"position": position, "message": message})
        self.position = position


@dataclass(frozen=True)
class Text:
    """Plain text, with its braces single."""

    text: str


@dataclass(frozen=True)
class FigureToken:
    """A figure: its slug and its options in the order in which they were written."""

    slug: str
    options: tuple[str, ...] = ()

    @property
    def qualifier(self) -> Qualifier | None:
        """The qualifier asked for; None leaves it to the figure's definition."""
        return next((QUALIFIERS[option] for option in self.options if option in QUALIFIERS), None)

    @property
    def style(self) -> Style:
        """ "words" or "digits" where asked for, else "auto"."""
        return next((style for style in STYLES if style in self.options), "auto")


@dataclass(frozen=True)
class SymbolToken:
    """A document symbol (or two of one document), as written."""

    text: str


@dataclass(frozen=True)
class Note:
    """A footnote; `raw` is what stood behind the colon, blanks included."""

    raw: str

    @property
    def text(self) -> str:
        """What is printed at the foot of the page."""
        return self.raw.strip()


Piece = Text | FigureToken | SymbolToken | Note


def parse(text: str) -> tuple[Piece, ...]:
    """Reads the text of a paragraph.

    Raises:
        BadToken: a brace without its partner, an unknown token, a slug or an option that cannot be.
    """
    pieces: list[Piece] = []
    plain: list[str] = []
    at = 0
    for match in _PARTS.finditer(text):
        plain.append(text[at : match.start()])
        at, part = match.end(), match.group()
        if part in {"{{", "}}"}:
            plain.append(part[0])
        elif part in {"{", "}"}:
            raise BadToken(match.start() + 1, _braces(text[match.start() :]))
        else:
            if joined := "".join(plain):
                pieces.append(Text(joined))
            plain = []
            pieces.append(_token(part, match.start() + 1))
    if joined := "".join([*plain, text[at:]]):
        pieces.append(Text(joined))
    return tuple(pieces)


def write(pieces: Iterable[Piece]) -> str:
    """Writes pieces as the text they were read from."""
    return "".join(_written(piece) for piece in pieces)


def figures(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    """Counts the figures of a text by slug and options (sorted): what all languages of a paragraph must share.

    Raises:
        BadToken: as `parse`.
    """
    tokens = (piece for piece in parse(text) if isinstance(piece, FigureToken))
    return Counter((token.slug, tuple(sorted(token.options))) for token in tokens)


def _written(piece: Piece) -> str:
    match piece:
        case Text(text):
            return text.replace("{", "{{").replace("}", "}}")
        case FigureToken(slug, options):
            return f"{{fig:{slug}|{','.join(options)}}}" if options else f"{{fig:{slug}}}"
        case SymbolToken(text):
            return f"{{symbol:{text}}}"
        case Note(raw):
            return f"{{note:{raw}}}"


def _token(part: str, position: int) -> Piece:
    name, colon, body = part[1:-1].partition(":")
    if colon and name == "fig":
        return _figure(part, body, position)
    if colon and name == "symbol":
        try:
            symbols.parse(body)
        except ValueError as error:
            raise BadToken(position, str(error)) from error
        return SymbolToken(body)
    if colon and name == "note":
        if not body.strip():
            raise BadToken(position, _("The footnote is empty. Write its text or delete it."))
        return Note(body)
    raise BadToken(
        position,
        _("“%(text)s” is no token. Known are {fig:…}, {symbol:…} and {note: …}; write {{ and }} for braces.")
        % {"text": part[:_SHOWN]},
    )


def _figure(part: str, body: str, position: int) -> FigureToken:
    slug, bar, written = body.partition("|")
    options = tuple(written.split(",")) if bar else ()
    shown = {"text": part[:_SHOWN], "known": ", ".join([*QUALIFIERS, *STYLES])}
    if not _SLUG.fullmatch(slug):
        raise BadToken(
            position,
            _("“%(text)s” names no figure. Write its slug in small letters and without blanks: {fig:sherloc.users}.")
            % shown,
        )
    if any(option not in QUALIFIERS and option not in STYLES for option in options):
        raise BadToken(
            position, _("“%(text)s” has an unknown option. Known are: %(known)s, with a comma between two.") % shown
        )
    if sum(option in QUALIFIERS for option in options) > 1 or sum(option in STYLES for option in options) > 1:
        raise BadToken(position, _("“%(text)s” has two options of one kind. Keep one.") % shown)
    return FigureToken(slug, options)


def _braces(rest: str) -> str:
    if rest.startswith("}"):
        return _("A closing brace without an opening one. Write }} for a brace.")
    return _("“%(text)s” is not closed, or holds another brace. Close it with }, or write {{ for a brace.") % {
        "text": rest[:_SHOWN]
    }

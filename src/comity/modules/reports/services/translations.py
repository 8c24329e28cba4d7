"""A translated DOCX comes back: compared with the edition as it was sent, then its texts are stored."""

from __future__ import annotations

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.texts.models import TextStatus
from comity.modules.reports import tokens
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import document
from comity.modules.reports.models import Edition
from comity.modules.reports.numbers import numbers
from comity.modules.reports.outputs.returning import Problem, Returned, compare
from comity.modules.reports.policies import can
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import texts
from comity.modules.reports.services.editions import touch
from comity.modules.reports.services.freezing import edition_reference, locked


def look(edition: Edition, *, lang: str, content: bytes, sent: str = "") -> Returned:
    """Returns what a file holds and what is wrong with it; nothing is stored.

    `lang` is the language of the file's text, `sent` the language in which it was sent out ("": the same, where a text
    stands in it, else the original). Raises Unreadable where it does not open.
    """
    parts = editions.outline(edition)
    there = all(parts.text(paragraph, lang) for paragraph in parts.paragraphs)
    made, _problems = document(edition, parts, numbers(edition), sent or (lang if there else edition.original))
    found = compare(content, made, lang=lang)
    originals = {p.key: parts.text(p, edition.original) for p in parts.paragraphs}
    found.paragraphs = {key: with_options(text, originals.get(key, "")) for key, text in found.paragraphs.items()}
    return found


def with_options(text: str, original: str) -> str:
    """Returns the text with the options that the original gives to the same figures: a file does not show them."""
    waiting: dict[str, list[tuple[str, ...]]] = {}
    for piece in tokens.parse(original):
        if isinstance(piece, tokens.FigureToken):
            waiting.setdefault(piece.slug, []).append(piece.options)
    made = []
    for piece in tokens.parse(text):
        if isinstance(piece, tokens.FigureToken) and waiting.get(piece.slug):
            piece = tokens.FigureToken(piece.slug, waiting[piece.slug].pop(0))
        made.append(piece)
    return tokens.write(made)


@action(v.TAKE_TRANSLATION, policy=can, on="edition")
def take(
    actor: Actor, *, edition: Edition, lang: str, returned: Returned, status: str = TextStatus.UNOFFICIAL
) -> Done[list[str]]:
    """Stores the texts of a returned file, all or none; returns the keys of the paragraphs that changed.

    Raises Denied where a number was altered or a figure removed (named by paragraph), or for the original language.
    """
    found = locked(edition)
    if lang == found.original:
        raise Denied(_("The original is written here, not taken from a translated file."))
    if returned.problems:
        raise Denied(" ".join(said(problem) for problem in returned.problems[:10]))
    changed = []
    for paragraph in editions.outline(found).paragraphs:
        value = returned.paragraphs.get(paragraph.key)
        if value is None:
            continue
        before = texts.store(paragraph, lang, value, author=actor.reference, original=found.original, status=status)
        if before == value:
            continue
        changed.append(paragraph.key)
    if returned.summary:
        found.summary = {**found.summary, lang: with_options(returned.summary, found.summary.get(found.original, ""))}
        found.save(update_fields=["summary"])
    touch(found)
    return Done(changed, edition_reference(found), difference={f"texts.{lang}": changed})


def said(problem: Problem) -> str:
    """Returns a problem with its place in front."""
    if problem.paragraph is None:
        return problem.message
    return _("Paragraph %(number)d: %(message)s") % {"number": problem.paragraph, "message": problem.message}

"""Storing a paragraph's text in one language: one way for the desk and for returned files. No rule about people."""

from __future__ import annotations

from comity.core.texts.models import TextStatus
from comity.core.texts.services import revise
from comity.modules.reports.models import Paragraph, ParagraphText


def store(paragraph: Paragraph, lang: str, value: str, *, author: str, original: str, status: str) -> str:
    """Stores the text and returns the one before, "" where there was none. A changed original marks its translations
    stale; a changed translation is of the original's present version. Call it inside a service's transaction."""
    texts = list(paragraph.texts.all())
    before = next((text.value for text in texts if text.lang == lang), "")
    if revise(texts, lang, value) is None:
        source = next((text for text in texts if text.lang == original), None)
        ParagraphText.objects.create(
            paragraph=paragraph, lang=lang, value=value, of_version=source.version if source else 1, status=status
        )
    kept = TextStatus.ORIGINAL if lang == original else status
    ParagraphText.objects.filter(paragraph=paragraph, lang=lang).update(written_by=author, status=kept)
    return before

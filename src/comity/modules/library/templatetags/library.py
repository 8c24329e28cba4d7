"""Marks of the library's pages: {% load library %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from comity.core.texts.languages import direction
from comity.ui.templatetags.ui import gap, text_notes

register = template.Library()


@register.simple_tag
def passage(text: str, lang: str) -> SafeString:
    """A text of a law or record: escaped, one paragraph for each line, with its language and direction."""
    if not text.strip():
        return gap()
    lines = format_html_join("", "<p>{}</p>", ((line,) for line in text.splitlines() if line.strip()))
    return format_html('<div class="content-text" lang="{}" dir="{}">{}</div>', lang, direction(lang), lines)


@register.simple_tag
def text_note(shown: Any) -> SafeString | str:
    """What a reader must know of a text: fallback language, status, staleness; "" where there is nothing."""
    notes = text_notes(shown)
    return format_html('<p class="text-note"><bdi>{}</bdi></p>', " · ".join(notes)) if notes else ""


@register.simple_tag
def state_of(row: Any) -> str:
    """The name of a record's State in the language of the page, else of its body; fetched with `participant`."""
    return str(row.participant.name(get_language() or "en")) if row.participant_id else str(row.body)

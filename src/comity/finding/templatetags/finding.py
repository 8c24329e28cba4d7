"""What the pages of the search need in their templates: {% load finding %}."""

from __future__ import annotations

from django import template

from comity.core.texts import languages

register = template.Library()


@register.filter
def direction(lang: str) -> str:
    """The direction of writing of a language: "rtl" or "ltr"."""
    return languages.direction(lang)

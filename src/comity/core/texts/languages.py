"""The six official languages of the United Nations, and the direction of any language."""

from __future__ import annotations

#: Code and own name, in the order of the languages' English names.
LANGUAGE_CHOICES = [
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
UN_LANGUAGES = tuple(code for code, _name in LANGUAGE_CHOICES)
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ps", "ug", "yi", "dv", "sd"})


def direction(lang: str) -> str:
    """Returns "rtl" or "ltr" for a language code such as "ar" or "ar-EG"."""
    return "rtl" if lang.split("-")[0] in _RIGHT_TO_LEFT else "ltr"

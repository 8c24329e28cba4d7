"""A list of codes in one column: `|a|b|` in the database, a tuple of strings in Python."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class CodesField(models.TextField):
    """Codes without `|`, each once, in the given order. Found by `field__contains="|code|"`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"blank": True, "default": "", **kwargs})

    def from_db_value(self, value: str | None, *_more: Any) -> tuple[str, ...]:
        """What the database holds, as a tuple."""
        return split(value)

    def to_python(self, value: Any) -> tuple[str, ...]:
        """A text (`|a|b|`, or codes separated by commas or semicolons) or an iterable, as a tuple."""
        return split(value) if isinstance(value, str) or value is None else tuple(value)

    def get_prep_value(self, value: Any) -> str:
        """The text kept in the database; a text is taken as it is (a lookup's pattern)."""
        return value if isinstance(value, str) else joined(value or ())

    def validate(self, value: Any, model_instance: Any) -> None:
        """Raises ValidationError where a code holds the separator."""
        if any("|" in code for code in value):
            raise ValidationError(_("A code may not contain “|”."))


def split(text: str | None) -> tuple[str, ...]:
    """Returns the codes of a text: `|a|b|`, or separated by commas or semicolons."""
    plain = (text or "").replace("|", ",").replace(";", ",")
    return tuple(dict.fromkeys(code.strip() for code in plain.split(",") if code.strip()))


def joined(codes: Iterable[str]) -> str:
    """Returns codes as they are kept."""
    unique = list(dict.fromkeys(str(code).strip() for code in codes if str(code).strip()))
    return f"|{'|'.join(unique)}|" if unique else ""

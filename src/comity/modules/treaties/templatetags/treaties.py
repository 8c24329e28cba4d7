"""Labels of treaty actions and statements: {% load treaties %}."""

from __future__ import annotations

from typing import Any

from django import template

from comity.modules.treaties.selectors.status import source_titles
from comity.modules.treaties.vocabulary import ActionKind, StatementKind

register = template.Library()


@register.simple_tag
def action_label(kind: str) -> Any:
    """What an action is called in the reader's language."""
    return dict(ActionKind.choices).get(kind, kind)


@register.simple_tag
def statement_label(kind: str) -> Any:
    """What a statement is called in the reader's language."""
    return dict(StatementKind.choices).get(kind, kind)


@register.filter
def source_title(source_id: int) -> str:
    """The title of a source by its id."""
    return source_titles().get(source_id, "")

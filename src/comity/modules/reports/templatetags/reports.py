"""Words of the pages of reports: {% load reports %}."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def person(names: Mapping[str, str], reference: str) -> SafeString:
    """A person by name, as far as it is known, else by what the audit calls them."""
    return format_html("<bdi>{}</bdi>", names.get(reference) or reference)


@register.filter
def at(mapping: Mapping[str, object], key: str) -> object:
    """The value of a key in a mapping; "" where it has none."""
    return mapping.get(key, "")

"""Changing a localised text so that its translations notice."""

from __future__ import annotations

from collections.abc import Sequence

from comity.core.texts.models import LocalisedText, TextStatus


def revise(texts: Sequence[LocalisedText], lang: str, value: str) -> LocalisedText | None:
    """Sets the text in `lang` among the versions of one text; call it inside a service's transaction.

    A changed original raises its version, which marks every other language stale; a changed translation
    is brought up to the original's version. Returns the changed row, None where `lang` is not among them.
    """
    row = next((text for text in texts if text.lang == lang), None)
    if row is None or row.value == value:
        return row
    original = next((text for text in texts if text.status == TextStatus.ORIGINAL), None)
    row.value = value
    row.version += 1
    row.of_version = row.version if row is original or original is None else original.version
    row.save()
    return row

"""What a step asks for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as __


class ReasonForm(forms.Form):
    """Why. It stays in the record's history."""

    reason = forms.CharField(
        label=__("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=__("It stays in the history of the record."),
    )  # fmt: skip

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required

"""Small forms: another day, reasons, overrides, periods."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.texts.languages import LANGUAGE_CHOICES


class AskForm(forms.Form):
    """For which day, and as known when, a figure is asked again."""

    as_of = forms.DateField(label=__("As of"), required=False)
    known_at = forms.DateTimeField(
        label=__("As known at (UTC)"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f", "%Y-%m-%d"],
    )  # fmt: skip


class ReasonForm(forms.Form):
    """Why. It stays in the history."""

    reason = forms.CharField(
        label=__("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": "3"}),
        help_text=__("It stays in the history."),
    )  # fmt: skip

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class OverrideForm(ReasonForm):
    """A number that replaces a computed one."""

    value = forms.DecimalField(label=__("Value"), max_digits=30, decimal_places=10)
    document = forms.CharField(
        label=__("Document"), max_length=300, help_text=__("The document in which the number stands: symbol or title.")
    )
    field_order = ("value", "document", "reason")


class BindForm(forms.Form):
    """A figure's own period or day in this edition; all empty for what its definition says."""

    start = forms.DateField(label=__("Period from"), required=False)
    end = forms.DateField(label=__("Period to"), required=False)
    as_of = forms.DateField(label=__("As of"), required=False)

    def clean(self) -> dict[str, Any]:
        """A period has both days, in their order."""
        data = super().clean() or {}
        start, end = data.get("start"), data.get("end")
        if not self.errors and (bool(start) != bool(end) or (start and end and end < start)):
            self.add_error("end", _("A period needs both days, the first not after the last."))
        return data


class TranslationForm(forms.Form):
    """A translated file that comes back."""

    lang = forms.ChoiceField(label=__("Language of the file"))
    file = forms.FileField(label=__("Word document (.docx)"), max_length=200)

    def __init__(self, *args: Any, original: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lang"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(code, name) for code, name in LANGUAGE_CHOICES if code != original]

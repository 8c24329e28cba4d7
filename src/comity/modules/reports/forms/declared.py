"""Forms of declared counts and of reports that others published."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.labels import Label
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES, direction
from comity.modules.reports.models import DeclaredCount
from comity.modules.reports.published import LANGUAGES
from comity.modules.reports.published.file import LIMIT
from comity.modules.reports.services.declared import Declaration

_LABELS = [(label.value, label.label) for label in Label if label != Label.OWN_STATE]


class DeclaredForm(forms.Form):
    """A number that somebody declares, with the document it stands in."""

    code = forms.SlugField(label=__("Record code"), max_length=60)
    title = forms.CharField(label=__("What is counted, in English"), max_length=300)
    value = forms.DecimalField(label=__("Value"), min_value=0, max_digits=30, decimal_places=10)
    unit = forms.CharField(label=__("Unit"), max_length=80, required=False, help_text=__("As the figures ask for it."))
    starts = forms.DateField(label=__("From, or the day itself"))
    ends = forms.DateField(label=__("To"), required=False, help_text=__("Empty for a number of one day."))
    document = forms.CharField(
        label=__("Document"), max_length=300, help_text=__("The document in which the number stands: symbol or title.")
    )
    label = forms.ChoiceField(label=__("Who may see it"), choices=_LABELS)
    fictitious = forms.BooleanField(label=__("Fictitious, for demonstration"), required=False)
    reason = forms.CharField(
        label=__("Reason"), max_length=500, required=False, help_text=__("It stays in the history.")
    )

    def __init__(self, *args: Any, row: DeclaredCount | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for lang, own in LANGUAGE_CHOICES:
            if lang != "en":
                widget = forms.TextInput(attrs={"lang": lang, "dir": direction(lang)})
                self.fields[f"title_{lang}"] = forms.CharField(
                    label=f"{_('Title')} ({own})", max_length=300, required=False, widget=widget
                )
        if row is None:
            return
        for name in ("code", "value", "unit", "starts", "ends", "document", "label", "fictitious"):
            self.fields[name].initial = getattr(row, name)
        self.fields["value"].initial = f"{row.value.normalize():f}"
        self.fields["title"].initial = row.title.get("en", "")
        for lang in UN_LANGUAGES:
            if lang != "en":
                self.fields[f"title_{lang}"].initial = row.title.get(lang, "")
        self.fields["code"].disabled = True

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The period ends before it begins."))
        return data

    def declaration(self) -> Declaration:
        """Returns what was declared; the form is valid."""
        data = self.cleaned_data
        titles = {"en": data["title"]} | {lang: data.get(f"title_{lang}", "") for lang in UN_LANGUAGES if lang != "en"}
        return Declaration(
            data["code"], {lang: text for lang, text in titles.items() if text}, data["value"], data["starts"],
            data["document"], data["unit"], data["ends"], data["label"], data["fictitious"],
        )  # fmt: skip


class PublishedForm(forms.Form):
    """A report that somebody else published, as a plain text."""

    file = forms.FileField(label=__("File (plain text in UTF-8)"), max_length=200)
    lang = forms.ChoiceField(
        label=__("Language"), choices=[(code, name) for code, name in LANGUAGE_CHOICES if code in LANGUAGES]
    )

    def clean_file(self) -> Any:
        """Refuses what is too large."""
        file = self.cleaned_data["file"]
        if file.size > LIMIT:
            raise forms.ValidationError(_("The file is larger than %(mb)d MB.") % {"mb": LIMIT // 2**20})
        return file

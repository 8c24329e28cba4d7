"""Small forms: reasons, tags, names, files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.modules.library import vocabulary as v
from comity.modules.library.forms.typed import LinesField, optional, words
from comity.modules.library.presentation import tags
from comity.modules.treaties import public as treaties

#: Largest file a record keeps, in bytes.
LARGEST = 50 * 2**20


class ReasonForm(forms.Form):
    """Why a step is taken; the words stand in the history."""

    reason = forms.CharField(label=__("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, required: bool = True, public: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required
        if public:
            self.fields["reason"].help_text = _("Everybody can read this.")


class RedactForm(ReasonForm):
    """The words to take out of a record for good, and why."""

    words = forms.CharField(label=__("The name, as it stands there"), max_length=200)
    field_order = ("words", "reason")


class SupersedeForm(ReasonForm):
    """What takes the record's place, and why."""

    by = forms.CharField(label=__("Number of the record that takes its place"), max_length=24)
    field_order = ("by", "reason")


class TagForm(forms.Form):
    """Tags to add; whichever fields are filled."""

    instrument = forms.ChoiceField(label=__("Treaty"), required=False)
    article = words(__("Article or paragraph"), 60, help_text=__("5, or 15(a)"))
    crime_type = forms.ChoiceField(label=__("Crime type"), required=False)
    issue = forms.ChoiceField(label=__("Cross-cutting issue"), required=False)
    keyword = words(__("Keyword"), 120)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "instrument": [(i.code, str(i.short)) for i in treaties.instruments(lang)],
            "crime_type": tags.crime_types(lang),
            "issue": tags.issues(lang),
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = optional(rows, "—")

    def clean(self) -> dict[str, Any]:
        """An article needs its treaty, and something has to be given."""
        data = super().clean() or {}
        if bool(data.get("article")) != bool(data.get("instrument")):
            self.add_error("article", _("Give the treaty and the article."))
        elif not self.errors and not self.wanted():
            raise forms.ValidationError(_("Choose a tag."))
        return data

    def wanted(self) -> list[tuple[str, str]]:
        """The tags that were chosen: (scheme, value)."""
        data = self.cleaned_data
        found = []
        if data.get("article") and data.get("instrument"):
            found.append((v.TagScheme.ARTICLE.value, f"{data['instrument']}:{data['article'].replace(' ', '')}"))
        found += [(str(s), data[s]) for s in ("crime_type", "issue", "keyword") if data.get(s)]
        return found


class NamesForm(forms.Form):
    """Known forms of a person's name, one a line, in any script."""

    names = LinesField(
        label=__("Forms of the name"), required=False,
        help_text=__("One a line, in every script and order you know. They are never shown or exported."),
    )  # fmt: skip


class FileForm(forms.Form):
    """A file to keep with the record."""

    file = forms.FileField(label=__("File"), max_length=200)
    lang = forms.ChoiceField(label=__("Language"), required=False)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["lang"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = optional(choices)

    def clean_file(self) -> Any:
        """Refuses what is too large."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 50 MB. Split it or save it again."))
        return file

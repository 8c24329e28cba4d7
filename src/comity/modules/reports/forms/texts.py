"""Forms of texts: a paragraph, the summary, a new paragraph, a new edition."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.texts.languages import direction
from comity.modules.reports import tokens
from comity.modules.reports.content import BadEdition, EditionContent, read
from comity.modules.reports.models import Edition

#: Largest file of an edition, in bytes.
LARGEST = 5 * 2**20


def parsed(text: str) -> str:
    """Returns a text whose tokens can be read. Raises ValidationError that names the place."""
    try:
        tokens.parse(text)
    except tokens.BadToken as refused:
        raise forms.ValidationError(str(refused)) from refused
    return text


class TextForm(forms.Form):
    """A text in one language; `base` is the edition's revision that was read, `seen` marks the text that was read."""

    value = forms.CharField(label=__("Text"), required=False, strip=True, widget=forms.Textarea(attrs={"rows": "12"}))
    base = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, lang: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].widget.attrs |= {"lang": lang, "dir": direction(lang), "spellcheck": "true"}

    def clean_value(self) -> str:
        """A text whose tokens can be read."""
        return parsed(str(self.cleaned_data["value"]).replace("\r\n", "\n"))


class InsertForm(forms.Form):
    """A figure to put into the text: which, with which qualifier, in which style."""

    figure = forms.ChoiceField(label=__("Figure"), required=False)
    qualifier = forms.ChoiceField(label=__("Qualifier"), required=False)
    style = forms.ChoiceField(label=__("Written"), required=False)

    def __init__(self, *args: Any, figures: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, item.label) for code, item in tokens.QUALIFIERS.items()]
        choices: dict[str, list[tuple[str, Any]]] = {
            "figure": [("", "—"), *figures],
            "qualifier": [("", _("as defined")), *named],
            "style": [("", _("by the language's rule")), ("words", _("in words")), ("digits", _("in digits"))],
        }
        for name, rows in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
            field.choices = rows

    def token(self) -> str:
        """Returns the chosen token, "" where no figure is chosen."""
        if not self.is_valid() or not self.cleaned_data["figure"]:
            return ""
        options = tuple(o for o in (self.cleaned_data["qualifier"], self.cleaned_data["style"]) if o)
        return tokens.write([tokens.FigureToken(self.cleaned_data["figure"], options)])


class NewParagraphForm(forms.Form):
    """A paragraph that is added at the end of a section, in the original language."""

    key = forms.SlugField(
        label=__("Key"), max_length=60, help_text=__("It stays the same over the years, such as p-trainings.")
    )
    text = forms.CharField(label=__("Text"), widget=forms.Textarea(attrs={"rows": "8"}))
    mandates = forms.CharField(
        label=__("Mandates"), required=False, help_text=__("Symbols of resolutions or codes, with commas between them.")
    )
    owner = forms.CharField(label=__("Owner"), required=False, max_length=200)

    def clean_text(self) -> str:
        """A text whose tokens can be read."""
        return parsed(str(self.cleaned_data["text"]))


class NewEditionForm(forms.Form):
    """A file that holds an edition."""

    file = forms.FileField(
        label=__("File (JSON)"), max_length=200,
        help_text=__("Title, period, day, sections and paragraphs with their texts, in the format of the handbook."),
    )  # fmt: skip

    def clean_file(self) -> EditionContent:
        """Returns the edition of the file. Raises ValidationError that names the place."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 5 MB."))
        try:
            found = read(json.loads(file.read()))
            for section in found.sections:
                for paragraph in section.paragraphs:
                    for text in paragraph.texts.values():
                        tokens.parse(text)
        except (ValueError, BadEdition) as refused:
            raise forms.ValidationError(str(refused)) from refused
        if Edition.objects.filter(code=found.code).exists():
            raise forms.ValidationError(_("There is an edition “%(code)s” already.") % {"code": found.code})
        return found

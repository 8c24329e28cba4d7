"""Forms of an edition's details, of its headings and of a paragraph's place; and of the edition that follows."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.counting import codes
from comity.core.texts.languages import LANGUAGE_CHOICES, direction
from comity.modules.reports import symbols
from comity.modules.reports.models import Edition, Paragraph, Section
from comity.modules.reports.services.editions import Details
from comity.modules.reports.vocabulary import BEFORE_FREEZE

_TEXTS = {
    "title": __("Title"), "subtitle": __("Subtitle"), "organization": __("Organization"), "organ": __("Organ"),
    "session": __("Session"), "agenda_item": __("Agenda item"),
}  # fmt: skip


class SeenForm(forms.Form):
    """A form that knows what was read: `base` is the edition's revision, `seen` marks the values that stood."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput)

    def read(self, stands: Mapping[str, Any], revision: int) -> None:
        """Takes the values that stand now as what is read. A change elsewhere in the edition is no conflict: who read
        these very values writes upon the revision that stands."""
        self.stands, self.mark, self.revision = dict(stands), mark(stands), revision
        self.fields["base"].initial, self.fields["seen"].initial = revision, self.mark

    def base_now(self) -> int:
        """Returns the revision to write upon; the form is valid."""
        same = self.cleaned_data["seen"] == self.mark
        return self.revision if same else int(self.cleaned_data["base"])

    def read_again(self) -> None:
        """After a conflict: what was typed stays, and the next try is upon what stands now."""
        self.data = {**{name: self.data[name] for name in self.data}, "base": str(self.revision), "seen": self.mark}
        self.add_error(None, _("Somebody changed this meanwhile. Save again to put yours in its place."))

    def changed_meanwhile(self) -> list[tuple[str, Any]]:
        """Returns what stands otherwise than it was typed: label and value."""
        return [
            (str(field.label), self.stands[name])
            for name, field in self.fields.items()
            if name in self.stands and not field.disabled and str(self.data.get(name, "")) != str(self.stands[name])
        ]

    def text_fields(self, name: str, label: Any, original: str, texts: Mapping[str, str], longest: int = 500) -> None:
        """Adds a text in six languages, the original first and alone demanded where it is a title."""
        for lang, own in sorted(LANGUAGE_CHOICES, key=lambda pair: pair[0] != original):
            widget = forms.TextInput(attrs={"lang": lang, "dir": direction(lang)})
            self.fields[f"{name}_{lang}"] = forms.CharField(
                label=f"{label} ({own})", max_length=longest, widget=widget, initial=texts.get(lang, ""),
                required=name == "title" and lang == original,
            )  # fmt: skip

    def texts(self, name: str) -> dict[str, str]:
        """Returns a text by language, without the empty ones; the form is valid."""
        said = {lang: str(self.cleaned_data[f"{name}_{lang}"]) for lang, _own in LANGUAGE_CHOICES}
        return {lang: text for lang, text in said.items() if text}


def mark(values: Mapping[str, Any]) -> str:
    """Returns a mark of values: another one means that somebody changed them."""
    return hashlib.sha256(json.dumps(values, sort_keys=True, default=str).encode()).hexdigest()


class DetailsForm(SeenForm):
    """What an edition says of itself."""

    symbols = forms.CharField(label=__("Document symbols"), required=False, help_text=__("With commas between them."))
    period_start = forms.DateField(label=__("Period from"))
    period_end = forms.DateField(label=__("Period to"))
    as_of = forms.DateField(label=__("As of"))
    previous = forms.ChoiceField(label=__("Last year's edition"), required=False)
    word_limit = forms.IntegerField(label=__("Word limit"), min_value=1, max_value=1_000_000)
    allowed = forms.CharField(
        label=__("Numbers that need no figure"), required=False, help_text=__("With commas between them.")
    )

    def __init__(self, *args: Any, edition: Edition, others: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.original = edition.original
        plain: dict[str, Any] = {
            "symbols": ", ".join(edition.symbols), "period_start": edition.period_start,
            "period_end": edition.period_end, "as_of": edition.as_of, "previous": edition.previous,
            "word_limit": edition.word_limit, "allowed": ", ".join(edition.allowed),
        }  # fmt: skip
        for name, value in plain.items():
            self.fields[name].initial = value
        stands = dict(plain)
        for name, label in _TEXTS.items():
            texts = getattr(edition, name)
            self.text_fields(name, label, self.original, texts)
            stands |= {f"{name}_{lang}": texts.get(lang, "") for lang, _own in LANGUAGE_CHOICES}
        previous = self.fields["previous"]
        assert isinstance(previous, forms.ChoiceField)  # noqa: S101 (declared above)
        kept = dict.fromkeys([*others, *filter(None, [edition.previous])])
        previous.choices = [("", "—"), *((code, code) for code in kept)]
        if edition.state not in BEFORE_FREEZE:
            for name in ("period_start", "period_end", "as_of"):
                self.fields[name].disabled = True
                self.fields[name].help_text = _("The figures of this edition are frozen already.")
        self.read(stands, edition.revision)

    def originals(self) -> list[BoundField]:
        """Returns the texts in the original language."""
        return [self[f"{name}_{self.original}"] for name in _TEXTS]

    def plain_fields(self) -> list[BoundField]:
        """Returns what is the same in every language."""
        return [field for field in self.visible_fields() if field.name in DetailsForm.base_fields]

    def translations(self) -> list[tuple[str, list[BoundField], bool]]:
        """Returns the texts of each other language, and whether something is wrong with one of them."""
        made = []
        for lang, _own in LANGUAGE_CHOICES:
            if lang != self.original:
                rows = [self[f"{name}_{lang}"] for name in _TEXTS]
                made.append((lang, rows, any(row.errors for row in rows)))
        return made

    def clean_symbols(self) -> tuple[str, ...]:
        """Symbols that can be read. Raises ValidationError that names the one that cannot."""
        said = split(self.cleaned_data["symbols"])
        for symbol in said:
            try:
                symbols.parse(symbol)
            except ValueError as refused:
                raise forms.ValidationError(str(refused)) from refused
        return said

    def clean_allowed(self) -> tuple[str, ...]:
        """The constants, each once."""
        return split(self.cleaned_data["allowed"])

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data = super().clean() or {}
        ends_after(self, data, "period_start", "period_end")
        return data

    def details(self) -> Details:
        """Returns what was said; the form is valid."""
        data = self.cleaned_data
        said: dict[str, Any] = {name: self.texts(name) for name in _TEXTS}
        said |= {name: data[name] for name in DetailsForm.base_fields if name not in SeenForm.base_fields}
        return Details(**said)


def ends_after(form: forms.Form, data: Mapping[str, Any], first: str, last: str) -> None:
    """Adds an error where the last day lies before the first."""
    if data.get(first) and data.get(last) and data[last] < data[first]:
        form.add_error(last, _("The period ends before it begins."))


class SectionForm(SeenForm):
    """A heading: its level and its words in six languages."""

    level = forms.TypedChoiceField(
        label=__("Level"), coerce=int, choices=[(1, "1 (I, II, III)"), (2, "2 (A, B, C)"), (3, "3 (1, 2, 3)"),
                                                (4, "4 (a, b, c)")],
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, section: Section | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level, title = (section.level, section.title) if section else (1, {})
        self.fields["level"].initial = level
        self.text_fields("title", _("Section heading"), edition.original, title)
        stands = {"level": level, **{f"title_{lang}": title.get(lang, "") for lang, _own in LANGUAGE_CHOICES}}
        self.read(stands, edition.revision)


class PlaceForm(forms.Form):
    """A paragraph's section, mandates and owner."""

    section = forms.ChoiceField(label=__("Section"))
    mandates = forms.CharField(
        label=__("Mandates"), required=False, help_text=__("Symbols of resolutions or codes, with commas between them.")
    )
    owner = forms.CharField(label=__("Owner"), required=False, max_length=200)

    def __init__(self, *args: Any, paragraph: Paragraph, sections: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["section"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = [(str(pk), title) for pk, title in sections]
        field.initial = str(paragraph.section_id)
        self.fields["mandates"].initial = ", ".join(paragraph.mandates)
        self.fields["owner"].initial = paragraph.owner

    def clean_mandates(self) -> tuple[str, ...]:
        """The mandates, each once."""
        return split(self.cleaned_data["mandates"])


def split(text: str) -> tuple[str, ...]:
    """Returns what stands between commas or semicolons, each once."""
    return codes.split(text)


class NextEditionForm(forms.Form):
    """Code, period and day of the edition that follows."""

    code = forms.RegexField(r"^[A-Za-z0-9-]+$", label=__("Code"), max_length=60)
    start = forms.DateField(label=__("Period from"))
    end = forms.DateField(label=__("Period to"))
    as_of = forms.DateField(label=__("As of"))

    def clean(self) -> dict[str, Any]:
        """A period ends after it begins."""
        data = super().clean() or {}
        ends_after(self, data, "start", "end")
        return data


def next_code(code: str, old: date, new: date) -> str:
    """Returns the code with its year moved on, "" where it holds none: then somebody thinks of one."""
    return code.replace(str(old.year), str(new.year)) if str(old.year) in code else ""

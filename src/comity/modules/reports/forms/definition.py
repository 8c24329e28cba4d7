"""The form of a figure's definition: its texts and its printing as fields, its question as JSON."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES, direction
from comity.modules.reports.definition import BadDefinition, Definition, read
from comity.modules.reports.printing import Qualifier
from comity.modules.reports.vocabulary import Disclosure, FigureKind

#: What the JSON of the question may hold; the rest has fields of its own.
ASKED = ("counts", "measure", "of", "where", "period_rule", "period", "parts", "breakdown")
_PLAIN = ("slug", "kind", "currency", "qualifier", "rounding", "overlap_group", "inside", "disclosure", "owner")
_TEXTS = ("meaning", "unit", "method")
_BLANK = {"counts": "", "measure": "count", "where": {}, "period_rule": "within", "period": "edition"}


class DefinitionForm(forms.Form):
    """A figure. `definition()` is what was entered, once the form is valid."""

    slug = forms.CharField(
        label=__("Name of the figure"), max_length=80, help_text=__("Small letters, digits, points and hyphens.")
    )
    kind = forms.ChoiceField(label=__("Kind"), choices=FigureKind.choices)
    currency = forms.CharField(label=__("Currency"), max_length=3, required=False, help_text=__("For money: USD"))
    question = forms.CharField(
        label=__("The question"),
        widget=forms.Textarea(attrs={"rows": "14", "dir": "ltr", "class": "code-input", "spellcheck": "false"}),
        help_text=__("JSON: counts, measure, of, where, period_rule, period; or measure and parts."),
    )  # fmt: skip
    qualifier = forms.ChoiceField(label=__("Qualifier"), choices=Qualifier.choices)
    rounding = forms.CharField(label=__("Rounded to steps of"), max_length=20, initial="1")
    overlap_group = forms.CharField(
        label=__("Overlap group"),
        max_length=80,
        required=False,
        help_text=__("Figures of one group are never added up."),
    )
    inside = forms.CharField(label=__("Lies inside the figure"), max_length=80, required=False)
    disclosure = forms.ChoiceField(label=__("Disclosure"), choices=Disclosure.choices)
    owner = forms.CharField(label=__("Owner"), max_length=200, required=False)
    reason = forms.CharField(
        label=__("Reason of the change"), max_length=500, required=False, help_text=__("It stays in the history.")
    )

    def __init__(self, *args: Any, given: Definition | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("meaning", __("Meaning")), ("unit", __("Unit")), ("method", __("Method"))):
            for lang, own in LANGUAGE_CHOICES:
                area = forms.Textarea(attrs={"rows": "2", "lang": lang, "dir": direction(lang)})
                self.fields[f"{name}_{lang}"] = forms.CharField(
                    label=f"{label} ({own})", required=name == "meaning" and lang == "en", max_length=1000, widget=area
                )
        self.given = given
        self.fields["question"].initial = json.dumps(_BLANK, indent=2)
        if given is not None:
            self._fill(given)

    def _fill(self, given: Definition) -> None:
        plain = given.model_dump(mode="json")
        for name in _PLAIN:
            self.fields[name].initial = plain[name]
        for name in _TEXTS:
            for lang in UN_LANGUAGES:
                self.fields[f"{name}_{lang}"].initial = plain[name].get(lang, "")
        asked = {name: plain[name] for name in ASKED if plain[name] not in ("", [], {}, ())}
        self.fields["question"].initial = json.dumps(asked, indent=2, ensure_ascii=False)
        self.fields["slug"].disabled = True

    def texts(self, name: str) -> list[forms.BoundField]:
        """The fields of a text, English first."""
        return [self[f"{name}_{lang}"] for lang in sorted(UN_LANGUAGES, key=lambda lang: lang != "en")]

    def clean_rounding(self) -> str:
        """A decimal step."""
        try:
            step = Decimal(self.cleaned_data["rounding"])
        except InvalidOperation:
            step = Decimal(0)
        if not step.is_finite() or step <= 0:
            raise forms.ValidationError(_("A rounding is a step above 0, such as 1000 or 0.1."))
        return str(self.cleaned_data["rounding"])

    def clean_question(self) -> dict[str, Any]:
        """The question as data. Raises ValidationError that names the line where the JSON cannot be read."""
        try:
            asked = json.loads(self.cleaned_data["question"])
        except json.JSONDecodeError as refused:
            words = _("Line %(line)d, sign %(sign)d: this is no JSON (%(why)s).")
            said = {"line": refused.lineno, "sign": refused.colno, "why": refused.msg}
            raise forms.ValidationError(words % said) from refused
        if not isinstance(asked, dict):
            raise forms.ValidationError(_("The question is an object: begin it with { and end it with }."))
        unknown = sorted(set(asked) - set(ASKED))
        if unknown:
            words = _("Unknown here: %(unknown)s. Known are: %(known)s.")
            raise forms.ValidationError(words % {"unknown": ", ".join(unknown), "known": ", ".join(ASKED)})
        return asked

    def clean(self) -> dict[str, Any]:
        """The whole must be a definition that this node can ask."""
        data = super().clean() or {}
        if self.errors:
            return data
        try:
            data["definition"] = read(self._content(data))
        except BadDefinition as refused:
            self.add_error("question", str(refused))
        return data

    def _content(self, data: dict[str, Any]) -> dict[str, Any]:
        content = {name: data[name] for name in _PLAIN} | data["question"]
        for name in _TEXTS:
            texts = {lang: data[f"{name}_{lang}"].strip() for lang in UN_LANGUAGES}
            content[name] = {lang: text for lang, text in texts.items() if text}
        return content

    def definition(self) -> Definition:
        """Returns the definition that was entered; the form is valid."""
        found: Definition = self.cleaned_data["definition"]
        return found

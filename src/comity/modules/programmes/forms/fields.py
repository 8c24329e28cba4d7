"""One form field for each field of a table, so that every kind of record has its form without a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.db import models as fields_of
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.actor import Actor
from comity.core.counting.codes import CodesField, split
from comity.core.people.selectors import participant_choices
from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.modules.programmes.kinds import KINDS, column
from comity.modules.programmes.selectors.records import current

#: Up to so many records are offered as a list to choose from; beyond, the code is written with suggestions.
CHOOSABLE = 200
#: How many records are suggested where the code is written.
SUGGESTED = 500


class CodesFormField(forms.CharField):
    """Codes separated by commas, as a tuple."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        return split((value or "").replace("،", ",").replace("，", ",").replace("、", ","))


@dataclass
class Choices:
    """What the fields of one page offer, read once: States, languages, records."""

    actor: Actor
    lang: str
    #: Only these States may be chosen; None for all.
    only_states: Sequence[str] | None = None

    def __post_init__(self) -> None:
        self._records: dict[str, list[tuple[str, str]]] = {}
        self._states: list[tuple[str, str]] | None = None

    def states(self) -> list[tuple[str, str]]:
        """(ISO3 code, name), by name."""
        if self._states is None:
            known = participant_choices(self.lang)
            self._states = [pair for pair in known if self.only_states is None or pair[0] in self.only_states]
        return self._states

    def records(self, kind: str) -> list[tuple[str, str]]:
        """(code, "title (code)") of the records of a kind that the actor may see, newest first."""
        if kind not in self._records:
            rows = current(self.actor, KINDS[kind]).order_by("-starts", "code")[: SUGGESTED + 1]
            self._records[kind] = [(row.code, f"{row.title_in(self.lang)[0]} ({row.code})") for row in rows]
        return self._records[kind]


def languages(held: str = "") -> list[tuple[str, str]]:
    """The six languages, and the one a text is in where it is another."""
    known = list(LANGUAGE_CHOICES)
    return known if not held or held in dict(known) else [*known, (held, held)]


def form_field(model: type[fields_of.Model], name: str, refers: str, choices: Choices, held: Any = None) -> forms.Field:
    """Returns the form field of one table field. `refers`: the kind of record it names; `held`: its present value."""
    field: Any = column(model, name)
    label = str(field.verbose_name)
    common = {"label": label[:1].upper() + label[1:], "required": not field.blank, "help_text": field.help_text}
    if refers:
        return _reference(refers, choices, held, common)
    if isinstance(field, fields_of.ForeignKey):
        return forms.ChoiceField(choices=[("", "—"), *choices.states()], **common)
    if name == "lang":
        return forms.ChoiceField(choices=languages(held or ""), **common)
    if isinstance(field, CodesField):
        help_text = common.pop("help_text") or __("Separated by commas")
        return CodesFormField(help_text=help_text, **common)
    if isinstance(field, fields_of.DateField):
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **common)
    return _plain(field, common)


def _plain(field: Any, common: dict[str, Any]) -> forms.Field:
    made: forms.Field | None = field.formfield(**common)
    assert made is not None  # noqa: S101 (every field a person fills has one)
    if isinstance(field, fields_of.IntegerField) and not field.choices:
        made.widget.attrs["inputmode"] = "numeric"
        for check in made.validators:
            if isinstance(check, MinValueValidator):
                check.message = _("This number cannot be below zero.")
    elif isinstance(field, fields_of.DecimalField):
        made.widget.attrs |= {"inputmode": "decimal", "step": "any"}
    elif isinstance(field, fields_of.TextField):
        made.widget.attrs["rows"] = "3"
    if field.name == "currency":
        made.widget.attrs |= {"size": "3", "dir": "ltr", "autocapitalize": "characters"}
        made.help_text = __("Three letters of ISO 4217: USD")
    return made


def _reference(kind: str, choices: Choices, held: Any, common: dict[str, Any]) -> forms.Field:
    known = choices.records(kind)
    if len(known) <= CHOOSABLE:
        extra = [(held, str(held))] if held and held not in dict(known) else []
        return forms.ChoiceField(choices=[("", "—"), *known, *extra], **common)
    help_text = __("Write the code; the newest are suggested.")
    widget = forms.TextInput(attrs={"list": f"known-{kind}", "dir": "ltr", "autocomplete": "off"})
    return forms.CharField(max_length=60, widget=widget, **{**common, "help_text": help_text})


def written_kinds(refers: dict[str, str], choices: Choices) -> dict[str, list[tuple[str, str]]]:
    """Returns the suggestions that a page needs, by kind: for those too many to choose from."""
    return {k: choices.records(k)[:SUGGESTED] for k in set(refers.values()) if len(choices.records(k)) > CHOOSABLE}

"""A training entered in two minutes: few fields, one row for each State and audience with its numbers by sex."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as __

from comity.core.actions.labels import Label
from comity.modules.programmes import vocabulary as v
from comity.modules.programmes.checking import Problem
from comity.modules.programmes.content import Draft
from comity.modules.programmes.forms.fields import Choices
from comity.modules.programmes.forms.rows import Rows, remove_field
from comity.modules.programmes.kinds import KINDS

#: Field of the form → sex that it counts.
COUNTS = {"women": v.Sex.FEMALE, "men": v.Sex.MALE, "unknown": v.Sex.NOT_RECORDED}
_EVENT = KINDS["event"]


def _number(label: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "min": "0", "placeholder": "0", "class": "count-input"})
    refused = {
        "min_value": __("A number of people cannot be below zero."),
        "max_value": __("That is more than a million people. Check the number."),
        "invalid": __("Write a whole number, such as 12."),
    }
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1_000_000, widget=widget, error_messages=refused
    )


class TrainingForm(forms.Form):
    """What was held, where and when."""

    title = forms.CharField(label=__("Title"), max_length=300)
    starts = forms.DateField(label=__("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    ends = forms.DateField(
        label=__("Last day"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
        help_text=__("Leave empty for one day."),
    )  # fmt: skip
    place = forms.CharField(label=__("Place"), max_length=120, required=False)
    programme = forms.ChoiceField(label=__("Programme"))
    type = forms.ChoiceField(label=__("Type"), choices=v.EventType.choices)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["programme"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", "—"), *choices.records("programme")]
        self.fields["title"].widget.attrs["autocomplete"] = "off"

    def clean(self) -> dict[str, Any]:
        """One day where no last day is given."""
        found = super().clean() or {}
        starts, ends = found.get("starts"), found.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", __("It ends before it begins."))
        return {**found, "ends": ends or starts}


class AttendanceRow(forms.Form):
    """People of one State and audience, counted in one way."""

    participant = forms.ChoiceField(label=__("State"), required=False, help_text=__("Where they came from"))
    audience = forms.ChoiceField(label=__("Who they were"), choices=v.Audience.choices)
    women = _number(__("Women"))
    men = _number(__("Men"))
    unknown = _number(__("Not recorded"))
    basis = forms.ChoiceField(label=__("How they were counted"), choices=v.Basis.choices)
    remove = remove_field()

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["participant"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [("", __("not stated")), *choices.states()]


class TrainingEntry:
    """The form and its rows together."""

    def __init__(
        self, choices: Choices, *, initial: Any, first_row: Any, data: Any = None, adding: bool = False
    ) -> None:
        self.checked = data is not None and not adding
        self._row_of: list[int] = []

        def make(*args: Any, **kwargs: Any) -> AttendanceRow:
            return AttendanceRow(*args, choices=choices, use_required_attribute=False, **kwargs)

        if data is not None and adding:
            blank = TrainingForm(choices=choices)
            initial = {name: field.widget.value_from_datadict(data, {}, name) for name, field in blank.fields.items()}
        self.form = TrainingForm(data if self.checked else None, choices=choices, initial=initial)
        self.rows = Rows(
            make, prefix="people", marks=list(COUNTS), initial=[first_row] if data is None else (), data=data,
            unchecked=adding, extra=0 if data is None else 1, alike=("audience", "basis"),
        )  # fmt: skip

    @property
    def parts(self) -> list[forms.BaseForm]:
        """All forms, for the list of mistakes."""
        return [self.form, *self.rows.kept]

    def is_valid(self) -> bool:
        """True where all can be read and somebody attended."""
        rows, form = self.rows.is_valid(), self.form.is_valid()
        if rows and not self._people():
            self.form.add_error(None, __("Enter how many people attended: at least one number above zero."))
            return False
        return rows and form

    @property
    def wrong(self) -> bool:
        """True where something that was sent is not right."""
        return self.checked and (bool(self.form.errors) or self.rows.wrong)

    def _people(self) -> list[dict[str, Any]]:
        """One row of attendance for each number above zero; `_row_of` remembers where each came from."""
        found: list[dict[str, Any]] = []
        self._row_of = []
        for place, row in enumerate(self.rows.kept):
            said = row.cleaned_data
            for name, sex in COUNTS.items():
                if said.get(name):
                    self._row_of.append(place)
                    found.append(
                        {"participant": said["participant"] or None, "audience": said["audience"], "sex": sex,
                         "count": said[name], "basis": said["basis"], "certificates": 0}
                    )  # fmt: skip
        return found

    def made(self, lang: str, label: str) -> Draft:
        """Returns the event that the form gives."""
        values = {**self.form.cleaned_data, "lang": lang}
        return replace(Draft(_EVENT, "", values, tuple(self._people())), label=label or Label.SECRETARIAT)

    def show(self, problems: list[Problem]) -> None:
        """Ties what the service refused to the fields it is about."""
        for problem in problems:
            if problem.child is not None:
                row = self.rows.kept[self._row_of[problem.child]]
                row.add_error(None, problem.message)
            else:
                self.form.add_error(problem.field if problem.field in self.form.fields else None, problem.message)

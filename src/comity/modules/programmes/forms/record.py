"""The form of a record of any kind: its fields, its child rows, its title in other languages, who may see it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.labels import Label
from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.modules.programmes.checking import Problem
from comity.modules.programmes.content import Draft
from comity.modules.programmes.forms.fields import Choices, form_field
from comity.modules.programmes.forms.rows import Rows, remove_field
from comity.modules.programmes.kinds import Kind, column

#: What a State writes of its request; the rest is the secretariat's.
STATE_WRITES = ("title", "lang", "participant", "starts", "requester", "need", "need_source", "priority", "source")
_FIRST, _LAST = ("title", "lang"), ("note", "source")


class Fields(forms.Form):
    """Some fields of a record, made when the page is."""

    def __init__(self, *args: Any, made: dict[str, forms.Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.update(made)


class RecordForm:
    """Everything a person fills for one record. `draft` is what stands there; `by_state`: a State asks for itself."""

    def __init__(
        self, kind: Kind, choices: Choices, draft: Draft, *, data: Any = None, unchecked: bool = False,
        by_state: bool = False,
    ) -> None:  # fmt: skip
        self.kind, self.choices, self.draft, self.by_state = kind, choices, draft, by_state
        self.checked = data is not None and not unchecked
        self.general = self._form(self._general_fields(), "", dict(draft.values), data, unchecked)
        self.titles = self._form(self._title_fields(), "other", dict(draft.other_titles), data, unchecked)
        self.access = self._form(self._access_fields(), "", {"label": draft.label}, data, unchecked)
        self.rows = self._rows(data, unchecked) if kind.child else None

    @property
    def names(self) -> list[str]:
        """The fields in the order of the page: title, what it belongs to, when, the rest, note and source."""
        shown = [n for n in self.kind.form_fields if not self.by_state or n in STATE_WRITES]
        ties = [n for n in shown if n in self.kind.refers]
        dates = [n for n in ("starts", "ends") if n in shown]
        placed = {*_FIRST, *ties, *dates, *_LAST}
        rest = [n for n in shown if n not in placed]
        return [*_FIRST, *ties, *dates, *rest, *(n for n in _LAST if n in shown)]

    def _general_fields(self) -> dict[str, forms.Field]:
        held, refers = self.draft.values, self.kind.refers
        return {n: form_field(self.kind.model, n, refers.get(n, ""), self.choices, held.get(n)) for n in self.names}

    def _title_fields(self) -> dict[str, forms.Field]:
        return {
            code: forms.CharField(label=name, required=False, max_length=300, widget=_title_widget(code))
            for code, name in LANGUAGE_CHOICES
        }

    def _access_fields(self) -> dict[str, forms.Field]:
        if self.by_state:
            return {}
        choice = forms.ChoiceField(
            label=__("Who may see it"),
            choices=Label.choices,
            help_text=__("“Own State” is the State that the record names."),
        )
        return {"label": choice}

    def _form(self, made: Any, prefix: str, initial: Any, data: Any, unchecked: bool) -> Fields:
        if data is not None and unchecked:
            blank = Fields(made=made, prefix=prefix)
            sent = {
                n: f.widget.value_from_datadict(data, {}, blank.add_prefix(n)) for n, f in blank.fields.items()
            }  # what was typed stays while rows are added
            return Fields(made=made, prefix=prefix, initial=sent)
        return Fields(data, made=made, prefix=prefix, initial=initial)

    def _rows(self, data: Any, unchecked: bool) -> Rows:
        model, names = self.kind.child, self.kind.child_fields
        assert model is not None  # noqa: S101 (asked only of kinds with child rows)

        def make(*args: Any, **kwargs: Any) -> Fields:
            fields = {name: form_field(model, name, "", self.choices) for name in names}
            for name in names:
                field: Any = column(model, name)
                if field.has_default() and not kwargs.get("initial"):
                    fields[name].initial = field.get_default()
            kwargs.setdefault("use_required_attribute", False)
            return Fields(*args, made={**fields, "remove": remove_field()}, **kwargs)

        marks = [n for n in names if not column(model, n).has_default() and n != "basis"]
        extra = 3 if unchecked else 1
        return Rows(
            make, prefix="rows", marks=marks, initial=list(self.draft.children), data=data, unchecked=unchecked,
            extra=extra,
        )  # fmt: skip

    @property
    def parts(self) -> list[forms.BaseForm]:
        """All forms of the page, for its list of mistakes."""
        return [self.general, self.access, self.titles, *(self.rows.kept if self.rows and self.checked else ())]

    def is_valid(self) -> bool:
        """True where everything can be read; every mistake is found at once."""
        wrong = [form for form in (self.general, self.titles, self.access) if not form.is_valid()]
        return (self.rows is None or self.rows.is_valid()) and not wrong

    @property
    def wrong(self) -> bool:
        """True where something that was sent is not right."""
        return self.checked and any(form.errors for form in self.parts)

    def made(self) -> Draft:
        """Returns the content that the form gives. Call it after `is_valid`."""
        values = {**dict(self.draft.values), **self.general.cleaned_data}
        for name in ("participant",):
            if name in values:
                values[name] = values[name] or None
        if "currency" in values:
            values["currency"] = str(values["currency"]).strip().upper()
        label = Label.OWN_STATE if self.by_state else self.access.cleaned_data["label"]
        state = str(values.get("participant") or "")
        owned = self.kind.name == "request" or label == Label.OWN_STATE
        children = [self._child(form) for form in self.rows.kept] if self.rows else ()
        other = {code: text for code, text in self.titles.cleaned_data.items() if text and code != values["lang"]}
        return Draft(
            self.kind, self.draft.code, values, tuple(children), label,
            state if owned and state else self.draft.owner_state, other, self.draft.fictitious,
        )  # fmt: skip

    def _child(self, form: Any) -> dict[str, Any]:
        assert self.kind.child is not None  # noqa: S101 (asked only of kinds with child rows)
        found = {name: form.cleaned_data.get(name) for name in self.kind.child_fields}
        for name in ("participant", "since"):
            if name in found:
                found[name] = found[name] or None
        for name, value in found.items():
            field: Any = column(self.kind.child, name)
            if value in (None, "") and field.has_default() and not field.null:
                found[name] = field.get_default()
        return found

    def show(self, problems: list[Problem]) -> None:
        """Ties what a service refused to the fields it is about."""
        kept = self.rows.kept if self.rows else []
        for problem in problems:
            form = self.general if problem.child is None else kept[problem.child]
            form.add_error(problem.field if problem.field in form.fields else None, problem.message)


def _title_widget(code: str) -> forms.TextInput:
    return forms.TextInput(attrs={"lang": code, "dir": "rtl" if code == "ar" else "ltr"})


def without_state(draft: Draft) -> str:
    """Returns what is wrong with a label "own State" on a record that names no State; "" where nothing is."""
    if draft.label == Label.OWN_STATE and not draft.owner_state:
        return _("“Own State” needs a State: name one, or choose who else may see it.")
    return ""

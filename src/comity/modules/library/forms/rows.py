"""Rows of a case and of a publication, and the parts of a record that are lists of such rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from pydantic import BaseModel

from comity.modules.library import content as c
from comity.modules.library import vocabulary as v
from comity.modules.library.forms.typed import RowForm, choice, day, languages, words
from comity.modules.library.presentation.cases import name_of
from comity.modules.treaties.public import participant_names

#: Up to so many persons are offered as boxes; beyond, their keys are written.
BOXES = 12


class PersonRow(RowForm):
    """A party to the case."""

    marks = ("role", "designation")
    role = choice(__("Role"), v.PartyRole.choices, empty="—")
    designation = words(
        __("Shown as"), 200, help_text=__("Initials or a letter for victims, witnesses and migrants: never the name.")
    )
    party_kind = forms.ChoiceField(label=__("Kind"), choices=v.PartyKind.choices, required=False)
    count_min = forms.IntegerField(label=__("Number of persons, at least"), required=False, min_value=1)
    count_max = forms.IntegerField(label=__("at most"), required=False, min_value=1)
    sex = choice(__("Sex"), v.Sex.choices)
    age = forms.IntegerField(label=__("Age"), required=False, min_value=0, max_value=130)
    age_basis = choice(__("Age is"), v.AgeBasis.choices)
    is_minor = forms.ChoiceField(label=__("Under 18"), choices=v.YesNo.choices, required=False, initial=v.YesNo.UNKNOWN)
    born = forms.IntegerField(label=__("Year of birth"), required=False, min_value=1800, max_value=2100)
    nationality = forms.CharField(
        label=__("Nationality"),
        required=False,
        max_length=3,
        widget=forms.TextInput(attrs={"list": "states", "dir": "ltr"}),
        help_text=__("The State's code of three letters"),
    )
    reasoning = words(__("Reasoning on this person"), 20_000, rows=2)

    def __init__(self, *args: Any, lang: str = "en", content: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)

    def clean_nationality(self) -> str:
        """A State known here, by its code."""
        code = str(self.cleaned_data["nationality"]).strip().upper()
        if code and code not in participant_names("en"):
            said = _("“%(text)s” is no State known here. Use its code of three letters, such as ALB.")
            raise forms.ValidationError(said % {"text": code})
        return code


class ChargeRow(RowForm):
    """A charge against one or several persons."""

    marks = ("charge", "legislation")
    charge = words(__("Charge or claim"), 1000, rows=2)
    persons = forms.MultipleChoiceField(
        label=__("Against"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    legislation = words(__("Legislation"), 1000)
    provision = words(__("Provision in the library"), 200, help_text=__("Number and provision: KEN-2010-0003/s-3"))
    details = words(__("Details"), 20_000, rows=2)
    verdict = choice(__("Verdict"), v.Verdict.choices)

    def __init__(self, *args: Any, lang: str = "en", content: c.Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons = content.case.persons if content.case else []
        if len(persons) > BOXES:
            self.fields["persons"] = KeysField(
                label=__("Against"), required=False, help_text=__("Keys of persons, as listed above: p1, p2")
            )
        else:
            _set(self, "persons", [(p.key, name_of(p)) for p in persons])


class KeysField(forms.CharField):
    """Keys separated by commas or blanks."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return (value or "").replace("،", " ").replace(",", " ").split()


class SentenceRow(RowForm):
    """What a person was sentenced to."""

    marks = ("kind", "person")
    person = forms.ChoiceField(label=__("Person"), required=False)
    charge = forms.ChoiceField(label=__("For the charge"), required=False)
    kind = choice(__("Kind"), v.SentenceKind.choices, empty="—")
    months = forms.IntegerField(label=__("Months"), required=False, min_value=0)
    life = forms.BooleanField(label=__("For life"), required=False)
    amount = words(__("Amount"), 30)
    currency = words(__("Currency"), 3, help_text=__("Three letters: KES"))
    text = words(__("In words"), 5000)
    on_appeal = words(__("On appeal"), 5000)

    def __init__(self, *args: Any, lang: str = "en", content: c.Content, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        persons, charges = (content.case.persons, content.case.charges) if content.case else ([], [])
        _set(self, "person", [("", "—"), *((p.key, name_of(p)) for p in persons)])
        _set(self, "charge", [("", __("all charges")), *((x.key, f"{x.key}: {x.charge[:60]}") for x in charges)])


class ProceedingRow(RowForm):
    """One stage of a case."""

    marks = ("level", "court", "city", "reference", "decided_on", "description")
    level = choice(__("Stage"), v.CourtLevel.choices)
    court = words(__("Court"), 300)
    city = words(__("City"), 120)
    reference = words(__("Case reference"), 200)
    decided_on = day(__("Date of decision"))
    description = words(__("Description"), 20_000, rows=2)

    def __init__(self, *args: Any, lang: str = "en", content: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)


class EditionRow(RowForm):
    """One edition of a publication."""

    marks = ("lang",)
    lang = forms.ChoiceField(label=__("Language"), required=False)
    year = forms.IntegerField(label=__("Year"), required=False, min_value=1000, max_value=2999)
    symbol = words(__("Symbol"), 120)
    isbn = words(__("ISBN"), 30)
    url = words(__("Link"), 1000)

    def __init__(self, *args: Any, lang: str = "en", content: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _set(self, "lang", [("", "—"), *languages(lang, [str(self.initial.get("lang", ""))])])


def _set(form: forms.Form, name: str, choices: Any) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


@dataclass(frozen=True)
class Part:
    """A list within a record: its title, what one row is called, the row, the value it makes, where it stands, how
    its keys begin."""

    title: Any
    single: Any
    form: type[RowForm]
    model: type[BaseModel]
    kind: str
    field: str
    stem: str

    def rows(self, content: c.Content) -> list[dict[str, Any]]:
        """The rows as they are."""
        return [one.model_dump() for one in getattr(getattr(content, self.kind), self.field)]

    def put(self, content: c.Content, values: list[Any]) -> c.Content:
        """The content with these rows."""
        inner = getattr(content, self.kind).model_copy(update={self.field: values})
        return content.model_copy(update={self.kind: inner})


PARTS = {
    "persons": Part(__("Persons"), __("Person"), PersonRow, c.Person, "case", "persons", "p"),
    "charges": Part(__("Charges"), __("Charge"), ChargeRow, c.Charge, "case", "charges", "c"),
    "sentences": Part(__("Sentences"), __("Sentence"), SentenceRow, c.Sentence, "case", "sentences", "s"),
    "proceedings": Part(__("Proceedings"), __("Stage"), ProceedingRow, c.Proceeding, "case", "proceedings", "d"),
    "editions": Part(__("Editions"), __("Edition"), EditionRow, c.Edition, "publication", "editions", ""),
}

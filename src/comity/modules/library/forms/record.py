"""A record's facts, texts and sources as one form."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.labels import Label
from comity.core.texts.models import TextStatus
from comity.modules.library import content as c
from comity.modules.library import vocabulary as v
from comity.modules.library.forms.typed import (
    MORE_ROWS,
    LinesField,
    RowForm,
    Rows,
    choice,
    day,
    every_valid,
    languages,
    made,
    typed,
    words,
)

AUDIENCES = [(Label.PUBLIC.value, __("Public")), (Label.OFFICIALS.value, __("Officials of any State"))]
#: The texts each kind of record has.
TEXTS = {
    v.Kind.LAW: ("title", "short_title", "note"),
    v.Kind.CASE: ("title", "summary", "commentary", "victims", "findings", "note"),
    v.Kind.PUBLICATION: ("title", "short_title", "abstract", "note"),
    v.Kind.GUIDE: ("title", "explanation", "note"),
}


class GeneralForm(forms.Form):
    """What every record has."""

    state = forms.ChoiceField(label=__("State"), required=False)
    body = words(__("International or regional body"), 200, help_text=__("Only where the record belongs to no State"))
    year = forms.IntegerField(label=__("Year"), required=False, min_value=1000, max_value=2999)
    audience = forms.ChoiceField(label=__("Who may see it once published"), choices=AUDIENCES)
    listing = forms.BooleanField(label=__("Only facts of a listing elsewhere; no summary of our own"), required=False)
    aliases = LinesField(
        label=__("Older numbers"), required=False, help_text=__("One a line, with the list it is from: sherloc ARGx012")
    )

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["state"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = states

    def clean_aliases(self) -> list[dict[str, str]]:
        """Lines such as "sherloc ARGx012"."""
        found = []
        for line in self.cleaned_data["aliases"]:
            scheme, _blank, value = line.partition(" ")
            if not value.strip():
                raise forms.ValidationError(_("“%(line)s”: write the list, a blank and the number.") % {"line": line})
            found.append({"scheme": scheme, "value": value.strip()})
        return found


class LawForm(forms.Form):
    """What only a law has."""

    type = forms.ChoiceField(label=__("Type"), choices=v.LawType.choices)
    status = forms.ChoiceField(label=__("Status of the law"), choices=v.LawStatus.choices)
    official_number = words(__("Official number"), 200)
    issued_by = words(__("Issued by"))
    adopted_on = day(__("Adopted"))
    in_force_on = day(__("In force from"))
    repealed_on = day(__("Repealed"))
    consolidated_as_of = day(__("Consolidated as of"))
    amends = LinesField(label=__("Amends"), required=False, help_text=__("Numbers or titles, one a line"))


class CaseForm(forms.Form):
    """What only a case has, apart from its persons, charges, sentences and proceedings."""

    court = words(__("Court"))
    decided_on = day(__("Date of decision"))
    docket = words(__("Docket"), 200)
    citation = words(__("Citation"), 200)
    legal_system = choice(__("Legal system"), v.LegalSystem.choices)
    latest_ruling = choice(__("Latest ruling"), v.CourtLevel.choices)
    type_of_proceeding = choice(__("Proceedings"), v.ProceedingType.choices)
    accused_tried = choice(__("Accused were tried"), v.Tried.choices)


class PublicationForm(forms.Form):
    """What only a publication has."""

    kind = forms.ChoiceField(label=__("Kind"), choices=v.PublicationKind.choices)
    authors = LinesField(label=__("Authors"), required=False, help_text=__("One a line"))
    publisher = words(__("Published by"))
    journal = words(__("Journal"))
    published_on = day(__("Published"))
    years = words(__("Period covered"), 40, help_text=__("Of a strategy: 2019-2024"))
    cites = LinesField(label=__("Cites"), required=False, help_text=__("Numbers of records, one a line"))
    replaces = words(__("Replaces"), 200)


class GuideForm(forms.Form):
    """What only an entry of a legislative guide has."""

    instrument = forms.CharField(label=__("Instrument"), max_length=40, help_text=__("Its code: UNTOC"))
    article = forms.CharField(label=__("Article"), max_length=40)
    obligation = forms.ChoiceField(label=__("Obligation"), choices=v.Obligation.choices)
    samples = LinesField(
        label=__("Sample provisions"),
        required=False,
        help_text=__("Number and provision, one a line: KEN-2010-0003/s-3"),
    )


class TextRow(RowForm):
    """One text in one language."""

    marks = ("value",)
    field = forms.ChoiceField(label=__("Text"), required=False)
    lang = forms.ChoiceField(label=__("Language"), required=False)
    status = forms.ChoiceField(label=__("What it is"), choices=TextStatus.choices, required=False)
    value = words(__("Wording"), 200_000, rows=4)

    def __init__(self, *args: Any, lang: str = "en", kind: str, status: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        allowed = [v.TextField(name) for name in TEXTS[v.Kind(kind)]]
        held = str(self.initial.get("field", ""))
        for name, choices in (
            ("field", [(f.value, f.label) for f in v.TextField if f in allowed or f == held]),
            ("lang", languages(lang, [str(self.initial.get("lang", ""))])),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = choices
        self.fields["lang"].initial = lang
        self.fields["status"].initial = status


class SourceRow(RowForm):
    """Where the record comes from."""

    marks = ("title", "url")
    title = words(__("Name of the source"))
    url = words(__("Link"), 1000)
    checked_on = day(__("Looked at on"))


SPECIFIC: dict[str, tuple[type[forms.Form], type[Any]]] = {
    v.Kind.LAW: (LawForm, c.Law),
    v.Kind.CASE: (CaseForm, c.Case),
    v.Kind.PUBLICATION: (PublicationForm, c.Publication),
    v.Kind.GUIDE: (GuideForm, c.Guide),
}


class RecordForm:
    """The whole form: `general`, `specific` (of the kind), `texts` and `sources`. Gives a `Content`.

    `adding` names the list ("texts" or "sources") for which more rows were asked: then nothing is checked.
    """

    def __init__(self, data: Any, *, content: c.Content, states: list[tuple[str, str]], lang: str) -> None:
        self.content, self.kind = content, content.kind
        self.adding = str(data.get("add", "")) if data else ""
        form_class, self.model = SPECIFIC[self.kind]
        checked = data if data and not self.adding else None
        status = TextStatus.UNOFFICIAL if content.texts else TextStatus.ORIGINAL
        plain = content.model_dump()
        plain["aliases"] = [f"{a.scheme} {a.value}" for a in content.aliases]
        self.general = GeneralForm(checked, initial=plain, states=states)
        self.specific = form_class(checked, initial=plain[self.kind] or {}, prefix=self.kind)
        if self.adding:
            for form in (self.general, self.specific):
                form.initial = typed(type(form), data, form.prefix or "", form)
        self.texts = Rows(
            TextRow, prefix="texts", initial=self._texts(plain, lang), data=data, unchecked=bool(self.adding),
            more=MORE_ROWS * (self.adding == "texts"),
            options=lambda: {"lang": lang, "kind": self.kind, "status": status},
        )  # fmt: skip
        self.sources = Rows(
            SourceRow, prefix="sources", initial=plain["sources"], data=data, unchecked=bool(self.adding),
            more=MORE_ROWS * (self.adding == "sources"),
        )  # fmt: skip

    def _texts(self, plain: dict[str, Any], lang: str) -> list[dict[str, Any]]:
        return plain["texts"] or [{"field": name, "lang": lang} for name in TEXTS[v.Kind(self.kind)][:2]]

    @property
    def all_forms(self) -> list[forms.Form]:
        """Every form on the page, for the list of errors at its top."""
        return [self.general, self.specific, *self.texts.forms, *self.sources.forms]

    def is_valid(self) -> bool:
        """True where everything can be read; the content then stands in `made`."""
        if self.adding or not every_valid(self.all_forms):
            return False
        texts, sources = self.texts.values(c.Text), self.sources.values(c.Source)
        old = getattr(self.content, self.kind)
        kept = {n: getattr(old, n) for n in self.model.model_fields if n not in self.specific.fields} if old else {}
        specific = made(self.model, self.specific, **kept)
        if texts is None or sources is None or specific is None:
            return False
        before = {(t.field, t.lang): t for t in self.content.texts}
        for one in texts:
            if was := before.get((one.field, one.lang)):
                one.version, one.of_version, one.source = was.version, was.of_version, was.source
        data = self.general.cleaned_data
        self.made = self.content.model_copy(
            update={
                "state": data["state"], "body": data["body"], "year": data["year"], "audience": data["audience"],
                "listing": data["listing"], "aliases": [c.Alias(**a) for a in data["aliases"]],
                "texts": texts, "sources": sources, self.kind: specific,
            }
        )  # fmt: skip
        return True

"""What a curator fills in. Each form's `payload()` is what a Proposal keeps."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.modules.treaties.models import Instrument
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.selectors.titles import named, participant_names
from comity.modules.treaties.vocabulary import CONSENT_KINDS, ActionKind, StatementKind


def _day(label: Any, required: bool = False, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )


class FactForm(forms.Form):
    """Common to all: which instrument, which participant, on whose word."""

    subject = ""
    own_fields: tuple[str, ...] = ()

    instrument = forms.ChoiceField(label=gettext_lazy("Instrument"))
    participant = forms.ChoiceField(label=gettext_lazy("Participant"))
    reference = forms.CharField(
        label=gettext_lazy("Depositary reference"),
        max_length=120,
        help_text=gettext_lazy("Such as C.N.123.2026.TREATIES-XVIII.12"),
    )
    as_of = _day(gettext_lazy("Date of the depositary notification"), required=True)
    source_note = forms.CharField(label=gettext_lazy("Source"), max_length=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lang = get_language() or "en"
        people = sorted(participant_names(lang).items(), key=lambda item: item[1])
        self.fields["instrument"].choices = [  # type: ignore[attr-defined]
            ("", _("Choose")),
            *((n.code, str(n.label)) for n in named(lang).values()),
        ]
        self.fields["participant"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]
        self.order_fields(["instrument", "participant", *self.own_fields, "reference", "as_of", "source_note"])

    def chosen_instrument(self) -> Instrument:
        """The instrument named in a valid form."""
        return Instrument.objects.get(code=self.cleaned_data["instrument"])

    def payload(self) -> dict[str, Any]:
        """The fact's fields as JSON-ready values."""
        values = {name: self.cleaned_data[name] for name in (*self.own_fields, "as_of")}
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in values.items()}

    def clean_as_of(self) -> date:
        """A notification is not dated in the future."""
        return _not_future(self.cleaned_data["as_of"])


def _not_future(day: date) -> date:
    if day > timezone.now().date():
        raise ValidationError(_("This day lies in the future. Check the year."))
    return day


class ActionForm(FactForm):
    """A signature, a consent to be bound, a denunciation."""

    subject = "action"
    own_fields = ("kind", "deposited", "effective", "note")

    kind = forms.ChoiceField(label=gettext_lazy("Action"), choices=[("", "—"), *ActionKind.choices])
    deposited = _day(gettext_lazy("Day of signature, deposit or notice"), required=True)
    effective = _day(
        gettext_lazy("Takes effect on"),
        help_text=gettext_lazy("Only where the depositary states it. Left empty, the treaty's own rule is computed."),
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def clean_deposited(self) -> date:
        """An act is not dated in the future."""
        return _not_future(self.cleaned_data["deposited"])

    def clean(self) -> dict[str, Any]:
        """Effects follow acts; a Protocol is open only to parties to its Convention (UNTOC, art. 37 (2))."""
        data = super().clean() or {}
        deposited, effective = data.get("deposited"), data.get("effective")
        if deposited and effective and effective < deposited:
            self.add_error("effective", _("An act cannot take effect before it was done."))
        found = Instrument.objects.select_related("parent").filter(code=data.get("instrument")).first()
        if found and found.parent and found.parent_required and data.get("kind") in CONSENT_KINDS and deposited:
            row = status(found.parent.code, deposited).row(data.get("participant", ""))
            if row is None or not row.is_party:
                article = (found.rules.get("parent_required") or {}).get("article") or "37(2)"
                self.add_error(
                    "participant",
                    _(
                        "Only a party to %(parent)s can join this Protocol (%(parent)s, article %(article)s). "
                        "Enter its consent to %(parent)s first."
                    )
                    % {"parent": found.parent.code, "article": article},
                )
        return data


class StatementForm(FactForm):
    """A reservation, declaration, objection or notification."""

    subject = "statement"
    own_fields = ("kind", "text", "lang", "made_on", "withdrawn_on", "article", "towards")

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=[("", "—"), *StatementKind.choices])
    text = forms.CharField(label=gettext_lazy("Text"), widget=forms.Textarea(attrs={"rows": 8}))
    lang = forms.ChoiceField(label=gettext_lazy("Language of the text"), choices=LANGUAGE_CHOICES, initial="en")
    made_on = _day(gettext_lazy("Made on"), required=True)
    withdrawn_on = _day(gettext_lazy("Withdrawn on"))
    article = forms.CharField(
        label=gettext_lazy("Article"), max_length=40, required=False, help_text=gettext_lazy("Such as 18(13)")
    )
    towards = forms.MultipleChoiceField(
        label=gettext_lazy("Objection towards"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["towards"].choices = self.fields["participant"].choices[1:]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """An objection names whom it is made towards."""
        data = super().clean() or {}
        if data.get("kind") == StatementKind.OBJECTION and not data.get("towards"):
            self.add_error("towards", _("An objection is made towards somebody: choose whom."))
        made, gone = data.get("made_on"), data.get("withdrawn_on")
        if made and gone and gone < made:
            self.add_error("withdrawn_on", _("It cannot be withdrawn before it was made."))
        return data


class ApplicationForm(FactForm):
    """The extension of an instrument to a territory."""

    subject = "application"
    own_fields = ("territory", "deposited", "ended", "text")

    territory = forms.CharField(
        label=gettext_lazy("Territory"), max_length=300, help_text=gettext_lazy("In the depositary's wording")
    )
    deposited = _day(gettext_lazy("Received on"), required=True)
    ended = _day(gettext_lazy("Ended on"))
    text = forms.CharField(label=gettext_lazy("Text"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


FORMS: dict[str, type[FactForm]] = {
    "action": ActionForm,
    "statement": StatementForm,
    "application": ApplicationForm,
}


class WithdrawForm(forms.Form):
    """Why a fact is taken out of the record, and on whose word."""

    reference = forms.CharField(label=gettext_lazy("Depositary reference"), max_length=120, required=False)
    source_note = forms.CharField(label=gettext_lazy("Reason and source"), max_length=300)


class RejectForm(forms.Form):
    """Why a proposal is sent back."""

    note = forms.CharField(label=gettext_lazy("What should be changed?"), widget=forms.Textarea(attrs={"rows": 3}))

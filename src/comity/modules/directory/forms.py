"""Forms of the directory. `AuthorityForm` reads and gives an `AuthorityRecord`, so a page and a file mean the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from comity.core.actions.labels import Label
from comity.core.texts.languages import LANGUAGE_CHOICES, UN_LANGUAGES
from comity.core.texts.models import TextStatus
from comity.modules.directory import vocabulary as v
from comity.modules.directory.checking import known, problems
from comity.modules.directory.records import (
    AuthorityRecord,
    ContactRecord,
    HoursRecord,
    MeansRecord,
    ProvisionRecord,
    TextRecord,
)
from comity.modules.directory.selectors.pages import language_name, weekday_name
from comity.modules.directory.standing import read_intervals, write_interval

AUDIENCES = [(Label.PUBLIC.value, __("Public")), (Label.OFFICIALS.value, __("Officials of any State"))]
#: Kinds of text edited one language at a time.
CONTENT = [k for k in v.TextKind if k != v.TextKind.NAME]
#: Kinds that are also chosen from a list on the same page.
_CHOSEN_TOO = (v.TextKind.DOUBLE_CRIMINALITY, v.TextKind.LEGAL_BASIS)
#: Empty rows for further contact points.
EXTRA_CONTACTS = 3


class ContactForm(forms.Form):
    """One way to reach the authority; a row without a value is left out."""

    kind = forms.ChoiceField(label=__("Kind"), choices=v.ContactKind.choices, required=False)
    value = forms.CharField(
        label=__("Number, address or text"),
        required=False,
        max_length=2000,
        strip=True,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    label = forms.ChoiceField(label=__("Who may see it"), choices=AUDIENCES, required=False)
    lang = forms.ChoiceField(label=__("Written in"), choices=LANGUAGE_CHOICES, required=False)
    urgent = forms.BooleanField(label=__("For urgent cases"), required=False)
    note = forms.CharField(label=__("Note"), required=False, max_length=300)


    def __init__(self, *args: Any, page_lang: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = self.initial.get("lang") or page_lang
        self.fields["lang"].initial = held
        choice = self.fields["lang"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = _with_held([held])


def _with_held(held: Iterable[str]) -> list[tuple[str, str]]:
    """The six languages, and those that an entry uses already."""
    return [*LANGUAGE_CHOICES, *((code, language_name(code, code)) for code in held if code not in UN_LANGUAGES)]


ContactFormSet = forms.formset_factory(ContactForm, extra=EXTRA_CONTACTS, max_num=60, absolute_max=80)


def _checks(label: Any, choices: Any, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class AuthorityForm(forms.Form):
    """An authority: its names in six languages, and its other texts in one `working` language at a time."""

    original = forms.ChoiceField(label=__("Language of the original name"), choices=LANGUAGE_CHOICES)
    audience = forms.ChoiceField(
        label=__("Who may see this entry once published"),
        choices=AUDIENCES,
        help_text=__("Single contact points and texts may still be for officials only."),
    )
    functions = _checks(__("What it serves"), v.Function.choices)
    provisions = forms.CharField(
        label=__("Designated under"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=__("One instrument a line, with its articles: UNTOC 16, 18"),
    )
    languages = forms.CharField(
        label=__("Languages in which requests are accepted"),
        required=False,
        help_text=__("Codes separated by commas: en, fr, pt"),
    )
    channels = _checks(__("Channel"), v.Channel.choices)
    means = _checks(__("Means of communication"), v.Means.choices)
    encryption = _checks(__("Encryption is required for"), v.Means.choices)
    signature = _checks(__("An electronic signature is required for"), v.Means.choices)
    round_the_clock = forms.BooleanField(label=__("Answers day and night, seven days a week"), required=False)
    zone = forms.CharField(
        label=__("Time zone"),
        required=False,
        max_length=64,
        help_text=__("A name such as Africa/Nairobi, or a difference to UTC such as +03:00"),
    )
    double_criminality = forms.ChoiceField(
        label=__("Double criminality"), choices=v.DoubleCriminality.choices, required=False
    )
    legal_basis = forms.ChoiceField(label=__("Legal basis"), choices=v.LegalBasis.choices, required=False)
    notification_reference = forms.CharField(
        label=__("Reference of the notification"),
        required=False,
        max_length=200,
        help_text=__("Of the note verbale or the depositary notification"),
    )
    notification_date = forms.DateField(
        label=__("Day of the notification"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any = None, *, record: AuthorityRecord, working: str, lang: str) -> None:
        self.record, self.working, self.lang = record, working, lang
        super().__init__(data, initial=self._initial())
        self.named_in = _with_held(dict.fromkeys(t.lang for t in record.texts if t.kind == "name"))
        original = self.fields["original"]
        assert isinstance(original, forms.ChoiceField)  # noqa: S101
        original.choices = self.named_in
        for code, name in self.named_in:
            self.fields[f"name_{code}"] = forms.CharField(
                label=_("Name in %(language)s") % {"language": name},
                required=False,
                max_length=300,
                initial=self._text("name", code),
                widget=forms.TextInput(attrs={"lang": code, "dir": "rtl" if code == "ar" else "ltr"}),
            )
        for kind in CONTENT:
            self.fields[f"text_{kind.value}"] = forms.CharField(
                label=_("In words: %(matter)s") % {"matter": kind.label} if kind in _CHOSEN_TOO else kind.label,
                required=False,
                max_length=20_000,
                initial=self._text(kind, working),
                widget=forms.Textarea(attrs={"rows": 3, "lang": working, "dir": "rtl" if working == "ar" else "ltr"}),
            )
        for day in range(7):
            self.fields[f"day_{day}"] = forms.CharField(
                label=weekday_name(day, lang),
                required=False,
                max_length=100,
                initial=self._day(day),
                widget=forms.TextInput(attrs={"dir": "ltr", "placeholder": "08:00-16:30"}),
            )
        self.contacts = ContactFormSet(
            data, prefix="contacts", initial=[vars(c) for c in record.contacts], form_kwargs={"page_lang": lang}
        )

    def _text(self, kind: str, lang: str) -> str:
        return next((t.value for t in self.record.texts if t.kind == kind and t.lang == lang), "")

    def _day(self, day: int) -> str:
        return ", ".join(write_interval(h.opens, h.closes) for h in self.record.hours if h.weekday == day)

    def _initial(self) -> dict[str, Any]:
        r = self.record
        names = [t for t in r.texts if t.kind == "name"]
        grouped: dict[str, list[str]] = {}
        for p in r.provisions:
            grouped.setdefault(p.instrument, []).extend([p.article] if p.article else [])
        return {
            "original": next((t.lang for t in names if t.status == "original"), self.lang),
            "audience": r.audience,
            "functions": r.functions,
            "channels": r.channels,
            "provisions": "\n".join(f"{code} {', '.join(a)}".strip() for code, a in grouped.items()),
            "languages": ", ".join(r.languages),
            "means": [m.means for m in r.means],
            "encryption": [m.means for m in r.means if m.encryption],
            "signature": [m.means for m in r.means if m.signature],
            "round_the_clock": r.round_the_clock,
            "zone": r.zone,
            "double_criminality": r.double_criminality,
            "legal_basis": r.legal_basis,
            "notification_reference": r.notification_reference,
            "notification_date": r.notification_date,
        }

    def groups(self) -> dict[str, list[Any]]:
        """The fields made for each language, kind and day, for the page."""
        return {
            "names": [self[f"name_{code}"] for code, _name in self.named_in],
            "contents": [self[f"text_{kind.value}"] for kind in CONTENT],
            "days": [self[f"day_{day}"] for day in range(7)],
        }

    def clean_provisions(self) -> list[ProvisionRecord]:
        """Lines such as "UNTOC 16, 18"."""
        found = []
        for line in filter(None, (part.strip() for part in self.cleaned_data["provisions"].splitlines())):
            code, *rest = re.split(r"[\s:]+", line, maxsplit=1)
            articles = [a.strip() for a in re.split(r"[,;،]", rest[0]) if a.strip()] if rest else []
            found += [ProvisionRecord(code, article) for article in articles] or [ProvisionRecord(code)]
        return found

    def clean_languages(self) -> list[str]:
        """Codes separated by commas or blanks."""
        return [code.lower() for code in re.split(r"[\s,;،]+", self.cleaned_data["languages"]) if code]

    def clean(self) -> dict[str, Any]:
        """Puts the record together and asks the same questions that importers ask."""
        data = super().clean() or {}
        hours: list[HoursRecord] = []
        for day in range(7):
            try:
                intervals = read_intervals(data.get(f"day_{day}", ""))
            except ValueError as error:
                self.add_error(f"day_{day}", str(error))
                continue
            hours += [HoursRecord(day, opens, closes) for opens, closes in intervals]
        if not self.contacts.is_valid():
            raise ValidationError(_("One of the contact points is not right; see there."))
        if self.errors:
            return data
        if not data.get(f"name_{data['original']}"):
            self.add_error(f"name_{data['original']}", _("The name in the original language is missing."))
            return data
        self.made = self._record(data, hours)
        for problem in problems(self._checked(), known()):
            self._place(problem)
        return data

    def _checked(self) -> AuthorityRecord:
        """The record with a code, as a new entry has none yet."""
        from dataclasses import replace

        return self.made if self.made.code else replace(self.made, code=f"{self.made.participant}-new")

    def _place(self, problem: str) -> None:
        """Ties a problem to its field where there is one of that name."""
        name, _colon, words = problem.partition(":")
        self.add_error(name if name in self.fields else None, words.strip() if name in self.fields else problem)

    def _record(self, data: dict[str, Any], hours: list[HoursRecord]) -> AuthorityRecord:
        old = self.record
        scalars = (
            "audience",
            "round_the_clock",
            "zone",
            "double_criminality",
            "legal_basis",
            "notification_reference",
            "notification_date",
        )
        return AuthorityRecord(
            code=old.code,
            participant=old.participant,
            state=old.state,
            superseded_by=old.superseded_by,
            fictitious=old.fictitious,
            last_confirmed_on=old.last_confirmed_on,
            functions=data["functions"],
            provisions=data["provisions"],
            languages=data["languages"],
            channels=data["channels"],
            hours=hours,
            texts=self._texts(data),
            contacts=self._contacts(),
            means=[
                MeansRecord(m, m in data["encryption"], m in data["signature"])
                for m in v.Means.values
                if m in {*data["means"], *data["encryption"], *data["signature"]}
            ],
            **{name: data[name] for name in scalars},
        )

    def _texts(self, data: dict[str, Any]) -> list[TextRecord]:
        old = {(t.kind, t.lang): t for t in self.record.texts}
        made: list[TextRecord] = []
        for code, _name in self.named_in:
            value = data.get(f"name_{code}", "")
            if value:
                status = TextStatus.ORIGINAL if code == data["original"] else TextStatus.OFFICIAL
                was = old.get(("name", code))
                if was and was.value == value and status == TextStatus.OFFICIAL and was.status != "original":
                    status = TextStatus(was.status)
                made.append(TextRecord("name", code, value, status.value))
        made += [t for t in self.record.texts if t.kind != "name" and t.lang != self.working]
        for kind in CONTENT:
            value = data.get(f"text_{kind.value}", "")
            if not value:
                continue
            was = old.get((kind.value, self.working))
            first = not any(k == kind.value for k, _lang in old)
            status_of = was.status if was else (TextStatus.ORIGINAL if first else TextStatus.OFFICIAL).value
            label = Label.OFFICIALS if kind == v.TextKind.FOR_OFFICIALS else Label(was.label if was else "public")
            made.append(TextRecord(kind.value, self.working, value, status_of, label.value))
        return made

    def _contacts(self) -> list[ContactRecord]:
        rows = [c for c in self.contacts.cleaned_data if c.get("value")]
        return [
            ContactRecord(
                kind=c["kind"] or v.ContactKind.ADDRESS,
                value=c["value"],
                lang=c["lang"] or self.lang,
                label=c["label"] or Label.OFFICIALS,
                urgent=c["urgent"],
                note=c["note"],
            )
            for c in rows
        ]


class ReasonForm(forms.Form):
    """Why a step is taken; the words stand in the history."""

    reason = forms.CharField(label=__("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = required


class WithdrawForm(ReasonForm):
    """Why an entry is withdrawn, and what takes its place."""

    successor = forms.ChoiceField(label=__("Replaced by"), required=False)

    def __init__(self, *args: Any, successors: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["successor"]
        assert isinstance(choice, forms.ChoiceField)  # noqa: S101
        choice.choices = [("", _("nothing")), *successors]


class ReportForm(forms.Form):
    """What is wrong with a contact. Nothing personal is asked for."""

    kind = forms.ChoiceField(label=__("What happened"), choices=v.ReportKind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=__("What should be known"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=__("The State concerned and the secretariat read this. Write nothing about a case or a person."),
    )


class ResolveForm(forms.Form):
    """What was done about a report."""

    resolution = forms.CharField(label=__("What was done"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))

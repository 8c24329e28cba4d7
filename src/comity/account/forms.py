"""Forms of the administrators' desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.core.people import services
from comity.core.people.models import Body, Participant
from comity.core.people.selectors import bodies, participant_choices
from comity.core.people.vocabulary import BODY_ROLES, Role


class RoleFields(forms.Form):
    """A role and for whom it is."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *Role.choices])
    participant = forms.ChoiceField(
        label=_("State"), required=False, help_text=_("For focal points, authority officers and observers.")
    )
    body = forms.ChoiceField(
        label=_("Body"),
        required=False,
        help_text=_("For curators, publishers and administrators; the secretariat where none is chosen."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participant"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *participant_choices(get_language() or "en"),
        ]
        known = dict(bodies().values_list("code", "name"))
        known.setdefault(services.SECRETARIAT, "Secretariat")
        self.fields["body"].choices = [("", "—"), *known.items()]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turns the codes into what the services take, and asks them whether role and scope fit."""
        cleaned = super().clean() or {}
        code, iso3 = cleaned.get("body"), cleaned.get("participant")
        cleaned["body"] = None
        if code:
            known = Body.objects.filter(code=code).first()
            cleaned["body"] = known or Body(code=code, name=str(dict(self.fields["body"].choices)[code]))  # type: ignore[attr-defined]
        cleaned["participant"] = Participant.objects.filter(pk=iso3).first() if iso3 else None
        if cleaned.get("role") in BODY_ROLES and not code and not iso3:
            cleaned["body"] = Body.objects.filter(code=services.SECRETARIAT).first() or Body(code=services.SECRETARIAT)
        if cleaned.get("role"):
            services.check_role(cleaned["role"], cleaned["participant"], cleaned["body"])
        return cleaned

    def role_values(self) -> dict[str, Any]:
        """`role`, `participant` and `body` for the services; the secretariat's body is made on first use."""
        data = self.cleaned_data
        body = data["body"]
        if body is not None and body.pk is None:
            body = services.secretariat()
        return {"role": data["role"], "participant": data["participant"], "body": body}


class Invite(RoleFields):
    """Whom to invite, as what, and in which language the mail is."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("The link works for this address only."))
    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
    mail = forms.BooleanField(
        label=_("Send the link by mail"),
        required=False,
        initial=True,
        help_text=_("The link is shown to you once in any case."),
    )
    field_order = ("email", "role", "participant", "body", "language", "mail")


class Propose(RoleFields):
    """A further role for somebody who has an account."""

    starts = forms.DateField(
        label=_("First day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: from today."),
    )
    ends = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: until it is withdrawn."),
    )

    def clean(self) -> dict[str, Any]:
        """The days in order."""
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and ends and ends < starts:
            raise ValidationError({"ends": _("The last day lies before the first.")})
        return cleaned


class Reason(forms.Form):
    """Why something is withdrawn; kept in the audit log."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kept in the audit log."),
    )


class ResetReason(forms.Form):
    """How the administrator knows that the request is real."""

    reason = forms.CharField(
        label=_("How you know"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example: called back on the number in the personnel file. Kept in the audit log."),
    )


class PeopleFilter(forms.Form):
    """Narrowing the list of people."""

    q = forms.CharField(label=_("Name or address"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("any")), *Role.choices])
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("any")),
            *participant_choices(get_language() or "en"),
        ]


class AuditFilter(forms.Form):
    """Narrowing the audit log."""

    who = forms.CharField(label=_("Who"), required=False, max_length=120, help_text=_("Name, address or reference"))
    verb = forms.CharField(label=_("What"), required=False, max_length=80)
    reference = forms.CharField(label=_("To what"), required=False, max_length=200)
    start = forms.DateField(label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    end = forms.DateField(label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

"""The forms of django-allauth in our words: labels instead of placeholders, help that says what to do."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as codes
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import password_validation
from django.utils.translation import gettext_lazy as _

PASSWORD_HELP = _("At least twelve characters; a few words you can remember are better than one.")


def reword(form: forms.BaseForm, labels: dict[str, Any], helps: dict[str, Any] | None = None) -> None:
    """Gives fields our labels and help, and takes their placeholders away."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]
        field.help_text = (helps or {}).get(name, "")


class SignIn(account.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"login": _("E-mail address"), "password": _("Password")})
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class ChangePassword(account.ChangePasswordForm):
    """Old password and new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {
            "oldpassword": _("Present password"),
            "password1": _("New password"),
            "password2": _("New password, again"),
        }
        reword(self, labels, {"password1": PASSWORD_HELP})


class SetPassword(account.SetPasswordForm):
    """A first password for who signed in otherwise so far."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"password1": _("Password"), "password2": _("Password, again")}, {"password1": PASSWORD_HELP})


class ForgottenPassword(account.ResetPasswordForm):
    """The address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"email": _("E-mail address")})


class NewPassword(account.ResetPasswordKeyForm):
    """The new password behind the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"password1": _("New password"), "password2": _("New password, again")}
        reword(self, labels, {"password1": PASSWORD_HELP})


class PasswordAgain(account.ReauthenticateForm):
    """The password once more, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"password": _("Password")})


def _numeric(form: forms.BaseForm) -> None:
    form.fields["code"].widget.attrs.update({"inputmode": "text", "autocomplete": "one-time-code"})


class Code(codes.AuthenticateForm):
    """A code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}
        reword(self, {"code": _("Code")}, helps)
        _numeric(self)


class CodeAgain(codes.ReauthenticateForm):
    """A code once more, before something delicate."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helps = {"code": _("Six digits from your authenticator app, or one of your recovery codes.")}
        reword(self, {"code": _("Code")}, helps)
        _numeric(self)


class ActivateApp(ActivateTOTPForm):
    """The first code of an authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reword(self, {"code": _("Code")}, {"code": _("The six digits your app shows now.")})
        _numeric(self)


class AddKey(AddWebAuthnForm):
    """A key, and whether it alone shall be enough to sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = {"name": _("Name of the key"), "passwordless": _("Use it as a passkey")}
        helps = {
            "name": _("So that you know it among several."),
            "passwordless": _("A passkey signs you in by itself, without a password. It asks for your PIN or finger."),
        }
        reword(self, labels, helps)


class Acceptance(forms.Form):
    """What an invited person fills in. `password` is needed unless they sign in through their institution."""

    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The address at which you were invited."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        help_text=_("As others in this node shall read it."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    language = forms.ChoiceField(label=_("Language of your mails"))
    password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password2 = forms.CharField(
        label=_("Password, again"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(
        self, *args: Any, languages: list[tuple[str, str]], by_institution: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = languages  # type: ignore[attr-defined]
        if by_institution:
            for name in ("password1", "password2"):
                self.fields[name].required = False
        self.by_institution = by_institution

    def clean(self) -> dict[str, Any]:
        """Both passwords equal and good enough, where one is wanted."""
        cleaned = super().clean() or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if self.by_institution or not first:
            return cleaned
        if second and first != second:
            self.add_error("password2", _("The two passwords differ."))
        try:
            password_validation.validate_password(first)
        except forms.ValidationError as error:
            self.add_error("password1", error)
        return cleaned

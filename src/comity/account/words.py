"""Our own words, in six languages, for what django-allauth says and mails."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Any] = {
    "account/messages/logged_in.txt": _("You are signed in."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _("Your password was changed."),
    "account/messages/password_set.txt": _("Your password was set."),
    "mfa/messages/recovery_codes_generated.txt": _("New recovery codes were made; the old ones no longer work."),
    "mfa/messages/totp_activated.txt": _("Your authenticator app is set up."),
    "mfa/messages/totp_deactivated.txt": _("Your authenticator app no longer counts."),
    "mfa/messages/webauthn_added.txt": _("The key is set up."),
    "mfa/messages/webauthn_removed.txt": _("The key no longer counts."),
    "socialaccount/messages/account_connected.txt": _("Your institution's sign-in is attached to your account."),
    "socialaccount/messages/account_connected_updated.txt": _("This sign-in was attached already."),
    "socialaccount/messages/account_connected_other.txt": _("This sign-in belongs to another account here."),
    "socialaccount/messages/account_disconnected.txt": _("This sign-in was detached from your account."),
}

_CHANGED = _("Something about the sign-in of your account on %(node)s was changed: %(what)s")
_NOT_YOU = _("If this was not you, tell an administrator of this node at once.")

MAILS: dict[str, Any] = {
    "account/email/password_reset_key": _("Choose a new password"),
    "account/email/password_reset": _("the password was set anew"),
    "account/email/password_changed": _("the password was changed"),
    "account/email/password_set": _("a password was set"),
    "mfa/email/totp_activated": _("an authenticator app was set up"),
    "mfa/email/totp_deactivated": _("the authenticator app was removed"),
    "mfa/email/webauthn_added": _("a key was added"),
    "mfa/email/webauthn_removed": _("a key was removed"),
    "mfa/email/recovery_codes_generated": _("new recovery codes were made"),
    "socialaccount/email/account_connected": _("the sign-in of an institution was attached"),
    "socialaccount/email/account_disconnected": _("the sign-in of an institution was detached"),
}

ACCOUNT_ERRORS: dict[str, Any] = {
    "account_inactive": _("This account is closed."),
    "email_password_mismatch": _("The address or the password is not right."),
    "enter_current_password": _("Enter your present password."),
    "incorrect_code": _("This code is not right."),
    "incorrect_password": _("This password is not right."),
    "invalid_or_expired_key": _("This link is not valid any more. Ask for a new one."),
    "invalid_login": _("The address or the password is not right."),
    "invalid_password_reset": _("This link is not valid any more. Ask for a new one."),
    "too_many_login_attempts": _("Too many attempts failed. Wait five minutes, then try again."),
    "unknown_email": _("No account has this address."),
    "rate_limited": _("Too many requests. Wait a minute, then try again."),
}

FACTOR_ERRORS: dict[str, Any] = {
    "cannot_delete_authenticator": _("Your role needs a second factor: add another one before you remove this one."),
    "cannot_generate_recovery_codes": _("Set up an authenticator app or a key first."),
    "incorrect_code": _("This code is not right. Codes change every 30 seconds: try the one shown now."),
}

IDENTITY_ERRORS: dict[str, Any] = {
    "no_password": _("Set a password first: this sign-in is your only way in."),
    "connected_other": _("This sign-in belongs to another account here."),
    "invalid_token": _("The answer of your institution's sign-in is not valid."),
}


def mail_text(prefix: str, node: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of a mail of django-allauth, in the language that is active."""
    what = str(MAILS.get(prefix, prefix))
    if prefix == "account/email/password_reset_key":
        body = _(
            "Somebody asked for a new password for your account on %(node)s. Open this link within one hour:"
            "\n\n%(url)s\n\nIf it was not you, do nothing: your password stays as it is."
        ) % {"node": node, "url": context.get("password_reset_url", "")}
        return f"[{node}] {what}", body
    return f"[{node}] {what}", f"{_CHANGED % {'node': node, 'what': what}}.\n\n{_NOT_YOU}"

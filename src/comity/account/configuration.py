"""Settings of sign-in, imported by `site/settings.py`; what differs between nodes comes from the environment."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "ui:home"
LOGOUT_REDIRECT_URL = "ui:home"

_data = Path(os.environ.get("COMITY_DATA", "var/node")).resolve()
_address = os.environ.get("COMITY_ADDRESS", "http://localhost:8000")

#: Sign-in limits are counted here: one folder, so that every process of the node counts the same attempts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(_data / "cache"),
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
#: How many proxies stand before the node; with one, the last address of X-Forwarded-For is the client's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("COMITY_PROXIES", "1" if _address.startswith("https://") else "0"))

ACCOUNT_ADAPTER = "comity.account.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Comity] "
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = _address.partition("://")[0]
ACCOUNT_USER_DISPLAY = "comity.account.context.shown_name"
ACCOUNT_FORMS = {
    "login": "comity.account.allauth_forms.SignIn",
    "change_password": "comity.account.allauth_forms.ChangePassword",
    "set_password": "comity.account.allauth_forms.SetPassword",
    "reset_password": "comity.account.allauth_forms.ForgottenPassword",
    "reset_password_from_key": "comity.account.allauth_forms.NewPassword",
    "reauthenticate": "comity.account.allauth_forms.PasswordAgain",
}
PASSWORD_RESET_TIMEOUT = 3600

MFA_ADAPTER = "comity.account.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
MFA_TOTP_ISSUER = os.environ.get("COMITY_NODE_NAME", "Comity")
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "comity.account.allauth_forms.Code",
    "reauthenticate": "comity.account.allauth_forms.CodeAgain",
    "activate_totp": "comity.account.allauth_forms.ActivateApp",
    "add_webauthn": "comity.account.allauth_forms.AddKey",
}

#: The identity provider of the institution, where there is one.
COMITY_OIDC_ISSUER = os.environ.get("COMITY_OIDC_ISSUER", "").rstrip("/")
_issuer = urlsplit(COMITY_OIDC_ISSUER)
if COMITY_OIDC_ISSUER and _issuer.scheme != "https" and _issuer.hostname not in {"localhost", "127.0.0.1", "::1"}:
    # Without TLS anybody on the way could answer for the provider (OpenID Connect Core, 16.17).
    raise ImproperlyConfigured("COMITY_OIDC_ISSUER must begin with https:// (only a loopback address may do without).")
COMITY_OIDC_NAME = os.environ.get("COMITY_OIDC_NAME", "")

SOCIALACCOUNT_ADAPTER = "comity.account.adapters.IdentityAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False


def provider_of(issuer: str) -> str:
    """The name under which identities of an issuer are kept: another issuer never meets the same subjects."""
    return "oidc-" + hashlib.sha256(issuer.encode()).hexdigest()[:20]


def oidc_provider(issuer: str, client_id: str, secret: str, name: str) -> dict[str, Any]:
    """The provider as django-allauth wants it: code flow with PKCE, identity from the ID token alone."""
    return {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": provider_of(issuer),
                    "name": name or issuer,
                    "client_id": client_id,
                    "secret": secret,
                    "settings": {
                        "server_url": issuer,
                        "fetch_userinfo": False,
                        "oauth_pkce_enabled": True,
                        "uid_field": "sub",
                        "email_authentication": False,
                    },
                }
            ]
        }
    }


SOCIALACCOUNT_PROVIDERS: dict[str, Any] = (
    oidc_provider(
        COMITY_OIDC_ISSUER,
        os.environ.get("COMITY_OIDC_CLIENT_ID", ""),
        os.environ.get("COMITY_OIDC_CLIENT_SECRET", ""),
        COMITY_OIDC_NAME,
    )
    if COMITY_OIDC_ISSUER
    else {}
)

"""Settings of a node. What differs between nodes comes from the environment; secrets lie in the data folder."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf.locale import LANG_INFO

from comity.site.databases import database_from_url
from comity.site.discovery import module_apps

PACKAGE = Path(__file__).resolve().parent.parent
COMITY_DATA = Path(os.environ.get("COMITY_DATA", "var/node")).resolve()
COMITY_DATABASE_URL = os.environ.get("COMITY_DATABASE_URL", "")
COMITY_DEMONSTRATION = os.environ.get("COMITY_DEMONSTRATION") == "1"
COMITY_NODE_NAME = os.environ.get("COMITY_NODE_NAME", "Comity")
#: The address people use, such as https://comity.example.org; links in mails begin with it.
#: The organisation identifier of this node in IATI files.
COMITY_IATI_ORGANISATION = os.environ.get("COMITY_IATI_ORGANISATION", "")
COMITY_ADDRESS = os.environ.get("COMITY_ADDRESS", "http://localhost:8000").rstrip("/")
COMITY_SMTP_URL = os.environ.get("COMITY_SMTP_URL", "")
COMITY_MAIL_FROM = os.environ.get("COMITY_MAIL_FROM", "comity@localhost")


def _secret_key() -> str:
    """Reads the node's secret key; makes it on first use. Absent folder (checks, builds): a passing one."""
    path = COMITY_DATA / "keys" / "secret.key"
    if path.exists():
        return path.read_text().strip()
    fresh = secrets.token_urlsafe(50)
    if COMITY_DATA.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as handle:
                handle.write(fresh)
        except FileExistsError:
            return path.read_text().strip()
    return fresh


SECRET_KEY = _secret_key()
DEBUG = False
_https = COMITY_ADDRESS.startswith("https://")
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", COMITY_ADDRESS.split("://")[-1].split(":")[0].split("/")[0]]
CSRF_TRUSTED_ORIGINS = [COMITY_ADDRESS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "comity.core.audit",
    "comity.core.actions",
    "comity.core.people",
    "comity.core.texts",
    "comity.core.workflow",
    "comity.core.counting",
    "comity.core.vault",
    "comity.core.search",
    "comity.ui",
    "comity.account",
    "comity.finding",
    *module_apps(),
    "comity.site",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "comity.site.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "comity.site.middleware.actor_of_request",
    "comity.account.middleware.second_factor_first",
    "django_htmx.middleware.HtmxMiddleware",
    "comity.site.middleware.answer_denied",
]

CSRF_FAILURE_VIEW = "comity.ui.views.csrf_failure"
ROOT_URLCONF = "comity.site.urls"
WSGI_APPLICATION = "comity.site.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "comity.ui.context.page",
                "comity.account.context.person",
            ],
        },
    }
]

DATABASES = {"default": database_from_url(COMITY_DATABASE_URL, COMITY_DATA)}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Django knows Chinese as zh-hans; the United Nations' addresses and ours say zh.
LANG_INFO.setdefault("zh", {"bidi": False, "code": "zh", "name": "Chinese", "name_local": "中文"})
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("ar", "العربية"),
    ("zh", "中文"),
    ("en", "English"),
    ("fr", "Français"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCALE_PATHS = [PACKAGE / "site" / "locale_built"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = PACKAGE.parent.parent / "build" / "static"
WHITENOISE_USE_FINDERS = not STATIC_ROOT.exists()
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").exists()
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _https else None
SECURE_HSTS_SECONDS = 31_536_000 if _https else 0
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
#: A case of eighty charges is one form.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

from comity.account.configuration import *  # noqa: E402,F403 the settings of sign-in stand beside its pages

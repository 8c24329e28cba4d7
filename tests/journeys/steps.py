"""What people do in a browser, as steps that journeys share."""

from __future__ import annotations

from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

Person = dict[str, str]


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now for this secret."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def sign_in(page: Any, url: str, person: Person, lang: str = "en") -> None:
    """Signs in with password and authenticator code."""
    page.goto(f"{url}/{lang}/account/login/")
    page.fill("input[name=login]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main form.panel button[type=submit]")
    page.fill("input[name=code]", code_of(person["totp"]))
    page.click("main form.panel button[type=submit]")
    page.wait_for_selector("form[action*='logout'], [data-user-menu]", state="attached")


def sign_out(page: Any) -> None:
    """Ends the session."""
    page.context.clear_cookies()

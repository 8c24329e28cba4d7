"""What people do in a browser, as steps that journeys share."""

from __future__ import annotations

import time
from typing import Any

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

Person = dict[str, str]
#: The code each person used last.
_used: dict[str, str] = {}


def code_of(secret: str) -> str:
    """The code that an authenticator app shows now for this secret."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def sign_in(page: Any, url: str, person: Person, lang: str = "en") -> None:
    """Signs in with password and authenticator code."""
    page.goto(f"{url}/{lang}/account/login/")
    page.fill("input[name=login]", person["email"])
    page.fill("input[name=password]", person["password"])
    page.click("main form.panel button[type=submit]")
    code = code_of(person["totp"])
    if _used.get(person["email"]) == code:  # a code works once: wait for the next one, as a person does
        page.wait_for_timeout(1000 * (31 - time.time() % 30))
        code = code_of(person["totp"])
    _used[person["email"]] = code
    page.fill("input[name=code]", code)
    page.click("main form.panel button[type=submit]")
    page.wait_for_url(lambda address: "/account/" not in address)


def sign_out(page: Any) -> None:
    """Ends the session."""
    page.context.clear_cookies()


def press(page: Any, words: str) -> None:
    """Presses the button or link of the page's content with exactly these words and waits for what follows."""
    page.locator(f"main button:has-text('{words}'), main a.btn:has-text('{words}')").first.click()
    page.wait_for_load_state()


def confirm(page: Any) -> None:
    """Answers a page that asks "are you sure" with yes."""
    page.locator("main form:has(input[name=confirm]) button[type=submit]").click()
    page.wait_for_load_state()


def add_passkey(page: Any, url: str, person: Person) -> None:
    """Adds a passkey; the page needs a virtual authenticator."""
    page.goto(f"{url}/en/account/keys/add/")
    if "/confirm/" in page.url:
        page.fill("input[name=password]", person["password"])
        page.click("main form.panel button[type=submit]")
    page.fill("input[name=name]", "Office key")
    page.check("input[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/")


def sign_in_with_passkey(page: Any, url: str) -> None:
    """Signs in with the passkey of the page's virtual authenticator."""
    page.goto(f"{url}/en/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda address: "/account/" not in address)

"""A passkey in a real browser: added, and then enough by itself."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from comity.account.tests.test_sign_in import code_of


def test_a_passkey_is_added_and_signs_in_alone(
    demo: Any, new_page: Callable[..., Any], authenticator: Callable[[Any], str]
) -> None:
    someone = next(p for p in demo.people if p["email"] == "publisher.two@example.org")
    page = new_page()
    authenticator(page)
    page.goto(f"{demo.url}/en/account/login/")
    page.fill("[name=login]", someone["email"])
    page.fill("[name=password]", someone["password"])
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.fill("[name=code]", code_of(someone["totp"], time.time()))
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url(f"{demo.url}/en/")
    page.goto(f"{demo.url}/en/account/keys/add/")
    page.fill("[name=password]", someone["password"])
    page.get_by_role("button", name="Confirm").click()
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(f"{demo.url}/en/account/recovery-codes/")
    page.context.clear_cookies()
    page.goto(f"{demo.url}/ar/account/login/")
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{demo.url}/ar/account/")
    assert page.locator("h1").count() == 1
    assert someone["email"] in page.inner_text("main")
    assert page.locator("[href$='/remove/']").count() >= 1, "the passkey passed as the second factor too"

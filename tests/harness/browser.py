"""A real browser: Debian's Chromium driven by Playwright. Any violation of the content security policy,
script error or failed request for one of our own files fails the test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def chromium() -> str | None:
    """Where Chromium is, or None."""
    return os.environ.get("COMITY_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@dataclass
class Watch:
    """What went wrong in the pages of one test."""

    problems: list[str] = field(default_factory=list)
    #: Parts of messages a test expects, such as the browser's own note on an answer of 403.
    expected: list[str] = field(default_factory=list)

    def note(self, problem: str) -> None:
        """Keeps a problem unless the test expects it."""
        if not any(part in problem for part in self.expected):
            self.problems.append(problem)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests."""
    path = chromium()
    if path is None:
        pytest.skip("needs Chromium: apt-get install chromium")
    # Playwright's loop makes Django think it is in asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, headless=True, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def watch() -> Watch:
    """What went wrong; a test may add to `expected` before it provokes an error on purpose."""
    return Watch()


def _note_failed(watch: Watch, request: Any) -> None:
    """A file of ours that failed to load; one that the next page cut short did not fail."""
    if "/static/" in request.url and "ERR_ABORTED" not in str(request.failure):
        watch.note(f"failed: {request.url} {request.failure}")


@pytest.fixture
def new_page(browser: Any, watch: Watch) -> Iterator[Callable[..., Any]]:
    """Makes pages, each with cookies of its own: `new_page(java_script_enabled=False, viewport=...)`."""
    contexts = []

    def make(**options: Any) -> Any:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: watch.note(f"script error on {page.url}: {error}"))
        page.on(
            "console",
            lambda said: watch.note(f"console on {page.url}: {said.text}") if said.type == "error" else None,
        )
        page.on("requestfailed", lambda request: _note_failed(watch, request))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not watch.problems, "\n".join(watch.problems)


@pytest.fixture
def page(new_page: Callable[..., Any]) -> Any:
    """One page with a session of its own."""
    return new_page()


@pytest.fixture
def authenticator() -> Callable[[Any], str]:
    """Gives a page a virtual authenticator for passkeys (they need `localhost`, not an IP address)."""

    def add(page: Any) -> str:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        made = session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return str(made["authenticatorId"])

    return add

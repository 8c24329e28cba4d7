"""Reading and sending pages as a given actor, and what a browser would send from a form as it stands."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import lxml.html
from django.test import Client

from comity.core.actions.actor import Actor


class As:
    """A client whose requests act as a given actor."""

    def __init__(self, actor: Actor) -> None:
        self.client, self.actor = Client(SERVER_NAME="localhost"), actor

    def get(self, url: str, **query: Any) -> Any:
        """Opens a page."""
        with patch("comity.site.middleware.actor_for", return_value=self.actor):
            return self.client.get(f"{url}?{urlencode(query, doseq=True)}" if query else url)

    def post(self, url: str, data: dict[str, Any], **more: Any) -> Any:
        """Sends a form."""
        with patch("comity.site.middleware.actor_for", return_value=self.actor):
            return self.client.post(url, data, **more)

    def text(self, url: str, **query: Any) -> str:
        """The source of a page that answers 200."""
        answer = self.get(url, **query)
        assert answer.status_code == 200, (url, answer.status_code)
        return str(answer.content.decode())

    def page(self, url: str, **query: Any) -> Any:
        """The parsed page."""
        return lxml.html.fromstring(self.text(url, **query))


def form_of(answer: Any) -> dict[str, Any]:
    """The fields of the page's largest form with their values."""
    page = lxml.html.fromstring(answer.content.decode())
    form = max((f for f in page.forms if f.method.lower() == "post"), key=lambda f: len(f.fields))
    found: dict[str, Any] = {}
    for name in form.fields:
        value = form.fields[name]
        if name and value is not None:
            found[name] = list(value) if not isinstance(value, str) else value
    return found

"""Reading and sending pages as a given actor."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import lxml.html
from django.test import Client

from comity.core.actions.actor import Actor

HOME = "/en/reports/"


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
        """The words of a page that answers 200."""
        answer = self.get(url, **query)
        assert answer.status_code == 200, (url, answer.status_code)
        page = lxml.html.fromstring(answer.content.decode())
        return " ".join(" ".join(page.xpath("//main//text()")).split())

    def page(self, url: str, **query: Any) -> Any:
        """The parsed page."""
        answer = self.get(url, **query)
        assert answer.status_code == 200, (url, answer.status_code)
        return lxml.html.fromstring(answer.content.decode())


def form_of(answer: Any) -> dict[str, Any]:
    """The fields of the page's largest form that is sent, with their values."""
    page = lxml.html.fromstring(answer.content.decode())
    form = max((f for f in page.forms if f.method.lower() == "post"), key=lambda f: len(f.fields))
    return {name: form.fields[name] for name in form.fields if name and form.fields[name] is not None}

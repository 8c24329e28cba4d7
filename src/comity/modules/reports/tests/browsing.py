"""Reading and sending pages as a given actor."""

from __future__ import annotations

from datetime import date
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode

import lxml.html
from django.test import Client

from comity.account.tests.sign_in import person
from comity.core.actions.actor import Actor
from comity.core.people.selectors import actor_for
from comity.modules.programmes import services
from comity.modules.programmes.tests.makers import draft
from comity.modules.reports.models import Edition, EditionStep
from comity.modules.reports.services import freezing
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition

HOME = "/en/reports/"
EDITION = f"{HOME}editions/E-2019/"
FIGURE = f"{EDITION}figures/p1.trained/"
WORK = f"{EDITION}work/"
TEXT = "They trained {fig:p1.trained|exact} people."


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


def someone(*roles: str) -> Actor:
    """A person with an account: background work is done for such a one."""
    return actor_for(person(f"{'-'.join(roles)}@example.org", *roles), second_factor=True)


def form_of(answer: Any) -> dict[str, Any]:
    """The fields of the page's largest form that is sent, with their values."""
    page = lxml.html.fromstring(answer.content.decode())
    form = max((f for f in page.forms if f.method.lower() == "post"), key=lambda f: len(f.fields))
    return {name: form.fields[name] for name in form.fields if name and form.fields[name] is not None}


def hidden_training(code: str, children: list[dict[str, Any]]) -> None:
    """A verified training that only the secretariat may see."""
    day = date(2019, 5, 6)
    values = {"programme": "P1", "starts": day, "ends": day}
    said = draft("event", code, children, "secretariat", **values)
    services.move(SECOND, row=services.record(CURATOR, draft=said, step="attendance_entered"), to="verified")


def issued(text: str = TEXT, **said: Any) -> Edition:
    """An edition that the public reads: frozen, approved, issued."""
    found = edition(text, **said)
    freezing.freeze(CURATOR, edition=found)
    freezing.approve(SECOND, edition=found)
    Edition.objects.filter(pk=found.pk).update(state="issued", label="public")
    EditionStep.objects.create(edition=found, state="issued", actor=SECOND.reference)
    found.refresh_from_db()
    return found

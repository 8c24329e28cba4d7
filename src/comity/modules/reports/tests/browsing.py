"""Reading and sending pages as a given actor."""

from __future__ import annotations

from datetime import date
from typing import Any

import lxml.html

from comity.account.tests.sign_in import person
from comity.core.actions.actor import Actor
from comity.core.people.selectors import actor_for
from comity.modules.programmes import services
from comity.modules.programmes.tests.makers import draft
from comity.modules.reports.models import Edition, EditionStep
from comity.modules.reports.services import freezing
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition
from tests.harness import browsing
from tests.harness.browsing import form_of

__all__ = ["EDITION", "FIGURE", "HOME", "TEXT", "WORK", "As", "form_of", "hidden_training", "issued", "someone"]
HOME = "/en/reports/"
EDITION = f"{HOME}editions/E-2019/"
FIGURE = f"{EDITION}figures/p1.trained/"
WORK = f"{EDITION}work/"
TEXT = "They trained {fig:p1.trained|exact} people."


class As(browsing.As):
    """A client whose requests act as a given actor."""

    def text(self, url: str, **query: Any) -> str:
        """The words of a page that answers 200, without its frame."""
        return " ".join(" ".join(self.page(url, **query).xpath("//main//text()")).split())

    def page(self, url: str, **query: Any) -> Any:
        """The parsed page."""
        return lxml.html.fromstring(super().text(url, **query))


def someone(*roles: str) -> Actor:
    """A person with an account: background work is done for such a one."""
    return actor_for(person(f"{'-'.join(roles)}@example.org", *roles), second_factor=True)


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

"""Records and people for tests. Everything here is fictitious."""

from __future__ import annotations

from datetime import date
from typing import Any

from comity.core.actions.actor import Actor, Grant, system
from comity.core.actions.labels import Label
from comity.modules.programmes import services
from comity.modules.programmes.content import Draft
from comity.modules.programmes.kinds import KINDS

SYSTEM = system("test")


def person(number: int, *grants: Grant) -> Actor:
    """Returns a signed-in person with a second factor."""
    return Actor("user", f"user:{number}", number, f"Person {number}", grants, second_factor=True)


CURATOR = person(1, Grant("curator", body="secretariat"))
SECOND = person(2, Grant("curator", body="secretariat"), Grant("publisher", body="secretariat"))


def draft(kind: str, code: str = "", children: Any = (), label: str = Label.PUBLIC, /, **values: Any) -> Draft:
    """Returns a draft with the title given by the code where there is none."""
    said = {"title": values.pop("title", code or kind), "lang": "en", **values}
    return Draft(KINDS[kind], code, said, tuple(children), label)


def made(name: str, code: str = "", children: Any = (), /, step: str = "", **said: Any) -> Any:
    """Records it as the curator, in the step where its life begins or in `step`."""
    return services.record(CURATOR, draft=draft(name, code, children, **said), step=step)


def people(
    state: str | None, count: int, audience: str = "prosecutors", sex: str = "female", **more: Any
) -> dict[str, Any]:
    """Returns one row of attendance."""
    row = {"participant": state, "audience": audience, "sex": sex, "count": count, "basis": "head_count"}
    return {**row, "certificates": 0, **more}


def training(code: str, children: Any, *, programme: str = "P1", on: date = date(2019, 5, 6), **values: Any) -> Any:
    """Records a training with its attendance, and a second person verifies it."""
    row = made("event", code, children, step="attendance_entered", programme=programme, starts=on, ends=on, **values)
    return services.move(SECOND, row=row, to="verified")

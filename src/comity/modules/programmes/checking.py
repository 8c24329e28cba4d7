"""The rules that content must keep, asked in one place by forms, imports and services."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import CheckConstraint
from django.utils.translation import gettext as _

from comity.core.people.models import Participant
from comity.modules.programmes.content import Draft
from comity.modules.programmes.kinds import KINDS, Kind, column
from comity.modules.programmes.models import ExchangeRate, ProgrammeRecord, Project


@dataclass(frozen=True)
class Problem:
    """What is wrong: the field ("" for the whole record), the number of the child row (None: the record itself)."""

    field: str
    message: str
    child: int | None = None

    def __str__(self) -> str:
        place = f"{self.field}: " if self.field else ""
        row = _("row %(number)d of the details, ") % {"number": self.child + 1} if self.child is not None else ""
        return f"{row}{place}{self.message}"


class Incomplete(Exception):
    """Content breaks a rule; `problems` say which."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Rate:
    """Units of a currency for one US dollar, and the day of the rate."""

    units: Decimal
    on: date


@dataclass
class Known:
    """Codes and rates that content may refer to, read once for many records. `coming` are codes of the same import."""

    coming: dict[str, set[str]] = field(default_factory=dict)
    _codes: dict[str, set[str]] = field(default_factory=dict)
    _rates: dict[str, list[Rate]] | None = None
    _programmes: dict[str, str] | None = None
    _states: set[str] | None = None

    def add(self, draft: Draft) -> None:
        """Notes a record that is being taken, for those after it in the same import."""
        self.coming.setdefault(draft.kind.name, set()).add(draft.code)
        if draft.kind.name == "project":
            self.programme_of("")
            assert self._programmes is not None  # noqa: S101 (just read)
            self._programmes[draft.code] = str(draft.values.get("programme") or "")
        if draft.kind.name == "rate":
            own = self._read_rates().setdefault(str(draft.values["currency"]), [])
            own.append(Rate(draft.values["rate"], draft.values["starts"]))
            own.sort(key=lambda rate: rate.on)

    def programme_of(self, project: str) -> str:
        """Returns the programme that a project belongs to, "" where none is known."""
        if self._programmes is None:
            rows = Project.objects.filter(superseded_at__isnull=True)
            self._programmes = dict(rows.values_list("code", "programme"))
        return self._programmes.get(project, "")

    def is_state(self, iso3: str) -> bool:
        """True where the code is a State's or an organization's."""
        if self._states is None:
            self._states = set(Participant.objects.values_list("pk", flat=True))
        return iso3 in self._states

    def has(self, kind: str, code: str) -> bool:
        """True where the code is a record of the kind, or one is coming."""
        if kind not in self._codes:
            rows = KINDS[kind].model._default_manager.filter(superseded_at__isnull=True).exclude(step="withdrawn")
            self._codes[kind] = set(rows.values_list("code", flat=True))
        return code in self._codes[kind] or code in self.coming.get(kind, set())

    def rate(self, currency: str, on: date) -> Rate | None:
        """Returns the last rate of the currency on or before the day; 1 for the US dollar."""
        if currency == "USD":
            return Rate(Decimal(1), on)
        found = [rate for rate in self._read_rates().get(currency, []) if rate.on <= on]
        return found[-1] if found else None

    def _read_rates(self) -> dict[str, list[Rate]]:
        if self._rates is None:
            self._rates = {}
            rows = ExchangeRate.objects.filter(superseded_at__isnull=True).exclude(step="withdrawn")
            for row in rows.order_by("starts"):
                self._rates.setdefault(row.currency, []).append(Rate(row.rate, row.starts))
        return self._rates


def problems(draft: Draft, known: Known | None = None) -> list[Problem]:
    """Returns what is wrong with the content, [] where nothing is."""
    known = known or Known()
    row = instance(draft)
    found = _of_fields(row, draft, known)
    if not found:
        found = _of_references(draft, known) + _of_children(draft, known)
        found += _of_money(draft, known) + _of_constraints(row)
    return found


def instance(draft: Draft) -> ProgrammeRecord:
    """Returns an unsaved row with the content."""
    model = draft.kind.model
    values = {column(model, name).attname: value for name, value in draft.values.items()}
    return model(code=draft.code, label=draft.label, owner_state=draft.owner_state, **values)


def _of_fields(row: ProgrammeRecord, draft: Draft, known: Known) -> list[Problem]:
    kept = set(draft.values)
    skipped = {f.name for f in row._meta.concrete_fields} - kept - {"code"}
    if state := draft.values.get("participant"):
        if not known.is_state(state):
            return [_no_state("participant", state)]
        skipped.add("participant")
    try:
        row.clean_fields(exclude=skipped)
    except ValidationError as refused:
        return [Problem(name, text) for name, texts in refused.message_dict.items() for text in texts]
    return []


def _no_state(name: str, code: Any, child: int | None = None) -> Problem:
    return Problem(name, _("There is no State with the code “%(code)s”.") % {"code": code}, child)


def _of_constraints(row: ProgrammeRecord) -> list[Problem]:
    found: list[Problem] = []
    for constraint in row._meta.constraints:
        if isinstance(constraint, CheckConstraint):
            try:
                constraint.validate(type(row), row)  # type: ignore[attr-defined]
            except ValidationError as refused:
                found.extend(Problem("", text) for text in refused.messages)
    return found


def _of_references(draft: Draft, known: Known) -> list[Problem]:
    found = [
        Problem(name, _("There is no %(kind)s “%(code)s”.") % {"kind": KINDS[kind].title, "code": code})
        for name, kind in draft.kind.refers.items()
        if (code := draft.values.get(name)) and not known.has(kind, code)
    ]
    project, programme = draft.values.get("project"), draft.values.get("programme")
    if project and programme and not found:
        own = known.programme_of(project)
        if own and own != programme:
            text = _("The project belongs to the programme “%(own)s”, not to “%(named)s”.")
            found.append(Problem("project", text % {"own": own, "named": programme}))
    return found


def _of_children(draft: Draft, known: Known) -> list[Problem]:
    found: list[Problem] = []
    seen: dict[tuple[Any, ...], int] = {}
    kind = draft.kind
    for index, values in enumerate(draft.children):
        assert kind.child is not None  # noqa: S101 (drafts of other kinds have no children)
        row = kind.child(**{column(kind.child, name).attname: value for name, value in values.items()})
        state = values.get("participant")
        if state and not known.is_state(state):
            found.append(_no_state("participant", state, index))
            continue
        try:
            row.clean_fields(exclude=[kind.parent_field, *(["participant"] if state else [])])
        except ValidationError as refused:
            found += [Problem(name, text, index) for name, texts in refused.message_dict.items() for text in texts]
            continue
        key = child_key(kind, values)
        if key in seen:
            text = _("It says the same as row %(number)d.") % {"number": seen[key] + 1}
            found.append(Problem("", text, index))
        seen.setdefault(key, index)
        if (values.get("certificates") or 0) > (values.get("count") or 0):
            found.append(Problem("certificates", _("There are more certificates than people."), index))
    return found


#: What makes a child row one: two rows that agree in it count the same people twice.
_KEYS = {
    "event": ("participant", "audience", "sex"),
    "product": ("site", "participant"),
    "operation": ("participant",),
    "actual": ("dimension", "value"),
}


def child_key(kind: Kind, values: Any) -> tuple[Any, ...]:
    """Returns what makes a child row one among those of its record."""
    return tuple(values.get(name) for name in _KEYS[kind.name])


def _of_money(draft: Draft, known: Known) -> list[Problem]:
    if not draft.kind.is_money:
        return []
    currency, on = draft.values.get("currency"), draft.values.get("starts")
    if not isinstance(on, date):
        return [Problem("starts", _("Money needs the day on which it was pledged or received."))]
    if (draft.values.get("amount") or 0) <= 0:
        return [Problem("amount", _("An amount is above zero."))]
    if known.rate(str(currency), on) is None:
        text = _("There is no rate of %(currency)s on or before %(day)s. Enter one under “Exchange rates” first.")
        return [Problem("currency", text % {"currency": currency, "day": on.isoformat()})]
    return []

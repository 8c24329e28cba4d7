"""The kinds of records: one line each, read by services, pages, imports, exports and counts alike."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import models as fields_of
from django.utils.translation import gettext_lazy as _

from comity.modules.programmes import machines as m
from comity.modules.programmes import models

#: Fields that the house fills, never a person.
HOUSE = frozenset(
    {"id", "fact", "recorded_at", "superseded_at", "step", "edited_by", "step_by", "reason", "fictitious", "label",
     "owner_state", "visible_from", "other_titles", "code", "writers"}
)  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of record: its table, its life, its child rows, and how it is shown in lists."""

    name: str
    model: type[models.ProgrammeRecord]
    title: Any
    plural: Any
    #: "portfolio", "activity", "results", "evaluation", "funding".
    group: str
    machine: m.Machine = m.STANDING
    #: Table of its child rows, the name of the relation, and what they are called.
    child: type[fields_of.Model] | None = None
    children: str = ""
    children_title: Any = ""
    #: Fields shown in lists beside code, title and dates.
    columns: tuple[str, ...] = ()
    #: Fields that hold the code of another record, and of which kind.
    refers: dict[str, str] = field(default_factory=dict)
    #: What a fresh code begins with.
    prefix: str = "R"

    @property
    def form_fields(self) -> list[str]:
        """Names of the fields that a person fills, in the order of the table."""
        unused = HOUSE if "programme" in self.refers else HOUSE | {"programme"}
        return [f.name for f in self.model._meta.concrete_fields if f.name not in unused and f.editable]

    @property
    def child_fields(self) -> list[str]:
        """Names of the fields of a child row that a person fills."""
        if self.child is None:
            return []
        own = {"id", self.parent_field}
        return [f.name for f in self.child._meta.concrete_fields if f.name not in own]

    @property
    def parent_field(self) -> str:
        """Name of the field of a child row that leads to its record."""
        if self.child is None:
            return ""
        return next(f.name for f in self.child._meta.concrete_fields if f.related_model is self.model)

    @property
    def is_money(self) -> bool:
        """True where the record holds an amount in a currency."""
        return issubclass(self.model, models.Money)


def column(model: type[fields_of.Model] | fields_of.Model, name: str) -> fields_of.Field[Any, Any]:
    """Returns a field that holds a value of its own row."""
    found = model._meta.get_field(name)
    assert isinstance(found, fields_of.Field)  # noqa: S101 (kinds name columns only)
    return found


_OF_PROJECT = {"programme": "programme", "project": "project"}
_OF_PROGRAMME = {"programme": "programme"}
_ALL = (
    Kind("programme", models.Programme, _("Programme"), _("Programmes"), "portfolio", m.PROGRAMME,
         columns=("level", "theme", "cycle"), refers={"parent": "programme"}, prefix="PROG"),
    Kind("component", models.Component, _("Component"), _("Components"), "portfolio", m.ASSISTANCE,
         columns=("programme", "participant"), refers=_OF_PROGRAMME, prefix="COMP"),
    Kind("project", models.Project, _("Project"), _("Projects"), "portfolio", m.PROJECT,
         columns=("programme", "sector"), refers=_OF_PROGRAMME, prefix="PROJ"),
    Kind("assistance", models.Assistance, _("Assistance"), _("Assistance to States and jurisdictions"), "portfolio",
         m.ASSISTANCE, columns=("participant", "jurisdiction", "mode", "programme"),
         refers={**_OF_PROJECT, "request": "request"}, prefix="ASST"),
    Kind("request", models.AssistanceRequest, _("Request for assistance"), _("Requests for assistance"), "portfolio",
         m.REQUEST, columns=("participant", "requester", "priority"), refers=_OF_PROJECT, prefix="REQ"),
    Kind("legislation", models.LegislativeCase, _("Legislative case"), _("Legislative cases"), "portfolio",
         m.LEGISLATION, columns=("participant", "type", "adopted_on"), refers=_OF_PROJECT, prefix="LEG"),
    Kind("placement", models.Placement, _("Placement"), _("Advisers and mentors"), "portfolio", m.PLACEMENT,
         columns=("role", "post", "region"), refers=_OF_PROJECT, prefix="POST"),
    Kind("event", models.Event, _("Event"), _("Events"), "activity", m.EVENT, models.Attendance, "attendance",
         _("Attendance"), columns=("type", "place", "participant", "programme"), refers=_OF_PROJECT, prefix="EV"),
    Kind("reach", models.Reach, _("Reach"), _("People reached"), "activity", m.CLAIM,
         columns=("audience", "mode", "count", "programme"), refers=_OF_PROJECT, prefix="RCH"),
    Kind("product", models.Product, _("Product"), _("Products"), "activity", m.PRODUCT, models.Adoption, "adoption",
         _("Sites that use it"), columns=("type", "edition", "programme"), refers=_OF_PROJECT, prefix="PROD"),
    Kind("outcome", models.OutcomeClaim, _("Outcome"), _("Outcomes"), "activity", m.CLAIM,
         columns=("type", "participant", "count"), refers={**_OF_PROJECT, "activity": "event"}, prefix="OUT"),
    Kind("operation", models.Operation, _("Operation"), _("Operations"), "activity", m.ASSISTANCE,
         models.OperationState, "states", _("States that took part"), columns=("measure", "count"),
         refers=_OF_PROJECT, prefix="OP"),
    Kind("result", models.Result, _("Result"), _("Results"), "results", columns=("level", "project"),
         refers={**_OF_PROJECT, "parent": "result"}, prefix="RES"),
    Kind("indicator", models.Indicator, _("Indicator"), _("Indicators"), "results",
         columns=("result", "unit", "baseline"), refers={**_OF_PROJECT, "result": "result"}, prefix="IND"),
    Kind("target", models.Target, _("Target"), _("Targets"), "results", columns=("indicator", "value"),
         refers={**_OF_PROGRAMME, "indicator": "indicator"}, prefix="TGT"),
    Kind("actual", models.Actual, _("Actual"), _("Actuals"), "results", m.CLAIM, models.Disaggregate, "parts",
         _("Disaggregation"), columns=("indicator", "participant", "value"),
         refers={**_OF_PROGRAMME, "indicator": "indicator"}, prefix="ACT"),
    Kind("evaluation", models.Evaluation, _("Evaluation"), _("Evaluations"), "evaluation", m.EVALUATION,
         columns=("type", "planned_quarter", "project"), refers=_OF_PROJECT, prefix="EVAL"),
    Kind("finding", models.Finding, _("Finding"), _("Findings"), "evaluation", columns=("evaluation", "criterion"),
         refers={**_OF_PROGRAMME, "evaluation": "evaluation"}, prefix="FIND"),
    Kind("recommendation", models.Recommendation, _("Recommendation"), _("Recommendations"), "evaluation",
         m.RECOMMENDATION, columns=("evaluation", "criterion", "theme", "response", "due"),
         refers={**_OF_PROGRAMME, "evaluation": "evaluation"}, prefix="REC"),
    Kind("lesson", models.Lesson, _("Lesson"), _("Lessons"), "evaluation", columns=("evaluation",),
         refers={**_OF_PROGRAMME, "evaluation": "evaluation"}, prefix="LES"),
    Kind("donor", models.Donor, _("Donor"), _("Donors"), "funding", columns=("kind", "participant"), prefix="DON"),
    Kind("agreement", models.Agreement, _("Agreement"), _("Funding agreements"), "funding",
         columns=("donor", "reference"), refers={**_OF_PROJECT, "donor": "donor"}, prefix="AGR"),
    Kind("pledge", models.Pledge, _("Pledge"), _("Pledges"), "funding", m.PLEDGE,
         columns=("donor", "amount", "currency", "usd", "purpose"),
         refers={**_OF_PROJECT, "donor": "donor", "agreement": "agreement"}, prefix="PLE"),
    Kind("instalment", models.Instalment, _("Instalment"), _("Instalments"), "funding",
         columns=("pledge", "amount", "currency", "usd"), refers={**_OF_PROGRAMME, "pledge": "pledge"}, prefix="INS"),
    Kind("money", models.FinancialLine, _("Financial line"), _("Budgets, delivery and income"), "funding",
         columns=("flow", "nature", "purpose", "usd", "programme"), refers=_OF_PROJECT, prefix="FIN"),
    Kind("rate", models.ExchangeRate, _("Exchange rate"), _("Exchange rates"), "funding",
         columns=("currency", "rate"), prefix="RATE"),
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _ALL}
_BY_MODEL = {kind.model: kind for kind in _ALL}
GROUPS: dict[str, Any] = {
    "portfolio": _("Portfolio"),
    "activity": _("Activity"),
    "results": _("Results"),
    "evaluation": _("Evaluation"),
    "funding": _("Funding"),
}


def kind_of(row: models.ProgrammeRecord) -> Kind:
    """Returns the kind of a record."""
    return _BY_MODEL[type(row)]


def step_choices(kind: Kind) -> list[tuple[str, Any]]:
    """Returns the steps of a kind with their titles, "withdrawn" last."""
    return [(name, step.title) for name, step in kind.machine.steps.items()] + [("withdrawn", _("withdrawn"))]

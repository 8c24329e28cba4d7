"""The tables of the programme's work, by subject."""

from comity.modules.programmes.models.activity import (
    Adoption,
    Attendance,
    Event,
    Operation,
    OperationState,
    OutcomeClaim,
    Product,
    Reach,
)
from comity.modules.programmes.models.base import OfProject, ProgrammeRecord
from comity.modules.programmes.models.evaluation import Evaluation, Finding, Lesson, Recommendation
from comity.modules.programmes.models.funding import (
    Agreement,
    Donor,
    ExchangeRate,
    FinancialLine,
    Instalment,
    Money,
    Pledge,
)
from comity.modules.programmes.models.portfolio import (
    Assistance,
    AssistanceRequest,
    Component,
    LegislativeCase,
    Placement,
    Programme,
    Project,
)
from comity.modules.programmes.models.results import Actual, Disaggregate, Indicator, Result, Target

__all__ = [
    "Actual", "Adoption", "Agreement", "Assistance", "AssistanceRequest", "Attendance", "Component", "Disaggregate",
    "Donor", "Evaluation", "Event", "ExchangeRate", "FinancialLine", "Finding", "Indicator", "Instalment",
    "LegislativeCase", "Lesson", "Money", "OfProject", "Operation", "OperationState", "OutcomeClaim", "Placement",
    "Pledge", "Product", "Programme", "ProgrammeRecord", "Project", "Reach", "Recommendation", "Result", "Target",
]  # fmt: skip

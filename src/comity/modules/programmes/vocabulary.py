"""Enumerations of the programme's work and the names of this module's actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    COUNTRY = "country", _("Country programme")
    REGIONAL = "regional", _("Regional programme")
    GLOBAL = "global", _("Global programme")


class AssistanceMode(models.TextChoices):
    DIRECT = "direct", _("Direct assistance")
    COUNTRY_SPECIFIC = "country_specific", _("Country-specific assistance")
    PRE_ACCESSION = "pre_accession", _("Pre-accession support")
    REVIEW_FOLLOW_UP = "review_follow_up", _("Follow-up to a review")
    PILOT = "pilot", _("Pilot assessment")


class NeedSource(models.TextChoices):
    REVIEW = "review", _("Observation of a review")
    LETTER = "letter", _("Letter of the authority")
    NETWORK = "network", _("Network")
    OTHER = "other", _("Other")


class Priority(models.TextChoices):
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class LegislativeType(models.TextChoices):
    LAW = "law", _("Law")
    REGULATION = "regulation", _("Regulation")
    POLICY = "policy", _("Policy")
    STRATEGY = "strategy", _("Strategy")
    ACTION_PLAN = "action_plan", _("Action plan")


class PlacementRole(models.TextChoices):
    ADVISER = "adviser", _("Adviser")
    SENIOR_ADVISER = "senior_adviser", _("Senior adviser")
    MENTOR = "mentor", _("Mentor")


class EventType(models.TextChoices):
    TRAINING = "training", _("Training")
    WORKSHOP = "workshop", _("Workshop")
    RESIDENTIAL = "residential", _("Residential course")
    EXPERT_MEETING = "expert_meeting", _("Expert meeting")
    CONFERENCE = "conference", _("Conference")
    MISSION = "mission", _("Mission")
    STUDY_VISIT = "study_visit", _("Study visit")


class EventMode(models.TextChoices):
    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("Hybrid")


class Audience(models.TextChoices):
    """Who was trained or reached (categories of the report's paragraphs; domain notes, table A)."""

    INVESTIGATORS = "investigators", _("Investigators and police")
    PROSECUTORS = "prosecutors", _("Prosecutors")
    JUDGES = "judges", _("Judges")
    PRISON_STAFF = "prison_staff", _("Prison staff")
    BORDER_CUSTOMS = "border_customs", _("Border and customs officers")
    CENTRAL_AUTHORITY = "central_authority", _("Central authorities")
    FIU = "fiu", _("Financial intelligence units")
    LEGISLATORS = "legislators", _("Legislators and drafters")
    TEACHERS = "teachers", _("Teachers and academics")
    CHILD_PROTECTION = "child_protection", _("Child protection staff")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    YOUTH = "youth", _("Children and young people")
    OFFICIALS = "officials", _("Other officials")
    OTHER = "other", _("Others")


class Sex(models.TextChoices):
    """Sex as it was recorded; "not recorded" is a gap, never split by a guess."""

    FEMALE = "female", _("Women")
    MALE = "male", _("Men")
    NOT_RECORDED = "not_recorded", _("Not recorded")


class Basis(models.TextChoices):
    """How a count came about: it decides how far the number carries."""

    NAMED_LIST = "named_list", _("Named list")
    HEAD_COUNT = "head_count", _("Head count")
    ESTIMATE = "estimate", _("Estimate")


class ReachMode(models.TextChoices):
    DIRECT = "direct", _("Direct")
    INDIRECT = "indirect", _("Indirect")


class ProductType(models.TextChoices):
    TOOL = "tool", _("Tool")
    HANDBOOK = "handbook", _("Handbook")
    COURSE = "course", _("Course")
    MODULE = "module", _("Module")
    STUDY = "study", _("Study")
    GUIDELINES = "guidelines", _("Guidelines")


class OutcomeType(models.TextChoices):
    """Outcomes are aggregates: no person is ever named here."""

    INVESTIGATION = "investigation", _("Investigations opened")
    VICTIM_SUPPORTED = "victim_supported", _("Victims identified and supported")
    INSTITUTION = "institution", _("Institutions created")
    FACILITY = "facility", _("Facilities opened")
    LAW_ADOPTED = "law_adopted", _("Laws adopted")


class ResultLevel(models.TextChoices):
    """Levels of a results framework (IATI 2.03, codelist ResultType 1 to 3)."""

    OUTPUT = "output", _("Output")
    OUTCOME = "outcome", _("Outcome")
    IMPACT = "impact", _("Impact")


class IndicatorMeasure(models.TextChoices):
    """Source: IATI 2.03, codelist IndicatorMeasure 1, 2 and 5."""

    UNIT = "unit", _("Count")
    PERCENTAGE = "percentage", _("Percentage")
    QUALITATIVE = "qualitative", _("Qualitative")


class Direction(models.TextChoices):
    ASCENDING = "ascending", _("More is better")
    DESCENDING = "descending", _("Less is better")


class RollUp(models.TextChoices):
    """How actuals of several periods or places make one."""

    SUM = "sum", _("sum")
    MAX = "max", _("greatest")
    LATEST = "latest", _("latest")
    DISTINCT = "distinct", _("number of different places")
    RATIO = "ratio", _("sum of numerators by sum of denominators")


class EvaluationType(models.TextChoices):
    PROJECT = "project", _("Project evaluation")
    IN_DEPTH = "in_depth", _("In-depth evaluation")
    STRATEGIC = "strategic", _("Strategic evaluation")
    JOINT = "joint", _("Joint evaluation")


class Criterion(models.TextChoices):
    """The six criteria of the OECD Development Assistance Committee, adopted on 10 December 2019."""

    RELEVANCE = "relevance", _("Relevance")
    COHERENCE = "coherence", _("Coherence")
    EFFECTIVENESS = "effectiveness", _("Effectiveness")
    EFFICIENCY = "efficiency", _("Efficiency")
    IMPACT = "impact", _("Impact")
    SUSTAINABILITY = "sustainability", _("Sustainability")


class RecommendationTheme(models.TextChoices):
    """Themes of the meta-analysis of evaluations 2015-2016 (domain notes, section 4), and the rest."""

    PROJECT_CYCLE = "project_cycle", _("Project cycle")
    COORDINATION = "coordination", _("Coordination")
    CAPACITY_BUILDING = "capacity_building", _("Capacity-building")
    RIGHTS_GENDER = "rights_gender", _("Human rights and gender")
    FUNDING = "funding", _("Funding")
    OTHER = "other", _("Other")


class Response(models.TextChoices):
    ACCEPTED = "accepted", _("accepted")
    PARTIAL = "partial", _("partially accepted")
    REJECTED = "rejected", _("rejected")


class DonorKind(models.TextChoices):
    STATE = "state", _("State")
    ORGANIZATION = "organization", _("International organization")
    PRIVATE = "private", _("Private sector and foundations")


class Purpose(models.TextChoices):
    """Purpose classes of income (domain notes, section 4, planning and funding)."""

    GENERAL = "general", _("General purpose")
    SPECIAL = "special", _("Special purpose")
    SUPPORT_COST = "support_cost", _("Programme support cost")
    REGULAR = "regular", _("Regular budget")


class Flow(models.TextChoices):
    BUDGET = "budget", _("Budget")
    DELIVERY = "delivery", _("Delivery")
    INCOME = "income", _("Income")


class Nature(models.TextChoices):
    PLAN = "plan", _("Planned")
    ACTUAL = "actual", _("Actual")
    FORECAST = "forecast", _("Forecast")


VIEW = "programmes:record:view"
RECORD = "programmes:record:create"
CORRECT = "programmes:record:correct"
MOVE = "programmes:record:move"
WITHDRAW = "programmes:record:withdraw"
RESTORE = "programmes:record:restore"
HISTORY = "programmes:record:history"
IMPORT = "programmes:table:import"
EXPORT = "programmes:table:export"
#: Actions that are asked about one record.
RECORD_ACTIONS = (VIEW, CORRECT, MOVE, WITHDRAW, RESTORE, HISTORY)
#: The step of a record that was taken back; it can be restored.
WITHDRAWN = "withdrawn"

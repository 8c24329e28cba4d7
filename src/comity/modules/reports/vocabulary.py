"""Enumerations of figures and editions, and the names of this module's actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FigureKind(models.TextChoices):
    COUNT = "count", _("number")
    MONEY = "money", _("amount of money")
    PERCENT = "percent", _("share")
    CHANGE = "change", _("change")


class FigureMeasure(models.TextChoices):
    """What is made of records, or of other figures (the last three)."""

    COUNT = "count", _("number of records")
    SUM = "sum", _("sum")
    DISTINCT = "distinct", _("number of different values")
    MAX = "max", _("greatest value")
    LATEST = "latest", _("latest value")
    RATIO = "ratio", _("first figure by second, per cent")
    CHANGE = "change", _("first figure against second, per cent")
    TOTAL = "total", _("sum of figures")


COMPOSED = frozenset({FigureMeasure.RATIO, FigureMeasure.CHANGE, FigureMeasure.TOTAL})


class PeriodOf(models.TextChoices):
    """The period that an edition gives to a figure unless it names another."""

    EDITION = "edition", _("the period of the edition")
    PREVIOUS = "previous", _("the period of the same length before it")
    NONE = "none", _("none: on a day, or since the beginning")


class Disclosure(models.TextChoices):
    """What may leave the house. Of a protected figure, small cells are suppressed."""

    PUBLIC = "public", _("public")
    PROTECTED = "protected", _("public, small cells suppressed")
    SECRETARIAT = "secretariat", _("secretariat only")


class BasisOf(models.TextChoices):
    COMPUTED = "computed", _("computed from records")
    DECLARED = "declared", _("not computed: declared count")
    OVERRIDDEN = "overridden", _("not computed: overridden")


class EditionState(models.TextChoices):
    OPEN = "open", _("open")
    COLLECTING = "collecting", _("collecting")
    FROZEN = "frozen", _("figures frozen")
    DRAFTING = "drafting", _("drafting")
    CLEARED = "cleared", _("cleared")
    IN_TRANSLATION = "in_translation", _("in translation")
    SUBMITTED = "submitted", _("submitted")
    ISSUED = "issued", _("issued")
    CORRECTED = "corrected", _("corrected")


#: Which state follows which. Freezing, clearing and issuing demand more (services.states).
FOLLOWING: dict[str, tuple[str, ...]] = {
    EditionState.OPEN: (EditionState.COLLECTING,),
    EditionState.COLLECTING: (EditionState.FROZEN, EditionState.OPEN),
    EditionState.FROZEN: (EditionState.DRAFTING,),
    EditionState.DRAFTING: (EditionState.CLEARED,),
    EditionState.CLEARED: (EditionState.IN_TRANSLATION, EditionState.DRAFTING),
    EditionState.IN_TRANSLATION: (EditionState.SUBMITTED, EditionState.DRAFTING),
    EditionState.SUBMITTED: (EditionState.ISSUED, EditionState.DRAFTING),
    EditionState.ISSUED: (EditionState.CORRECTED,),
    EditionState.CORRECTED: (EditionState.CORRECTED,),
}
BEFORE_FREEZE = frozenset({EditionState.OPEN, EditionState.COLLECTING})
PUBLISHED = frozenset({EditionState.ISSUED, EditionState.CORRECTED})
#: States in which texts may be written.
WRITING = frozenset(set(EditionState) - PUBLISHED - {EditionState.SUBMITTED})


class DeclaredStep(models.TextChoices):
    DRAFT = "draft", _("waiting for a second person")
    CONFIRMED = "confirmed", _("confirmed")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Format(models.TextChoices):
    HTML = "html", _("Web page")
    DOCX = "docx", _("Word document")
    PDF = "pdf", _("PDF/A")
    AKN = "akn", _("Akoma Ntoso")
    JSON = "json", _("Figures as JSON")
    CSV = "csv", _("Figures as CSV")
    PROV = "prov", _("Provenance (W3C PROV)")
    ARCHIVE = "archive", _("Archive of everything")


VIEW = "reports:edition:view"
VIEW_WORK = "reports:edition:view_work"
CREATE = "reports:edition:create"
WRITE = "reports:edition:write"
MOVE = "reports:edition:move"
FREEZE = "reports:edition:freeze"
APPROVE = "reports:figures:approve"
CORRECT = "reports:figure:correct"
CLEAR = "reports:paragraph:clear"
ISSUE = "reports:edition:issue"
DEFINE = "reports:figure:define"
OVERRIDE = "reports:override:propose"
CONFIRM_OVERRIDE = "reports:override:confirm"
DECLARE = "reports:declared:enter"
CONFIRM_DECLARED = "reports:declared:confirm"
WITHDRAW_DECLARED = "reports:declared:withdraw"
TAKE_TRANSLATION = "reports:translation:take"
IMPORT_PUBLISHED = "reports:published:import"
#: Actions that are asked about one edition.
EDITION_ACTIONS = (VIEW, VIEW_WORK, WRITE, MOVE, FREEZE, APPROVE, CORRECT, CLEAR, ISSUE, OVERRIDE, TAKE_TRANSLATION)

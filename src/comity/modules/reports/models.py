"""Figure definitions and their frozen results, editions with their texts, declared counts, overrides, other people's
reports. A definition and a declared count are kept in versions; a snapshot is never changed, only followed by another.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from comity.core.actions.labels import Labelled
from comity.core.actions.times import Recorded
from comity.core.counting.codes import CodesField
from comity.core.texts.languages import LANGUAGE_CHOICES
from comity.core.texts.models import LocalisedText
from comity.modules.reports import vocabulary as v


def _number(title: Any = None, **more: Any) -> models.DecimalField[Any, Any]:
    """A figure's value, exact to ten places."""
    return models.DecimalField(title, max_digits=30, decimal_places=10, **more)


class FigureDefinition(Recorded):
    """A version of a figure's definition: `content` is one `definition.Definition`."""

    slug = models.CharField(max_length=80, db_index=True)
    version = models.PositiveIntegerField(default=1)
    content = models.JSONField()
    edited_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["slug", "version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="figure_version_once"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(superseded_at__isnull=True), name="figure_current_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug}@{self.version}"


class Edition(Labelled):
    """One year's report. Texts are {lang: text}; `known_at` is set when the figures are frozen."""

    code = models.SlugField(max_length=60, unique=True)
    state = models.CharField(max_length=16, choices=v.EditionState.choices, default=v.EditionState.OPEN)
    title = models.JSONField(default=dict)
    subtitle = models.JSONField(default=dict, blank=True)
    summary = models.JSONField(default=dict, blank=True)
    organization = models.JSONField(default=dict, blank=True)
    organ = models.JSONField(default=dict, blank=True)
    session = models.JSONField(default=dict, blank=True)
    agenda_item = models.JSONField(default=dict, blank=True)
    symbols = CodesField()
    original = models.CharField(max_length=3, choices=LANGUAGE_CHOICES, default="en")
    period_start = models.DateField()
    period_end = models.DateField()
    as_of = models.DateField()
    known_at = models.DateTimeField(null=True, blank=True)
    #: Code of last year's edition.
    previous = models.CharField(max_length=60, blank=True)
    word_limit = models.PositiveIntegerField(default=8500)
    #: Numbers that may stand in a text without a figure: "24/7".
    allowed = CodesField()
    issued_on = models.DateField(null=True, blank=True)
    fictitious = models.BooleanField(default=False)
    created_by = models.CharField(max_length=120)
    #: Counts every change of texts and bindings: a page writes only onto what it read.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period_end", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="edition_period_order")
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class EditionStep(models.Model):
    """One step of an edition's life: who, when, why."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=16, choices=v.EditionState.choices)
    actor = models.CharField(max_length=120)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["edition", "id"]


class Section(models.Model):
    """A heading of the edition; level 1 to 4. Its label (II, A, 1, (a)) is assigned when the edition is made."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    order = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    title = models.JSONField(default=dict)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [models.UniqueConstraint(fields=["edition", "order"], name="section_order_once")]


class Paragraph(models.Model):
    """A paragraph: the unit of work, of clearance, of translation and of comparison. Its number is never stored."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="paragraphs")
    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="paragraphs")
    order = models.PositiveIntegerField()
    key = models.SlugField(max_length=60)
    mandates = CodesField()
    owner = models.CharField(max_length=200, blank=True)
    written_by = models.CharField(max_length=120, blank=True)
    cleared_by = models.CharField(max_length=120, blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "order"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "key"], name="paragraph_key_once"),
            models.UniqueConstraint(fields=["edition", "order"], name="paragraph_order_once"),
        ]


class ParagraphText(LocalisedText):
    """The paragraph in one language, with tokens where numbers stand."""

    paragraph = models.ForeignKey(Paragraph, on_delete=models.CASCADE, related_name="texts")
    written_by = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paragraph", "lang"], name="paragraph_text_once")]


class Binding(models.Model):
    """The period and day that an edition gives to a figure, where they differ from its definition's."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="bindings")
    slug = models.CharField(max_length=80)
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "slug"], name="binding_once")]


class Snapshot(models.Model):
    """A frozen result. A correction is a new one that names the one before; nothing here is ever changed but the
    approval, which is written once."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="snapshots")
    slug = models.CharField(max_length=80)
    definition = models.ForeignKey(FigureDefinition, on_delete=models.PROTECT, related_name="+")
    period_start = models.DateField(null=True, blank=True)
    period_end = models.DateField(null=True, blank=True)
    as_of = models.DateField()
    known_at = models.DateTimeField()
    value = _number()
    numerator = _number(
        null=True,
    )
    denominator = _number(
        null=True,
    )
    basis = models.CharField(max_length=12, choices=v.BasisOf.choices, default=v.BasisOf.COMPUTED)
    #: Number of different records behind it.
    records = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)
    #: What the public may see of the figure's table, small cells suppressed; {} where it has none.
    released = models.JSONField(default=dict, blank=True)
    code_version = models.CharField(max_length=40)
    computed_at = models.DateTimeField(default=timezone.now)
    computed_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    previous = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by")
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["edition", "slug", "id"]
        indexes = [models.Index(fields=["edition", "slug", "id"])]


class SnapshotRecords(models.Model):
    """The records behind a snapshot: [part, record, version, key, number] each; apart, for it may be long."""

    snapshot = models.OneToOneField(Snapshot, on_delete=models.CASCADE, primary_key=True, related_name="evidence")
    rows = models.JSONField(default=list)


class Override(models.Model):
    """A number that replaces a computed one: with a reason, a document and a second person; shown as such."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="overrides")
    slug = models.CharField(max_length=80)
    value = _number()
    reason = models.CharField(max_length=500)
    document = models.CharField(max_length=300)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(default=timezone.now)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["edition", "slug", "id"]


class DeclaredCount(Recorded, Labelled):
    """A version of a number that no module owns yet: somebody declares it with a document, a second person confirms."""

    code = models.SlugField(max_length=60, db_index=False)
    title = models.JSONField(default=dict)
    value = _number()
    unit = models.CharField(max_length=80, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=300)
    step = models.CharField(max_length=12, choices=v.DeclaredStep.choices, default=v.DeclaredStep.DRAFT)
    fictitious = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=120)
    step_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(superseded_at__isnull=True), name="declared_current_once"
            ),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="declared_period"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.step})"


class Issue(models.Model):
    """What was issued: the archive with all languages and formats, and its digest. A correction is another issue."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="issues")
    number = models.PositiveSmallIntegerField(default=1)
    archive = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=120)

    class Meta:
        ordering = ["edition", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="issue_once")]


class PublishedReport(Labelled):
    """A report that somebody else published, as it was read: `content` is what `published.read` found."""

    code = models.SlugField(max_length=60, unique=True)
    lang = models.CharField(max_length=3, choices=LANGUAGE_CHOICES)
    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    content = models.JSONField()
    imported_by = models.CharField(max_length=120)
    imported_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-imported_at"]

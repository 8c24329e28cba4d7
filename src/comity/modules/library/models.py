"""Records of the library, their versions, and what is derived from the shown version for lists and search.

The content of a record is one value (`content.Content`), kept whole in each `Version`: nothing is overwritten.
The other tables hold what lists, filters and the matrix ask for; `services.versions` derives them from the shown
version, or from the one under work as long as nothing was ever published. Two lines run beside each other: the
shown one and the one under work, so an edit never hides what is published.
"""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone

from comity.core.actions.labels import Label, Labelled
from comity.core.actions.times import RecordedQuerySet
from comity.core.people.models import Participant
from comity.core.texts.models import LocalisedText
from comity.modules.library import vocabulary as v


class Record(Labelled):
    """A law, case, publication or guide entry. Its address is made of `number`, which never changes.

    `label` is the own State's until the record is published, then its audience. `step` is that of the shown line,
    or of the one under work where nothing was ever published; `working_step` that of the version under work ("": none).
    """

    number = models.CharField(max_length=24, unique=True)
    kind = models.CharField(max_length=12, choices=v.Kind.choices)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT)
    body = models.CharField(max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    step = models.CharField(max_length=20, choices=v.Step.choices, default=v.Step.DRAFT)
    working_step = models.CharField(max_length=20, choices=v.Step.choices, blank=True, default="")
    audience = models.CharField(max_length=20, choices=Label.choices, default=Label.PUBLIC)
    #: Who wrote the content under work, else the shown content.
    author = models.CharField(max_length=120)
    #: Everybody who wrote in this round of work, "|user:1|user:2|": none of them approves or publishes it.
    writers = models.TextField(default="|")
    #: The original short title, else the title or the number, for sorting and for one line of text.
    title = models.CharField(max_length=500)
    #: Number, aliases, official numbers and titles in all languages, folded: what a list's search box looks in.
    folded = models.TextField(blank=True)
    identity = models.CharField(max_length=300, blank=True, db_index=True)
    #: Law type, publication kind …: what lists filter by within a kind.
    subtype = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=20, blank=True)
    dated = models.DateField(null=True, blank=True)
    #: The day, else the first of its year, else the year 1000: lists sort by it.
    sorted_on = models.DateField(default=date(1000, 1, 1))
    listing = models.BooleanField(default=False)
    fictitious = models.BooleanField(default=False)
    #: Work that was thrown away and can be restored.
    discarded = models.BooleanField(default=False)
    gone_reason = models.CharField(max_length=500, blank=True)
    superseded_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["participant_id", "title", "number"]
        indexes = [
            models.Index(fields=["kind", "step", "participant"]),
            models.Index(fields=["step", "-changed_at", "number"], name="library_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["identity"], condition=~Q(identity=""), name="library_identity_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} ({self.step})"

    @property
    def is_gone(self) -> bool:
        """True where the address answers "gone" with `gone_reason`."""
        return self.step in v.GONE_STEPS


class ProvisionSet(models.Model):
    """The provisions of a version as JSON, kept once however many versions share them."""

    digest = models.CharField(max_length=64, primary_key=True)
    content = models.JSONField()


class Version(models.Model):
    """A version of a record's content, and the step it was at. Each step closes the one before in its line."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="versions")
    pending = models.BooleanField()
    step = models.CharField(max_length=20, choices=v.Step.choices)
    #: JSON of `content.Content` without its provisions.
    content = models.JSONField()
    provisions = models.ForeignKey(ProvisionSet, on_delete=models.PROTECT)
    edited_by = models.CharField(max_length=120)
    step_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)
    #: Likely names that the publisher looked at and confirmed.
    confirmed = models.JSONField(default=list)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    superseded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RecordedQuerySet.as_manager()

    class Meta:
        ordering = ["record", "-recorded_at", "-id"]
        indexes = [models.Index(fields=["record", "pending", "superseded_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "pending"], condition=Q(superseded_at__isnull=True), name="library_one_per_line"
            ),
        ]


class RecordText(LocalisedText):
    """A text of the derived content: titles, summaries."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="texts")
    field = models.CharField(max_length=20, choices=v.TextField.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "field", "lang"], name="library_text_once")]


class Provision(models.Model):
    """A node of the tree of a record's text."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="provisions")
    key = models.CharField(max_length=120)
    parent_key = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=16, choices=v.ProvisionKind.choices)
    number = models.CharField(max_length=120, blank=True)
    order = models.PositiveIntegerField()

    class Meta:
        ordering = ["record", "order"]
        constraints = [models.UniqueConstraint(fields=["record", "key"], name="library_provision_once")]


class ProvisionText(models.Model):
    """A provision's words in one language."""

    provision = models.ForeignKey(Provision, on_delete=models.CASCADE, related_name="texts")
    lang = models.CharField(max_length=3)
    label = models.CharField(max_length=300, blank=True)
    heading = models.TextField(blank=True)
    text = models.TextField(blank=True)
    status = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provision", "lang"], name="library_provision_text_once")]


class Tag(models.Model):
    """What a record or one of its provisions (by key) is about."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="tags")
    scheme = models.CharField(max_length=12, choices=v.TagScheme.choices)
    value = models.CharField(max_length=120)
    provision_key = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scheme", "value", "record"])]
        constraints = [
            models.UniqueConstraint(fields=["record", "scheme", "value", "provision_key"], name="library_tag_once")
        ]


class Alias(models.Model):
    """An older or foreign number; several records may share one."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="aliases")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)


class RestrictedName(models.Model):
    """A known form of the name of a person in a case (any script), never shown to those who may not edit it.

    `person_key` is the person's key in the case. Kept apart from every version, export and index.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="restricted_names")
    person_key = models.CharField(max_length=120)
    form = models.CharField(max_length=200)
    entered_by = models.CharField(max_length=120)
    entered_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "person_key", "form"], name="library_name_once")]


class Redaction(models.Model):
    """The one exception to "nothing is overwritten": words that are taken out everywhere, by two persons.

    `words` stands here from the request to the confirmation only; afterwards a keyed digest is left of it.
    """

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="redactions")
    words = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    requested_by = models.CharField(max_length=120)
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    confirmed_by = models.CharField(max_length=120, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]


class Counter(models.Model):
    """The last number given for a State and year ("KEN-2019")."""

    prefix = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)


class Suggestion(models.Model):
    """A likely treaty article of an untagged provision, made from meaning; a curator confirms or rejects it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="suggestions")
    provision_key = models.CharField(max_length=120)
    article = models.CharField(max_length=120)
    score = models.FloatField()
    made_at = models.DateTimeField(default=timezone.now)
    decided_by = models.CharField(max_length=120, blank=True)
    confirmed = models.BooleanField(null=True)

    class Meta:
        ordering = ["-score"]
        constraints = [
            models.UniqueConstraint(fields=["record", "provision_key", "article"], name="library_suggestion_once")
        ]



"""Authorities and how to reach them, networks, and reports that a contact is wrong.

An `Authority` row is one version of one record (`fact`, and the readable `code` in addresses). Every step of
its life (edit, verify, publish, confirm, withdraw) closes the version before it and adds a new one with its own
child rows, so each version stays whole. Two lines run beside each other: the shown one (`pending` False) and
the one under work (`pending` True), so an edit never hides what is published.
"""

from __future__ import annotations

from datetime import time

from django.db import models
from django.db.models import F, Q

from comity.core.actions.labels import Label, Labelled
from comity.core.actions.times import Recorded
from comity.core.people.models import Participant
from comity.core.texts.models import LocalisedText
from comity.modules.directory.vocabulary import (
    Channel,
    ContactKind,
    DoubleCriminality,
    Function,
    LegalBasis,
    Means,
    NetworkKind,
    ReportKind,
    ReportState,
    State,
    TextKind,
)


class Authority(Recorded, Labelled):
    """A version of a competent authority. `audience` is the label it has once published; until then `label`
    is the own State's."""

    code = models.SlugField(max_length=80, db_index=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="authorities")
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOMINATED)
    pending = models.BooleanField(default=True)
    audience = models.CharField(max_length=20, choices=Label.choices, default=Label.PUBLIC)
    #: The original name, kept beside its languages for sorting and for one line of text.
    sort_name = models.CharField(max_length=300)
    round_the_clock = models.BooleanField(default=False)
    #: IANA zone ("Africa/Nairobi") or offset ("+03:00"); "" where not stated.
    zone = models.CharField(max_length=64, blank=True)
    double_criminality = models.CharField(max_length=12, choices=DoubleCriminality.choices, blank=True, default="")
    legal_basis = models.CharField(max_length=12, choices=LegalBasis.choices, blank=True, default="")
    notification_reference = models.CharField(max_length=200, blank=True)
    notification_date = models.DateField(null=True, blank=True)
    last_confirmed_on = models.DateField(null=True, blank=True)
    #: Code of the authority that took over.
    superseded_by = models.CharField(max_length=80, blank=True)
    fictitious = models.BooleanField(default=False)
    #: Who wrote the content of this version, and who took this step.
    edited_by = models.CharField(max_length=120)
    step_by = models.CharField(max_length=120)
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["participant_id", "sort_name", "code"]
        indexes = [models.Index(fields=["superseded_at", "pending", "state", "participant"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fact", "pending"],
                condition=Q(superseded_at__isnull=True),
                name="authority_one_per_line",
            ),
            models.UniqueConstraint(
                fields=["code", "pending"],
                condition=Q(superseded_at__isnull=True),
                name="authority_code_once",
            ),
            models.CheckConstraint(
                condition=Q(pending=True, state__in=["nominated", "returned", "verified"])
                | Q(pending=False, state__in=["published", "superseded", "withdrawn"]),
                name="authority_line_of_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.state})"


class AuthorityText(LocalisedText, Labelled):
    """One text of a version in one language; `label` keeps texts for officials in the same record."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=20, choices=TextKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "kind", "lang"], name="authority_text_once")]
        ordering = ["authority", "kind", "id"]


class ContactPoint(Labelled):
    """One way to reach the authority. A website is text: nothing fetches it."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=12, choices=ContactKind.choices)
    value = models.TextField()
    lang = models.CharField(max_length=3, default="en")
    urgent = models.BooleanField(default=False)
    note = models.CharField(max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["authority", "order", "id"]


class AuthorityFunction(models.Model):
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="functions")
    function = models.CharField(max_length=24, choices=Function.choices, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "function"], name="function_once")]
        ordering = ["authority", "id"]


class AuthorityProvision(models.Model):
    """An instrument (by its code) and, where one is named, the article the authority was designated under."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="provisions")
    instrument = models.CharField(max_length=40, db_index=True)
    article = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "instrument", "article"], name="provision_once")]
        ordering = ["authority", "id"]


class AuthorityLanguage(models.Model):
    """A language in which requests are accepted, by its ISO 639 code."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="languages")
    lang = models.CharField(max_length=3, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "lang"], name="accepted_language_once")]
        ordering = ["authority", "id"]


class AuthorityMeans(models.Model):
    """A means of communication, and what it demands."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="means")
    means = models.CharField(max_length=12, choices=Means.choices)
    encryption = models.BooleanField(default=False)
    signature = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "means"], name="means_once")]
        ordering = ["authority", "id"]


class AuthorityChannel(models.Model):
    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="channels")
    channel = models.CharField(max_length=12, choices=Channel.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "channel"], name="channel_once")]
        ordering = ["authority", "id"]


class OfficeHours(models.Model):
    """An interval of one weekday (0 is Monday) in the authority's zone; `closes` 00:00 means midnight."""

    authority = models.ForeignKey(Authority, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="hours_weekday"),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")) | Q(closes=time(0)), name="hours_close_after_opening"
            ),
        ]
        ordering = ["authority", "weekday", "opens"]


class ContactReport(models.Model):
    """Somebody says that a contact is wrong or did not answer. `authority_code` names the record over all
    its versions; the report belongs to the State and the secretariat, the reporter's words included."""

    authority_code = models.CharField(max_length=80, db_index=True)
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="contact_reports")
    kind = models.CharField(max_length=12, choices=ReportKind.choices)
    text = models.TextField(blank=True)
    lang = models.CharField(max_length=3, default="en")
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    reported_by = models.CharField(max_length=120)
    reported_at = models.DateTimeField(auto_now_add=True)
    resolution = models.TextField(blank=True)
    resolved_by = models.CharField(max_length=120, blank=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]


class Network(models.Model):
    """A regional or global network of authorities."""

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=NetworkKind.choices, default=NetworkKind.OTHER)
    website = models.CharField(max_length=300, blank=True)
    fictitious = models.BooleanField(default=False)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class NetworkText(LocalisedText):
    """The network's name or description in one language."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="texts")
    kind = models.CharField(max_length=12, choices=[("name", "name"), ("note", "note")])

    class Meta:
        constraints = [models.UniqueConstraint(fields=["network", "kind", "lang"], name="network_text_once")]


class NetworkMembership(Recorded):
    """A version of the fact that a participant belongs to a network, from a day to a day where known."""

    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="network_memberships")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["network", "participant"], condition=Q(superseded_at__isnull=True), name="member_once"
            )
        ]

"""Instruments, what participants did and stated with regard to them, and where each fact comes from.

Importing. A `Source` is one lineage of editions: the depositary's status page of an instrument, a scrape of
it, a scope table, the curators' desk. An `Edition` is what that source said up to a day (`as_of`). Facts
(`TreatyAction`, `Statement`, `TerritorialApplication`) belong to a source and are versioned (`Recorded`).
Importing a new edition of a source:
  new        a fact that the source did not state before: added;
  changed    the same matter with another date, kind or text: the old version is closed, a new one with the
             same `fact` id is added;
  missing    a fact that a complete edition no longer states: closed;
  unchanged  nothing is written but the edition itself;
  contradicted  differs from what another source holds: both stay. Which one counts is never stored:
             `resolution.py` picks, per participant and matter, the newer depositary source, and pages show both.
"""

from __future__ import annotations

from django.db import models

from comity.core.actions.times import Recorded
from comity.core.people.models import Participant
from comity.core.texts.models import LocalisedText
from comity.modules.treaties.vocabulary import (
    ActionKind,
    InstrumentGroup,
    ProposalKind,
    ProposalState,
    SourceKind,
    StatementKind,
)


class Instrument(models.Model):
    """A treaty. `rules` holds its final clauses as data (see `rules.py`), each with its source."""

    code = models.SlugField(max_length=40, unique=True)
    depositary_number = models.CharField(max_length=20, null=True, blank=True, unique=True)
    depositary = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=20, choices=InstrumentGroup.choices, default=InstrumentGroup.OTHER)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="protocols")
    parent_required = models.BooleanField(default=False)
    concluded_place = models.CharField(max_length=200, blank=True)
    concluded_on = models.DateField(null=True, blank=True)
    #: Date of entry into force as the depositary states it, and the words of the source.
    stated_in_force = models.DateField(null=True, blank=True)
    stated_in_force_source = models.CharField(max_length=300, blank=True)
    registration = models.CharField(max_length=200, blank=True)
    rules = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)
    order = models.PositiveIntegerField(default=1000)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code


class InstrumentTitle(LocalisedText):
    """The title in one language; `short` is the name used in running text."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="titles")
    short = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "lang", "short"], name="instrument_title_once")]


class Article(models.Model):
    """An article of an instrument, or a chapter or paragraph of its tree."""

    instrument = models.ForeignKey(Instrument, on_delete=models.CASCADE, related_name="articles")
    number = models.CharField(max_length=20)
    kind = models.CharField(max_length=12, default="article")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveIntegerField(default=0)
    #: Subject of the notification this article asks States for, "" where it asks for none.
    notification = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["instrument", "kind", "number"], name="article_once")]
        ordering = ["instrument", "order"]


class ArticleTitle(LocalisedText):
    """An article's title in one language."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="titles")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["article", "lang"], name="article_title_once")]


class Source(models.Model):
    """One lineage of editions that speak of instruments."""

    code = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=SourceKind.choices)
    #: True for the curators' desk: each fact there is a depositary notification of its own.
    is_desk = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title


class Edition(models.Model):
    """What a source said of one instrument up to a day.

    `complete` editions list every participant, so silence about one means something.
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="editions")
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="editions")
    as_of = models.DateField()
    complete = models.BooleanField(default=True)
    parties_stated = models.PositiveIntegerField(null=True)
    signatories_stated = models.PositiveIntegerField(null=True)
    #: Entry into force as this edition states it; `not_in_force` where it states that there is none yet.
    in_force_stated = models.DateField(null=True, blank=True)
    in_force_words = models.CharField(max_length=300, blank=True)
    not_in_force = models.BooleanField(default=False)
    basis = models.CharField(max_length=300, blank=True)
    notes = models.TextField(blank=True)
    file_name = models.CharField(max_length=300, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "instrument", "as_of", "digest"], name="edition_once")]
        ordering = ["instrument", "-as_of"]


class TreatyAction(Recorded):
    """A version of one act of one participant: a signature, a consent, a withdrawal.

    `deposited` is the day the depositary received it (or of the signature). `effective` is the day it takes
    effect where the source states one; what the rules compute is never stored.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="actions")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="treaty_actions")
    kind = models.CharField(max_length=30, choices=ActionKind.choices)
    deposited = models.DateField()
    effective = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="actions")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="actions")

    class Meta:
        indexes = [models.Index(fields=["instrument", "participant"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(superseded_at__isnull=True), name="action_one_current"
            )
        ]


class Statement(Recorded):
    """A reservation, declaration, objection or notification, in the language it was found in."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="statements")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    text = models.TextField()
    lang = models.CharField(max_length=3, default="en")
    made_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    #: Towards whom an objection is made.
    towards = models.ManyToManyField(Participant, blank=True, related_name="objections_received")
    article = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="statements")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="statements")

    class Meta:
        indexes = [models.Index(fields=["instrument", "participant"])]
        constraints = [
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(superseded_at__isnull=True), name="statement_one_current"
            )
        ]


class TerritorialApplication(Recorded):
    """The extension of an instrument to a territory, in the wording of the source."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="applications")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT, related_name="applications")
    territory = models.CharField(max_length=300)
    deposited = models.DateField(null=True, blank=True)
    ended = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    reference = models.CharField(max_length=120, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="applications")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="applications")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["fact"], condition=models.Q(superseded_at__isnull=True), name="application_one_current"
            )
        ]


class Proposal(models.Model):
    """What a curator wants entered, corrected or withdrawn. It becomes a fact when a second person publishes.

    `subject` is "action", "statement" or "application"; `payload` holds the validated fields of that fact;
    `target` is the `fact` id to correct or withdraw.
    """

    kind = models.CharField(max_length=10, choices=ProposalKind.choices)
    subject = models.CharField(max_length=12)
    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="proposals")
    participant = models.ForeignKey(Participant, on_delete=models.PROTECT)
    payload = models.JSONField(default=dict)
    target = models.UUIDField(null=True, blank=True)
    reference = models.CharField(max_length=120)
    source_note = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.PROPOSED)
    proposed_by = models.CharField(max_length=120)
    proposed_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)
    #: The fact that publishing made or changed.
    made_fact = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

"""Content text in several languages, and the controlled vocabularies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from comity.core.texts.languages import LANGUAGE_CHOICES


class TextStatus(models.TextChoices):
    """What a text in a language is: written in it, given by the authority, or somebody's rendering."""

    ORIGINAL = "original", _("original")
    OFFICIAL = "official", _("official translation")
    UNOFFICIAL = "unofficial", _("unofficial translation")
    MACHINE = "machine", _("machine translation")


class LocalisedText(models.Model):
    """One text in one language. A module subclasses it with a foreign key to what the text belongs to.

    `version` counts the changes of this text; `of_version` is the original's version it renders:
    smaller than the original's `version` means stale.
    """

    lang = models.CharField(max_length=3)
    value = models.TextField()
    status = models.CharField(max_length=12, choices=TextStatus.choices)
    source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    of_version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Vocabulary(models.Model):
    """A controlled list, such as crime types; its source is named."""

    code = models.SlugField(max_length=40, primary_key=True)
    edition = models.CharField(max_length=40, default="1")
    source = models.CharField(max_length=300, blank=True)


class Term(models.Model):
    """One entry of a vocabulary; may stand below another."""

    vocabulary = models.ForeignKey(Vocabulary, on_delete=models.CASCADE, related_name="terms")
    code = models.SlugField(max_length=80)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_once")]
        ordering = ["order", "id"]


class TermLabel(LocalisedText):
    """A term's wording in one language."""

    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="labels")
    lang = models.CharField(max_length=3, choices=LANGUAGE_CHOICES)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "lang"], name="term_label_once")]

"""Who there is: participants (States and others that can be party to a treaty), bodies, users, mandates."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from comity.core.people.vocabulary import GroupCode, ParticipantKind, Role


def not_by_holder(field: str) -> Q:
    """The condition that the reference in `field` is not the row's own `user`: nobody approves for oneself."""
    return ~Q(**{field: Concat(Value("user:"), Cast("user_id", CharField()), output_field=CharField())})


class Participant(models.Model):
    """A State or organization that can be bound by a treaty. `iso3` is ISO 3166-1 alpha-3, or a code of the
    source where ISO has none (the European Union: EUE)."""

    iso3 = models.CharField(max_length=3, primary_key=True)
    iso2 = models.CharField(max_length=2, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=20, choices=ParticipantKind.choices)
    regional_group = models.CharField(max_length=20, choices=GroupCode.choices, blank=True)
    m49_region = models.CharField(max_length=60, blank=True)
    m49_subregion = models.CharField(max_length=80, blank=True)
    ldc = models.BooleanField(default=False)
    lldc = models.BooleanField(default=False)
    sids = models.BooleanField(default=False)
    #: {"en": "Albania", "ar": …}: United Nations short names in six languages.
    names = models.JSONField(default=dict)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["iso3"]

    def __str__(self) -> str:
        return f"{self.iso3} {self.names.get('en', '')}"

    def name(self, lang: str) -> str:
        """The name in `lang`, else in English."""
        return str(self.names.get(lang) or self.names.get("en") or self.iso3)


class ParticipantName(models.Model):
    """A name by which a source may call a participant; `folded` is what names are compared by."""

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="printed_names")
    name = models.CharField(max_length=200)
    folded = models.CharField(max_length=200, db_index=True)
    lang = models.CharField(max_length=3, blank=True)
    kind = models.CharField(max_length=10)
    source = models.CharField(max_length=300, blank=True)


class Body(models.Model):
    """An office a person may act for: the secretariat, a ministry, an observer organization."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT)

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Creates users; there is no self-registration, so callers are the invitation service and commands."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Returns a saved user; an unusable password is set where none is given."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who signs in. What they may do stands in their mandates, nothing here."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=3, default="en")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    #: Part of every session's proof: a new value ends all sessions of this person at once.
    session_epoch = models.CharField(max_length=32, blank=True, default="", editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    def get_full_name(self) -> str:
        """Name for display, the address where no name was given."""
        return self.name or self.email

    get_short_name = get_full_name

    def get_session_auth_hash(self) -> str:
        """What a session must carry to stay valid: made of the password and `session_epoch`."""
        return salted_hmac(
            "comity.people.session", f"{self.password}:{self.session_epoch}", algorithm="sha256"
        ).hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """No older secret keys are kept, so there is no second hash."""
        return iter(())


class Mandate(models.Model):
    """A role a person holds, for a State or a body, from a day to a day.

    A mandate counts only once a second person approved it (`approved_by` is never the holder).
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=20, choices=Role.choices)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True, help_text=_("Last day of the mandate"))
    proposed_by = models.CharField(max_length=120)
    approved_by = models.CharField(max_length=120, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(participant__isnull=True) | Q(body__isnull=True), name="mandate_one_scope"
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(starts__isnull=True) | Q(ends__gte=F("starts")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(condition=not_by_holder("approved_by"), name="mandate_not_by_holder"),
        ]


class Invitation(models.Model):
    """A single-use way in for one address, 10 days long. The token itself is never stored."""

    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    role = models.CharField(max_length=20, choices=Role.choices)
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.PROTECT)
    body = models.ForeignKey(Body, null=True, blank=True, on_delete=models.PROTECT)
    invited_by = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    revoked_at = models.DateTimeField(null=True)


class FactorReset(models.Model):
    """A request to clear a person's lost factors: asked by one administrator, done by a second."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="factor_resets")
    reason = models.TextField()
    requested_by = models.CharField(max_length=120)
    requested_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=not_by_holder("approved_by"), name="reset_not_by_holder"),
            models.CheckConstraint(
                condition=Q(approved_by="") | ~Q(approved_by=F("requested_by")) | Q(approved_by__startswith="system:"),
                name="reset_by_a_second",
            ),
        ]

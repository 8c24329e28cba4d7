"""Enumerations of the directory and the names of its actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """What an authority serves (functions of the UNODC directories; domain notes, section 3)."""

    EXTRADITION = "extradition", _("Extradition")
    MLA = "mla", _("Mutual legal assistance")
    SENTENCED_PERSONS = "sentenced_persons", _("Transfer of sentenced persons")
    DRUGS_AT_SEA = "drugs_at_sea", _("Illicit traffic by sea")
    MIGRANTS_AT_SEA = "migrants_at_sea", _("Smuggling of migrants by sea")
    FIREARMS = "firearms", _("Firearms")
    CULTURAL_PROPERTY = "cultural_property", _("Trafficking in cultural property")
    PREVENTION_CRIME = "prevention_crime", _("Prevention of organized crime")
    PREVENTION_CORRUPTION = "prevention_corruption", _("Prevention of corruption")
    ASSET_RECOVERY = "asset_recovery", _("Asset recovery")
    CIVIL = "civil", _("Civil and administrative proceedings")
    TERRORISM = "terrorism", _("Terrorism")


#: Articles on which each kind of help rests. Source: titles of articles in the Comity domain notes, section
#: 2.4, unverified [K]; pages show them as pointers, not as law.
NEED_ARTICLES: dict[str, dict[str, tuple[str, ...]]] = {
    Function.EXTRADITION: {"UNTOC": ("16",), "UNCAC": ("44",)},
    Function.MLA: {"UNTOC": ("18",), "UNCAC": ("46",)},
    Function.SENTENCED_PERSONS: {"UNTOC": ("17",), "UNCAC": ("45",)},
    Function.MIGRANTS_AT_SEA: {"UNTOC-SOM": ("8",)},
    Function.FIREARMS: {"UNTOC-FP": ("13",)},
    Function.PREVENTION_CRIME: {"UNTOC": ("31",)},
    Function.PREVENTION_CORRUPTION: {"UNCAC": ("6",)},
    Function.ASSET_RECOVERY: {"UNTOC": ("13",), "UNCAC": ("55", "57")},
}
#: Notifications that name the authority (by instrument) and the functions they speak of. Source as above.
AUTHORITY_NOTIFICATIONS: dict[str, dict[str, frozenset[str]]] = {
    "UNTOC": {"18(13)": frozenset({Function.MLA}), "31(6)": frozenset({Function.PREVENTION_CRIME})},
    "UNTOC-SOM": {"8(6)": frozenset({Function.MIGRANTS_AT_SEA})},
    "UNTOC-FP": {"13(2)": frozenset({Function.FIREARMS})},
    "UNCAC": {"46(13)": frozenset({Function.MLA}), "6(3)": frozenset({Function.PREVENTION_CORRUPTION})},
}
#: Notifications that name the languages in which requests are accepted.
LANGUAGE_NOTIFICATIONS: dict[str, str] = {"UNTOC": "18(14)", "UNCAC": "46(14)"}


class State(models.TextChoices):
    """The stored step of a version. Confirmation due and stale are computed from dates, never stored."""

    NOMINATED = "nominated", _("nominated")
    RETURNED = "returned", _("sent back")
    VERIFIED = "verified", _("verified")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


PENDING_STATES = frozenset({State.NOMINATED, State.RETURNED, State.VERIFIED})


class Standing(models.TextChoices):
    """How a version stands on a day."""

    NOMINATED = "nominated", _("waiting for verification")
    RETURNED = "returned", _("sent back to the State")
    VERIFIED = "verified", _("waiting for publication")
    PUBLISHED = "published", _("confirmed")
    CONFIRMATION_DUE = "confirmation_due", _("confirmation due")
    STALE = "stale", _("stale: may be out of date")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Channel(models.TextChoices):
    DIRECT = "direct", _("Direct between authorities")
    DIPLOMATIC = "diplomatic", _("Diplomatic channel")
    INTERPOL = "interpol", _("INTERPOL")
    OTHER = "other", _("Other channel")


class Means(models.TextChoices):
    SECURE = "secure", _("Secure electronic platform")
    EMAIL = "email", _("Electronic mail")
    POST = "post", _("Post or courier")
    FAX = "fax", _("Fax")
    PHONE = "phone", _("Telephone")


class DoubleCriminality(models.TextChoices):
    REQUIRED = "required", _("required")
    COERCIVE = "coercive", _("required for coercive measures only")
    NOT_REQUIRED = "not_required", _("not required")
    NOT_STATED = "", _("not stated")


class LegalBasis(models.TextChoices):
    """Whether the convention itself may be the legal basis of a request."""

    YES = "yes", _("the convention may be the legal basis")
    RECIPROCITY = "reciprocity", _("the convention or reciprocity")
    NO = "no", _("another treaty is needed")
    NOT_STATED = "", _("not stated")


class TextKind(models.TextChoices):
    NAME = "name", _("Name")
    DOCUMENTS = "documents", _("Documents needed")
    LEGAL_BASIS = "legal_basis", _("Legal basis")
    DOUBLE_CRIMINALITY = "double_criminality", _("Double criminality")
    LIMITS = "limits", _("Limits on use")
    URGENT = "urgent", _("Urgent cases")
    NOTE = "note", _("Note")
    FOR_OFFICIALS = "for_officials", _("Note for officials")


class ContactKind(models.TextChoices):
    ADDRESS = "address", _("Postal address")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("Electronic mail")
    SECURE = "secure", _("Secure platform")
    FAX = "fax", _("Fax")
    WEBSITE = "website", _("Website")
    PERSON = "person", _("Contact person")


class ReportKind(models.TextChoices):
    WRONG = "wrong", _("This contact is wrong")
    NO_ANSWER = "no_answer", _("Nobody answered")
    OTHER = "other", _("Something else")


class ReportState(models.TextChoices):
    OPEN = "open", _("open")
    RESOLVED = "resolved", _("resolved")


class NetworkKind(models.TextChoices):
    JUDICIAL = "judicial", _("Judicial cooperation")
    ASSET_RECOVERY = "asset_recovery", _("Asset recovery")
    POLICE = "police", _("Law enforcement")
    OTHER = "other", _("Other")


VIEW = "directory:authority:view"
NOMINATE = "directory:authority:nominate"
EDIT = "directory:authority:edit"
VERIFY = "directory:authority:verify"
RETURN = "directory:authority:return"
PUBLISH = "directory:authority:publish"
CONFIRM = "directory:authority:confirm"
WITHDRAW = "directory:authority:withdraw"
RESTORE = "directory:authority:restore"
HISTORY = "directory:authority:history"
READ = "directory:authority:read"
REPORT = "directory:report:create"
SEE_REPORT = "directory:report:view"
RESOLVE = "directory:report:resolve"
IMPORT = "directory:table:import"
EXPORT = "directory:table:export"
#: Actions that are asked about one version of an authority.
AUTHORITY_ACTIONS = (VIEW, EDIT, VERIFY, RETURN, PUBLISH, CONFIRM, WITHDRAW, RESTORE, HISTORY, REPORT)

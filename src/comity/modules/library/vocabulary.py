"""Enumerations of the library and the names of its actions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a record is."""

    LAW = "law", _("Law")
    CASE = "case", _("Case")
    PUBLICATION = "publication", _("Publication")
    GUIDE = "guide", _("Legislative guide")


class Step(models.TextChoices):
    """Publishing states (domain notes, section 2.5)."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    IN_REVIEW = "in_review", _("in review")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    APPROVED = "approved", _("approved")
    PUBLISHED = "published", _("published")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")


#: Steps of a version under work; the others are steps of what is or was shown.
PENDING_STEPS = frozenset({Step.DRAFT, Step.SUBMITTED, Step.IN_REVIEW, Step.CHANGES_REQUESTED, Step.APPROVED})

#: Steps at which the address answers "gone", with the reason.
GONE_STEPS = frozenset({Step.WITHDRAWN, Step.SUPERSEDED})


class TextField(models.TextChoices):
    """Which text of a record this is (labels of the case-law database where it has one; domain notes, 2.1)."""

    TITLE = "title", _("Title")
    SHORT_TITLE = "short_title", _("Short title")
    SUMMARY = "summary", _("Fact summary")
    COMMENTARY = "commentary", _("Commentary and significant features")
    VICTIMS = "victims", _("Victims and witnesses")
    FINDINGS = "findings", _("Legal findings")
    ABSTRACT = "abstract", _("Abstract")
    EXPLANATION = "explanation", _("Explanation")
    NOTE = "note", _("Note")


class ProvisionKind(models.TextChoices):
    """What a piece of a record's text is. Groups hold others; the rest hold text."""

    BOOK = "book", _("Book")
    PART = "part", _("Part")
    TITLE = "title", pgettext_lazy("part of a law", "Title")
    CHAPTER = "chapter", _("Chapter")
    DIVISION = "division", _("Division")
    SUBDIVISION = "subdivision", _("Subdivision")
    SCHEDULE = "schedule", _("Schedule")
    PREAMBLE = "preamble", _("Preamble")
    ARTICLE = "article", _("Article")
    SECTION = "section", _("Section")
    RULE = "rule", _("Rule")
    PARAGRAPH = "paragraph", _("Paragraph")


#: Kinds that people cite, and that treaty articles are tagged to.
CITED_KINDS = frozenset({ProvisionKind.ARTICLE, ProvisionKind.SECTION, ProvisionKind.RULE, ProvisionKind.PARAGRAPH})


class LawType(models.TextChoices):
    CONSTITUTION = "constitution", _("Constitution")
    CODE = "code", pgettext_lazy("law", "Code")
    ACT = "act", _("Act")
    DECREE = "decree", _("Decree")
    REGULATION = "regulation", _("Regulation")
    BYLAW = "bylaw", _("By-law")
    BILL = "bill", _("Bill")
    INTERPRETATION = "interpretation", _("Judicial interpretation")
    OTHER = "other", _("Other")


class LawStatus(models.TextChoices):
    IN_FORCE = "in_force", _("In force")
    AMENDED = "amended", _("Amended")
    REPEALED = "repealed", _("Repealed")
    DRAFT = "draft", _("Draft law")
    UNKNOWN = "unknown", _("Not stated")


class TagScheme(models.TextChoices):
    """What a tag speaks of. Values: "UNTOC:5" or "UNCAC:15(a)", a code of the vocabulary, or a keyword's code."""

    ARTICLE = "article", _("Treaty article")
    CRIME_TYPE = "crime_type", _("Crime type")
    ISSUE = "issue", _("Cross-cutting issue")
    KEYWORD = "keyword", _("Keyword")


class LegalSystem(models.TextChoices):
    COMMON = "common", _("Common law")
    CIVIL = "civil", _("Civil law")
    MIXED = "mixed", _("Mixed system")
    ISLAMIC = "islamic", _("Islamic law")
    CUSTOMARY = "customary", _("Customary law")


class CourtLevel(models.TextChoices):
    FIRST_INSTANCE = "first_instance", _("First instance")
    APPELLATE = "appellate", _("Appellate court")
    SUPREME = "supreme", _("Supreme court")
    INTERNATIONAL = "international", _("International or regional body")


class ProceedingType(models.TextChoices):
    CRIMINAL = "criminal", _("Criminal")
    CIVIL = "civil", _("Civil")
    ADMINISTRATIVE = "administrative", _("Administrative")


class Tried(models.TextChoices):
    TOGETHER = "together", _("Together")
    SEPARATELY = "separately", _("Separately")


class PartyRole(models.TextChoices):
    DEFENDANT = "defendant", _("Defendant or respondent")
    VICTIM = "victim", _("Victim")
    PLAINTIFF = "plaintiff", _("Plaintiff")
    COMPLAINANT = "complainant", _("Complainant")
    WITNESS = "witness", _("Witness")
    MIGRANT = "migrant", _("Migrant")


#: Roles whose names are never published (privacy rules, domain notes, section 2.1).
PROTECTED_ROLES = frozenset({PartyRole.VICTIM, PartyRole.PLAINTIFF, PartyRole.COMPLAINANT, PartyRole.WITNESS,
                             PartyRole.MIGRANT})


class PartyKind(models.TextChoices):
    NATURAL = "natural_person", _("Natural person")
    LEGAL = "legal_person", _("Legal person")
    GROUP = "group", _("Group of persons")
    AUTHORITY = "authority", _("Authority")


class Sex(models.TextChoices):
    FEMALE = "female", _("Female")
    MALE = "male", _("Male")
    OTHER = "other", _("Other")


class AgeBasis(models.TextChoices):
    AT_OFFENCE = "at_offence", _("at the time of the offence")
    AT_TRIAL = "at_trial", _("at trial")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not stated")


class Verdict(models.TextChoices):
    GUILTY = "guilty", _("Guilty")
    NOT_GUILTY = "not_guilty", _("Not guilty")
    DISMISSED = "dismissed", _("Dismissed")
    UPHELD = "upheld", _("Claim upheld")
    PENDING = "pending", _("Pending")
    OTHER = "other", _("Other")


class SentenceKind(models.TextChoices):
    IMPRISONMENT = "imprisonment", _("Imprisonment")
    FINE = "fine", _("Fine")
    COMPENSATION = "compensation", _("Compensation")
    CONFISCATION = "confiscation", _("Confiscation")
    SUSPENDED = "suspended", _("Suspended sentence")
    OTHER = "other", _("Other")


class PublicationKind(models.TextChoices):
    STRATEGY = "strategy", _("Strategy")
    TOOL = "tool", _("Tool")
    HANDBOOK = "handbook", _("Handbook")
    STUDY = "study", _("Study")
    DIGEST = "digest", _("Case digest")
    THEMATIC_PAPER = "thematic_paper", _("Thematic paper")
    ARTICLE = "article", _("Journal article")


class Obligation(models.TextChoices):
    """The three levels of obligation of the Convention against Corruption (domain notes, source S32)."""

    MANDATORY = "mandatory", _("Mandatory")
    CONSIDER = "consider", _("Obligation to consider or endeavour")
    OPTIONAL = "optional", _("Optional")


# Actions: what policies are asked about and the audit keeps.
VIEW = "library:record:view"
VIEW_WORK = "library:work:view"
CREATE = "library:record:create"
EDIT = "library:record:edit"
TAG = "library:record:tag"
NAMES = "library:names:edit"
SUBMIT = "library:record:submit"
REVIEW = "library:record:review"
REQUEST_CHANGES = "library:record:request_changes"
APPROVE = "library:record:approve"
PUBLISH = "library:record:publish"
WITHDRAW = "library:record:withdraw"
SUPERSEDE = "library:record:supersede"
RESTORE = "library:record:restore"
DISCARD = "library:record:discard"
HISTORY = "library:record:history"
IMPORT = "library:record:import"
EXPORT = "library:record:export"
READ = "library:record:read"
READ_FILE = "library:file:read"
CONFIRM_SUGGESTION = "library:suggestion:confirm"
REJECT_SUGGESTION = "library:suggestion:reject"
REDACT = "library:record:redact"
CONFIRM_REDACTION = "library:redaction:confirm"

#: Actions that are asked about one record.
RECORD_ACTIONS = (
    VIEW, VIEW_WORK, EDIT, TAG, NAMES, SUBMIT, REVIEW, REQUEST_CHANGES, APPROVE, PUBLISH, WITHDRAW, SUPERSEDE, RESTORE,
    DISCARD, HISTORY, READ, READ_FILE, CONFIRM_SUGGESTION, REJECT_SUGGESTION, REDACT,
)  # fmt: skip

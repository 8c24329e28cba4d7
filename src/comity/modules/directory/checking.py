"""Whether a record means something: known State, known functions, known instruments, a zone that exists.

Forms and importers ask the same questions, so a page and a file refuse the same things.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.labels import Label
from comity.core.people.models import Participant
from comity.core.texts.models import TextStatus
from comity.modules.directory import vocabulary as v
from comity.modules.directory.records import AuthorityRecord
from comity.modules.directory.standing import zone_of
from comity.modules.treaties import public as treaties

_CODE = re.compile(r"^[A-Z]{3}-[a-z0-9][a-z0-9-]{1,70}$")
_LANG = re.compile(r"^[a-z]{2,3}$")
_ARTICLE = re.compile(r"^[0-9A-Za-z()., -]{0,20}$")
_LONGEST = 20_000
_MOST = 200
_AUDIENCES = (Label.PUBLIC, Label.OFFICIALS)


@dataclass(frozen=True)
class Known:
    """What records may refer to."""

    participants: frozenset[str]
    instruments: frozenset[str]


def known() -> Known:
    """Reads what records may refer to now."""
    return Known(
        participants=frozenset(Participant.objects.values_list("iso3", flat=True)),
        instruments=frozenset(i.code for i in treaties.instruments("en")),
    )


def problems(record: AuthorityRecord, there_is: Known) -> list[str]:
    """Returns what is wrong with the record, each with its field and the remedy; empty where nothing is."""
    found: list[str] = []
    if record.participant not in there_is.participants:
        found.append(
            _("participant: “%(text)s” is no State known here. Use its code of three letters, such as ALB.")
            % {"text": record.participant[:40]}
        )
    if not _CODE.match(record.code) or not record.code.startswith(f"{record.participant}-"):
        found.append(
            _("code: “%(text)s” must be the State's code, a hyphen, and small letters, such as ALB-central.")
            % {"text": record.code[:80]}
        )
    if not any(t.kind == v.TextKind.NAME and t.value.strip() for t in record.texts):
        found.append(_("texts: a name in at least one language is missing."))
    for field, value, allowed in _choices(record):
        if value not in allowed:
            found.append(
                _("%(field)s: “%(text)s” is unknown. Known are: %(known)s.")
                % {"field": field, "text": value[:40], "known": ", ".join(sorted(a for a in allowed if a))}
            )
    for provision in record.provisions:
        if provision.instrument not in there_is.instruments:
            found.append(
                _("provisions: no instrument “%(text)s” here. Use its code, such as UNTOC.")
                % {"text": provision.instrument[:40]}
            )
        if not _ARTICLE.match(provision.article):
            found.append(_("provisions: “%(text)s” is no article number.") % {"text": provision.article[:40]})
    return found + _languages(record) + _times(record) + _sizes(record) + _repeated(record)


def _choices(record: AuthorityRecord) -> Iterable[tuple[str, str, Collection[str]]]:
    yield "state", record.state, v.State.values
    yield "audience", record.audience, _AUDIENCES
    yield "double_criminality", record.double_criminality, v.DoubleCriminality.values
    yield "legal_basis", record.legal_basis, v.LegalBasis.values
    for function in record.functions:
        yield "functions", function, v.Function.values
    for channel in record.channels:
        yield "channels", channel, v.Channel.values
    for means in record.means:
        yield "means", means.means, v.Means.values
    for text in record.texts:
        yield "texts.kind", text.kind, v.TextKind.values
        yield "texts.status", text.status, TextStatus.values
        yield "texts.label", text.label, _AUDIENCES
    for contact in record.contacts:
        yield "contacts.kind", contact.kind, v.ContactKind.values
        yield "contacts.label", contact.label, _AUDIENCES


def _languages(record: AuthorityRecord) -> list[str]:
    codes = [*record.languages, *(t.lang for t in record.texts), *(c.lang for c in record.contacts)]
    return [
        _("languages: “%(text)s” is no language code such as fr.") % {"text": code[:20]}
        for code in dict.fromkeys(codes)
        if not _LANG.match(code)
    ]


def _times(record: AuthorityRecord) -> list[str]:
    found = []
    if record.zone:
        try:
            zone_of(record.zone)
        except ValueError:
            found.append(
                _("zone: “%(text)s” is no time zone. Write Africa/Nairobi or +03:00.") % {"text": record.zone[:40]}
            )
    if record.hours and not record.zone:
        found.append(_("zone: office hours need the time zone they are in."))
    for interval in record.hours:
        if not 0 <= interval.weekday <= 6:
            found.append(_("hours: weekday is a number from 0 (Monday) to 6 (Sunday)."))
        elif interval.closes <= interval.opens and interval.closes.strftime("%H:%M") != "00:00":
            found.append(_("hours: an office closes after it opens; split an interval over midnight in two."))
    today: date = timezone.now().date()
    for field in ("last_confirmed_on", "notification_date"):
        day = getattr(record, field)
        if day is not None and (day > today or day.year < 1945):
            found.append(
                _("%(field)s: %(day)s cannot be; it must not lie in the future.") % {"field": field, "day": day}
            )
    return found


def _sizes(record: AuthorityRecord) -> list[str]:
    values = [t.value for t in record.texts] + [c.value for c in record.contacts]
    lists = (
        record.functions,
        record.provisions,
        record.languages,
        record.means,
        record.hours,
        record.texts,
        record.contacts,
    )
    found = []
    if any(len(value) > _LONGEST for value in values) or any(len(many) > _MOST for many in lists):
        found.append(_("A text is longer than 20,000 signs, or a list longer than 200 entries."))
    limits = (("notification_reference", 200), ("superseded_by", 80), ("zone", 64))
    found += [
        _("%(field)s: at most %(limit)s signs.") % {"field": field, "limit": limit}
        for field, limit in limits
        if len(getattr(record, field)) > limit
    ]
    if any(len(t.value) > 300 for t in record.texts if t.kind == v.TextKind.NAME):
        found.append(_("texts: a name has at most 300 signs."))
    if any(len(c.note) > 300 for c in record.contacts):
        found.append(_("contacts: a note has at most 300 signs."))
    if any(not c.value.strip() for c in record.contacts) or any(not t.value.strip() for t in record.texts):
        found.append(_("An empty text or contact: leave it out instead."))
    if any("\x00" in value for value in values):
        found.append(_("A text holds a sign that is no text (NUL)."))
    return found


def _repeated(record: AuthorityRecord) -> list[str]:
    keyed: dict[str, list[object]] = {
        "functions": list(record.functions),
        "languages": list(record.languages),
        "channels": list(record.channels),
        "means": [m.means for m in record.means],
        "provisions": [(p.instrument, p.article) for p in record.provisions],
        "texts": [(t.kind, t.lang) for t in record.texts],
    }
    return [
        _("%(field)s: an entry stands there twice.") % {"field": field}
        for field, keys in keyed.items()
        if len(set(keys)) < len(keys)
    ]

"""The content of a version: whole for services and exporters, by part for a reader."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label, may_see
from comity.modules.directory.models import Authority, AuthorityText, ContactPoint
from comity.modules.directory.policies import parts
from comity.modules.directory.records import (
    AuthorityRecord,
    ContactRecord,
    HoursRecord,
    MeansRecord,
    ProvisionRecord,
    TextRecord,
)

_CHILDREN = ("functions", "provisions", "languages", "channels", "means", "hours")


def with_content(rows: QuerySet[Authority]) -> QuerySet[Authority]:
    """Fetches the rows together with everything that belongs to them (services and the node itself)."""
    return rows.select_related("participant").prefetch_related(*_CHILDREN, "texts", "contacts")


def with_parts(rows: QuerySet[Authority], actor: Actor) -> QuerySet[Authority]:
    """Fetches the rows with only those texts and contact points that this actor may see."""
    return rows.select_related("participant").prefetch_related(
        *_CHILDREN,
        Prefetch("texts", AuthorityText.objects.filter(parts(actor))),
        Prefetch("contacts", ContactPoint.objects.filter(parts(actor))),
    )


def record_of(row: Authority) -> AuthorityRecord:
    """Returns the version as a plain record, with those parts that were fetched with it (all, else)."""
    return AuthorityRecord(
        code=row.code,
        participant=row.participant_id,
        state=row.state,
        audience=row.audience,
        functions=[f.function for f in row.functions.all()],
        provisions=[ProvisionRecord(p.instrument, p.article) for p in row.provisions.all()],
        languages=[x.lang for x in row.languages.all()],
        channels=[c.channel for c in row.channels.all()],
        means=[MeansRecord(m.means, m.encryption, m.signature) for m in row.means.all()],
        round_the_clock=row.round_the_clock,
        zone=row.zone,
        hours=[HoursRecord(h.weekday, h.opens, h.closes) for h in row.hours.all()],
        double_criminality=row.double_criminality,
        legal_basis=row.legal_basis,
        notification_reference=row.notification_reference,
        notification_date=row.notification_date,
        last_confirmed_on=row.last_confirmed_on,
        superseded_by=row.superseded_by,
        fictitious=row.fictitious,
        texts=[
            TextRecord(t.kind, t.lang, t.value, t.status, t.label, t.version, t.of_version) for t in row.texts.all()
        ],
        contacts=[ContactRecord(c.kind, c.value, c.lang, c.label, c.urgent, c.note) for c in row.contacts.all()],
    )


def visible_record(row: Authority, actor: Actor) -> AuthorityRecord:
    """Returns the record without the parts this actor may not see; the rule is applied again in memory."""
    record = record_of(row)
    texts = {(t.kind, t.lang) for t in row.texts.all() if may_see(actor, t)}
    contacts = [c for c in row.contacts.all() if may_see(actor, c)]
    record.texts = [t for t in record.texts if (t.kind, t.lang) in texts]
    record.contacts = [ContactRecord(c.kind, c.value, c.lang, c.label, c.urgent, c.note) for c in contacts]
    return record


def strictest_label(row: Authority, record: AuthorityRecord) -> str:
    """The label under which a read of this record stands in the audit: officials' where any part is."""
    if row.label != Label.PUBLIC:
        return str(row.label)
    labels = {t.label for t in record.texts} | {c.label for c in record.contacts}
    return str(Label.OFFICIALS) if labels - {Label.PUBLIC} else str(Label.PUBLIC)

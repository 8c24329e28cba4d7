"""What leaves the directory: the rows, records and files of one actor, and the audit of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from comity.core.actions.actor import Actor
from comity.core.actions.labels import Label
from comity.core.actions.reads import record_read
from comity.modules.directory import vocabulary as v
from comity.modules.directory.exporters import blocks, exchange, sheet, vcard
from comity.modules.directory.models import Authority, Network
from comity.modules.directory.policies import scope
from comity.modules.directory.selectors.content import strictest_label, visible_record, with_parts
from comity.modules.directory.selectors.pages import Card, as_cards
from comity.modules.directory.selectors.search import Filters, found, order_of
from comity.modules.directory.services.networks import plain_network

FORMATS = ("csv", "json", "vcard", "pdf")


def search_cards(actor: Actor, filters: Filters, *, at: datetime, lang: str) -> list[Card]:
    """All rows of a search, in its order: what CSV, JSON and the API give. Parts for officials are audited."""
    rows = list(found(actor, filters, at=at, lang=lang).order_by(*order_of(filters)))
    record_export(actor, rows, "search")
    return as_cards(rows, at=at, lang=lang)


def record_export(actor: Actor, rows: Iterable[Authority], what: str) -> None:
    """One audit entry for an export that holds anything not public."""
    labels = {strictest_label(row, visible_record(row, actor)) for row in rows}
    for label in sorted(labels - {Label.PUBLIC}):
        record_read(actor, reference=f"directory:export:{what}", label=label, verb=v.EXPORT)


def current(actor: Actor, *, every: bool = False) -> list[Authority]:
    """The published authorities this actor may see; with `every` also those under work and withdrawn ones."""
    rows = scope(actor, v.VIEW, Authority.objects.all())
    if not every:
        rows = rows.filter(pending=False, state=v.State.PUBLISHED)
    return list(with_parts(rows.order_by("participant_id", "sort_name", "code", "pending"), actor))


def export(actor: Actor, kind: str, rows: list[Authority], *, lang: str, at: datetime) -> bytes:
    """Returns the rows as a file of one of `FORMATS`. Raises `sheet.FontMissing` for a PDF that cannot be set."""
    record_export(actor, rows, kind)
    records = [visible_record(row, actor) for row in rows]
    match kind:
        case "csv":
            return exchange.to_csv(records).encode()
        case "json":
            return exchange.to_json(records, [plain_network(n) for n in Network.objects.all()]).encode()
        case "vcard":
            entries = [(r, str(row.fact), row.participant.name(lang)) for r, row in zip(records, rows, strict=True)]
            return vcard.to_vcard(entries, lang).encode()
        case "pdf":
            cards = as_cards(rows, at=at, lang=lang)
            return sheet.pdf(blocks.booklet(cards, lang=lang, at=at))
        case _:
            raise ValueError(f"no format {kind}")

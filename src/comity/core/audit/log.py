"""Writing the log. Each writer (a thread of a process) has a segment of its own, so writers never queue
on one row; the entry is part of the caller's transaction, so it stands exactly where the change stands."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import socket
import threading
import uuid
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import connection

from comity.core.audit.keys import digest_key
from comity.core.audit.models import Entry, Segment

GENESIS = "0" * 64
#: Each thread's segment id and the process and database it belongs to; an id only, never an actor.
_segments: dict[tuple[int, int, str], uuid.UUID] = {}


def entry_hash(
    *,
    segment: str,
    number: int,
    at: datetime,
    actor: str,
    verb: str,
    reference: str,
    reason: str,
    difference: Any,
    previous: str,
) -> str:
    """Returns the SHA-256 of the canonical JSON of an entry's fields, hex."""
    fields = [segment, number, at.astimezone(UTC).isoformat(), actor, verb, reference, reason, difference]
    canonical = json.dumps([*fields, previous], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def keyed_digest(value: Any) -> str:
    """Returns a keyed digest of a personal value: equal values compare equal, nobody can guess them back."""
    text = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return "hmac:" + hmac.new(digest_key(), text.encode(), "sha256").hexdigest()[:32]


def record(
    *,
    actor: str,
    verb: str,
    reference: str,
    reason: str = "",
    difference: dict[str, Any] | None = None,
    personal: frozenset[str] = frozenset(),
) -> Entry:
    """Appends one entry to this writer's segment, inside the caller's transaction.

    `difference` maps fields to new values or [old, new]; those in `personal` are kept as keyed digests.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("An audit entry is written inside the transaction of the change it tells of.")
    kept = {
        name: ([keyed_digest(v) for v in value] if isinstance(value, list) else keyed_digest(value))
        if name in personal
        else value
        for name, value in (difference or {}).items()
    }
    # PostgreSQL's JSON takes no NUL character; what a person pasted must not keep the change from being logged.
    kept = json.loads(json.dumps(kept, default=str).replace("\\u0000", "\\ufffd"))
    segment_id = _own_segment()
    last = Entry.objects.filter(segment_id=segment_id).order_by("-number").values("number", "hash").first()
    number, previous = (last["number"] + 1, last["hash"]) if last else (1, GENESIS)
    at = datetime.now(UTC)
    fields: dict[str, Any] = {
        "number": number,
        "at": at,
        "actor": actor,
        "verb": verb,
        "reference": reference,
        "reason": reason,
        "difference": kept,
        "previous": previous,
    }
    return Entry.objects.create(segment_id=segment_id, hash=entry_hash(segment=str(segment_id), **fields), **fields)


def _own_segment() -> uuid.UUID:
    """Returns this thread's segment, opening it on first use (or again where the opening was rolled back)."""
    key = (os.getpid(), threading.get_ident(), str(settings.DATABASES["default"]["NAME"]))
    known = _segments.get(key)
    if known is not None and Segment.objects.filter(id=known).exists():
        return known
    writer = f"{socket.gethostname()}:{key[0]}:{key[1]}"
    _segments[key] = Segment.objects.create(writer=writer[:120], started_at=datetime.now(UTC)).id
    return _segments[key]

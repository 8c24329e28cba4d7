"""Joining the heads of all segments into signed checkpoints, and checking the whole log against them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from comity.core.audit.keys import signing_key
from comity.core.audit.log import GENESIS, entry_hash
from comity.core.audit.models import Checkpoint, Entry, Segment


@dataclass(frozen=True)
class Verdict:
    """What `comity audit verify` found. `covered_to`: up to when a truncation would have been noticed,
    which is the time of the newest checkpoint (of the one held elsewhere, where one was given)."""

    entries: int
    ok: bool
    first_bad: str | None
    covered_to: str | None

    def as_dict(self) -> dict[str, Any]:
        """The four fields as JSON-ready values."""
        return asdict(self)


def _canonical(body: dict[str, Any]) -> bytes:
    return json.dumps(body, sort_keys=True, separators=(",", ":")).encode()


def _heads() -> dict[str, list[Any]]:
    """Number and hash of the last entry of every segment, as {segment id: [number, hash]}."""
    last = Entry.objects.filter(segment=OuterRef("pk")).order_by("-number")
    rows = Segment.objects.annotate(
        number=Subquery(last.values("number")[:1]), head=Subquery(last.values("hash")[:1])
    ).filter(number__isnull=False)
    return {str(pk): [number, head] for pk, number, head in rows.order_by("pk").values_list("pk", "number", "head")}


def make_checkpoint(copy_to: Path | None = None) -> Checkpoint | None:
    """Signs the present heads and exports the checkpoint; returns None where nothing was written since.

    The file lies in the data folder's `checkpoints/`, and at `copy_to` where given: keep that copy elsewhere.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [0x636F6D69])
        last = Checkpoint.objects.order_by("-number").first()
        heads = _heads()
        if last is not None and last.body["heads"] == heads:
            if copy_to:
                _export(last, copy_to)
            return None
        public = signing_key().public_key().public_bytes_raw().hex()
        at = datetime.now(UTC)
        number = last.number + 1 if last else 1
        body = {
            "number": number,
            "at": at.isoformat(),
            "heads": heads,
            "previous": hashlib.sha256(_canonical(last.body)).hexdigest() if last else GENESIS,
            "public_key": public,
        }
        checkpoint = Checkpoint.objects.create(
            number=number, at=at, body=body, signature=signing_key().sign(_canonical(body)).hex()
        )
    folder = Path(settings.COMITY_DATA) / "checkpoints"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _export(checkpoint, folder / f"{checkpoint.number:08d}.json")
    if copy_to:
        _export(checkpoint, copy_to)
    return checkpoint


def _export(checkpoint: Checkpoint, path: Path) -> None:
    path.write_text(json.dumps({"body": checkpoint.body, "signature": checkpoint.signature}, indent=1) + "\n")


def verify(held_elsewhere: Path | None = None) -> Verdict:
    """Checks every chain, every checkpoint and, where given, a checkpoint file that was kept elsewhere.

    Raises ValueError where the given file is no checkpoint.
    """
    entries, hashes, bad = _walk_entries()
    bad = bad or _walk_checkpoints(hashes)
    covered = Checkpoint.objects.order_by("-number").values_list("at", flat=True).first()
    covered_to = covered.isoformat() if covered else None
    if held_elsewhere is not None:
        try:
            held = json.loads(held_elsewhere.read_text())
            body, signature = held["body"], held["signature"]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ValueError(f"{held_elsewhere}: this is no exported checkpoint ({error}).") from error
        covered_to = body["at"]
        own_key = signing_key().public_key().public_bytes_raw().hex()
        if not _signed(body, signature, own_key):
            bad = bad or "held checkpoint: not signed by this node's key"
        bad = bad or _missing_head(body, hashes, "held checkpoint")
        same = Checkpoint.objects.filter(number=body["number"]).first()
        if same is None or same.body != body:
            bad = bad or f"checkpoint {body['number']}: differs from the one held elsewhere"
    return Verdict(entries=entries, ok=bad is None, first_bad=bad, covered_to=covered_to)


def _walk_entries() -> tuple[int, dict[tuple[str, int], str], str | None]:
    """Returns how many entries there are, their hashes by place, and the first broken place."""
    count, bad = 0, None
    hashes: dict[tuple[str, int], str] = {}
    segment, expected, previous = "", 1, GENESIS
    for entry in Entry.objects.order_by("segment_id", "number").iterator(2000):
        count += 1
        place = f"segment {entry.segment_id} entry {entry.number}"
        if str(entry.segment_id) != segment:
            segment, expected, previous = str(entry.segment_id), 1, GENESIS
        true_hash = entry_hash(
            segment=segment,
            number=entry.number,
            at=entry.at,
            actor=entry.actor,
            verb=entry.verb,
            reference=entry.reference,
            reason=entry.reason,
            difference=entry.difference,
            previous=entry.previous,
        )
        if bad is None and entry.number != expected:
            bad = f"segment {segment}: entry {expected} is missing"
        if bad is None and (entry.previous != previous or entry.hash != true_hash):
            bad = f"{place}: was changed"
        hashes[segment, entry.number] = true_hash
        expected, previous = entry.number + 1, entry.hash
    return count, hashes, bad


def _walk_checkpoints(hashes: dict[tuple[str, int], str]) -> str | None:
    expected, previous = 1, GENESIS
    own_key = signing_key().public_key().public_bytes_raw().hex()
    for checkpoint in Checkpoint.objects.order_by("number"):
        name = f"checkpoint {checkpoint.number}"
        if checkpoint.number != expected:
            return f"checkpoint {expected}: is missing"
        if checkpoint.body.get("previous") != previous or not _signed(checkpoint.body, checkpoint.signature, own_key):
            return f"{name}: was changed"
        missing = _missing_head(checkpoint.body, hashes, name)
        if missing:
            return missing
        expected, previous = checkpoint.number + 1, hashlib.sha256(_canonical(checkpoint.body)).hexdigest()
    return None


def _missing_head(body: dict[str, Any], hashes: dict[tuple[str, int], str], name: str) -> str | None:
    for segment, (number, head) in body["heads"].items():
        found = hashes.get((segment, number))
        if found is None:
            return f"segment {segment}: cut before entry {number}, which {name} holds"
        if found != head:
            return f"segment {segment} entry {number}: differs from {name}"
    return None


def _signed(body: dict[str, Any], signature: str, public_key: str) -> bool:
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key))
        key.verify(bytes.fromhex(signature), _canonical(body))
    except (InvalidSignature, ValueError):
        return False
    return body.get("public_key") == public_key

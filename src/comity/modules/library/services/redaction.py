"""Taking words out of a record for good: asked for by one person, confirmed by another (architecture, section 3)."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Denied, Done, action
from comity.core.audit.log import keyed_digest
from comity.core.search import passages
from comity.core.vault import files
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Content, FileRef
from comity.modules.library.models import ProvisionSet, Record, Redaction, Suggestion, Version
from comity.modules.library.policies import can
from comity.modules.library.privacy.file_texts import Unread, text_of_file
from comity.modules.library.privacy.matching import Forms, is_initials
from comity.modules.library.selectors.records import content_of_version, version_of
from comity.modules.library.services.lifecycle import lock, reference
from comity.modules.library.services.versions import derive, digest_of, plain_provisions

TOMBSTONE = "REDACTED"


@action(v.REDACT, policy=can, on="record")
def request(actor: Actor, *, record: Record, words: str, reason: str) -> Done[Redaction]:
    """Asks that these words (a name) be taken out of every version. Raises Denied without a reason or for initials."""
    words = " ".join(words.split())[:200]
    if is_initials(words):
        raise Denied(_("Give the whole name: initials are not redacted."))
    if not reason.strip() or Forms([("", words)]).found_in(reason):
        raise Denied(_("Give a reason that does not repeat the words: the log keeps it for ever."))
    made = Redaction.objects.create(
        record=record, words=words, digest=keyed_digest(words), reason=reason[:500], requested_by=actor.reference
    )
    return Done(made, reference(record), difference={"redaction": made.pk, "words": made.digest}, reason=reason)


@action(v.CONFIRM_REDACTION, policy=can, on="redaction")
def confirm(actor: Actor, *, redaction: Redaction) -> Done[Redaction]:
    """Replaces the words by a tombstone in every version, its provisions, reasons and derived tables of the record.

    Files whose name or text holds them are removed. Never by who asked for it. The restricted names stay: they keep
    the name from coming back.
    """
    record = redaction.record
    lock(actor, v.REDACT, record)
    redaction.refresh_from_db(from_queryset=Redaction.objects.select_for_update())
    if redaction.confirmed_at is not None:
        raise Denied(_("This redaction is done already."))
    form = Forms([("", redaction.words)])
    removed = _files(record, form)
    changed = [_version(row, form, removed) for row in _versions(record)]
    record.gone_reason = _cleaned(record.gone_reason, form)
    record.body = _cleaned(record.body, form)
    shown = version_of(record)
    if shown is not None:
        derive(record, content_of_version(shown))
    for digest in removed:
        if not _used_elsewhere(record, digest):
            files.remove(digest)
    Suggestion.objects.filter(record=record, confirmed__isnull=True).delete()
    redaction.words, redaction.confirmed_by, redaction.confirmed_at = "", actor.reference, timezone.now()
    redaction.save()
    told = {"redaction": redaction.pk, "words": redaction.digest, "versions": sum(changed), "files": len(removed)}
    effects = (passages.changed("library", [str(record.pk)]),)
    return Done(redaction, reference(record), difference=told, reason=redaction.reason, effects=effects)


def _versions(record: Record) -> list[Version]:
    return list(Version.objects.filter(record=record).select_related("provisions"))


def _files(record: Record, form: Forms) -> set[str]:
    """Digests of the record's files, in any version, whose name or text holds the words."""
    refs = {ref["digest"]: FileRef(**ref) for row in _versions(record) for ref in row.content.get("files", [])}
    found = set()
    for digest, ref in refs.items():
        try:
            text = text_of_file(ref)
        except Unread:
            text = ""
        if form.found_in(ref.name) or form.found_in(text):
            found.add(digest)
    return found


def _used_elsewhere(record: Record, digest: str) -> bool:
    """True where a version of another record refers to the file: that one needs a redaction of its own."""
    rows = Version.objects.exclude(record=record).values_list("content__files", flat=True)
    return any(ref["digest"] == digest for refs in rows.exclude(content__files=None).iterator() for ref in refs)


def _version(row: Version, form: Forms, removed: set[str]) -> bool:
    """Writes a version without the words, in place; True where it held them."""
    content = {**row.content, "files": [f for f in row.content.get("files", []) if f["digest"] not in removed]}
    if not content["files"]:
        del content["files"]
    cleaned = _cleaned(content, form)
    if cleaned.get("identity") != content.get("identity"):
        # An identity stands once in the node.
        cleaned["identity"] = f"{TOMBSTONE}:{row.record_id}"
    old = row.provisions
    provisions = _cleaned(old.content, form)
    try:
        whole = Content.model_validate({**cleaned, "provisions": provisions})
    except ValueError:
        raise Denied(_("The words stand where a code belongs. Correct that first, then redact.")) from None
    kept = plain_provisions(whole)
    values: dict[str, Any] = {
        "content": cleaned,
        "reason": _cleaned(row.reason, form)[:500],
        "confirmed": [name for name in row.confirmed if not form.found_in(name)],
        "provisions": ProvisionSet.objects.get_or_create(digest=digest_of(kept), defaults={"content": kept})[0],
    }
    before = (row.content, row.reason, row.confirmed, old.pk)
    if before == (values["content"], values["reason"], values["confirmed"], values["provisions"].pk):
        return False
    Version.objects.filter(pk=row.pk).update(**values)
    if values["provisions"].pk != old.pk and not Version.objects.filter(provisions=old).exists():
        old.delete()
    return True


def _cleaned(value: Any, form: Forms) -> Any:
    """The value with a tombstone for the words, in all strings within it, however they are written there."""
    if isinstance(value, dict):
        return {name: _cleaned(inner, form) for name, inner in value.items()}
    if isinstance(value, list):
        return [_cleaned(inner, form) for inner in value]
    if not isinstance(value, str) or not form.found_in(value):
        return value
    left = form.replaced_in(value, TOMBSTONE)
    if form.found_in(left):
        # Written with percent signs or entities, such as in an address: the whole value goes.
        return f"https://{TOMBSTONE}" if value.startswith("http") else TOMBSTONE
    return left

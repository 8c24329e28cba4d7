"""Words are taken out everywhere, by two persons, and only there. All names invented."""

from __future__ import annotations

import pytest

from comity.core.actions.actor import PUBLIC
from comity.core.actions.decorator import Denied
from comity.core.audit.models import Entry
from comity.core.vault import files
from comity.modules.library.content import FileRef, Source
from comity.modules.library.models import (
    Alias,
    Provision,
    ProvisionSet,
    ProvisionText,
    Record,
    RecordText,
    Redaction,
    Tag,
    Version,
)  # fmt: skip
from comity.modules.library.privacy.matching import Forms
from comity.modules.library.search import LibrarySource
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle, redaction
from comity.modules.library.tests import making

pytestmark = pytest.mark.django_db


def everything() -> str:
    """All that the tables of the library hold, and the log."""
    tables = (Record, RecordText, Provision, ProvisionText, ProvisionSet, Tag, Alias, Version, Redaction, Entry)
    return str([list(model.objects.values()) for model in tables]).casefold()


def test_a_name_is_gone_from_every_version_table_file_and_the_search() -> None:
    making.world()
    named = files.store(b"This is about Zulema Brandovar.")
    other = files.store(b"This is about nobody.")
    content = making.case(
        summary="Zul\u00e9ma Brandovar and ZULEMA-BRANDOVAR were heard. So was BRANDOVAR, Zulema's friend.",
        sources=[Source(title="x", url="https://example.org/zul%65ma-brandovar"), Source(url="https://example.org/a")],
        provisions=[making.provision("p-1", "Then Zulema\nBrandovar said"), making.provision("p-2")],
        files=[FileRef(digest=named, name="a.txt"), FileRef(digest=other, name="b.txt")],
        identity="https://example.org/zulema-brandovar",
    )
    record = making.shown(content)
    base = records.version_of(record).pk  # type: ignore[union-attr]
    lifecycle.edit(making.FOCAL_A, record=record, content=content.model_copy(update={"year": 2020}), base=base)
    assert "brandovar" in everything()
    made = redaction.request(making.CURATOR, record=record, words="Zulema Brandovar", reason="A victim's name")
    with pytest.raises(Denied, match="second person"):
        redaction.confirm(making.CURATOR, redaction=made)
    redaction.confirm(making.PUBLISHER, redaction=made)
    assert "brandovar" not in everything()
    assert not files.is_kept(named) and files.is_kept(other)
    assert "brandovar" not in str(list(LibrarySource().passages([str(record.pk)]))).casefold()
    left = records.content_of(records.get(PUBLIC, record.number))
    assert left.text("summary").value == "REDACTED and REDACTED were heard. So was REDACTED's friend."  # type: ignore[union-attr]
    assert [s.url for s in left.sources] == ["https://REDACTED", "https://example.org/a"]
    assert [f.name for f in left.files] == ["b.txt"] and left.provisions[1] == content.provisions[1]
    assert records.content_of(record, pending=True).year == 2020
    with pytest.raises(Denied, match="done already"):
        redaction.confirm(making.PUBLISHER_2, redaction=made)


def test_who_may_ask_and_what_a_reason_must_not_hold() -> None:
    making.world()
    record = making.shown(making.case())
    for actor in (PUBLIC, making.FOCAL_A, making.ADMINISTRATOR):
        with pytest.raises(Denied):
            redaction.request(actor, record=record, words="Zulema Brandovar", reason="x")
    for words, reason in (("Z.B.", "x"), ("Zulema Brandovar", ""), ("Zulema Brandovar", "names Brandovar, Zulema")):
        with pytest.raises(Denied):
            redaction.request(making.CURATOR, record=record, words=words, reason=reason)


def test_provisions_that_two_records_share_stay_with_the_other() -> None:
    making.world()
    provisions = [making.provision("p-1", "Zulema Brandovar")]
    one, two = (making.shown(making.law(provisions=provisions, tags=[])) for _ in range(2))
    made = redaction.request(making.CURATOR, record=one, words="Zulema Brandovar", reason="A name")
    redaction.confirm(making.PUBLISHER, redaction=made)
    assert records.content_of(one).provisions[0].texts[0].text == "REDACTED"
    assert records.content_of(two).provisions == provisions


@pytest.mark.parametrize(
    ("text", "left"),
    [("A, Oto Zuv Oto b", "A, X b"), ("oto-zuv, oto-zuv", "X"), ("Ötö\u00ad Zu\u0301v.", "X."), ("Otozuv", "X")],
)
def test_where_a_name_was_the_rest_stands(text: str, left: str) -> None:
    assert Forms([("v", "Oto Zuv")]).replaced_in(text, "X") == left

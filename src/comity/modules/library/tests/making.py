"""Invented records and people for tests, each in one line. All names are made up."""

from __future__ import annotations

from typing import Any

from comity.core.actions.actor import PUBLIC, Actor, Grant, system
from comity.core.people.models import Participant
from comity.core.texts.load_reference import load_reference as load_vocabularies
from comity.core.texts.models import Vocabulary
from comity.modules.library.content import Case, Charge, Content, Law, Person, Provision, ProvisionText, Tag, Text
from comity.modules.library.models import Record
from comity.modules.library.services import lifecycle
from comity.modules.library.services.versions import open_record, write
from comity.modules.treaties.models import Instrument

SYSTEM = system("test")


def actor(number: int, role: str, iso3: str = "") -> Actor:
    """A person with a second factor and one mandate."""
    grant = Grant(role, participant=iso3) if iso3 else Grant(role, body="secretariat")
    return Actor("user", f"user:{number}", number, f"Person {number}", (grant,), True)


FOCAL_A = actor(1, "focal_point", "AAA")
OFFICER_A = actor(2, "authority_officer", "AAA")
FOCAL_B = actor(3, "focal_point", "BBB")
OBSERVER_A = actor(4, "observer", "AAA")
CURATOR = actor(5, "curator")
CURATOR_2 = actor(6, "curator")
PUBLISHER = actor(7, "publisher")
PUBLISHER_2 = actor(8, "publisher")
ADMINISTRATOR = actor(9, "administrator")
EVERYONE = (
    PUBLIC, FOCAL_A, OFFICER_A, FOCAL_B, OBSERVER_A, CURATOR, CURATOR_2, PUBLISHER, PUBLISHER_2, ADMINISTRATOR, SYSTEM,
)  # fmt: skip


def world() -> None:
    """Three invented States, two instruments (with codes of real ones) and the vocabularies."""
    for code, group in (("AAA", "african"), ("BBB", "grulac"), ("CCC", "weog")):
        Participant.objects.get_or_create(
            iso3=code,
            defaults={
                "kind": "un_member",
                "regional_group": group,
                "names": {"en": f"State {code}", "fr": f"État {code}"},
            },
        )
    for code in ("UNTOC", "UNCAC"):
        Instrument.objects.get_or_create(code=code)
    if not Vocabulary.objects.exists():
        load_vocabularies()


def provision(key: str, text: str = "Nobody shall.", parent: str = "", **more: Any) -> Provision:
    """A section in English and French."""
    kind = more.pop("kind", "section")
    number = key.rpartition("-")[2]
    return Provision(
        key=key, parent=parent, kind=kind, number=number,
        texts=[
            ProvisionText(lang="en", label=f"Section {number}", heading=f"Heading {number}", text=text),
            ProvisionText(lang="fr", label=f"Article {number}", text=f"FR {text}", status="official"),
        ],
        **more,
    )  # fmt: skip


def law(state: str = "AAA", title: str = "Offences Act", **changes: Any) -> Content:
    """A law of one part with two sections, one of them tagged."""
    values: dict[str, Any] = {
        "kind": "law", "state": state, "year": 2019, "law": Law(type="act", status="in_force"),
        "texts": [
            Text(field="title", lang="en", value=title),
            Text(field="title", lang="fr", value=f"FR {title}", status="official"),
        ],
        "provisions": [
            Provision(key="part-1", kind="part", number="1"),
            provision("s-1", parent="part-1"), provision("s-2", "Whoever joins a group.", parent="part-1"),
        ],
        "tags": [
            Tag(scheme="crime_type", value="corruption"),
            Tag(scheme="article", value="UNTOC:5", provision="s-2"),
        ],
    }  # fmt: skip
    return Content(**{**values, **changes})


def case(
    state: str = "AAA", title: str = "Case 12/2019", summary: str = "Two persons were tried.", **changes: Any
) -> Content:
    """A case with a defendant, a victim and one charge."""
    values: dict[str, Any] = {
        "kind": "case", "state": state, "year": 2019,
        "texts": [
            Text(field="title", lang="en", value=title),
            *([Text(field="summary", lang="en", value=summary)] if summary else []),
        ],
        "case": Case(
            court="High Court",
            persons=[
                Person(key="d1", role="defendant", designation="A.B."),
                Person(key="v1", role="victim", designation="V1"),
            ],
            charges=[Charge(key="c1", persons=["d1"], charge="Trafficking")],
        ),
    }  # fmt: skip
    return Content(**{**values, **changes})


def shown(content: Content | None = None, *, step: str = "published", author: str = "system:test") -> Record:
    """A record whose content is published (or gone)."""
    content = content or law()
    record = open_record(content, author=author)
    write(record, content, pending=False, step=step, step_by="system:test", edited_by=author)
    return record


def draft(content: Content | None = None, *, step: str = "draft", author: str = "user:1") -> Record:
    """A record under work that was never published."""
    content = content or law()
    record = open_record(content, author=author)
    write(record, content, pending=True, step=step, step_by=author, edited_by=author)
    return record


def approved(content: Content | None = None) -> Record:
    """A record that went from State A's draft to approved, by the book."""
    record = lifecycle.create(FOCAL_A, content=content or law())
    lifecycle.submit(FOCAL_A, record=record)
    lifecycle.start_review(CURATOR, record=record)
    lifecycle.approve(CURATOR, record=record)
    return record

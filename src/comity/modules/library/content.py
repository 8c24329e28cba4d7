"""The content of a record as one value: what importers make, forms change, versions keep and exports give.

The JSON of a `Content` is the library's exchange format (one line of JSON Lines each). Pydantic checks the shape
and names the place of what is wrong; rules that need the node's data stand in `checking.py`.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from comity.core.actions.labels import Label
from comity.core.texts.models import TextStatus
from comity.modules.library import vocabulary as v

#: A State's ISO3 code, or "" where a record belongs to an international or regional body.
Iso3 = Annotated[str, Field(pattern=r"^([A-Z]{3})?$")]
#: BCP 47 primary language: "en", "ar".
Lang = Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
#: Names a piece within its record, stable over versions and part of addresses: "s-3", "art-111-1", "part-2".
Key = Annotated[str, Field(pattern=r"^[\w.()-]{1,120}$")]


class _Value(BaseModel):
    model_config = ConfigDict(extra="forbid", use_enum_values=True, validate_default=True)


class Text(_Value):
    """One text of a record in one language. `version` and `of_version` as in `core.texts`."""

    field: v.TextField
    lang: Lang
    value: str = Field(min_length=1)
    status: TextStatus = TextStatus.ORIGINAL
    source: str = Field("", max_length=300)
    version: int = 1
    of_version: int = 1


class ProvisionText(_Value):
    """A provision's words in one language. Paragraphs of `text` are separated by one line break."""

    lang: Lang
    label: str = Field("", max_length=300, description="As printed: 'Section 3', 'المادة 3', '第三条'")
    heading: str = ""
    text: str = ""
    status: TextStatus = TextStatus.ORIGINAL


class Provision(_Value):
    """One node of the tree of a record's text, in reading order; `parent` is the key of the node above."""

    key: Key
    parent: str = ""
    kind: v.ProvisionKind
    number: str = Field("", max_length=120, description="Without the word: '3', '111-1', '2 bis'")
    texts: list[ProvisionText] = []


class Tag(_Value):
    """What a record, or one provision of it, is about."""

    scheme: v.TagScheme
    value: str = Field(min_length=1, max_length=120)
    provision: str = Field("", description="Key of the provision; empty: the whole record")


class Alias(_Value):
    """An older or foreign number: {"scheme": "sherloc", "value": "ARGx012"}. Several records may share one."""

    scheme: str = Field(max_length=40)
    value: str = Field(min_length=1, max_length=200)


class Source(_Value):
    """Where the record comes from. The address is text: nothing fetches it."""

    title: str = Field("", max_length=300)
    url: str = Field("", max_length=1000)
    checked_on: date | None = None


class FileRef(_Value):
    """A file kept in the vault by its SHA-256 digest."""

    digest: str = Field(pattern=r"^[0-9a-f]{64}$")
    name: str = Field(max_length=200)
    media_type: str = Field("application/octet-stream", max_length=100)
    lang: str = ""
    size: int = 0


class Law(_Value):
    """What only a law has. `amends` and `amended_by`: numbers or titles as the source gives them."""

    type: v.LawType = v.LawType.OTHER
    official_number: str = Field("", max_length=200)
    status: v.LawStatus = v.LawStatus.UNKNOWN
    adopted_on: date | None = None
    in_force_on: date | None = None
    repealed_on: date | None = None
    consolidated_as_of: date | None = None
    amends: list[str] = []
    issued_by: str = Field("", max_length=300)


class Person(_Value):
    """A party to a case as it may be shown: a designation (initials, "V1"), never a protected name."""

    key: Key
    role: v.PartyRole
    party_kind: v.PartyKind = v.PartyKind.NATURAL
    designation: str = Field("", max_length=200)
    count_min: int = Field(1, ge=1)
    count_max: int | None = None
    sex: v.Sex | None = None
    age: int | None = Field(None, ge=0, le=130)
    age_basis: v.AgeBasis | None = None
    is_minor: v.YesNo = v.YesNo.UNKNOWN
    born: int | None = None
    nationality: Iso3 = ""
    reasoning: str = ""


class Charge(_Value):
    """A charge or claim against one or several persons; `provision` is "NUMBER/KEY" of a law in the library."""

    key: Key
    persons: list[str] = []
    charge: str = Field(max_length=1000)
    legislation: str = Field("", max_length=1000)
    provision: str = Field("", max_length=200)
    details: str = ""
    verdict: v.Verdict | None = None


class Sentence(_Value):
    """What a person was sentenced to, for one charge or ("") for all. Months for terms, ISO 4217 for money."""

    key: Key
    person: str
    charge: str = ""
    kind: v.SentenceKind
    months: int | None = Field(None, ge=0)
    life: bool = False
    amount: str = Field("", pattern=r"^(\d+(\.\d+)?)?$")
    currency: str = Field("", pattern=r"^([A-Z]{3})?$")
    text: str = ""
    on_appeal: str = ""


class Proceeding(_Value):
    """One stage of a case."""

    key: Key
    level: v.CourtLevel | None = None
    reference: str = Field("", max_length=200)
    decided_on: date | None = None
    court: str = Field("", max_length=300)
    city: str = Field("", max_length=120)
    description: str = ""


class Case(_Value):
    """What only a case has: persons, charges, proceedings and sentences, kept apart and joined by keys."""

    decided_on: date | None = None
    court: str = Field("", max_length=300)
    docket: str = Field("", max_length=200)
    citation: str = Field("", max_length=200)
    legal_system: v.LegalSystem | None = None
    latest_ruling: v.CourtLevel | None = None
    type_of_proceeding: v.ProceedingType | None = None
    accused_tried: v.Tried | None = None
    persons: list[Person] = []
    charges: list[Charge] = []
    proceedings: list[Proceeding] = []
    sentences: list[Sentence] = []


class Edition(_Value):
    """One edition of a publication in one language."""

    lang: Lang
    year: int | None = None
    symbol: str = Field("", max_length=120)
    isbn: str = Field("", max_length=30)
    url: str = Field("", max_length=1000)


class Publication(_Value):
    """What only a publication has. `cites`: numbers of records in the library."""

    kind: v.PublicationKind
    authors: list[str] = []
    publisher: str = Field("", max_length=300)
    journal: str = Field("", max_length=300)
    published_on: date | None = None
    years: str = Field("", max_length=40, description="Period a strategy covers: '2019-2024'")
    editions: list[Edition] = []
    cites: list[str] = []
    replaces: str = ""


class Guide(_Value):
    """An entry of a legislative guide: one article or paragraph. `samples`: "NUMBER/KEY" of provisions."""

    instrument: str = Field(max_length=40)
    article: str = Field(max_length=40)
    obligation: v.Obligation
    samples: list[str] = []


class Content(_Value):
    """A record, whole. Just the one of law, case, publication and guide that `kind` names is given."""

    kind: v.Kind
    state: Iso3 = ""
    body: str = Field("", max_length=200, description="The international or regional body, where no State")
    year: int | None = Field(None, ge=1000, le=2999, description="Of adoption, decision or publication")
    #: What the source calls this record; the same identity again is the same record.
    identity: str = Field("", max_length=300)
    listing: bool = Field(False, description="Only facts of a listing elsewhere, no summary of our own")
    fictitious: bool = False
    audience: Label = Label.PUBLIC
    visible_from: AwareDatetime | None = Field(None, description="Once published, nobody sees it before this moment")
    aliases: list[Alias] = []
    texts: list[Text] = []
    provisions: list[Provision] = []
    tags: list[Tag] = []
    sources: list[Source] = []
    files: list[FileRef] = []
    law: Law | None = None
    case: Case | None = None
    publication: Publication | None = None
    guide: Guide | None = None

    def text(self, field: str, lang: str = "") -> Text | None:
        """The text of a field in `lang`, else the original, else the first; None where there is none."""
        rows = [t for t in self.texts if t.field == field]
        order = [t for t in rows if t.lang == lang] or [t for t in rows if t.status == TextStatus.ORIGINAL] or rows
        return order[0] if order else None

    def languages(self) -> list[str]:
        """The languages that any text or provision is in, sorted."""
        return sorted({t.lang for t in self.texts} | {t.lang for p in self.provisions for t in p.texts})


def to_plain(content: Content) -> dict[str, Any]:
    """The content as JSON-ready values, without what is empty."""
    return content.model_dump(mode="json", exclude_defaults=True)


def from_plain(values: dict[str, Any]) -> Content:
    """The content of JSON values. Raises ValueError naming the place ("case.charges.3.persons: …")."""
    from pydantic import ValidationError

    try:
        return Content.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise ValueError(f"{place}: {first['msg']}") from None

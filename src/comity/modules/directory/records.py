"""One authority as a plain record: what files hold, what forms give, what a version is written from.

The record is the common shape of CSV, JSON, API, forms and the database, so that import, export and import
again are equal. Nothing here touches the database.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from datetime import date, time
from typing import Any

FORMAT = "comity-directory"
VERSION = 1


@dataclass
class TextRecord:
    """One text in one language, with its status and who may see it."""

    kind: str
    lang: str
    value: str
    status: str = "official"
    label: str = "public"
    version: int = 1
    of_version: int = 1


@dataclass
class ContactRecord:
    """One way to reach the authority."""

    kind: str
    value: str
    lang: str = "en"
    label: str = "public"
    urgent: bool = False
    note: str = ""


@dataclass
class HoursRecord:
    """One interval of one weekday, 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass
class MeansRecord:
    means: str
    encryption: bool = False
    signature: bool = False


@dataclass
class ProvisionRecord:
    instrument: str
    article: str = ""


@dataclass
class AuthorityRecord:
    """The whole content of one version of an authority."""

    code: str
    participant: str
    state: str = "published"
    audience: str = "public"
    functions: list[str] = field(default_factory=list)
    provisions: list[ProvisionRecord] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    means: list[MeansRecord] = field(default_factory=list)
    round_the_clock: bool = False
    zone: str = ""
    hours: list[HoursRecord] = field(default_factory=list)
    double_criminality: str = ""
    legal_basis: str = ""
    notification_reference: str = ""
    notification_date: date | None = None
    last_confirmed_on: date | None = None
    superseded_by: str = ""
    fictitious: bool = False
    texts: list[TextRecord] = field(default_factory=list)
    contacts: list[ContactRecord] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Texts have one order, names first: the order in a file or a form means nothing."""
        self.texts = sorted(self.texts, key=lambda t: (t.kind != "name", t.kind, t.lang))

    def name(self, lang: str = "en") -> str:
        """The name in `lang`, else the original, else any; "" where there is none."""
        names = [t for t in self.texts if t.kind == "name"]
        names.sort(key=lambda t: (t.lang != lang, t.status != "original"))
        return names[0].value if names else ""

    def original_name(self) -> str:
        """The name that sorting goes by."""
        names = [t for t in self.texts if t.kind == "name"]
        names.sort(key=lambda t: (t.status != "original", t.lang != "en"))
        return names[0].value if names else ""


#: Scalar fields that a version keeps in its own row.
SCALARS = (
    "code",
    "state",
    "audience",
    "round_the_clock",
    "zone",
    "double_criminality",
    "legal_basis",
    "notification_reference",
    "notification_date",
    "last_confirmed_on",
    "superseded_by",
    "fictitious",
)
FIELD_NAMES = tuple(f.name for f in fields(AuthorityRecord))
_LISTS: dict[str, type] = {
    "provisions": ProvisionRecord,
    "means": MeansRecord,
    "hours": HoursRecord,
    "texts": TextRecord,
    "contacts": ContactRecord,
}


def to_plain(record: AuthorityRecord) -> dict[str, Any]:
    """Returns the record as JSON can hold it; days and times as ISO text."""

    def plain(value: Any) -> Any:
        match value:
            case time():
                return value.strftime("%H:%M")
            case date():
                return value.isoformat()
            case dict():
                return {key: plain(item) for key, item in value.items()}
            case list():
                return [plain(item) for item in value]
            case _:
                return value

    return {key: plain(value) for key, value in asdict(record).items()}


def from_plain(row: dict[str, Any]) -> AuthorityRecord:
    """Builds a record from `to_plain`'s shape. Raises ValueError naming the field that cannot be read;
    `checking.problems` says whether its values mean something."""
    unknown = sorted(set(row) - set(FIELD_NAMES))
    if unknown:
        raise ValueError(f"unknown field “{unknown[0]}”; the fields are {', '.join(FIELD_NAMES)}")
    values: dict[str, Any] = {}
    for spec in fields(AuthorityRecord):
        if spec.name in row:
            values[spec.name] = _value(spec.name, row[spec.name])
    for name in ("code", "participant"):
        if not values.get(name):
            raise ValueError(f"“{name}” is missing")
    return AuthorityRecord(**values)


def _value(name: str, given: Any) -> Any:
    if name in _LISTS:
        if not isinstance(given, list) or not all(isinstance(item, dict) for item in given):
            raise ValueError(f"“{name}” must be a list of objects")
        return [_child(name, _LISTS[name], item) for item in given]
    if name in {"functions", "languages", "channels"}:
        if not isinstance(given, list) or not all(isinstance(item, str) for item in given):
            raise ValueError(f"“{name}” must be a list of words")
        return list(given)
    if name in {"round_the_clock", "fictitious"}:
        return _boolean(name, given)
    if name.endswith(("_date", "_on")):
        return read_day(name, given)
    if not isinstance(given, str):
        raise ValueError(f"“{name}” must be text")
    return given


def _child(name: str, kind: type, item: dict[str, Any]) -> Any:
    known = {f.name: f for f in fields(kind)}
    values: dict[str, Any] = {}
    for key, given in item.items():
        if key not in known:
            raise ValueError(f"unknown field “{key}” in “{name}”")
        where = f"{name}.{key}"
        if key in {"opens", "closes"}:
            values[key] = _clock(where, given)
        elif key in {"urgent", "encryption", "signature"}:
            values[key] = _boolean(where, given)
        elif key in {"weekday", "version", "of_version"}:
            if not isinstance(given, int) or isinstance(given, bool) or not 0 <= given <= 100_000:
                raise ValueError(f"“{where}” must be a whole number")
            values[key] = given
        elif not isinstance(given, str):
            raise ValueError(f"“{where}” must be text")
        else:
            values[key] = given
    try:
        return kind(**values)
    except TypeError:
        raise ValueError(f"an entry of “{name}” lacks a field; it needs {', '.join(known)}") from None


def _boolean(name: str, given: Any) -> bool:
    if isinstance(given, bool):
        return given
    raise ValueError(f"“{name}” must be true or false")


def _clock(name: str, given: Any) -> time:
    try:
        return time.fromisoformat(str(given))
    except ValueError:
        raise ValueError(f"“{name}” is not a time such as 08:00: {str(given)[:40]}") from None


def read_day(name: str, given: Any) -> date | None:
    """Reads an ISO day; None for nothing. Raises ValueError for anything else."""
    if given in (None, ""):
        return None
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        raise ValueError(f"“{name}” is not a day such as 2026-11-23: {str(given)[:40]}") from None

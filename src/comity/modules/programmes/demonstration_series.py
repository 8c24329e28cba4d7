"""The many alike among the fictitious records: small tables in, one line for each record out.

Every number follows from its place in the series: loading again, or on another node, gives the same records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

#: A record as the tables write it: what kind it is, its code, the step it is in, and its fields by name.
Line = dict[str, Any]
Series = Mapping[str, Any]
_BASES = ("named_list", "head_count", "named_list", "estimate")
#: Every so many events nobody wrote down who was a woman and who a man.
_UNRECORDED = 5
#: Every so many events some took part from afar.
_HYBRID = 7
#: One certificate is missing for so many people of a named list.
_FAILED = 6


def events(series: Series, places: list[str]) -> Iterator[Line]:
    """Yields the events of a series with their attendance, `every` days apart and in turn over its regions."""
    titles, count = list(series["titles"].items()), series["count"]
    for n in range(count):
        lang, title = titles[n % len(titles)]
        region = series["regions"][n % len(series["regions"])]
        states = _turned(region["states"], n // len(series["regions"]))
        starts = _day(series, n)
        step = series.get("step", "verified")
        line = {
            "record": "event", "code": f"DEMO-EV-{series['code']}-{n + 1:02d}", "step": step,
            "title": {lang: title.format(n=n + 1)}, "starts": starts, "languages": [lang], "type": series["type"],
            "ends": starts + timedelta(days=series["lasts"] - 1), "participant": states[0], "region": region["name"],
            "place": f"{places[n % len(places)]} (invented)",
            "mode": series.get("mode", "hybrid" if n % _HYBRID == _HYBRID - 1 else "in_person"),
            "subjects": [series["subjects"][n % len(series["subjects"])]], "partners": series.get("partners", []),
            "overlap_group": series.get("overlap_group", ""), "reason": series.get("reason", ""),
            "children": list(_attendance(series, states, n)), **_of(series),
        }  # fmt: skip
        if n == count - 1 and "last" in series:
            line |= series["last"]
        if line["step"] not in {"attendance_entered", "verified"}:
            line["children"] = []
        yield line


def _attendance(series: Series, states: list[str], n: int) -> Iterator[Line]:
    """Yields who came: so many States, each audience, women and men apart where that was written down."""
    basis = _BASES[n % len(_BASES)]
    sexes = ["not_recorded"] if n % _UNRECORDED == _UNRECORDED - 1 else ["female", "male"]
    for s, state in enumerate(states[: series["states"]]):
        for a, audience in enumerate(series["audiences"]):
            for x, sex in enumerate(sexes):
                more_men = x * (n % 3)
                count = series["least"] + (3 * n + 5 * s + 2 * a + x) % series["spread"] + more_men
                count *= 1 if len(sexes) > 1 else 2
                passed = count - count // _FAILED if basis == "named_list" else 0
                yield {"participant": state, "audience": audience, "sex": sex, "count": count, "basis": basis,
                       "certificates": passed}  # fmt: skip


def assistance(series: Series, number: int, subregions: Mapping[str, str]) -> Iterator[Line]:
    """Yields help to each State of a series, and to its jurisdictions, which are no States.

    `subregions` gives the subregion (M49) of each State; a jurisdiction names its own.
    """
    step, places = series.get("step", "completed"), [(state, "", subregions[state]) for state in series["states"]]
    places += [("", name, subregion) for name, subregion in series.get("jurisdictions", [])]
    for n, (state, jurisdiction, subregion) in enumerate(places):
        starts = _day(series, n, every=4)
        ends = None if step == "ongoing" else starts + timedelta(days=60)
        yield {
            "record": "assistance", "code": f"DEMO-ASST-{number:02d}-{n + 1:03d}", "step": step, "starts": starts,
            "ends": ends, "title": f"Invented assistance: {series['theme']}, {state or jurisdiction}",
            "participant": state or None, "jurisdiction": jurisdiction, "subregion": subregion,
            "mode": series["mode"], "theme": series["theme"], "instrument": series.get("instrument", ""),
            **_of(series),
        }  # fmt: skip


def legislation(series: Series) -> Iterator[Line]:
    """Yields the legislative cases of a series: so many of each type, in turn over its States and its steps."""
    types = [kind for kind, count in series["cases"] for _n in range(count)]
    for n, kind in enumerate(types):
        state, step = series["states"][n % len(series["states"])], series["steps"][n % len(series["steps"])]
        title, starts = series["titles"][n % len(series["titles"])], _day(series, n)
        line = {
            "record": "legislation", "code": f"DEMO-LEG-{series['code']}-{n + 1:02d}", "step": step, "type": kind,
            "title": f"{title}, {state}", "starts": starts, "participant": state, "drafts": 1 + n % 3,
            "instrument": series["instrument"], "articles": [series["articles"][n % len(series["articles"])]],
            "reason": series.get("reason", ""), **_of(series),
        }  # fmt: skip
        if step in {"adopted", "in_force"}:
            line["adopted_on"] = series.get("adopted", starts + timedelta(days=45))
            line["adopted_title"] = f"Invented Act No. {n + 1} of {line['adopted_on']!s:.4}"
            line["evidence"] = f"Invented gazette, page {100 + n}"
        yield line


def claims(kind: str, series: Series) -> Iterator[Line]:
    """Yields counts that somebody vouches for: reach or outcomes, one a State (or `repeat` of one State)."""
    prefix = {"reach": "RCH", "outcome": "OUT"}[kind]
    for n, state in enumerate(series["states"] * series.get("repeat", 1)):
        starts = _day(series, n)
        line = {
            "record": kind, "code": f"DEMO-{prefix}-{series['code']}-{n + 1:02d}", "starts": starts,
            "step": series.get("step", "approved"), "participant": state, "evidence": f"Invented report {n + 1}",
            "count": series["least"] + (series["factor"] * n) % series["spread"], **_of(series),
        }  # fmt: skip
        if kind == "reach":
            line["title"] = f"Invented count of {series['audience'].replace('_', ' ')}, {state}, {series['mode']}"
            line |= {name: series[name] for name in ("audience", "mode", "method")}
            line["overlap_group"] = series.get("overlap_group", "")
        else:
            line |= {"type": series["type"], "title": series["title"].format(n=n + 1)}
        yield line


def rates(table: Series) -> Iterator[Line]:
    """Yields the fictitious exchange rates: a quarter and a currency each."""
    for currency, values in table["currencies"].items():
        for quarter, rate in zip(table["quarters"], values, strict=True):
            yield {
                "record": "rate", "code": f"DEMO-RATE-{currency}-{quarter:.7}", "title": f"{currency} {quarter:.7}",
                "starts": quarter, "currency": currency, "rate": rate, "source": table["source"],
            }  # fmt: skip


#: What of a pledge has arrived by step: parts of the amount, so many days after it was signed.
_ARRIVED: dict[str, tuple[tuple[str, int], ...]] = {
    "part_received": (("0.5", 30),),
    "received": (("0.6", 20), ("0.4", 110)),
}


def pledges(series: Series) -> Iterator[Line]:
    """Yields the pledges of a donor, `every` days apart, each followed by the instalments that arrived."""
    for n, amount in enumerate(series["amounts"]):
        code, starts = f"DEMO-PLE-{series['code']}-{n + 1}", _day(series, n)
        step = series["steps"][min(n, len(series["steps"]) - 1)]
        agreement = series.get("agreement")
        yield {
            "record": "pledge", "code": code, "step": step, "title": f"Invented pledge {series['code']}-{n + 1}",
            "starts": starts, "donor": f"DEMO-DON-{series['donor']}", "amount": amount, "currency": series["currency"],
            "agreement": f"DEMO-AGR-{agreement}" if agreement else "", "purpose": series.get("purpose", "special"),
            "earmarking": series.get("earmarking", 4), "reason": series.get("reason", ""), **_of(series),
        }  # fmt: skip
        for part, (share, after) in enumerate(_ARRIVED.get(step, ()), start=1):
            yield {
                "record": "instalment", "code": code.replace("PLE", "INS") + f"-{part}", "pledge": code,
                "title": f"Invented instalment {part} of {series['code']}-{n + 1}",
                "starts": starts + timedelta(days=after), "amount": Decimal(amount) * Decimal(share),
                "currency": series["currency"], "programme": _of(series)["programme"],
            }  # fmt: skip


def financial_lines(table: Series) -> Iterator[Line]:
    """Yields budgets, delivery and income of two bienniums; the tables are in thousands of US dollars."""
    (first, first_end), (second, second_end) = table["periods"]
    for programme, (planned, delivered, planned_next, foreseen) in table["delivery"].items():
        common = {"record": "money", "programme": f"DEMO-{programme}", "purpose": "special"}
        for flow, nature, start, end, thousands in (
            ("budget", "plan", first, first_end, planned),
            ("delivery", "actual", first, first_end, delivered),
            ("budget", "plan", second, second_end, planned_next),
            ("delivery", "forecast", second, second_end, foreseen),
        ):
            yield {
                **common, "code": f"DEMO-FIN-{programme}-{start:.4}-{flow}", "flow": flow, "nature": nature,
                "title": f"Invented {flow} {start:.4}-{end:.4}, {programme.title()}", "starts": start, "ends": end,
                "usd": thousands * 1000, "forecast_on": table["forecast_on"] if nature == "forecast" else None,
            }  # fmt: skip
    for start, end, nature, classes in table["income"]:
        for purpose, thousands in classes.items():
            yield {
                "record": "money", "code": f"DEMO-FIN-INCOME-{start:.4}-{purpose}".replace("_", "-"), "flow": "income",
                "title": f"Invented income {start:.4}-{end:.4}, {purpose.replace('_', ' ')}", "starts": start,
                "ends": end, "nature": nature, "purpose": purpose, "usd": thousands * 1000,
                "forecast_on": table["forecast_on"] if nature == "forecast" else None,
            }  # fmt: skip


def _of(series: Series) -> Line:
    """The programme and the project of a series by their codes, "" where it has none."""
    programme, project = series.get("programme", ""), series.get("project", "")
    found = {"programme": f"DEMO-{programme}" if programme else ""}
    return found | ({"project": f"DEMO-PRJ-{project}"} if project else {})


def _day(series: Series, n: int, every: int = 1) -> date:
    return date.fromisoformat(series["first"]) + timedelta(days=n * series.get("every", every))


def _turned(states: list[str], by: int) -> list[str]:
    """The list turned so that each event begins with another State."""
    start = by % len(states)
    return states[start:] + states[:start]

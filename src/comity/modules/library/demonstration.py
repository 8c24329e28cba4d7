"""Fictitious laws, cases, publications and guide entries for the demonstration node. None of them exists: titles say
so, sentences are our own. A State's draft in each step waits for the people of the demonstration.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from comity.core.actions.actor import Actor, system
from comity.core.people.selectors import actor_of_command
from comity.modules.library.content import Content, from_plain
from comity.modules.library.models import Record
from comity.modules.library.services import lifecycle, names
from comity.modules.library.services.importing import write_stated
from comity.modules.library.vocabulary import SentenceKind

_DATA = Path(__file__).parent / "reference" / "demonstration.json"
_SOURCE = [{"title": "Comity, invented for the demonstration"}]
_BODY = "Example secretariat (fictitious)"
_VERDICTS = ("guilty", "guilty", "guilty", "not_guilty", "guilty", "dismissed")


@dataclass(frozen=True)
class _People:
    """Who acts in the demonstration; the system stands in for those who are not there."""

    contributor: Actor
    curator: Actor


def load() -> None:
    """Loads the fictitious records once; a node that has some already is left alone."""
    if Record.objects.filter(fictitious=True).exists():
        return
    data = json.loads(_DATA.read_text(encoding="utf-8"))
    numbers: dict[str, str] = {}
    for line in data["laws"]:
        record = _publish(_law(line))
        numbers.setdefault(line["state"], record.number)
    for line in data["cases"]:
        _publish(_case(line))
    for line in data["publications"]:
        _publish(_publication(line))
    for line in data["guides"]:
        _publish(_guide(line, numbers))
    _drafts(_People(_person("focal.ghana@example.org"), _person("curator@example.org")), data)


def _person(email: str) -> Actor:
    try:
        return actor_of_command(email)
    except ValueError:
        return system("demonstration")


def _publish(content: Content) -> Record:
    return write_stated(system("demonstration"), record=None, base=None, content=content, waiting=False)


def _common(line: dict[str, Any], kind: str, **texts: str) -> dict[str, Any]:
    """What records of all kinds have; `texts` by field, all in the record's language."""
    lang = line.get("lang", "en")
    tags = [{"scheme": "crime_type", "value": code} for code in line.get("crimes", ())]
    tags += [{"scheme": "article", "value": value} for value in line.get("articles", ())]
    return {
        "kind": kind, "state": line.get("state", ""), "body": "" if line.get("state") else _BODY,
        "year": line.get("year"), "identity": f"demonstration:{kind}:{line['title']}"[:300], "fictitious": True,
        "sources": _SOURCE, "tags": tags,
        "texts": [{"field": name, "lang": lang, "value": text} for name, text in texts.items() if text],
    }  # fmt: skip


def _law(line: dict[str, Any]) -> Content:
    plain = _common(line, "law", title=line["title"])
    facts = {
        "type": line["type"], "official_number": line["number"], "status": line.get("status", "in_force"),
        "adopted_on": line["adopted"], "in_force_on": line["adopted"], "repealed_on": line.get("repealed"),
        "issued_by": "Example parliament (fictitious)",
    }  # fmt: skip
    parents, provisions = {}, []
    groups = {group[2][0]: group for group in line.get("groups", ())}
    for number, group in enumerate(line.get("groups", ()), start=1):
        parents.update(dict.fromkeys(group[2], f"part-{number}"))
    for one in line["provisions"]:
        if group := groups.get(one["number"]):
            text = {"lang": line["lang"], "label": group[0], "heading": group[1]}
            provisions.append({"key": parents[one["number"]], "kind": "part", "texts": [text]})
        key, word = f"art-{one['number']}", line["word"]
        label = f"第{one['number']}{word}" if line["lang"] == "zh" else f"{word} {one['number']}"
        text = {"lang": line["lang"], "label": label, "heading": one["heading"], "text": one["text"]}
        kind = "section" if word == "Section" else "article"
        parent = parents.get(one["number"], "")
        provisions.append({"key": key, "parent": parent, "kind": kind, "number": one["number"], "texts": [text]})
        plain["tags"] += [{"scheme": "article", "value": value, "provision": key} for value in one["articles"]]
    return from_plain({**plain, "law": facts, "provisions": provisions})


def _case(line: dict[str, Any]) -> Content:
    plain = _common(
        {**line, "year": int(line["decided"][:4])}, "case", title=line["title"], summary=line["summary"],
        findings=line.get("findings", ""),
    )  # fmt: skip
    facts = {
        "decided_on": line["decided"], "court": line["court"], "docket": line["docket"], "latest_ruling": line["level"],
        "type_of_proceeding": "criminal", "accused_tried": "together",
        "persons": [_defendant(line, n) for n in range(1, line["defendants"] + 1)]
        + [_victim(n) for n in range(1, line["victims"] + 1)],
        "charges": [_charge(line, n) for n in range(1, line["charges"] + 1)],
        "proceedings": [{"key": "p1", "level": line["level"], "reference": line["docket"],
                         "decided_on": line["decided"], "court": line["court"]}],
        "sentences": [_sentence(line, n) for n in range(1, line["charges"] + 1) if _verdict(n) == "guilty"],
    }  # fmt: skip
    return from_plain({**plain, "case": facts})


def _defendant(line: dict[str, Any], n: int) -> dict[str, Any]:
    if line.get("legal"):
        company = {"party_kind": "legal_person", "designation": f"Example company {n}"}
        return {"key": f"d{n}", "role": "defendant", **company}
    person = {"key": f"d{n}", "role": "defendant", "designation": f"D{n}", "sex": "female" if n % 3 == 0 else "male"}
    return {**person, "age": 22 + n % 30, "age_basis": "at_trial", "is_minor": "no", "nationality": line["state"]}


def _victim(n: int) -> dict[str, Any]:
    child = {"age": 9 + n, "age_basis": "at_offence", "is_minor": "yes" if n < 9 else "no"}
    return {"key": f"v{n}", "role": "victim", "designation": f"V{n}", "sex": "male" if n % 2 else "female", **child}


def _charge(line: dict[str, Any], n: int) -> dict[str, Any]:
    persons = [f"d{(n - 1) % line['defendants'] + 1}"]
    words = line["title"] if line["lang"] == "en" else line["docket"]
    return {"key": f"c{n}", "persons": persons, "charge": f"{words}, {n}", "verdict": _verdict(n)}


def _verdict(n: int) -> str:
    return _VERDICTS[n % len(_VERDICTS)]


def _sentence(line: dict[str, Any], n: int) -> dict[str, Any]:
    person = f"d{(n - 1) % line['defendants'] + 1}"
    if line.get("legal"):
        fine = {"amount": "250000", "currency": "EUR"}
        return {"key": f"s{n}", "person": person, "charge": f"c{n}", "kind": SentenceKind.FINE, **fine}
    return {"key": f"s{n}", "person": person, "charge": f"c{n}", "kind": SentenceKind.IMPRISONMENT, "months": 24 + n}


def _publication(line: dict[str, Any]) -> Content:
    facts = {
        "kind": line["kind"], "authors": line.get("authors", []), "publisher": _BODY, "years": line.get("years", ""),
        "journal": line.get("journal", ""), "editions": [{"lang": line["lang"], "year": line["year"]}],
    }  # fmt: skip
    plain = _common(line, "publication", title=line["title"], abstract=line["abstract"])
    return from_plain({**plain, "publication": facts})


def _guide(line: dict[str, Any], numbers: dict[str, str]) -> Content:
    article = f"{line['instrument']}:{line['article']}"
    plain = _common({**line, "articles": [article]}, "guide", title=line["title"], explanation=line["explanation"])
    facts = {
        "instrument": line["instrument"], "article": line["article"], "obligation": line["obligation"],
        "samples": [f"{numbers[line['sample']]}/art-1"],
    }  # fmt: skip
    return from_plain({**plain, "guide": facts})


def _drafts(people: _People, data: dict[str, Any]) -> None:
    """Ghana's records under work: a law in draft and one in review, a case that names a victim, one sent back."""
    draft = data["drafts"]
    lifecycle.create(people.contributor, content=_law(draft["law"]))
    submitted = lifecycle.create(people.contributor, content=_law(draft["submitted_law"]))
    lifecycle.submit(people.contributor, record=submitted)
    returned = lifecycle.create(people.contributor, content=_case(draft["returned_case"]))
    lifecycle.submit(people.contributor, record=returned)
    lifecycle.request_changes(people.curator, record=returned, reason=draft["returned_case"]["reason"])
    case = lifecycle.create(people.contributor, content=_case(draft["named_case"]))
    names.set_names(people.contributor, record=case, person_key="v1", forms=draft["named_case"]["names"])
    lifecycle.submit(people.contributor, record=case)
    lifecycle.start_review(people.curator, record=case)
    lifecycle.approve(people.curator, record=case)

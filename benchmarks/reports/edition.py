"""The edition: 116 paragraphs that print 142 figures in six languages. Texts are generated; nothing is anybody's."""

from __future__ import annotations

from typing import Any

from benchmarks.reports.records import PROGRAMMES
from comity.core.actions.actor import system
from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.reports import content, definition
from comity.modules.reports.models import Edition
from comity.modules.reports.services import editions, registry

PARAGRAPHS, FIGURES = 116, 142
_STEP = {"field": "step", "in": ["attendance_entered", "verified"]}
_WORDS = {
    "en": "The office supported the Member States concerned in this field, with {}, and continued its cooperation.",
    "fr": "L’Office a appuyé les États Membres concernés dans ce domaine, avec {}, et a poursuivi sa coopération.",
    "es": "La Oficina prestó apoyo a los Estados Miembros en esta esfera, con {}, y prosiguió su cooperación.",
    "ru": "Управление оказывало поддержку государствам-членам в этой области, в том числе {}, и продолжало работу.",
    "ar": "قدم المكتب الدعم إلى الدول الأعضاء المعنية في هذا المجال، بما في ذلك {}، وواصل تعاونه معها.",
    "zh": "办事处支持有关会员国在该领域开展工作，包括{}，并继续开展合作。",
}


def figures() -> list[dict[str, Any]]:
    """Returns 142 definitions: sums and distinct values of attendance, counts of records, money, shares."""
    made: list[dict[str, Any]] = []
    for number in range(PROGRAMMES):
        where = {"all": [{"field": "programme", "is": f"P{number}"}, _STEP]}
        attended = {"counts": "programmes.attendance", "where": where}
        made.append({"slug": f"trained.{number}", "measure": "sum", "of": "count", **attended})
        made.append({"slug": f"countries.{number}", "measure": "distinct", "of": "participant", **attended})
        made.append({"slug": f"events.{number}", "measure": "count", "counts": "programmes.event", "where": where})
    whole = {"counts": "programmes.attendance", "where": _STEP}
    made += [
        {"slug": "trained.all", "measure": "sum", "of": "count", **whole},
        {"slug": "trained.before", "measure": "sum", "of": "count", "period": "previous", **whole},
        {"slug": "trained.women", "measure": "sum", "of": "count", "counts": "programmes.attendance",
         "where": {"all": [_STEP, {"field": "sex", "is": "female"}]}},
        {"slug": "countries.all", "measure": "distinct", "of": "participant", **whole},
        {"slug": "growth", "kind": "change", "measure": "change", "parts": ["trained.all", "trained.before"],
         "rounding": "0.1"},
        {"slug": "share.women", "kind": "percent", "measure": "ratio", "parts": ["trained.women", "trained.all"],
         "rounding": "0.1"},
        {"slug": "pledged", "kind": "money", "currency": "USD", "measure": "sum", "of": "usd", "rounding": "1000",
         "counts": "programmes.pledge"},
        {"slug": "helped", "measure": "distinct", "of": "participant", "counts": "programmes.assistance"},
        {"slug": "subregions", "measure": "distinct", "of": "subregion", "counts": "programmes.assistance"},
        {"slug": "tools", "measure": "count", "counts": "programmes.product"},
        {"slug": "untoc.parties", "measure": "distinct", "of": "participant", "counts": "treaties.party",
         "period": "none", "period_rule": "at", "where": {"field": "instrument", "is": "UNTOC"}},
    ]  # fmt: skip
    made += [
        {"slug": f"audience.{audience}", "measure": "sum", "of": "count", "counts": "programmes.attendance",
         "where": {"all": [_STEP, {"field": "audience", "is": audience}]}}
        for audience in ("prosecutors", "judges", "investigators", "prison_staff", "border_customs", "fiu",
                         "teachers", "officials", "central_authority", "legislators", "youth")
    ]  # fmt: skip
    assert len(made) == FIGURES, len(made)
    return [{"meaning": {"en": line["slug"]}, "unit": {"en": "units"}, **line} for line in made]


def load() -> Edition:
    """Defines the figures and opens the edition."""
    actor = system("benchmark")
    found = [definition.read(line) for line in figures()]
    for one in sorted(found, key=lambda one: one.is_composed):
        registry.define(actor, definition=one)
    slugs = [f"{{fig:{one.slug}}}" for one in found]
    paragraphs = [
        {
            "key": f"p-{number}", "mandates": ["74/177"],
            "texts": {lang: _text(lang, slugs[number::PARAGRAPHS]) for lang in UN_LANGUAGES},
        }
        for number in range(PARAGRAPHS)
    ]  # fmt: skip
    sections = [
        {"level": 1, "title": {"en": f"Field {part + 1}"}, "paragraphs": paragraphs[part * 20 : part * 20 + 20]}
        for part in range(6)
    ]
    data = {
        "code": "BENCH-2019", "title": {"en": "Generated report"}, "period": "2019-01-01/2019-12-31",
        "as_of": "2020-12-31", "fictitious": True, "symbols": ["A/75/1"], "sections": sections,
    }  # fmt: skip
    return editions.create(actor, content=content.read(data))


def _text(lang: str, tokens: list[str]) -> str:
    """Three sentences, the first with the figures: about as long as a paragraph of a report."""
    plain = _WORDS[lang].format("2019")
    return " ".join([_WORDS[lang].format(" / ".join(tokens)), plain, plain])

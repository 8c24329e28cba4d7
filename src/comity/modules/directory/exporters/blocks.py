"""Turns what pages show into the blocks of a PDF: one authority, one question, the whole directory."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from comity.core.texts.languages import direction
from comity.core.texts.selectors import Shown
from comity.modules.directory.selectors.asking import Answer
from comity.modules.directory.selectors.pages import Card
from comity.modules.directory.vocabulary import Standing
from comity.ui.dates import spoken, spoken_moment


def _shown(text: Shown | None) -> Any:
    return {"text": text.value, "lang": text.lang} if text else _gap()


def _gap() -> str:
    return _("not in our sources")


def _document(
    lang: str, at: datetime, title: str, subtitle: str, fictitious: bool, blocks: list[Any]
) -> dict[str, Any]:
    return {
        "lang": lang,
        "dir": direction(lang),
        "title": title,
        "subtitle": subtitle,
        "notice": _("Demonstration: these authorities are fictitious. Do not use them.") if fictitious else "",
        "foot": _("Comity, %(moment)s. What our sources lack is shown as a gap.") % {"moment": spoken_moment(at, lang)},
        "blocks": blocks,
    }


def answer_document(answer: Answer, *, lang: str, at: datetime) -> dict[str, Any]:
    """The sheet of “Find whom to ask”."""
    blocks: list[Any] = [{"kind": "heading", "text": _("In force between you")}]
    rows = [[_bond_name(b), _since(b, lang)] for b in answer.bonds]
    blocks.append({"kind": "facts", "rows": rows} if rows else {"kind": "note", "text": _("None in our sources.")})
    blocks.append({"kind": "heading", "text": _("Whom to ask")})
    if answer.is_gap:
        blocks.append({"kind": "warning", "text": gap_text(answer)})
    for choice in answer.choices:
        blocks += authority_blocks(choice.card, lang)
        for d in choice.differences:
            blocks.append(
                {
                    "kind": "warning",
                    "text": _("Differs from the notification under %(code)s article %(article)s:")
                    % {"code": d.instrument, "article": d.article},
                }
            )
            blocks.append({"kind": "text", "text": {"text": d.notified, "lang": d.lang}})
    subtitle = _("%(asking)s asks %(asked)s: %(need)s, on %(day)s") % {
        "asking": answer.asking_name,
        "asked": answer.asked_name,
        "need": answer.need_label,
        "day": spoken(answer.on, lang),
    }
    fictitious = any(c.card.row.fictitious for c in answer.choices)
    return _document(lang, at, _("Whom to ask"), subtitle, fictitious, blocks)


def gap_text(answer: Answer) -> str:
    """What to do where no authority is known."""
    return _(
        "The directory has no authority of %(state)s for this kind of help. That is a gap in the directory: it "
        "does not mean that none exists. Ask through the diplomatic channel; in urgent cases INTERPOL's national "
        "central bureaus may be a way where both States agree."
    ) % {"state": answer.asked_name}


def _bond_name(bond: Any) -> Any:
    return {"text": bond.title.value, "lang": bond.title.lang}


def _since(bond: Any, lang: str) -> str:
    since = _("since %(day)s") % {"day": spoken(bond.since, lang)} if bond.since else _gap()
    if bond.source_ends:
        since += f" · {_('Source ends')}: {spoken(bond.source_ends, lang)}"
    if not bond.articles:
        return since
    return since + " · " + _("articles: %(numbers)s") % {"numbers": ", ".join(n for n, _title in bond.articles)}


def authority_blocks(card: Card, lang: str) -> list[Any]:
    """One authority as a heading, warnings and a table of facts."""
    blocks: list[Any] = [{"kind": "entry", "text": _shown(card.name)}]
    if card.standing == Standing.STALE:
        blocks.append({"kind": "warning", "text": _stale(card, lang)})
    rows: list[list[Any]] = [
        [_("State"), card.state_name],
        [_("Serves"), card.functions_text or _gap()],
    ]
    named = [f"{name} {', '.join(articles)}".strip() for _code, name, articles in card.provisions]
    rows.append([_("Designated under"), "; ".join(named) or _gap()])
    rows.append([_("Languages accepted"), card.languages_text or _gap()])
    rows.append([_("Channel"), card.channels_text or _gap()])
    rows.append([_("Means"), "; ".join(_means(*m) for m in card.means) or _gap()])
    rows += [[c.get_kind_display(), {"text": _contact(c), "lang": c.lang}] for c in card.contacts]
    rows += [
        [
            _("%(kind)s (for officials)") % {"kind": c.get_kind_display()},
            {"text": _contact(c), "lang": c.lang},
        ]
        for c in card.for_officials
    ]
    hours = "\n".join(f"{day} {', '.join(f'{a}–{b}' for a, b in spans)}" for day, spans in card.hours)
    zone = f"{card.row.zone} (UTC{card.offset})" if card.row.zone else ""
    rows.append([_("Office hours"), "\n".join(filter(None, (hours, zone))) or _gap()])
    if card.row.round_the_clock:
        rows.append([_("Day and night"), _("yes, 24 hours, 7 days")])
    rows.append([_("Double criminality"), card.double_criminality or _gap()])
    rows.append([_("Legal basis"), card.legal_basis or _gap()])
    rows += [[label, _shown(text)] for _kind, label, text in (*card.texts, *card.officials_texts)]
    if card.row.notification_reference:
        day = f", {spoken(card.row.notification_date, lang)}" if card.row.notification_date else ""
        rows.append([_("Notification"), f"{card.row.notification_reference}{day}"])
    confirmed = card.row.last_confirmed_on
    rows.append([_("Last confirmed"), spoken(confirmed, lang) if confirmed else _gap()])
    return [*blocks, {"kind": "facts", "rows": rows}]


def _stale(card: Card, lang: str) -> str:
    day = card.row.last_confirmed_on
    if day is None:
        return _("Nobody has confirmed this entry. Check before you rely on it.")
    return _("Last confirmed on %(day)s: this entry may be out of date. Check before you rely on it.") % {
        "day": spoken(day, lang)
    }


def _means(name: str, encryption: bool, signature: bool) -> str:
    demands = [_("encryption required")] * encryption + [_("electronic signature required")] * signature
    return f"{name} ({', '.join(demands)})" if demands else name


def _contact(contact: Any) -> str:
    urgent = f" ({_('urgent cases')})" if contact.urgent else ""
    return f"{contact.value}{urgent}" + (f"\n{contact.note}" if contact.note else "")


def booklet(cards: Sequence[Card], *, lang: str, at: datetime) -> dict[str, Any]:
    """The directory as a document: State by State."""
    blocks: list[Any] = []
    state = None
    for card in cards:
        if card.row.participant_id != state:
            state = card.row.participant_id
            blocks.append({"kind": "heading", "text": card.state_name})
        blocks += authority_blocks(card, lang)
    if not blocks:
        blocks.append({"kind": "note", "text": _("The directory has no authorities.")})
    return _document(
        lang, at, _("Directory of competent authorities"), "", any(c.row.fictitious for c in cards), blocks
    )


__all__ = ["answer_document", "authority_blocks", "booklet", "gap_text"]

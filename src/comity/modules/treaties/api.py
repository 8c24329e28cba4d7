"""Treaties as JSON: the same rows as the pages."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from comity.core.texts.languages import UN_LANGUAGES
from comity.modules.treaties import tables
from comity.modules.treaties.asking import Moment, moment_of
from comity.modules.treaties.selectors import states
from comity.modules.treaties.selectors.changes import changes
from comity.modules.treaties.selectors.statements import statements
from comity.modules.treaties.selectors.status import instrument_or_404, status
from comity.modules.treaties.selectors.titles import article_tree
from comity.ui.exports import plain

router = Router()


class Asked(Schema):
    """The day asked about (default: today), the moment of knowledge, and the language of names."""

    on: str = ""
    known_at: str = ""
    lang: str = "en"


class Table(Schema):
    """A table: what stands above it, and its rows."""

    head: dict[str, Any]
    rows: list[dict[str, Any]]


def _asked(request: HttpRequest, asked: Asked) -> tuple[Moment, str]:
    return moment_of(request.GET), asked.lang if asked.lang in UN_LANGUAGES else "en"


def _table(rows: tables.Rows, columns: tuple[str, ...], head: dict[str, Any]) -> dict[str, Any]:
    return {"head": plain(head), "rows": [{c: plain(row.get(c)) for c in columns} for row in rows]}


@router.get("/", response=Table, summary="All instruments")
def list_instruments(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """All instruments with parties and signatories on a day."""
    moment, lang = _asked(request, asked)
    return _table(tables.instruments(moment.on, moment.known_at, lang), tables.INSTRUMENTS, {"on": moment.on})


@router.get("/states", response=Table, summary="All States")
def list_states(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """Every participant with the number of instruments it is party to on a day."""
    moment, lang = _asked(request, asked)
    return _table(tables.all_states(moment.on, lang), tables.STATES, {"on": moment.on})


@router.get("/states/{iso3}", response=Table, summary="One State")
def one_state(request: HttpRequest, iso3: str, asked: Query[Asked]) -> dict[str, Any]:
    """What binds one State on a day."""
    moment, lang = _asked(request, asked)
    code = states.participant_or_404(iso3).iso3
    rows = [row for row in tables.state(code, moment.on, moment.known_at, lang) if row["known"]]
    return _table(rows, tables.STATE, {"state": code, "on": moment.on, "known_at": moment.known_at})


@router.get("/between/{first}/{second}", response=Table, summary="Two States")
def two_states(request: HttpRequest, first: str, second: str, asked: Query[Asked]) -> dict[str, Any]:
    """What both States have joined, and since when it is in force between them."""
    moment, lang = _asked(request, asked)
    pair = states.between(first, second, moment.on, moment.known_at)
    if pair.first == pair.second:
        raise BadRequest(_("Choose two different States."))
    head = {"first": pair.first, "second": pair.second, "on": pair.on, "known_at": moment.known_at}
    return _table(tables.between(pair, lang), tables.BETWEEN, head)


@router.get("/changes", response=Table, summary="What changed")
def list_changes(request: HttpRequest, asked: Query[Asked], instrument: str = "", state: str = "") -> dict[str, Any]:
    """The newest hundred recorded changes; the same as the Atom feed."""
    _moment, lang = _asked(request, asked)
    code = instrument_or_404(instrument).code if instrument else None
    iso3 = states.participant_or_404(state).iso3 if state else None
    rows = tables.changes(changes(code=code, iso3=iso3, limit=100), lang)
    return _table(rows, tables.CHANGES, {"instrument": code, "state": iso3})


@router.get("/{code}", response=Table, summary="One instrument")
def one_instrument(request: HttpRequest, code: str, asked: Query[Asked]) -> dict[str, Any]:
    """Participants of one instrument on a day, with the totals and where the source ends."""
    moment, lang = _asked(request, asked)
    current = status(code, moment.on, moment.known_at)
    return _table(tables.participants(current, lang), tables.PARTICIPANTS, tables.head(current))


@router.get("/{code}/articles", response=Table, summary="Articles")
def list_articles(request: HttpRequest, code: str, asked: Query[Asked]) -> dict[str, Any]:
    """The article tree of one instrument."""
    _moment, lang = _asked(request, asked)
    found = instrument_or_404(code)
    rows = [
        {
            "number": line.number,
            "kind": line.kind,
            "title": str(line.title) if line.title else None,
            "title_lang": line.title.lang if line.title else None,
            "title_status": line.title.status if line.title else None,
            "notification": line.notification,
            "source": line.source,
        }
        for line in article_tree(found.code, lang)
    ]
    columns = ("number", "kind", "title", "title_lang", "title_status", "notification", "source")
    return _table(rows, columns, {"instrument": found.code})


@router.get("/{code}/statements", response=Table, summary="Reservations and declarations")
def list_statements(request: HttpRequest, code: str, asked: Query[Asked]) -> dict[str, Any]:
    """Reservations, declarations, objections and notifications that stand on a day."""
    moment, lang = _asked(request, asked)
    current = status(code, moment.on, moment.known_at)
    said = statements(code=current.code, known_at=moment.known_at)
    rows = [row for row in tables.statements(said, moment.on, lang) if row["stands"]]
    return _table(rows, tables.STATEMENTS, tables.head(current))


@router.get("/{code}/non-parties", response=Table, summary="Not party")
def list_non_parties(request: HttpRequest, code: str, asked: Query[Asked]) -> dict[str, Any]:
    """Members of the United Nations that are not party on a day."""
    moment, lang = _asked(request, asked)
    current = status(code, moment.on, moment.known_at)
    return _table(tables.non_parties(current, lang), tables.NON_PARTIES, tables.head(current))

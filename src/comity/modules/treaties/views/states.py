"""Pages of States: all, one with what binds it, and two with what is in force between them."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.module import Section, manifests
from comity.core.people.vocabulary import GroupCode, ParticipantKind
from comity.modules.treaties import tables
from comity.modules.treaties.asking import moment_of
from comity.modules.treaties.selectors import states
from comity.modules.treaties.selectors.statements import applications, statements
from comity.modules.treaties.selectors.titles import former_names, named, participant_names
from comity.modules.treaties.views.addresses import moved
from comity.modules.treaties.vocabulary import ActionKind, InstrumentGroup, StatementKind
from comity.ui.exports import table_file
from comity.ui.requests import ActorRequest
from comity.ui.sorting import sort_rows


def _lang() -> str:
    return get_language() or "en"


def state_list(request: ActorRequest) -> HttpResponse:
    """Every participant, by regional group; a search box by name or code."""
    moment = moment_of(request.GET)
    rows = tables.all_states(moment.on, _lang())
    words, group = request.GET.get("q", "").strip(), request.GET.get("group", "")
    if words:
        rows = [row for row in rows if words.casefold() in f"{row['name']} {row['iso3']}".casefold()]
    if group:
        rows = [row for row in rows if (row["regional_group"] or GroupCode.NONE) == group]
    file = table_file(request, "states", rows, tables.STATES, {"on": moment.on})
    return file or render(
        request,
        "treaties/states.html",
        {
            "rows": sort_rows(request, rows, tables.STATES),
            "words": words,
            "group": group,
            "groups": GroupCode.choices,
            "group_labels": dict(GroupCode.choices),
            "kind_labels": dict(ParticipantKind.choices),
            "on": moment.on,
        },
    )


def state(request: ActorRequest, iso3: str) -> HttpResponse:
    """One State with all that binds it on a day, and what other modules know of it."""
    participant = states.participant_or_404(iso3)
    if participant.iso3 != iso3:
        return moved(request, "treaties:state", participant.iso3)
    moment = moment_of(request.GET)
    rows = tables.state(participant.iso3, moment.on, moment.known_at, _lang())
    known = [row for row in rows if row["known"]]
    head = {"state": participant.iso3, "on": moment.on, "known_at": moment.known_at}
    file = table_file(request, f"{participant.iso3}-{moment.on}", known, tables.STATE, head)
    if file:
        return file
    said = statements(iso3=participant.iso3, known_at=moment.known_at)
    return render(
        request,
        "treaties/state.html",
        {
            "participant": participant,
            "name": participant.name(_lang()),
            "moment": moment,
            "on": moment.on,
            "known_at": moment.known_at,
            "groups": _by_group(known),
            "former_names": former_names(participant.iso3),
            "unknown": [row for row in rows if not row["known"]],
            "statements": tables.statements(said, moment.on, _lang()),
            "kind_labels": dict(StatementKind.choices),
            "applications": list(applications(iso3=participant.iso3, known_at=moment.known_at)),
            "action_labels": dict(ActionKind.choices),
            "parties": sum(row["party"] for row in known),
            "group_label": dict(GroupCode.choices).get(participant.regional_group, ""),
            "kind_label": dict(ParticipantKind.choices).get(participant.kind, ""),
            "sections": _sections(
                section for m in manifests() for section in m.state_sections(request.actor, participant.iso3, moment.on)
            ),
        },
    )


def _by_group(rows: tables.Rows) -> list[dict[str, object]]:
    return [
        {"label": label, "rows": found}
        for code, label in InstrumentGroup.choices
        if (found := [row for row in rows if row["group"] == code])
    ]


def _sections(found: Iterable[Section]) -> list[Section]:
    return sorted(found, key=lambda section: section.order)


def between(request: ActorRequest) -> HttpResponse:
    """The form "A and B"; a complete one leads to the page of the pair."""
    first, second = request.GET.get("a", ""), request.GET.get("b", "")
    moment = moment_of(request.GET)
    problem = ""
    if first and second:
        if first == second:
            problem = _("Choose two different States.")
        else:
            one, two = states.participant_or_404(first), states.participant_or_404(second)
            on = f"?on={moment.on.isoformat()}"
            return redirect(reverse("treaties:between_two", args=[one.iso3, two.iso3]) + on)
    elif first or second:
        problem = _("Choose both States.")
    return render(
        request,
        "treaties/between.html",
        {
            "names": _choices(),
            "a": first,
            "b": second,
            "on": moment.on,
            "problem": problem,
        },
    )


def between_two(request: ActorRequest, first: str, second: str) -> HttpResponse:
    """What is in force between two States on a day, with what each stated towards the other."""
    moment = moment_of(request.GET)
    pair = states.between(first, second, moment.on, moment.known_at)
    if pair.first == pair.second:
        raise BadRequest(_("Choose two different States."))
    if (pair.first, pair.second) != (first, second):
        return moved(request, "treaties:between_two", pair.first, pair.second)
    rows = tables.between(pair, _lang())
    head = {"first": pair.first, "second": pair.second, "on": pair.on, "known_at": moment.known_at}
    file = table_file(request, f"{pair.first}-{pair.second}-{pair.on}", rows, tables.BETWEEN, head)
    if file:
        return file
    names, labels = participant_names(_lang()), named(_lang())
    entries = [
        {
            "row": row,
            "entry": entry,
            "first": tables.statements(entry.said_by_first, pair.on, _lang()),
            "second": tables.statements(entry.said_by_second, pair.on, _lang()),
            "objections": tables.statements(entry.objections, pair.on, _lang()),
        }
        for row, entry in zip(rows, (*pair.in_force, *pair.not_yet), strict=True)
    ]
    return render(
        request,
        "treaties/between_two.html",
        {
            "pair": pair,
            "moment": moment,
            "on": pair.on,
            "known_at": moment.known_at,
            "names": _choices(),
            "first": names[pair.first],
            "second": names[pair.second],
            "in_force": entries[: len(pair.in_force)],
            "not_yet": entries[len(pair.in_force) :],
            "only_first": [labels[code] for code in pair.only_first],
            "only_second": [labels[code] for code in pair.only_second],
            "kind_labels": dict(StatementKind.choices),
            "sections": _sections(
                section
                for m in manifests()
                for section in m.pair_sections(request.actor, pair.first, pair.second, pair.on)
            ),
        },
    )


def _choices() -> list[tuple[str, str]]:
    return sorted(participant_names(_lang()).items(), key=lambda item: item[1])

"""Nobody recovers a small cell from everything that is public about an edition's figures, taken together."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comity.core.actions.actor import PUBLIC
from comity.core.people.models import Participant
from comity.modules.programmes.tests.makers import CURATOR, SECOND, made, people, training
from comity.modules.reports.disclosure import audit
from comity.modules.reports.models import Edition, Snapshot
from comity.modules.reports.releasing import THRESHOLD
from comity.modules.reports.selectors.rows import behind, shown
from comity.modules.reports.services import freezing
from comity.modules.reports.tests.reporting import VERIFIED, edition, figure

STATES, SEXES, PROGRAMMES = ("AAA", "BBB"), ("female", "male"), ("P1", "P2")
Cells = dict[tuple[str, str, str], int]
_counts = st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 9, 40]), min_size=8, max_size=8)


class Recovering(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(counts=_counts)
    def test_no_small_cell_is_recovered_from_all_public_outputs_together(self, counts: list[int]) -> None:
        cells: Cells = dict(zip(product(PROGRAMMES, STATES, SEXES), counts, strict=True))
        found = self._edition(cells)
        public = list(self._public_sums(found))
        small = [frozenset({_name(cell)}) for cell, size in cells.items() if 0 < size < THRESHOLD]
        assert audit(public, [_name(cell) for cell in cells], small) == []

    def _edition(self, cells: Cells) -> Edition:
        """Two protected figures that overlap: everybody trained, and those of the first programme."""
        for iso3 in STATES:
            Participant.objects.get_or_create(iso3=iso3, defaults={"kind": "un_member", "names": {"en": iso3}})
        for programme in PROGRAMMES:
            made("programme", programme, level="global", starts=date(2018, 1, 1))
            rows = [people(s, n, sex=x) for (p, s, x), n in cells.items() if p == programme and n]
            if rows:
                training(f"EV-{programme}", rows, programme=programme)
        table: dict[str, Any] = {"disclosure": "protected", "breakdown": ["participant", "sex"]}
        figure("all", where=VERIFIED, **table)
        figure("first", where={"all": [VERIFIED, {"field": "programme", "is": "P1"}]}, **table)
        made_edition = edition("{fig:all} of them {fig:first}")
        freezing.freeze(CURATOR, edition=made_edition)
        freezing.approve(SECOND, edition=made_edition)
        Edition.objects.filter(pk=made_edition.pk).update(state="issued", label="public")
        made_edition.refresh_from_db()
        return made_edition

    def _public_sums(self, found: Edition) -> Any:
        """Everything that is public: released tables with their totals, and what commands and the API tell."""
        known = shown(PUBLIC, found)
        for slug, number in known.by_slug.items():
            told = behind(PUBLIC, found, slug)
            assert told is not None
            assert told["records"] == []
            yield _cells(_programmes(slug), "", ""), int(number.value)
        for snapshot in Snapshot.objects.filter(edition=found):
            released, programmes = snapshot.released, _programmes(snapshot.slug)
            for row in released["rows"]:
                if row["value"] is not None:
                    yield _cells(programmes, *row["keys"]), row["value"]


def _programmes(slug: str) -> tuple[str, ...]:
    return PROGRAMMES if slug == "all" else PROGRAMMES[:1]


def _cells(programmes: tuple[str, ...], state: str, sex: str) -> frozenset[str]:
    wanted = product(programmes, [state] if state else STATES, [sex] if sex else SEXES)
    return frozenset(_name(cell) for cell in wanted)


def _name(cell: tuple[str, str, str]) -> str:
    return "/".join(cell)

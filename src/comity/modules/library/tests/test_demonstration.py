"""The fictitious records: marked as such, sound, in every language and step, and stopped at the victim's name."""

from __future__ import annotations

import pytest

from comity.core.people.load_reference import load_reference as load_people
from comity.modules.library import privacy
from comity.modules.library.checking import problems, unready
from comity.modules.library.demonstration import load
from comity.modules.library.models import Record
from comity.modules.library.selectors.records import content_of
from comity.modules.library.tests import making
from comity.modules.library.vocabulary import PublicationKind
from comity.modules.treaties.load_reference import load_reference as load_treaties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_people()
    load_treaties()
    making.world()
    load()


def test_every_record_is_sound_and_says_that_it_is_fictitious() -> None:
    for record in Record.objects.all():
        content = content_of(record)
        assert record.fictitious and content.fictitious
        assert problems(content) == [], record
        assert unready(content) == [] or record.step != "published"


def test_there_is_something_of_everything() -> None:
    shown = Record.objects.filter(step="published")
    assert shown.filter(kind="law").count() == 12
    assert set(shown.filter(kind="publication").values_list("subtype", flat=True)) == set(PublicationKind.values)
    assert shown.filter(kind="guide").count() == 4
    languages = {lang for record in shown for lang in content_of(record).languages()}
    assert languages == {"ar", "en", "es", "fr", "ru", "zh"}
    sizes = [(len(c.case.persons), len(c.case.charges)) for r in shown.filter(kind="case") if (c := content_of(r)).case]
    assert (40, 82) in sizes
    steps = {"draft", "submitted", "changes_requested", "approved"}
    assert set(Record.objects.exclude(working_step="").values_list("working_step", flat=True)) == steps


def test_the_victims_name_stops_the_approved_case() -> None:
    record = Record.objects.get(working_step="approved")
    found = privacy.check(record, content_of(record))
    assert [blocked.person for blocked in found.blocked] == ["v1"]


def test_loading_again_changes_nothing() -> None:
    before = Record.objects.count()
    load()
    assert Record.objects.count() == before

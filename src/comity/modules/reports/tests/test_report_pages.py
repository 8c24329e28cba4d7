"""What readers see of editions and figures, and what the secretariat does on the pages."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from comity.core.actions.actor import PUBLIC, Grant
from comity.core.people.load_reference import load_reference
from comity.modules.programmes.tests.makers import made, person, training
from comity.modules.reports.models import (
    Edition,
    Override,
    ParagraphText,
    Snapshot,
    SnapshotRecords,
)
from comity.modules.reports.services import freezing
from comity.modules.reports.tests.browsing import (
    EDITION,
    FIGURE,
    HOME,
    TEXT,
    WORK,
    As,
    form_of,
    hidden_training,
    issued,
)
from comity.modules.reports.tests.reporting import CURATOR, SECOND, edition, figure, lantern, people

pytestmark = pytest.mark.django_db
OFFICIAL = person(7, Grant("focal_point", "KEN"))


@pytest.fixture(autouse=True)
def _world() -> None:
    load_reference()
    lantern()
    figure("p1.trained", meaning={"en": "People trained by the lantern programme", "ar": "متدربون"})


def test_every_number_of_the_text_opens_its_page_with_the_records_behind_it() -> None:
    issued()
    page = As(PUBLIC).page(EDITION)
    (link,) = page.xpath("//div[@id='p1']//a[contains(@class,'figure-link')]")
    assert (link.text, link.get("href")) == ("60", FIGURE)
    text = As(PUBLIC).text(FIGURE)
    assert "People trained by the lantern programme" in text
    assert "Programme is P1" in text
    rows = As(PUBLIC).page(FIGURE).xpath("//section[h2[@id='records']]//tbody/tr")
    assert [row.xpath("string(.//a/@href)") for row in rows] == [
        f"/en/programmes/records/event/EV-{n}/" for n in range(3)
    ]
    assert [row.xpath("normalize-space(td[last()])") for row in rows] == ["20", "20", "20"]


def records_of(page: Any) -> list[str]:
    """Titles of the records that a figure's page lists."""
    return [text.strip() for text in page.xpath("//section[h2[@id='records']]//tbody/tr/th//a/span/text()")]


def test_an_edition_before_its_issue_and_an_unapproved_number_are_the_secretariats() -> None:
    found = edition(TEXT)
    freezing.freeze(CURATOR, edition=found)
    for url in (EDITION, FIGURE, WORK, f"{EDITION}files/en.json", f"{FIGURE}files/figure.json"):
        assert As(PUBLIC).get(url).status_code == 404, url
    assert "60" in As(CURATOR).text(FIGURE)
    Edition.objects.update(state="issued", label="public")
    assert As(PUBLIC).get(FIGURE).status_code == 404
    assert "[?]" in As(PUBLIC).text(EDITION)
    assert As(PUBLIC).get(WORK).status_code == 404 and As(OFFICIAL).get(WORK).status_code == 404


def test_records_are_shown_to_whom_they_are_open_and_only_the_secretariat_is_told_how_many_are_hidden() -> None:
    hidden_training("EV-HIDDEN", [people("KEN", 7)])
    issued()
    shown, hidden = As(PUBLIC).page(FIGURE), As(OFFICIAL).text(FIGURE)
    assert records_of(shown) == ["EV-0", "EV-1", "EV-2"]
    assert " 4 " not in As(PUBLIC).text(FIGURE).split("The records behind it")[1].split("History")[0]
    assert "3 of 4 records; 1 you may not see" in hidden
    assert "4 records, and you may see all of them" in As(CURATOR).text(FIGURE)
    assert "EV-HIDDEN" not in As(PUBLIC).get(f"{FIGURE}files/records.csv").content.decode()
    assert "EV-HIDDEN" not in As(PUBLIC).get(f"{FIGURE}files/prov.json").content.decode()


def test_a_page_of_records_goes_on_over_what_the_reader_may_not_see() -> None:
    for number in range(130):
        (training if number % 2 else hidden_training)(f"TR-{number:03}", [people("KEN", 1)])
    issued()
    reader, url, seen = As(PUBLIC), FIGURE, list[str]()
    while url:
        page = reader.page(url)
        assert len(records_of(page)) <= 50
        seen += records_of(page)
        ahead = page.xpath("//nav[@class='pager']//a[@rel='next']/@href")
        url = FIGURE + ahead[0] if ahead else ""
    assert seen == ["EV-0", "EV-1", "EV-2", *(f"TR-{n:03}" for n in range(1, 130, 2))]
    last = reader.page(FIGURE + reader.page(FIGURE).xpath("//a[@rel='next']/@href")[0])
    back = reader.page(FIGURE + last.xpath("//a[@rel='prev']/@href")[0])
    assert records_of(back) == seen[:50]
    assert reader.get(FIGURE, after="no-marker").status_code == 400


def test_a_protected_figure_tells_no_share_and_no_small_cell() -> None:
    training("EV-SMALL", [people("GHA", 2, "judges"), people("GHA", 31, "prosecutors")])
    figure("p1.trained", disclosure="protected", breakdown=["audience"])
    found = issued()
    row = Snapshot.objects.get(edition=found)
    cells = {line["keys"][0]: line["value"] for line in row.released["rows"]}
    assert cells["judges"] is None
    for name in ("figure.json", "history.csv", "records.csv", "prov.json"):
        assert As(PUBLIC).get(f"{FIGURE}files/{name}").status_code == 200
    told = list(csv.DictReader(io.StringIO(As(PUBLIC).get(f"{FIGURE}files/records.csv").content.decode("utf-8-sig"))))
    assert [line["gives"] for line in told] == ["", "", "", ""]
    page = As(PUBLIC).page(FIGURE)
    assert page.xpath("//section[h2[@id='records']]//th[@class='num']") == []
    assert "suppressed" in As(PUBLIC).text(FIGURE)
    assert "secretariat" not in As(PUBLIC).text(FIGURE).split("The records behind it")[1]


def test_a_small_protected_number_is_not_told_to_the_public_and_a_figure_of_the_secretariat_has_no_page() -> None:
    made("programme", "P2", level="global")
    training("EV-P2", [people("KEN", 3)], programme="P2")
    where = {"all": [{"field": "programme", "is": "P2"}]}
    figure("p2.trained", where=where, disclosure="protected")
    figure("p2.inner", where=where, disclosure="secretariat")
    issued("They trained {fig:p2.trained} and {fig:p2.inner} people.")
    small, inner = f"{EDITION}figures/p2.trained/", f"{EDITION}figures/p2.inner/"
    assert "is not told" in As(PUBLIC).text(small)
    told = json.loads(As(PUBLIC).get(f"{small}files/figure.json").content)
    assert (told["value"], told["history"][0]["value"]) == (None, None)
    assert As(PUBLIC).get(inner).status_code == 404 and As(CURATOR).get(inner).status_code == 200
    assert As(PUBLIC).page(EDITION).xpath("//a[contains(@href,'p2.inner')]") == []


def test_a_figure_made_of_a_protected_one_shows_no_share_of_its_records() -> None:
    figure("p1.protected", disclosure="protected")
    figure("p1.share", parts=["p1.trained", "p1.protected"], kind="percent", measure="ratio", counts="", rounding="0.1")
    issued("That is {fig:p1.share}.")
    page = As(PUBLIC).page(f"{EDITION}figures/p1.share/")
    assert page.xpath("//section[h2[@id='records']]//th[@class='num']") == []
    assert "numerator: 60" in As(PUBLIC).text(f"{EDITION}figures/p1.share/")


def test_the_secretariat_asks_for_another_day_and_the_edition_is_not_moved() -> None:
    found = edition(TEXT)
    training("EV-LATE", [people("KEN", 5)])
    late = As(CURATOR).text(FIGURE, as_of="2018-12-31")
    assert "Answer 0" in late and "another number" in late
    assert "65" in As(CURATOR).text(FIGURE)
    freezing.freeze(CURATOR, edition=found)
    training("EV-LATER", [people("KEN", 9)])
    asked = As(CURATOR).text(FIGURE, as_of="2020-05-01")
    assert "Answer 74" in asked and "Difference 9" in asked
    then = As(CURATOR).text(FIGURE, known_at=Snapshot.objects.get().known_at.isoformat()[:26])
    assert "Answer 65 the same" in then
    assert "74 moved" in As(CURATOR).text(WORK, live="1") and "moved" not in As(CURATOR).text(WORK)
    freezing.approve(SECOND, edition=found)
    Edition.objects.update(state="issued", label="public")
    assert "Answer" not in As(PUBLIC).text(FIGURE, as_of="2018-12-31")
    assert As(CURATOR).get(FIGURE, as_of="yesterday").status_code == 200


def test_freeze_approve_correct_on_the_pages_and_both_numbers_stand_in_the_history() -> None:
    edition(TEXT)
    curator, second = As(CURATOR), As(SECOND)
    Edition.objects.update(state="collecting")
    assert "Freeze the 1 figures" in curator.text(f"{WORK}freeze/")
    assert curator.post(f"{WORK}freeze/", {"confirm": "yes", "reason": ""}).status_code == 302
    assert Snapshot.objects.get().value == 60
    refused = curator.post(f"{WORK}approve/", {"confirm": "yes"})
    assert refused.status_code == 403
    assert second.post(f"{WORK}approve/?slug=p1.trained", {"confirm": "yes", "slug": "p1.trained"}).status_code == 302
    training("EV-NEW", [people("KEN", 5)])
    no_reason = curator.post(f"{FIGURE}correct/", {"confirm": "yes", "reason": ""})
    assert no_reason.status_code == 422 and Snapshot.objects.count() == 1
    assert curator.post(f"{FIGURE}correct/", {"confirm": "yes", "reason": "found late"}).status_code == 302
    page = curator.page(FIGURE)
    numbers = [row.xpath("normalize-space(th//bdi)") for row in page.xpath("//section[h2[@id='history']]//tbody/tr")]
    assert numbers == ["65", "60"]
    pk = Snapshot.objects.order_by("id").first().pk  # type: ignore[union-attr]
    again = curator.post(f"{FIGURE}check/{pk}/", {}, follow=True)
    assert "the digest is the same" in again.content.decode()
    assert As(OFFICIAL).post(f"{FIGURE}check/{pk}/", {}).status_code == 404


def test_an_override_is_proposed_confirmed_by_a_second_person_shown_and_withdrawn() -> None:
    issued()
    curator, second = As(CURATOR), As(SECOND)
    data = {"confirm": "yes", "value": "70", "document": "Letter 1", "reason": "partner's count"}
    assert curator.post(f"{FIGURE}override/", {**data, "document": ""}).status_code == 422
    assert curator.post(f"{FIGURE}override/", data).status_code == 302
    row = Override.objects.get()
    confirm = f"{FIGURE}override/{row.pk}/confirm/"
    assert "Letter 1" not in As(PUBLIC).text(FIGURE)
    assert curator.post(confirm, {"confirm": "yes"}).status_code == 403
    assert second.post(confirm, {"confirm": "yes"}).status_code == 302
    told = As(PUBLIC).text(FIGURE)
    assert "not computed" in told and "Letter 1" in told and "The records give: 60" in told and "70" in told
    assert "Person 1" not in told and "user:1" not in told
    done = curator.post(f"{FIGURE}override/{row.pk}/withdraw/", {"confirm": "yes", "reason": "wrong letter"})
    assert done.status_code == 302 and "Letter 1" not in As(PUBLIC).text(FIGURE)


def test_a_paragraph_is_written_beside_its_original_and_errors_keep_what_was_typed() -> None:
    found = edition(TEXT)
    url = f"{WORK}paragraphs/p1/fr/"
    curator = As(CURATOR)
    form = form_of(curator.get(url))
    bad = curator.post(url, {**form, "value": "Formés : {fig:p1.trained|exact} et {fig:}", "save": "1"})
    assert bad.status_code == 422 and "et {fig:}" in bad.content.decode()
    assert ParagraphText.objects.get(lang="fr").value == TEXT
    helped = curator.post(url, {**form, "value": "Formés :", "insert": "1", "insert-figure": "p1.trained",
                                "insert-qualifier": "exact", "insert-style": "words"})  # fmt: skip
    assert "Formés : {fig:p1.trained|exact,words}" in helped.content.decode()
    assert "soixante" in helped.content.decode()
    assert "missing here" in helped.content.decode()
    good = curator.post(url, {**form, "value": "Formés : {fig:p1.trained|exact}.", "save": "1"})
    assert good.status_code == 302
    assert ParagraphText.objects.get(lang="fr").value == "Formés : {fig:p1.trained|exact}."
    look = curator.post(f"{url}figures/", {"value": "{fig:p1.trained|more-than}"})
    assert look.status_code == 200 and "not true" in look.content.decode()
    found.refresh_from_db()


def test_a_change_of_this_text_is_a_conflict_and_of_another_is_none() -> None:
    edition(TEXT)
    mine, other = f"{WORK}paragraphs/p1/fr/", f"{WORK}paragraphs/p1/es/"
    curator, second = As(CURATOR), As(SECOND)
    read = form_of(curator.get(mine))
    assert second.post(other, {**form_of(second.get(other)), "value": "Otro", "save": "1"}).status_code == 302
    assert curator.post(mine, {**read, "value": "Un", "save": "1"}).status_code == 302
    late = second.post(mine, {**read, "value": "Deux", "save": "1"})
    assert late.status_code == 409 and "Deux" in late.content.decode() and "Somebody changed" in late.content.decode()
    assert ParagraphText.objects.get(lang="fr").value == "Un"
    assert second.post(mine, {**form_of(late), "save": "1"}).status_code == 302
    assert ParagraphText.objects.get(lang="fr").value == "Deux"


def test_a_paragraph_taken_out_can_be_put_back() -> None:
    found = edition(TEXT)
    curator = As(CURATOR)
    url = f"{WORK}paragraphs/p1/remove/"
    assert curator.post(url, {"confirm": "yes", "reason": ""}).status_code == 422
    assert curator.post(url, {"confirm": "yes", "reason": "twice"}).status_code == 302
    assert not found.paragraphs.exists()
    assert "Put it back" in curator.text(WORK)
    assert curator.post(f"{WORK}put-back/", {}).status_code == 302
    assert ParagraphText.objects.filter(paragraph__key="p1", value=TEXT).count() == 6
    assert curator.post(f"{WORK}put-back/", {}).status_code == 404


def test_the_desk_names_what_waits_and_only_for_whom_it_waits() -> None:
    found = edition(TEXT)
    freezing.freeze(CURATOR, edition=found)
    assert "1 figure to approve" in As(SECOND).text(HOME)
    assert "Nothing waits for you" in As(CURATOR).text(HOME)
    assert "What waits for you" not in As(PUBLIC).text(HOME)
    Edition.objects.update(state="drafting")
    assert "1 paragraph to clear" in As(SECOND).text(HOME)
    assert As(SECOND).post(f"{WORK}clear/", {"confirm": "yes", "key": ["p1"]}).status_code == 302
    assert "cleared" in As(CURATOR).text(WORK)


def test_checks_lead_to_the_place_that_is_repaired() -> None:
    edition("They trained 12 people, and {fig:p1.trained|more-than}.")
    page = As(CURATOR).page(WORK)
    links = page.xpath("//section[@id='checks']//a/@href")
    assert f"{WORK}paragraphs/p1/en/" in links
    answer = As(CURATOR).get(f"{EDITION}files/en.json")
    assert answer.status_code == 422 and "p1" in answer.content.decode()


@pytest.mark.parametrize("lang", ["ar", "en", "es", "fr", "ru", "zh"])
def test_every_page_opens_in_every_language_without_running_wild(lang: str) -> None:
    issued(fictitious=True)
    home = f"/{lang}/reports/"
    for url in ("", "figures/", "figures/p1.trained/", "declared/", "published/", "editions/E-2019/",
                "editions/E-2019/figures/p1.trained/"):  # fmt: skip
        assert As(PUBLIC).get(home + url).status_code == 200, url
    for url in ("new/", "figures/new/", "figures/p1.trained/edit/", "declared/new/", "published/import/",
                "editions/E-2019/work/", "editions/E-2019/work/paragraphs/p1/ar/", "editions/E-2019/work/summary/zh/",
                "editions/E-2019/figures/p1.trained/override/"):  # fmt: skip
        assert As(CURATOR).get(home + url).status_code == 200, url
    page = As(PUBLIC).page(f"{home}editions/E-2019/")
    assert page.xpath("//article[contains(@class,'edition')]/@lang") == [lang]
    assert page.xpath("//*[contains(@class,'edition-notice')]")


def test_a_page_with_ten_thousand_records_behind_it_reads_only_what_it_shows(
    django_assert_max_num_queries: Any,
) -> None:
    found = issued()
    row = SnapshotRecords.objects.get(snapshot__edition=found)
    row.rows = row.rows + [["", f"programmes:event:ZZ-{n:05}", "v", "", "1"] for n in range(10_000)]
    row.save()
    with django_assert_max_num_queries(80):
        text = As(CURATOR).text(FIGURE)
    assert "10,003 records" in text and "Count those that you may see" in text
    assert "3 of 10,003 records" in As(CURATOR).text(FIGURE, count="1")
    assert Decimal(60) == Snapshot.objects.get(edition=found).value


def test_every_page_of_a_fictitious_edition_says_so() -> None:
    issued(fictitious=True)
    pages = [EDITION, FIGURE, WORK, f"{WORK}paragraphs/p1/ar/", f"{WORK}summary/en/", f"{WORK}issue/",
             f"{WORK}clear/?key=p1", f"{FIGURE}override/", f"{FIGURE}correct/"]  # fmt: skip
    both = As(person(9, Grant("curator", body="secretariat"), Grant("publisher", body="secretariat")))
    Edition.objects.update(state="submitted")
    for url in pages:
        if "clear" in url:
            Edition.objects.update(state="drafting")
        answer = both.get(url)
        assert answer.status_code == 200, url
        assert "numbers are fictitious" in answer.content.decode(), url

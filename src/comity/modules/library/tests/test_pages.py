"""Pages of the library: what each reader sees, forms that lose nothing, steps, and where publishing stops."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comity.core.actions.actor import PUBLIC
from comity.core.audit.models import Entry
from comity.core.vault import files
from comity.modules.library import vocabulary as v
from comity.modules.library.content import Alias, Case, FileRef, Guide, Provision, Source, Text
from comity.modules.library.models import Record
from comity.modules.library.selectors import records
from comity.modules.library.services import lifecycle, names
from comity.modules.library.tests import making
from comity.modules.library.tests.cases import large_case
from comity.modules.library.tests.making import (
    ADMINISTRATOR,
    CURATOR,
    FOCAL_A,
    FOCAL_B,
    OBSERVER_A,
    OFFICER_A,
    PUBLISHER,
    approved,
    case,
    draft,
    law,
    provision,
    shown,
)
from comity.ui.dates import spoken
from tests.harness.browsing import As, form_of

HOME = "/en/library/"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _world() -> None:
    making.world()


def work(row: Record, page: str = "") -> str:
    """The address of a record's page on the desk."""
    return f"{HOME}desk/{row.number}/{page}"


def content(row: Record) -> Any:
    """The content under work, else the shown one."""
    row.refresh_from_db()
    return records.content_of(row, pending=bool(row.working_step))


def test_the_front_page_counts_what_the_reader_may_see() -> None:
    assert "still empty" in As(PUBLIC).text(HOME)
    shown()
    shown(case(audience="officials"))
    assert As(PUBLIC).get(HOME).context["total"] == 1
    assert As(FOCAL_B).get(HOME).context["total"] == 2


def test_a_short_law_stands_whole_on_its_page_with_every_text_in_its_language() -> None:
    row = shown()
    text = As(PUBLIC).text(f"{HOME}{row.number}/")
    assert "Whoever joins a group." in text and "Offences Act" in text and "In force" in text
    arabic = As(PUBLIC).text(f"/ar/library/{row.number}/")
    assert '<html lang="ar" dir="rtl">' in arabic and '<span lang="en" dir="ltr">Offences Act</span>' in arabic
    assert 'lang="en" dir="ltr"><p>Whoever joins a group.</p>' in arabic
    french = As(PUBLIC).text(f"{HOME}{row.number}/", **{"in": "fr"})
    assert "FR Whoever joins a group." in french and "Article 2" in french


def test_a_record_s_languages_leave_the_menu_of_interface_languages_alone() -> None:
    page = lxml.html.fromstring(As(PUBLIC).text(f"{HOME}{shown().number}/"))
    offered = {link.get("hreflang") for link in page.xpath("//nav[@class='drop-panel']//a[@hreflang]")}
    assert offered == {"ar", "en", "es", "fr", "ru", "zh"}
    read_in = {link.get("hreflang") for link in page.xpath("//nav[@class='subnav']//a[@hreflang]")}
    assert read_in == {"en", "fr"}


def test_a_provision_shows_its_place_its_neighbours_and_two_languages_side_by_side() -> None:
    row = shown()
    page = As(PUBLIC).get(f"{HOME}{row.number}/s-1/", beside="fr")
    text = page.content.decode()
    assert "Nobody shall." in text and "FR Nobody shall." in text
    where = page.context["place"]
    assert [p.key for p in where.parents] == ["part-1"] and where.next.key == "s-2" and where.previous is None
    assert "UNTOC 5" in As(PUBLIC).text(f"{HOME}{row.number}/s-2/")
    assert As(PUBLIC).get(f"{HOME}{row.number}/s-99/").status_code == 404
    assert As(PUBLIC).get(f"{HOME}{row.number}/", go="2").headers["Location"].endswith("/s-2/")


def test_a_long_code_lists_its_parts_and_each_part_its_articles() -> None:
    parts = []
    for n in range(1, 11):
        parts.append(Provision(key=f"part-{n}", kind="part", number=str(n)))
        parts += [provision(f"art-{n}-{i}", parent=f"part-{n}", kind="article") for i in range(250)]
    row = shown(law(provisions=parts, tags=[]))
    text = As(PUBLIC).text(f"{HOME}{row.number}/")
    assert "part-10/" in text and "art-3-7/" not in text and len(text) < 60_000
    assert "art-3-7/" in As(PUBLIC).text(f"{HOME}{row.number}/part-3/")
    flat = shown(law(provisions=[provision(f"s-{n}") for n in range(200)], tags=[]))
    first = As(PUBLIC).get(f"{HOME}{flat.number}/")
    assert len(first.context["text"]["page"].rows) == 60 and first.context["text"]["page"].next


def test_a_case_with_34_defendants_and_82_charges_keeps_each_charge_with_its_defendant() -> None:
    making.Participant.objects.get_or_create(iso3="CAN", defaults={"kind": "un_member", "names": {"en": "Canada"}})
    row = shown(large_case())
    page = lxml.html.fromstring(As(PUBLIC).text(f"{HOME}{row.number}/"))
    groups = page.xpath("//table[contains(@class,'charges')]/tbody")
    assert len(groups) == 34
    wanted = {f"person-d{n}": set() for n in range(34)}
    for n in range(82):
        for key in (n % 34, (n + 1) % 34):
            wanted[f"person-d{key}"].add(f"Charge {n}")
    found = {g.get("id"): {str(x.text).strip() for x in g.xpath(".//td[1]/span")} for g in groups}
    assert found == wanted
    assert "6 years 9 months" in groups[81 % 34].text_content()


def test_what_may_not_be_seen_answers_404_and_what_may_not_be_done_403() -> None:
    row = draft()
    for who in (PUBLIC, FOCAL_B, ADMINISTRATOR):
        pages = ("", "edit/", "history/", "publish/", "submit/", "names/v1/", "files/", "tags/", "text/s-1/")
        for page in (f"{HOME}{row.number}/", f"{HOME}{row.number}/s-1/", *(work(row, name) for name in pages)):
            assert As(who).get(page).status_code == 404, (who, page)
        assert "Offences Act" not in As(who).text(f"{HOME}records/")
    assert As(PUBLIC).get(f"{HOME}desk/").status_code == 404
    assert As(OBSERVER_A).get(work(row)).status_code == 200
    assert As(OBSERVER_A).get(work(row, "edit/")).status_code == 403
    public = shown()
    assert As(PUBLIC).get(work(public)).status_code == 404
    assert As(PUBLIC).get(work(public, "edit/")).status_code == 403
    assert As(PUBLIC).get(work(public, "history/")).status_code == 404


def test_a_withdrawn_record_answers_gone_with_the_reason_and_a_superseded_one_with_its_successor() -> None:
    row, other = shown(), shown(law(title="Newer Act"))
    lifecycle.withdraw(PUBLISHER, record=row, reason="Entered twice.")
    for address in (f"{HOME}{row.number}/", f"{HOME}{row.number}/s-1/"):
        answer = As(PUBLIC).get(address)
        assert answer.status_code == 410 and b"Entered twice." in answer.content
        assert b"Whoever joins" not in answer.content
    page = As(PUBLISHER).get(f"{HOME}{row.number}/")
    assert b"Show it again" in page.content
    assert As(PUBLISHER).post(work(row, "restore/"), {"confirm": "yes"}).status_code == 302
    answer = As(PUBLISHER).post(work(row, "supersede/"), {"by": other.number, "reason": ""})
    assert answer.status_code == 302
    answer = As(PUBLIC).get(f"{HOME}{row.number}/")
    assert answer.status_code == 410 and other.number.encode() in answer.content


def test_old_numbers_lead_to_their_record_or_to_a_choice() -> None:
    first = shown(law(aliases=[Alias(scheme="sherloc", value="AAAx012")]))
    assert As(PUBLIC).get(f"{HOME}old/aaaX012/").headers["Location"].endswith(f"/{first.number}/")
    shown(law(title="Other Act", aliases=[Alias(scheme="sherloc", value="AAAx012")]))
    text = As(PUBLIC).text(f"{HOME}old/AAAx012/")
    assert "Offences Act" in text and "Other Act" in text
    assert As(PUBLIC).get(f"{HOME}old/none/").status_code == 404


def test_the_list_filters_pages_and_gives_the_same_rows_as_files() -> None:
    for n in range(55):
        shown(law(title=f"Act {n:02}"))
    shown(case(state="BBB"))
    reader = As(PUBLIC)
    page = reader.get(f"{HOME}records/", sort="title", kind="law")
    assert len(page.context["lines"]) == 50 and page.context["page"].total == 55
    rest = reader.get(f"{HOME}records/", sort="title", kind="law", after=page.context["page"].next)
    assert len(rest.context["lines"]) == 5
    assert len(reader.get(f"{HOME}records/", format="json", kind="law").json()["rows"]) == 55
    assert reader.get(f"{HOME}records/", format="csv", state="BBB").content.decode().count("\r\n") == 2
    assert len(reader.get(f"{HOME}records/", article="UNTOC:5").context["lines"]) == 50
    assert "No record matches" in reader.text(f"{HOME}records/", q="nothing such")
    assert reader.get(f"{HOME}records/", kind="poem").status_code == 400


def test_an_article_shows_the_guide_and_what_is_tagged_to_it() -> None:
    row = shown()
    entry = Guide(instrument="UNTOC", article="5", obligation="mandatory", samples=[f"{row.number}/s-2"])
    texts = [Text(field="explanation", lang="en", value="States punish it.")]
    shown(law("", kind="guide", law=None, provisions=[], tags=[], body="Office", texts=texts, guide=entry))
    hidden = draft(law(title="Secret Bill"))
    text = As(PUBLIC).text(f"{HOME}articles/UNTOC/5/")
    assert "States punish it." in text and "Mandatory" in text and f"/{row.number}/s-2/" in text
    assert hidden.title not in text
    assert "nothing recorded here" in As(PUBLIC).text(f"{HOME}articles/UNTOC/6/")
    assert As(PUBLIC).get(f"{HOME}articles/NONE/6/").status_code == 404


def test_a_file_is_an_attachment_that_no_browser_runs() -> None:
    digest = files.store(b"<script>alert(1)</script>")
    file = FileRef(digest=digest, name="act.html", media_type="text/html", size=25)
    row = shown(law(files=[file], audience="officials"))
    address = f"{HOME}{row.number}/files/{digest}/"
    assert As(PUBLIC).get(address).status_code == 404
    answer = As(FOCAL_B).get(address)
    assert answer["Content-Disposition"] == 'attachment; filename="act.html"'
    assert "sandbox" in answer["Content-Security-Policy"] and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "application/octet-stream"
    assert Entry.objects.filter(verb=v.READ_FILE, actor=FOCAL_B.reference).exists()


def test_sources_say_that_nobody_checked_the_link_and_a_listing_says_what_it_is() -> None:
    row = shown(case(summary="", listing=True, sources=[Source(title="A list", url="https://example.org/1")]))
    text = As(PUBLIC).text(f"{HOME}{row.number}/")
    assert "Nobody has checked" in text and "no summary of our own" in text and "not all cases there are" in text


def test_an_officer_enters_a_record_and_mistakes_lose_nothing() -> None:
    officer = As(OFFICER_A)
    page = officer.get(f"{HOME}desk/new/law/")
    data = {**form_of(page), "year": "20", "law-official_number": "No. 7", "texts-0-value": "A New Act"}
    answer = officer.post(f"{HOME}desk/new/law/", data)
    assert answer.status_code == 422 and b"A New Act" in answer.content and b"No. 7" in answer.content
    more = officer.post(f"{HOME}desk/new/law/", {**data, "add": "texts"})
    assert more.status_code == 200 and b"A New Act" in more.content and b"texts-4-value" in more.content
    assert not Record.objects.exists()
    answer = officer.post(f"{HOME}desk/new/law/", {**data, "year": "2020", "sources-0-url": "https://example.org/"})
    assert answer.status_code == 302
    row = Record.objects.get()
    assert (row.number, row.title, row.step) == ("AAA-2020-0001", "A New Act", v.Step.DRAFT)
    assert As(OBSERVER_A).get(f"{HOME}desk/new/law/").status_code == 404
    assert officer.get(f"{HOME}desk/new/poem/").status_code == 404


def test_an_edit_that_changes_nothing_keeps_the_content_whole() -> None:
    sources = [Source(title="T", url="https://example.org")]
    row = draft(case(aliases=[Alias(scheme="old", value="X 1")], sources=sources))
    before = content(row)
    for page in ("edit/", "edit/persons/", "edit/charges/", "edit/proceedings/", "edit/sentences/"):
        opened = As(OFFICER_A).get(work(row, page))
        assert As(OFFICER_A).post(work(row, page), form_of(opened)).status_code == 302, page
        assert content(row) == before, page
    one = draft()
    before = content(one)
    for page in ("edit/", "provisions/s-1/"):
        opened = As(OFFICER_A).get(work(one, page))
        assert As(OFFICER_A).post(work(one, page), form_of(opened)).status_code == 302, page
        assert content(one) == before, page


def test_a_form_opened_on_an_older_version_keeps_the_input_and_saves_on_the_second_try() -> None:
    row = draft()
    data = form_of(As(OFFICER_A).get(work(row, "edit/")))
    lifecycle.edit(FOCAL_A, record=row, content=law(title="Theirs"), base=records.version_of(row, pending=True).pk)
    answer = As(OFFICER_A).post(work(row, "edit/"), {**data, "texts-0-value": "Mine"})
    assert answer.status_code == 422 and b"meanwhile" in answer.content and b"Mine" in answer.content
    assert content(row).text("title").value == "Theirs"
    again = As(OFFICER_A).post(work(row, "edit/"), {**form_of(answer), "texts-0-value": "Mine"})
    assert again.status_code == 302 and content(row).text("title").value == "Mine"


def test_rows_of_a_case_are_added_and_taken_away() -> None:
    row = draft(case())
    officer = As(OFFICER_A)
    page = work(row, "edit/persons/")
    data = form_of(officer.post(page, {**form_of(officer.get(page)), "add": "rows"}))
    answer = officer.post(page, {**data, "rows-2-role": "witness", "rows-2-designation": "W1"})
    assert answer.status_code == 302
    persons = [(p.key, p.role) for p in content(row).case.persons]
    assert persons == [("d1", "defendant"), ("v1", "victim"), ("p1", "witness")]
    data = form_of(officer.get(page))
    answer = officer.post(page, {**data, "rows-0-remove": "on"})
    assert answer.status_code == 422 and b"no person" in answer.content
    assert officer.post(page, {**data, "rows-2-remove": "on"}).status_code == 302
    assert len(content(row).case.persons) == 2


def test_a_provision_is_added_after_another_and_taken_away() -> None:
    row = draft()
    officer = As(OFFICER_A)
    page = work(row, "provisions/") + "?after=s-1"
    data = form_of(officer.get(page))
    assert officer.post(page, {**data, "number": "1 bis", "texts-0-text": "More."}).status_code == 302
    assert [p.key for p in content(row).provisions] == ["part-1", "s-1", "s-1-bis", "s-2"]
    page = work(row, "provisions/part-1/")
    assert officer.post(page, {**form_of(officer.get(page)), "remove": "on"}).status_code == 302
    assert [(p.key, p.parent) for p in content(row).provisions] == [("s-1", ""), ("s-1-bis", ""), ("s-2", "")]


def test_a_file_is_added_and_taken_away() -> None:
    row = draft()
    officer, page = As(OFFICER_A), work(row, "files/")
    assert officer.post(page, {"file": SimpleUploadedFile("act.txt", b"An act."), "lang": "en"}).status_code == 302
    kept = content(row).files[0]
    assert (kept.name, kept.size, kept.lang) == ("act.txt", 7, "en") and files.is_kept(kept.digest)
    assert officer.post(page, {"remove": kept.digest}).status_code == 302
    assert content(row).files == []


def test_a_curator_tags_at_once() -> None:
    row = shown()
    page = work(row, "tags/") + "?provision=s-1"
    assert As(OFFICER_A).get(page).status_code == 403
    curator = As(CURATOR)
    assert curator.post(page, {"add": "1"}).status_code == 422
    assert curator.post(page, {"add": "1", "instrument": "UNCAC", "article": "15 (a)"}).status_code == 302
    assert "UNCAC:15(a)" in [t.value for t in content(row).tags if t.provision == "s-1"]
    assert curator.post(page, {"remove": "article UNCAC:15(a)"}).status_code == 302
    assert not [t for t in content(row).tags if t.provision == "s-1"]
    assert curator.post(page, {"add": "1", "instrument": "UNCAC", "article": "all"}).status_code == 422


def test_the_steps_of_a_record_and_where_publishing_stops() -> None:
    row = draft(case(summary="The court heard Zora Quill."))
    names.set_names(FOCAL_A, record=row, person_key="v1", forms=["Quill Zora"])
    officer, curator, publisher = As(OFFICER_A), As(CURATOR), As(PUBLISHER)
    assert officer.post(work(row, "submit/"), {"confirm": "yes"}).status_code == 302
    assert curator.post(work(row, "review/"), {"confirm": "yes"}).status_code == 302
    assert curator.post(work(row, "request_changes/"), {"confirm": "yes"}).status_code == 200, "asks for a reason"
    assert curator.post(work(row, "approve/"), form_of(curator.get(work(row, "approve/")))).status_code == 302
    page = publisher.text(work(row, "publish/"))
    assert "v1" in page and "Fact summary (en)" in page and "Quill" not in page
    assert publisher.post(work(row, "publish/"), {"confirm": "yes"}).status_code == 422
    assert publisher.get(work(row, "names/v1/")).status_code == 404
    assert "Quill Zora" in officer.text(work(row, "names/v1/"))
    data = form_of(curator.get(work(row, "edit/")))
    wanted = next(n for n, value in data.items() if n.endswith("-value") and "Zora" in str(value))
    assert curator.post(work(row, "edit/"), {**data, wanted: "The court heard V1 of Harbourtown."}).status_code == 302
    row.refresh_from_db()
    assert row.working_step == v.Step.IN_REVIEW, "a change undoes the approval"
    lifecycle.approve(making.CURATOR_2, record=row)
    likely = publisher.get(work(row, "publish/")).context["likely"]
    answer = publisher.post(work(row, "publish/"), {"confirm": "yes"})
    assert answer.status_code == (422 if likely else 302)
    if likely:
        confirmed = [one.name for one in likely]
        assert publisher.post(work(row, "publish/"), {"confirm": "yes", "confirmed": confirmed}).status_code == 302
    assert "Harbourtown" in As(PUBLIC).text(f"{HOME}{row.number}/")


def test_nobody_publishes_their_own_record_and_a_draft_can_be_brought_back() -> None:
    row = approved()
    assert As(CURATOR).get(work(row, "publish/")).status_code == 403
    assert As(OFFICER_A).get(work(row, "discard/")).status_code == 200
    assert As(OFFICER_A).post(work(row, "discard/"), {"confirm": "yes"}).status_code == 302
    desk = As(OFFICER_A).get(f"{HOME}desk/").context["desk"]
    assert [r.pk for r in desk.to_restore] == [row.pk]
    assert As(OFFICER_A).post(work(row, "restore/"), {"confirm": "yes"}).status_code == 302
    assert As(OFFICER_A).get(work(row)).status_code == 200


def test_the_history_shows_each_change_by_field() -> None:
    row = draft()
    data = form_of(As(OFFICER_A).get(work(row, "edit/")))
    As(OFFICER_A).post(work(row, "edit/"), {**data, "texts-0-value": "Better Act"})
    page = As(OFFICER_A).get(work(row, "history/"))
    assert [line["step"] for line in page.context["lines"]] == ["draft", "draft"]
    newest = page.context["lines"][0]["entry"].version
    changes = As(OFFICER_A).get(work(row, f"history/{newest}/")).context["changes"]
    assert [(c.place, c.before, c.after) for c in changes] == [("Title (en)", "Offences Act", "Better Act")]


def test_a_case_without_a_summary_is_not_published_and_the_page_says_why() -> None:
    row = approved(case(summary=""))
    assert "fact summary is missing" in As(PUBLISHER).text(work(row, "publish/"))


def test_the_page_of_a_state_and_of_an_article_show_what_is_recorded() -> None:
    row = shown()
    text = As(PUBLIC).text("/en/states/AAA/")
    assert f"/{row.number}/" in text and "All records of this State" in text


def test_days_are_written_out() -> None:
    row = shown(case(case=Case(court="High Court", decided_on="2019-05-03")))
    assert spoken("2019-05-03", "en") in As(PUBLIC).text(f"{HOME}{row.number}/")

"""axe finds nothing serious on any page, in English and Arabic, wide and on a phone; nothing overflows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.harness.data import ROOT
from tests.harness.nodes import Demonstration
from tests.journeys.steps import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demo")]

PUBLIC = [
    "", "treaties/", "treaties/UNTOC/", "treaties/UNTOC/articles/", "treaties/UNTOC/articles/18/",
    "treaties/UNTOC/statements/", "treaties/UNTOC/non-parties/", "treaties/changes/", "states/", "states/GHA/",
    "between/", "between/FRA/GHA/", "directory/", "directory/GHA-example-central/", "directory/ask/",
    "directory/ask/?from=FRA&to=GHA&need=extradition&instrument=UNTOC", "directory/networks/",
    "directory/GHA-example-central/report/", "account/login/", "api/", "no-such-page/",
    "search/", "search/?q=corruption", "search/?q=corruption&in=ar&kind=treaty_article&page=2",
    "search/?q=zzzqq&mode=words", "search/similar/?to=treaties:treaty_article:UNTOC:18:en&key=UNTOC",
    "library/", "library/records/", "library/articles/", "library/articles/UNTOC/5/", "library/matrix/",
    "library/GHA-2014-0001/", "library/GHA-2014-0001/art-1/", "library/GHA-2018-0001/", "library/EGY-2010-0002/",
    "library/INT-2021-0002/", "library/INT-0000-0001/", "library/ALB-2006-0004/",
    "programmes/", "programmes/records/event/", "programmes/records/pledge/", "programmes/evaluations/",
    "programmes/projects/DEMO-PRJ-TESSERA/", "programmes/records/event/DEMO-EV-COMPASS-LATER-04/",
    "programmes/records/recommendation/DEMO-REC-10/",
    "reports/", "reports/editions/DEMO-2019/", "reports/editions/DEMO-2019/figures/demo.compass.trained/",
    "reports/editions/DEMO-2019/figures/demo.portal.growth/", "reports/figures/", "reports/declared/",
    "reports/figures/demo.compass.trained/", "reports/published/",
]  # fmt: skip
OF_ROLE = {
    "curator": [
        "desk/treaties/", "desk/treaties/new/action/", "desk/treaties/new/statement/", "directory/desk/",
        "library/desk/", "library/desk/import/", "library/desk/new/case/", "library/desk/GHA-2014-0001/tags/",
        "library/desk/GHA-2014-0001/history/", "library/desk/GHA-2020-0001/review/",
        "programmes/training/", "programmes/add/event/", "programmes/add/recommendation/", "programmes/import/",
        "reports/editions/DEMO-2020/work/", "reports/editions/DEMO-2020/", "reports/editions/DEMO-2020/comparison/",
        "reports/editions/DEMO-2020/figures/demo.compass.trained/", "reports/editions/DEMO-2020/work/freeze/",
        "reports/editions/DEMO-2020/work/translation/", "reports/figures/new/", "reports/declared/new/",
        "reports/published/import/", "reports/new/",
    ],
    "publisher": ["desk/treaties/import/", "directory/desk/", "library/desk/", "library/desk/GHA-2023-0001/publish/"],
    "focal_point": [
        "directory/desk/", "directory/GHA-example-central/edit/", "account/", "account/notifications/",
        "search/saved/", "search/saved/new/?q=corruption",
        "library/desk/", "library/desk/GHA-2024-0001/", "library/desk/GHA-2024-0001/edit/",
        "library/desk/GHA-2024-0001/provisions/", "library/desk/GHA-2022-0001/edit/persons/",
        "library/desk/GHA-2022-0001/edit/charges/", "library/desk/GHA-2022-0001/edit/sentences/",
        "library/desk/GHA-2024-0001/files/", "library/desk/GHA-2024-0001/submit/",
    ],
    "administrator": [
        "account/people/", "account/people/invitations/", "account/people/invitations/new/",
        "account/people/waiting/", "account/audit/", "account/jobs/", "account/mails/",
    ],
}  # fmt: skip
SERIOUS = """async () => (await axe.run()).violations
  .filter(v => ['serious', 'critical'].includes(v.impact))
  .map(v => v.id + ': ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))"""


#: A desk and a phone.
WIDTHS = (1280, 390)


def _look(page: Any, address: str, widths: tuple[int, ...] = WIDTHS[:1]) -> None:
    """Opens the page once and looks at it in each width."""
    page.set_viewport_size({"width": widths[0], "height": 900})
    page.goto(address)
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
    for width in widths:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(SERIOUS) == [], f"{address} at {width} px"
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 1, f"{address} is {wide} px wider than a window of {width} px"


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_public_pages(demo: Demonstration, new_page: Callable[..., Any], watch: Any, lang: str) -> None:
    watch.expected.append("404")
    page = new_page()
    for path in PUBLIC:
        _look(page, f"{demo.url}/{lang}/{path}", WIDTHS)


@pytest.mark.parametrize("role", OF_ROLE)
def test_pages_of_a_role(demo: Demonstration, new_page: Callable[..., Any], role: str) -> None:
    page = new_page()
    people = [person for person in demo.people if person["role"] == role]
    sign_in(page, demo.url, people[-1] if role != "focal_point" else demo.person(role, "GHA"))
    for lang in ("en", "ar"):
        for path in OF_ROLE[role]:
            _look(page, f"{demo.url}/{lang}/{path}")

"""The job that issues an edition: it builds language by language, then opens what it built to the public."""

from __future__ import annotations

from typing import Any

from django.utils import translation

from comity.core.actions.decorator import Denied
from comity.modules.reports import vocabulary as v
from comity.modules.reports.building import CannotBuild
from comity.modules.reports.policies import can
from comity.modules.reports.selectors import editions
from comity.modules.reports.services import issuing
from comity.ui.fonts import FontMissing

#: Places of the text named in the result; the rest is counted.
_NAMED = 50


def run_issue(progress: Any, *, edition: str, reason: str, number: int, lang: str) -> dict[str, Any]:
    """Issues an edition as its `number`th issue; refusals are told in `lang`.

    Returns {"number"} of what was issued, or {"refused": reason}, or {"problems": [{"paragraph", "lang", "message"}],
    "more"}. A job that was taken up again after the issue was made does not make another one.
    """
    with translation.override(lang):
        found = editions.edition(progress.actor, edition)
        if found.issues.filter(number=number).exists():
            return {"number": number}
        decision = can(progress.actor, v.ISSUE, found)
        if not decision:
            return {"refused": decision.reason}
        try:
            prepared = issuing.prepare(found, progress=progress.step)
            made = issuing.issue(progress.actor, edition=found, prepared=prepared, reason=reason)
        except CannotBuild as refused:
            places = [{"paragraph": p.paragraph, "lang": p.lang, "message": p.message} for p in refused.problems]
            return {"problems": places[:_NAMED], "more": max(0, len(places) - _NAMED)}
        except (Denied, FontMissing) as refused:
            return {"refused": refused.reason}
    return {"number": made.number}

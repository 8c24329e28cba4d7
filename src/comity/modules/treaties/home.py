"""The treaties module's doors on the home page."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.module import HomeCard
from comity.modules.treaties.models import TreatyAction
from comity.modules.treaties.selectors.status import status
from comity.modules.treaties.selectors.titles import named, participant_names
from comity.modules.treaties.vocabulary import InstrumentGroup

_SHOWN = (InstrumentGroup.ORGANIZED_CRIME, InstrumentGroup.CORRUPTION)


def cards() -> list[HomeCard]:
    """Two doors: who is bound by what, and what is in force between two States."""
    lang, today = get_language() or "en", timezone.now().date()
    instruments = named(lang)
    names = sorted(participant_names(lang).items(), key=lambda item: item[1])
    rows: list[dict[str, Any]] = [
        {"code": code, "label": found.label, "status": status(code, today)}
        for code, found in instruments.items()
        if found.group in _SHOWN
    ]
    return [
        HomeCard(
            title=_("Who is bound by what"),
            text=_(
                "The conventions on organized crime, corruption and terrorism: who is party, since when, on any day."
            ),
            url=reverse("treaties:instruments"),
            number=str(len(instruments)),
            number_label=_("instruments"),
            order=10,
            icon="treaty",
            template="treaties/_home_instruments.html",
            context={"rows": rows},
        ),
        HomeCard(
            title=_("What is in force between two States"),
            text=_("Choose two States and a day: the instruments between them, with reservations and objections."),
            url=reverse("treaties:between"),
            number=str(TreatyAction.objects.known_at().count()),
            number_label=_("recorded treaty actions"),
            order=20,
            icon="swap",
            template="treaties/_home_pair.html",
            context={"names": names, "on": today},
        ),
    ]

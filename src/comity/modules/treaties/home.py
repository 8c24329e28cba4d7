"""The treaties module's doors on the home page."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comity.core.module import HomeCard
from comity.modules.treaties.models import TreatyAction
from comity.modules.treaties.selectors.titles import named


def cards() -> list[HomeCard]:
    """Two doors: who is bound by what, and what is in force between two States."""
    instruments = len(named("en"))
    actions = TreatyAction.objects.known_at().count()
    return [
        HomeCard(
            title=_("Who is bound by what"),
            text=_(
                "The conventions on organized crime, corruption and terrorism: who is party, since when, on any day."
            ),
            url=reverse("treaties:instruments"),
            number=str(instruments),
            number_label=_("instruments"),
            order=10,
            icon="treaty",
        ),
        HomeCard(
            title=_("What is in force between two States"),
            text=_("Choose two States and a day: the instruments between them, with reservations and objections."),
            url=reverse("treaties:between") + f"?on={timezone.now().date().isoformat()}",
            number=str(actions),
            number_label=_("recorded treaty actions"),
            order=20,
            icon="swap",
        ),
    ]

"""What the directory gives to pages of others: the home page, one State, two States."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.module import HomeCard, Section
from comity.modules.directory.public import central_authorities
from comity.modules.directory.selectors.asking import all_states, authority_count
from comity.modules.directory.selectors.asking import of_state as authorities_of
from comity.modules.directory.selectors.networks import networks_of
from comity.modules.directory.selectors.pages import as_cards
from comity.modules.directory.vocabulary import Function
from comity.modules.treaties.public import participant_names


def home_card(actor: Actor) -> HomeCard:
    """The door “Find whom to ask”, with the question itself in it."""
    lang = get_language() or "en"
    count = authority_count(actor)
    return HomeCard(
        title=_("Find whom to ask"),
        text=_("You are in one State and need help from another: the authority, its languages and what it needs."),
        url=reverse("directory:ask"),
        number=str(count) if count else "",
        number_label=_("authorities") if count else "",
        note="" if count else _("The directory has no entries yet: no contact list was bundled."),
        order=5,
        icon="search",
        template="directory/_home_ask.html",
        context={"states": all_states(lang), "functions": Function.choices},
    )


def of_state(actor: Actor, iso3: str) -> list[Section]:
    """The authorities and networks of one State."""
    lang, at = get_language() or "en", timezone.now()
    cards = as_cards(authorities_of(actor, iso3), at=at, lang=lang)
    context = {"cards": cards, "iso3": iso3, "networks": networks_of(iso3, lang)}
    return [Section(_("Whom to ask"), "directory/_state_section.html", context, 50)]


def of_pair(actor: Actor, first: str, second: str, on: date) -> list[Section]:
    """The central authorities for mutual legal assistance of each of two States."""
    lang = get_language() or "en"
    names = participant_names(lang)
    sides = [
        {
            "asking": asking,
            "asked": asked,
            "asked_name": names.get(asked, asked),
            "cards": central_authorities(asked, function=Function.MLA, actor=actor, lang=lang),
        }
        for asking, asked in ((first, second), (second, first))
    ]
    return [Section(_("Central authorities"), "directory/_pair_section.html", {"sides": sides, "on": on}, 50)]

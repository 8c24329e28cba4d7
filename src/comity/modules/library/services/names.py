"""The restricted names of persons in a case: entered so that they can be kept out of everything public."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from comity.core.actions.actor import Actor
from comity.core.actions.decorator import Done, action
from comity.modules.library import privacy
from comity.modules.library import vocabulary as v
from comity.modules.library.checking import Incomplete
from comity.modules.library.models import Record, RestrictedName
from comity.modules.library.policies import can
from comity.modules.library.privacy.matching import is_initials
from comity.modules.library.selectors.records import content_of_version, version_of
from comity.modules.library.services.lifecycle import reference
from comity.modules.library.services.notices import warn_of_name


@action(v.NAMES, policy=can, on="record")
def set_names(actor: Actor, *, record: Record, person_key: str, forms: Iterable[str]) -> Done[list[RestrictedName]]:
    """Keeps just these forms of a person's name (any script); the audit gets a keyed digest, never a name.

    Where a protected one stands in what is published already, the publishers are told. Raises Incomplete for forms
    that cannot be looked for (initials, a single sign).
    """
    wanted = list(dict.fromkeys(" ".join(form.replace("\x00", "").split())[:200] for form in forms))
    wanted = [form for form in wanted if form]
    if hints := [form for form in wanted if is_initials(form)]:
        raise Incomplete([_("“%(form)s” is too short to look for: give the name.") % {"form": form} for form in hints])
    rows = RestrictedName.objects.filter(record=record, person_key=person_key)
    before = sorted(rows.values_list("form", flat=True))
    rows.exclude(form__in=wanted).delete()
    RestrictedName.objects.bulk_create(
        RestrictedName(record=record, person_key=person_key, form=form, entered_by=actor.reference)
        for form in wanted
        if form not in before
    )
    shown = version_of(record)
    if record.step == v.Step.PUBLISHED and shown and privacy.check(record, content_of_version(shown)).blocked:
        warn_of_name(record)
    return Done(
        list(rows.order_by("pk")),
        reference(record),
        difference={"person": person_key, "forms": [before, sorted(wanted)]},
        personal=frozenset({"forms"}),
    )

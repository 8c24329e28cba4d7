"""Numbers of records: `ISO3-YYYY-NNNN`, generated, unique, never typed (domain notes, section 2.1)."""

from __future__ import annotations

from django.db.models import F

from comity.modules.library.models import Counter

#: Stands for the State where a record belongs to a body, where neither is stated, and for the year where none is.
BODY, NOWHERE, NO_YEAR = "INT", "ZZZ", "0000"


def next_number(iso3: str, year: int | None) -> str:
    """The next free number for this State ("" for a body) and year (None: not stated).

    Call it inside a transaction: the counter's row stays locked until that ends, so no two writers get the same.
    """
    prefix = f"{iso3 or BODY}-{f'{year:04}' if year else NO_YEAR}"
    Counter.objects.bulk_create([Counter(prefix=prefix)], ignore_conflicts=True)
    Counter.objects.filter(pk=prefix).update(last=F("last") + 1)
    return f"{prefix}-{Counter.objects.get(pk=prefix).last:04}"

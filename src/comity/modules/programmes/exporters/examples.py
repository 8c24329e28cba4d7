"""What the example rows of the template hold. Everything here is fictitious; the import leaves these rows out."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from comity.modules.programmes.kinds import KINDS
from comity.modules.programmes.tables import CODE, Column, Table

#: A State's code that ISO 3166-1 leaves to users (XAA to XZZ), so that no State is meant.
_STATE = "XXA"
_NUMBER, _AMOUNT = 25, "1000.00"


def example(table: Table, column: Column) -> Any:
    """Returns the cell of an example row for the column."""
    if column.name == table.key:
        return _("EXAMPLE %(code)s") % {"code": f"{table.kind.prefix}-001"}
    if column.name == "lang":
        return "en"
    if column.name == "currency":
        return "EUR"
    match column.holds:
        case "choice":
            return str(column.choices[0][0])
        case "day":
            return "2019-05-06"
        case "whole":
            return str(_NUMBER)
        case "decimal":
            return _AMOUNT
        case "yes_no":
            return "no"
        case "state":
            return _STATE
        case "ref":
            return f"{KINDS[column.of].prefix}-001"
        case _ if column.needed and column.name != CODE:
            return _("Example, fictitious")
        case _:
            return ""

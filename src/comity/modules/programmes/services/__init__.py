"""Every write to the programme's records."""

from comity.modules.programmes.services.records import correct, move, record, restore, withdraw

__all__ = ["correct", "move", "record", "restore", "withdraw"]

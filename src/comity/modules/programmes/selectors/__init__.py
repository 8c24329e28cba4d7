"""Every read of the programme's records; all start from the policy's scope."""

from comity.modules.programmes.selectors.records import current, lines, one, versions

__all__ = ["current", "lines", "one", "versions"]

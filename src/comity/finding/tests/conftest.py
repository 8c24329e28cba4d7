"""The search of these tests knows one invented source."""

from comity.core.search.tests.conftest import notes

__all__ = ["notes"]

"""Figures and documents of an edition of 116 paragraphs and 142 figures, over a million rows of attendance."""

from __future__ import annotations

from benchmarks.reports.run import main

__all__ = ["main"]

"""Participation: which units answered, and how complete their workbooks are."""

from analysis.stages.participation import figures, words  # noqa: F401

"""SWOT: the place of the city between its own factors (IFAS) and its surroundings (EFAS)."""

from analysis.stages.swot import figures, words  # noqa: F401

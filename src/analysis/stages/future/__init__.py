"""The future (Analisis Masa Depan): drivers of change, scenarios and published figures."""

from analysis.stages.future import words  # noqa: F401

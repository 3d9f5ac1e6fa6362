"""The gap (Analisis Kesenjangan): how far the sub-dimensions stand from their five-year target."""

from analysis.stages.gap import figures, words  # noqa: F401

"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

from analysis.stages.external import figures, words  # noqa: F401

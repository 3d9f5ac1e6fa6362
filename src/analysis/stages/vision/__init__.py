"""The vision (Visi Pembangunan): what the dimensions weigh and what they contribute to it."""

from analysis.stages.vision import figures, words  # noqa: F401

"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys."""

from analysis.stages.quickwin import figures, words  # noqa: F401

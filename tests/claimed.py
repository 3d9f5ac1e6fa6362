"""The table of claims of a small survey whose units all weigh the same in the register."""

import pandas as pd

from analysis.stages.evidence import claims


def claimed(families, answers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    units = answers.drop_duplicates("unit")[["unit"]].assign(weight=1.0)
    return claims.table(families, units, confidence)

"""Refusals that the methods share: what is wrong is named before anything is computed."""

from typing import TypeVar

import numpy as np
import pandas as pd

Table = TypeVar("Table", pd.Series, pd.DataFrame)


def numbers(data: Table, what: str, blanks: bool = False) -> Table:
    """`data` as floats with unique labels; `what` is what an error calls it.

    Blanks (NaN, None) pass only where `blanks` says so; words and infinities never do.
    """
    for labels in data.axes:
        if not labels.is_unique:
            raise ValueError(f"{what}: '{labels[labels.duplicated()][0]}' appears more than once")
    frame = data.to_frame() if isinstance(data, pd.Series) else data
    floats = frame.apply(pd.to_numeric, errors="coerce").astype(float)
    wrong = ~np.isfinite(floats.to_numpy())
    if blanks:
        wrong &= frame.notna().to_numpy()
    if wrong.any():
        row, column = np.argwhere(wrong)[0]
        where = f"at '{frame.index[row]}'"
        if isinstance(data, pd.DataFrame):
            where += f", column '{frame.columns[column]}'"
        raise ValueError(f"{what}: a finite number is needed {where}, not {frame.iat[row, column]}")
    return floats.iloc[:, 0].rename(data.name) if isinstance(data, pd.Series) else floats


def same_labels(given: pd.Index, wanted: pd.Index, what: str) -> None:
    """Refuse labels of `given` that are not in `wanted`, and the reverse; the first is named."""
    for label in given.difference(wanted, sort=False):
        raise ValueError(f"{what}: '{label}' is unknown")
    for label in wanted.difference(given, sort=False):
        raise ValueError(f"{what}: '{label}' is missing")


def tail(confidence: float) -> float:
    """The share left out at each end of an interval: 0.025 at a confidence of 0.95."""
    if not 0 < confidence < 1:
        raise ValueError(f"confidence must lie between 0 and 1, not {confidence}")
    return (1 - confidence) / 2

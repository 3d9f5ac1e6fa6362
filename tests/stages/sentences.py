"""Sentences read back: the numbers and names in them, and tables to make them from."""

import re

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.text import interval, number, percent

COLUMNS = ["kind", "item", "claim", "value", "sure"]
CASES = ["equal_groups", "weighted_units", "worst", "best"]
NAMES = ("Alun", "Bukit", "Curah", "Danau", "Embun", "Fajar")
flags = st.lists(st.booleans(), min_size=2, max_size=6)
signed = st.lists(st.sampled_from([-1.0, -0.25, 0.25, 1.0]), min_size=2, max_size=6)


def believed(*rows, **cases) -> pd.DataFrame:
    """A table of claims from rows of kind, item, claim, value and sure; `cases`: columns."""
    found = pd.DataFrame(list(rows), columns=COLUMNS).astype({"value": float, "sure": bool})
    p = np.where(found["sure"], 0.004, 0.6)
    found = found.assign(low=found["value"] - 0.2, high=found["value"] + 0.2, n=12, p_value=p / 4)
    kept = {case: cases.get(case, found["value"]) for case in CASES}
    return found.assign(adjusted=p, **kept).set_index(["kind", "item"])


def read(pattern: str, sentence: str) -> tuple[str, ...]:
    """What stands where `pattern` has ``{}``; the rest of the sentence must be the pattern's."""
    parts = [re.escape(part) for part in pattern.split("{}")]
    found = re.fullmatch("(.+?)".join(parts), sentence)
    assert found, f"{sentence!r} is not {pattern!r}"
    return found.groups()


def value(shown: str) -> float:
    """A number as people write it: ``+1.234,5``, ``−0,2`` or ``34%``."""
    plain = shown.strip("%<>").replace(".", "").replace(",", ".").replace("−", "-")
    return float(plain) / (100 if shown.endswith("%") else 1)


def names(listed: str) -> list[str]:
    """The names in ``a``, ``a dan b`` or ``a, b, dan c``."""
    return re.split(r", dan | dan |, ", listed)


def with_certainty(row, digits: int = 2) -> str:
    """What stands behind a comparison, written by hand from its row."""
    if np.isnan(row["low"]):
        return f"n = {row['n']:.0f}, tanpa selang"
    low, high = (number(row[end], digits) for end in ("low", "high"))
    p = "< 0,001" if row["adjusted"] < 0.001 else number(row["adjusted"], 3)
    return f"selang 95%: {low} s.d. {high}; n = {row['n']:.0f}; p Holm {p}"


def with_difference(row, digits: int = 2) -> str:
    """`with_certainty` after the difference with its sign."""
    return f"selisih {number(row['value'], digits, sign=True)}; {with_certainty(row, digits)}"


def with_interval(low: float, high: float, n: int) -> str:
    """The detail of a key figure, written by hand."""
    if np.isnan(low):
        return f"n = {n}, tanpa selang"
    return f"selang {percent(0.95)}: {interval(low, high)} · n = {n}"


def shown(figures) -> str:
    """All that key figures say, as one text."""
    return "\n".join(f"{f['shown']} {f['label']} {f['detail']}" for f in figures)


def silent_of_nan(*texts: str) -> bool:
    """Whether no text holds a figure that is none."""
    return not re.search(r"\bnan\b|<NA>|None", "\n".join(texts), re.IGNORECASE)

"""Sentences read back: the numbers and names in them, and tables to make them from."""

import re

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from analysis.text import interval, number, percent

COLUMNS = ["kind", "item", "claim", "value", "level"]
CASES = ["equal_groups", "weighted_units", "worst", "best"]
NAMES = ("Alun", "Bukit", "Curah", "Danau", "Embun", "Fajar")
flags = st.lists(st.booleans(), min_size=2, max_size=6)
signed = st.lists(st.sampled_from([-1.0, -0.25, 0.25, 1.0]), min_size=2, max_size=6)


def believed(*rows, level=None, **cases) -> pd.DataFrame:
    """A table of claims from rows of kind, item, claim, value and level (or whether it is clear).

    The reference is zero; `level` takes the place of every row's own; `cases`: columns.
    """
    found = pd.DataFrame(list(rows), columns=COLUMNS).astype({"value": float})
    words = {True: "clear", False: "unclear"}
    found["level"] = [level or words.get(row, row) for row in found["level"]]
    p = np.where(found["level"] == "clear", 0.001, np.where(found["level"] == "likely", 0.02, 0.6))
    ends = {"low": 0.2, "high": -0.2, "wide_low": 0.3, "wide_high": -0.3}
    found = found.assign(
        **{end: found["value"] - by for end, by in ends.items()},
        reference=0.0, above=found["value"] > 0, sentence=found["claim"], n=12, p_value=p,
        alpha=0.004, least=0.0005, q=p, agree=np.where(p < 0.05, 0.99, 0.5), primary=False,
        ranked=False, turned="", untried="", barred="", confidence=0.95,
        id="s." + found["item"] + "." + found["kind"],
    )  # fmt: skip
    kept = {case: cases.get(case, found["value"]) for case in CASES}
    return found.assign(**kept).set_index(["kind", "item"])


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


def whose(listed: str) -> dict[str, set[str]]:
    """By group, the names in ``a (G), b (G dan H), dan c (H)``."""
    found: dict[str, set[str]] = {}
    for name, groups in re.findall(r"([^(),]+) \(([^)]*)\)", listed):
        for group in names(groups):
            found.setdefault(group, set()).add(name.strip().removeprefix("dan "))
    return found


def with_detail(row, digits: int = 2) -> str:
    """What stands behind a comparison with zero, written by hand from its row."""
    value = number(row["value"], digits, sign=True)
    if np.isnan(row["low"]):
        return f"{value}; n = {row['n']:.0f}, tanpa selang"
    p, alpha = (
        "< 0,00001" if row[name] < 1e-5 else number(row[name], 5 if row[name] < 0.001 else 3)
        for name in ("p_value", "alpha")
    )
    return (
        f"{value}; selang 95%: {interval(row['low'], row['high'], digits)}; n = {row['n']:.0f}; "
        f"p {p}, jelas di bawah {alpha}"
    )


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

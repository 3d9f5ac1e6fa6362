"""Rows that are many, as a table."""

from collections.abc import Iterable, Mapping
from itertools import islice

import pandas as pd

PART = 100_000  # rows that stand beside the table at once


def frame(rows: Iterable[tuple], types: Mapping[str, str]) -> pd.DataFrame:
    """Rows as a table with these columns and types, put together part by part."""
    rest, parts = iter(rows), []
    while part := list(islice(rest, PART)):
        columns = zip(*part, strict=True)
        parts.append(
            pd.DataFrame(
                {
                    name: pd.array(list(values), dtype=type)
                    for (name, type), values in zip(types.items(), columns, strict=True)
                }
            )
        )
    if not parts:
        return pd.DataFrame(columns=list(types)).astype(dict(types))
    return pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]

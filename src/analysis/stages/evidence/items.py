"""Item analysis: how each item of a scale behaves among the others, and whether units agree on it.

It says where to look at an item's wording, not at the units: for the methods see
`methods.agreement`.
"""

import pandas as pd

from analysis.methods import agreement
from analysis.stages.evidence import aggregate
from analysis.stages.evidence.finding import Finding
from analysis.text import _, listed, number

WEAK = 0.30
"""Below this item-rest correlation an item measures something of its own (Nunnally & Bernstein
1994)."""
SHOWN = 3


def analysis(
    answers: pd.DataFrame, value: str, scale: tuple[float, float], confidence: float = 0.95
) -> pd.DataFrame:
    """Every item of a scale, weakest correlation with the others first.

    `answers`: a row per unit and item with name and tb; `scale`: its ends. Columns: item, name,
    correlation (with the sum of the others), alpha_if_deleted (both NaN where not defined),
    consensus (0-1), n, tb and missing.
    Sources: `agreement.item_rest`, `agreement.consensus`.
    """
    values = aggregate.wide(answers, "item", value)
    table = aggregate.over_units(answers, "item", value, ["name"], confidence)
    table["consensus"] = table["item"].map(agreement.consensus(values, scale))
    try:
        rest = agreement.item_rest(values)
    except ValueError:
        rest = pd.DataFrame(float("nan"), values.columns, ["correlation", "alpha_if_deleted"])
    table = table.join(rest, on="item").sort_values("correlation", kind="stable")
    columns = ["item", "name", "correlation", "alpha_if_deleted", "consensus", "n", "tb", "missing"]
    return table[columns].reset_index(drop=True)


def heading(items: pd.DataFrame) -> str:
    """How many items go their own way."""
    known = items["correlation"].notna()
    if not known.any():
        return _(
            "Korelasi butir tidak dihitung: terlalu sedikit jawaban, atau jawabannya tidak beragam"
        )
    return _("{count} dari {all} butir tidak seiring dengan butir lain").format(
        count=int((items["correlation"] < WEAK).sum()), all=int(known.sum())
    )


def finding(items: pd.DataFrame, alpha: agreement.Alpha | None) -> Finding:
    """What the items say of the scale, counted in this sample."""
    parts = []
    if items["correlation"].notna().any():
        parts.append(_("tidak seiring: korelasi di bawah {weak}").format(weak=number(WEAK)))
    if alpha is not None:
        better = int((items["alpha_if_deleted"] > alpha.alpha).sum())
        parts.append(_("{n} butir menaikkan alfa bila dikeluarkan").format(n=better))
    most = items[(items["tb"] > 0) & (items["tb"] == items["tb"].max())]
    if len(most):
        parts.append(
            _("TB terbanyak pada {names} ({n} unit)").format(
                names=listed(most["name"], SHOWN), n=int(most["tb"].iloc[0])
            )
        )
    detail = "; ".join(parts)
    return Finding(heading(items) + ".", detail=detail and detail[:1].upper() + detail[1:] + ".")

"""Four scenarios from the two critical uncertainties that matter most.

Schwartz (1991), The Art of the Long View.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods import intervals
from analysis.stages.evidence import estimates
from analysis.stages.evidence.finding import Finding
from analysis.stages.future import drivers
from analysis.text import _, percent


@dataclass(frozen=True)
class Pair:
    """Two critical uncertainties of different STEEP categories, by name.

    `share`: of the joint resamples that choose the same two; NaN below ten answers.
    """

    first: str
    second: str
    share: float


def pair(answers: pd.DataFrame, table: pd.DataFrame, cut: float) -> Pair | None:
    """The critical driver with the highest product, and the highest of another STEEP category.

    `answers`: the table future; `table`: from `drivers.classified` with the same `cut`. None
    where the critical uncertainties do not come from two categories.
    """
    chosen = drivers.of_class(table, drivers.CRITICAL).drop_duplicates("steep")[:2]
    if len(chosen) < 2:
        return None
    share = float("nan")
    if chosen["n"].min() >= intervals.FEW:
        share = _again(answers, table, set(chosen["item"]), cut)
    first, second = chosen["name"]
    return Pair(first, second, share)


def _again(answers: pd.DataFrame, table: pd.DataFrame, chosen: set, cut: float) -> float:
    """The share of resamples in which the same two are the highest of different categories."""
    measured = drivers.Measured.of(answers)
    drawn = estimates.draws(measured.strata)
    impact = estimates.means(drawn, measured.impact)
    uncertainty = estimates.means(drawn, measured.uncertainty)
    critical = (impact > cut + drivers.ROUNDING) & (uncertainty > cut + drivers.ROUNDING)
    product = np.where(critical, impact * uncertainty, -np.inf)
    items = measured.impact.columns
    steep = table.set_index("item")["steep"].reindex(items).to_numpy()
    rows = np.arange(len(product))
    first = product.argmax(axis=1)
    others = np.where(steep == steep[first][:, None], -np.inf, product)
    second = others.argmax(axis=1)
    found = np.isfinite(product[rows, first]) & np.isfinite(others[rows, second])
    wanted = items.isin(chosen)
    return float((found & wanted[first] & wanted[second]).mean())


def shown(found: Pair | None, table: pd.DataFrame) -> dict[str, Any]:
    """What a scenario matrix shows: its axes with their ends, its cells, a title and a note.

    Without a pair what a table shows instead: the critical uncertainties counted by category
    (from `drivers.classified`), under a title that says so and a note that says why.
    """
    if found is None:
        critical = table.assign(count=table["class"] == drivers.CRITICAL)
        return {
            "frame": critical.groupby("steep_name", sort=False)["count"].sum().reset_index(),
            "title": _("Ketidakpastian kritis setiap kategori: tidak cukup untuk matriks skenario"),
            "note": finding(None).detail,
        }
    weak, strong = _("Lemah"), _("Kuat")
    cells = {
        "high_high": (
            _("{x} kuat, {y} kuat"),
            _("Apa yang harus siap bila keduanya datang bersamaan?"),
        ),
        "high_low": (_("{x} kuat, {y} lemah"), _("Apa yang harus siap bila hanya {x} menguat?")),
        "low_high": (_("{x} lemah, {y} kuat"), _("Apa yang harus siap bila hanya {y} menguat?")),
        "low_low": (_("{x} lemah, {y} lemah"), _("Apa yang tetap berguna bila keduanya lemah?")),
    }
    names = {"x": f"“{found.first}”", "y": f"“{found.second}”"}
    return {
        "axis_x": (found.first, weak, strong),
        "axis_y": (found.second, weak, strong),
        "cells": {c: tuple(t.format(**names) for t in texts) for c, texts in cells.items()},
        "title": _("Empat skenario dari dua ketidakpastian kritis"),
        "note": finding(found).detail,
    }


def finding(found: Pair | None) -> Finding:
    """Which two uncertainties span the scenarios, and how firm that choice is."""
    if found is None:
        return Finding(
            _("Matriks skenario tidak dibuat."),
            detail=_("Diperlukan ketidakpastian kritis dari sedikitnya dua kategori STEEP."),
        )
    detail = _("Pasangan ini terpilih pada {share} sampel ulang.")
    if np.isnan(found.share):
        detail = _("Kemantapan pasangan ini tidak dihitung di bawah {few} unit.")
    return Finding(
        _("Sumbu skenario: “{0}” dan “{1}”.").format(found.first, found.second),
        detail=detail.format(share=percent(found.share), few=intervals.FEW),
    )

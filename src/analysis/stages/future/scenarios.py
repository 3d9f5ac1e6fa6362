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
from analysis.text import N_, _, bare, percent

# By corner (end of the first axis, then of the second): the story, and a question to work on.
STORIES = {
    "low_high": (
        N_(
            "Bila {x} dan {y}, maka kota dapat memusatkan tenaga pada satu perubahan: {second}. "
            "Persiapan untuk {first} cukup dijaga agar siap dipakai."
        ),
        N_("Apa yang harus selesai lebih dahulu bila {y}?"),
    ),
    "high_high": (
        N_(
            "Bila {x} dan {y}, maka kota menghadapi kedua perubahan sekaligus. Keduanya berebut "
            "anggaran, petugas, dan waktu yang sama."
        ),
        N_("Program mana yang tetap berjalan dalam keadaan ini, dan mana yang menunggu?"),
    ),
    "low_low": (
        N_(
            "Bila {x} dan {y}, maka kota mendapat waktu untuk berbenah. Waktu itu terbuang bila "
            "tidak dipakai sebelum keadaan berbalik."
        ),
        N_("Apa yang patut dibangun sekarang, selagi kedua perubahan itu lemah?"),
    ),
    "high_low": (
        N_(
            "Bila {x} dan {y}, maka kota dapat memusatkan tenaga pada satu perubahan: {first}. "
            "Persiapan untuk {second} cukup dijaga agar siap dipakai."
        ),
        N_("Apa yang harus selesai lebih dahulu bila {x}?"),
    ),
}


@dataclass(frozen=True)
class Axis:
    """A critical uncertainty: its name, and what its two ends are, as clauses."""

    name: str
    low: str
    high: str

    @classmethod
    def of(cls, name: str, low: str, high: str) -> "Axis":
        """The axis of a driver; one without poles is called weak and strong."""
        low = low or _("“{name}” lemah").format(name=name)
        return cls(name, low, high or _("“{name}” kuat").format(name=name))

    @property
    def shown(self) -> tuple[str, str, str]:
        """Its name and its ends, as they stand beside a picture."""
        return self.name, _initial(self.low), _initial(self.high)


@dataclass(frozen=True)
class Pair:
    """Two critical uncertainties of different STEEP categories.

    `share`: of the joint resamples that choose the same two; NaN below ten answers.
    """

    first: Axis
    second: Axis
    share: float


def pair(answers: pd.DataFrame, table: pd.DataFrame, cut: float) -> Pair | None:
    """The critical driver with the highest product, and the highest of another STEEP category.

    `answers`: the table future, with both poles of each driver; `table`: from `drivers.classified`
    with the same `cut`. None where the critical uncertainties do not come from two categories.
    """
    chosen = drivers.of_class(table, drivers.CRITICAL).drop_duplicates("steep")[:2]
    if len(chosen) < 2:
        return None
    share = float("nan")
    if chosen["n"].min() >= intervals.FEW:
        share = _again(answers, table, set(chosen["item"]), cut)
    poles = answers.drop_duplicates("item").set_index("item")[["name", "pole_low", "pole_high"]]
    first, second = (Axis.of(*poles.loc[item]) for item in chosen["item"])
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


def stories(found: Pair) -> pd.DataFrame:
    """The four scenarios: corner, scenario (its name), story (two sentences), question.

    They are composed from the poles by templates: a start for a workshop, no forecast.
    """
    rows = []
    for corner, told in STORIES.items():
        x, y = (
            getattr(axis, end)
            for axis, end in zip((found.first, found.second), corner.split("_"), strict=True)
        )
        names = {"first": f"“{found.first.name}”", "second": f"“{found.second.name}”"}
        texts = (_(text).format(x=x, y=y, **names) for text in told)
        rows.append((corner, _("{x}, {y}").format(x=_initial(x), y=y), *texts))
    return pd.DataFrame(rows, columns=["corner", "scenario", "story", "question"])


def shown(found: Pair | None, table: pd.DataFrame) -> dict[str, Any]:
    """What a picture of the scenarios shows: its frame, axes, a title and a note.

    Without a pair what a table shows instead: the critical uncertainties counted by category
    (from `drivers.classified`), under a title that says so and a note that says why.
    """
    if found is None:
        critical = table.assign(count=table["class"] == drivers.CRITICAL)
        return {
            "frame": critical.groupby("steep_name", sort=False)["count"].sum().reset_index(),
            "title": _("Perubahan besar yang sulit ditebak belum cukup untuk empat skenario"),
            "note": finding(None).detail,
        }
    four = stories(found)
    four.attrs["declared"] = tuple(four.columns)
    return {
        "frame": four,
        "corner": "corner",
        "texts": ["story", "question"],
        "heads": dict(zip(four["corner"], four["scenario"], strict=True)),
        "axis_x": found.first.shown,
        "axis_y": found.second.shown,
        "columns": ["scenario", "story", "question"],
        "title": _("Empat skenario dari dua perubahan besar yang sulit ditebak"),
        "note": finding(found).detail,
    }


def _initial(clause: str) -> str:
    return clause[:1].upper() + clause[1:]


def finding(found: Pair | None) -> Finding:
    """Which two uncertainties span the scenarios, and how firm that choice is."""
    if found is None:
        return Finding(
            _("Empat skenario belum dapat disusun."),
            detail=_(
                "Diperlukan perubahan besar yang sulit ditebak dari sedikitnya dua kategori STEEP."
            ),
        )
    detail = _("Pasangan ini terpilih pada {share} sampel ulang.")
    if np.isnan(found.share):
        detail = _("Kemantapan pasangan ini tidak dihitung di bawah {few} perangkat daerah.")
    names = [bare(axis.name) for axis in (found.first, found.second)]
    return Finding(
        _("Empat skenario disusun dari “{0}” dan “{1}”.").format(*names),
        detail=detail.format(share=percent(found.share), few=intervals.FEW),
    )

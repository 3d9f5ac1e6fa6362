"""The outlook: the city's published figures, and lines through them where there may be one.

Only where `methods.trend` allows a line, and indicative at best.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods import trend
from analysis.stages.evidence.finding import Finding
from analysis.text import _, digits_of, interval, listing, number


@dataclass(frozen=True, eq=False)
class Series:
    """One indicator of the city: its points, and a projection or the reason why there is none.

    `points`: year, value, used, source and the columns of `city`; `projection`: year, fitted, low,
    high, observed (`trend.project`) from the points used.
    """

    name: str
    measure: str
    points: pd.DataFrame
    projection: pd.DataFrame | None
    reason: str

    @property
    def shown(self) -> dict[str, Any]:
        """What a chart of the trend shows and says; every source of the points once."""
        sources = (source for line in self.points["source"] for source in line.split("; "))
        return {
            "frame": self.points,
            "year": "year",
            "value": "value",
            "publisher": "source",
            "used": "used",
            "projection": self.projection,
            "title": self.title,
            "label": f"{self.name} ({self.measure})",
            "note": self.note,
            "source": "; ".join(dict.fromkeys(sources)),
        }

    @property
    def title(self) -> str:
        """The latest figure used, and from where it came or whether it is projected."""
        used = self.points[self.points["used"]]
        if used.empty:
            return _("{name}: belum ada angka yang dipakai").format(name=self.name)
        first, last, values = used.iloc[0], used.iloc[-1], used["value"]
        if self.projection is not None:
            words = _("{name} {year}: {figure} {measure}, dengan perkiraan dua tahun ke depan")
        elif values.nunique() == 1:
            words = _("{name} {year}: {figure} {measure}")
        elif values.is_monotonic_increasing:
            words = _("{name} naik dari {before} ({since}) menjadi {figure} {measure} ({year})")
        elif values.is_monotonic_decreasing:
            words = _("{name} turun dari {before} ({since}) menjadi {figure} {measure} ({year})")
        else:
            words = _("{name} {year}: {figure} {measure}; sejak {since} antara {least} dan {most}")
        return words.format(
            name=self.name,
            figure=last["figure"],
            year=last["year"],
            measure=self.measure,
            before=first["figure"],
            since=first["year"],
            least=used.loc[values.idxmin(), "figure"],
            most=used.loc[values.idxmax(), "figure"],
        )

    @property
    def note(self) -> str:
        """The reason why there is no line, or what the line's end is."""
        if self.projection is None:
            return self.reason[:1].upper() + self.reason[1:] + "."
        end, digits = self.projection.iloc[-1], digits_of(self.points["value"])
        return _(
            "Bila lajunya berlanjut, perkiraan {year}: {value} (selang prediksi {interval})."
        ).format(
            year=int(end["year"]),
            value=number(end["fitted"], digits),
            interval=interval(end["low"], end["high"], digits),
        )


def city(statistics: pd.DataFrame) -> pd.DataFrame:
    """All figures on the city as a whole, by indicator and year, those used first.

    Columns: indicator, name, measure (unit), year, value, figure (value in words with the digits
    as published), used, used_name, source, note.
    """
    whole = statistics[statistics["area"] == "kota"].rename(columns={"unit": "measure"})
    digits = whole.groupby("indicator")["value"].transform(digits_of).astype(int)
    figures = [number(v, d) for v, d in zip(whole["value"], digits, strict=True)]
    used = whole["used"].map({True: _("ya"), False: _("tidak")})
    order = pd.factorize(whole["indicator"])[0]
    return (
        whole.assign(figure=figures, used_name=used, order=order)
        .sort_values(["order", "year", "used"], ascending=[True, True, False], ignore_index=True)
        .drop(columns="order")
    )


def series(figures: pd.DataFrame, indicator: str, confidence: float = 0.95) -> Series:
    """One indicator of `city`, projected two years ahead where `trend.project` allows it."""
    points = figures[figures["indicator"] == indicator].reset_index(drop=True)
    name, measure = indicator, "–"
    if not points.empty:
        name, measure = points.loc[0, ["name", "measure"]]
    values = points[points["used"]].set_index("year")["value"]
    try:
        line, reason = trend.project(values, confidence).frame, ""
    except trend.TooFewPoints:
        line, reason = None, _reason(values.index.to_numpy())
    return Series(name, measure, points, line, reason)


def _reason(years: np.ndarray) -> str:
    """Why a series of these years is not projected; the rules are those of `trend.project`."""
    if len(years) < trend.FEWEST_POINTS:
        return _("tidak diproyeksikan: hanya {n} titik, sedikitnya {fewest}").format(
            n=len(years), fewest=trend.FEWEST_POINTS
        )
    years = np.sort(years)
    widest = np.diff(years).argmax()
    return _("tidak diproyeksikan: jeda {start}–{end} melebihi {longest} tahun").format(
        start=years[widest], end=years[widest + 1], longest=trend.LONGEST_GAP
    )


def all_series(figures: pd.DataFrame, confidence: float = 0.95) -> list[Series]:
    """`series` of every indicator of `city`."""
    return [series(figures, name, confidence) for name in figures["indicator"].unique()]


def projections(found: Sequence[Series]) -> pd.DataFrame:
    """Every indicator: name, measure, n (figures used), status: its projection or the reason."""
    rows = [(s.name, s.measure, int(s.points["used"].sum()), s.note) for s in found]
    return pd.DataFrame(rows, columns=["name", "measure", "n", "status"])


def figure(found: Sequence[Series]) -> dict:
    """How many indicators can be projected, as a key figure."""
    count = sum(s.projection is not None for s in found)
    return {
        "shown": str(count),
        "label": _("indikator kota dapat diperkirakan ke depan"),
        "detail": _("dari {n} indikator yang terbit").format(n=len(found)),
        "value": count,
    }


def finding(found: Sequence[Series]) -> Finding:
    """How many indicators are projected, and where published figures contradict each other."""
    projected = [f"{s.name} ({s.measure}) – {s.note}" for s in found if s.projection is not None]
    unused = [f"{s.name} {y}" for s in found for y in s.points.loc[~s.points["used"], "year"]]
    headline = (
        _("{count} dari {all} angka resmi kota cukup panjang untuk diperkirakan ke depan.")
        if projected
        else _("Belum ada angka resmi kota yang cukup panjang untuk diperkirakan ke depan.")
    ).format(count=len(projected), all=len(found))
    if not unused:
        return Finding(headline, detail=" ".join(projected))
    others = _(
        "Angka yang bertentangan atau belum diperiksa, ditampilkan tetapi tidak dipakai: {names}."
    ).format(names=listing(dict.fromkeys(unused)))
    return Finding(headline, detail=" ".join([*projected, others]))

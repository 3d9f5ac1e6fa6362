"""Several cities side by side: readiness, gap and SWOT position, with intervals and ranks.

Every city's units are resampled by themselves, with draws of their own, so that ranks carry the
uncertainty of all cities. All functions take the answers by city: a dict from its name to its
table.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.methods import comparisons, intervals
from analysis.stages import gap
from analysis.stages import readiness as ready
from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.external import factors
from analysis.stages.swot import position as positions
from analysis.text import _, listing, percent

Tables = Mapping[str, pd.DataFrame]
READINESS, GAP = "cities_readiness", "cities_gap"
"""Kinds of comparisons: each city with the units of all others."""


def ranked(
    tables: Tables, item: str, value: str, keep: Sequence[str], confidence: float = 0.95
) -> pd.DataFrame:
    """A row per city and item: its mean over the city's units, and its rank among the cities.

    `tables`: a row per unit and item each. Columns: city, `item`, `keep`, mean, low, high, n,
    missing, method; rank (1: the highest mean), rank_low and rank_high (percentiles of the rank
    over the resamples; NaN where fewer than ten units of some city answered the item), ranks (both
    in words), first (share of resamples in which the city ranks first; NaN likewise).
    Source: Goldstein & Spiegelhalter (1996), J. Royal Statistical Society A 159, 385-443.
    """
    means, draws = [], {}
    for number, (city, table) in enumerate(tables.items()):
        seed = aggregate.SEED + number
        part = aggregate.over_units(table, item, value, keep, confidence, seed)
        means.append(part.assign(city=city))
        values = aggregate.wide(table, item, value)
        draws[city] = intervals.replicates(values, aggregate.strata(table), seed=seed)
    found = pd.concat(means, ignore_index=True)
    found["rank"] = found.groupby(item)["mean"].rank(ascending=False, method="min")
    drawn = pd.concat(draws, axis="columns", names=["city", item])
    ranks = drawn.T.groupby(level=item).rank(ascending=False, method="min").T
    end = (1 - confidence) / 2
    known = found.groupby(item)["n"].transform("min") >= intervals.FEW
    keys = pd.MultiIndex.from_frame(found[["city", item]])
    for column, spread in (
        ("rank_low", ranks.quantile(end, interpolation="lower")),
        ("rank_high", ranks.quantile(1 - end, interpolation="higher")),
        ("first", (ranks == 1).mean()),
    ):
        found[column] = np.where(known, spread.reindex(keys), np.nan)
    spans = zip(found["rank_low"], found["rank_high"], strict=True)
    found["ranks"] = [
        "–" if np.isnan(low) else f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"
        for low, high in spans
    ]
    return found


def readiness(answers: Tables, confidence: float = 0.95) -> pd.DataFrame:
    """The index and the elements of readiness: `ranked`, with tier and name."""
    scores = {city: _scores(table) for city, table in answers.items()}
    return ranked(scores, "id", "score", ["tier", "name"], confidence)


def _scores(answers: pd.DataFrame) -> pd.DataFrame:
    scores = ready.figures.scores(answers)
    return scores[scores["tier"].isin([ready.figures.INDEX, ready.figures.ELEMENT])]


def gaps(answers: Tables, confidence: float = 0.95) -> pd.DataFrame:
    """The mean gap over all sub-dimensions and in each dimension: `ranked`, largest gap first."""
    return ranked(
        {city: _gaps(table) for city, table in answers.items()},
        "dimension",
        gap.figures.GAP,
        ["dimension_name", "dimension_short"],
        confidence,
    )


def _gaps(answers: pd.DataFrame) -> pd.DataFrame:
    of_all = gap.figures.gaps(answers)
    return pd.concat(
        [gap.figures.means(of_all, None), gap.figures.means(of_all)], ignore_index=True
    )


def overall(ranked: pd.DataFrame) -> pd.DataFrame:
    """Of `readiness` or `gaps` what stands for a city as a whole, first rank on top."""
    item = "id" if "id" in ranked else "dimension"
    whole = ranked[item] == ranked[item].iloc[0]
    return ranked[whole].sort_values(["rank", "city"], ignore_index=True)


def parts(ranked: pd.DataFrame) -> pd.DataFrame:
    """Of `readiness` or `gaps` the elements or dimensions."""
    item = "id" if "id" in ranked else "dimension"
    return ranked[ranked[item] != ranked[item].iloc[0]].reset_index(drop=True)


def position(internal: Tables, external: Tables, confidence: float = 0.95) -> pd.DataFrame:
    """The SWOT position of each city.

    A row per city and axis: city, axis (X or Y), value, low, high, n; quadrant (in words), share
    of the city's resamples in that quadrant (NaN below ten units).
    """
    rows = []
    for number, city in enumerate(internal):
        totals = [factors.total(table[city], confidence) for table in (internal, external)]
        if not all(total.n for total in totals):
            continue
        x, y = (total.value - factors.NEUTRAL for total in totals)
        here = positions.quadrant(x, y)
        cloud = positions.cloud(internal[city], external[city], seed=aggregate.SEED + number)
        share = float((cloud["quadrant"] == here).mean()) if len(cloud) else np.nan
        name = f"{here} ({_(positions.QUADRANTS[here])})"
        for axis, total in zip("XY", totals, strict=True):
            ends = (end - factors.NEUTRAL for end in (total.value, total.low, total.high))
            rows.append((city, axis, *ends, total.n, name, share))
    columns = ["city", "axis", "value", "low", "high", "n", "quadrant_name", "share"]
    return pd.DataFrame(rows, columns=columns)


def compared(
    readiness_answers: Tables, gap_answers: Tables, confidence: float = 0.95
) -> pd.DataFrame:
    """All comparisons of the report (`claims.table`): each city with the units of all others.

    Welch's test of readiness indices and of mean gaps. Without rows for a single city.
    """
    families = []
    for kind, tables, value, above, below in (
        (
            READINESS,
            {city: _whole(_scores(t), "id") for city, t in readiness_answers.items()},
            "score",
            _("kesiapan {name} di atas kota-kota lain"),
            _("kesiapan {name} di bawah kota-kota lain"),
        ),
        (
            GAP,
            {city: _whole(_gaps(t), "dimension") for city, t in gap_answers.items()},
            gap.figures.GAP,
            _("kesenjangan {name} lebih besar daripada kota-kota lain"),
            _("kesenjangan {name} lebih kecil daripada kota-kota lain"),
        ),
    ):
        answered = {city: table[value].dropna() for city, table in tables.items()}
        answered = {city: values for city, values in answered.items() if len(values)}
        if len(answered) < 2:
            continue
        figures = pd.DataFrame(
            [
                comparisons.welch(values, pd.concat(_others(answered, city)), confidence)
                for city, values in answered.items()
            ],
            index=list(answered),
        )
        words = claims.words(pd.Series(figures.index, figures.index), above, below)
        families.append(claims.Comparisons(kind, words, pd.Series(), None, figures))
    return claims.table(families, pd.DataFrame(), confidence)


def _whole(table: pd.DataFrame, item: str) -> pd.DataFrame:
    return table[table[item] == table[item].iloc[0]]


def _others(answered: Mapping[str, pd.Series], city: str) -> list[pd.Series]:
    return [values for name, values in answered.items() if name != city]


def heading(found: pd.DataFrame, kind: str) -> str:
    """What a picture of all cities shows: which ones surely differ from the others."""
    what = {READINESS: _("Indeks kesiapan"), GAP: _("Kesenjangan rata-rata")}[kind]
    sure = [*claims.sure(found, kind, above=True), *claims.sure(found, kind, above=False)]
    if not sure:
        return _("{what}: tidak ada kota yang pasti berbeda dari yang lain").format(what=what)
    if len(sure) > 2:
        return _("{what}: {count} kota pasti berbeda dari kota-kota lain").format(
            what=what, count=len(sure)
        )
    return _("{what}: {names} pasti berbeda dari kota-kota lain").format(
        what=what, names=listing(sure)
    )


def key_figures(ready: pd.DataFrame, gaps: pd.DataFrame, confidence: float = 0.95) -> list[dict]:
    """How many cities there are, and the first of each ranking."""
    figures = [
        {
            "shown": str(ready["city"].nunique()),
            "label": _("kota dibandingkan"),
            "detail": _("setiap unit berbobot sama di kotanya"),
            "value": ready["city"].nunique(),
        }
    ]
    for table, words in (
        (overall(ready), _("indeks kesiapan tertinggi: {name}")),
        (overall(gaps), _("kesenjangan terbesar: {name}")),
    ):
        row = table.iloc[0]
        figure = aggregate.key_figure(
            row["mean"], words.format(name=lead.named(table, "mean", "city")),
            row["low"], row["high"], row["n"], confidence,
        )  # fmt: skip
        if pd.notna(row["first"]):
            share = percent(row["first"])
            figure["detail"] += "; " + _("pertama pada {share} sampel ulang").format(share=share)
        figures.append(figure)
    return figures


def findings(position: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> list[str]:
    """What can be said of the cities, with what stands behind it."""
    sentences = []
    for row in claims.shown(found).itertuples():
        if row.sure:
            details = claims.difference(pd.Series(row._asdict()), confidence)
            sentences.append(_("{claim} ({details}).").format(claim=row.claim, details=details))
    if not sentences:
        sentences = [
            _(
                "Data ini tidak membedakan satu kota pun dari kota-kota lain dalam kesiapan maupun "
                "kesenjangan ({count} uji Welch, koreksi Holm); peringkat di sini tidak pasti."
            ).format(count=len(found))
        ]
    for name, part in position.drop_duplicates("city").groupby("quadrant_name"):
        sentences.append(
            _("Kuadran {name} menurut rerata unit: {cities}.").format(
                name=name, cities=listing(part["city"])
            )
        )
    sentences.append(
        _(
            "Unit menilai kotanya sendiri: kota yang lebih rendah belum tentu lebih lemah, ia "
            "mungkin menilai lebih ketat."
        )
    )
    return sentences

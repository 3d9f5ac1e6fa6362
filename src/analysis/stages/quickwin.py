"""Quick win programmes (Program Unggulan): proposals ranked, and the best set a budget buys.

A proposal comes from one unit (n = 1), so nothing here has an interval over units; how far ranks
hang on the weights of the criteria is shown instead. `stages.proposals` describes the proposals.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analysis.methods import topsis
from analysis.stages.packages import EXTRA, headline, purchase, rupiah
from analysis.stages.proposals import horizon
from analysis.text import _, interval, listing, number, percent

SEED, DRAWS, CONCENTRATION, TOP = 2023, 1000, 100.0, 3


def ranking(
    proposals: pd.DataFrame,
    weights: Mapping[str, float],
    cost_criteria: Sequence[str],
    horizons: Sequence[int],
    dimension_weights: pd.Series | None = None,
) -> pd.DataFrame:
    """The complete ones of `proposals.described`, best first.

    `weights` by criterion; beneficiaries count by their logarithm, log10(people + 1).
    `dimension_weights` (by dimension id, such as AHP weights) multiply the closeness, never the
    criteria. Adds horizon, closeness (TOPSIS, 0-1), factor (the multiplier, else 1), priority
    (closeness x factor), rank (by priority), rank_low and rank_high (ranks between which it
    stays in 90% of the draws of weights around the given ones), rank_range (these in words),
    share_top (share of the draws among the first three) and merit (priority without the criterion
    cost).
    Raises ValueError for a dimension without a weight. Sources: `methods.topsis`.
    """
    part = proposals[proposals["complete"]].set_index("proposal")
    part = part.assign(horizon=horizon(part["duration"], horizons))
    if part.empty:
        figures = ["closeness", "factor", "priority", "rank", "rank_low", "rank_high", "share_top"]
        return part.assign(
            **dict.fromkeys([*figures, "merit"], np.nan), rank_range=""
        ).reset_index()
    factor = _factor(part["dimension"], dimension_weights)
    scores, given = _criteria(part, weights)
    closeness = topsis.closeness(scores, given, cost_criteria)
    if dimension_weights is None:
        stability = topsis.rank_stability(
            scores, given, cost_criteria, DRAWS, CONCENTRATION, SEED, TOP
        )
    else:
        stability = _stability(scores, given, cost_criteria, factor)
    table = part.assign(
        closeness=closeness,
        factor=factor,
        priority=closeness * factor,
        merit=_without_cost(scores, given, cost_criteria) * factor,
    ).join(stability)
    bounds = zip(table["rank_low"], table["rank_high"], strict=True)
    table["rank_range"] = [
        number(low, 0) if low == high else interval(low, high, 0) for low, high in bounds
    ]
    return table.sort_values(["rank", "label"]).reset_index()


def _factor(dimension: pd.Series, weights: pd.Series | None) -> pd.Series:
    if weights is None:
        return pd.Series(1.0, index=dimension.index)
    for unknown in dimension[~dimension.isin(weights.index)]:
        raise ValueError(f"dimension_weights: '{unknown}' has no weight")
    return dimension.map(weights).astype(float)


def _criteria(part: pd.DataFrame, weights: Mapping[str, float]) -> tuple[pd.DataFrame, pd.Series]:
    given = pd.Series(dict(weights), dtype=float)
    scores = part[list(given.index)].astype(float)
    if "beneficiaries" in scores:
        scores["beneficiaries"] = np.log10(scores["beneficiaries"] + 1)
    return scores, given


def _without_cost(scores, weights: pd.Series, cost_criteria: Sequence[str]) -> pd.Series:
    """Closeness on the other criteria: the budget counts the cost already."""
    rest = weights.drop("cost", errors="ignore")
    if rest.empty:
        return pd.Series(0.5, index=scores.index)
    return topsis.closeness(scores[rest.index], rest, [c for c in cost_criteria if c in rest])


def _stability(scores, weights, cost_criteria, factor: pd.Series) -> pd.DataFrame:
    """`topsis.rank_stability` of closeness x factor, from the same draws of weights."""
    mean = weights / weights.sum()
    drawn = np.random.default_rng(SEED).dirichlet(CONCENTRATION * mean, size=DRAWS)
    score = pd.DataFrame(
        [
            topsis.closeness(scores, pd.Series(row, weights.index), cost_criteria) * factor
            for row in [mean, *drawn]
        ]
    )
    ranks = score.round(12).rank(axis=1, ascending=False, method="min").astype(int)
    low, high = np.quantile(ranks[1:], [0.05, 0.95], axis=0, method="inverted_cdf")
    return pd.DataFrame(
        {
            "rank": ranks.iloc[0],
            "rank_low": low.astype(int),
            "rank_high": high.astype(int),
            "share_top": (ranks[1:] <= TOP).mean(),
        },
        index=scores.index,
    )


def reversals(
    ranking: pd.DataFrame, weights: Mapping[str, float], cost_criteria: Sequence[str], top: int = 10
) -> int:
    """How many proposals, each taken away by itself, change the order among the first `top`.

    Source: Garcia-Cascales & Lamata (2012), Mathematical and Computer Modelling 56, 123-132
    (rank reversal in TOPSIS).
    """
    keyed = ranking.set_index("proposal")
    if len(keyed) < 3:
        return 0
    scores, given = _criteria(keyed, weights)
    first, changed = keyed.index[:top], 0
    for taken in keyed.index:
        score = topsis.closeness(scores.drop(taken), given, cost_criteria) * keyed["factor"]
        changed += bool((score[first.drop(taken, errors="ignore")].diff() > 1e-9).any())
    return changed


def headline_ranking(ranking: pd.DataFrame) -> str:
    """Whether one proposal stays first when the weights shift a little."""
    if len(ranking) < 2:
        return _("Peringkat memerlukan sekurang-kurangnya dua usulan lengkap; ada {n}").format(
            n=len(ranking)
        )
    count = rivals(ranking)
    if count == 1:
        return _("{name} tetap teratas bila bobot kriteria digeser sedikit").format(
            name=ranking["label"].iloc[0]
        )
    return _(
        "{count} usulan tidak terbedakan di puncak bila bobot kriteria digeser sedikit"
    ).format(count=count)


def alt_ranking(ranking: pd.DataFrame, count: int) -> str:
    """The picture of the first `count` ranks, for those who do not see it."""
    shown = ranking.head(count)
    return _("Peringkat dan rentangnya untuk {n} usulan: {names}.").format(
        n=len(shown),
        names=listing(
            f"{row.label} {number(row.rank, 0)} ({row.rank_range})"
            for row in shown[["label", "rank", "rank_range"]].itertuples(index=False)
        )
        or "–",
    )


def rivals(ranking: pd.DataFrame) -> int:
    """How many proposals, the first one included, have ranks that overlap those of the first."""
    return int((ranking["rank_low"] <= ranking["rank_high"].iloc[0]).sum())


def key_figures(proposals: pd.DataFrame, packages: pd.DataFrame, budget: float) -> list[dict]:
    """Programmes that the budget buys, proposals ranked, and what can be done in a year."""
    within, more = (row for _index, row in purchase(packages, budget).iterrows())
    quick = int((packages["horizon"].cat.codes == 0).sum())
    ranked, units = len(packages), proposals["unit"].nunique()
    n = _("n = {n} usulan dari {units} unit").format(n=ranked, units=packages["unit"].nunique())
    first_horizon = packages["horizon"].cat.categories[0]
    return [
        {
            "shown": number(within["programmes"], 0),
            "label": _("program dalam paket terbaik seharga paling banyak {budget}").format(
                budget=rupiah(budget)
            ),
            "detail": _("biaya {cost} · {n}").format(cost=rupiah(within["cost"]), n=n),
            "value": float(within["programmes"]),
        },
        {
            "shown": number(more["programmes"], 0),
            "label": _("program bila anggaran ditambah {extra}").format(extra=percent(EXTRA)),
            "detail": _("biaya {cost} · {n}").format(cost=rupiah(more["cost"]), n=n),
            "value": float(more["programmes"]),
        },
        {
            "shown": number(quick, 0),
            "label": _("usulan lengkap berhorizon {name}").format(name=first_horizon.lower()),
            "detail": n,
            "value": float(quick),
        },
        {
            "shown": number(len(proposals) - ranked, 0),
            "label": _("usulan belum lengkap, tidak diperingkat"),
            "detail": _("dari {n} usulan {units} unit").format(n=len(proposals), units=units),
            "value": float(len(proposals) - ranked),
        },
    ]


def findings(
    proposals: pd.DataFrame,
    packages: pd.DataFrame,
    pairs: pd.DataFrame,
    units: pd.DataFrame,
    budget: float,
    changed: int,
) -> list[str]:
    """What the proposals say, in sentences; the first stands on the index.

    `pairs`: names that look alike (`proposals.similar`); `units`: the register; `changed`: the
    count of `reversals`.
    """
    silent = units[units["answered"].astype(bool) & ~units["unit"].isin(proposals["unit"])]
    given = _("{all} usulan masuk dari {units} unit; {ranked} lengkap dan diperingkat.").format(
        all=len(proposals), units=proposals["unit"].nunique(), ranked=len(packages)
    )
    if not silent.empty:
        given += _(" {n} unit yang menjawab tidak mengusulkan program.").format(n=len(silent))
    if packages.empty:
        none = _("Belum ada usulan lengkap, jadi peringkat dan paket program tidak dihitung.")
        return [none, given]
    sentences = [headline(packages, budget) + ".", given, leaders(packages)]
    swapped = packages[packages["within"] & ~packages["with_more"]]
    added = packages[~packages["within"] & packages["with_more"]]
    if len(added):
        sentences.append(
            _("Dengan anggaran tambahan {extra} masuk {added}{swapped}.").format(
                extra=percent(EXTRA),
                added=listing(added["label"]),
                swapped=_(", menggantikan {names}").format(names=listing(swapped["label"]))
                if len(swapped)
                else "",
            )
        )
    else:
        sentences.append(
            _("Anggaran tambahan {extra} tidak mengubah paket.").format(extra=percent(EXTRA))
        )
    if changed:
        sentences.append(
            _(
                "Peringkat TOPSIS bergantung pada usulan pembanding: {count} dari {all} usulan, "
                "bila dikeluarkan sendirian, mengubah urutan sepuluh besar."
            ).format(count=changed, all=len(packages))
        )
    inside = set(packages.loc[packages["within"], "proposal"])
    twice = pairs[pairs["proposal"].isin(inside) & pairs["other_proposal"].isin(inside)]
    if len(twice):
        sentences.append(
            _(
                "Paket memuat {count} pasang usulan bernama mirip; periksa apakah itu program yang "
                "sama agar tidak dibiayai dua kali."
            ).format(count=len(twice))
        )
    return sentences


def leaders(ranking: pd.DataFrame) -> str:
    """Which proposals lead, and whether the weights tell them apart, in a sentence."""
    if len(ranking) < 2:
        return headline_ranking(ranking) + "."
    first, count = ranking.iloc[0], rivals(ranking)
    found = _("Peringkat pertama: {name}").format(name=first["label"])
    if len(ranking) > TOP:
        found += _(", masuk {top} besar pada {share} ulangan dengan bobot yang digeser").format(
            top=TOP, share=percent(first["share_top"], 1)
        )
    found += "."
    if count > 1:
        found += _(
            " Rentang peringkat {count} usulan bertumpang tindih dengannya, jadi data ini tidak "
            "membedakan usulan-usulan itu di puncak."
        ).format(count=count)
    return found

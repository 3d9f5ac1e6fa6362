"""What a stage claims: its comparisons, how sure each is, and what it hangs on.

A comparison asks whether a figure over units lies above or below a reference. Of the chance of any
false claim (5%) that a stage allows itself, 4% go to its primary questions and 1% to all others, by
Bonferroni in each, so that many side questions cannot drown the main ones and a verdict can be read
from an interval. Three words say how sure it is:

- clear: the interval at that level excludes the reference, and nothing that was computed turns it;
- likely: the plain interval excludes the reference (an order or a place: as large a share of
  resamples agree), and among the side questions Benjamini and Hochberg's q is at most 10%;
- unclear: neither.

Where what a comparison rests on does not hold, such as the consistency of judgements, nothing is
concluded: it is unclear, and said to be so with the reason.

Sources: Bonferroni: Dunn (1961), JASA 56, 52-64; Benjamini & Hochberg (1995), J. Royal Statistical
Society B 57, 289-300.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, estimates
from analysis.text import N_, _, listing

PRIMARY = 0.8
"""The share of a stage's chance of error that goes to its primary questions."""
DISCOVERIES = 0.10
"""The q up to which a side question may be likely."""
CASES = {
    "equal_groups": N_("kelompok berbobot sama"),
    "weighted_units": N_("bobot menurut daftar perangkat daerah"),
    "worst": N_("jawaban yang kurang terburuk"),
    "best": N_("jawaban yang kurang terbaik"),
}
WEIGHTS = ["equal_groups", "weighted_units"]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Several comparisons of one kind.

    `words`: by item, what is said of it ``above`` and ``below`` the reference, and where that is
    ``unclear``; `strata`: group by unit; `statistic`: see `estimates`, columns are the items, less
    the reference (None: it is defined for units that weigh the same only); `figures`: by item, as
    `estimates.against_zero` gives them; `bounds`: by item worst and best, the figure less the
    reference if every missing answer stood at an end of its scale, NaN where that is not known;
    `ranked`: it is an order or a place, which resamples judge; `cases`: what could turn it, in
    words by the column that holds the figure then; `barred`: by item, why nothing can be concluded
    of it, in words, empty where something can (None: of all).
    """

    kind: str
    words: pd.DataFrame
    strata: pd.Series
    statistic: estimates.Statistic | None
    figures: pd.DataFrame
    bounds: pd.DataFrame | None = None
    reference: float = 0.0
    ranked: bool = False
    cases: Mapping[str, str] = field(default_factory=lambda: CASES)
    barred: pd.Series | None = None


def against(
    kind: str,
    answers: pd.DataFrame,
    item: str,
    value: str,
    said: pd.DataFrame,
    reference: float,
    extremes: pd.DataFrame,
    scale: tuple[float, float],
    confidence: float = 0.95,
) -> Comparisons:
    """Whether the mean of each item over the units lies above or below `reference`.

    `answers`: a row per unit and item; `said`: from `words`; `extremes`: from `missing.ends`;
    `scale`: the ends of its scale.
    """
    values = aggregate.wide(answers, item, value) - reference
    strata, statistic = aggregate.strata(answers), estimates.of_means(values)
    possible = (scale[0] - reference, scale[1] - reference)
    figures = estimates.against_zero(strata, statistic, values.count(), confidence, possible)
    return Comparisons(kind, said, strata, statistic, figures, extremes - reference, reference)


def words(names: pd.Series, above: str, below: str, unclear: str, **others: str) -> pd.DataFrame:
    """What is said of each item: `names` and `others` put into templates with ``{name}``.

    `unclear`: what does hold of an item of which neither `above` nor `below` can be said.
    """
    templates = {"above": above, "below": below, "unclear": unclear}
    return pd.DataFrame(
        {
            side: [template.format(name=name, **others) for name in names]
            for side, template in templates.items()
        },
        index=names.index,
    )


def table(
    families: Sequence[Comparisons],
    units: pd.DataFrame,
    confidence: float = 0.95,
    stage: str = "",
    primary: Collection[str] = (),
) -> pd.DataFrame:
    """All comparisons of a stage that have an answer, a row for each, indexed by kind and item.

    `units`: the register (unit, weight); `stage`: its name; `primary`: the kinds that are its
    primary questions. Columns: id (``stage.item.kind``), claim (in words), sentence (what does
    hold, at its level), value, reference, low
    and high (at `confidence`), wide_low and wide_high (at the level that its family asks), n,
    p_value, alpha (what p must be below), least (the smallest p that so few units can reach), q,
    agree (share of resamples), primary, level; the value when groups of units weigh the same
    (equal_groups), when units weigh as the register says (weighted_units), and at the ends of what
    the missing answers allow (worst, best); turned and untried (which of these turn it, and which
    could not be computed, in words); barred (why nothing is concluded, in words or empty).
    """
    answered = [family for family in families if (family.figures["n"] > 0).any()]
    if not answered:
        return _none()
    rows = [_rows(family, units) for family in answered]
    found = pd.concat(rows, keys=[family.kind for family in answered])
    found = found[found["n"] > 0].rename_axis(["kind", "item"])
    chance, kinds = round(1 - confidence, 9), found.index.get_level_values("kind")
    found["primary"] = kinds.isin(list(primary))
    share = found["primary"].map({True: PRIMARY, False: 1 - PRIMARY}) if primary else 1.0
    found["alpha"] = chance * share / found.groupby("primary")["primary"].transform("size")
    side = ~found["primary"]
    found["q"] = np.nan
    if side.any():
        found.loc[side, "q"] = comparisons.q_values(found.loc[side, "p_value"])
    # Fewer units than can ever be clear have no interval at that level.
    reach = estimates.reaching(found, found["alpha"]).where(found["least"] < found["alpha"])
    least, most = found.get("floor", np.nan), found.get("ceiling", np.nan)
    wide = (
        np.fmin(found["value"] - reach, found["low"]),
        np.fmax(found["value"] + reach, found["high"]),
    )
    found["wide_low"] = np.fmax(wide[0], least).where(reach.notna())
    found["wide_high"] = np.fmin(wide[1], most).where(reach.notna())
    found["level"] = _level(found, chance)
    found["confidence"] = confidence
    found["sentence"] = found.pop("unclear").where(found["level"] == UNCLEAR, found["claim"])
    words = _("terlalu sedikit perangkat daerah untuk mengatakan bahwa {claim}")
    lacking = [words.format(claim=claim) for claim in found["claim"]]
    # What stands on its reference is on no side of it, however many answered.
    found["sentence"] = found["sentence"].mask(few(found) & (found["value"] != 0), lacking)
    none = [concluded(reason) for reason in found["barred"]]
    found["sentence"] = found["sentence"].mask(found["barred"] != "", none)
    found["id"] = [named(stage, *key) for key in found.index]
    ends = ["value", "low", "high", "wide_low", "wide_high", *CASES]
    found[ends] = found[ends].add(found["reference"], axis="index")
    return found


def concluded(reason: str) -> str:
    """That nothing is concluded, and why."""
    return _("tidak ada kesimpulan: {reason}").format(reason=reason)


def _none() -> pd.DataFrame:
    columns = ["value", "reference", "low", "high", "wide_low", "wide_high", "n", "p_value", "q"]
    columns += ["alpha", "least", "agree", "confidence", *CASES]
    empty = pd.MultiIndex.from_tuples([], names=["kind", "item"])
    words = dict.fromkeys(["id", "claim", "sentence", "level", "turned", "untried", "barred"], "")
    sides = dict.fromkeys(["primary", "above", "ranked"], False)
    return pd.DataFrame(columns=columns, index=empty, dtype=float).assign(**words, **sides)


def named(stage: str, kind: str, item: str) -> str:
    """The id of a claim: ``stage.item.kind``, in letters that any address bears."""
    return re.sub(r"[^a-z0-9_.]+", "-", f"{stage}.{item}.{kind}".lower())


def _rows(family: Comparisons, units: pd.DataFrame) -> pd.DataFrame:
    figures, ends = family.figures.assign(agree=family.figures.get("agree", np.nan)), family.bounds
    if ends is None:
        ends = pd.DataFrame(np.nan, figures.index, ["worst", "best"])
    above = figures["value"] > 0
    rows = figures.assign(
        claim=family.words["above"].where(above, family.words["below"]),
        unclear=family.words["unclear"],
        above=above,
        reference=family.reference,
        ranked=family.ranked,
        barred="" if family.barred is None else family.barred,
    ).join([_reweighed(family, units), ends])
    return rows.assign(**_turning(rows, family.cases))


def _reweighed(family: Comparisons, units: pd.DataFrame) -> pd.DataFrame:
    """The figures when groups weigh the same, and when units weigh as the register says."""
    if family.statistic is None:
        return pd.DataFrame(np.nan, family.figures.index, WEIGHTS)
    strata = family.strata
    shares = np.vstack(
        [
            1 / strata.map(strata.value_counts()).to_numpy(dtype=float),
            units.set_index("unit")["weight"].reindex(strata.index).to_numpy(dtype=float),
        ]
    )
    counts = shares * len(strata) / shares.sum(axis=1, keepdims=True)
    return family.statistic(counts).set_axis(WEIGHTS).T


def _turning(found: pd.DataFrame, cases: Mapping[str, str]) -> dict[str, list[str]]:
    """What turns each comparison, and what was not computed that could, in words."""
    side = np.sign(found["value"])
    other = np.where(found["value"] > 0, "best", "worst")
    tried = found[list(cases)].mul(side, axis="index")
    turned, untried = [], []
    # What stands on its reference is on no side from which it could turn.
    for sign, beyond, row in zip(side, other, tried.to_dict("records"), strict=True):
        turned.append(listing(_(cases[c]) for c in cases if sign and row[c] <= 0))
        unknown = [c for c in cases if c != beyond and np.isnan(row[c])]
        untried.append(listing(_(cases[c]) for c in unknown))
    return {"turned": turned, "untried": untried}


def _level(found: pd.DataFrame, chance: float) -> np.ndarray:
    excluded = (found["wide_low"] > 0) | (found["wide_high"] < 0)
    bounded = found["wide_low"].notna()  # what has a p alone, such as Kendall's W, has no interval
    best = (found["p_value"] < found["alpha"]) & (excluded | ~bounded) & (found["turned"] == "")
    plain = np.where(bounded, (found["low"] > 0) | (found["high"] < 0), found["p_value"] < chance)
    plain = np.where(found["ranked"], found["agree"] >= 1 - chance / 2, plain)
    plain &= found["least"] < chance
    plain &= found["primary"] | (found["q"] <= DISCOVERIES)
    open_ = found["barred"] == ""
    return np.select([best & open_, plain & open_], [CLEAR, LIKELY], UNCLEAR)


def of_kind(found: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The comparisons of one kind, by item; without rows where there are none."""
    return found[found.index.get_level_values("kind") == kind].droplevel("kind")


def clear(found: pd.DataFrame, kind: str, above: bool) -> pd.Index:
    """The items that clearly lie above, or below, what they are compared with."""
    return _at(CLEAR, found, kind, above)


def likely(found: pd.DataFrame, kind: str, above: bool) -> pd.Index:
    """The items that likely, but not clearly, lie above, or below, what they are compared with."""
    return _at(LIKELY, found, kind, above)


def _at(level: str, found: pd.DataFrame, kind: str, above: bool) -> pd.Index:
    rows = of_kind(found, kind)
    return rows.index[(rows["level"] == level) & (rows["above"] == above)]


def few(rows: pd.DataFrame | pd.Series) -> pd.Series | bool:
    """Whether so few units answered that a comparison could never even be likely."""
    return rows["least"] >= round(1 - rows["confidence"], 9)


def beside(frame: pd.DataFrame, found: pd.DataFrame, kind: str, on: str) -> pd.DataFrame:
    """`frame` with level, wide_low, wide_high and claim (id) of its items (`on`).

    Without a comparison an item has no level: an empty text.
    """
    rows = of_kind(found, kind)[["level", "wide_low", "wide_high", "id"]]
    joined = frame.join(rows.rename(columns={"id": "claim"}), on=on)
    return joined.fillna({"level": "", "claim": ""})

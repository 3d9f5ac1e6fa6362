"""What a report claims: its comparisons, what chance explains of them, and what they hang on.

A comparison asks whether a figure over units lies above or below zero, once what it is compared
with is taken away. It becomes a claim only when it survives Holm's correction over all comparisons
of its report; and a claim is fragile when other weights of the units, or the answers that are
missing, could turn it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import comparisons
from analysis.stages.evidence import aggregate, estimates
from analysis.text import _, listing, number, percent

FIGURES = ["value", "low", "high", "n", "p_value"]
CASES = ["equal_groups", "weighted_units", "worst", "best"]


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Several comparisons of one kind.

    `words`: by item, what is said of it ``above`` and ``below`` zero; `strata`: group by unit;
    `statistic`: see `estimates`, columns are the items (None: it is defined for units that weigh
    the same only); `figures`: by item value, low, high, n and
    p_value (`estimates.against_zero`); `bounds`: by item worst and best, the figure if every
    missing answer stood at an end of its scale, NaN where that is not known.
    """

    kind: str
    words: pd.DataFrame
    strata: pd.Series
    statistic: estimates.Statistic | None
    figures: pd.DataFrame
    bounds: pd.DataFrame | None = None


def bounds(figures: pd.DataFrame, expected: int, low: float, high: float) -> pd.DataFrame:
    """How low and how high each mean could lie once all `expected` units have answered.

    `figures`: mean, n, and tb (units to which it does not apply) where that may be; `low` and
    `high`: the ends of the scale. Adds worst and best: the means if every answer that is missing
    were at an end of the scale. Nothing is imputed.
    Source: Manski (1989), Journal of Human Resources 24, 343-360 (worst-case bounds).
    """
    given = figures["n"] * figures["mean"].fillna(0)
    applies = expected - figures.get("tb", 0)
    absent = (applies - figures["n"]).clip(lower=0)
    everyone = (figures["n"] + absent).where(lambda n: n > 0)
    return figures.assign(
        worst=(given + absent * low) / everyone, best=(given + absent * high) / everyone
    )


def ends(
    answers: pd.DataFrame, item: str, value: str, scale: tuple[float, float], expected: int
) -> pd.DataFrame:
    """`bounds` of each item's mean over the units: worst and best, by item.

    `answers`: a row per unit and item, with ``tb`` where a row may not apply; `expected`: how many
    units should have answered.
    """
    values = aggregate.wide(answers, item, value)
    tb = answers.groupby(item)["tb"].sum() if "tb" in answers else 0
    figures = pd.DataFrame({"mean": values.mean(), "n": values.count(), "tb": tb})
    return bounds(figures, expected, *scale)[["worst", "best"]]


def against(
    kind: str,
    answers: pd.DataFrame,
    item: str,
    value: str,
    words: pd.DataFrame,
    reference: float,
    ends: pd.DataFrame,
    confidence: float = 0.95,
) -> Comparisons:
    """Whether the mean of each item over the units lies above or below `reference`.

    `answers`: a row per unit and item; `ends`: worst and best mean by item.
    """
    values = aggregate.wide(answers, item, value) - reference
    strata = aggregate.strata(answers)
    statistic = estimates.of_means(values)
    figures = estimates.against_zero(strata, statistic, values.count(), confidence)
    return Comparisons(kind, words, strata, statistic, figures, ends - reference)


def words(names: pd.Series, above: str, below: str, **others: str) -> pd.DataFrame:
    """What is said of each item: `names` and `others` put into two templates with ``{name}``."""
    return pd.DataFrame(
        {
            side: [template.format(name=name, **others) for name in names]
            for side, template in (("above", above), ("below", below))
        },
        index=names.index,
    )


def table(
    families: Sequence[Comparisons], units: pd.DataFrame, confidence: float = 0.95
) -> pd.DataFrame:
    """All comparisons of a report, a row for each, indexed by kind and item.

    `units`: the register (unit, weight). Columns: claim (in words), value (less what it is compared
    with), low, high, n, p_value, adjusted (Holm, over all rows), sure (adjusted below
    1 - `confidence`), and the same value when groups of units weigh the same (equal_groups), when
    units weigh as the register says (weighted_units), and at the ends of what the missing answers
    allow (worst, best).
    Source: `comparisons.holm`.
    """
    rows = {family.kind: _rows(family, units) for family in families}
    nothing = pd.DataFrame(columns=["claim", *FIGURES, *CASES], dtype=float)
    found = pd.concat(rows or {"": nothing})
    adjusted = comparisons.holm(found["p_value"])
    found = found.assign(adjusted=adjusted, sure=adjusted < 1 - confidence)
    return found.rename_axis(["kind", "item"])


def _rows(family: Comparisons, units: pd.DataFrame) -> pd.DataFrame:
    figures, ends = family.figures, family.bounds
    if ends is None:
        ends = pd.DataFrame(np.nan, figures.index, ["worst", "best"])
    above = figures["value"] > 0
    rows = figures.assign(claim=family.words["above"].where(above, family.words["below"]))
    return rows.join(_reweighed(family, units)).join(ends)[["claim", *FIGURES, *CASES]]


def _reweighed(family: Comparisons, units: pd.DataFrame) -> pd.DataFrame:
    """The figures when groups weigh the same, and when units weigh as the register says."""
    if family.statistic is None:
        return pd.DataFrame(np.nan, family.figures.index, CASES[:2])
    strata = family.strata
    shares = np.vstack(
        [
            1 / strata.map(strata.value_counts()).to_numpy(dtype=float),
            units.set_index("unit")["weight"].reindex(strata.index).to_numpy(dtype=float),
        ]
    )
    counts = shares * len(strata) / shares.sum(axis=1, keepdims=True)
    return family.statistic(counts).set_axis(CASES[:2]).T


def selected(families: Sequence[Comparisons], kinds: Collection[str]) -> list[Comparisons]:
    """The comparisons of some kinds: those of a report that shows only a part of others."""
    return [family for family in families if family.kind in kinds]


def of_kind(claims: pd.DataFrame, kind: str) -> pd.DataFrame:
    """The comparisons of one kind, by item; without rows where there are none."""
    return claims[claims.index.get_level_values("kind") == kind].droplevel("kind")


def sure(claims: pd.DataFrame, kind: str, above: bool) -> pd.Index:
    """The items that certainly lie above, or below, what they are compared with."""
    rows = of_kind(claims, kind)
    return rows.index[rows["sure"] & ((rows["value"] > 0) == above)]


def shown(claims: pd.DataFrame) -> pd.DataFrame:
    """The comparisons as a table shows them, the surest first: adds p_holm and verdict in words."""
    verdicts = {True: _("pasti"), False: _("belum pasti")}
    table = claims.assign(
        p_holm=[probability(p) for p in claims["adjusted"]],
        verdict=claims["sure"].map(verdicts),
    )
    return table.sort_values("p_value", kind="stable").reset_index()


def fragile(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims that something could turn, with what could: adds ``turned`` (in words)."""
    names = {
        "equal_groups": _("kelompok berbobot sama"),
        "weighted_units": _("bobot unit menurut daftar unit"),
        "worst": _("jawaban yang kurang terburuk"),
        "best": _("jawaban yang kurang terbaik"),
    }
    made = claims[claims["sure"]]
    turned = made[CASES].mul(np.sign(made["value"]), axis="index") <= 0
    words = [listing(names[c] for c in CASES if row[c]) for row in turned.to_dict("records")]
    return made.assign(turned=words)[turned.any(axis=1).to_numpy()]


def untried(claims: pd.DataFrame) -> pd.Series:
    """Which claims lack a figure that could turn them: that end of the bounds, or other weights."""
    end = claims["worst"].where(claims["value"] > 0, claims["best"])
    return claims["sure"] & (end.isna() | claims[CASES[:2]].isna().any(axis=1))


def difference(row: pd.Series, confidence: float = 0.95, digits: int = 2) -> str:
    """The difference and the `certainty` behind one comparison, in words."""
    return _("selisih {value}; {certainty}").format(
        value=number(row["value"], digits, sign=True), certainty=certainty(row, confidence, digits)
    )


def certainty(row: pd.Series, confidence: float = 0.95, digits: int = 2) -> str:
    """The interval, n and Holm's p behind one comparison, in words."""
    if pd.isna(row["low"]):
        return _("n = {n}, tanpa selang").format(n=int(row["n"]))
    return _("selang {confidence}: {low} s.d. {high}; n = {n}; p Holm {p}").format(
        confidence=percent(confidence),
        low=number(row["low"], digits),
        high=number(row["high"], digits),
        n=int(row["n"]),
        p=probability(row["adjusted"]),
    )


def probability(p: float) -> str:
    """A probability in words: ``0,012``, and ``< 0,001`` rather than ``0``."""
    least = 0.001
    return f"< {number(least, 3)}" if p < least else number(p, 3)


def heading(claims: pd.DataFrame) -> str:
    """How many of a report's comparisons are claims."""
    return _("{sure} dari {all} perbandingan melampaui kebetulan").format(
        sure=int(claims["sure"].sum()), all=len(claims)
    )


def heading_fragile(claims: pd.DataFrame) -> str:
    """How many of a report's claims something could turn."""
    made, count = int(claims["sure"].sum()), len(fragile(claims))
    if not made:
        return _("Tidak ada kesimpulan yang perlu diuji ketahanannya")
    if not count:
        return _("Semua kesimpulan ({made}) bertahan").format(made=made)
    return _("{count} dari {made} kesimpulan dapat berbalik").format(count=count, made=made)


def note(confidence: float = 0.95) -> str:
    """How the comparisons were tested."""
    return _(
        "Nilai: selisih dengan pembandingnya. Uji t atas unit (galat baku jackknife) atau uji "
        "Welch antarkelompok; p setelah koreksi Holm (1979) atas semua baris; pasti bila p di "
        "bawah {level}."
    ).format(level=number(1 - confidence))


def note_fragile() -> str:
    """What the columns of the table of fragile claims are."""
    return _(
        "Nilai: selisih dengan pembandingnya bila semua unit berbobot sama. Kesimpulan berbalik "
        "bila tandanya berganti. Batas memakai ujung skala bagi jawaban yang kurang; tanda – "
        "berarti tidak dihitung untuk kesimpulan itu."
    )


def finding(claims: pd.DataFrame) -> str:
    """What the claims of a report hang on, in a sentence."""
    made, turned = int(claims["sure"].sum()), fragile(claims)
    if not made:
        return _(
            "Dari {all} perbandingan dalam laporan ini tidak satu pun melampaui kebetulan setelah "
            "koreksi Holm."
        ).format(all=len(claims))
    start = _(
        "{made} dari {all} perbandingan dalam laporan ini melampaui kebetulan setelah koreksi Holm"
    ).format(made=made, all=len(claims))
    if turned.empty:
        start += _(
            ", dan semuanya bertahan bila setiap kelompok berbobot sama, bila unit berbobot "
            "menurut daftar unit, dan seburuk atau sebaik apa pun jawaban yang kurang."
        )
        if not (count := int(untried(claims).sum())):
            return start
        return start + _(" Bagi {count} di antaranya tidak semua hal itu dapat dihitung.").format(
            count=count
        )
    return start + _(", tetapi {count} di antaranya dapat berbalik: {names}.").format(
        count=len(turned),
        names=listing(
            [f"{row.claim} ({row.turned})" for row in turned.head(3).itertuples()]
            + ([_("{n} lainnya").format(n=len(turned) - 3)] if len(turned) > 3 else [])
        ),
    )

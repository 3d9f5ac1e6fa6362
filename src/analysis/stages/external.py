"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import numpy as np
import pandas as pd

from analysis.stages import aggregate, claims, estimates, factors, lead
from analysis.stages.factors import Total
from analysis.text import _, listed, listing, number

SHOWN = 4  # factors that a finding names
TOTAL, FACTOR, GROUPS = "efas", "external", "efas_groups"
"""Kinds of comparisons with neutral: the EFAS total, each factor, each group's total."""


def by_category(matrix: pd.DataFrame) -> pd.DataFrame:
    """The matrix summed over PESTEL categories, heaviest first.

    Columns: pestel_name, count (factors), weight (sum), rating (weighted mean), score (sum).
    """
    table = matrix.groupby("pestel_name", sort=False).agg(
        count=("item", "size"), weight=("weight", "sum"), score=("score", "sum")
    )
    table["rating"] = table["score"] / table["weight"]
    return table.sort_values("weight", ascending=False).reset_index()


def by_group(answers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """The EFAS total of each group of units and of the city: name, mean, low, high, n."""
    parts = [*answers.groupby("group_name", sort=False), (_("Kota"), answers)]
    totals = [(name, factors.total(part, confidence)) for name, part in parts]
    rows = [(name, t.value, t.low, t.high, t.n) for name, t in totals if t.n]
    return pd.DataFrame(rows, columns=["name", "mean", "low", "high", "n"])


def opportunities(matrix: pd.DataFrame) -> pd.DataFrame:
    """Factors whose mean rating is at least neutral, highest score first."""
    return matrix[matrix["rating"] >= factors.NEUTRAL]


def threats(matrix: pd.DataFrame) -> pd.DataFrame:
    """Factors whose mean rating is below neutral, heaviest pull first."""
    low = matrix[matrix["rating"] < factors.NEUTRAL]
    pull = low["weight"] * (factors.NEUTRAL - low["rating"])
    return low.loc[pull.sort_values(ascending=False, kind="stable").index]


def of_factors(
    answers: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """The EFAS total and each factor's rating with neutral: what the SWOT report shares."""
    return [
        *factors.total_against_neutral(
            TOTAL,
            answers,
            _("peluang lebih kuat daripada ancaman (EFAS di atas netral)"),
            _("ancaman lebih kuat daripada peluang (EFAS di bawah netral)"),
            expected,
            confidence,
        ),
        *factors.against_neutral(
            FACTOR,
            answers,
            _("{name}: peluang"),
            _("{name}: ancaman"),
            expected,
            confidence,
        ),
    ]


def comparisons(
    answers: pd.DataFrame, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """All comparisons of the report: `of_factors`, and each group's EFAS total with neutral.

    `answers`: the external table; `expected`: how many units should have answered.
    """
    both = factors.answered(answers)
    strata = aggregate.strata(both)
    parts = dict(list(both.groupby("group_name", sort=False)))
    inside = {name: strata.index.isin(part["unit"]) for name, part in parts.items()}

    def away(drawn: np.ndarray) -> pd.DataFrame:
        return pd.DataFrame(
            {
                name: factors.totals(part, drawn[:, inside[name]]) - factors.NEUTRAL
                for name, part in parts.items()
            }
        )

    n = pd.Series({k: p.dropna(subset="rating")["unit"].nunique() for k, p in parts.items()})
    said = claims.words(
        pd.Series(n.index, n.index),
        _("EFAS menurut {name} di atas netral"),
        _("EFAS menurut {name} di bawah netral"),
    )
    figures = estimates.against_zero(strata, away, n, confidence)
    by_groups = claims.Comparisons(GROUPS, said, strata, away, figures)
    return [*of_factors(answers, expected, confidence), by_groups]


def sure(matrix: pd.DataFrame, found: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The opportunities and the threats that are sure; `found`: the table of claims."""
    above = opportunities(matrix)["item"].isin(claims.sure(found, FACTOR, above=True))
    below = threats(matrix)["item"].isin(claims.sure(found, FACTOR, above=False))
    return opportunities(matrix)[above], threats(matrix)[below]


def corners() -> dict[str, str]:
    """The names of the corners for a picture: rating first, importance second."""
    return {
        "high_high": _("peluang penting"),
        "high_low": _("peluang lain"),
        "low_high": _("ancaman penting"),
        "low_low": _("ancaman lain"),
    }


def heading(matrix: pd.DataFrame, found: pd.DataFrame) -> str:
    """How many factors are surely opportunities and how many surely threats."""
    above, below = sure(matrix, found)
    return _("{above} peluang dan {below} ancaman yang pasti, dari {all} faktor").format(
        above=len(above), below=len(below), all=len(matrix)
    )


def heading_groups(found: pd.DataFrame) -> str:
    """Which groups of units see the surroundings as surely favourable or not."""
    above, below = (claims.sure(found, GROUPS, side) for side in (True, False))
    if above.empty and below.empty:
        return _("Tidak ada kelompok unit yang skornya pasti di atas atau di bawah nilai netral")
    parts = [
        template.format(names=listing(names))
        for template, names in (
            (_("pasti di atas netral: {names}"), above),
            (_("pasti di bawah netral: {names}"), below),
        )
        if len(names)
    ]
    return _("Skor EFAS {parts}").format(parts="; ".join(parts))


def key_figures(matrix: pd.DataFrame, total: Total, confidence: float = 0.95) -> list[dict]:
    """The EFAS total, and the strongest opportunity and threat."""
    label = _("skor EFAS (1–4, netral 2,5)")
    figures = [aggregate.key_figure(total.value, label, total.low, total.high, total.n, confidence)]
    for label, side in (
        (_("peluang terkuat: {name}"), opportunities(matrix)),
        (_("ancaman terkuat: {name}"), threats(matrix)),
    ):
        for row in side.head(1).itertuples(index=False):
            alike = side[["weight", "rating"]].sub([row.weight, row.rating]).abs().max(axis=1)
            named = label.format(name=listed(side.loc[alike <= lead.ROUNDING, "name"], lead.SHOWN))
            figures.append(
                aggregate.key_figure(row.rating, named, row.low, row.high, row.n, confidence)
            )
    return figures


def findings(
    matrix: pd.DataFrame,
    total: Total,
    own: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the units see around the city; `found`: the table of claims."""
    sentences = [balance(total, found, confidence)]
    if not total.n:
        return sentences
    for name, side in zip((_("Peluang"), _("Ancaman")), sure(matrix, found), strict=True):
        if side.empty:
            words = _("{name}: tidak ada faktor yang pasti (uji t, koreksi Holm).")
            sentences.append(words.format(name=name))
            continue
        names = listing(factors.described(side.head(SHOWN)))
        more = len(side) - SHOWN
        template = (
            _("{name} yang pasti (uji t, koreksi Holm): {names}; dan {more} lagi.")
            if more > 0
            else _("{name} yang pasti (uji t, koreksi Holm): {names}.")
        )
        sentences.append(template.format(name=name, names=names, more=more))
    if len(own):
        sentences.append(
            _("{units} unit menambahkan {count} faktor sendiri; tidak ikut dirata-ratakan.").format(
                units=own["unit"].nunique(), count=len(own)
            )
        )
    return [*sentences, claims.finding(found)]


def balance(total: Total, found: pd.DataFrame, confidence: float = 0.95) -> str:
    """Whether opportunities outweigh threats, in a sentence; `found`: the table of claims."""
    if not total.n:
        return _("Belum ada jawaban tentang faktor eksternal.")
    row = claims.of_kind(found, TOTAL).iloc[0]
    if not row["sure"]:
        first = _(
            "Peluang dan ancaman tidak dapat dibedakan kuatnya: skor EFAS {value} ({details})."
        )
    elif row["value"] > 0:
        first = _("Peluang lebih kuat daripada ancaman: skor EFAS {value} ({details}).")
    else:
        first = _("Ancaman lebih kuat daripada peluang: skor EFAS {value} ({details}).")
    details = claims.difference(row, confidence)
    return first.format(value=number(total.value), details=details)

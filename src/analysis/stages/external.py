"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import pandas as pd

from analysis.stages import aggregate, factors
from analysis.stages.factors import Total
from analysis.text import _, listing, number

SHOWN = 4  # factors that a finding names


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
    return low.loc[pull.sort_values(ascending=False).index]


def sure(matrix: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Opportunities and threats whose whole interval lies on one side of neutral."""
    above, below = opportunities(matrix), threats(matrix)
    return above[above["low"] > factors.NEUTRAL], below[below["high"] < factors.NEUTRAL]


def corners() -> dict[str, str]:
    """The names of the corners for a picture: rating first, importance second."""
    return {
        "high_high": _("peluang penting"),
        "high_low": _("peluang lain"),
        "low_high": _("ancaman penting"),
        "low_low": _("ancaman lain"),
    }


def heading(matrix: pd.DataFrame) -> str:
    """How many factors are surely opportunities and how many surely threats."""
    above, below = sure(matrix)
    return _("{above} peluang dan {below} ancaman yang pasti, dari {all} faktor").format(
        above=len(above), below=len(below), all=len(matrix)
    )


def heading_groups(groups: pd.DataFrame) -> str:
    """Which groups of units see the surroundings as surely favourable or not."""
    units = groups.iloc[:-1]
    above = units.loc[units["low"] > factors.NEUTRAL, "name"]
    below = units.loc[units["high"] < factors.NEUTRAL, "name"]
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
            named = label.format(name=row.name)
            figures.append(
                aggregate.key_figure(row.rating, named, row.low, row.high, row.n, confidence)
            )
    return figures


def findings(matrix: pd.DataFrame, total: Total, own: pd.DataFrame) -> list[str]:
    """What the units see around the city; claimed only where the whole interval agrees."""
    if not total.n:
        return [_("Belum ada jawaban tentang faktor eksternal.")]
    if total.low > factors.NEUTRAL:
        first = _(
            "Peluang lebih kuat daripada ancaman: skor EFAS {value} (selang {low}–{high}; n = {n})."
        )
    elif total.high < factors.NEUTRAL:
        first = _(
            "Ancaman lebih kuat daripada peluang: skor EFAS {value} (selang {low}–{high}; n = {n})."
        )
    else:
        first = _("Peluang dan ancaman tidak dapat dibedakan kuatnya: skor EFAS {value} (n = {n}).")
    sentences = [
        first.format(
            value=number(total.value), low=number(total.low), high=number(total.high), n=total.n
        )
    ]
    for name, side in zip((_("Peluang"), _("Ancaman")), sure(matrix), strict=True):
        if side.empty:
            text = _(
                "{name}: tidak ada faktor yang seluruh selangnya di satu sisi nilai netral 2,5."
            )
            sentences.append(text.format(name=name))
            continue
        names = listing(
            f"{row.name} ({number(row.rating)}; n = {row.n})"
            for row in side.head(SHOWN).itertuples(index=False)
        )
        more = len(side) - SHOWN
        template = (
            _("{name} yang pasti: {names}; dan {more} lagi.")
            if more > 0
            else _("{name} yang pasti: {names}.")
        )
        sentences.append(template.format(name=name, names=names, more=more))
    if len(own):
        sentences.append(
            _("{units} unit menambahkan {count} faktor sendiri; tidak ikut dirata-ratakan.").format(
                units=own["unit"].nunique(), count=len(own)
            )
        )
    return sentences

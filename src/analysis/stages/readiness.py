"""Regional readiness (Analisis Kesiapan Daerah): the maturity of nine sub-elements, and SPBE.

Indicators average to sub-elements, these to elements, these to the index of a unit; units
average to the city. An indicator that does not apply (TB) is dropped and the weights of its
siblings renormalised.
"""

import pandas as pd

from analysis.methods import agreement, weighted
from analysis.stages import aggregate, lead
from analysis.stages.spbe import spbe_index  # noqa: F401  (part of this stage's public names)
from analysis.text import _, interval, listing, number

INDEX, ELEMENT, SUBELEMENT = "index", "element", "subelement"
BRANCH = ["id", "name", "short", "parent"]


def scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Each unit's index, elements and sub-elements on the scale 1-5, nothing rounded.

    `answers`: the readiness table, a row per unit and indicator. Returns a row per unit and
    branch: unit, unit_name, group, group_name, tier (index, element, subelement), id, name,
    short, parent (name of the element), score (NaN where no indicator below was answered).
    """
    items = answers.drop_duplicates("item").set_index("item")
    levels = aggregate.wide(answers, "item", "level")
    nested = weighted.nested_mean(levels, items[[ELEMENT, SUBELEMENT, "weight"]])
    label = _("Indeks kesiapan")
    parts = [(INDEX, nested.total.to_frame(INDEX), [(INDEX, label, label, "")])]
    for tier in (ELEMENT, SUBELEMENT):
        columns = [tier, f"{tier}_name", f"{tier}_short", f"{ELEMENT}_name"]
        branches = items.drop_duplicates(tier)[columns].itertuples(index=False)
        parts.append((tier, nested.tiers[tier], list(branches)))
    tidy = [
        values.rename_axis(index="unit", columns="id")
        .stack(future_stack=True)
        .rename("score")
        .reset_index()
        .merge(pd.DataFrame(branches, columns=BRANCH), on="id")
        .assign(tier=tier)
        for tier, values, branches in parts
    ]
    units = answers.drop_duplicates("unit")[["unit", "unit_name", "group", "group_name"]]
    return pd.concat(tidy, ignore_index=True).merge(units, on="unit")


def city(scores: pd.DataFrame, tier: str, confidence: float = 0.95) -> pd.DataFrame:
    """The city's figure for each branch of a tier, every unit weighing the same.

    Columns: id, name, short, parent, mean, low, high, n, missing, method.
    """
    return aggregate.over_units(_tier(scores, tier), "id", "score", BRANCH[1:], confidence)


def by_group(scores: pd.DataFrame, tier: str, confidence: float = 0.95) -> pd.DataFrame:
    """`city` for each group of units, and the city itself as the last group.

    Further columns: group, group_name, and `label`: the group with its number of units.
    """
    part = _tier(scores, tier)
    return aggregate.groups_and_city(part, "id", "score", BRANCH[1:], confidence)


def by_unit(scores: pd.DataFrame) -> pd.DataFrame:
    """The index of each unit, highest first: unit, unit_name, group, group_name, score."""
    part = _tier(scores, INDEX)[["unit", "unit_name", "group", "group_name", "score"]]
    return part.sort_values("score", ascending=False, ignore_index=True)


def _tier(scores: pd.DataFrame, tier: str) -> pd.DataFrame:
    return scores[scores["tier"] == tier]


def indicators(answers: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Every indicator over all units, weakest first: item, name, `subelement_name`, figures."""
    keep = ["name", f"{SUBELEMENT}_name"]
    table = aggregate.over_units(answers, "item", "level", keep, confidence)
    return table.sort_values("mean", ignore_index=True)


def distribution(answers: pd.DataFrame, count: int) -> pd.DataFrame:
    """How many units chose each level, for the `count` indicators with the lowest mean.

    Columns: item, name, ``1`` to ``5`` (units), n.
    """
    means = answers.groupby("item")["level"].mean()
    lowest = means.nsmallest(count).index
    part = answers[answers["item"].isin(lowest)].dropna(subset="level")
    table = (
        part.assign(level=part["level"].astype(int).astype(str))
        .pivot_table(index=["item", "name"], columns="level", values="unit", aggfunc="count")
        .reindex(columns=[str(level) for level in range(1, 6)])
        .fillna(0)
        .astype(int)
    )
    table = table.loc[sorted(table.index, key=lambda row: means[row[0]])]
    return table.assign(n=table.sum(axis=1)).reset_index()


def reliability(answers: pd.DataFrame, confidence: float = 0.95) -> agreement.Alpha | None:
    """Cronbach's alpha over the indicators; None where too few units answered to have one."""
    levels = aggregate.wide(answers, "item", "level")
    try:
        return agreement.cronbach_alpha(levels, confidence=confidence)
    except ValueError:
        return None


def key_figures(scores: pd.DataFrame, threshold: float, confidence: float = 0.95) -> list[dict]:
    """The index, its weakest and strongest sub-element, and how many are surely below."""
    index = city(scores, INDEX, confidence).iloc[0]
    branches = city(scores, SUBELEMENT, confidence).dropna(subset="mean").sort_values("mean")
    figures = [
        _figure(index, _("Indeks kesiapan kota (1–5)"), confidence),
        *(_figure(row, _("Terendah: {name}"), confidence) for _i, row in branches[:1].iterrows()),
        *(_figure(row, _("Tertinggi: {name}"), confidence) for _i, row in branches[-1:].iterrows()),
    ]
    below = int((branches["high"] < threshold).sum())
    figures.append(
        {
            "shown": str(below),
            "label": _("subelemen pasti di bawah ambang {threshold}").format(
                threshold=number(threshold, 1)
            ),
            "detail": _("seluruh selangnya di bawah ambang; dari {n} subelemen").format(
                n=len(branches)
            ),
            "value": below,
        }
    )
    return figures


def _figure(row: pd.Series, label: str, confidence: float) -> dict:
    named = label.format(name=row["name"])
    return aggregate.key_figure(row["mean"], named, row["low"], row["high"], row["n"], confidence)


def headline(branches: pd.DataFrame, threshold: float) -> str:
    """What a picture of all sub-elements against the threshold shows."""
    count = int((branches["high"] < threshold).sum())
    if not count:
        return _("Tidak ada subelemen yang pasti di bawah ambang {threshold}").format(
            threshold=number(threshold, 1)
        )
    return _("{count} dari {all} subelemen pasti di bawah ambang {threshold}").format(
        count=count, all=len(branches), threshold=number(threshold, 1)
    )


def threshold_label(threshold: float) -> str:
    """What the threshold's line says."""
    return _("ambang {threshold}").format(threshold=number(threshold, 1))


def lowest_everywhere(groups: pd.DataFrame) -> str:
    """Whether one sub-element is the lowest in every group of units."""
    groups = groups[groups["group"] != "city"].dropna(subset="mean")
    if groups.empty:
        return _("Belum ada jawaban tentang kesiapan")
    lowest = groups.loc[groups.groupby("group")["mean"].idxmin()]
    if lowest["id"].nunique() == 1:
        return _("{name} terendah di semua kelompok unit").format(name=lowest["name"].iloc[0])
    return _("Subelemen terendah berbeda antarkelompok: {names}").format(
        names=listing(dict.fromkeys(lowest["name"]))
    )


def findings(
    scores: pd.DataFrame,
    alpha: agreement.Alpha | None,
    threshold: float,
    confidence: float = 0.95,
) -> list[str]:
    """What the readiness answers say, in sentences computed from the figures."""
    index = city(scores, INDEX, confidence).iloc[0]
    branches = city(scores, SUBELEMENT, confidence)
    if not index["n"]:
        return [_("Belum ada jawaban tentang kesiapan.")]
    return [
        below(branches, threshold),
        _("Indeks kesiapan kota {mean} (selang {interval}; n = {n}) pada skala 1–5.").format(
            mean=number(index["mean"]), interval=interval(index["low"], index["high"]), n=index["n"]
        ),
        lead.groups_apart(_tier(scores, INDEX), "score", _("indeks kesiapan"), confidence),
        reliable(alpha),
        _(
            "Angka-angka ini penilaian unit atas dirinya sendiri. Pada satu kasus terbit "
            "(Denpasar 2018) indeks SPBE hasil penilaian sendiri 1,03 lebih tinggi daripada "
            "hasil penilai luar; bandingkan dengan indeks SPBE resmi."
        ),
    ]


def reliable(alpha: agreement.Alpha | None) -> str:
    """How reliable the indicators are as one scale, and what that presumes."""
    if alpha is None:
        return _("Alfa Cronbach tidak dihitung: terlalu sedikit unit yang menjawab.")
    return _(
        "Alfa Cronbach {alpha} (selang {interval}; n = {n}): ukuran keandalan yang menganggap "
        "semua indikator mencerminkan satu hal."
    ).format(alpha=number(alpha.alpha), interval=interval(*alpha.interval), n=alpha.n)


def below(branches: pd.DataFrame, threshold: float) -> str:
    """Which branches lie below the threshold with their whole interval."""
    low = branches[branches["high"] < threshold].sort_values("mean")
    if low.empty:
        return _(
            "Tidak ada subelemen yang seluruh selangnya di bawah ambang {threshold}; data ini "
            "tidak menunjukkan subelemen yang pasti tertinggal."
        ).format(threshold=number(threshold, 1))
    names = listing(f"{row.name} ({number(row.mean)}; n = {row.n})" for row in _rows(low))
    return _(
        "{names}: seluruh selangnya di bawah ambang {threshold}, jadi pasti tertinggal pada "
        "tingkat keyakinan ini."
    ).format(names=names, threshold=number(threshold, 1))


def _rows(frame: pd.DataFrame):
    return frame.itertuples(index=False)

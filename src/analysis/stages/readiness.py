"""Regional readiness (Analisis Kesiapan Daerah): the maturity of nine sub-elements, and SPBE.

Indicators average to sub-elements, these to elements, these to the index of a unit; units
average to the city. An indicator that does not apply (TB) is dropped and the weights of its
siblings renormalised.
"""

import pandas as pd

from analysis.methods import agreement, weighted
from analysis.stages import aggregate, claims, lead
from analysis.stages.spbe import spbe_index  # noqa: F401  (part of this stage's public names)
from analysis.text import _, interval, listed, listing, number, percent

INDEX, ELEMENT, SUBELEMENT = "index", "element", "subelement"
SCALE = (1.0, 5.0)
THRESHOLD, GROUPS = "readiness", "readiness_groups"
"""Kinds of comparisons: sub-elements with the threshold, groups of units with each other."""
BRANCH = ["id", "name", "short", "parent"]


def scores(answers: pd.DataFrame) -> pd.DataFrame:
    """Each unit's index, elements and sub-elements on the scale 1-5, nothing rounded.

    `answers`: the readiness table, a row per unit and indicator. Returns a row per unit and
    branch: unit, unit_name, group, group_name, tier (index, element, subelement), id, name,
    short, parent (name of the element), score (NaN where no indicator below was answered).
    """
    if answers.empty:
        columns = ["unit", *BRANCH, "tier", "unit_name", "group", "group_name"]
        return pd.DataFrame(columns=columns).assign(score=pd.Series(dtype=float))
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


def comparisons(
    answers: pd.DataFrame, threshold: float, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """All comparisons of the report: each sub-element with the threshold, groups by their index.

    `answers`: the readiness table; `expected`: how many units should have answered.
    """
    table = scores(answers)
    branches = _tier(table, SUBELEMENT)
    said = claims.words(
        branches.drop_duplicates("id").set_index("id")["name"],
        _("{name} di atas ambang {threshold}"),
        _("{name} di bawah ambang {threshold}"),
        threshold=number(threshold, 1),
    )
    ends = _ends(answers, expected)
    return [
        claims.against(THRESHOLD, branches, "id", "score", said, threshold, ends, confidence),
        *lead.between_groups(
            GROUPS, _tier(table, INDEX), "score", _("indeks kesiapan"), confidence
        ),
    ]


def _ends(answers: pd.DataFrame, expected: int) -> pd.DataFrame:
    """Each sub-element's worst and best mean: blanks and absent units at an end of the scale."""
    blank = answers["level"].isna() & ~answers["tb"]
    found = {}
    for side, level in zip(("worst", "best"), SCALE, strict=True):
        filled = scores(answers.assign(level=answers["level"].mask(blank, level)))
        values = aggregate.wide(_tier(filled, SUBELEMENT), "id", "score")
        figures = pd.DataFrame({"mean": values.mean(), "n": values.count()})
        figures["tb"] = len(values) - figures["n"]
        found[side] = claims.bounds(figures, expected, *SCALE)[side]
    return pd.DataFrame(found)


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


def key_figures(
    scores: pd.DataFrame, found: pd.DataFrame, threshold: float, confidence: float = 0.95
) -> list[dict]:
    """The index, the sub-elements with the lowest and highest mean, and how many are surely below.

    `found`: the table of claims (`claims.table`).
    """
    index = city(scores, INDEX, confidence).iloc[0]
    branches = city(scores, SUBELEMENT, confidence).dropna(subset="mean")
    figures = [_figure(index, _("Indeks kesiapan kota (1–5)"), confidence)]
    for lowest, label in (
        (True, _("rerata terendah: {name}")),
        (False, _("rerata tertinggi: {name}")),
    ):
        for _i, row in lead.ends(branches, "mean", lowest=lowest)[:1].iterrows():
            names = lead.named(branches, "mean", "name", lowest)
            figures.append(_figure(row, label.format(name=names), confidence))
    below = len(claims.sure(found, THRESHOLD, above=False))
    figures.append(
        {
            "shown": str(below),
            "label": _("subelemen pasti di bawah ambang {threshold}").format(
                threshold=number(threshold, 1)
            ),
            "detail": _("uji t, koreksi Holm; dari {n} subelemen").format(n=len(branches)),
            "value": below,
        }
    )
    return figures


def _figure(row: pd.Series, label: str, confidence: float) -> dict:
    return aggregate.key_figure(row["mean"], label, row["low"], row["high"], row["n"], confidence)


def marked(branches: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The branches, highest mean first, with ``below``: surely below the threshold."""
    below = branches["id"].isin(claims.sure(found, THRESHOLD, above=False))
    return branches.assign(below=below).sort_values("mean", ascending=False)


def headline(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> str:
    """What a picture of all sub-elements against the threshold shows; `found`: the claims."""
    count = len(claims.sure(found, THRESHOLD, above=False))
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
    lowest = lead.ends(groups, "mean", "group", lowest=True)
    if lowest["id"].nunique() == 1:
        return _("Rerata {name} terendah di setiap kelompok unit").format(
            name=lowest["name"].iloc[0]
        )
    return _("Subelemen dengan rerata terendah di setiap kelompok: {names}").format(
        names=listed(lowest["name"])
    )


def findings(
    scores: pd.DataFrame,
    alpha: agreement.Alpha | None,
    threshold: float,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the readiness answers say, in sentences; `found`: the table of claims."""
    branches = city(scores, SUBELEMENT, confidence)
    if not branches["n"].any():
        return [overall(scores, confidence)]
    return [
        below(branches, found, threshold),
        overall(scores, confidence),
        lead.groups_apart(found, GROUPS, _("indeks kesiapan"), confidence),
        reliable(alpha, confidence),
        claims.finding(found),
        _(
            "Angka-angka ini penilaian unit atas dirinya sendiri. Pada satu kasus terbit "
            "(Denpasar 2018) indeks SPBE hasil penilaian sendiri 1,03 lebih tinggi daripada "
            "hasil penilai luar; bandingkan dengan indeks SPBE resmi."
        ),
    ]


def overall(scores: pd.DataFrame, confidence: float = 0.95) -> str:
    """The city's index in a sentence."""
    index = city(scores, INDEX, confidence).iloc[0]
    if not index["n"]:
        return _("Belum ada jawaban tentang kesiapan.")
    return _("Indeks kesiapan kota {mean} pada skala 1–5 ({details}).").format(
        mean=number(index["mean"]), details=aggregate.in_sentence(index, confidence)
    )


def reliable(alpha: agreement.Alpha | None, confidence: float = 0.95) -> str:
    """How reliable the indicators are as one scale, and what that presumes."""
    if alpha is None:
        return _(
            "Alfa Cronbach tidak dihitung: terlalu sedikit unit yang menjawab, atau jawabannya "
            "tidak beragam."
        )
    return _(
        "Alfa Cronbach {alpha} (selang Feldt {confidence}: {interval}; n = {n}): ukuran keandalan "
        "yang menganggap semua indikator mencerminkan satu hal."
    ).format(
        alpha=number(alpha.alpha),
        confidence=percent(confidence),
        interval=interval(*alpha.interval),
        n=alpha.n,
    )


def below(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> str:
    """Which branches surely lie below the threshold; `found`: the table of claims."""
    low = branches[branches["id"].isin(claims.sure(found, THRESHOLD, above=False))]
    if low.empty:
        return _(
            "Data ini tidak menunjukkan subelemen yang pasti di bawah ambang {threshold} (uji t, "
            "koreksi Holm)."
        ).format(threshold=number(threshold, 1))
    names = listing(
        f"{row.name} ({number(row.mean)}; {interval(row.low, row.high)}; n = {row.n})"
        for row in _rows(low.sort_values("mean"))
    )
    return _(
        "Pasti di bawah ambang {threshold} (uji t, koreksi Holm): {names}; di dalam kurung rerata, "
        "selang, dan n."
    ).format(names=names, threshold=number(threshold, 1))


def _rows(frame: pd.DataFrame):
    return frame.itertuples(index=False)

"""The gap (Analisis Kesenjangan): how far 18 sub-dimensions stand from their five-year target.

Each unit gives a sub-dimension its present condition, its target and its importance, all 1-5, and
the main obstacle. A gap exists only where condition and target are both answered.
"""

import pandas as pd

from analysis.methods import intervals
from analysis.stages import aggregate, claims, ipa, lead, obstacles
from analysis.text import _, interval, listing, number, percent

GAP, WEIGHTED = "gap", "weighted"
RANGE = {GAP: (-4.0, 4.0), WEIGHTED: (-20.0, 20.0)}  # what each measure can be
# Kinds of comparisons; those of priorities and obstacles are in their own modules.
ITEM, BY_DIMENSION, CITY = "gap", "gap_dimension", "gap_city"
LEADING_ITEM, LEADING_DIMENSION, GROUPS = "gap_leading", "gap_leading_dimension", "gap_groups"
LEADING = 3  # how many of the first ranks count as the leading ones
DIMENSION = ["dimension_name", "dimension_short"]
UNIT = ["unit", "unit_name", "group", "group_name"]


def gaps(answers: pd.DataFrame) -> pd.DataFrame:
    """The gap table with two more columns, per unit and sub-dimension; NaN where not answered.

    ``gap``: target - current, in levels, -4 to 4; ``weighted``: importance x gap, -20 to 20.
    """
    gap = answers["target"] - answers["current"]
    return answers.assign(gap=gap, weighted=answers["importance"] * gap)


def ranking(gaps: pd.DataFrame, measure: str = WEIGHTED, confidence: float = 0.95) -> pd.DataFrame:
    """Every sub-dimension over the units, largest `measure` (gap or weighted) first.

    Columns: item, name, dimension_name, dimension_short; mean, low, high, n, missing, tb, method
    of the measure; current, target, importance (means over the same units, so that
    target - current is the mean gap); rank, rank_low, rank_high, ranks (its interval in words)
    and leading (share of resamples among the first three), all from the same joint resamples.
    Ranks have no interval below ten answers: resampling so few would look surer than it is.
    """
    table = aggregate.over_units(gaps, "item", measure, ["name", *DIMENSION], confidence)
    both = gaps[gaps[measure].notna()]
    means = both.groupby("item")[["current", "target", "importance"]].mean()
    table = table.join(means, on="item")
    drawn = intervals.replicates(
        aggregate.wide(gaps, "item", measure), aggregate.strata(gaps), seed=aggregate.SEED
    )
    ranks = drawn.rank(axis="columns", ascending=False, method="min")
    end = (1 - confidence) / 2
    table["rank"] = table["mean"].rank(ascending=False, method="min")
    stable = table["item"].map(drawn.notna().any()) & (table["n"] >= intervals.FEW)
    table["rank_low"] = table["item"].map(ranks.quantile(end, interpolation="lower")).where(stable)
    table["rank_high"] = (
        table["item"].map(ranks.quantile(1 - end, interpolation="higher")).where(stable)
    )
    table["ranks"] = [
        interval(row.rank_low, row.rank_high, 0) for row in table.itertuples(index=False)
    ]
    table["leading"] = table["item"].map((ranks <= LEADING).mean()).where(stable)
    return table.sort_values(["rank", "item"], ignore_index=True)


def means(gaps: pd.DataFrame, by: str | None = "dimension") -> pd.DataFrame:
    """Each unit's mean gap and weighted gap, per dimension or (`by` None) over all answers.

    Columns: unit, unit_name, group, group_name, dimension, dimension_name, dimension_short, gap,
    weighted, tb (nothing in the dimension applies to the unit). Sub-dimensions weigh the same;
    those that do not apply or have no answer are left out.
    """
    if by is None:
        city = dict.fromkeys(["dimension", *DIMENSION], _("Semua dimensi"))
        gaps = gaps.assign(**city)
    keys = [*UNIT, "dimension", *DIMENSION]
    return (
        gaps.groupby(keys, sort=False, dropna=False)
        .agg(gap=(GAP, "mean"), weighted=(WEIGHTED, "mean"), tb=("tb", "all"))
        .reset_index()
    )


def by_dimension(gaps: pd.DataFrame, measure: str = GAP, confidence: float = 0.95) -> pd.DataFrame:
    """Each dimension over the units, largest gap first: means within units, then over units.

    Columns: dimension, dimension_name, dimension_short, mean, low, high, n, missing, method, tb.
    """
    table = aggregate.over_units(means(gaps), "dimension", measure, DIMENSION, confidence)
    return table.sort_values("mean", ascending=False, ignore_index=True)


def city(gaps: pd.DataFrame, measure: str = GAP, confidence: float = 0.95) -> pd.Series:
    """The mean over units of each unit's mean gap: mean, low, high, n, missing, method, tb."""
    return aggregate.over_units(
        means(gaps, None), "dimension", measure, DIMENSION, confidence
    ).iloc[0]


def by_group(gaps: pd.DataFrame, measure: str = GAP, confidence: float = 0.95) -> pd.DataFrame:
    """`by_dimension` for each group of units, in the questionnaire's order, the city last.

    Further columns: group, group_name, and `label`: the group with its number of units.
    """
    return aggregate.groups_and_city(means(gaps), "dimension", measure, DIMENSION, confidence)


def comparisons(
    gaps: pd.DataFrame, obstacle_names: pd.Series, expected: int, confidence: float = 0.95
) -> list[claims.Comparisons]:
    """All comparisons of the report.

    Each sub-dimension's, each dimension's and the city's gap with zero, the leading ones with the
    others, groups of units with each other, `ipa.comparisons` and `obstacles.comparisons`.
    `gaps`: from `gaps`; `expected`: how many units should have answered.
    """
    of_dimension, of_unit = means(gaps), means(gaps, None)
    return [
        *(
            claims.against(
                kind,
                frame,
                item,
                GAP,
                claims.words(
                    frame.drop_duplicates(item).set_index(item)[name],
                    _("{name}: sasaran di atas kondisi sekarang"),
                    _("{name}: sasaran di bawah kondisi sekarang"),
                ),
                0.0,
                claims.ends(frame, item, GAP, RANGE[GAP], expected),
                confidence,
            )
            for kind, frame, item, name in (
                (ITEM, gaps, "item", "name"),
                (BY_DIMENSION, of_dimension, "dimension", "dimension_name"),
                (CITY, of_unit, "dimension", "dimension_name"),
            )
        ),
        *lead.of_means(
            LEADING_ITEM, gaps, "item", WEIGHTED, "name", _("kesenjangan berbobot"),
            RANGE[WEIGHTED], expected, confidence,
        ),
        *lead.of_means(
            LEADING_DIMENSION, of_dimension, "dimension", GAP, "dimension_name",
            _("rerata kesenjangan"), RANGE[GAP], expected, confidence,
        ),
        *lead.between_groups(GROUPS, of_unit, GAP, _("rerata kesenjangan"), confidence),
        *ipa.comparisons(gaps, expected, confidence),
        *obstacles.comparisons(gaps, obstacle_names, expected, confidence),
    ]  # fmt: skip


def heading_largest(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a ranking shows: whether one sub-dimension leads; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    names = known.set_index("item")["name"]
    first = claims.sure(found, LEADING_ITEM, above=True)
    if len(first):
        return _("Kesenjangan berbobot tertinggi: {name}").format(name=names[first[0]])
    return _("Tidak ada subdimensi yang pasti berkesenjangan terbesar")


def heading_dumbbell(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture from present to target shows; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    if known["low"].isna().all():
        return _("Dari kondisi sekarang ke sasaran menurut satu unit, tanpa selang")
    above = len(claims.sure(found, ITEM, above=True))
    if above == len(known):
        return _("Sasaran pasti di atas kondisi sekarang pada semua subdimensi")
    return _("Sasaran pasti di atas kondisi sekarang pada {count} dari {all} subdimensi").format(
        count=above, all=len(known)
    )


def heading_dimensions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the dimensions shows: which surely have a gap; `found`: the claims."""
    if table["low"].isna().all():
        return _("Rerata kesenjangan tanpa selang: kurang dari dua unit menjawab")
    above = table[table["dimension"].isin(claims.sure(found, BY_DIMENSION, above=True))]
    if above.empty:
        return _("Tidak ada dimensi yang kesenjangannya pasti di atas nol")
    if len(above) == len(table):
        return _("Kesenjangan pasti di atas nol pada semua dimensi")
    return _("Kesenjangan pasti di atas nol pada {names}").format(
        names=listing(above["dimension_name"])
    )


def heading_groups(table: pd.DataFrame) -> str:
    """Whether one dimension has the largest mean gap in every group of units."""
    groups = table[table["group"] != "city"].dropna(subset="mean")
    if groups.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    largest = lead.ends(groups, "mean", "group")
    names = list(dict.fromkeys(largest["dimension_name"]))
    if largest["group"].nunique() == 1:
        return _("Rerata kesenjangan terbesar pada {name} (satu kelompok unit)").format(
            name=listing(names)
        )
    if len(names) == 1:
        return _("Rerata kesenjangan {name} terbesar di semua kelompok unit").format(name=names[0])
    return _("Dimensi dengan rerata kesenjangan terbesar di setiap kelompok: {names}").format(
        names=listing(names)
    )


def key_figures(
    gaps: pd.DataFrame,
    quadrants: pd.DataFrame,
    named: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[dict]:
    """The city's mean gap, the largest weighted gap, the sure priorities, the first obstacle.

    `quadrants`: from `ipa.importance_performance`; `named`: from `obstacles.obstacles`; `found`:
    the table of claims.
    """
    ranked, counted = ranking(gaps, WEIGHTED, confidence), obstacles.overall(named)
    first, top = ranked.iloc[0], counted.iloc[0]
    return [
        _figure(city(gaps, GAP, confidence), _("rerata kesenjangan kota (tingkat)"), confidence),
        _figure(
            first,
            _("kesenjangan berbobot tertinggi: {name}").format(
                name=lead.named(ranked, "mean", "name") or "–"
            ),
            confidence,
        ),
        ipa.figure(quadrants, found),
        {
            "shown": percent(top["share"]),
            "label": _("hambatan tersering: {name}").format(
                name=lead.named(counted, "count", "obstacle_name") if top["n"] else "–"
            ),
            "detail": obstacles.certainty(top, confidence),
            "value": float(top["share"]) if top["n"] else None,
        },
    ]


def _figure(row: pd.Series, label: str, confidence: float) -> dict:
    return aggregate.key_figure(row["mean"], label, row["low"], row["high"], row["n"], confidence)


def findings(
    gaps: pd.DataFrame, quadrants: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95
) -> list[str]:
    """What the gap answers say, in sentences computed from the figures.

    `quadrants`: from `ipa.importance_performance`; `found`: the table of claims.
    """
    return [
        overall(gaps, found, confidence),
        lead.leading(found, LEADING_ITEM, _("kesenjangan berbobot"), confidence),
        lead.leading(found, LEADING_DIMENSION, _("rerata kesenjangan"), confidence),
        lead.groups_apart(found, GROUPS, _("rerata kesenjangan"), confidence),
        ipa.finding(quadrants, found),
        obstacles.finding(gaps, found, confidence),
        claims.finding(found),
        _(
            "Kondisi sekarang dan sasaran adalah penilaian unit sendiri, bukan hasil pengukuran; "
            "sasaran adalah keinginan unit untuk lima tahun mendatang, bukan target resmi."
        ),
    ]


def overall(gaps: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> str:
    """The city's mean gap in a sentence; `found`: the table of claims."""
    row = city(gaps, GAP, confidence)
    if not row["n"]:
        return _("Kesenjangan tidak dapat dihitung: belum ada kondisi dan sasaran yang terisi.")
    mean = row["mean"]
    details = aggregate.in_sentence(row, confidence)
    if len(claims.sure(found, CITY, above=True)):
        words = _(
            "Sasaran lima tahun rata-rata {mean} tingkat di atas kondisi sekarang ({details})."
        )
    elif len(claims.sure(found, CITY, above=False)):
        mean = -mean
        words = _(
            "Sasaran lima tahun rata-rata {mean} tingkat di bawah kondisi sekarang ({details})."
        )
    else:
        words = _("Rerata kesenjangan {mean} tingkat; data belum memastikan arahnya ({details}).")
    return words.format(mean=number(mean), details=details)

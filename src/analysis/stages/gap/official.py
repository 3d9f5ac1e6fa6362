"""Published figures beside the sub-dimensions of which they speak, and where the two disagree.

Units and figures disagree where the units put a sub-dimension in the upper half of all (its whole
interval of the mean present condition lies above the median of these means) although the city's
figure is worse than that of the nation or the province in the same year; or in the lower half
although it is better. The rule is this project's own: something to talk about, no test.
"""

import math
from collections.abc import Iterator

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, digits_of, listed, listing, number

CITY = "kota"
REFERENCES = {"nasional": N_("nasional"), "provinsi": N_("provinsi")}
"""Areas with which the city is compared: the first that has a figure of the same year."""
HIGHER, LOWER, ALIKE, UNKNOWN = "higher", "lower", "alike", "unknown"
VERDICTS = {
    HIGHER: N_("berlawanan: dinilai tinggi, angka resmi lebih buruk"),
    LOWER: N_("berlawanan: dinilai rendah, angka resmi lebih baik"),
    ALIKE: N_("tidak berlawanan"),
    UNKNOWN: N_("tidak dapat dibandingkan"),
}
SHOWN = 2  # sub-dimensions that a sentence names


def figures(published: pd.DataFrame) -> pd.DataFrame:
    """The city's latest figure of each indicator that another can be held against, or its latest.

    `published`: see `survey.asked.official.official`. Columns: subdimension, indicator,
    published_name, says, year, figure (with its unit, digits as published), elsewhere (the figure
    it is held against, with its area), ahead (how much better the city's is; NaN where none),
    source (of both).
    """
    columns = ["subdimension", "indicator", "published_name", "says", "year", "figure",
               "elsewhere", "ahead", "source"]  # fmt: skip
    parts = published.groupby(["subdimension", "indicator"], sort=False)
    rows = (row for _key, part in parts for row in _latest(part))
    return pd.DataFrame(rows, columns=columns)


def _latest(part: pd.DataFrame) -> Iterator[tuple]:
    """The row of one indicator, none where nothing is published of the city itself."""
    areas = {area: rows.set_index("year") for area, rows in part.groupby("area")}
    if CITY not in areas:
        return
    own, digits = areas[CITY], digits_of(part["value"])
    shared = {
        area: both
        for area in REFERENCES
        if area in areas and len(both := own.index.intersection(areas[area].index))
    }
    area = next(iter(shared), CITY)
    year = max(shared.get(area, own.index))
    first, other = own.loc[year], areas[area].loc[year]
    elsewhere, ahead = "–", math.nan
    if area != CITY:
        elsewhere = f"{_(REFERENCES[area])} {number(other['value'], digits)}"
        sign = 1 if first["better"] == "higher" else -1
        ahead = sign * (first["value"] - other["value"])
    yield (
        *first[["subdimension", "indicator", "name", "says"]],
        year,
        f"{number(first['value'], digits)} {first['measure']}",
        elsewhere,
        ahead,
        "; ".join(dict.fromkeys(f"{first['source']}; {other['source']}".split("; "))),
    )


def beside(
    conditions: pd.DataFrame, subdimensions: pd.Series, published: pd.DataFrame
) -> pd.DataFrame:
    """Each figure beside the units' mean present condition, those that disagree first.

    `conditions`: from `ipa.importance_performance`; `subdimensions`: of each item, its id.
    Columns: item, name, current (mean), current_low, current_high, n, those of `figures`,
    verdict (a key of `VERDICTS`), agreement (in words).
    """
    own = ["item", "name", "current", "current_low", "current_high", "n"]
    middle = conditions["current"].median()
    rated = conditions.sort_values("item")[own]
    rated = rated.assign(subdimension=rated["item"].map(subdimensions))
    table = rated.merge(figures(published), on="subdimension")
    verdicts = [
        _verdict(row.current_low - middle, row.current_high - middle, row.ahead)
        for row in table.itertuples(index=False)
    ]
    table = table.assign(verdict=verdicts, agreement=[_(VERDICTS[v]) for v in verdicts])
    order = {verdict: place for place, verdict in enumerate(VERDICTS)}
    return table.sort_values(
        "verdict", key=lambda v: v.map(order), kind="stable", ignore_index=True
    )


def _verdict(low: float, high: float, ahead: float) -> str:
    """`low`, `high`: the interval of the units' mean from the middle of all sub-dimensions."""
    if math.isnan(low) or math.isnan(ahead):
        return UNKNOWN
    if low > 0 > ahead:
        return HIGHER
    return LOWER if high < 0 < ahead else ALIKE


def heading(table: pd.DataFrame) -> str:
    """How many figures can be compared, and how many disagree; `table`: from `beside`."""
    if table.empty:
        return _("Belum ada angka resmi kota tentang subdimensi mana pun")
    comparable = table["verdict"] != UNKNOWN
    if not comparable.any():
        return _("Angka resmi di samping penilaian sendiri; tidak dapat dibandingkan")
    return _("{against} dari {comparable} perbandingan dengan angka resmi berlawanan").format(
        against=len(_against(table)), comparable=int(comparable.sum())
    )


def _against(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["verdict"].isin([HIGHER, LOWER])]


def note(table: pd.DataFrame, conditions: pd.DataFrame) -> str:
    """The sub-dimensions of which no figure speaks."""
    without = conditions[~conditions["item"].isin(table["item"])].sort_values("item")["name"]
    if without.empty:
        return ""
    return _("Tanpa angka resmi, tidak dapat dibandingkan: {names}.").format(names=listing(without))


def finding(table: pd.DataFrame) -> Finding:
    """Where units and published figures disagree; `table`: from `beside`."""
    against, comparable = _against(table), table[table["verdict"] != UNKNOWN]
    if table.empty:
        return Finding(heading(table) + ".")
    if comparable.empty:
        return Finding(
            _("Penilaian sendiri tidak dapat dibandingkan dengan angka resmi."),
            detail=_("Belum ada angka pembanding dari tahun yang sama, atau belum cukup jawaban."),
        )
    headline = _("Penilaian sendiri tidak berlawanan dengan angka resmi yang dapat dibandingkan.")
    if len(against):
        headline = _(
            "Penilaian sendiri dan angka resmi berlawanan pada {names}: bahan diskusi, bukan bukti."
        ).format(names=listed(against["name"], SHOWN))
    parts = [
        f"{row.name}: {number(row.current)}; {row.published_name} {row.year}: {row.figure} "
        f"({row.elsewhere}) – {row.agreement}"
        for row in comparable.itertuples(index=False)
    ]
    return Finding(headline, detail=". ".join(parts) + ".")

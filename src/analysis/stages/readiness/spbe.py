"""The SPBE index (electronic government) of Permen PANRB 59/2020."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.methods import weighted
from analysis.stages.evidence.finding import Finding
from analysis.text import _, number


def tree(items: pd.DataFrame) -> pd.DataFrame:
    """The indicators by their code: domain, aspect, weight; `items`: those of the questionnaire."""
    return items.set_index("code")[["domain", "aspect", "weight"]]


@dataclass(frozen=True, eq=False)
class SPBE:
    """The index, Series of indices by domain and by aspect, and the name of its predicate."""

    total: float
    domains: pd.Series
    aspects: pd.Series
    predicate: str


def spbe_index(
    levels: pd.Series,
    indicators: pd.DataFrame,
    scale: tuple[float, float],
    predicates: Mapping[str, float],
) -> SPBE:
    """The SPBE index: sum(weight x level) / sum(weight).

    `levels`: by indicator; `indicators`: from `tree`; `scale`: its ends. Raises ValueError that
    names a missing indicator or a level outside the scale.
    Source: Permen PANRB 59/2020; one respondent, so the index has no interval.
    """
    index = weighted.tree_index(levels, indicators, bounds=scale)
    return SPBE(
        index.total,
        index.tiers["domain"],
        index.tiers["aspect"],
        predicate(index.total, predicates),
    )


def predicate(index: float, predicates: Mapping[str, float]) -> str:
    """The name of the predicate with the highest lower bound that the index reaches.

    `predicates`: the lower bound of each by its name, customary, so each city gives its own.
    """
    reached = {name: bound for name, bound in predicates.items() if index >= bound}
    if not reached:
        raise ValueError(f"no predicate reaches down to {index:g}")
    return max(reached, key=lambda name: reached[name])


def assessed(
    answers: pd.DataFrame,
    indicators: pd.DataFrame,
    scale: tuple[float, float],
    predicates: Mapping[str, float],
) -> SPBE | None:
    """The coordinator's own SPBE assessment; None unless every indicator has a level.

    All but `answers` as in `spbe_index`.
    """
    levels = answers.dropna(subset="level").set_index("item")["level"]
    if len(levels) < len(indicators):
        return None
    return spbe_index(levels, indicators, scale, predicates)


def aspects(answers: pd.DataFrame, index: SPBE | None) -> pd.DataFrame:
    """The aspects of the self-assessed index, if any: domain_name, aspect_name, level, n."""
    names = answers.drop_duplicates("aspect").set_index("aspect")
    table = names[["domain_name", "aspect_name"]]
    if index is None:
        return table.iloc[:0].assign(level=float("nan"), n=0)
    return table.assign(level=index.aspects, n=1).reset_index(drop=True)


def official(statistics: pd.DataFrame, predicates: Mapping[str, float]) -> pd.DataFrame:
    """The published SPBE indices by year.

    Columns: year, area, area_name, value, predicate, used, used_name, source, note.
    """
    points = statistics[statistics["indicator"] == "spbe_index"].sort_values(["area", "year"])
    areas = {"kota": _("Kota"), "nasional": _("Nasional")}
    return points.assign(
        area_name=points["area"].map(areas).fillna(points["area"]),
        used_name=points["used"].map({True: _("ya"), False: _("tidak")}),
        predicate=[predicate(value, predicates) for value in points["value"]],
    ).reset_index(drop=True)


def heading(published: pd.DataFrame) -> str:
    """How the city's published index moved, from the first year that is used to the last."""
    points = published[(published["area"] == "kota") & published["used"]]
    if points.empty:
        return _("Belum ada indeks SPBE resmi kota yang dipakai")
    first, last = points.iloc[0], points.iloc[-1]
    before, now = number(first["value"], 1), number(last["value"], 1)
    if before == now:
        return _("Indeks SPBE resmi kota {now} pada {year}").format(now=now, year=last["year"])
    words = (
        _("Indeks SPBE resmi kota naik dari {before} menjadi {now}, kini berpredikat {predicate}")
        if last["value"] > first["value"]
        else _(
            "Indeks SPBE resmi kota turun dari {before} menjadi {now}, kini berpredikat {predicate}"
        )
    )
    return words.format(before=before, now=now, predicate=last["predicate"])


def compared(index: SPBE | None, published: pd.DataFrame, asked: bool = True) -> Finding:
    """The published SPBE indices, and the self-assessed one beside them.

    `asked`: whether the coordinator, who assesses it, is among the units.
    """
    if index is not None:
        own = _(
            "Penilaian sendiri oleh koordinator {value} ({predicate}; n = 1, tanpa selang)."
        ).format(value=number(index.total), predicate=index.predicate)
    elif asked:
        own = _("Penilaian sendiri tidak dihitung: belum semua indikator terisi.")
    else:
        own = _("Penilaian sendiri tidak dihitung: koordinator tidak termasuk pilihan ini.")
    used = published[(published["area"] == "kota") & published["used"]]
    points = "; ".join(
        f"{row.year}: {number(row.value)} ({row.predicate})" for row in used.itertuples()
    )
    return Finding(heading(published) + ".", detail=" ".join([points + "."] * bool(points) + [own]))

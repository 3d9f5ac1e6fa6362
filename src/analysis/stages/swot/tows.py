"""TOWS: factors of two lists paired into questions for the workshop.

Source: Weihrich (1982), Long Range Planning 15(2), 54-66. That only factors that are clear or
likely are paired, and which pairs come first, is the project's own rule.
"""

from itertools import product
from typing import Any

import pandas as pd

from analysis.levels import CLEAR, LIKELY
from analysis.stages.swot.lists import KINDS
from analysis.text import N_, _, listing

IDEAS = {
    "SO": N_("Bagaimana kekuatan pada “{internal}” dipakai untuk meraih peluang “{external}”?"),
    "WO": N_("Apa yang dibenahi pada “{internal}” agar peluang “{external}” dapat diraih?"),
    "ST": N_("Bagaimana kekuatan pada “{internal}” meredam ancaman “{external}”?"),
    "WT": N_("Bagaimana kelemahan pada “{internal}” tidak memperparah ancaman “{external}”?"),
}
HEADS = {
    "SO": N_("SO: kekuatan untuk meraih peluang"),
    "WO": N_("WO: benahi kelemahan demi peluang"),
    "ST": N_("ST: kekuatan untuk meredam ancaman"),
    "WT": N_("WT: jaga kelemahan dari ancaman"),
}
CORNERS = {"SO": "low_high", "WO": "high_high", "ST": "low_low", "WT": "high_low"}
"""Where each strategy stands in a picture: own factors across, opportunities above threats."""


def pairs(lists: pd.DataFrame, count: int) -> pd.DataFrame:
    """Of each strategy the first `count` pairs of a factor of each of its two lists.

    `lists`: from `lists.listed`. Columns: strategy (SO, WO, ST, WT), corner, internal, external
    (names), pair (both), idea, level (of the less sure of the two). Pairs of clear factors come
    first, then those with the largest product of pulls. A list without factors gives no pair.
    """
    rows = []
    for strategy, idea in IDEAS.items():
        both = (lists[lists["letter"] == letter].to_dict("records") for letter in strategy)
        for mine, theirs in product(*both):
            clear = mine["level"] == theirs["level"] == CLEAR
            names = {"internal": mine["name"], "external": theirs["name"]}
            row = {"strategy": strategy, "corner": CORNERS[strategy], **names}
            row |= {"pair": " × ".join(names.values()), "idea": _(idea).format(**names)}
            row |= {"level": CLEAR if clear else LIKELY, "pull": mine["pull"] * theirs["pull"]}
            rows.append(row)
    order = list(IDEAS)
    rows.sort(key=lambda r: (order.index(r["strategy"]), r["level"] != CLEAR, -r["pull"]))
    columns = ["strategy", "corner", "internal", "external", "pair", "idea", "level"]
    table = pd.DataFrame(rows, columns=columns)
    return table.groupby("strategy", sort=False).head(count).reset_index(drop=True)


def shown(lists: pd.DataFrame, count: int) -> dict[str, Any]:
    """What the picture of the pairs shows beside them; `lists` and `count`: those of `pairs`."""
    sizes = lists["letter"].value_counts().reindex(list(KINDS), fill_value=0)
    ends = {letter: _(name).capitalize() for letter, name in KINDS.items()}
    none, told = {}, []
    for strategy, corner in CORNERS.items():
        lacking = [_(KINDS[letter]) for letter in strategy if not sizes[letter]]
        none[corner] = _("Tidak dipasangkan: belum ada {kinds} yang jelas atau cenderung.").format(
            kinds=listing(lacking)
        )
        every = int(sizes[list(strategy)].prod())
        if every:
            told.append(f"{strategy} {min(count, every)}/{every}")
    return {
        "corner": "corner",
        "texts": ["pair"],
        "heads": {CORNERS[key]: _(head) for key, head in HEADS.items()},
        "axis_x": (_("Faktor internal"), ends["S"], ends["W"]),
        "axis_y": (_("Faktor eksternal"), ends["T"], ends["O"]),
        "none": none,
        "columns": ["strategy", "internal", "external", "idea"],
        "level": "level",
        "title": _("Pasangan faktor yang jelas dan cenderung untuk strategi SO, WO, ST, dan WT")
        if told
        else _("Belum ada faktor yang cukup jelas untuk dipasangkan"),
        "note": _(
            "●●● kedua faktornya jelas; ●●○ ada yang baru cenderung. Yang jelas dan paling jauh "
            "dari netral lebih dahulu; pasangan yang ditampilkan dari semua yang mungkin: {told}."
        ).format(told=listing(told))
        if told
        else "",
    }

"""The best set of quick win programmes that a budget buys, and what a tenth more would add."""

import pandas as pd

from analysis.methods import knapsack
from analysis.text import _, number, percent

EXTRA = 0.10
"""The share of the budget that is added to show what more money buys."""


def best(ranking: pd.DataFrame, budget: float) -> pd.DataFrame:
    """Which proposals the best set holds within `budget` (million rupiah), and with 10% more.

    Maximises the total merit subject to the total cost. Adds within and with_more (bool) and
    change (what more money does to the proposal, in words).
    Source: `methods.knapsack`.
    """
    keyed = ranking.set_index("proposal")
    merit, cost = keyed["merit"].astype(float), keyed["cost"].astype(float)
    within = knapsack.best_set(merit, cost, budget)
    more = knapsack.best_set(merit, cost, budget * (1 + EXTRA))
    words = {
        (True, True): _("dalam kedua paket"),
        (False, True): _("masuk bila anggaran bertambah"),
        (True, False): _("keluar bila anggaran bertambah"),
        (False, False): _("di luar kedua paket"),
    }
    change = [words[pair] for pair in zip(within, more, strict=True)]
    return keyed.assign(
        within=within, with_more=more, change=pd.Series(change, keyed.index, dtype=object)
    ).reset_index()


def chosen(packages: pd.DataFrame) -> pd.DataFrame:
    """The proposals of either package, those within the budget first, the quickest first."""
    part = packages[packages["within"] | packages["with_more"]]
    return part.sort_values(
        ["within", "duration", "rank"], ascending=[False, True, True], ignore_index=True
    )


def purchase(packages: pd.DataFrame, budget: float) -> pd.DataFrame:
    """What each package buys: package, budget, cost (million rupiah), programmes, merit, reach.

    `merit` is the sum over its programmes; `reach` the sum of their beneficiaries, so that a
    person reached by two programmes counts twice.
    """
    rows = [
        (_("Dalam anggaran"), "within", budget),
        (
            _("Anggaran ditambah {extra}").format(extra=percent(EXTRA)),
            "with_more",
            budget * (1 + EXTRA),
        ),
    ]
    parts = [(name, money, packages[packages[column]]) for name, column, money in rows]
    return pd.DataFrame(
        {
            "package": [name for name, _money, _part in parts],
            "budget": [float(money) for _name, money, _part in parts],
            "cost": [float(part["cost"].sum()) for _name, _money, part in parts],
            "programmes": [len(part) for _name, _money, part in parts],
            "merit": [float(part["merit"].sum()) for _name, _money, part in parts],
            "reach": [float(part["beneficiaries"].sum()) for _name, _money, part in parts],
        }
    )


def rupiah(millions: float) -> str:
    """An amount in million rupiah as people write it: ``Rp5.000 juta``, ``Rp500.000``."""
    if 0 < millions < 1:
        return _("Rp{amount}").format(amount=number(millions * 1e6, 0))
    return _("Rp{amount} juta").format(amount=number(millions, 0))


def headline(packages: pd.DataFrame, budget: float) -> str:
    """What the budget buys, and what a tenth more would add."""
    within, more = (row for _index, row in purchase(packages, budget).iterrows())
    if not more["programmes"]:
        return _("Tidak ada usulan lengkap yang terjangkau anggaran {budget}").format(
            budget=rupiah(budget)
        )
    more_words = (
        _("{budget} membeli {count} program; tambahan {extra} menjadikannya {more} program")
        if more["programmes"] != within["programmes"]
        else _("{budget} membeli {count} program; tambahan {extra} tidak menambah jumlahnya")
    )
    return more_words.format(
        budget=rupiah(budget),
        count=within["programmes"],
        extra=percent(EXTRA),
        more=more["programmes"],
    )

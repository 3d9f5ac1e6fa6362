"""What a budget buys: a package with floors and ceilings, and proposals in turn beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.methods import knapsack
from analysis.text import N_, _, number

SHARES = (0.5, 1.0, 1.5)
"""The budgets to buy for, as shares of the budget."""
SIZES = (
    (1e6, N_("Rp{amount} triliun")),
    (1e3, N_("Rp{amount} miliar")),
    (1.0, N_("Rp{amount} juta")),
)
"""From how many million rupiah on an amount is told in which size."""


@dataclass(frozen=True, eq=False)
class Option:
    """One way to spend one budget; `held`: the rows of `offered` that it buys."""

    name: str
    packed: bool
    share: float
    budget: float
    held: pd.DataFrame

    @property
    def cost(self) -> float:
        """What it costs, in million rupiah."""
        return float(self.held["cost"].sum())


def offered(ranking: pd.DataFrame, alike: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """The ranking with what a package must know of each proposal beside its cost and merit.

    Adds cluster (of `alike`; missing for what looks like no other) and lead_short: the unit that
    leads it, by its short name in `units` where it was called by one of its names there, else as
    it was written; the unit that proposes it where none was named.
    """
    called: dict[str, str] = {}
    for names in (units["unit_short"], units["unit_name"]):
        called |= dict(zip(map(_plain, names), units["unit_short"], strict=True))
    leads = [
        called.setdefault(_plain(lead), lead)
        for lead in ranking["lead"].fillna(ranking["unit_short"])
    ]
    cluster = ranking["proposal"].map(alike.set_index("proposal")["cluster"])
    return ranking.assign(cluster=cluster, lead_short=pd.Series(leads, ranking.index, dtype=object))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def best(proposals: pd.DataFrame, budget: float, least: int, most: int) -> pd.Series:
    """Which of `offered` the package holds within `budget` (million rupiah): bool by row.

    It maximises the total merit with at most one of each cluster, at most `most` of each lead unit
    (0: no limit), and `least` of each dimension as far as the budget and these limits allow: as
    many dimensions as possible get one, then a second one, and so on. Source: `methods.knapsack`.
    """
    given = [
        *[knapsack.Group(rows, least=least) for rows in _by(proposals, "dimension")],
        *[knapsack.Group(rows, most=1) for rows in _by(proposals, "cluster")],
        *[knapsack.Group(rows, most=most) for rows in _by(proposals, "lead_short") if most],
    ]
    merit, cost = proposals["merit"].astype(float), proposals["cost"].astype(float)
    return knapsack.best_set(merit, cost, budget, given)


def _by(proposals: pd.DataFrame, column: str) -> list[pd.Index]:
    return list(proposals.groupby(column).groups.values())


def in_turn(proposals: pd.DataFrame, budget: float) -> pd.Series:
    """Which of `offered` are bought from the first rank on, each that the rest still pays for."""
    spent, taken = 0.0, []
    for cost in proposals["cost"]:
        taken.append(spent + cost <= budget * (1 + 1e-9))
        spent += cost * taken[-1]
    return pd.Series(taken, proposals.index, dtype=bool)


def options(proposals: pd.DataFrame, budget: float, least: int, most: int) -> list[Option]:
    """At each share of the budget the package, and beside it what is bought in turn."""
    made = []
    for share in SHARES:
        money = budget * share
        ways = {
            _("Paket {budget}"): best(proposals, money, least, most),
            _("Peringkat {budget}"): in_turn(proposals, money),
        }
        for packed, (name, taken) in zip((True, False), ways.items(), strict=True):
            shown = name.format(budget=rupiah(money))
            made.append(Option(shown, packed, share, money, proposals[taken]))
    return made


def whole(made: Sequence[Option], packed: bool = True) -> Option:
    """The option of the budget itself."""
    return next(option for option in made if option.share == 1 and option.packed == packed)


def bought(proposals: pd.DataFrame, package: Option, most: int) -> pd.DataFrame:
    """`offered` with within (bool: in the package) and reason: why not, empty if it is.

    The first of these that holds: dearer than the whole budget; like one in the package; its lead
    unit has as many as it may; no merit; not enough money left.
    """
    held = package.held
    own = set(held["proposal"])
    alike = held.dropna(subset="cluster").set_index("cluster")["label"]
    leading = held["lead_short"].value_counts()

    def reason(proposal: str, cost: float, cluster: float, lead: str, merit: float) -> str:
        if proposal in own:
            return ""
        if cost > package.budget:
            return _("lebih mahal daripada seluruh anggaran")
        if cluster in alike.index:
            return _("mirip dengan {label}").format(label=alike[cluster])
        if most and leading.get(lead, 0) >= most:
            return _("{unit} sudah memimpin {most} program").format(unit=lead, most=most)
        return _("sisa anggaran tidak cukup") if merit > 0 else _("nilainya nol")

    told = ["proposal", "cost", "cluster", "lead_short", "merit"]
    reasons = [reason(*row) for row in proposals[told].itertuples(index=False)]
    return proposals.assign(
        within=proposals["proposal"].isin(own),
        reason=pd.Series(reasons, proposals.index, dtype=object),
    )


def chosen(proposals: pd.DataFrame) -> pd.DataFrame:
    """Of `bought` the package, the quickest first."""
    part = proposals[proposals["within"]]
    return part.sort_values(["duration", "rank"], ignore_index=True)


def every(made: Sequence[Option]) -> pd.DataFrame:
    """The packages at every budget, each with its name in `package` and the quickest first."""
    held = [option.held.assign(package=option.name) for option in made if option.packed]
    parts = [part.sort_values(["duration", "rank"]) for part in held]
    return pd.concat(parts, ignore_index=True)


def rupiah(millions: float, digits: int = 2) -> str:
    """An amount in million rupiah as people write it, with at most so many decimals."""
    if 0 < millions < 1:
        return _("Rp{amount}").format(amount=number(millions * 1e6, 0))
    size, words = next((s for s in SIZES if millions >= s[0]), SIZES[-1])
    amount = round(millions / size, digits)
    least = next(d for d in range(digits + 1) if round(amount, d) == amount)
    return _(words).format(amount=number(amount, least))

"""What packages and ranks buy in each dimension, what they leave out, and what floors they miss."""

from collections.abc import Sequence

import pandas as pd

from analysis.stages.quickwin.packages import Option
from analysis.text import _

TOP = 10
"""The first ranks, of which is told what an option leaves out."""


def absent(held: pd.DataFrame, names: pd.Series) -> list[str]:
    """The names of the dimensions in which `held` has no programme; `names`: by dimension id."""
    return list(names[~names.index.isin(held["dimension"])])


def least_served(held: pd.DataFrame, names: pd.Series) -> pd.Series:
    """The dimensions with the fewest programmes in `held`, by id; none where all have as many."""
    counts = held["dimension"].value_counts().reindex(names.index, fill_value=0)
    return names[(counts == counts.min()) & (counts < counts.max())]


def missed(proposals: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Of `offered` the proposals among the first ranks that `held` leaves out.

    Proposals that share a rank are among the first ones only all together.
    """
    top = proposals[proposals["rank"].rank(method="max") <= TOP]
    return top[~top["proposal"].isin(held["proposal"])]


def twins(held: pd.DataFrame) -> int:
    """How many of `held` look like another one in it."""
    return int(held["cluster"].dropna().duplicated(keep=False).sum())


def covered(made: Sequence[Option], names: pd.Series) -> pd.DataFrame:
    """How many programmes each option buys in each dimension, a row for each of both.

    Columns: dimension, dimension_name, package, programmes (0 included).
    """
    return pd.DataFrame(
        [
            (dimension, name, option.name, int((option.held["dimension"] == dimension).sum()))
            for dimension, name in names.items()
            for option in made
        ],
        columns=["dimension", "dimension_name", "package", "programmes"],
    )


def purchase(made: Sequence[Option], proposals: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """What each option buys and leaves out, a row per option.

    Columns: package, without (dimensions without a programme), missed (how many of the first ten
    ranks it leaves out), alike (how many of its programmes look like another one in it), budget
    and cost (million rupiah), programmes.
    """
    return pd.DataFrame(
        {
            "package": [option.name for option in made],
            "without": [", ".join(absent(option.held, names)) or "–" for option in made],
            "missed": [len(missed(proposals, option.held)) for option in made],
            "alike": [twins(option.held) for option in made],
            "budget": [option.budget for option in made],
            "cost": [option.cost for option in made],
            "programmes": [len(option.held) for option in made],
        }
    )


def unmet(
    proposals: pd.DataFrame, package: Option, least: int, names: pd.Series
) -> list[tuple[str, str]]:
    """The dimensions with fewer than `least` programmes in the package: name, and why."""
    found = []
    for dimension, name in names.items():
        of = proposals[proposals["dimension"] == dimension]
        if (package.held["dimension"] == dimension).sum() >= least:
            continue
        payable = int((of["cost"] <= package.budget).sum())
        if of.empty:
            why = _("tanpa usulan lengkap")
        elif not payable:
            why = _("setiap usulannya lebih mahal daripada seluruh anggaran")
        elif payable < least:
            why = _("hanya {n} usulan lengkap yang terjangkau").format(n=payable)
        else:
            why = _("tidak tercapai bersama dimensi lain dalam anggaran dan batas paket")
        found.append((name, why))
    return found

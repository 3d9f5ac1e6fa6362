"""Whether the highest of several items, or of several groups of units, leads beyond chance."""

from dataclasses import dataclass

import pandas as pd
from scipy import stats

from analysis.methods import intervals
from analysis.stages import aggregate
from analysis.text import _, interval, number


@dataclass(frozen=True)
class Lead:
    """The items with the highest and second highest mean, and how far the first is ahead.

    `first`, `second`: items; `mean`, `low`, `high`: their difference within units; `n`: units
    that answered both. The bounds are NaN for a single unit.
    """

    first: str
    second: str
    mean: float
    low: float
    high: float
    n: int

    @property
    def clear(self) -> bool:
        """Whether the whole interval of the difference lies above zero."""
        return self.low > 0

    @property
    def details(self) -> str:
        """The difference, its interval and n, in words."""
        if self.low != self.low:
            return _("selisih {mean} pada {n} unit yang menilai keduanya, tanpa selang").format(
                mean=number(self.mean), n=self.n
            )
        return _("selisih {mean} pada {n} unit yang menilai keduanya; selang {interval}").format(
            mean=number(self.mean), interval=interval(self.low, self.high), n=self.n
        )


def lead(answers: pd.DataFrame, item: str, value: str, confidence: float = 0.95) -> Lead | None:
    """How far the highest item is ahead of the next; None where fewer than two have a value.

    `answers`: a row per unit and item. The same units judge both items, so the difference is
    taken within each unit (paired) and its interval is that of a mean: `intervals.summarise`.
    The two items are picked by their means, so a bare lead is claimed a little too often.
    """
    values = aggregate.wide(answers, item, value)
    means = values.mean().dropna().sort_values(ascending=False, kind="stable")
    if len(means) < 2:
        return None
    first, second = means.index[:2]
    ahead = (values[first] - values[second]).to_frame("ahead")
    row = intervals.summarise(
        ahead, aggregate.strata(answers), confidence, seed=aggregate.SEED
    ).iloc[0]
    return Lead(first, second, row["mean"], row["low"], row["high"], int(row["n"]))


def leading(
    answers: pd.DataFrame, item: str, value: str, name: str, what: str, confidence: float = 0.95
) -> str:
    """`lead` as a sentence; `name`: column of the items' names; `what`: the figure in words."""
    best = lead(answers, item, value, confidence)
    if best is None:
        return _("Perbandingan {what} tidak dapat dibuat: kurang dari dua yang terisi.").format(
            what=what
        )
    names = answers.drop_duplicates(item).set_index(item)[name]
    words = (
        _("{first} tertinggi dalam {what}, di atas {second} ({details}).")
        if best.clear
        else _(
            "{first} tertinggi dalam {what}, tetapi data ini tidak dapat membedakannya dari "
            "{second} ({details})."
        )
    )
    return words.format(
        first=names[best.first], second=names[best.second], what=what, details=best.details
    )


def groups_apart(units: pd.DataFrame, value: str, what: str, confidence: float = 0.95) -> str:
    """Whether the groups of units with the highest and the lowest mean differ beyond chance.

    `units`: a row per unit with group_name; `what`: the figure in words. Interval of the
    difference: Welch's t, `difference`.
    """
    known = units.dropna(subset=value).set_index("group_name")[value]
    order = known.groupby(level=0, sort=False).mean().sort_values()
    if len(order) < 2:
        return _("Kurang dari dua kelompok unit menjawab, jadi {what} tidak dibandingkan.").format(
            what=what
        )
    low, high = order.index[0], order.index[-1]
    apart = difference(known.loc[[high]], known.loc[[low]], confidence)
    words = (
        _("{high} lebih tinggi daripada {low} dalam {what} ({details}).")
        if apart.low > 0
        else _("Data ini tidak dapat membedakan {high} dari {low} dalam {what} ({details}).")
    )
    details = _("selisih {mean}; selang {interval}").format(
        mean=number(apart.mean), interval=interval(apart.low, apart.high)
    )
    return words.format(high=high, low=low, what=what, details=details)


@dataclass(frozen=True)
class Difference:
    """A difference of two means and its interval; NaN bounds where one side has one value."""

    mean: float
    low: float
    high: float


def difference(first: pd.Series, second: pd.Series, confidence: float = 0.95) -> Difference:
    """Mean of `first` minus mean of `second`, values of different units, by Welch's t interval.

    Source: Welch (1947), Biometrika 34, 28-35.
    """
    first, second = first.dropna(), second.dropna()
    mean = float(first.mean() - second.mean())
    if min(len(first), len(second)) < 2:
        return Difference(mean, float("nan"), float("nan"))
    low, high = stats.ttest_ind(first, second, equal_var=False).confidence_interval(confidence)
    return Difference(mean, float(low), float(high))

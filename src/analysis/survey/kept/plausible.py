"""Amounts that can be read but hardly meant, by the city's budget, proposals and people."""

from collections.abc import Iterator, Sequence
from statistics import median

import pandas as pd

from analysis.survey.asked.fields import MILLION_RUPIAH, MONTHS, PEOPLE, Amount
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.amounts import written
from analysis.survey.returned.expected import Expected
from analysis.survey.told.problems import Code, Details, Problem
from analysis.text import _

MILLION = 10**6  # rupiah in the unit of costs
BUDGETS = 100  # times the budget of all quick wins: a sum that no single one of them costs
OTHERS, FEWEST = 10_000, 5  # times the median of other offices' costs; of at least so many
TEN_YEARS = 120  # months


def amounts(
    kept: Sequence[Kept], expected: Expected, inhabitants: pd.Series | None
) -> Iterator[Problem]:
    """Rupiah where millions are asked, more people than the city has, more than ten years.

    `kept`: of each respondent of each unit; `inhabitants`: the published figure (value, year),
    None where there is none to judge by.
    """
    given = [(one.unit, list(_given(one, expected))) for one in kept]
    costs = [
        (unit, [n for kind, _title, n, _cell in own if kind.measure == MILLION_RUPIAH])
        for unit, own in given
    ]
    for unit, own in given:
        dear = _dear([n for u, theirs in costs if u != unit for n in theirs], expected)
        for kind, title, value, found in own:
            if asked := _asked(kind, value, dear, inhabitants):
                code, meant = asked
                told = {"title": title, "value": written(value), "measure": {"text": kind.unit}}
                yield found.problem(code, unit, **told, **meant)


def _given(kept: Kept, expected: Expected) -> Iterator[tuple[Amount, str, float, Counted]]:
    """The amounts that count for a unit: kind, title of the column, value, cell."""
    for table in expected.asked(kept.unit):
        for question in table.fields:
            if isinstance(question.kind, Amount):
                for code in table.codes:
                    found = kept.answers.get((code, question.name))
                    if found and isinstance(found.value, int | float):
                        yield question.kind, _(question.title), found.value, found


def _asked(
    kind: Amount, value: float, dear: float, inhabitants: pd.Series | None
) -> tuple[Code, Details] | None:
    """Why an amount is doubted, and what may be meant; None where it may well be."""
    if kind.measure == MILLION_RUPIAH and value >= dear:
        return Code.IN_RUPIAH, {"meant": written(value / MILLION)}
    if kind.measure == MONTHS and value > TEN_YEARS:
        return Code.IN_DAYS, {"meant": written(round(value * 12 / 365))}
    if kind.measure == PEOPLE and inhabitants is not None and value > inhabitants["value"]:
        population, year = written(inhabitants["value"]), str(inhabitants["year"])
        return Code.BEYOND_POPULATION, {"population": population, "year": year}
    return None


def _dear(others: list[float], expected: Expected) -> float:
    """From which cost on, in millions of rupiah, it was hardly typed in millions.

    A million of these is one million rupiah in full; a cost beyond it is doubted where it is
    orders of magnitude above the city's budget or above what other offices ask for.
    """
    limits = [BUDGETS * expected.settings.quickwin.budget]
    if len(others) >= FEWEST:
        limits.append(OTHERS * median(others))
    return max(MILLION, min(limits))

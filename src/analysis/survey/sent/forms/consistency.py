"""The light below pairs: whether they contradict each other, as the sheet itself works it out.

The geometric consistency index has a closed form, which the principal eigenvector of the report has
not. It stands in a fixed ratio to the consistency ratio that people know.
Source: Aguarón & Moreno-Jiménez (2003), European Journal of Operational Research 147, 137-145.
"""

import math
from collections.abc import Mapping

from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from analysis.survey.asked.labels import CONSISTENT, INCONSISTENT
from analysis.survey.sent.forms.layout import Block
from analysis.survey.sent.forms.page import Form
from analysis.text import _

RATIOS, BEYOND = {3: 3.147, 4: 3.526}, 3.7  # the index where the consistency ratio is 1, by order


def light(sheet: Worksheet, form: Form, block: Block, last: int) -> None:
    """Write it in the row below the pairs, as far as column `last`; nothing of fewer than three."""
    items = block.table.items
    names = list(dict.fromkeys([*items["left_name"], *items["right_name"]]))
    if len(names) < 3:
        return
    limit = form.settings.thresholds.consistency * RATIOS.get(len(names), BEYOND)
    row, column = block.last + 1, 1 + len(block.labels)
    sheet.merge_range(row, column, row, last, "", form.style("read"))
    said = [_(text) for text in (CONSISTENT, INCONSISTENT)]
    now = _index(block, names, form.answers)
    shown = "" if now is None else said[now > limit]
    formula = f'=IF({_incomplete(block)},"",IF({_formula(block, names)}<={limit:.6g},'
    formula += ",".join(f'"{text}"' for text in said) + "))"
    sheet.write_formula(row, column, formula, form.style("read"), shown)
    here = xl_rowcol_to_cell(row, column)
    for text, look in zip(said, ("done", "doubt"), strict=True):
        rule = {"type": "formula", "criteria": f'={here}="{text}"', "format": form.style(look)}
        sheet.conditional_format(row, column, row, last, rule)


def _range(block: Block, column: int) -> str:
    return xl_range_abs(block.first, column, block.last, column)


def _incomplete(block: Block) -> str:
    """Whether a pair is without an answer."""
    side, times = (_range(block, block.columns[name]) for name in ("more", "strength"))
    judged = f'COUNTIF({side},"A")+COUNTIF({side},"B")'
    return f"OR(COUNT({times})<ROWS({times}),{judged}<ROWS({side}))"


def _formula(block: Block, names: list[str]) -> str:
    """The index: what the logarithms leave unexplained by one weight each (least squares)."""
    side, times = (_range(block, block.columns[name]) for name in ("more", "strength"))
    left, right = _range(block, 1), _range(block, 2)
    signed = f'(2*({side}="A")-1)*LN({times})'
    quoted = [name.replace('"', '""') for name in names]
    sums = [f'SUMPRODUCT((({left}="{n}")-({right}="{n}"))*{signed})^2' for n in quoted]
    order = len(names)
    explained = f"({'+'.join(sums)})/{order}"
    return f"2/{(order - 1) * (order - 2)}*(SUMPRODUCT(LN({times})^2)-{explained})"


def _index(
    block: Block, names: list[str], answers: Mapping[tuple[str, str], object]
) -> float | None:
    """The same of the answers given; None unless every pair is judged."""
    sums, total, order = dict.fromkeys(names, 0.0), 0.0, len(names)
    columns = ["code", "left_name", "right_name"]
    for code, one, other in block.table.items[columns].itertuples(index=False):
        side, times = (answers.get((code, name)) for name in ("more", "strength"))
        if side not in ("A", "B") or not isinstance(times, int):
            return None
        signed = math.log(times) * (1 if side == "A" else -1)
        total += signed**2
        sums[one] += signed
        sums[other] -= signed
    return 2 / ((order - 1) * (order - 2)) * (total - sum(s**2 for s in sums.values()) / order)

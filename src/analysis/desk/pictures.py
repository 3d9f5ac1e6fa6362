"""The picture and the table of a stage's frame: as its notebook shows them, or else as it is made.

A notebook is where a picture of a stage has its home, with its labels, limits and note; it is read
there, so that the desk shows the very same. Like opening that notebook, it runs what stands in it.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import fields
from functools import partial
from typing import Any

import pandas as pd

from analysis import charts
from analysis.columns import declared
from analysis.exhibits import Exhibit
from analysis.stages.evidence.stage import Stage
from analysis.survey.kept.survey import Survey

Show = Callable[..., Exhibit]
COUNTS = ("n", "tb", "missing", "units")
"""Columns that tell how much stands behind a row, and are no figure of it."""


class Cell:
    """A call of `charts` or `tables` in a stage's notebook, whose parameters may be changed.

    `title`: the one that it gives by its keyword, empty where it gives none.
    """

    def __init__(self, call: ast.Call, trees: list[ast.Module], survey: Survey, stage: Stage):
        self.call = call
        known: dict[str, Any] = {each.name: getattr(stage, each.name) for each in fields(stage)}
        self.known = known | {"stage": stage, "survey": survey}
        statements = [node for tree in trees for node in tree.body]
        self.set: dict[str, ast.expr | None] = {}
        for node in statements:
            match node:
                case ast.Assign([ast.Name(name)], value) | ast.AnnAssign(ast.Name(name), _, value):
                    self.set[name] = value
        wanted = ast.Import | ast.ImportFrom
        imports = [node for node in statements if isinstance(node, wanted)]
        exec(compile(ast.Module([*imports], []), "<notebook>", "exec"), self.known)
        self.title = str(self._given(lambda name: name == "title").get("title", ""))

    def __call__(self, **changes: Any) -> Exhibit:
        given = self._given(lambda name: name not in changes)
        called = self._value(self.call.func)
        return called(*map(self._value, self.call.args), **(given | changes))

    def _given(self, wanted: Callable[[str], bool]) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for keyword in self.call.keywords:
            if keyword.arg is None:
                given |= self._value(keyword.value)
            elif wanted(keyword.arg):
                given[keyword.arg] = self._value(keyword.value)
        return given

    def _value(self, node: ast.expr) -> Any:
        for name in {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}:
            if name not in self.known and (given := self.set.get(name)) is not None:
                self.known[name] = self._value(given)
        return eval(compile(ast.Expression(node), "<notebook>", "eval"), self.known)


def in_notebook(room: str, survey: Survey, stage: Stage, name: str) -> Cell | None:
    """What the stage's notebook shows with a function of `charts` or `tables` of a frame, if so.

    `room`: "charts" or "tables"; the first such cell counts. Of a table the frame itself is shown,
    of a chart it may be rearranged first. What fails is passed over: somebody may be writing it.
    """
    trees = list(_cells(survey, stage))
    for tree in trees:
        match tree.body:
            case [ast.Expr(ast.Call(ast.Attribute(ast.Name(called))) as call)]:
                if called == room and _is_of(call, name, room == "tables"):
                    with suppress(Exception):
                        return Cell(call, trees, survey, stage)
    return None


def as_table(survey: Survey, stage: Stage, name: str) -> Mapping[str, Any] | None:
    """The content of the table that the stage's notebook makes of a frame, if so."""
    with suppress(Exception):
        if cell := in_notebook("tables", survey, stage, name):
            return cell().content
    return None


def _cells(survey: Survey, stage: Stage) -> Iterator[ast.Module]:
    """The code of the stage's notebook, cell by cell, without what is no Python."""
    for path in sorted(survey.project.notebooks.glob("*.ipynb")):
        if not re.fullmatch(rf"(\d+-)?{re.escape(stage.name)}", path.stem):
            continue
        try:
            cells = json.loads(path.read_text("utf-8"))["cells"]
        except (ValueError, KeyError):
            continue
        for cell in cells:
            try:
                if cell["cell_type"] == "code":
                    yield ast.parse("".join(cell["source"]))
            except SyntaxError:
                continue


def _is_of(call: ast.Call, name: str, itself: bool) -> bool:
    shown = [*call.args[:1], *(k.value for k in call.keywords if k.arg in (None, "frame"))]
    if itself:
        return any(ast.unparse(node) == f"stage.{name}" for node in shown)
    return any(
        isinstance(node, ast.Attribute) and ast.unparse(node) == f"stage.{name}"
        for each in shown
        for node in ast.walk(each)
    )


def drawn(cell: Cell | None, frame: pd.DataFrame, title: str) -> Show | None:
    """The picture in a cell, or where it fails there, or there is none, the one of a frame."""
    other = picture(frame, title)
    if cell is None or other is None:
        return cell or other

    def draw(**changes: Any) -> Exhibit:
        try:
            return cell(**changes)
        except Exception:  # somebody may be writing it
            return other(**changes)

    return draw


def picture(frame: pd.DataFrame, title: str) -> Show | None:
    """A picture as a frame's columns suggest one, None where they do not.

    Levels that are counted: stacked bars; figures with an interval: ranked, or of groups a heatmap;
    a single figure: bars.
    """
    levels = [name for name in frame if str(name).isdigit()]
    names = [n for n in frame if _format(n) == "text" and n not in ("item", "unit")]
    name = next((n for n in names if frame[n].astype(str).is_unique), None)
    middle = _middle(frame)
    if name and len(levels) > 1:
        return partial(charts.likert, frame, name, levels, title=title, labels=levels)
    if name and middle:
        return partial(charts.ranked, frame, name, middle, title=title, label=_label(middle))
    if middle and "label" in frame:
        column = next((n for n in names if n not in ("label", "group_name")), None)
        if column and not frame.duplicated(["label", column]).any():
            return partial(charts.heatmap, frame, "label", column, middle, title=title)
    figures = [n for n in frame.select_dtypes("number") if n not in COUNTS]
    if name and len(figures) == 1 and isinstance(_format(figures[0]), int):
        return partial(charts.bars, frame, name, figures[0], title=title)
    return None


def _format(name: str) -> str | int:
    column = declared().get(name)
    return column.format if column else ""


def _label(name: str) -> str:
    return declared()[name].label if name in declared() else name


def _middle(frame: pd.DataFrame) -> str | None:
    """The column that lies within the interval of its row everywhere."""
    if not {"low", "high"} <= set(frame):
        return None
    ends = frame[["low", "high"]].astype(float)
    known = frame.select_dtypes("number").drop(columns=["low", "high"], errors="ignore")
    for name in known:
        inside = known[name].astype(float).between(ends["low"] - 1e-9, ends["high"] + 1e-9)
        if (inside | ends["low"].isna()).all() and not ends["low"].isna().all():
            return str(name)
    return None


def columns(frame: pd.DataFrame) -> list[str]:
    """The columns of a frame that people read: declared ones, both ends of an interval as one."""
    known = declared()
    ends: dict[str, str] = {}
    for name, column in sorted(known.items(), key=lambda pair: len(pair[0])):
        if column.pair and set(column.pair) <= set(frame):
            ends = dict.fromkeys(column.pair, name) | ends
    found = dict.fromkeys(ends.get(name, name) for name in map(str, frame))
    hidden = {"unit", "unit_short", "claim", "level", "group"}
    hidden |= {"group_name"} if "label" in frame else set()
    hidden |= {"label"} if {"name", "lead"} <= set(frame) else set()  # which says both of them
    shown = [name for name in found if name in known and name not in hidden]
    fullest: dict[str, str] = {}  # of columns under one heading, such as a name and a short one
    for name in sorted(shown, key=lambda name: not name.endswith("name")):
        fullest.setdefault(known[name].label, name)
    return [name for name in shown if name in fullest.values()] or [str(name) for name in frame]

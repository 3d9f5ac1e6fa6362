"""The columns of results: what people read above them, their unit and their format.

They are declared in the ``columns.toml`` of each folder of stages, each name once, so that charts,
tables, spreadsheets and the codebook of results say the same of a figure wherever it stands.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.text import _

STAGES = Path(__file__).with_name("stages")
ITEMS = (
    "kind", "item", "id", "dimension", "element", "obstacle", "unit", "proposal", "other_proposal",
    "pestel", "axis", "cell", "word", "sheet", "table", "indicator", "area", "aspect", "year",
    "field", "criterion", "horizon", "package", "city", "stage", "used", "choice", "source", "code",
    "file",
)  # fmt: skip
"""Columns that tell what a row is about, in the order of its key."""
SCOPE = "group"
"""The column that tells whom a row speaks for, where not for all."""
HEAD = """# Codebook of results

Made from the `columns.toml` of every folder of stages by `make codebook`; edit these instead. It
says what stands in the columns of tables, spreadsheets and pictures. A column whose unit says "as
what the row measures" is a general one: the title of its table says of what.
"""


@dataclass(frozen=True)
class Column:
    """One column of results.

    `heading` and `unit`: in the source language; `format`: "text", "figures" (text of digits, kept
    on one line), a number of digits, "percent", "signed" (two digits with a sign), "year", or
    "interval" (with two digits, or as many as it says, or of shares: "interval%") of the two
    columns `pair`; `said`: its texts are in the source language whatever the language in use
    (answers' own words, names of offices, sources); `general`: what it measures is known only with
    the frame that it stands in; `room`: the folder of stages that declares it.
    """

    name: str
    room: str
    heading: str
    format: str | int
    unit: str = ""
    pair: tuple[str, str] | None = None
    said: bool = False
    general: bool = False

    @property
    def label(self) -> str:
        """What people read above it."""
        return _(self.heading)


@cache
def declared() -> dict[str, Column]:
    """Every column by its name. Raises ValueError for one that is declared twice."""
    found: dict[str, Column] = {}
    for path in sorted(STAGES.glob("*/columns.toml")):
        for name, given in tomllib.loads(path.read_text("utf-8")).items():
            if name in found:
                raise ValueError(f"{path}: column {name!r} is declared in {found[name].room} too")
            pair = given.pop("pair", None)
            found[name] = Column(name, path.parent.name, pair=pair and tuple(pair), **given)
    return found


def numbered(index: pd.Index) -> bool:
    """Whether an index is no more than the number of each row, in whatever order."""
    whole = pd.api.types.is_integer_dtype(index)
    return index.nlevels == 1 and index.name is None and (whole or index.empty)


def ours(frame: pd.DataFrame) -> frozenset[str]:
    """Which columns of a frame are the declared ones: those that it says so of in its `attrs`.

    Whatever of ours makes a frame names them there, as ``declared``. A column that was added or
    renamed since is somebody's own, and so is all of what was counted, turned or merged out of it.
    """
    return frozenset(frame.attrs.get("declared", ()) if _untouched(frame) else ())


def _untouched(frame: pd.DataFrame) -> bool:
    return numbered(frame.index) and frame.columns.nlevels == 1


def keys(frame: pd.DataFrame) -> dict[str, Any]:
    """What each row of a stage's frame is about and for whom, so that its numbers can be named.

    ``stage``, ``of`` (what its general columns are of) and ``rows``: [item, scope] each. A number's
    key is stage, ``of`` with its column, item and scope; two places with one key hold one number.
    ``groups``: [scope, what people call it] for each group of units among them, in the order of the
    register. Empty for a frame that is no stage's.
    """
    if "stage" not in frame.attrs or not _untouched(frame):
        return {}
    named = [name for name in ITEMS if name in frame] or [n for n in frame if n.endswith("name")]
    columns = [frame[name] for name in named] or [range(len(frame))]
    about = ("/".join(map(str, row)) for row in zip(*columns, strict=True))
    whole = frame.attrs["scope"]
    whom = (
        frame[SCOPE].astype(object).replace("city", whole)
        if SCOPE in frame
        else [whole] * len(frame)
    )
    rows = [list(row) for row in zip(about, map(str, whom), strict=True)]
    present = {scope for _item, scope in rows}
    groups = [list(named) for named in frame.attrs["groups"].items() if named[0] in present]
    return {k: frame.attrs[k] for k in ("stage", "of")} | {"rows": rows, "groups": groups}


def codebook() -> str:
    """Every column by the folder that declares it, as Markdown."""
    lines = [HEAD]
    rooms = dict.fromkeys(column.room for column in declared().values())
    for room in sorted(rooms):
        lines += [f"## {room}", "", "| column | heading | unit | format |", "|---|---|---|---|"]
        for column in declared().values():
            if column.room == room:
                format = ", ".join([str(column.format), *(column.pair or ())])
                lines.append(f"| `{column.name}` | {column.heading} | {column.unit} | {format} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    target = Path(__file__).parents[2] / "docs" / "results.md"
    target.write_text(codebook(), "utf-8")

"""One table of results as the desk hands it out: seen at once, drawn, and taken along."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import tables
from analysis.exhibits import Exhibit
from analysis.refusals import Refusal, as_list, only
from analysis.survey.kept.survey import Survey
from analysis.text import _, number

SEEN = 15
"""How many rows are seen at a glance; `table` shows all."""


@dataclass(eq=False, repr=False)
class View:
    """A table that shows itself, and gives its picture, its full table and its frame.

    `data`: as it was worked out; `columns`: those that are shown; `headings` and `formats`: of
    columns that no ``columns.toml`` declares; `picture`: draws it, or why it cannot be drawn.
    """

    survey: Survey
    data: pd.DataFrame
    title: str
    columns: Sequence[str]
    picture: Callable[..., Exhibit] | str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    formats: Mapping[str, str | int] = field(default_factory=dict)
    note: str = ""
    source: str | None = None

    @property
    def frame(self) -> pd.DataFrame:
        """All of it for pandas: groups are ordered categoricals in the order of the house."""
        return ordered(self.data, self.survey)

    def table(self, **changes: Any) -> Exhibit:
        """All rows as a table; `changes` are parameters of `tables.table`, such as ``title``."""
        return self._table(self.data, self.note, changes)

    def save(self, path: Path | str) -> None:
        """Save its table as what the path ends in: see `Exhibit.save`."""
        self.table().save(path)

    def _table(self, data: pd.DataFrame, note: str, changes: Mapping[str, Any]) -> Exhibit:
        given: dict[str, Any] = {"title": self.title, "columns": self.columns, "note": note}
        only(changes, inspect.signature(tables.table).parameters)
        given |= {"source": self.source, **changes}
        given["columns"] = as_list(given["columns"] or list(data))
        for part, known in (("headings", self.headings), ("formats", self.formats)):
            own = {name: known[name] for name in given["columns"] if name in known}
            given[part] = own | dict(given.get(part) or {})
        return tables.table(data, **given)

    def chart(self, **changes: Any) -> Exhibit:
        """Its picture; `changes` are parameters of that chart, such as ``title``.

        Raises Refusal where there is no sensible one: the message says what to do instead.
        """
        if isinstance(self.picture, str):
            raise Refusal(self.picture or _no_picture(self.title))
        return self.picture(**changes)

    def __repr__(self) -> str:
        content = self._seen().content
        kinds = [column["format"] for column in content["columns"]]
        rows = [[column["label"] for column in content["columns"]]]
        rows += [
            [tables.cell(v, k) for v, k in zip(r, kinds, strict=True)] for r in content["rows"]
        ]
        widths = [min(max(map(len, cells)), 44) for cells in zip(*rows, strict=True)]
        lines = [
            "  ".join(
                _cut(text, width).ljust(width) if kind == "text" else text.rjust(width)
                for text, width, kind in zip(row, widths, kinds, strict=True)
            ).rstrip()
            for row in rows
        ]
        below = filter(None, [content["note"], content["source"]])
        return "\n".join([self.title, "", *lines, "", *below])

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return self._seen()._repr_mimebundle_() | {"text/plain": repr(self)}

    def _seen(self) -> Exhibit:
        """Its first rows, saying how many there are more."""
        rest, note = len(self.data) - SEEN, self.note
        if rest > 0:
            more = _("{n} baris lagi: lihat .table() atau .frame.").format(n=number(rest, 0))
            note = f"{note} {more}".strip()
        return self._table(self.data.head(SEEN), note, {})


def ordered(frame: pd.DataFrame, survey: Survey) -> pd.DataFrame:
    """The frame with ``group`` and ``group_name`` as ordered categoricals.

    They come in the order of the questionnaire's groups, and the city, if it is among them, last.
    """
    scheme = survey.instrument.scheme("group")["name"]
    for column, known in (("group", scheme.index), ("group_name", scheme)):
        if column in frame:
            present = frame[column].dropna().astype(str)
            order = [each for each in known if each in set(survey.groups) | set(present)]
            order += [each for each in present.unique() if each not in order]
            frame = frame.assign(
                **{column: pd.Categorical(frame[column].astype(object), order, ordered=True)}
            )
    return frame


def _no_picture(title: str) -> str:
    told = _(
        "“{title}” tidak mempunyai gambar yang patut. Pakailah .table() untuk melihat semuanya, "
        "atau .frame dengan salah satu fungsi charts."
    )
    return told.format(title=title)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"

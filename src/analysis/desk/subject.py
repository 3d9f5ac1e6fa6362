"""A stage as the desk shows it: its findings at a glance, and each of its frames as a `View`."""

from functools import partial
from html import escape
from typing import Any

import pandas as pd

from analysis import charts, origin, tables
from analysis.desk import pictures
from analysis.desk.questions import Question
from analysis.desk.view import View
from analysis.refusals import NoSuchPart, Unfit, unknown
from analysis.stages.evidence.stage import Stage, frame
from analysis.survey.kept.survey import Survey
from analysis.text import _


class Subject:
    """A stage over one survey: its frames are attributes, such as ``.subelements``, each a `View`.

    >>> kesiapan = kota.readiness(threshold=3)
    >>> kesiapan.subelements.title
    '1 dari 9 bidang jelas di bawah batas siap 3,0, 3 lagi cenderung'
    >>> kesiapan.subelements.chart().content["chart"]
    'ranked'
    >>> kesiapan.by("group").frame["group_name"].cat.categories[0]
    'Dinas'

    What else the stage has (``findings``, ``key_figures``, ``titles`` ...) is there as the stage
    gives it; ``stage`` is the stage itself.
    """

    def __init__(self, survey: Survey, stage: Stage):
        self.survey, self.stage = survey, stage

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):  # what IPython asks of everything
            raise AttributeError(name)
        if name not in dir(self.stage):
            what = _("Dalam tahap {stage},").format(stage=_(self.stage.title))
            raise unknown(what, name, [*self.frames, "by", "item", "findings"], NoSuchPart)
        value = getattr(self.stage, name)
        return self._view(name, value) if isinstance(value, pd.DataFrame) else value

    def __dir__(self) -> list[str]:
        own = [name for name in dir(self.stage) if not name.startswith("_")]
        return sorted({*own, "by", "item", "stage"})

    @property
    def frames(self) -> list[str]:
        """The names of its frames, without those for which it has nothing."""
        kind, none = type(self.stage), set() if self.stage.noted else {"notes"}
        none |= set() if self.stage.comparisons else {"claims", "sensitivity"}
        return [n for n in dir(kind) if isinstance(_defined(kind, n), frame) and n not in none]

    def by(self, what: str = "group") -> View:
        """Its figures by ``group``, or whatever else it tells apart. Raises Unknown otherwise."""
        ways = [name.removeprefix("by_") for name in self.frames if name.startswith("by_")]
        if what not in ways:
            told = _("Pemilahan tahap {stage} menurut").format(stage=_(self.stage.title))
            raise unknown(told, what, ways)
        return getattr(self, f"by_{what}")

    def item(self, code: str, field: str = "") -> Question:
        """One of its questions: see `City.item`."""
        asked = [*self.stage.tables, *self.stage.noted]
        codes = [c for t in dict.fromkeys(asked) for c in self.survey.instrument.table(t).codes]
        if not codes:
            told = _("Tahap {stage} tidak menanyakan hal yang sama kepada semua perangkat daerah.")
            raise Unfit(told.format(stage=_(self.stage.title)))
        if code not in codes:
            told = _("Dalam tahap {stage}, pertanyaan").format(stage=_(self.stage.title))
            raise unknown(told, code, codes)
        return Question(self.survey, code, field, self.stage.confidence)

    def _view(self, name: str, data: pd.DataFrame) -> View:
        title = self.stage.titles.get(name, "") or getattr(self.stage, f"{name}_title", "")
        note = getattr(self.stage, f"{name}_note", "")
        given: dict[str, Any] = {"note": note}
        columns = pictures.columns(data)
        if content := pictures.as_table(self.survey, self.stage, name):
            title = title or str(content["title"])
            columns = [column["key"] for column in content["columns"]]
            given = {"note": content["note"], "source": content["source"]}
        cell = pictures.in_notebook("charts", self.survey, self.stage, name)
        title = title or (cell.title if cell else "") or self._titled(name, data)
        draw: Any = pictures.drawn(cell, data, title) or ""
        made_with, _data = origin.told(given.get("source") or data.attrs.get("source", ""))
        if made_with.get("units") and self.survey.scope not in title:
            title = self.stage.scoped(title)
            draw = partial(draw, title=title) if draw else ""
        if name == "sensitivity":
            draw = partial(charts.choices, data, title=title, note=note)
        elif name == "claims":  # in many units, so that no picture could hold them
            draw = ""
        return View(self.survey, data, title, columns, draw, **given)

    def _titled(self, name: str, data: pd.DataFrame) -> str:
        """What a frame is called that neither the stage nor its notebook has a title for."""
        by_name = (each["title"] for each in self.stage.by_name if each["frame"] is data)
        told = _("{stage}: tabel {name}").format(stage=_(self.stage.title), name=name)
        return self.stage.scoped(next(by_name, told))

    def __repr__(self) -> str:
        figures = [f"{f['shown']}  {f['label']} ({f['detail']})" for f in self.stage.key_figures]
        found = [f"{tables.chip(f.level) or '–'}  {f.headline}" for f in self.stage.findings]
        return "\n".join([self._heading, "", *figures, "", *found, "", self._ways])

    def _repr_html_(self) -> str:
        shown = (tables.key_figures(self.stage.key_figures), tables.findings(self.stage.findings))
        parts = [exhibit._repr_mimebundle_()["text/html"] for exhibit in shown]
        heading = f"<p><strong>{escape(self._heading)}</strong></p>"
        return heading + "".join(parts) + f"<p>{escape(self._ways)}</p>"

    @property
    def _heading(self) -> str:
        return f"{_(self.stage.title)} · {self.stage.source}"

    @property
    def _ways(self) -> str:
        return _("Tabel: {names}").format(names=", ".join(f".{name}" for name in self.frames))


def _defined(kind: type, name: str) -> Any:
    return next((vars(each)[name] for each in kind.__mro__ if name in vars(each)), None)

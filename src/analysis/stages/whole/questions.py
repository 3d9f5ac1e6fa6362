"""A table of the questionnaire as it was answered: the report of one that no stage reads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis import stages
from analysis.stages.evidence import aggregate
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.whole import answered
from analysis.text import N_, _, number, percent


@dataclass(frozen=True)
class Scaled:
    """What a page shows of one scale: frames of `Questions`, as far as they are of it."""

    title: str
    levels: Mapping[str, str]
    ends: tuple[float, float]
    spread: pd.DataFrame
    by_group: pd.DataFrame


@dataclass(frozen=True, eq=False)
class Questions(Stage):
    """One `table` of the questionnaire over one survey; without a name the first unread one.

    It compares nothing, so that it makes no claims. Raises Unknown for a table that is not.
    """

    table: str = ""

    name = "questions"
    title = N_("Pertanyaan di luar tahap")
    methods = ("bootstrap",)
    measured = {"means": "mean", "by_group": "mean"}

    @property
    def reads(self) -> Sequence[str]:
        """The table."""
        return (self.asked.name,)

    @cached_property
    def asked(self) -> Any:
        """The table of the questionnaire that it tells of."""
        tables = self.survey.instrument.tables
        first = next(iter(stages.unread(self.survey.instrument)), tables[0].name)
        return self.survey.instrument.table(self.table or first)

    @cached_property
    def answers(self) -> pd.DataFrame:
        """Its answers; the rows that units fill themselves stand for one item: the table."""
        found = self.survey.answers(self.asked.name)
        if self.asked.slots:
            return found.assign(item=self.asked.name, called=_(self.asked.title))
        return found.assign(called=found["item"].map(self.asked.names))

    def _of(self, mark: str) -> list[Any]:
        return answered.of_kind(self.asked.fields, mark)

    @property
    def _side(self) -> Any:
        """Where pairs are compared, the field that says which of the two; otherwise None."""
        sides = [field for field in self._of("options") if field.kind.options]
        return next(iter(sides if self.asked.pairs else []), None)

    @property
    def _rated(self) -> list[Any]:
        """The fields of which a mean says something: not how strongly either of a pair is meant."""
        return [] if self.asked.pairs else self._of("labels")

    @frame
    def spread(self) -> pd.DataFrame:
        """See `answered.spread`; where pairs are compared a row for each side of each."""
        answers = answered.by_side(self.answers, self._side) if self._side else self.answers
        return answered.spread(answers, self._of("labels"))

    means = frame(lambda self: answered.means(self.answers, self._rated, self.confidence))
    by_group = frame(
        lambda self: answered.by_group(
            self.answers, self._rated, self.confidence, self.survey.whole
        )
    )
    amounts = frame(lambda self: answered.amounts(self.answers, self._of("minimum")))
    texts = frame(lambda self: answered.texts(self.answers, self._of("length")))

    @frame
    def chosen(self) -> pd.DataFrame:
        """See `answered.chosen`."""
        choices = self._of("options")
        schemes = {f.name: f.kind.scheme for f in choices if f.kind.scheme}
        names = {name: self.survey.instrument.scheme(s)["name"] for name, s in schemes.items()}
        known = {f.name: dict(names.get(f.name, {})) for f in choices}
        return answered.chosen(self.answers, choices, known)

    @frame
    def missing(self) -> pd.DataFrame:
        """See `answered.missing`; nothing is missing in rows that nobody has to fill."""
        required = [] if self.asked.slots else self.asked.required
        return answered.missing(self.answers, required, self.survey.cells)

    @cached_property
    def _scales(self) -> list[tuple[str, Any, list[str]]]:
        """Each scale in use: what it is called, its field on it, and the items answered on it."""
        items = [self.asked.name] if self.asked.slots else list(self.asked.names)
        found = []
        for field in self._of("labels"):
            parts = answered.on_scales(field, self.asked.own, items)
            for own, of in parts:
                first, *_between, last = answered.levels(own).values()
                words = f" ({first} – {last})" if len(parts) > 1 else ""
                found.append((f"{_(field.title)}{words}", own, of))
        return found

    @property
    def scales(self) -> list[Scaled]:
        """What is shown of each scale in use, in the order of the form."""
        return [
            Scaled(
                title,
                answered.levels(field),
                field.kind.ends,
                _on(self.spread, field, items),
                _on(self.by_group, field, items),
            )
            for title, field, items in self._scales
        ]

    @cached_property
    def units(self) -> tuple[int, int]:
        """How many units answered anything of it, and how many are asked."""
        names = [field.name for field in self.asked.fields]
        said = self.answers.dropna(subset=names, how="all")["unit"].nunique()
        units = self.survey.units
        return said, len(units) if self.asked.slots else self.asked.asks(units)["unit"].nunique()

    @property
    def key_figures(self) -> list[dict]:
        """How many units answered, and the mean of each scale over them where it says something."""
        n, of_all = self.units
        shown = _("{n} dari {all}").format(n=n, all=of_all)
        label = _("perangkat daerah menjawab tabel ini")
        figures = [{"shown": shown, "label": label, "detail": "", "value": float(n)}]
        for title, field, items in [] if self.asked.pairs else self._scales:
            on_it = self.answers[self.answers["item"].isin(items)]
            values = aggregate.unit_means(on_it, field.name).assign(item=field.name)
            if values.empty:
                continue
            given = values, "item", "value", (), self.confidence
            row = aggregate.over_units(*given, scale=field.kind.ends).iloc[0]
            what = f"{title} ({field.kind})"
            figure = row["mean"], _("rerata {what}").format(what=what), row["low"], row["high"]
            figures.append(aggregate.key_figure(*figure, row["n"], confidence=self.confidence))
        return figures

    @property
    def findings(self) -> list[Finding]:
        """That no stage uses the table, and how far it was answered."""
        n, of_all = self.units
        told = _("{n} dari {all} perangkat daerah menjawab tabel ini.")
        found = [Finding(told.format(n=number(n, 0), all=number(of_all, 0)), detail=self._filled)]
        if self.asked.name in stages.unread(self.survey.instrument):
            said = _("Tidak ada tahap yang memakai tabel ini.")
            detail = _(
                "Angkanya ditampilkan apa adanya: beda antarpertanyaan dan antarkelompok tidak "
                "diuji, dan tidak ada kesimpulan yang bersandar padanya."
            )
            found.append(Finding(said, detail=detail))
        return found

    @property
    def _filled(self) -> str:
        """Of the cells that had to be filled: how many were, in words."""
        ends = self.missing[["n", "tb", "blank", "invalid"]].sum()
        if not (cells := int(ends.sum())):
            return ""
        told = _(
            "Dari yang mengirim, {share} isian wajib dijawab; {tb} tidak relevan (TR), {blank} "
            "kosong, {invalid} tidak terbaca."
        )
        counts = {name: number(ends[name], 0) for name in ("tb", "blank", "invalid")}
        return told.format(share=percent(ends["n"] / cells), **counts)


def _on(frame: pd.DataFrame, field: Any, items: Sequence[str]) -> pd.DataFrame:
    return frame[(frame["field"] == field.name) & frame["item"].isin(items)]


def of(survey: Any, table: str = "", confidence: float = 0.95) -> Questions:
    """A table over a survey: see `Questions`."""
    return Questions(survey, confidence, table)

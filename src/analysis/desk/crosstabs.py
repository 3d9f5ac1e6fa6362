"""A question by groups of units, by unit or by another question: shares of each level."""

from typing import Any

import pandas as pd

from analysis import charts
from analysis.desk import questions
from analysis.desk.questions import GROUP, UNIT, Question, said
from analysis.desk.view import View
from analysis.exhibits import Exhibit
from analysis.refusals import unknown
from analysis.survey.kept.survey import Survey
from analysis.text import _

ALL = "all"
"""The last row: all that are asked."""


class Crosstab(View):
    """How each part of the units answered; the last row (``all``) is all of them.

    Columns of its frame: the part (``group``, ``unit`` or the other question's code) and its
    ``name``, n (that chose a level), a share (0-1, of these) for each level under its words, tb
    and blank: to how many it does not apply, and how many left it blank or unreadable. `counts`:
    the same as numbers of answers, as ``pandas.crosstab`` gives them.
    """

    def __init__(self, survey: Survey, question: Question, by: str):
        self.question, self.words = question, list(question.levels.values())
        parts, names = _parts(survey, question, by)
        levels = question.answers[question.label]
        self.counts = pd.crosstab(parts, levels, dropna=False).reindex(columns=self.words)
        self.counts = self.counts.loc[[p for p in self.counts.index if pd.notna(p)]]
        self.counts = self.counts.fillna(0).astype(int)
        whole = self.counts.sum().rename(ALL).to_frame().T
        numbers = pd.concat([self.counts.set_axis(map(str, self.counts.index)), whole])
        n = numbers.sum(axis=1)
        data = numbers.div(n.where(n > 0), axis=0)
        data.insert(0, "n", n.astype(int))
        tb = question.answers.get("tb", pd.Series(False, question.answers.index))
        blank = levels.isna() & ~tb
        for name, flags in (("tb", tb), ("blank", blank)):
            by_part = flags.groupby(parts.astype(object)).sum()
            by_part.index = by_part.index.map(str)
            data[name] = by_part.reindex(data.index).fillna(0).astype(int)
            data.loc[ALL, name] = int(flags.sum())
        data.insert(0, "name", [names.get(part, part) for part in data.index])
        data = data.rename_axis(by).reset_index()
        data.attrs = {"source": survey.source}
        called = _called(survey, by)
        headings = {"name": called[0].upper() + called[1:], "blank": _("Kosong"), "tb": _("TR")}
        formats = dict.fromkeys(self.words, "percent") | dict.fromkeys(("n", "tb", "blank"), 0)
        told = _("{name} menurut {what}").format(name=question.called, what=called)
        super().__init__(
            survey,
            data,
            said(survey, told),
            ["name", "n", *self.words, "tb", "blank"],
            self._stacked,
            headings,
            formats,
            note=_("Persen dari n, yaitu yang memilih satu tingkat; TR dan kosong di luarnya."),
        )

    def _stacked(self, **changes: Any) -> Exhibit:
        shown = self.data[["name"]].assign(
            **{
                str(step): (self.data[word] * self.data["n"]).fillna(0).round()
                for step, word in self.question.levels.items()
            }
        )
        steps = [str(step) for step in self.question.levels]
        given: dict[str, Any] = {
            "title": self.title,
            "source": self.data.attrs["source"],
            "labels": self.words,
        }
        return charts.likert(shown, "name", steps, **(given | changes))


def _parts(survey: Survey, question: Question, by: str) -> tuple[pd.Series, dict[str, str]]:
    """The part that each answer belongs to, and what people call each part."""
    answers = question.answers
    names = {ALL: _("Semua: {scope}").format(scope=survey.scope)}
    if by == GROUP:
        return answers[GROUP], names | survey.groups
    if by == UNIT:
        order = list(survey.units["unit"])
        units = pd.Series(pd.Categorical(answers[UNIT], order), answers.index, name=UNIT)
        return units, names | dict(zip(order, survey.units["unit_name"], strict=True))
    if by in survey.instrument.rows:
        other = Question(survey, by)
        levels = answers[UNIT].map(other.answers.set_index(UNIT)[other.label])
        words = list(other.levels.values())
        if levels.isna().any():
            words.append(_("tanpa jawaban"))
            levels = levels.astype(object).fillna(words[-1])
        return pd.Series(pd.Categorical(levels, words, ordered=True), name=by), names
    raise unknown(_("Tabel silang menurut"), by, [GROUP, UNIT, *survey.instrument.rows])


def _called(survey: Survey, by: str) -> str:
    known = {GROUP: _("kelompok"), UNIT: _("perangkat daerah")}
    return known[by] if by in known else questions.called(*questions.find(survey, by), by)

"""A city's survey of one period, as an analyst asks of it."""

import inspect
from collections.abc import Callable, Sequence
from functools import wraps
from html import escape
from types import ModuleType
from typing import Any

import pandas as pd

from analysis.desk import codebook
from analysis.desk.crosstabs import Crosstab
from analysis.desk.looks import Looks
from analysis.desk.questions import GROUP, Question, described, said, tidy
from analysis.desk.subject import Subject
from analysis.desk.view import View
from analysis.refusals import NoSuchPart, Unfit, as_list, only, unknown
from analysis.stages import ALL
from analysis.survey.asked.fields import Scale
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey
from analysis.text import _, listing, number

STAGES = {stage.of.name: stage for stage in ALL}


def open(
    period: str | int = "",
    groups: str | Sequence[str] = (),
    units: str | Sequence[str] = (),
    language: str = "",
    root: str | None = None,
    **others: Any,
) -> "City":
    """The city's survey of a period: ``kota = desk.open("2023")``.

    The parameters are those of `store.load`: `groups` and `units` choose some of the units, a text
    stands for a list of it; `root` is the project's folder where it is not the notebook's. Raises
    Unknown for `others`, Unfit where no unit is left.
    """
    only(others, inspect.signature(store.load).parameters)
    survey = store.load(period, groups, units, language, root)
    if survey.units.empty:
        told = _("Tidak ada perangkat daerah yang dipilih: tidak satu pun dari units ({units}) "
                 "termasuk groups ({groups}).")  # fmt: skip
        chosen = {"units": ", ".join(as_list(units)), "groups": ", ".join(as_list(groups))}
        raise Unfit(told.format(**chosen))
    return City(survey)


class City:
    """What can be asked of a survey; it says so itself when it is shown.

    Each stage is a method with the stage's own parameters: ``kota.readiness(threshold=3)``, a
    `Subject`. `survey` is the `Survey` itself; `looks` counts the comparisons looked at.
    """

    def __init__(self, survey: Survey):
        self.survey, self.looks = survey, Looks(survey)

    def __getattr__(self, name: str) -> Callable[..., Subject]:
        if name.startswith("_"):  # what IPython asks of everything
            raise AttributeError(name)
        if name not in STAGES:
            raise unknown(_("Di meja ini,"), name, dir(self), NoSuchPart)
        return _asking(self.survey, STAGES[name])

    def __dir__(self) -> list[str]:
        own = [name for name in (*vars(type(self)), *vars(self)) if not name.startswith("_")]
        return sorted({*own, *STAGES})

    def answers(self, table: str) -> pd.DataFrame:
        """The answers of one table of the questionnaire: see `questions.tidy`.

        >>> answers = kota.answers("readiness")
        >>> list(answers["level_label"].cat.categories)[:2]
        ['1 rintisan', '2 terkelola']
        >>> len(answers), answers["group"].cat.ordered
        (945, True)
        """
        return tidy(self.survey, table)

    def item(self, code: str, field: str = "") -> Question:
        """One question: how its answers spread, and by whom.

        `field`: which of its scales, where it has several; without it the first one.

        >>> kota.item("KS05").frame["answer"].iloc[0]
        '1 rintisan'
        >>> kota.item("ks05")
        Traceback (most recent call last):
        analysis.refusals.Unknown: Pertanyaan “ks05” tidak ada. Mungkin maksudnya “KS05”, ...
        """
        return Question(self.survey, code, field)

    def crosstab(self, code: str, by: str = GROUP, field: str = "") -> Crosstab:
        """A question by ``group``, by ``unit`` or by the code of another question.

        >>> table = kota.crosstab("KS05", by="group").frame
        >>> list(table["name"])[:2], int(table["n"].iloc[0])
        (['Dinas', 'Badan'], 17)
        >>> float(table["1 rintisan"].iloc[1])
        0.0
        """
        return Crosstab(self.survey, Question(self.survey, code, field), by)

    def compare(
        self, what: str, first: str, second: str, confidence: float = 0.95, field: str = ""
    ) -> View:
        """Two groups of units side by side: ``kota.compare("readiness", "kecamatan", "dinas")``.

        `what`: a stage, of which its measures are compared, or the code of a question, of which
        `field` says which of its scales, where it has several. It says
        that it stands outside the comparisons of its report, and how many were looked at here.

        >>> row = kota.compare("readiness", "kecamatan", "dinas").frame.iloc[0]
        >>> row["what"], round(float(row["difference"]), 2)
        ('Indeks kesiapan (1–5)', -0.28)
        """
        return self.looks.compare(self._measures(what, field), first, second, confidence)

    def describe(self, table: str = "") -> View:
        """All questions on a scale, or those of one table: see `questions.described`.

        >>> row = kota.describe("readiness").frame.iloc[4]
        >>> row["item"], int(row["n"]), float(row["median"]), int(row["blank"])
        ('KS05', 32, 3.0, 2)
        """
        tables = self.survey.instrument.tables
        chosen = [self.survey.instrument.table(table)] if table else tables
        asked = [
            (t, field) for t in chosen if not t.slots
            for field in t.fields if isinstance(field.kind, Scale)
        ]  # fmt: skip
        if not asked:
            told = _("Tabel “{name}” tidak dijawab pada skala.").format(name=table)
            raise Unfit(told)
        return described(self.survey, asked)

    def codebook(self, table: str = "") -> View:
        """The items and scales of a table; without a name every table with its columns.

        >>> kota.codebook().frame["table"].iloc[0]
        'future'
        >>> kota.codebook("gap").frame["item"].iloc[0]
        'KJ01'
        """
        return codebook.items(self.survey, table) if table else codebook.tables(self.survey)

    def _measures(self, what: str, field: str) -> list[tuple[str, pd.DataFrame]]:
        if what in self.survey.instrument.rows:
            question = Question(self.survey, what, field)
            values = question.answers.rename(columns={question.asked.name: "value"})
            return [(question.called, values)]
        if what not in STAGES:
            known = [*STAGES, *self.survey.instrument.rows]
            raise unknown(_("Tahap atau pertanyaan"), what, known)
        if field:
            raise Unfit(_("Isian (field) hanya ada pada pertanyaan, bukan pada tahap."))
        stage = STAGES[what].of(self.survey)
        found = {
            tuple(name for name, _values in measures): measures
            for unit in self.survey.units["unit"]
            if (measures := stage.measures(unit))
        }
        if len(found) != 1:
            told = _("Tahap {stage} tidak mempunyai ukuran yang sama bagi semua perangkat daerah; "
                     "bandingkan salah satu pertanyaannya.")  # fmt: skip
            raise Unfit(told.format(stage=_(stage.title)))
        return next(iter(found.values()))

    def __repr__(self) -> str:
        return "\n".join([self._heading, *(f"{left}: {right}" for left, right in self._card)])

    def _repr_html_(self) -> str:
        rows = "".join(
            f'<tr><th style="text-align:left">{escape(left)}</th>'
            f'<td style="text-align:left">{escape(right)}</td></tr>'
            for left, right in self._card
        )
        return f"<p><strong>{escape(self._heading)}</strong></p><table>{rows}</table>"

    @property
    def _heading(self) -> str:
        survey = self.survey
        kind = _("CONTOH, bukan jawaban sebenarnya") if survey.sample else _("kuesioner")
        return said(survey, f"{survey.settings.name} · {survey.period} · {kind}")

    @property
    def _card(self) -> list[tuple[str, str]]:
        units = self.survey.units
        counts = units["group"].value_counts()
        groups = listing(f"{number(counts[g], 0)} {n}" for g, n in self.survey.groups.items())
        told = _("{n}, {sent} mengirim, {answered} menjawab cukup: {groups}").format(
            n=self.survey.scope,
            sent=number(units["sent"].sum(), 0),
            answered=number(units["answered"].sum(), 0),
            groups=groups,
        )
        stages = ", ".join(f".{name}()" for name in STAGES)
        table, code = self._example
        card = [
            (_("Yang ditanya"), told),
            (_("Tahap"), stages),
            (_("Pertanyaan"), f'.item("{code}"), .crosstab("{code}", by="group")'),
            (_("Ikhtisar"), f'.describe(), .describe("{table}")'),
            (_("Isi kuesioner"), f'.codebook(), .codebook("{table}"), .answers("{table}")'),
        ]
        match list(self.survey.groups):
            case [first, second, *_others]:
                asked = f'.compare("{code}", "{first}", "{second}"), .looks.seen'
                card.insert(3, (_("Pembandingan"), asked))
        return card

    @property
    def _example(self) -> tuple[str, str]:
        """A table that is answered on a scale, and one of its questions."""
        tables = (t for t in self.survey.instrument.tables if not t.slots)
        table = next(t for t in tables if any(isinstance(f.kind, Scale) for f in t.fields))
        return table.name, table.codes[0]


def _asking(survey: Survey, stage: ModuleType) -> Callable[..., Subject]:
    """The stage over a survey, as a function of the stage's own parameters."""
    signature = inspect.signature(stage.of)
    own = [p for name, p in signature.parameters.items() if name != "survey"]

    @wraps(stage.of, updated=())
    def ask(**parameters: Any) -> Subject:
        only(parameters, [parameter.name for parameter in own])
        return Subject(survey, stage.of(survey, **parameters))

    keyword = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own]
    ask.__signature__ = signature.replace(parameters=keyword, return_annotation=Subject)  # type: ignore[attr-defined]
    ask.__name__ = stage.of.name
    return ask

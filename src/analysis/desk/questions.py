"""One question of the questionnaire: how it was answered, by whom, and what is missing."""

from typing import Any

import pandas as pd

from analysis import charts
from analysis.desk.view import View, ordered
from analysis.exhibits import Exhibit
from analysis.refusals import Unfit, unknown
from analysis.stages.evidence import aggregate
from analysis.survey.asked.fields import Field, Scale
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.survey import Survey
from analysis.text import _, number

GROUP, UNIT = "group", "unit"
MISSING = ("tb", "blank", "unread", "unsent")
"""The kinds of missing answers: the row does not apply, blank, not readable, no workbook came."""


class Question(View):
    """A question about one item: as a table, how the answers spread over its levels.

    Columns of its frame: answer (an ordered categorical, such as “1 rintisan”), count, share (0-1,
    of those that chose a level). `answers`: the answers themselves, a row per unit: see `tidy`.
    """

    def __init__(self, survey: Survey, code: str, field: str = "", confidence: float = 0.95):
        self.code, self.confidence = code, confidence
        self.of, self.asked = find(survey, code, field)
        self.name = self.of.names[code]
        self.levels = levels(self.asked)
        told = tidy(survey, self.of.name)
        own = told[told["item"] == code].reset_index(drop=True)
        said_as = own[self.label].cat.set_categories(list(self.levels.values()))
        self.answers = own.assign(**{self.label: said_as})
        counts = self.answers[self.label].value_counts(sort=False)
        data = counts.rename_axis("answer").rename("count").reset_index()
        data["share"] = data["count"] / max(int(counts.sum()), 1)
        data.attrs = {"source": survey.source}
        super().__init__(
            survey,
            data,
            said(survey, f"{code} {self.name} ({_(self.asked.title)})"),
            ["answer", "count", "share"],
            self._stacked,
            {"answer": _("Jawaban"), "count": _("Banyaknya"), "share": _("Bagian")},
            {"answer": "text", "count": 0, "share": "percent"},
            note=_missing(gone(survey, self.of, self.asked).loc[code]),
        )

    @property
    def called(self) -> str:
        """Its code and name, and which of its scales where it has several."""
        return called(self.of, self.asked, self.code)

    @property
    def label(self) -> str:
        """The column of the answers that holds the level with its words."""
        return f"{self.asked.name}_label"

    def by(self, what: str = GROUP) -> View:
        """Its mean in each group of units with its interval, or with ``unit`` each one's level."""
        if what == UNIT:
            return self._by_unit()
        if what != GROUP:
            raise unknown(_("Pemilahan menurut"), what, (GROUP, UNIT))
        given = self.answers.astype({GROUP: str, "group_name": str})
        data = aggregate.groups_and_city(
            given, "item", self.asked.name, ["name"], self.confidence, self._ends, self.survey.whole
        )
        data.attrs = {"source": self.survey.source, "confidence": self.confidence}
        data.attrs["declared"] = tuple(data.columns)
        title = said(self.survey, f"{self.called}: " + _("rerata menurut kelompok"))

        def draw(**changes: Any) -> Exhibit:
            given: dict[str, Any] = {
                "limits": self._ends,
                "label": self._axis,
                "title": title,
            } | changes
            return charts.ranked(data, "label", "mean", **given)

        columns = ["label", "mean", "interval", "n", *["tb"] * ("tb" in data)]
        return View(self.survey, data, title, columns, draw)

    def _by_unit(self) -> View:
        names = ["unit", "unit_name", GROUP, "group_name", self.asked.name, self.label]
        data = self.answers[names].sort_values(self.asked.name, ascending=False, kind="stable")
        data.attrs = {"source": self.survey.source, "declared": ("unit_name", "group_name")}
        data.attrs["groups"] = self.survey.instrument.groups
        title = said(self.survey, f"{self.called}: " + _("menurut perangkat daerah"))

        def draw(**changes: Any) -> Exhibit:
            given: dict[str, Any] = {"label": self._axis, "title": title} | changes
            known = data.astype({GROUP: str, "group_name": str, self.label: str})
            return charts.bars(known, "unit_name", self.asked.name, category="group_name", **given)

        headings = {self.label: _("Tingkat")}
        columns = ["unit_name", "group_name", self.label]
        return View(self.survey, data, title, columns, draw, headings, {self.label: "text"})

    def describe(self) -> View:
        """How many answered and what is missing, the mean, the median and the spread."""
        return described(self.survey, [(self.of, self.asked)], self.code)

    @property
    def _ends(self) -> tuple[float, float]:
        values = list(self.levels)
        return float(values[0]), float(values[-1])

    @property
    def _axis(self) -> str:
        names = list(self.levels.values())
        return f"{_(self.asked.title)} ({names[0]} – {names[-1]})"

    def _stacked(self, **changes: Any) -> Exhibit:
        counts = {str(v): [n] for v, n in zip(self.levels, self.data["count"], strict=True)}
        frame = pd.DataFrame({"name": [self.name], **counts})
        given: dict[str, Any] = {
            "title": self.title,
            "source": self.data.attrs["source"],
            "note": self.note,
        }
        given |= {"labels": list(self.levels.values())} | changes
        return charts.likert(frame, "name", list(counts), **given)


def _missing(counts: pd.Series) -> str:
    words = _(
        "Tidak relevan (TR): {tb}; kosong: {blank}; tidak terbaca: {unread}; belum mengirim: "
        "{unsent}."
    )
    return words.format(**{kind: number(counts[kind], 0) for kind in MISSING})


def find(survey: Survey, code: str, field: str = "") -> tuple[Table, Field]:
    """The table and the field that a question is of; without a field its first scale.

    The field is that of its row, which may be on a scale of its own. Raises Unknown for a code or a
    field that is not, Unfit for what no scale answers.
    """
    rows = survey.instrument.rows
    if code not in rows:
        raise unknown(_("Pertanyaan"), code, rows)
    table = rows[code]
    scales = {each.name: each for each in table.asked(code) if isinstance(each.kind, Scale)}
    if table.slots or not scales:
        told = _("{code} tidak dijawab pada skala yang sama oleh semua perangkat daerah.")
        raise Unfit(told.format(code=code))
    if field and field not in scales:
        raise unknown(_("Pada pertanyaan {code}, isian").format(code=code), field, scales)
    return table, scales[field] if field else next(iter(scales.values()))


def called(table: Table, field: Field, code: str) -> str:
    """What a question is called: by its field too, where the table asks on several scales."""
    scales = [each for each in table.fields if isinstance(each.kind, Scale)]
    which = f" ({_(field.title)})" if len(scales) > 1 else ""
    return f"{code} {table.names[code]}{which}"


def levels(field: Field) -> dict[int, str]:
    """The words of each level of a scale, led by its number: ``1 rintisan``."""
    kind = field.kind
    assert isinstance(kind, Scale)
    words = {step: _(kind.labels.get(step, "")) for step in kind.levels}
    return {step: f"{step} {said}".strip() for step, said in words.items()}


def tidy(survey: Survey, name: str) -> pd.DataFrame:
    """One table of the questionnaire for pandas: see `Survey.answers`.

    Beside the numbers of each scale its levels in words, ordered categoricals in
    ``<field>_label``; groups are ordered categoricals in the order of the house.
    """
    frame = survey.answers(name)
    table = survey.instrument.table(name)
    for field in table.scaled:
        words = {
            code: levels(asked)
            for code in table.codes
            for asked in table.asked(code)
            if asked.name == field.name
        }
        pairs = zip(frame["item"], frame[field.name], strict=True)
        said = [words[item].get(level) for item, level in pairs]
        known = sorted({pair for own in words.values() for pair in own.items()})
        frame[f"{field.name}_label"] = pd.Categorical(said, [t for _n, t in known], ordered=True)
    return ordered(frame, survey)


def gone(survey: Survey, table: Table, field: Field) -> pd.DataFrame:
    """By item: asked, n (answered on the scale), and how many are missing of each kind."""
    answers = survey.answers(table.name)
    asked = table.asks(survey.units).groupby("code")["sent"]
    by_item = answers.groupby("item", sort=False)
    found = by_item[field.name].count().rename("n").to_frame()
    found["tb"] = by_item["tb"].sum() if "tb" in answers else 0
    cells = survey.cells
    cells = cells[(cells["field"] == field.name) & cells["state"].isin(["invalid", "held"])]
    found["unread"] = cells.groupby("item").size().reindex(found.index, fill_value=0)
    found["asked"] = asked.size().reindex(found.index, fill_value=0)
    found["unsent"] = found["asked"] - asked.sum().reindex(found.index, fill_value=0)
    left = by_item.size() - found["n"] - found["tb"] - found["unread"]
    found["blank"] = left.clip(lower=0)
    return found[["asked", "n", *MISSING]].astype(int)


def described(survey: Survey, asked: list[tuple[Table, Field]], code: str = "") -> View:
    """A row per item and scale: counts, mean, median, spread, and what is missing of each kind.

    Columns: item, name, field, asked (offices), n, mean, median, sd (of units, n - 1), least,
    most, tb, blank, unread, unsent.
    """
    parts = []
    for table, field in asked:
        answers = survey.answers(table.name)
        values = answers.groupby("item", sort=False)[field.name]
        spread = values.agg(mean="mean", median="median", sd="std", least="min", most="max")
        part = gone(survey, table, field).join(spread).rename_axis("item").reset_index()
        part.insert(1, "name", part["item"].map(table.names))
        parts.append(part.assign(field=_(field.title), table=table.name))
    data = pd.concat(parts, ignore_index=True)
    data = data[data["item"] == code] if code else data
    data = data.reset_index(drop=True)
    data.attrs = {"source": survey.source, "declared": ("item", "name", "n", "mean")}
    headings = {
        "field": _("Isian"),
        "asked": _("Ditanya"),
        "median": _("Median"),
        "sd": _("Simpangan baku"),
        "least": _("Terendah"),
        "most": _("Tertinggi"),
        "blank": _("Kosong"),
        "unread": _("Tidak terbaca"),
        "unsent": _("Belum mengirim"),
        "tb": _("TR"),
    }
    formats: dict[str, str | int] = dict.fromkeys(("asked", "n", "least", "most", *MISSING), 0)
    formats |= {"mean": 2, "median": 1, "sd": 2, "field": "text"}
    columns = ["item", "name", "field", "n", "mean", "median", "sd", "least", "most", *MISSING]
    table, field = asked[0]
    told = _("Semua pertanyaan dalam angka")
    if code or len({of.name for of, _field in asked}) == 1:
        own = called(table, field, code) if code else _(table.title)
        told = _("{name} dalam angka").format(name=own)
    return View(survey, data, said(survey, told), columns, "", headings, formats)


def said(survey: Survey, title: str) -> str:
    """A title that says whom it speaks for, where that is not every unit."""
    return title if survey.whole else f"{title} – {survey.scope}"

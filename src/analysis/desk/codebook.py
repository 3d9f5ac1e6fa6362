"""The questionnaire at the desk: its tables, their columns, and what stands behind each code."""

import pandas as pd

from analysis.desk.questions import levels
from analysis.desk.view import View
from analysis.survey.asked.fields import Amount, Choice, Field, Scale, Text
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.survey import Survey
from analysis.text import _, number


def tables(survey: Survey) -> View:
    """Every table of the questionnaire, a row each, with the columns that `City.answers` gives.

    Columns: table, title, rows (items, or how many a unit may add), answers (the columns that
    units fill in), beside (those that explain them).
    """
    rows = []
    for table in survey.instrument.tables:
        fields = {field.name: field for field in table.fields}
        scales = [f"{name}_label" for name, f in fields.items() if isinstance(f.kind, Scale)]
        beside = [c for c in survey.answers(table.name, even_none=True) if c not in fields]
        told = (", ".join(fields), ", ".join([*scales, *beside]))
        rows.append((table.name, _(table.title), len(table.codes), *told))
    data = pd.DataFrame(rows, columns=["table", "title", "rows", "answers", "beside"])
    return _view(survey, data, _("Tabel kuesioner dan kolomnya"))


def items(survey: Survey, name: str) -> View:
    """One table: a row per item, its levels and columns in the note.

    Columns: item, name, statement, category (of its scheme), weight; of a table in which units
    write what they think of themselves, a row per field: field, heading, values.
    """
    table = survey.instrument.table(name)
    title = _("{title} (tabel {name})").format(title=_(table.title), name=name)
    note = "; ".join(f"{f.name} = {_(f.title)}: {_values(survey, f)}" for f in table.fields) + "."
    if table.slots:
        rows = [(f.name, _(f.title), _values(survey, f)) for f in table.fields]
        return _view(survey, pd.DataFrame(rows, columns=["field", "heading", "values"]), title)
    return _view(survey, _items(table), title, note)


def _items(table: Table) -> pd.DataFrame:
    given = table.items
    data = pd.DataFrame({"item": given["code"], "name": given["code"].map(table.names)})
    if "statement" in given:
        data["statement"] = given["statement"]
    if f"{table.scheme}_name" in given:
        data["category"] = given[f"{table.scheme}_name"]
    if "weight" in given:
        data["weight"] = given["weight"]
    return data.reset_index(drop=True)


def _values(survey: Survey, field: Field) -> str:
    kind = field.kind
    if isinstance(kind, Scale):
        return ", ".join(levels(field).values())
    if isinstance(kind, Choice):
        named = survey.instrument.scheme(kind.scheme)["name"] if kind.scheme else kind.options
        return ", ".join(named)
    if isinstance(kind, Amount):
        return _("{unit}, paling kecil {least}").format(
            unit=_(kind.unit), least=number(kind.minimum, 0)
        )
    assert isinstance(kind, Text)
    return _("teks, paling banyak {length} huruf").format(length=kind.length)


def _view(survey: Survey, data: pd.DataFrame, title: str, note: str = "") -> View:
    headings = {
        "table": _("Tabel"),
        "title": _("Isi"),
        "rows": _("Baris"),
        "answers": _("Kolom jawaban"),
        "beside": _("Kolom lain"),
        "field": _("Kolom"),
        "heading": _("Judul pada formulir"),
        "values": _("Nilai"),
        "item": _("Kode"),
        "name": _("Nama"),
        "statement": _("Pernyataan"),
        "category": _("Kategori"),
        "weight": _("Bobot"),
    }
    formats: dict[str, str | int] = dict.fromkeys(data, "text")
    formats |= {"rows": 0, "weight": 2}
    return View(survey, data, title, list(data), "", headings, formats, note, source="")

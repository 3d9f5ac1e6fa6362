"""Any frame as a table: what an analyst gives, and what a reader sees."""

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from analysis import charts, columns, formats, tables, text
from analysis.exhibits import MIME

FRAME = pd.DataFrame(
    {
        "group": ["dinas", "badan", "dinas"],
        "level": [1.0, 2.0, 2.0],
        "share": [34.0, 3.4, 0.5],
        "n": [3.5, 1.0, 2.0],
        "value": ["x", "y", "z"],
    }
)


def shown(exhibit) -> list[list[str]]:
    """Headings and cells as people read them."""
    content = exhibit.content
    kinds = [column["format"] for column in content["columns"]]
    rows = [[formats.cell(v, k) for v, k in zip(r, kinds, strict=True)] for r in content["rows"]]
    return [[column["label"] for column in content["columns"]], *rows]


def test_a_crosstab_keeps_the_names_of_its_rows():
    made = pd.crosstab(FRAME["group"], FRAME["level"])
    assert shown(tables.table(made, "T")) == [["group", "1", "2"], ["badan", "0", "1"],
                                              ["dinas", "1", "1"]]  # fmt: skip


def test_a_pivot_and_a_description_do_too_and_levels_are_joined():
    made = FRAME.pivot_table(index=["group", "level"], values="n", aggfunc=["mean", "count"])
    assert shown(tables.table(made, "T"))[:2] == [
        ["group", "level", "mean · n", "count · n"],
        ["badan", "2", "1,00", "1"],
    ]
    described = shown(tables.table(FRAME["n"].describe(), "T"))
    assert described[:3] == [["Baris", "n"], ["count", "3,00"], ["mean", "2,17"]]


def test_the_numbers_of_rows_are_no_column():
    for frame in (FRAME, FRAME.iloc[[2, 0]], FRAME.sort_values("n"), FRAME.head(0)):
        assert shown(tables.table(frame, "T"))[0] == list(FRAME)


def test_both_of_two_columns_of_one_name_are_shown():
    made = pd.DataFrame([[1, 2]], columns=["a", "a"])
    assert shown(tables.table(made, "T")) == [["a", "a"], ["1", "2"]]
    assert shown(tables.table(made, "T", ["a"])) == [["a", "a"], ["1", "2"]]


@pytest.mark.parametrize(
    ("values", "indonesian", "english"),
    [
        (pd.Series([True, False]), ["ya", "tidak"], ["yes", "no"]),
        (pd.array([True, None], "boolean"), ["ya", "–"], ["yes", "–"]),
        (
            pd.to_datetime(["2023-08-09", None]),
            ["9 Agustus 2023", "–"],
            ["August 9, 2023", "–"],
        ),
        (pd.to_datetime(["2023-08-09 14:05"]), ["9 Agustus 2023 14.05"], ["August 9, 2023 14:05"]),
        (
            pd.period_range("2023-01", periods=2, freq="M"),
            ["Januari 2023", "Februari 2023"],
            ["January 2023", "February 2023"],
        ),
        (pd.Categorical(["b", None], categories=["b", "a"]), ["b", "–"], ["b", "–"]),
        (pd.arrays.IntervalArray.from_breaks([0, 2.5]), ["0,0–2,5"], ["0.0–2.5"]),
        (np.array([1.5, np.nan], "float32"), ["1,50", "–"], ["1.50", "–"]),
        (pd.array([1, None], "Int64"), ["1", "–"], ["1", "–"]),
        ([Decimal("2.5"), None], ["2,50", "–"], ["2.50", "–"]),
        ([1.0, float("inf")], ["1", "∞"], ["1", "∞"]),
        ([2.25, "rendah"], ["2,25", "rendah"], ["2.25", "rendah"]),
        ([["a", "b"], []], ["a, b", "–"], ["a, b", "–"]),
        ([], [], []),
    ],
    ids=str,
)
def test_every_type_is_shown_as_people_write_it(values, indonesian, english):
    frame = pd.DataFrame({"x": values})
    assert [row[0] for row in shown(tables.table(frame, "T"))[1:]] == indonesian
    with text.using("en"):
        assert [row[0] for row in shown(tables.table(frame, "T"))[1:]] == english


def test_years_have_no_separators():
    assert shown(tables.table(pd.DataFrame({"tahun": [2023]}), "T"))[1] == ["2023"]


@pytest.mark.parametrize(
    "value", [{"a": 1}, [[1]], FRAME, {1}, b"x", 1j, pd.Timedelta("3D"), object()], ids=type
)
def test_what_no_cell_can_show_is_refused_by_the_name_of_its_column(value):
    frame = pd.DataFrame({"baik": [1], "ganjil": pd.Series([value])})
    with pytest.raises(TypeError, match="^Kolom “ganjil” berisi .* menjadi teks atau angka"):
        tables.table(frame, "T")


def test_a_column_of_ones_own_is_not_taken_for_a_declared_one_but_a_stages_is():
    assert shown(tables.table(FRAME, "T", ["share", "n", "value"])) == [
        ["share", "n", "value"],
        ["34,00", "3,50", "x"],
        ["3,40", "1,00", "y"],
        ["0,50", "2,00", "z"],
    ]
    ours = pd.DataFrame({"share": [0.34], "n": [3]})
    ours.attrs["declared"] = tuple(ours.columns)
    assert shown(tables.table(ours, "T")) == [["Proporsi", "n"], ["34%", "3"]]
    added = ours.assign(mean=34.0).rename(columns={"n": "rank"})
    assert shown(tables.table(added, "T"))[0] == ["Proporsi", "rank", "mean"]
    assert not columns.ours(ours.merge(pd.DataFrame({"n": [3]}), on="n"))
    assert shown(tables.table(ours.groupby("n").mean(), "T")) == [["n", "share"], ["3", "0,34"]]


def test_headings_and_formats_are_ones_own_to_say():
    made = tables.table(
        FRAME, "T", ["share", "n"], headings={"n": "Banyaknya"}, formats={"share": 1, "n": "signed"}
    )
    assert shown(made)[:2] == [["share", "Banyaknya"], ["34,0", "+3,50"]]
    share = FRAME.assign(share=0.034)
    assert shown(tables.table(share, "T", ["share"], formats={"share": "percent"}))[1] == ["3%"]


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: tables.table(FRAME, "T", ["shares"]), "Kolom “shares” .* “share”. Yang ada: gr"),
        (lambda: tables.table(FRAME, headings={"shares": "x"}), "Kolom “shares” .* “share”"),
        (lambda: tables.table(FRAME, formats={"n": "persen"}), "Format “persen” .* “percent”"),
        (lambda: tables.table(FRAME, formats={"n": True}), "Format “True” tidak ada"),
        (lambda: tables.methods("boostrap"), "Metode “boostrap” .* “bootstrap”"),
        (lambda: charts.bars(FRAME, "group", "valu"), "Kolom “valu” .* “value”"),
        (lambda: charts.ranked(FRAME, "grup", "n"), "Kolom “grup” .* “group”"),
        (lambda: charts.ranked(FRAME, "group", "n", "lo", "hi"), "Kolom “lo” tidak ada"),
        (lambda: charts.quadrant(FRAME, "group", "n", "shar", cut_x=0, cut_y=0, corners={}),
         "Kolom “shar” .* “share”"),
        (lambda: charts.heatmap(FRAME.assign(a="a"), "group", "a", "n"), "berbagi satu petak"),
        (lambda: charts.likert(FRAME, "group", ["n", "share"], labels=["rendah"]),
         "2 tingkat .*, tetapi 1 sebutan"),
    ],
)  # fmt: skip
def test_what_there_is_not_is_told_with_what_may_be_meant(call, said):
    with pytest.raises(ValueError, match=f"^{said}|^(?!Kolom).*{said}"):
        call()


def test_a_finding_may_stand_alone():
    assert [f["headline"] for f in tables.findings("satu temuan").content["items"]] == [
        "satu temuan"
    ]


def test_a_key_figure_is_written_from_its_value():
    made = tables.key_figures(
        [
            {"label": "Penduduk", "value": np.int64(276_000)},
            {"label": "Rerata", "value": 2.7135},
            {"label": "Kosong", "value": None},
            {"label": "Sendiri", "value": 1.0, "shown": "satu", "detail": "n = 1"},
        ],
        source="data CONTOH",
    )
    figures = made.content["figures"]
    assert [f["shown"] for f in figures] == ["276.000", "2,71", "–", "satu"]
    assert [f["detail"] for f in figures] == ["", "", "", "n = 1"]
    assert "Sumber: data CONTOH" in made._repr_mimebundle_()["text/html"]


def test_under_every_exhibit_stand_its_note_and_its_source():
    drawn = charts.bars(FRAME, "group", "n", note="Catatan <b>.", source="data CONTOH & lain")
    for exhibit in (tables.table(FRAME, note="Catatan <b>.", source="data CONTOH & lain"), drawn):
        bundle = exhibit._repr_mimebundle_()
        assert "<small>Catatan &lt;b&gt;.</small>" in bundle["text/html"]
        assert "<small>Sumber: data CONTOH &amp; lain</small>" in bundle["text/html"]
        assert bundle[MIME]["source"] == "data CONTOH & lain"


def test_in_jupyterlab_a_source_that_pandas_lost_is_asked_for():
    frame = pd.DataFrame({"isi": ["a", "b"], "nilai": [1.5, 2.5]})
    ours = frame.copy()
    ours.attrs["declared"] = ()
    for shown, asked in (
        (tables.table(ours), False),
        (tables.table(frame), True),
        (charts.bars(frame, "isi", "nilai"), True),
        (tables.table(frame, source="BPS"), False),
        (tables.table(frame, source=""), False),
    ):
        bundle = shown._repr_mimebundle_()
        assert ("Sumber belum disebut" in bundle["text/html"]) == asked
        assert "belum disebut" not in bundle[MIME]["source"]


def test_a_title_that_nobody_gave_says_plainly_what_is_shown():
    assert tables.table(FRAME).content["title"] == "group, level, share, n, dan value"
    assert charts.bars(FRAME, "group", "n").content["title"] == "n menurut group"

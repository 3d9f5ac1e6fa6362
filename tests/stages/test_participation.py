"""Who answered: three units, two workbooks, two sheets; figures worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.origin import Source
from analysis.stages import participation
from analysis.stages.evidence import missing
from analysis.text import listed
from tests.stages.answers import UNPROPOSED

TABLES = [
    SimpleNamespace(name="future", sheet="1 Masa Depan", title="Faktor pendorong"),
    SimpleNamespace(name="gap", sheet="4 Kesenjangan", title="Kondisi"),
    SimpleNamespace(name="spbe", sheet="8 SPBE", title="Indikator SPBE"),
]
UNITS = pd.DataFrame(
    [
        ("dishub", "Dinas Perhubungan", "Dishub", "dinas", "Dinas", True),
        ("dinkes", "Dinas Kesehatan", "Dinkes", "dinas", "Dinas", False),
        ("bpbd", "Badan Bencana", "BPBD", "badan", "Badan", True),
    ],
    columns=["unit", "unit_name", "unit_short", "group", "group_name", "answered"],
)
COMPLETENESS = pd.DataFrame(
    [
        ("dishub", "future", 10, 7, 2, 1, 0),
        ("bpbd", "future", 10, 5, 0, 3, 2),
        ("dishub", "gap", 10, 10, 0, 0, 0),
        ("bpbd", "gap", 10, 9, 1, 0, 0),
    ],
    columns=["unit", "table", "expected", "answered", "tb", "blank", "invalid"],
)


@pytest.fixture
def cells():
    return participation.figures.required(COMPLETENESS, UNITS, TABLES)


def test_tb_is_filled_and_a_blank_is_not(cells):
    table = participation.figures.by_table(cells).set_index("sheet")
    # Sheet 1: (7 + 2 + 5) / 20 filled, 2 / 20 TB, (1 + 3 + 2) / 20 open; sheet 4: all 20 filled.
    assert table.loc["1 Masa Depan", ["filled", "tb_share", "open_share"]].tolist() == [
        0.7,
        0.1,
        0.3,
    ]
    assert table.loc["4 Kesenjangan", ["filled", "tb_share", "units"]].tolist() == [1, 0.05, 2]


def test_groups_and_the_city(cells):
    table = participation.figures.by_sheet_and_group(cells, UNITS, city=True).pivot(
        index="label", columns="sheet", values="percent"
    )
    # Dinas: 9 of 10 cells; Badan: 5 of 10; the city: 14 of 20.
    assert table["1 Masa Depan"].to_dict() == {
        "Dinas (1/2)": pytest.approx(90),
        "Badan (1/1)": pytest.approx(50),
        "Semua perangkat daerah (2/3)": pytest.approx(70),
    }
    response = participation.figures.response(UNITS, city=True)
    assert response["share"].tolist() == [0.5, 1, pytest.approx(2 / 3)]
    # A selection of units is not the city.
    assert participation.figures.response(UNITS)["group"].tolist() == ["dinas", "badan"]
    part = participation.figures.by_sheet_and_group(cells, UNITS)["label"]
    assert part.unique().tolist() == ["Dinas (1/2)", "Badan (1/1)"]


def test_a_missing_unit_is_named_and_its_row_is_empty_not_zero(cells):
    assert participation.figures.missing(UNITS)["unit_name"].tolist() == ["Dinas Kesehatan"]
    table = participation.figures.by_sheet_and_unit(cells, UNITS).set_index(["label", "sheet"])[
        "percent"
    ]
    assert table["Dinkes"].isna().all()
    assert table["BPBD", "1 Masa Depan"] == 50
    assert table.index.get_level_values(0).unique().tolist() == ["Dishub", "Dinkes", "BPBD"]


def test_incomplete_workbooks_come_emptiest_first(cells):
    # BPBD: 5 of 20 cells are open; Dishub: 1 of 20.
    table = participation.figures.incomplete(cells)
    assert table["unit"].tolist() == ["bpbd", "dishub"]
    assert table["filled"].tolist() == [0.75, 0.95]


def test_bounds_need_no_guess():
    figures = pd.DataFrame({"mean": [3.0, 3.0, float("nan")], "n": [2, 2, 0], "tb": [0, 1, 3]})
    table = missing.bounds(figures, expected=3, low=1, high=5)
    # Two answers of mean 3 and one missing: (6 + 1) / 3 and (6 + 5) / 3. TB is not missing. If it
    # applies to nobody there is no mean.
    assert table["worst"].tolist()[:2] == [pytest.approx(7 / 3), 3]
    assert table["best"].tolist()[:2] == [pytest.approx(11 / 3), 3]
    assert table[["worst", "best"]].iloc[2].isna().all()
    everyone = missing.bounds(figures[["mean", "n"]].iloc[2:], expected=2, low=1, high=5)
    assert everyone[["worst", "best"]].iloc[0].tolist() == [1, 5]  # nobody has answered yet


def said(*of):
    """All that is said, with what is said of its quality last."""
    return [
        *(finding for finding, _tables in participation.words.findings(*of)),
        *participation.words.quality(*of),
    ]


def test_what_lacks_most_is_named_once(cells):
    def tables(given):
        return [tables for _finding, tables in participation.words.findings(UNITS, given, "")]

    # Of 10 cells of future 3 are blank and of gap none; a whole blank sheet stands by itself.
    assert tables(cells) == [[], ["future"]]
    blank = cells.assign(blank=[10, 3, 0, 0], answered=[0, 5, 10, 9], tb=0)
    assert tables(blank) == [[], [], ["future"]]


def test_sentences(cells):
    found = said(UNITS, cells, "3 perangkat daerah")
    assert found[0].headline == "2 dari 3 perangkat daerah menjawab."
    assert found[0].detail == "Dari 3 perangkat daerah belum menjawab: Dinas Kesehatan (Dinas)."
    assert "85,0% pertanyaan wajib" in found[1].headline  # 34 of 40
    assert "40 pertanyaan wajib" in found[1].detail
    assert "1 Masa Depan (70,0% terisi)" in found[1].detail
    assert "sekurang-kurangnya 1,33" in found[-1].detail  # 1/3 of the four steps from 1 to 5
    assert {finding.level for finding in found} == {"count"}
    assert all(len(finding.headline.split()) <= 20 for finding in found)
    assert participation.words.headline_groups(UNITS) == "Kelompok yang belum lengkap: Dinas (1/2)"
    first = participation.words.key_figures(UNITS, cells, "3 perangkat daerah")[0]
    assert (first["shown"], first["value"]) == ("2 dari 3", 2)
    assert "67% dari 3 perangkat daerah" in first["detail"]


def test_a_unit_that_sent_too_little_is_named_and_counted_apart(cells):
    units = UNITS.assign(answered=UNITS["unit"] == "dishub")
    found = said(units, cells, "3 perangkat daerah")
    assert found[0].headline == "1 dari 3 perangkat daerah menjawab."
    assert found[1].headline == "1 perangkat daerah mengirim kuesioner yang terlalu sedikit terisi."
    assert "Badan Bencana" in found[1].detail
    first = participation.words.key_figures(units, cells, "3 perangkat daerah")[0]
    assert (first["shown"], first["detail"][:10]) == ("1 dari 3", "2 mengirim")
    assert participation.words.sent(UNITS, cells) is None


def test_long_lists_are_cut():
    assert listed("abc", 2) == "a, b, dan c"
    assert listed("abcd", 2) == "a, b, dan 2 lainnya"


def test_a_sheet_left_blank_is_named(cells):
    assert participation.words.empty_sheets(cells) is None
    blank = cells.assign(blank=[10, 3, 0, 0], answered=[0, 5, 10, 9], tb=0)
    found = participation.words.empty_sheets(blank)
    assert found.headline == "1 bagian kuesioner seluruhnya kosong."
    assert found.detail == "1 Masa Depan (Dishub)."


def test_a_census_has_no_margin_of_error(cells):
    everyone = UNITS[UNITS["answered"]]
    found = said(everyone, cells, "2 perangkat daerah")
    assert found[0].headline == "Semua 2 perangkat daerah menjawab."
    assert found[-1].headline.startswith("Survei ini sensus atas 2 perangkat daerah")
    assert (
        participation.words.headline_missing(everyone)
        == "Tidak ada perangkat daerah yang belum menjawab"
    )
    assert participation.words.headline_groups(everyone).startswith("Semua perangkat daerah")


def test_one_unit_all_tb():
    units = UNITS[UNITS["unit"] == "bpbd"]
    answers = pd.DataFrame([("bpbd", "gap", 4, 0, 4, 0, 0)], columns=COMPLETENESS.columns)
    cells = participation.figures.required(answers, units, TABLES)
    assert participation.words.headline_units(cells) == "Semua kuesioner yang masuk lengkap"
    assert participation.words.headline_sheets(cells).startswith("Semua pertanyaan wajib")
    assert participation.words.most_tb(cells).detail.startswith("100,0% pertanyaan wajibnya")
    assert participation.figures.incomplete(cells).empty


def test_nobody_has_answered():
    units = UNITS.assign(answered=False)
    cells = participation.figures.required(COMPLETENESS.iloc[:0], units, TABLES)
    found = said(units, cells, "3 perangkat daerah")
    assert found[0].headline == "Belum ada jawaban dari satu pun perangkat daerah."
    assert found[-1].headline.startswith("Belum ada kuesioner")
    assert participation.words.headline_sheets(cells) == "Belum ada kuesioner yang masuk"
    assert participation.words.headline_units(cells) == "Belum ada kuesioner yang masuk"
    assert [
        f["shown"] for f in participation.words.key_figures(units, cells, "3 perangkat daerah")
    ] == [
        "0 dari 3",
        "–",
        "–",
        "0",
    ]
    assert participation.figures.by_sheet_and_group(cells, units).empty


def test_the_stage_works_out_each_frame_once(cells):
    survey = SimpleNamespace(
        common=lambda _name, work: work(),
        units=UNITS,
        completeness=COMPLETENESS,
        instrument=SimpleNamespace(tables=TABLES, groups={}),
        whole=True,
        scope="3 perangkat daerah",
        source=Source("uji"),
        actions=UNPROPOSED,
        decisions=pd.DataFrame(
            {"decision": ["value", "value", "file"], "applied": [True, False, True]}
        ),
    )
    stage, figures, words = participation.of(survey), participation.figures, participation.words
    for frame, expected in (
        (stage.cells, cells),
        (stage.response, figures.response(UNITS, city=True)),
        (stage.missing, figures.missing(UNITS)),
        (stage.by_table, figures.by_table(cells)),
        (stage.by_sheet_and_group, figures.by_sheet_and_group(cells, UNITS, city=True)),
        (stage.by_sheet_and_unit, figures.by_sheet_and_unit(cells, UNITS)),
        (stage.incomplete, figures.incomplete(cells)),
    ):
        pd.testing.assert_frame_equal(frame, expected)
    assert stage.key_figures == words.key_figures(UNITS, cells, "3 perangkat daerah")
    assert stage.findings + stage.quality[1:] == said(UNITS, cells, "3 perangkat daerah")
    assert stage.quality[0].headline == "1 jawaban ditetapkan oleh koordinator."
    assert stage.headlines == stage.findings[:1]
    assert stage.titles["by_sheet_and_unit"] == words.headline_units(cells)
    assert stage.cells is stage.cells and stage.found.empty
    part = participation.of(SimpleNamespace(**vars(survey) | {"whole": False, "scope": "3 dinas"}))
    assert part.titles["missing"] == "1 perangkat daerah belum menjawab – 3 dinas"
    assert "city" not in set(part.response["group"])

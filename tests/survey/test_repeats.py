"""Repeat groups of a form: their rows are those of a workbook, and none of them is lost."""

import pandas as pd
import pytest

from analysis.survey.kept.ingest import ingest
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.wide.proposals import proposals
from analysis.survey.sent import xlsform
from tests.survey import kobo_exports
from tests.survey import wide_exports as exports
from tests.survey.officers import Officers
from tests.survey.test_wide import _typed, alone, answered, answers, put, read

UNITS = ("kominfo", "bappeda")
OWN = ("quickwin", "swot_lines")
ASK = ["ID", "Nama unit", "KS01", "KS02", "_id", "_index"]
MAIN = [ASK, [1, "bappeda", 4, 4, 71, 1], [2, "kominfo", 3, 2, 72, 2]]
HEADS = ["usulan/Nama program", "usulan/Dampak", "usulan/Kemudahan", "usulan/Urgensi"]
HEADS += ["usulan/Biaya (juta rupiah)", "usulan/Lama (bulan)", "usulan/Penerima manfaat"]
PLAN = ["Kota terang", 4, 3, 5, 120, 6, 900]
LINKS = ["_parent_table_name", "_parent_index", "_submission__id"]


def sheets(*rows: list, heads=(*HEADS, *LINKS), main=MAIN, name="usulan", **more) -> bytes:
    return exports.as_workbook({"Jawaban": main, name: [list(heads), *rows], **more})


def told(responses) -> list[tuple]:
    found = [f.problem for response in responses for f in response.remarks]
    skipped = ("TABLES_LEFT_OUT", "MISSING_COLUMN")
    return [(p.code, p.sheet, p.cell) for p in found if p.code not in skipped]


def counted(responses) -> int:
    """How many cells there are; each is an answer, or stands in the account of its response."""
    assert all(r.size == sum(r.tally.values()) + _typed(r) for r in responses)
    return sum(r.size for r in responses)


def proposed(responses) -> dict[str, dict]:
    return {
        unit: {key: value for key, value in said.items() if key[0].startswith("QW")}
        for unit, said in answered(responses).items()
    }


def test_a_repeat_says_the_same_as_a_workbook(city):
    officers = Officers(city)
    said = {unit: officers.thinks(unit) for unit in UNITS}
    for (code, field), value in [*said["bappeda"].items()]:
        if code == "QW-1":
            said["bappeda"] |= {("QW-2", field): value}
    said["bappeda"] |= {("QW-2", "name"): "Kota terang", ("QW-2", "cost"): 77}
    said["bappeda"] |= {("SWOT-W1", "text"): "Pegawai kurang", ("SWOT-W2", "text"): "Listrik"}
    for unit, typed in said.items():
        put(city, f"2023-{unit}.xlsx", officers.workbook(unit, typed))
    wanted = answers(ingest(city), officers)
    assert wanted["quickwin"].groupby("unit").size().to_dict() == {"bappeda": 2, "kominfo": 1}
    form = xlsform.workbook(city)
    for language, repeated in (("Indonesia (id)", OWN), ("English (en)", OWN), ("", OWN[:1])):
        made = kobo_exports.export(form, said, language, repeated)
        assert len(made) == 1 + len(repeated)
        alone(city, "kobo.xlsx", exports.as_workbook(made))
        tables = ingest(city)
        for name, frame in answers(tables, officers).items():
            pd.testing.assert_frame_equal(frame, wanted[name], obj=name)
        assert "SHEET_NOT_READ" not in set(tables["problems"]["code"])
        sums = tables["reconciliation"].set_index("file")
        assert (sums.drop(columns=["unit", "cells"]).sum(axis=1) == sums["cells"]).all()
        cells = sum(value != "" for rows in made.values() for row in rows for value in row)
        assert sums["cells"].sum() == cells


def test_rows_belong_to_the_row_that_all_they_say_leads_to(city):
    rows = [
        [*PLAN, "Jawaban", 2, 72],
        ["Kota hijau", *PLAN[1:], "Jawaban", 2, ""],
        ["Kota biru", *PLAN[1:], "", "", 71],
    ]
    found = read(city, "a.xlsx", sheets(*rows))
    assert told(found) == []
    named = {
        u: [v for (_c, f), v in own.items() if f == "name"] for u, own in proposed(found).items()
    }
    assert named == {"kominfo": ["Kota terang", "Kota hijau"], "bappeda": ["Kota biru"]}
    assert found[2].answers["QW-2", "name"].place == ("usulan", 2, 0)
    assert found[2].rows["QW-2"].place("cost") == ("usulan", 2, 4)
    assert counted(found) == 3 * 6 + 10 + 9 + 10 + 8


@pytest.mark.parametrize(
    ("links", "cell"),
    [
        (["Jawaban", 3, 73], "J2"),  # no such submission
        (["Jawaban", "", ""], "J2"),  # says nothing
        (["Jawaban", 1, 72], "J2"),  # says two things
        (["Jawaban", 1, 73], "J2"),  # of another export, whose rows are counted alike
        (["usulan", 1, ""], "J2"),  # the row of the parent is one of a repeat
    ],
)
def test_what_has_no_parent_is_a_problem(city, links, cell):
    found = read(city, "a.xlsx", sheets([*PLAN, *links]))
    assert told(found) == [("REPEAT_ASTRAY", "usulan", cell)]
    assert proposed(found) == {"bappeda": {}, "kominfo": {}}
    details = found[0].remarks[-2].problem.details
    assert '"row": "2"' in details and '"count": "7"' in details
    counted(found)


def test_a_submission_that_stands_there_twice_is_nobodys_parent(city):
    found = read(city, "a.xlsx", sheets([*PLAN, "", 1, 71], main=[*MAIN, MAIN[1]]))
    assert ("REPEAT_ASTRAY", "usulan", "J2") in told(found)


def test_what_is_more_than_the_questionnaire_has_is_told(city):
    rows = [[f"Usulan {n}", *PLAN[1:], "Jawaban", 1, 71] for n in range(1, 7)]
    found = read(city, "a.xlsx", sheets(*rows))
    assert told(found) == [("REPEAT_BEYOND", "usulan", "A7")]
    assert len(proposed(found)["bappeda"]) == 5 * 7
    assert "Usulan 6 | 4 | 3" in found[1].remarks[0].problem.details
    counted(found)


def test_numbered_rows_of_the_same_submission_come_first(city):
    main = [[*ASK, "QW-1: Nama program"], [*MAIN[1], "Pertama"], MAIN[2]]
    found = read(city, "a.xlsx", sheets([*PLAN, "Jawaban", 1, 71], main=main))
    own = proposed(found)["bappeda"]
    assert (own["QW-1", "name"], own["QW-2", "name"]) == ("Pertama", "Kota terang")


def test_problems_in_a_repeat_name_its_cells(city):
    heads = [*HEADS[:3], "usulan/Dampak", "usulan/Ketinggian", *HEADS[4:], *LINKS]
    row = ["Kota terang", 4, 9, 4, "x", "seratus", 6, 900, "", 1, 71]
    found = read(city, "a.xlsx", sheets(row, heads=heads))
    assert told(found) == [
        ("HEADING_UNKNOWN", "usulan", "E1"),
        ("HEADING_TWICE", "usulan", "B1"),
        ("HEADING_TWICE", "usulan", "D1"),
        ("OUT_OF_RANGE", "usulan", "C2"),
        ("NOT_A_NUMBER", "usulan", "F2"),
    ]
    assert set(proposed(found)["bappeda"]) == {
        ("QW-1", field) for field in ("name", "duration", "beneficiaries")
    }
    counted(found)


def test_rows_that_are_sorted_say_of_which_kind_they_are_or_their_sheet_does(city):
    heads = ["lain/Uraian", "lain/Jenis", *LINKS]
    rows = [["Baik", "Kekuatan", "", 1, 71], ["Buruk", "Ancaman", "", 1, 71]]
    rows += [["Lain", "Entah", "", 1, 71], ["Lain", "", "", 1, 71]]
    alike = [["Uraian", *LINKS], ["Lagi", "", 1, 71]]
    found = read(city, "a.xlsx", sheets(*rows, heads=heads, name="faktor", Kekuatan=alike))
    assert told(found) == [
        ("UNKNOWN_CHOICE", "faktor", "B4"),
        ("UNKNOWN_CHOICE", "faktor", "B5"),
    ]
    own = {k: v for k, v in answered(found)["bappeda"].items() if k[0].startswith("SWOT")}
    assert own == {
        ("SWOT-S1", "text"): "Baik",
        ("SWOT-T1", "text"): "Buruk",
        ("SWOT-S2", "text"): "Lagi",
    }
    counted(found)


def test_a_repeat_that_asks_something_else_is_told_and_counted(city):
    heads = ["tim/Nama anggota", "tim/Jabatan", "tim/name", *LINKS]
    found = read(city, "a.xlsx", sheets(["A", "B", "C", "", 1, 71], heads=heads, name="tim"))
    assert told(found) == [("SHEET_NOT_READ", "tim", "A1")]
    assert counted(found) == 18 + 6 + 5


def test_what_nobody_is_known_of_stays_aside_with_all_its_parts(city):
    main = [ASK, [1, "Dinas Ajaib", 4, 4, 71, 1], MAIN[2]]
    found = read(city, "a.xlsx", sheets([*PLAN, "", 1, 71], main=main))
    assert told(found) == [("UNKNOWN_UNIT_IN_ROW", "Jawaban", "B2")]
    assert found[1].size == found[1].tally["aside"] == 6 + 9
    counted(found)


def test_proposals_alone_are_no_empty_submission(city):
    main = [ASK, [1, "bappeda", "", "", 71, 1], [2, "kominfo", "", "", 72, 2]]
    found = read(city, "a.xlsx", sheets([*PLAN, "", 1, 71], main=main))
    assert told(found) == [("EMPTY_RECORD", "Jawaban", "A3")]
    assert proposed(found)["bappeda"]["QW-1", "cost"] == 120


def test_what_a_person_said_of_a_heading_holds_in_repeats(city):
    heads = [*HEADS[:4], "usulan/Dana", *HEADS[5:], *LINKS]
    put(city, "a.xlsx", sheets([*PLAN, "", 1, 71], heads=heads))
    rows = proposals(city.responses / "a.xlsx", Expected.of(city))
    assert [row.heading for row in rows] == ["usulan/Dana"]
    mapping = city.folder / "mapping.csv"
    mapping.write_text("heading,item,field,confirmed\nusulan/Dana,QW-1,cost,yes\n", "utf-8")
    found = read(city, "a.xlsx", sheets([*PLAN, "", 1, 71], heads=heads))
    assert told(found) == [] and proposed(found)["bappeda"]["QW-1", "cost"] == 120

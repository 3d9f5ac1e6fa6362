"""Exports of forms on the web: the same answers give the same tables as from our workbooks."""

import io
import json
import time
import tomllib

import openpyxl
import openpyxl.comments
import pandas as pd
import pytest

from analysis.project import Project
from analysis.survey.asked.fields import TR
from analysis.survey.kept.delivery import read as read_of
from analysis.survey.kept.ingest import ingest
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.folder import sources
from analysis.survey.returned.reading import examine
from analysis.survey.returned.wide.headings import Vocabulary
from analysis.survey.sent import xlsform
from tests.second_city import ROOT, invoked
from tests.survey import kobo_exports
from tests.survey import wide_exports as exports
from tests.survey.officers import Officers


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Expected.of(Project(ROOT, asked="2023")).vocabulary


SPOKEN = {"id": "Indonesia (id)", "en": "English (en)"}  # as Kobo calls the form's languages
UNITS = ("kominfo", "bappeda", "siantar-barat")
WHERE = ["file", "sheet", "cell"]


@pytest.fixture
def officers(city) -> Officers:
    return Officers(city)


@pytest.fixture
def said(officers) -> dict[str, dict]:
    """What each unit says: everything, with a row that does not apply, and one left blank."""
    people = {unit: officers.thinks(unit) for unit in UNITS}
    people["bappeda"] |= {("KS02", "level"): TR}
    people["bappeda"] |= {("MD01", name): TR for name in ("impact", "uncertainty")}
    del people["kominfo"]["KS03", "level"]
    return people


@pytest.fixture
def asked(city) -> list[exports.Question]:
    period = tomllib.loads((city.folder / "period.toml").read_text("utf-8"))
    return exports.questions(city.questionnaires, period["vision"]["elements"])


@pytest.fixture
def form(city) -> bytes:
    """What `masterplan forms --xlsform` writes."""
    return xlsform.workbook(city)


def ways(asked, said, names: dict[str, str], form: bytes) -> dict[str, bytes]:
    """The same answers as each tool exports them, by file name."""
    kobo = kobo_exports.export(form, said)
    labels = {code: kobo_exports.export(form, said, said_in) for code, said_in in SPOKEN.items()}
    named = {names[unit]: answers for unit, answers in said.items()}
    x, google = exports, exports.google(asked, named)
    return {
        "google.csv": x.as_csv(google),
        "google.xlsx": x.as_xlsx(google, "Form Responses 1"),
        "microsoft.xlsx": x.as_xlsx(x.microsoft(asked, named), "Sheet1"),
        "kobo-names.csv": x.as_csv(kobo["Kuesioner 2023"], ";"),
        **{f"kobo-labels-{code}.xlsx": x.as_workbook(own) for code, own in labels.items()},
        "lime-code.csv": x.as_csv(x.limesurvey(asked, said), mark=True),
        "lime-full.csv": x.as_csv(x.limesurvey(asked, named, "full"), mark=True),
        "lime-both.xlsx": x.as_xlsx(x.limesurvey(asked, named, "codetext"), "Sheet1"),
    }


def answered(responses) -> dict[str, dict]:
    """By unit: what was read in each cell."""
    return {
        r.unit: {key: answer.value for key, answer in r.answers.items()}
        for r in responses
        if r.unit
    }


def put(city, name: str, content: bytes) -> None:
    path = city.responses / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def alone(city, name: str, content: bytes) -> None:
    """Put a file in the place of all others."""
    for path in city.responses.iterdir():
        path.unlink()
    put(city, name, content)


def read(city, name: str, content: bytes) -> list:
    """What a file says, read alone."""
    put(city, name, content)
    expected = Expected.of(city)
    return examine(sources(city.responses / name), name, expected)


def test_every_door_says_the_same_cell_by_cell(city, officers, said, asked, form):
    expected, wanted = Expected.of(city), {}
    for unit, typed in said.items():
        put(city, f"{unit}.xlsx", officers.workbook(unit, typed))
        wanted |= answered(examine(sources(city.responses / f"{unit}.xlsx"), unit, expected))
    assert len(wanted["bappeda"]) > 60
    names = {unit.id: unit.name for unit in officers.units.values()}
    for file, content in ways(asked, said, names, form).items():
        put(city, file, content)
        found = examine(sources(city.responses / file), file, expected)
        assert answered(found) == wanted, file
        assert [r.remarks for r in found if r.remarks] == [], file
        assert all(r.size == sum(r.tally.values()) + _typed(r) for r in found), file


def _typed(response) -> int:
    """How many cells hold an answer."""
    return sum(answer.place is not None for answer in response.answers.values())


def test_what_is_made_of_the_answers_is_the_same(city, officers, said, asked, form):
    """All tables but those that say where each answer stood."""
    for unit, typed in said.items():
        put(city, f"2023-{unit}.xlsx", officers.workbook(unit, typed))
    wanted = answers(ingest(city), officers)
    assert wanted["readiness"]["level"].notna().sum() == 3 * 4 - 2
    names = {unit.id: unit.name for unit in officers.units.values()}
    found = ways(asked, said, names, form)
    alone(city, "kobo.xlsx", found["kobo-labels-id.xlsx"])
    for name, frame in answers(ingest(city), officers).items():
        pd.testing.assert_frame_equal(frame, wanted[name], obj=name)
    alone(city, "ekspor.csv", found["google.csv"])
    tables = ingest(city)
    for name, frame in answers(tables, officers).items():
        pd.testing.assert_frame_equal(frame, wanted[name], obj=name)
    for name, frame in ingest(city).items():  # as it is kept from the first reading
        pd.testing.assert_frame_equal(frame, tables[name], obj=name)
    sums = tables["reconciliation"].set_index("file")
    assert (sums.drop(columns=["unit", "cells"]).sum(axis=1) == sums["cells"]).all()
    assert list(sums.index) == ["data/raw/2023/responses/ekspor.csv"] + [
        f"data/raw/2023/responses/ekspor.csv/baris {n}" for n in (2, 3, 4)
    ]
    assert sums["problem"].sum() == 0 and sums["aside"].tolist() == [0, 2, 2, 2]
    assert tables["problems"]["code"].drop_duplicates().tolist() == ["BLANK_CELLS"]
    assert read_of(tables["sources"], city).startswith("Dibaca: 3 jawaban dari")
    assert "berkas lain" not in read_of(tables["sources"], city)
    kept = "".join(frame.to_csv() for frame in tables.values())
    assert "contoh.go.id" not in kept  # addresses and times are kept nowhere


def answers(tables: dict[str, pd.DataFrame], officers: Officers) -> dict[str, pd.DataFrame]:
    names = [t.name for t in officers.instrument.tables] + ["completeness"]
    found = {name: tables[name] for name in names}
    return found | {"quotes": tables["quotes"].drop(columns=WHERE, errors="ignore")}


HEADS = ["ID", "Email", "Perangkat daerah", "KS01", "KS02", "KS03", "KS04"]
GOOD = [
    [1, "a@b.go.id", "bappeda", 4, "4 - terpadu dan terukur", "terdefinisi", "3 terdefinisi"],
    [2, "c@d.go.id", "Dinas Komunikasi dan Informatika", 1, "initial", "TR", "2 – managed"],
]


def told(responses) -> list[tuple]:
    """Every problem but what these small tables leave out: code, sheet and cell."""
    found = [(p.code, p.sheet, p.cell) for r in responses for p in (f.problem for f in r.remarks)]
    return [row for row in found if row[0] not in ("TABLES_LEFT_OUT", "MISSING_COLUMN")]


def table(heads=HEADS, rows=GOOD) -> bytes:
    return exports.as_xlsx([heads, *rows], "Jawaban")


def test_levels_by_number_label_or_both_in_any_language(city):
    found = read(city, "a.xlsx", table())
    assert told(found) == []
    assert {u: list(a.values()) for u, a in answered(found).items()} == {
        "bappeda": [4, 4, 3, 3],
        "kominfo": [1, 1, TR, 2],
    }
    assert [r.respondent for r in found[1:]] == ["1", "2"]
    assert [r.file for r in found] == ["a.xlsx", "a.xlsx/baris 2", "a.xlsx/baris 3"]


def test_a_tick_is_no_level_although_it_equals_one(city, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(table(rows=[*GOOD, [3, "", "siantar-barat", 1, 1]])))
    book["Jawaban"]["D4"] = True
    book.save(tmp_path / "a.xlsx")
    found = read(city, "a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert [(sheet, cell) for _code, sheet, cell in told(found)] == [("Jawaban", "D4")]
    assert answered(found)["siantar-barat"] == {("KS02", "level"): 1}


def test_what_a_table_does_not_ask_is_told_once_for_all_units(city):
    put(city, "a.xlsx", table([*HEADS, "MD01_impact"], [[*row, 3] for row in GOOD]))
    frame = ingest(city)["problems"]
    frame = frame[~frame["code"].isin(["BLANK_CELLS", "MISSING_UNIT"])]
    assert frame[["code", "cell"]].to_numpy().tolist() == [
        ["MISSING_COLUMN", "H1"],  # Dampak of other drivers
        ["MISSING_COLUMN", "H1"],  # Ketidakpastian
        ["TABLES_LEFT_OUT", "A1"],
    ]
    titles = [json.loads(details).get("title", "") for details in frame["details"]]
    assert titles[0].startswith("Dampak: MD02") and titles[1].startswith("Ketidakpastian: MD01")
    assert "Faktor pendorong perubahan" not in frame["details"].iloc[2]
    assert "Faktor lingkungan eksternal" in frame["details"].iloc[2]


def test_a_decision_holds_for_a_cell_of_a_table(city):
    put(city, "a.xlsx", table(rows=[[1, "", "bappeda", 9, 1, 2, 3], GOOD[1]]))
    city.decisions.write_text(
        "decision,unit,file,cell,old,new,who,why,when\n"
        "value,bappeda,,Jawaban!D2,9,5,Koordinator,salah ketik,2023-12-01\n",
        "utf-8",
    )
    tables = ingest(city)
    levels = tables["readiness"].query("unit == 'bappeda'")["level"]
    assert levels.tolist() == [5, 1, 2, 3]
    assert tables["decisions"]["applied"].tolist() == [True]
    assert "OUT_OF_RANGE" not in set(tables["problems"]["code"])


def test_headings_made_to_take_long_take_no_time(city):
    heads = [f"{n}" + "/a_b. c [" * 300 + "KS01]" * 9 for n in range(100)]
    begun = time.process_time()
    found = read(city, "a.xlsx", table(heads, [["x"] * 100]))
    assert told(found)[0][0] == "STRANGE_TABLE"
    assert time.process_time() - begun < 5
    heads = [*HEADS[:3], "gap/KJ01_obstacle/" + _first_obstacle(city), *HEADS[3:]]
    found = read(city, "b.xlsx", table(heads, [["", "", "bappeda", 0, "", "", "", ""]]))
    assert told(found) == [("EMPTY_RECORD", "Jawaban", "C2")]


def _first_obstacle(city) -> str:
    lines = (city.questionnaire / "categories.csv").read_text("utf-8").splitlines()
    return next(line for line in lines if line.startswith("obstacle,")).split(",")[1]


def test_a_word_may_be_an_item_and_a_field(city):
    """“Dampak” of one table may be what an item of another is called."""
    path = city.questionnaire / "readiness.csv"
    path.write_text(
        path.read_text("utf-8").replace("Kompetensi digital pegawai", "Dampak"), "utf-8"
    )
    vocabulary = Expected.of(city).vocabulary
    assert (
        vocabulary.keys("MD01_impact") == vocabulary.keys("MD01 (Dampak)") == (("MD01", "impact"),)
    )
    assert vocabulary.keys("Dampak") == (("KS01", "level"),)


def test_a_choice_in_one_cell_or_in_a_column_for_each(city):
    heads = [*HEADS, "KJ01_current", "KJ01_target", "KJ01_importance"]
    category = city.questionnaire / "categories.csv"
    lines = [x for x in category.read_text("utf-8").splitlines() if x.startswith("obstacle,")]
    ids = [line.split(",")[1] for line in lines][:2]
    options = [f"gap/KJ01_obstacle/{id}" for id in ids]
    rows = [[*row, 2, 3, 4] for row in GOOD]
    split = [[*rows[0], 0, 1], [*rows[1], 1, "TRUE"]]
    found = read(city, "a.xlsx", table([*heads, *options], split))
    assert told(found) == [("TWO_ANSWERS", "Jawaban", "K3")]
    assert answered(found)["bappeda"]["KJ01", "obstacle"] == ids[1]
    both = [[*rows[0], ids[1], 0, 1], [*rows[1], " ".join(ids), 1, 1]]
    found = read(city, "b.xlsx", table([*heads, "gap/KJ01_obstacle", *options], both))
    assert told(found) == [("UNKNOWN_CHOICE", "Jawaban", "K3")]
    assert answered(found)["bappeda"]["KJ01", "obstacle"] == ids[1]
    for response in found:
        unread = sum(a.place is not None for a in response.invalid.values())
        assert response.size == sum(response.tally.values()) + _typed(response), unread


@pytest.mark.parametrize(
    ("heading", "keys"),
    [
        ("KS01", [("KS01", "level")]),
        ("ks01_evidence", [("KS01", "evidence")]),
        ("group/KS01/level", [("KS01", "level")]),
        ("KS01.level", [("KS01", "level")]),
        ("Staff digital skills", [("KS01", "level")]),
        ("1. Kompetensi digital pegawai *", [("KS01", "level")]),
        ("KS01 Kompetensi digital pegawai", [("KS01", "level")]),
        ("<p>Kompetensi digital pegawai</p>", [("KS01", "level")]),
        ("Seberapa matang? [Kompetensi digital pegawai]", [("KS01", "level")]),
        ("[Dampak] Penduduk lansia bertambah", [("MD01", "impact")]),
        ("Impact [Ageing population]", [("MD01", "impact")]),
        ("future_own/MD_A1_name", [("MD-A1", "name")]),
        ("4 Gap · Target/KJ11 Health: Target", [("KJ11", "target")]),
        ("SWOT-S1 (Kekuatan): Uraian", [("SWOT-S1", "text")]),
        ("7 Quick Win · Usulan/QW-1: Biaya (juta rupiah)", [("QW-1", "cost")]),
        ("MDA1[name]", [("MD-A1", "name")]),
        ("KS01[SQ002]", [("KS01", "evidence")]),
        ("KS01[comment]", [("KS01", "evidence")]),
        ("readiness[KS01]", [("KS01", "level")]),
        ("Kompetensi_digital_pegawai", [("KS01", "level")]),
        ("Usulan kalimat visi Smart City", [("VS-1", "text")]),
        ("MD01", [("MD01", "impact"), ("MD01", "uncertainty")]),
        ("KS99_level", []),
        ("Dampak", []),
        ("KS01. Petugas TIK dan data", []),
        ("KS01 tentang apa saja", []),
    ],
)
def test_what_a_heading_means(vocabulary, heading, keys):
    assert list(vocabulary.keys(heading)) == keys


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("Nama OPD", "unit"),
        ("identity/unit", "unit"),
        ("Nomor pengisi", "respondent"),
        ("Identity/Respondent’s number", "respondent"),
        ("_id", "number"),
        ("id. Response ID", "number"),
        ("_submission_time", "side"),
        ("meta/rootUuid", "side"),
        ("KS01Time", "side"),
        ("Points - KS01", "side"),
        ("Saya setuju mengikuti survei ini", "side"),
        ("Saran untuk kota", ""),
    ],
)
def test_what_a_column_is_that_holds_no_answers(vocabulary, heading, kind):
    assert vocabulary.beside(heading) == kind


# The headings of two real exports, without any content: see docs/channels.md for their sources.
REAL = {
    "microsoft": (
        "ID|Start time|Completion time|Email|Name",
        "Anthology ID|URL where we can download the attachment|Attachment type|For corrections or "
        "errata, please explain in detailed prose what has changed.|Your name|Your email address",
    ),
    "limesurvey": (
        "id|submitdate|lastpage|startlanguage|startdate|datestamp|CONSENT|interviewtime|groupTime715",
        "CONSENTCHECK_SQ001|essayGroup|delayGroup|labID|WTINTRO|WTMS1|ARTICLEEVAL_enjoy|"
        "WGTASK_word1_response|Gender|Age|Purpose|Understand|Familiar|DEBRIEFING",
    ),
}


@pytest.mark.parametrize("tool", REAL)
def test_headings_of_a_real_export_of_another_questionnaire(city, vocabulary, tool):
    own, asked = (headings.split("|") for headings in REAL[tool])
    assert {vocabulary.beside(heading) for heading in own} == {"number", "side"}
    assert [vocabulary.keys(heading) for heading in asked] == [()] * len(asked)
    assert [h for h in asked if vocabulary.beside(h)] == []
    found = read(city, "a.csv", exports.as_csv([[*own, *asked], ["x"] * len(own + asked)]))
    assert [code for code, _sheet, _cell in told(found)] == ["STRANGE_TABLE"]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ([3, "", "bappeda", 6, 1, 1, 1], ("OUT_OF_RANGE", "Jawaban", "D4")),
        ([3, "", "bappeda", 3, "3 optimum", 1, 1], ("TWO_ANSWERS", "Jawaban", "E4")),
        ([3, "", "bappeda", 3, "bagus sekali", 1, 1], ("NOT_A_NUMBER", "Jawaban", "E4")),
        ([3, "", "Dinas Ajaib", 3, 3, 1, 1], ("UNKNOWN_UNIT_IN_ROW", "Jawaban", "C4")),
        ([3, "x@y.id", "", 3, 3, 1, 1], ("NO_UNIT_IN_ROW", "Jawaban", "C4")),
        ([3, "x@y.id", "siantar-barat", "", "", "", ""], ("EMPTY_RECORD", "Jawaban", "A4")),
        ([1, "", "bappeda", 3, 3, 1, 1], ("RESPONDENT_TWICE", "Jawaban", "A4")),
    ],
)
def test_what_is_wrong_in_a_row_is_told_with_its_cell(city, row, problem):
    found = read(city, "a.xlsx", table(rows=[*GOOD, row]))
    assert told(found) == [problem]
    assert found[3].size == sum(value != "" for value in row)
    assert found[3].size == sum(found[3].tally.values()) + _typed(found[3])
    assert "x@y.id" not in repr(found)


@pytest.mark.parametrize(
    ("heads", "problems"),
    [
        # A renamed question, by name and with its code in front.
        ([*HEADS[:6], "Dana program"], [("HEADING_UNKNOWN", "Jawaban", "G1")]),
        ([*HEADS[:6], "KS04. Dana program"], [("HEADING_UNKNOWN", "Jawaban", "G1")]),
        ([*HEADS[:6], "KS04. Kompetensi digital pegawai"], [("HEADING_UNKNOWN", "Jawaban", "G1")]),
        (
            [*HEADS[:6], "Kesiapan pengguna layanan"],
            [("HEADING_TWICE", "Jawaban", "F1"), ("HEADING_TWICE", "Jawaban", "G1")],
        ),
        ([*HEADS[:6], "MD01"], [("HEADING_UNCLEAR", "Jawaban", "G1")]),
        (["ID", "Email", "Siapa", *HEADS[3:]], [
            ("HEADING_UNKNOWN", "Jawaban", "C1"), ("NO_UNIT_COLUMN", "Jawaban", "A1"),
        ]),
    ],
)  # fmt: skip
def test_a_heading_that_says_no_one_thing_is_a_problem(city, heads, problems):
    found = read(city, "a.xlsx", table(heads))
    assert told(found) == problems
    for response in found:
        unread = sum(answer.place is not None for answer in response.invalid.values())
        kept = response.tally["problem"] >= unread
        assert kept and response.size == sum(response.tally.values()) + _typed(response)


def test_another_sheet_of_the_workbook_is_told_and_counted(city, tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(table()))
    book.create_sheet("Catatan")["B2"] = "rapat hari Senin"
    book["Jawaban"]["D2"].comment = openpyxl.comments.Comment("rahasia kami", "x")
    book.save(tmp_path / "a.xlsx")
    found = read(city, "a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert told(found) == [("SHEET_NOT_READ", "Catatan", "A1"), ("COMMENT", "Jawaban", "D2")]
    assert found[0].size == 7 + 1 + 1 == sum(found[0].tally.values())
    assert "rahasia" not in repr(found)


def test_a_table_of_another_questionnaire_is_one_problem(city):
    heads = ["Timestamp", "Nama", "Umur", "Makanan kesukaan", "Warna kesukaan", "Kota asal"]
    found = read(
        city, "a.csv", exports.as_csv([heads, ["2023", "Ani", 30, "nasi", "biru", "Medan"]])
    )
    assert told(found) == [("STRANGE_TABLE", "CSV", "A1")]
    assert found[0].tally == {"aside": 12}


def test_what_a_person_said_of_headings_counts_once_it_is_confirmed(city):
    heads = [*HEADS[:5], "Sama", "Sama", "Saran"]
    rows = [[*row, "lebih cepat"] for row in GOOD]
    lines = "Sama,KS03,level,yes\nSama,KS04,level,{}\nSaran,,,yes\n"
    mapping = city.folder / "mapping.csv"
    mapping.write_text("heading,item,field,confirmed\n" + lines.format("no"), "utf-8")
    assert told(read(city, "a.xlsx", table(heads, rows))) == [
        ("HEADING_UNKNOWN", "Jawaban", "F1"),
        ("HEADING_UNKNOWN", "Jawaban", "G1"),
    ]
    mapping.write_text("heading,item,field,confirmed\n" + lines.format("yes"), "utf-8")
    found = read(city, "b.xlsx", table(heads, rows))
    assert told(found) == []
    assert list(answered(found)["bappeda"].values()) == [4, 4, 3, 3]
    assert found[1].tally["aside"] == 2


def test_map_proposes_the_likeliest_and_changes_nothing_that_stands_there(city):
    heads = [
        *HEADS[:5],
        "Anggaran program-program digital",
        "Kesiapan para pengguna layanan",
        "Zzz",
    ]
    rows = [[*row, "x"] for row in GOOD]
    put(city, "a.xlsx", table(heads, rows))
    mapping = city.folder / "mapping.csv"
    before = "heading;item;field;confirmed\nLama;KS01;level;no"
    mapping.write_text(before, "utf-8")
    done = invoked(city, "map", "a.xlsx")
    assert done.returncode == 0, done.stderr
    assert mapping.read_text("utf-8") == before + (
        "\nAnggaran program-program digital;KS04;level;no\n"
        "Kesiapan para pengguna layanan;KS03;level;no\nZzz;;;no\n"
    )
    assert "3 judul kolom ditambahkan ke" in done.stdout
    assert "Anggaran program digital – Tingkat" in done.stdout
    again = mapping.read_bytes()
    assert invoked(city, "map", "a.xlsx").returncode == 0 and mapping.read_bytes() == again
    found = read(city, "a.xlsx", table(heads, rows))
    assert [code for code, _sheet, _cell in told(found)] == ["HEADING_UNKNOWN"] * 3
    mapping.write_text(mapping.read_text("utf-8").replace("no\n", "yes\n"), "utf-8")
    found = read(city, "a.xlsx", table(heads, rows))
    assert list(answered(found)["bappeda"].values()) == [4, 4, 3, 3] and told(found) == []


def test_map_refuses_what_is_no_table(city, officers, said):
    put(city, "form.xlsx", officers.workbook("bappeda", said["bappeda"]))
    assert invoked(city, "map", "form.xlsx").returncode == 2
    assert invoked(city, "map", "tidak-ada.xlsx").returncode == 2
    assert not (city.folder / "mapping.csv").exists()


def test_a_wrong_row_of_the_mapping_is_told(city):
    put(city, "a.xlsx", table([*HEADS[:6], "Dana"]))
    mapping = city.folder / "mapping.csv"
    mapping.write_text("heading,item,field,confirmed\nDana,KS99,level,yes\n", "utf-8")
    frame = ingest(city)["problems"]
    wrong = frame[frame["code"] == "MAPPING_INVALID"]
    assert wrong["file"].tolist() == ["data/raw/2023/mapping.csv"]
    assert '"row": "2"' in wrong["details"].iloc[0]

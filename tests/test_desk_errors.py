"""Errors with a hand: a message that says what was meant and what there is."""

import re

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import charts, desk, tables, text
from analysis.project import ROOT, Project, ProjectError
from analysis.refusals import Refusal
from analysis.stages.readiness import figures
from analysis.survey.kept import store

ENGLISH = re.compile(r"\b(must|not|between|unknown|invalid|expected|unsupported)\b")
WRONG = {
    'kota.survey.answers("readines")': "Tabel “readines” tidak ada. Mungkin maksudnya “readiness”",
    'figures.city(kota.readiness().scores.data, "subelemen", (1, 5))': "maksudnya “subelement”",
    'store.load("2024", groups="kecamtan", root=root)': "Mungkin maksudnya “kecamatan”",
    'store.load("2024", units=["rsut"], root=root)': "Mungkin maksudnya “rsud”",
    "store.load(2023, root=root)": "Mungkin maksudnya “2024”",
    "kota.readines()": "Mungkin maksudnya “readiness”",
    "kota.readiness(treshold=3)": "“treshold” tidak ada. Mungkin maksudnya “threshold”",
    "kota.readiness(confidence=95)": "95% ditulis 0.95",
    "kota.readiness(threshold=7)": "di luar skala kesiapan, 1–5",
    "kota.readiness().subelemen": "Mungkin maksudnya “subelements”",
    'kota.readiness().by("grup")': "Mungkin maksudnya “group”",
    'kota.readiness().item("KS5")': "“KS05”",
    'kota.gap().item("KS05")': "Dalam tahap Kesenjangan, pertanyaan “KS05” tidak ada",
    'kota.item("ks05")': "Mungkin maksudnya “KS05”",
    'kota.item("QW-1")': "tidak dijawab pada skala yang sama",
    'kota.crosstab("KS05", by="kelompok")': "Tabel silang menurut “kelompok” tidak ada",
    'kota.compare("kesiapan", "dinas", "badan")': "Tahap atau pertanyaan “kesiapan” tidak ada",
    'kota.compare("readiness", "dinas", "kecamtan")': "Mungkin maksudnya “kecamatan”",
    'kota.compare("readiness", "dinas", "dinas")': "dua kelompok yang berbeda",
    'kota.compare("readiness", "dinas", "badan", 95)': "95% ditulis 0.95",
    'kota.compare("vision", "dinas", "badan")': "tidak mempunyai ukuran yang sama",
    'kota.describe("swot_lines")': "tidak dijawab pada skala",
    'kota.codebook("gab")': "Mungkin maksudnya “gap”",
    'text.use("fr")': "tidak tersedia; pilihan: id",
    'desk.open("2024", unit="rsud", root=root)': "“unit” tidak ada. Mungkin maksudnya “units”",
    'desk.open(2024, groups="kecamatan", units="rsud", root=root)': "Tidak ada perangkat daerah",
    'kota.readiness().scores.table(titel="x")': "Mungkin maksudnya “title”",
    'kota.readiness().subelements.chart(titel="x")': "Mungkin maksudnya “title”",
    'kota.readiness().scores.table(columns="nama")': "Kolom “nama” tidak ada. Mungkin",
    'kota.readiness().subelements.chart().save("x.jpg")': "akhiran yang dapat: .xlsx",
    "charts.figure(kota, alt='x')": "Bukan gambar matplotlib",
    'tables.table({"a": 1})': "bukan dict",
    'charts.bars({"a": 1}, "a", "a")': "bukan dict",
    'charts.bars(kota.codebook("gap").frame, "item", "name")': "“name” tidak seluruhnya",
}


@pytest.mark.parametrize("asked", WRONG)
def test_what_is_mistyped_is_told_with_what_is_near(asked, siantar):
    known = {"kota": desk.open("2024", root=siantar.root), "root": siantar.root}
    known |= {"figures": figures, "store": store, "text": text}
    known |= {"charts": charts, "tables": tables, "desk": desk}
    with pytest.raises(ValueError if "text.use" in asked else Refusal) as told:
        eval(asked, known)
    said = str(told.value)
    assert WRONG[asked] in said and not ENGLISH.search(said)


def test_one_column_may_be_named_by_a_text(siantar):
    table = desk.open("2024", root=siantar.root).readiness().scores.table(columns="name")
    assert [column["key"] for column in table.content["columns"]] == ["name"]


def test_a_field_of_a_question_is_told_too(siantar):
    kota = desk.open("2024", root=siantar.root)
    code = kota.survey.instrument.table("gap").codes[0]
    with pytest.raises(Refusal, match="isian “curent” tidak ada. Mungkin maksudnya “current”"):
        kota.item(code, field="curent")


def test_a_text_stands_for_a_list_of_it_and_a_number_for_a_period(siantar):
    one = store.load(2024, groups="kecamatan", root=siantar.root)
    assert set(one.units["group"]) == {"kecamatan"} and one.period == "2024"


def test_outside_a_project_the_ways_to_name_it_are_told(tmp_path, monkeypatch, siantar):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(ROOT, raising=False)
    with pytest.raises(ProjectError) as told:
        Project.find()
    assert 'root="..."' in str(told.value) and "MASTERPLAN_ROOT" in str(told.value)
    monkeypatch.setenv("MASTERPLAN_ROOT", str(siantar.root))
    assert Project.find().root == siantar.root.resolve()


def test_in_a_notebook_no_loop_breaks_translation_and_a_message_comes_first(siantar, monkeypatch):
    monkeypatch.setenv(ROOT, str(siantar.root))
    cells = [
        "from analysis import desk\nfrom analysis.text import gettext\nkota = desk.open('2024')",
        "for _ in range(3):\n    pass\n_",
        "gettext('Kelompok'), kota.readiness().subelements",
        "gettext('Kelompok')",
        "# salah ketik\nkota.readiness(treshold=3)",
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    done = NotebookClient(made, timeout=300, kernel_name="python3", allow_errors=True).execute()
    *_before, translated, wrong = done.cells
    assert translated.outputs[0]["data"]["text/plain"] == "'Kelompok'"
    shown = wrong.outputs[0]["traceback"]
    assert shown[0].startswith("Nama parameter “treshold” tidak ada. Mungkin maksudnya “threshold”")
    assert len(shown) == 2 and "baris 2" in shown[1] and "treshold=3" in shown[1]
    assert not any(cell.outputs[0]["output_type"] == "error" for cell in done.cells[1:4])

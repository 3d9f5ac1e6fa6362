"""The ledger of claims, the stages of an index, and variants, on a city of notebooks made here."""

import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from analysis.project import Project
from analysis.reports.claims import COLUMNS, ledger
from analysis.runs import manifest
from analysis.runs.shelf import Shelf
from benchmarks import stress
from tests.claiming import notebook
from tests.second_city import invoked
from tests.test_html import Page
from tests.test_spreadsheet import shown as documented
from tools import clean

LONG = "jangan telepon 0812-3456-7890"


@pytest.fixture(scope="module")
def claiming(tmp_path_factory) -> Project:
    """Three units, two stages, an overview, a stage without claims and a notebook of no stage."""
    project = stress.city(tmp_path_factory.mktemp("klaim") / "kota")
    shutil.rmtree(project.notebooks)
    folder = project.notebooks
    notebook(folder, "00-ikut", 0)
    notebook(folder, "01-dua", 20, [("dua.b.c", LONG, 2.0), ("dua.a.c", "dua", None)])
    notebook(folder, "08-ringkas", None)
    notebook(folder, "11-satu", 10, [("satu.x.y", "satu", 1.5)])
    notebook(folder, "12-kosong", 30)
    stress.answer(project, 1)
    done = invoked(project, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture
def copy(claiming, tmp_path) -> Project:
    return Project(shutil.copytree(claiming.root, tmp_path / "kota"))


def test_the_ledger_holds_every_claim_once_in_the_order_of_stages(claiming):
    folder = claiming.reports
    claims = json.loads((folder / "claims.json").read_text("utf-8"))
    assert [c["id"] for c in claims] == ["satu.x.y", "dua.a.c", "dua.b.c"]
    assert all(tuple(c) == COLUMNS for c in claims)
    assert claims[1]["value"] is None and claims[0]["value"] == 1.5
    assert claims[0]["scope"] == "3 perangkat daerah"
    assert claims[2]["sentence"] == "jangan telepon •••"
    [package] = folder.glob("*.zip")
    packed = zipfile.ZipFile(package)
    assert packed.read("claims.json") == (folder / "claims.json").read_bytes()
    told = manifest.read(Shelf(folder))
    assert manifest.whole(Shelf(folder), {"claims.json": told.front["claims.json"]})


def test_rows_of_the_table_of_claims_say_which_they_are(claiming):
    page = Page((claiming.reports / "01-dua.html").read_text("utf-8"))
    rows = [(row.get("data-claim"), row["text"][:3]) for row in page.all("tr")[1:]]
    assert rows == [("dua.b.c", "jan"), ("dua.a.c", "dua")]


def test_a_stage_is_known_by_what_its_notebook_shows(claiming):
    page = Page((claiming.reports / "index.html").read_text("utf-8"))
    cards = page.all("li", **{"class": "card"})
    shown = [re.split(" Temuan| Bukan", card["text"])[0] for card in cards]
    assert shown == [
        "Laporan ikut",
        "Laporan ringkas",
        "Tahap 1Laporan dua",
        "Tahap 11Laporan satu",
        "Tahap 12Laporan kosong",
    ]
    assert ["overview" in card["class"] for card in cards] == [True, True, False, False, False]


def test_nothing_is_shown_of_a_stage_that_compares_nothing(claiming):
    page = Page((claiming.reports / "12-kosong.html").read_text("utf-8"))
    assert not page.all("table")


def test_the_ledger_goes_with_what_was_made(copy):
    assert copy.reports / "claims.json" in clean.made(copy.root)
    (copy.reports / "claims.json").write_text("[]", "utf-8")
    assert copy.reports / "claims.json" not in clean.made(copy.root)


def test_two_reports_that_disagree_on_a_claim_fail_the_run(copy):
    folder = copy.reports
    notebook(copy.notebooks, "13-lain", 40, [("satu.x.y", "satu", 1.6)])
    done = invoked(copy, "run")
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1
    assert "klaim satu.x.y berbeda di 11-satu dan 13-lain (stage, value)" in said
    assert not (folder / "claims.json").exists()
    assert "claims.json" not in zipfile.ZipFile(next(folder.glob("*.zip"))).namelist()
    assert invoked(copy, "run").returncode == 1  # nothing has changed, and it is still wrong
    (copy.notebooks / "13-lain.ipynb").unlink()
    assert invoked(copy, "run").returncode == 0
    assert (folder / "claims.json").exists()


def test_a_claim_may_be_shown_twice_alike_but_not_otherwise():
    row = dict.fromkeys(COLUMNS) | {"id": "a.b.c", "value": 1.0}
    keys = {"kind": "keys", "figures": []}
    shown = keys | {"stage": {"place": 1}, "ledger": [row]}
    content, wrong = ledger(
        {"x": documented(shown, shown), "y": documented(shown), "z": documented(keys)}
    )
    assert len(json.loads(content)) == 1 and wrong == []
    other = shown | {"ledger": [row | {"p": 0.5}]}
    assert "x dan y (p)" in ledger({"x": documented(shown), "y": documented(other)})[1][0]


def test_a_ledger_that_is_none_costs_its_own_report(copy):
    path: Path = copy.notebooks / "14-rusak.ipynb"
    notebook(copy.notebooks, path.stem, 50)
    path.write_text(path.read_text("utf-8").replace("ledger=ledger", "ledger=[{'x': 1}]"), "utf-8")
    done = invoked(copy, "run")
    assert done.returncode == 1
    entries = manifest.read(Shelf(copy.reports)).entries
    assert [e.id for e in entries.values() if e.status != "ok"] == [path.stem]
    assert (copy.reports / "claims.json").exists()


@pytest.fixture(scope="module")
def variant(claiming, tmp_path_factory) -> Path:
    """The reports on one kecamatan of three units."""
    project = Project(shutil.copytree(claiming.root, tmp_path_factory.mktemp("varian") / "kota"))
    done = invoked(project, "run", "-p", 'groups=["kecamatan"]', "--name", "kec")
    assert done.returncode == 0, done.stdout + done.stderr
    return project.reports / "variants" / "kec"


BAND = "VARIAN – hanya 1 kecamatan (1 dari 3 perangkat daerah)"


def test_a_variant_says_for_whom_it_speaks(variant):
    for name in ("index.html", "01-dua.html", "12-kosong.html"):
        page = Page((variant / name).read_text("utf-8"))
        assert page.texts("p", **{"class": "variant"}) == [BAND], name
        assert "(hanya 1 kecamatan)" in page.texts("title")[0], name
        assert page.texts("h1")[0].endswith("(hanya 1 kecamatan)"), name
        assert "1 dari 1 kecamatan mengirim, 1 lengkap" in page.text, name
        assert "3 perangkat daerah mengirim" not in page.text
    page = Page((variant / "01-dua.html").read_text("utf-8"))
    assert not page.texts("p", **{"class": "kind"})
    saved = [a["download"] for a in page.all("a") if "download" in a]
    assert "Laporan dua (hanya 1 kecamatan).xlsx" in saved
    book = CalamineWorkbook.from_path(variant / "tables" / "01-dua.xlsx")
    rows = book.get_sheet_by_name("Tabel 1.1").to_python()
    assert any(BAND in str(cell) for row in rows[:3] for cell in row)
    index = Page((variant / "index.html").read_text("utf-8"))
    assert len(index.all("li", **{"class": "whole"})) <= 1 and "Bappeda" not in index.text


def test_a_variant_has_claims_and_a_zip_of_its_own(variant, claiming):
    claims = json.loads((variant / "claims.json").read_text("utf-8"))
    assert {c["scope"] for c in claims} == {"1 kecamatan"}
    assert [path.name for path in variant.glob("*.zip")] == ["masterplan-2023-kec.zip"]
    official = variant.parents[1]
    assert "1 kecamatan" not in (official / "claims.json").read_text("utf-8")
    index = Page((official / "index.html").read_text("utf-8"))
    assert len(index.all("span", **{"class": "name"})) == 3
    assert not index.all("p", **{"class": "variant"})


def test_only_notebooks_that_know_all_that_is_given_run_for_a_variant(variant, copy):
    told = manifest.read(Shelf(variant.parents[1]) / "variants" / "kec")
    assert sorted(told.entries) == ["00-ikut", "01-dua", "11-satu", "12-kosong"]
    given = ("-p", 'groups=["kecamatan"]')
    for arguments, said in [
        (("dua", "ringkas", *given), "“ringkas” tidak mengenal parameter groups"),
        (("ringkas", *given), "“groups” tidak dikenal"),
        ((*given, "-p", "height=2"), "semua parameter ini: groups, height"),
        (("-p", 'groups=["camat"]'), "Kelompok “camat” tidak ada. "),
    ]:
        done = invoked(copy, "run", *arguments)
        assert done.returncode == 2 and said in " ".join(done.stderr.split()), done.stderr
    assert invoked(copy, "run", "-p", "height=2").returncode == 0
    page = Page((copy.reports / "variants/height-2/08-ringkas.html").read_text("utf-8"))
    assert page.texts("p", **{"class": "variant"}) == ["VARIAN – dihitung dengan parameter lain"]
    assert (
        page.texts("h1") == ["Laporan ringkas"]
        and "3 dari 3 perangkat daerah mengirim" in page.text
    )

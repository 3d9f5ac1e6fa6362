"""`masterplan doctor`: one line for each thing, what to do about it, and how it ends."""

import os
import shutil
import subprocess

import nbformat
import pytest
from click.testing import CliRunner

from analysis import text
from analysis.cli import main
from analysis.project import Project
from analysis.reports import doctor
from analysis.reports.doctor import DOUBT, GOOD, WRONG
from analysis.runs.lock import held
from tests.second_city import MASTERPLAN, ROOT, place


def run(project: Project):
    return CliRunner().invoke(main, ["doctor", "--root", str(project.root)])


def states(project: Project) -> dict[str, str]:
    return {f.what: f.state for f in doctor.examined(Project(project.root))}


def found(project: Project, what: str) -> doctor.Finding:
    return next(f for f in doctor.examined(Project(project.root)) if f.what == what)


@pytest.fixture
def ready(city) -> Project:
    """The small city with notebooks, and an item for every category."""
    shutil.rmtree(city.folder / "instrument")
    shutil.copytree(ROOT / "data" / "raw" / "2023" / "instrument", city.folder / "instrument")
    city.notebooks.mkdir()
    shutil.copy(ROOT / "notebooks" / "03-readiness.ipynb", city.notebooks)
    return city


def test_a_city_in_order_is_good_in_every_line(ready):
    assert set(states(ready).values()) == {GOOD}
    done = run(ready)
    lines = done.output.splitlines()
    assert done.exit_code == 0 and len(lines) == 11
    assert all(line.startswith("baik ") for line in lines), done.output
    assert not ready.reports.parent.exists() and not ready.processed.parent.exists()


@pytest.mark.parametrize(
    ("file", "old", "new", "part"),
    [
        ("city.toml", "seed = 2023", "seed = -1", "Pengaturan kota"),
        ("period.toml", "impact = 0.25", "impak = 0.25", "Pengaturan kota"),
        ("units.csv", ",yes,1,", ",no,1,", "Daftar unit"),
        ("instrument/pairs.csv", "PB02", "PB01", "Instrumen"),
        ("statistics.csv", "229525", "banyak", "Angka statistik"),
        ("instrument/official.csv", "wifi_points", "wifi", "Angka statistik"),
    ],
)
def test_what_is_wrong_is_told_beside_its_part_alone(ready, file, old, new, part):
    path = place(ready, file)
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    found = states(ready)
    assert [what for what, state in found.items() if state == WRONG] == [part]
    # Without settings there is no vision to ask about, and no city whose figures these are.
    unread = {"Instrumen", "Angka statistik"} if "seed" in old else set()
    assert {what for what, state in found.items() if state == DOUBT} == unread
    done = run(ready)
    assert done.exit_code == 2
    assert f"salah       {part}: " in done.output and path.name in done.output


def test_what_was_not_read_is_not_called_complete(ready):
    """Units of a period that is not there, or an instrument whose vision cannot be read."""
    done = CliRunner().invoke(main, ["doctor", "--root", str(ready.root), "--period", "1999"])
    for part in ("Daftar unit", "Instrumen"):
        assert f"perhatikan  {part}: belum diperiksa" in done.output
    place(ready, "city.toml").write_text("seed = -1", "utf-8")
    told = states(ready)
    assert told["Daftar unit"] == GOOD and told["Instrumen"] == DOUBT


def test_the_outline_of_the_book_is_read_and_names_every_chapter_of_the_city(ready):
    file, folder = ready.raw / "buku.toml", ready.raw / "buku"
    file.write_text('[[chapter]]\nid = "03-readiness"\n\n[[chapter]]\nid = "prefase"\n', "utf-8")
    told = found(ready, "Susunan Buku 1")
    assert told.state == WRONG
    assert told.told == (
        "data/raw/buku.toml: baris 5, isian chapter.1.id: “prefase” bukan bab; yang mirip: preface"
    )
    file.write_text('[[chapter]]\nid = "03-readiness"\n', "utf-8")
    folder.mkdir()
    (folder / "penutup.md").write_text("# Penutup\n", "utf-8")
    told = found(ready, "Susunan Buku 1")
    assert (told.state, "penutup.md" in told.told) == (DOUBT, True)
    file.write_text('[[chapter]]\nid = "penutup"\n', "utf-8")
    assert found(ready, "Susunan Buku 1").state == GOOD


def test_a_doubt_is_told_and_is_no_failure(ready):
    path = ready.folder / "period.toml"
    path.write_text(path.read_text("utf-8").replace("budget = 5000", "budget = 5"), "utf-8")
    done = run(ready)
    assert done.exit_code == 0
    assert (
        "perhatikan  Isian yang jarang dimaksud: data/raw/2023/period.toml: quickwin" in done.output
    )


def test_notebooks_are_read_and_want_a_cell_of_parameters(ready):
    (ready.notebooks / "._03-readiness.ipynb").write_bytes(b"\0\1")
    assert found(ready, "Notebook").state == GOOD
    bare = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Tanpa parameter")])
    nbformat.write(bare, ready.notebooks / "bare.ipynb")
    assert found(ready, "Notebook") == doctor.Finding(
        "Notebook", DOUBT, "tanpa sel parameters, maka -p tidak berlaku: bare.ipynb"
    )
    (ready.notebooks / "empty.ipynb").write_bytes(b"")
    assert found(ready, "Notebook").state == WRONG
    assert "empty.ipynb" in found(ready, "Notebook").told
    shutil.rmtree(ready.notebooks)
    assert found(ready, "Notebook").state == DOUBT


def test_a_file_where_a_folder_should_be_is_no_place_to_write(ready):
    (ready.root / "reports").write_text("")
    assert found(ready, "Izin menulis di reports/").state == WRONG
    assert found(ready, "Izin menulis di data/processed/").state == GOOD


def test_a_lock_that_another_holds_or_none_can_hold_is_told(ready, monkeypatch):
    with held(ready):
        assert "sedang dipakai" in found(ready, "Kunci folder").told

    def refused(project):
        raise NotImplementedError

    monkeypatch.setattr(doctor, "held", refused)
    assert found(ready, "Kunci folder").told.startswith("tidak dapat dipasang")


@pytest.mark.parametrize(
    ("free", "state"), [(3e9, GOOD), (1e9, DOUBT), (1e8, WRONG)], ids=["room", "little", "none"]
)
def test_room_on_the_disk(ready, monkeypatch, free, state):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda place: type("Room", (), {"free": free}))
    assert found(ready, "Ruang diska").state == state


@pytest.mark.parametrize(("encoding", "word"), [("utf-8", "baik"), ("ascii", "perhatikan")])
def test_a_console_without_the_letters_is_told_on_it(ready, encoding, word):
    done = subprocess.run(
        [MASTERPLAN, "doctor", "--root", ready.root],
        env=os.environ | {"PYTHONIOENCODING": encoding},
        capture_output=True,
    )
    assert done.returncode == 0, done.stderr
    [line] = [x for x in done.stdout.decode("ascii", "replace").splitlines() if "Layar" in x]
    assert line.startswith(word) and encoding in line


def test_it_speaks_the_language_in_use(ready):
    with text.using("en"):
        assert found(ready, "The city's settings").told == "complete and readable"
    assert "doctor" in CliRunner().invoke(main, ["--help"]).output

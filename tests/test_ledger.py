"""No command writes over a file that is not byte for byte what it wrote, nor among answers."""

import os
import shutil
import sys
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from analysis.ledger import Ledger
from analysis.project import Project, ProjectError
from tests.second_city import ROOT, invoked, typed

pytestmark = pytest.mark.filterwarnings("ignore:.*xtension is not supported:UserWarning")


def state(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, hidden ones too, by name."""
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def shown(folder: Path) -> dict[str, str]:
    return {name: digest for name, digest in state(folder).items() if "/." not in f"/{name}"}


def fill(path: Path) -> None:
    """Answer one question, as an officer does."""
    book = openpyxl.load_workbook(path)
    book["Identitas"]["B8"] = 2
    book.save(path)


def refused(folder: Path, *arguments: str, named: str = "", **env: str) -> str:
    """What the command says that ends with 2; not a byte below the folder changes."""
    before = state(folder)
    done = typed(folder, *arguments, **env)
    assert done.returncode == 2, done.stdout + done.stderr
    assert state(folder) == before
    said = " ".join(done.stderr.split())
    assert named in said
    assert "Traceback" not in said
    return said


def test_forms_are_written_again_and_renewed_as_long_as_nobody_filled_them(city):
    assert invoked(city, "forms", "--out", "kirim").returncode == 0
    first = state(city.root / "kirim")
    assert invoked(city, "forms", "--out", "kirim").returncode == 0
    assert state(city.root / "kirim") == first
    items = city.folder / "instrument" / "readiness.csv"
    rows = items.read_text("utf-8").splitlines(keepends=True)
    items.write_text("".join(rows[:1] + rows[2:]), "utf-8")
    assert invoked(city, "forms", "--out", "kirim").returncode == 0
    renewed = state(city.root / "kirim")
    assert renewed.keys() == first.keys()
    assert not set(renewed.values()) & set(first.values())


def test_a_filled_form_is_listed_and_nothing_is_written(city):
    assert invoked(city, "forms").returncode == 0
    fill(city.root / "forms-2023" / "2023-bappeda.xlsx")
    (city.root / "forms-2023" / "2023-kominfo.xlsx").unlink()
    said = refused(city.root, "forms", named="forms-2023/2023-bappeda.xlsx")
    assert "siantar-barat" not in said
    english = refused(city.root, "forms", MASTERPLAN_LANG="en")
    assert english.startswith("Nothing was written")


def test_forms_from_before_there_was_a_ledger_are_known_by_their_bytes(city):
    assert invoked(city, "forms").returncode == 0
    (city.root / "forms-2023" / ".masterplan.forms.sha256").unlink()
    assert invoked(city, "forms").returncode == 0


@pytest.mark.parametrize(("first", "then"), [("forms", "sample"), ("sample", "forms")])
def test_no_command_takes_what_another_wrote_for_its_own(city, first, then):
    assert invoked(city, first, "--out", "satu").returncode == 0
    refused(city.root, then, "--out", "satu", named="satu/2023-bappeda.xlsx")


def test_another_seed_renews_a_sample_but_no_real_answer(city):
    sample = city.sample
    assert invoked(city, "sample").returncode == 0
    before = shown(sample)
    assert invoked(city, "sample", "--seed", "7").returncode == 0
    assert not set(shown(sample).values()) & set(before.values())
    fill(sample / "2023-kominfo.xlsx")
    refused(city.root, "sample", named="data/raw/2023/sample/2023-kominfo.xlsx")


def test_the_committed_sample_can_be_made_anew_in_a_fresh_clone():
    """After a merge: in its folder, sha256sum *.xlsx > .masterplan.sample.sha256"""
    project = Project(ROOT)
    folder = project.sample
    names = {path.name for path in folder.glob("*.xlsx")}
    Ledger(project, folder, "sample").check(dict.fromkeys(names))
    lines = (folder / ".masterplan.sample.sha256").read_text("utf-8").splitlines()
    assert {line.split("  ")[1] for line in lines} == names and len(lines) == len(names)


@pytest.mark.parametrize("damage", [b"rusak\n", b"\xff\xfe", b""])
def test_a_damaged_ledger_vouches_for_nothing(city, damage):
    assert invoked(city, "sample").returncode == 0
    ledger = city.sample / ".masterplan.sample.sha256"
    ledger.write_bytes(ledger.read_bytes() + damage if damage else damage)
    refused(city.root, "sample", "--seed", "7", named="2023-bappeda.xlsx")


AMONG_ANSWERS = [
    "forms --out data/raw/2023/responses",
    "forms --out data/raw/responses",
    "forms --out data/raw/2023/sample/../responses/baru/lagi",
    "forms --out pintasan/2023",
    "forms --out ../lain/data/raw/2023/responses",
    "forms --out disk/2023",
    "sample --out data/raw/2023/responses",
    "sample --cities 1 --out data/raw/responses",
]


@pytest.mark.parametrize("command", AMONG_ANSWERS)
def test_nothing_is_written_among_the_answers_of_any_project(city, tmp_path, command):
    _answers(city, tmp_path, linked="disk" in command)
    before = state(tmp_path)
    refused(city.root, *command.split(), named="folder jawaban")
    assert state(tmp_path) == before


def _answers(city: Project, tmp_path: Path, linked: bool) -> None:
    """Folders of answers: of the city, of another one, and the city's through a link."""
    place = tmp_path / "kota" / "disk" if linked else city.responses
    (city.folder / "sample").mkdir()
    (place / "2023").mkdir(parents=True)
    (place / "2023" / "catatan.txt").write_text("asli")
    if linked:
        city.responses.symlink_to(place)
    (city.root / "pintasan").symlink_to(city.responses)
    shutil.copytree(city.raw, tmp_path / "lain" / "data" / "raw", symlinks=True)


def test_neither_letters_nor_a_book_are_written_among_answers(second_city, city):
    city.responses.mkdir(parents=True)
    refused(city.responses, "check", "--letters", "2023", named="folder jawaban")
    book = str(city.responses / "buku.docx")
    done = invoked(second_city, "book", "--out", book)
    assert done.returncode == 2 and "folder jawaban" in done.stderr.replace("\n", " ")
    assert not list(city.responses.iterdir())


def test_letters_that_someone_edited_stay(city):
    assert invoked(city, "forms", "--out", "data/raw/masuk").returncode == 0
    city.responses.mkdir(parents=True)
    shutil.copy(city.raw / "masuk/2023-bappeda.xlsx", city.responses)
    letters = ("check", "--letters", "surat")
    assert invoked(city, *letters).returncode < 2
    kominfo = city.root / "surat" / "kominfo.txt"
    ours = kominfo.read_bytes()
    assert invoked(city, *letters).returncode < 2
    kominfo.write_bytes(ours + b"\nSalam.\n")
    before = state(city.root / "surat")
    done = invoked(city, *letters)
    assert done.returncode == 2 and "surat/kominfo.txt" in done.stderr
    assert state(city.root / "surat") == before


def test_what_is_no_longer_wanted_goes_only_as_it_was_written(city, tmp_path):
    ledger = Ledger(city, tmp_path / "surat", "letters")
    ledger.write({"a.txt": b"a", "b.txt": b"b"})
    (ledger.folder / "b.txt").write_bytes(b"disunting")
    (ledger.folder / "c.txt").write_bytes(b"orang lain")
    with pytest.raises(ProjectError, match=r"b\.txt"):
        ledger.write({}, gone=["a.txt", "b.txt", "c.txt"])
    assert set(shown(ledger.folder)) == {"a.txt", "b.txt", "c.txt"}
    (ledger.folder / "b.txt").write_bytes(b"b")
    ledger.write({}, gone=["a.txt", "b.txt", "c.txt"])
    assert set(state(ledger.folder)) == {"c.txt"}


def test_sample_cities_never_replace_a_project(city):
    city.notebooks.mkdir()
    shutil.copy(ROOT / "notebooks" / "03-readiness.ipynb", city.notebooks)
    cities = ("sample", "--cities", "2", "--out", "kota")
    assert invoked(city, *cities).returncode == 0
    assert invoked(city, *cities).returncode == 0
    for name in (
        "data/raw/city.toml",
        "data/raw/2023/instrument/readiness.csv",
        "notebooks/03-readiness.ipynb",
        "data/raw/2023/sample/2023-bappeda.xlsx",
    ):
        path = city.root / "kota" / "kota-02" / name
        ours = path.read_bytes()
        path.write_bytes(ours + b"\n")
        refused(city.root, *cities, "--seed", "7", named=f"kota/kota-02/{name}")
        path.write_bytes(ours)


def test_a_link_is_replaced_only_where_it_leads_to_what_we_wrote(city):
    assert invoked(city, "forms").returncode == 0
    form, real = city.root / "forms-2023/2023-bappeda.xlsx", city.root / "terisi.xlsx"
    shutil.move(form, real)
    fill(real)
    form.symlink_to(real)
    refused(city.root, "forms", named="2023-bappeda.xlsx")
    real.unlink()
    refused(city.root, "forms", named="2023-bappeda.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="ulimit is of POSIX")
def test_where_there_is_no_room_nothing_is_written(city):
    """The coordinator's form is the largest: the others have fitted when it is refused."""
    import resource

    assert invoked(city, "forms").returncode == 0
    sizes = sorted(p.stat().st_size for p in (city.root / "forms-2023").glob("*.xlsx"))
    shutil.rmtree(city.root / "forms-2023")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (sizes[-1] - 1, before[1]))
    try:
        refused(city.root, "forms", named="tidak dapat ditulis")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert sizes[0] < sizes[-1] and not os.listdir(city.root / "forms-2023")


def test_a_place_that_cannot_be_a_folder_ends_with_2(city):
    (city.root / "berkas").write_text("bukan folder")
    refused(city.root, "forms", "--out", "berkas/baru", named="berkas/baru tidak dapat ditulis")
    (city.root / "data" / "processed").write_text("bukan folder")
    done = invoked(city, "check")
    assert done.returncode == 2 and done.stderr.startswith("Komputer menolak")

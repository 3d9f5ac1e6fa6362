"""Failure is a value in every loop: what fails costs itself, and one line says what it was."""

import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from analysis import faults, places, seal
from analysis.project import Project
from analysis.reports.html import landing
from analysis.runs import executed, manifest
from analysis.runs.notebook import notebooks
from analysis.runs.shelf import MANIFEST, Shelf
from benchmarks import stress
from tests.second_city import MASTERPLAN, invoked, typed

CONFLICT = '<<<<<<< HEAD\n{"cells": []}\n=======\n{}\n>>>>>>> lain\n'
CELL = {"cell_type": "code", "metadata": {"tags": ["parameters"]}, "source": ""}
V4 = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}}


def having(source: object, **more) -> str:
    return json.dumps(V4 | {"cells": [CELL | {"source": source} | more]})


INTERNAL = json.dumps(
    json.loads(having("a = 1")) | {"metadata": {"masterplan": {"internal": True}}}
)
UNREADABLE = {
    "kosong": (b"", "berkasnya kosong"),
    "spasi": (b"\n \n", "berkasnya kosong"),
    "biner": (b"\x00\x05\x16\x07\xff\xfe", "bukan JSON"),
    "terpotong": (b'{"cells": [', "bukan JSON"),
    "dalam": (b"[" * 100_000, "bukan JSON"),
    "konflik": (CONFLICT, "konflik Git"),
    "daftar": (b"[]", "susunan"),
    "tiada": (b"null", "susunan"),
    "lama": (json.dumps({"nbformat": 3, "worksheets": [{"cells": []}]}), "formatnya lama"),
    "tanpa-sel": (json.dumps(V4 | {"cells": []}), "tidak ada sel"),
    "sel-angka": (json.dumps(V4 | {"cells": [1]}), "susunan"),
    "sumber-angka": (having(7), "susunan"),
    "tanda-angka": (having("a = 1", metadata={"tags": 3}), "susunan"),
    "magic": (having("%matplotlib inline\na: int = 1"), "baris 1"),
    "perintah": (having("a: int = 1\n!ls"), "baris 2"),
    "salah": (having(["a: int = \n"]), "baris 1"),
    "index": (having("a: int = 1"), "beri nama lain"),
    "07-index": (INTERNAL, "beri nama lain"),
}
NONE = ("._03-readiness", ".03-readiness", ".ipynb_checkpoints/03-readiness-checkpoint", "~$uji")


def put(path: Path, content: bytes | str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_notebook_that_cannot_be_read_says_why_in_one_line(tmp_path, name):
    content, reason = UNREADABLE[name]
    put(tmp_path / "notebooks" / f"{name}.ipynb", content)
    [found] = notebooks(Project(tmp_path))
    assert reason in found.fault and "\n" not in found.fault
    assert found.title == name


def test_what_hides_or_is_litter_is_no_notebook(tmp_path):
    for name in NONE:
        put(tmp_path / "notebooks" / f"{name}.ipynb", b"\x00\x05\x16\x07")
    (tmp_path / "notebooks" / "folder.ipynb").mkdir()
    assert notebooks(Project(tmp_path)) == []


def index(project: Project) -> BeautifulSoup:
    page = project.reports / "index.html"
    return BeautifulSoup(page.read_text("utf-8"), "html.parser")


def status(project: Project) -> dict[str, str]:
    return {id: e.status for id, e in manifest.read(Shelf(project.reports)).entries.items()}


def test_unreadable_notebooks_are_failed_jobs_and_the_others_stand(ran):
    folder = ran.reports
    before = (folder / "03-readiness.html").read_bytes()
    put(ran.notebooks / "03-readiness.ipynb", CONFLICT)
    put(ran.notebooks / "09 #1 [x] 100%.ipynb", b"")
    put(ran.notebooks / os.fsdecode(b"08-\xff.ipynb"), having("a = 1"))
    put(ran.notebooks / "._04-gap.ipynb", b"\x00\x05\x16\x07")
    gap = (ran.notebooks / "04-gap.ipynb").read_text("utf-8")
    assert "# Analisis Kesenjangan\\n" in gap
    titled = gap.replace("# Analisis Kesenjangan\\n", "# Uji [draf] [/x] :smile:\\n")
    put(ran.notebooks / "10 [b] {x} #2?.ipynb", titled)
    done = invoked(ran, "run")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert "Analisis Kesiapan Daerah: notebook ini tidak dapat dibaca: ada tanda" in done.stdout
    assert "09 #1 [x] 100%: notebook ini" in done.stdout
    assert "✓ Uji [draf] [/x] :smile:" in done.stdout and "Warning" not in done.stderr
    ended = status(ran)
    assert {id for id, how in ended.items() if how == "failed"} == {
        "03-readiness",
        "09 #1 [x] 100%",
        "08-?",
    }
    assert {ended[id] for id in ("00-participation", "04-gap", "10 [b] {x} #2?")} == {"ok"}
    assert (folder / "03-readiness.html").read_bytes() == before
    page = index(ran)
    assert "Laporan ini gagal dibuat" in page.get_text()
    assert "ada tanda konflik Git" not in page.get_text()
    assert "ada tanda konflik Git" in (folder / "internal/index.html").read_text("utf-8")
    leads_somewhere(folder / "index.html")
    for made in folder.glob("*.html"):
        leads_somewhere(made)


def leads_somewhere(page: Path) -> None:
    from urllib.parse import unquote, urlsplit

    for link in BeautifulSoup(page.read_text("utf-8"), "html.parser").select("a[href]"):
        parts = urlsplit(link["href"])
        if parts.scheme != "data" and parts.path:
            assert not parts.scheme, link
            there = page.parent / unquote(parts.path)
            assert there.is_file(), (page.name, link["href"])


def test_a_damaged_executed_notebook_is_none(ran):
    shelf = Shelf(ran.reports)
    entries = manifest.read(shelf).entries
    for id, content in (
        ("03-readiness", b"{"),
        ("04-gap", b"\xff\xfe"),
        ("00-participation", b"[]"),
    ):
        put(shelf.path(executed.name(id)), content)
        assert executed.read(shelf, entries[id]) is None
    done = invoked(ran, "run", "readiness")
    assert done.returncode == 0, done.stdout + done.stderr
    assert executed.read(shelf, manifest.read(shelf).entries["03-readiness"]) is not None


@pytest.mark.parametrize(
    "damaged",
    [
        lambda m: "",
        lambda m: "[" * 100_000,
        lambda m: json.dumps(m | {"jobs": 3}),
        lambda m: json.dumps(m | {"jobs": [m["jobs"][0] | {"files": [1]}]}),
        lambda m: json.dumps(m | {"jobs": [m["jobs"][0] | {"seconds": "lama"}]}),
        lambda m: json.dumps(m | {"edition": m["edition"] | {"sent": None}}),
        lambda m: json.dumps(m | {"front": "index.html"}),
        lambda m: json.dumps(m | {"inputs": []}),
    ],
)
def test_a_damaged_manifest_is_none(once, tmp_path, damaged):
    shelf = Shelf(tmp_path)
    sound = json.loads(Shelf(once.reports).path(MANIFEST).read_text("utf-8"))
    sealed(shelf.path(MANIFEST), json.dumps(sound))
    assert manifest.read(shelf)
    sealed(shelf.path(MANIFEST), damaged(sound))
    assert manifest.read(shelf) is None
    assert manifest.real(shelf.path(MANIFEST)) is False


def sealed(path: Path, content: str) -> None:
    """Write a manifest with our own seal on it, whatever it says."""
    with suppress(ValueError, RecursionError, AttributeError):
        told = json.loads(content)
        told.pop("seal")
        unsealed = json.dumps(told, ensure_ascii=False, indent=1).encode()
        content = json.dumps({"seal": seal.of(unsealed)} | told)
    put(path, content)


def test_an_output_that_cannot_be_replaced_costs_itself(ran):
    folder, archive = ran.reports, "masterplan-2023.zip"
    for name in ("03-readiness.html", "tables/04-gap.xlsx", archive):
        (folder / name).unlink()
        put(folder / name / "isi", b"x")  # a folder in its place
    done = invoked(ran, "run", "--force")
    assert done.returncode == 1 and "Traceback" not in done.stderr
    # A page that is not there has failed; one whose spreadsheet is not there stands.
    assert status(ran) == {"00-participation": "ok", "03-readiness": "failed", "04-gap": "ok"}
    for name in ("03-readiness.html", "tables/04-gap.xlsx", archive):
        assert f"{name}: Komputer menolak" in done.stdout
        shutil.rmtree(folder / name)
    assert invoked(ran, "run").returncode == 0
    assert set(status(ran).values()) == {"ok"}
    assert all((folder / n).is_file() for n in ("03-readiness.html", "tables/04-gap.xlsx", archive))
    assert invoked(ran, "run").stdout.count("dipakai lagi") == 3


def test_a_stage_that_was_never_made_is_nobodys_neighbour(ran):
    """Neither while it fails nor, once it is there, forgotten."""
    sound = (ran.notebooks / "03-readiness.ipynb").read_text("utf-8")
    put(ran.notebooks / "02-baru.ipynb", having("1 / 0"))
    put(ran.notebooks / "05-baru.ipynb", having("1 / 0"))
    for _ in range(2):
        assert invoked(ran, "run").returncode == 1
        for made in ran.reports.rglob("*.html"):
            leads_somewhere(made)
    reused = invoked(ran, "run").stdout
    assert reused.count("(1 dipakai lagi)") == 3
    put(ran.notebooks / "02-baru.ipynb", sound.replace("# Analisis Kesiapan", "# Kesiapan", 1))
    assert invoked(ran, "run").returncode == 1
    page = (ran.reports / "00-participation.html").read_text("utf-8")
    assert 'href="02-baru.html"' in page


NOLOCK = """
import errno, fcntl, os, sys
real, number = fcntl.flock, int(sys.argv.pop(1))
def flock(handle, operation):
    if operation & fcntl.LOCK_UN:
        return real(handle, operation)
    raise OSError(number, os.strerror(number))
fcntl.flock = flock
from analysis.cli import main
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs flock")
@pytest.mark.parametrize("name", ["ENOLCK", "ENOTSUP", "ENOSYS"])
def test_a_folder_without_locks_is_refused_in_one_line(ran, name):
    import errno

    command = [sys.executable, "-c", NOLOCK, str(getattr(errno, name)), "check"]
    done = subprocess.run(command, cwd=ran.root, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr
    assert "tidak dapat dikunci" in done.stderr and "Traceback" not in done.stderr


def small_files():
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
@pytest.mark.parametrize(
    ("spoil", "advice", "limit"),
    [
        (lambda p: None, "File too large). Kosongkan ruang", small_files),
        (lambda p: (p / "reports").symlink_to("/sys/kernel"), "ke luar folder proyek", None),
        (lambda p: (p / "reports").symlink_to("reports"), "Pindahkan apa", None),
    ],
)
def test_what_the_machine_refuses_is_one_line(ran, spoil, advice, limit):
    stress.answer(ran, 5)
    if not limit:
        shutil.rmtree(ran.reports.parent)
    spoil(ran.root)
    command = [MASTERPLAN, "run", "readiness"]
    done = subprocess.run(command, cwd=ran.root, capture_output=True, text=True, preexec_fn=limit)
    assert done.returncode == 2, done.stdout + done.stderr
    said = " ".join(done.stderr.split())
    assert "Traceback" not in said and advice in said
    assert stress.torn(ran) == []


def test_a_path_too_long_is_one_line(ran):
    """A period may be no longer than a name; what else is too long, the machine says."""
    done = invoked(ran, "run", "readiness", "-p", "period=" + "9" * 300)
    assert done.returncode == 2 and "harus angka" in " ".join(done.stderr.split())
    with pytest.raises(OSError, match="name too long") as caught:
        (ran.root / ("9" * 300)).mkdir()
    assert "jalur yang lebih pendek" in faults.line(caught.value)


@pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
def test_what_may_not_be_written_says_to_look_at_rights():
    with pytest.raises(PermissionError) as caught:
        Path("/sys/kernel/laporan").mkdir()
    assert "Komputer menolak" in faults.line(caught.value)
    assert "Periksa izin" in faults.line(caught.value)


def test_any_failure_of_a_city_leaves_the_others(once, tmp_path):
    names = ["Kota #1 100%", "Kota [2023]", "kota-?", "a-rusak", "b-rusak", "c-rusak", "d-kosong"]
    for name in names:
        shutil.copytree(once.root, tmp_path / name)
    put(tmp_path / "a-rusak/data/raw/city.toml", b"name = '\xff'")
    put(tmp_path / "b-rusak/data/raw/2023/units.csv", b'id,"x\n')
    (tmp_path / "c-rusak/data/raw/2023/instrument/gap.csv").unlink()
    shutil.rmtree(tmp_path / "d-kosong/data/raw/2023/sample")
    shutil.rmtree(tmp_path / "d-kosong/reports")
    roots = [part for name in names for part in ("--root", name)]
    done = typed(tmp_path, "run", *roots)
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    page = BeautifulSoup((tmp_path / "reports/index.html").read_text("utf-8"), "html.parser")
    assert "0 dari 3 perangkat daerah" in page.get_text()
    assert [b.get_text() for b in page.select(".bad")] == ["Gagal dibuat"] * 3
    leads_somewhere(tmp_path / "reports/index.html")
    assert len(page.select("main a")) == 4


def test_a_folder_that_exists_is_no_pattern(once, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("Kota [2023]", "kota [a]/kota-1", "kota-*"):
        put(tmp_path / name / "data/raw/city.toml", "")
    assert places.found(["Kota [2023]"]) == ["Kota [2023]"]
    assert places.found(["kota [a]/kota-?"]) == ["kota [a]/kota-1"]
    assert places.found(["kota-*"]) == ["kota-*"]
    assert places.found(["K*", "[Kk]ota ?2023?"]) == ["Kota [2023]"]


def test_a_period_of_any_name_is_linked():
    page = BeautifulSoup(landing("Kota", ["a #1?", "100%"]), "html.parser")
    assert "a%20%231%3F/index.html" in [a["href"] for a in page.select("a")]


def test_without_any_answer_the_pages_say_so(once, tmp_path):
    city = Project(tmp_path / "kota")
    shutil.copytree(once.root, city.root, ignore=shutil.ignore_patterns("sample", "reports"))
    shutil.copy(stress.ROOT / "notebooks/coordinator.ipynb", city.notebooks)
    done = invoked(city, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 laporan belum disusun: belum ada unit yang menjawab." in done.stdout
    assert "✗" not in done.stdout
    assert status(city) == {
        "00-participation": "ok",
        "03-readiness": "unanswered",
        "04-gap": "unanswered",
        "internal/coordinator": "ok",
    }
    page = index(city)
    assert "0 dari 3 perangkat daerah mengirim" in page.get_text()
    assert [b.get_text() for b in page.select(".badge")] == ["Belum ada jawaban"] * 2
    leads_somewhere(city.reports / "index.html")
    assert not manifest.real(Shelf(city.reports).path(MANIFEST))  # nothing here is on answers yet
    put(city.responses / "rusak.xlsx", b"PK\x03\x04 tidak utuh")
    assert invoked(city, "run", "participation").returncode == 0


def test_a_notebook_of_units_that_breaks_keeps_the_pages_of_units(once, tmp_path):
    city = Project(tmp_path / "kota")
    ignore = shutil.ignore_patterns("reports", "0*.ipynb")
    shutil.copytree(once.root, city.root, ignore=ignore)
    cell = nbformat.v4.new_code_cell("unit: str = ''", metadata={"tags": ["parameters"]})
    title = nbformat.v4.new_markdown_cell("# Profil")
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    path = city.notebooks / "unit-profile.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=[title, cell], metadata=kernel), path)
    assert invoked(city, "run").returncode == 0
    made = sorted(city.reports.glob("units/*.html"))
    assert len(made) == 3
    put(path, b"")
    assert invoked(city, "run").returncode == 1
    assert sorted(city.reports.glob("units/*.html")) == made

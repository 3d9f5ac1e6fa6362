"""`make clean`: what the program made goes, what people put there or changed stays."""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.project import Project
from benchmarks import stress
from tests.second_city import ROOT, invoked
from tools import clean

READMES = {"reports/README.md", "data/processed/README.md"}
BOOK = "reports/2023/buku-1.docx"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Project:
    """A city with reports, a variant and an untouched Buku 1, in a folder as git brings it."""
    city = stress.city(tmp_path_factory.mktemp("kota") / "Kota Kecil")
    for name in READMES:
        (city.root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, city.root / name)
    stress.answer(city, 1)
    (city.root / "notebooks" / "00-participation.ipynb").unlink()
    for arguments in ((), ("gap", "-p", "confidence=0.8", "--name", "a")):
        assert invoked(city, "run", *arguments).returncode == 0
    assert invoked(city, "book").returncode == 0
    assert invoked(city, "run").returncode == 0
    return city


@pytest.fixture
def root(made, tmp_path) -> Path:
    return shutil.copytree(made.root, tmp_path / "Kota Kecil")


def files(root: Path) -> set[str]:
    """Everything in the two folders; a folder that holds nothing counts too."""
    found = [p for name in ("reports", "data/processed") for p in (root / name).rglob("*")]
    ends = [p for p in found if not p.is_dir() or not any(p.iterdir())]
    ends = [p for p in ends if p.name != ".masterplan.book.sha256"]  # stays with Buku 1
    return {p.relative_to(root).as_posix() for p in ends}


def put(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_all_that_was_made_goes_but_buku_1_and_the_readmes(root):
    assert {"reports/index.html", "reports/2023/variants/a/04-gap.html"} < files(root)
    assert json.loads((root / "reports/2023/internal/manifest.json").read_text())["front"][
        "buku-1.docx"
    ]
    put(root / "reports/2023/.04-gap.html.k3x_9abc", "half a pa")
    put(root / "data/processed/2023/.gap.parquet.k3x_9abc", "half a ta")
    clean.clean(root)
    assert files(root) == READMES | {BOOK}


def test_it_needs_no_package_and_says_what_stays(root):
    shutil.copytree(ROOT / "tools", root / "tools")
    script = root / "tools" / "clean.py"
    bare = [sys.executable, "-I", "-S", script]
    done = subprocess.run(bare, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[0].startswith("Dihapus: ")
    assert done.stdout.splitlines()[2:] == [f"  {BOOK}"]
    assert files(root) == READMES | {BOOK}


@pytest.mark.parametrize(
    "name",
    [
        "reports/2023/04-gap.html",
        "reports/2023/internal/notebooks/04-gap.ipynb",
        "reports/2023/variants/a/tables/04-gap.xlsx",
        "reports/index.html",
        "reports/README.md",
        BOOK,
    ],
)
def test_what_was_changed_stays(root, name):
    with (root / name).open("ab") as file:
        file.write(b"\n")
    clean.clean(root)
    assert files(root) == READMES | {BOOK, name}


@pytest.mark.parametrize(
    "name",
    [
        "notebooks/coba/kesiapan.ipynb",
        "reports/2023/internal/notebooks/kesiapan.ipynb",
        "reports/coba/kesiapan.ipynb",
        "reports/2023/variants/a/04-gap-salinan.html",
        "reports/2023/en/buku-1.docx",
        "reports/2023/catatan.txt",
        "reports/manifest.json",
        "reports/internal/manifest.json",
        "data/processed/coba.ipynb",
        "data/processed/2023/rekap.xlsx",
        "data/processed/2023/readings/catatan.ipynb",
        "data/processed/2023/coba/tabel.parquet",
        "data/raw/2023/responses/dinkes.xlsx",
    ],
)
def test_what_a_person_put_there_stays(root, name):
    own = put(root / name, "{}")
    clean.clean(root)
    assert own.read_text("utf-8") == "{}"


def test_nothing_but_the_two_folders_and_caches_is_touched(root):
    away = [root / name for name in ("src/__pycache__/a.pyc", ".venv/bin/python", ".axe/axe.js")]
    for path in away:
        put(path, "")
    before = {p for p in (root / "notebooks", root / "data/raw") for p in p.rglob("*")}
    clean.clean(root)
    assert {p for p in (root / "notebooks", root / "data/raw") for p in p.rglob("*")} == before
    assert {p.name for p in root.iterdir()} >= {"src", "reports", "data", "notebooks"}
    assert not [p for p in away if p.parent.exists()]


def test_a_copy_of_a_folder_of_reports_is_someones_own(root):
    shutil.copytree(root / "reports/2023", root / "reports/2023-rapat")
    copied = {name for name in files(root) if name.startswith("reports/2023-rapat/")}
    clean.clean(root)
    assert files(root) == READMES | {BOOK} | copied


def test_an_interrupted_clean_can_begin_anew(root):
    found = clean.made(root)
    for path in found[: found.index(root / "reports/2023/internal/manifest.json")]:
        path.unlink()
    clean.clean(root)
    assert files(root) == READMES | {BOOK}


def claim(root: Path, names: dict[str, Path]) -> None:
    """Add files to what the manifest says that it made, with the sha256 that they have."""
    path = root / "reports/2023/internal/manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["jobs"][0]["files"] |= {
        name: hashlib.sha256(file.read_bytes()).hexdigest() for name, file in names.items()
    }
    path.write_text(json.dumps(content), "utf-8")


def test_a_manifest_removes_nothing_outside_its_folder(root):
    outside = put(root / "luar" / "rahasia.html", "<p>")
    above = put(root / "reports" / "rahasia.html", "<p>")
    folder = root / "reports/2023"
    (folder / "tautan").symlink_to(outside.parent)
    (folder / "tautan.html").symlink_to(outside)
    names = ("../rahasia.html", "units/../../rahasia.html", "tautan/rahasia.html", "tautan.html")
    claim(root, dict.fromkeys((str(outside), *names, "../../luar/rahasia.html"), outside))
    clean.clean(root)
    assert outside.is_file() and above.is_file()
    assert (folder / "tautan").is_symlink() and (folder / "tautan.html").is_symlink()


def test_a_manifest_cannot_name_a_book_or_a_readme(root):
    names = ("buku-1.docx", "README.md", "catatan.txt", "bab/buku-2.docx")
    own = {name: put(root / "reports/2023" / name, "Bab 1") for name in names}
    claim(root, own)
    clean.clean(root)
    assert all(path.is_file() for path in own.values())


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        '{"jobs": 1}',
        "[" * 100_000,
        '{"edition": {"period": "2023"}, "jobs": [{"files": 1}]}',
    ],
)
def test_a_manifest_that_is_not_ours_removes_nothing(root, content):
    put(root / "reports/2023/internal/manifest.json", content)
    stays = {name for name in files(root) if name.startswith("reports/2023/")}
    clean.clean(root)
    assert {n for n in stays if "/variants/" not in n} <= files(root)


def test_names_that_no_file_can_have_are_passed_over(root):
    path = root / "reports/2023/internal/manifest.json"
    content = json.loads(path.read_text("utf-8"))
    content["jobs"][0]["files"] |= dict.fromkeys(
        ("", ".", "/", "a\0.html", "x" * 5000, "\ud800"), ""
    )
    path.write_text(json.dumps(content), "utf-8")
    clean.clean(root)
    assert files(root) == READMES | {BOOK}


@pytest.mark.parametrize("name", ["reports", "reports/2023", "data/processed/2023", ".venv"])
def test_nothing_behind_a_link_is_removed(root, tmp_path, name):
    if name == ".venv":
        put(root / ".venv/bin/python", "")
    elsewhere = (root / name).rename(tmp_path / "disk")
    before = sorted(elsewhere.rglob("*"))
    (root / name).symlink_to(elsewhere)
    clean.clean(root)
    assert sorted(elsewhere.rglob("*")) == before

"""What systems and editors leave beside files changes no key, wherever the project lies."""

import os
import zipfile
from io import BytesIO

import pytest

from analysis import fingerprint
from analysis.project import Project
from analysis.runs import parcel
from analysis.survey.kept import ingest, store
from analysis.survey.sent import sample

LITTER = (
    ".DS_Store", "._gap.csv", ".~lock.gap.csv#", ".gap.csv.swp", ".#gap.csv", "#gap.csv#",
    "~$gap.csv", "~WRL0001.tmp", "gap.csv~", "gap.csv.bak", "Thumbs.db", "ehthumbs.db",
    "desktop.ini", "Icon\r",
    ".ipynb_checkpoints/gap.csv", "__pycache__/gap.pyc", "__MACOSX/gap.csv", ".Trash-1000/gap.csv",
)  # fmt: skip
KEPT = ("gap.csv", "catatan.txt", "gap #2.csv", "gap~1.csv", "swap.py", "thumbs.csv")


@pytest.mark.parametrize("name", LITTER)
def test_litter_changes_no_key(tmp_path, name):
    (tmp_path / "isi.csv").write_text("a")
    before = fingerprint.files(tmp_path)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("b")
    assert fingerprint.files(tmp_path) == before


@pytest.mark.parametrize("name", KEPT)
def test_what_people_put_there_changes_the_key(tmp_path, name):
    before = fingerprint.files(tmp_path)
    (tmp_path / name).write_text("b")
    assert fingerprint.files(tmp_path) != before


@pytest.mark.parametrize("above", ["sample", "responses", "readings", ".ipynb_checkpoints", "~x"])
def test_where_the_project_lies_does_not_matter(city, tmp_path, above):
    there = Project(tmp_path / above / "kota")
    there.root.parent.mkdir()
    os.rename(city.root, there.root)
    before = there.questions()
    (there.folder / "units.csv").write_text("lain", "utf-8")
    assert there.questions() != before
    with zipfile.ZipFile(BytesIO(parcel.packed(there))) as packed:
        assert "data/raw/city.toml" in packed.namelist()


def test_answers_are_read_wherever_the_project_lies(city, tmp_path):
    there = Project(tmp_path / "responses/.ipynb_checkpoints/readings/sample/kota")
    there.root.parent.mkdir(parents=True)
    os.rename(city.root, there.root)
    sample.write(there, 1)
    for _again in range(2):
        tables = ingest.ingest(there)
        assert tables["sources"]["used"].tolist() == [True] * 3
    store.save(there, tables)
    back = parcel.unpacked(parcel.packed(there), tmp_path / "sample/readings/kota", "2023")
    assert len(store.load("2023", root=str(back.root)).units) == 3


def test_a_parcel_holds_what_notebooks_read_and_no_answer_of_any_date(city, tmp_path):
    for name in ("2023/sample/a.xlsx", "2023/responses/a.xlsx", ".DS_Store"):
        (city.raw / name).parent.mkdir(parents=True, exist_ok=True)
        (city.raw / name).write_bytes(b"x")
    os.utime(city.folder / "units.csv", (0, 0))  # 1970, which no zip can say
    os.utime(city.raw / "statistics.csv", (2**33, 2**33))  # nor 2242
    there = parcel.unpacked(parcel.packed(city), tmp_path / "lain", "2023")
    made = {p.relative_to(there.raw).as_posix() for p in there.raw.rglob("*") if p.is_file()}
    assert {"2023/units.csv", "statistics.csv", "2023/instrument/gap.csv"} <= made
    assert not [name for name in made if "a.xlsx" in name or ".DS_Store" in name]

"""What a run does not do again, what it survives, and who may run at once."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import fingerprint
from analysis.project import Project, ProjectError
from analysis.runs import manifest
from analysis.runs.lock import HOLDER, held
from analysis.runs.shelf import Shelf
from analysis.survey.kept import ingest, store
from analysis.survey.returned import folder
from analysis.survey.returned.readings import Readings
from analysis.survey.returned.response import Response
from benchmarks import stress
from tests.second_city import invoked


def rerun(project: Project, *arguments: str) -> set[str]:
    """Run again: the jobs that were really run."""
    before = manifest.read(Shelf(project.reports)).entries
    done = invoked(project, "run", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    after = manifest.read(Shelf(project.reports)).entries
    assert {e.status for e in after.values()} == {"ok"}
    again = {id for id, entry in after.items() if not entry.reused}
    moved = {id for id in after if id not in before or after[id].made != before[id].made}
    assert again <= moved
    return again


def content(project: Project) -> dict[str, bytes]:
    folder = project.reports.parent
    own = ("manifest.json", "standing.json")
    files = (p for p in folder.rglob("*") if p.is_file() and p.name not in own)
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in files}


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


ALL = {"00-participation", "03-readiness", "04-gap"}


def test_nothing_changed_nothing_done(ran):
    before = content(ran)
    for litter in (
        "data/raw/.DS_Store",
        "data/raw/2023/instrument/.~lock.gap.csv#",
        "data/raw/2023/~$x.csv",
    ):
        (ran.root / litter).write_bytes(b"x")
    for litter in ("notebooks/Thumbs.db", "notebooks/.03-gap.ipynb.swp", "notebooks/note.txt~"):
        (ran.root / litter).write_bytes(b"x")
    for path in (*ran.notebooks.iterdir(), *ran.sample.iterdir()):
        path.touch()  # only content counts
    assert rerun(ran) == set()
    assert content(ran) == before
    done = invoked(ran, "run")
    assert "1 berhasil (1 dipakai lagi)" in done.stdout
    assert rerun(ran, "--force") == ALL


def test_a_changed_notebook_runs_alone(ran):
    edit(ran.notebooks / "03-readiness.ipynb", "limits=stage.levels.ends", "limits=(0, 5)")
    assert rerun(ran) == {"03-readiness"}


def test_a_new_title_reaches_the_neighbours_without_running_them(ran):
    edit(ran.notebooks / "03-readiness.ipynb", "# Analisis Kesiapan Daerah", "# Kesiapan Kita")
    assert rerun(ran) == {"03-readiness"}
    for page in ("00-participation", "04-gap"):
        assert "Kesiapan Kita" in (ran.reports / f"{page}.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("data/raw/2023/period.toml", "readiness = 2.6", "readiness = 2.7"),
        ("data/raw/2023/instrument/gap.csv", "Pelayanan", "Layanan"),
    ],
)
def test_what_is_asked_and_the_settings_move_every_report(ran, file, old, new):
    edit(ran.root / file, old, new)
    assert rerun(ran) == ALL


def test_a_module_beside_the_notebooks_moves_every_report(ran):
    (ran.notebooks / "pembantu.py").write_text("nilai = 1\n", "utf-8")
    assert rerun(ran) == ALL


def test_other_values_are_another_report(ran):
    shelf = Shelf(ran.reports) / "variants/a"
    for value, reused in ((0.9, False), (0.9, True), (0.8, False)):
        arguments = ("run", "gap", "-p", f"confidence={value}", "--name", "a")
        assert invoked(ran, *arguments).returncode == 0
        assert manifest.read(shelf).entries["04-gap"].reused is reused
    assert rerun(ran) == set()


def test_a_report_that_was_touched_is_made_again(ran):
    page = ran.reports / "04-gap.html"
    whole = page.read_text("utf-8")
    page.write_text(whole[:-100], "utf-8")
    assert rerun(ran) == {"04-gap"}
    assert page.read_text("utf-8").rstrip().endswith("</html>")
    (ran.reports / "index.html").unlink()
    assert rerun(ran) == set()
    assert (ran.reports / "index.html").is_file()


def test_a_failed_job_is_tried_again(ran):
    edit(ran.notebooks / "04-gap.ipynb", "survey = store.load", "1 / 0; survey = store.load")
    for _ in range(2):
        assert invoked(ran, "run").returncode == 1
        entries = manifest.read(Shelf(ran.reports)).entries
        assert {e.id: e.reused for e in entries.values()} == dict.fromkeys(ALL, True) | {
            "04-gap": False
        }


def test_the_fingerprint_moves_with_the_source_and_not_with_time(tmp_path):
    (tmp_path / "a.py").write_text("1")
    first = fingerprint.files(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("1")
    (tmp_path / "a.py").touch()
    assert fingerprint.files(tmp_path) == first
    (tmp_path / "a.py").write_text("2")
    second = fingerprint.files(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, fingerprint.files(tmp_path)}) == 3


def test_a_changed_source_moves_every_report_and_every_reading(ran, monkeypatch):
    monkeypatch.setattr(fingerprint, "source", lambda: "lain")
    assert not set((ran.processed / "readings").iterdir()) & set(
        read_again(ran, {"kominfo", "bappeda", "siantar-barat"})
    )


def read_again(project: Project, units: set[str]) -> list[Path]:
    """Ingest; exactly these units' workbooks are read. Returns where that is kept."""
    old = set((project.processed / "readings").iterdir())
    tables = ingest.ingest(project)
    kept = set((project.processed / "readings").iterdir())
    assert len(kept) == len(tables["sources"])
    assert len(kept - old) == len(units)
    return list(kept - old)


def test_a_late_workbook_is_the_only_one_read(ran):
    read_again(ran, set())
    source = ran.sample / "2023-kominfo.xlsx"
    shutil.copy(source, ran.root / "kominfo.xlsx")
    source.unlink()
    tables = ingest.ingest(ran)
    assert len(tables["sources"]) == 2
    shutil.copy(ran.root / "kominfo.xlsx", source)
    read_again(ran, {"kominfo"})
    fresh = shutil.copytree(ran.root, ran.root.parent / "segar")
    shutil.rmtree(fresh / "data" / "processed")
    for name, table in ingest.ingest(Project(fresh)).items():
        pd.testing.assert_frame_equal(table, ingest.ingest(ran)[name])


def test_a_reading_that_is_not_whole_is_read_again(ran):
    path = ran.root / "data/raw/2023/sample/2023-kominfo.xlsx"
    file = path.relative_to(ran.root).as_posix()
    readings = Readings(ran)
    assert readings.of(path, file)
    for kept in (ran.processed / "readings").iterdir():
        kept.write_bytes(kept.read_bytes()[:100])
    assert readings.of(path, file) is None
    readings.keep(path, folder.sources(path), [Response("baru")])
    assert [said.file for said in readings.of(path, file)] == ["baru"]


def test_tables_of_two_runs_are_never_taken_for_one_set(ran):
    store.load("2023", root=str(ran.root))
    gap = ran.processed / "gap.parquet"
    pd.read_parquet(gap).head(3).to_parquet(gap)
    with pytest.raises(ProjectError, match="masterplan run"):
        store.load("2023", root=str(ran.root))
    assert invoked(ran, "run").returncode == 0
    store.load("2023", root=str(ran.root))


def test_a_second_run_says_who_holds_the_project_and_ends_with_2(ran):
    before = content(ran)
    with held(ran):
        for command in ("run", "check"):
            done = invoked(ran, command)
            assert done.returncode == 2
            holder = json.loads((ran.root / HOLDER).read_text("utf-8"))
            assert f"proses {holder['pid']} di {holder['host']}, sejak" in " ".join(
                done.stderr.split()
            )
    assert content(ran) == before
    assert invoked(ran, "run").returncode == 0


def test_the_lock_vanishes_with_its_process(ran):
    code = f"""
from analysis.project import Project
from analysis.runs.lock import held
import os, pathlib
with held(Project(pathlib.Path({str(ran.root)!r}))):
    os.kill(os.getpid(), 9)
"""
    assert subprocess.run([sys.executable, "-c", code]).returncode == -9
    with held(ran):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells which processes are left")
def test_a_run_killed_at_any_moment_leaves_whole_files_and_no_process(tmp_path):
    assert stress.stress(tmp_path / "kota", kills=3) == []

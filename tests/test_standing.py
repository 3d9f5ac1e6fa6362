"""When nothing has changed: by what the system tells of files, else by their content."""

import os
import shutil
from datetime import date, datetime
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import text
from analysis.project import Project
from analysis.runs import snapshot, standing
from analysis.runs.shelf import MANIFEST, STANDING, Shelf
from analysis.runs.snapshot import GRAIN, NOTHING, Snapshot, Unsteady, taken
from analysis.runs.watch import Watch
from analysis.survey.kept import ingest, store
from tests.second_city import invoked


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "isi"
    made.mkdir()
    for name in ("a.csv", "b.csv"):
        (made / name).write_text(name)
    return made


@pytest.fixture
def read(monkeypatch) -> list[str]:
    """The names of the files whose content is read."""
    names, really = [], snapshot.digest
    monkeypatch.setattr(snapshot, "digest", lambda path: names.append(path.name) or really(path))
    return names


def settled(found: Snapshot) -> Snapshot:
    """The same, looked at when its files were old."""
    return Snapshot(found.files, found.clock + GRAIN + 1)


def test_a_file_that_bears_the_same_stamp_is_not_read_again_once_it_is_old(folder, read):
    first = taken({"isi": folder})
    assert set(first.files) == {"isi/a.csv", "isi/b.csv"} and len(read) == 2
    assert not first.settled and settled(first).settled
    assert taken({"isi": folder}, first).files == first.files and len(read) == 4  # just written
    assert taken({"isi": folder}, settled(first)).files == first.files and len(read) == 4


def test_another_stamp_alone_changes_nothing(folder, read):
    first = settled(taken({"isi": folder}))
    (folder / "a.csv").touch()
    again = taken({"isi": folder}, first)
    assert read[2:] == ["a.csv"] and again.contents == first.contents
    assert again.files != first.files


def test_no_time_that_is_set_back_hides_a_change(folder, read):
    first, seen = settled(taken({"isi": folder})), (folder / "a.csv").stat()
    (folder / "a.csv").write_text("A.csv")
    os.utime(folder / "a.csv", ns=(seen.st_atime_ns, seen.st_mtime_ns))
    now = (folder / "a.csv").stat()
    assert (now.st_size, now.st_mtime_ns) == (seen.st_size, seen.st_mtime_ns)
    assert taken({"isi": folder}, first).contents != first.contents


def test_where_the_system_tells_too_little_content_is_read_always(folder, read, monkeypatch):
    first = settled(taken({"isi": folder}))
    monkeypatch.setattr(snapshot, "TOLD", False)
    taken({"isi": folder}, first)
    assert len(read) == 4


def test_what_is_hidden_or_only_kept_does_not_count_and_a_link_is_nobodys(folder):
    first = taken({"isi": folder})
    (folder / ".DS_Store").write_text("x")
    (folder / "readings").mkdir()
    (folder / "readings" / "c").write_text("x")
    assert taken({"isi": folder}, caches=("readings",)).contents == first.contents
    assert "isi/readings/c" in taken({"isi": folder}).files
    assert taken({"tidak ada": folder / "x"}) == NOTHING
    (folder / "d.csv").symlink_to(folder / "a.csv")
    with pytest.raises(Unsteady):
        taken({"isi": folder})


def stands(project: Project) -> bool:
    look = standing.look(project, standing.version())
    return bool(look and standing.outcome(project, look, Watch()))


def test_what_stands_is_told_without_reading_any_answer(ran, monkeypatch):
    for module, name in ((ingest, "ingest"), (store, "of"), (store, "save")):
        monkeypatch.setattr(module, name, None)
    before = (ran.reports / "index.html").stat().st_mtime_ns
    done = invoked(ran, "run")
    assert done.returncode == 0, done.stdout
    assert "Tidak ada yang berubah: 3 laporan tetap berlaku." in done.stdout
    assert "Dibaca: 3 buku kerja CONTOH" in done.stdout
    assert (ran.reports / "index.html").stat().st_mtime_ns == before


CHANGES = {
    "workbook": lambda p: shutil.copy(p.sample / "2023-kominfo.xlsx", p.sample / "2023-baru.xlsx"),
    "answer": lambda p: p.responses.mkdir() or (p.responses / "x.xlsx").write_bytes(b"x"),
    "litter": lambda p: shutil.move(p.sample / "2023-kominfo.xlsx", p.sample / "kominfo.xlsx~"),
    "decision": lambda p: (p.folder / "decisions.csv").write_text("unit\n"),
    "settings": lambda p: (p.raw / "city.toml").open("a").write("\n"),
    "period": lambda p: shutil.copytree(p.folder / "instrument", p.raw / "2022" / "instrument"),
    "notebook": lambda p: (p.notebooks / "04-gap.ipynb").unlink(),
    "draft": lambda p: (p.notebooks / "Untitled.ipynb").write_text("{}"),
    "module": lambda p: (p.notebooks / "modul.py").write_text("x = 1"),
    "page": lambda p: (p.reports / "04-gap.html").open("a").write(" "),
    "index": lambda p: (p.reports / "index.html").unlink(),
    "executed": lambda p: (p.reports / "internal/notebooks/04-gap.ipynb").unlink(),
    "book": lambda p: (p.reports / "buku-1.docx").write_bytes(b"x"),
    "tables": lambda p: (p.processed / "gap.parquet").write_bytes(b"x"),
    "manifest": lambda p: Shelf(p.reports).path(MANIFEST).unlink(),
    "link": lambda p: (p.sample / "x.xlsx").symlink_to(p.sample / "2023-kominfo.xlsx"),
    "forged": lambda p: _replaced(Shelf(p.reports).path(STANDING), '"said": "', '"said": "x'),
}


def _replaced(path, old: str, new: str) -> None:
    words = path.read_text("utf-8")
    assert old in words
    path.write_text(words.replace(old, new), "utf-8")


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_changes_what_stood_stands_no_longer(ran, what):
    assert stands(ran)
    CHANGES[what](ran)
    assert not stands(Project(ran.root))


def test_another_program_language_or_day_is_another_run(ran, monkeypatch):
    assert standing.outcome(ran, standing.look(ran, "lain"), Watch()) is None
    with text.using("en"):
        assert not stands(ran)
    assert stands(ran)
    known = standing._read(Shelf(ran.reports))
    for until, holds in (("2023-08-02", True), ("2023-08-01", False), ("", True)):
        standing._write(Shelf(ran.reports), standing.replace(known, until=until))
        monkeypatch.setattr(text, "today", lambda _zone: date(2023, 8, 1))
        assert stands(ran) is holds


def test_the_next_day_is_when_a_recommendation_is_late_or_done(city):
    days = {"due": ["2023-08-10", None, "2023-09-01"], "done": ["2023-08-20", None, None]}
    said = pd.DataFrame(days).apply(pd.to_datetime)
    survey = SimpleNamespace(settings=city.settings, assessments=said)

    def until(day: str) -> str:
        moment = datetime.fromisoformat(f"{day}T05:00:00+00:00")  # noon in Jakarta
        return standing._until(survey, standing.Look("", Shelf(city.root), moment, NOTHING, None))

    assert until("2023-08-09") == until("2023-08-10") == "2023-08-11"  # on the day not yet late
    assert until("2023-08-11") == until("2023-08-19") == "2023-08-20"
    assert until("2023-08-20") == until("2023-09-01") == "2023-09-02" and until("2023-09-02") == ""


def test_a_run_that_leaves_something_to_do_keeps_nothing(ran):
    path = Shelf(ran.reports).path(STANDING)
    before = path.read_bytes()
    notebook = ran.notebooks / "04-gap.ipynb"
    _replaced(notebook, "survey = store.load", "1 / 0; survey = store.load")
    assert invoked(ran, "run").returncode == 1
    assert path.read_bytes() == before and not stands(ran)

"""Many cities in one run: each by itself, one view, their index and their comparison."""

import json
from concurrent.futures import CancelledError, Future
from contextlib import nullcontext
from pathlib import Path
from threading import Timer

import pytest
from bs4 import BeautifulSoup

from analysis.project import Project
from analysis.reports import cities
from analysis.runs import release
from analysis.runs.watch import Watch
from analysis.survey.sent import sample
from tests.second_city import ROOT, typed


def times(folder: Path) -> dict[str, int]:
    pages = [*folder.glob("*/reports/2023/*.html"), *folder.glob("reports/cities.html")]
    return {str(p.relative_to(folder)): p.stat().st_mtime_ns for p in pages}


def test_each_city_has_its_reports_and_above_them_stands_a_comparison(two):
    (two / "bukan-kota").mkdir()
    done = typed(two, "run", "--root", "kota-*")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.rstrip().endswith(str(two / "reports" / "index.html"))
    page = BeautifulSoup((two / "reports/index.html").read_text("utf-8"), "html.parser")
    links = {a.get_text(): a["href"] for a in page.select("main a")}
    assert links["Kota Satu"] == "../kota-1/reports/index.html"
    assert set(links) == {"Perbandingan Kota", "Kota Satu", "Kota Dua"}
    for href in links.values():
        assert (two / "reports" / href).is_file()
    shown = (two / "reports/cities.html").read_text("utf-8")
    assert "Kota Satu" in shown and "Kota Dua" in shown and "CONTOH" in shown
    assert str(two) not in shown
    before = times(two)
    again = typed(two, "run", "--root", "kota-*")
    assert again.returncode == 0 and times(two) == before

    late = Project(two / "kota-2")
    sample.write(late, 77)
    assert typed(two, "run", "--root", "kota-*").returncode == 0
    after = times(two)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "kota-2/reports/2023/03-readiness.html",
        "kota-2/reports/2023/index.html",
        "reports/cities.html",
    }


def test_a_failed_city_stops_no_other(two):
    settings = two / "kota-1/data/raw/city.toml"
    settings.write_text("salah = 1\n" + settings.read_text("utf-8"), "utf-8")
    done = typed(two, "run", "--root", "kota-1", "--root", "kota-2")
    assert done.returncode == 1
    assert "salah" in done.stdout and "1 berhasil" in done.stdout
    assert (two / "kota-2/reports/2023/03-readiness.html").is_file()
    page = (two / "reports/index.html").read_text("utf-8")
    assert "salah" in page and "Gagal dibuat" in page


def test_what_fits_no_city_ends_with_2(two):
    done = typed(two, "run", "--root", "kecamatan-*")
    assert done.returncode == 2 and "kecamatan-*" in done.stderr
    done = typed(two, "run", "cities", "--root", "kota-1")
    assert done.returncode == 2 and "--root" in done.stderr


def test_sample_cities_can_be_run(tmp_path):
    done = typed(tmp_path, "sample", "--cities", "2", "--out", "kota", "--root", str(ROOT))
    assert done.returncode == 0, done.stderr
    names = [Project(p).settings.name for p in sorted((tmp_path / "kota").iterdir())]
    assert names == ["Kota Contoh 1", "Kota Contoh 2"]
    books = [
        {p.name: p.read_bytes() for p in Project(folder).sample.glob("*.xlsx")}
        for folder in sorted((tmp_path / "kota").iterdir())
    ]
    assert len(books[0]) == 35 and books[0].keys() == books[1].keys()
    assert all(books[0][name] != books[1][name] for name in books[0])


def test_a_comparison_of_real_answers_is_not_replaced_by_one_with_a_sample(two):
    (two / "reports/internal").mkdir(parents=True)
    manifest = two / "reports/internal/manifest.json"
    manifest.write_text(json.dumps({"jobs": [{"id": "cities", "sample": False}]}), "utf-8")
    before = manifest.read_bytes()
    done = typed(two, "run", "--root", "kota-1", "--root", "kota-2")
    assert done.returncode == 2 and "jawaban asli" in " ".join(done.stderr.split())
    assert manifest.read_bytes() == before and len(list((two / "reports").iterdir())) == 1


@pytest.fixture
def told(two, monkeypatch) -> list[str]:
    """What happens in a run over both cities, of which the second has foreign notebooks."""
    moves = []
    foreign = {"kota-1": [], "kota-2": [Path("notebooks/asing.ipynb")]}
    monkeypatch.setattr(release, "strange", lambda project: foreign[project.root.name])

    def each(project, watch, alone):
        name = project.root.name
        moves.append(f"{name} read")
        if alone:
            yield ()
        with alone or nullcontext():
            moves.append(f"{name} runs")
            job = Future()
            Timer(0.2, job.set_result, [None]).start()
            yield [job]
        moves.append(f"{name} ends")
        raise ValueError(name)

    places = [str(two / name) for name in ("kota-1", "kota-2")]
    ended, _compared, index = cities.run(places, "", each, 60, Watch(), waiting=9)
    assert [Path(c.place).name for c in ended] == ["kota-1", "kota-2"] and not index
    assert all("kota" in city.error for city in ended)
    return moves


def test_foreign_notebooks_run_when_those_of_all_others_have_ended(told):
    first, second = (["kota-1 read", "kota-1 runs"], ["kota-2 runs", "kota-2 ends"])
    assert told == [*first, "kota-2 read", "kota-1 ends", *second]


def test_what_all_cities_have_lost_is_no_fault_of_one(two):
    def each(_project, _watch, _alone):
        raise CancelledError
        yield ()

    with pytest.raises(CancelledError):
        cities.run([str(two / "kota-1"), str(two / "kota-2")], "", each, 60, Watch())

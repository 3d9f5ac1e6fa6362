"""A stranger's city: its folder is data until its notebooks run, and these stay in their city."""

import json
import os
import pickle
import re
import shutil
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

from analysis import seal
from analysis.project import Project, ProjectError
from analysis.runs import manifest, release
from analysis.runs.jobs import slug
from analysis.runs.shelf import MANIFEST, Shelf
from tests.second_city import ROOT, masterplan, typed

ELSEWHERE = ["../x", "/etc/x", "a/../../x", "..", ".", "", "a//b", "a\\..\\x", "C:x", "a\0b"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_no_name_leads_out_of_the_folder_of_an_edition(tmp_path, name):
    for shelf in (Shelf(tmp_path), Shelf(tmp_path) / "en" / "variants/a"):
        for inside in (name, f"internal/{name}"):
            with pytest.raises(ValueError, match="below this folder"):
                shelf.path(inside)
            assert not manifest.whole(shelf, {inside: ""})


def test_what_is_internal_lies_below_one_folder(tmp_path):
    variant = Shelf(tmp_path) / "en" / "variants/a"
    assert variant.path("tables/x.xlsx") == tmp_path / "en/variants/a/tables/x.xlsx"
    assert variant.path(MANIFEST) == tmp_path / "internal/en/variants/a/manifest.json"
    inside = "internal/index.html"
    assert variant.link("index.html", inside) == "../../../../en/variants/a/index.html"
    assert variant.link("internal/c.html", inside) == "c.html"


@pytest.mark.parametrize("period", ["../../etc", "/tmp", "2023/..", "..", "a" * 41, "2023\n", " "])
def test_a_period_is_held_to_its_pattern_wherever_it_is_from(once, period):
    for folder in ("reports", "processed", "responses", "sample"):
        with pytest.raises(ProjectError, match="harus angka, huruf, atau tanda hubung"):
            getattr(once.at(period), folder)


def test_no_command_takes_a_period_for_a_way_out(once):
    for arguments in (("run", "-p", "period='../../etc'"), ("book", "--period", "../../etc")):
        done = masterplan(once, *arguments)
        assert done.returncode == 2 and "harus angka, huruf" in " ".join(done.stderr.split())


def test_names_of_variants_stay_apart_and_in_their_folder(once):
    assert slug("../../x") == "x" and slug("Selang 90%") == "selang-90"
    assert slug("ᯅᯇ").startswith("varian-") and slug("ᯅᯇ") != slug("数据")
    done = masterplan(once, "run", "--name", "a")
    assert done.returncode == 2 and "dengan -p" in done.stderr


def told(project: Project) -> dict:
    return json.loads(Shelf(project.reports).path(MANIFEST).read_text("utf-8"))


def forge(project: Project, content: dict) -> None:
    """A manifest that says something else, with the seal that stood on it."""
    path = Shelf(project.reports).path(MANIFEST)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def test_a_crafted_manifest_removes_and_packs_nothing_elsewhere(ran):
    victim, secret = ran.root.parent / "victim.html", ran.root.parent / "secret.html"
    victim.write_text("milik orang lain", "utf-8"), secret.write_text("rahasia", "utf-8")
    content = told(ran)
    for id in ("../../../victim", "../../../secret"):
        content["jobs"].append(content["jobs"][0] | {"id": id, "sample": False})
    forge(ran, content)
    assert manifest.read(Shelf(ran.reports)) is None
    content.pop("seal")
    unsealed = json.dumps(content, ensure_ascii=False, indent=1).encode()
    for crafted in (content, {"seal": "0" * 64} | content, {"seal": seal.of(unsealed)} | content):
        forge(ran, crafted)
        done = masterplan(ran, "run")
        assert "Traceback" not in done.stderr, done.stderr
        assert victim.is_file() and secret.is_file()
        archive = ran.reports / "masterplan-2023.zip"
        assert b"secret" not in archive.read_bytes() and b"rahasia" not in archive.read_bytes()


def test_pages_and_notebooks_that_somebody_else_made_are_made_again(ran):
    """Every fingerprint is right, but the key is another's."""
    content = told(ran)
    page = ran.reports / "04-gap.html"
    page.write_text("<p>dibuat orang lain</p>", "utf-8")
    [job] = [job for job in content["jobs"] if job["id"] == "04-gap"]
    job["files"]["04-gap.html"] = sha256(page.read_bytes()).hexdigest()
    forge(ran, content)
    done = masterplan(ran, "book")
    assert done.returncode == 2 and "masterplan run" in done.stderr
    assert masterplan(ran, "run").returncode == 0
    assert "orang lain" not in page.read_text("utf-8")


def test_the_list_of_the_release_is_that_of_its_notebooks():
    assert release.strange(Project(ROOT)) == [], "run `make release`"
    assert len(release.LIST.read_text("utf-8").splitlines()) == len(
        list((ROOT / "notebooks").glob("*.ipynb"))
    )


def test_what_a_notebook_has_shown_makes_it_no_other_program_but_every_word_of_code_does(ran):
    path = ran.notebooks / "04-gap.ipynb"
    shown = nbformat.read(path, as_version=4)
    shown.cells[-1].outputs = [nbformat.v4.new_output("stream", text="halo")]
    shown.cells[-1].execution_count = 3
    nbformat.write(shown, path)
    assert release.strange(ran) == []
    shown.cells[-1].source += "\n"
    nbformat.write(shown, path)
    (ran.notebooks / "pandas.py").write_text("import os", "utf-8")
    (ran.notebooks / "catatan.md").write_text("Catatan", "utf-8")
    assert [p.as_posix() for p in release.strange(ran)] == [
        "notebooks/04-gap.ipynb",
        "notebooks/pandas.py",
    ]


# Four cities, of which the third has a notebook that writes over what others have.
HOSTILE = """
from pathlib import Path
kota = Path.cwd().parents[1]
for nama in ("kota-1", "kota-4"):
    halaman = kota / nama / "reports/2023/03-readiness.html"
    if halaman.exists():
        halaman.write_text("<p>diganti kota-3</p>")
(kota / "kota-1/reports/2023/tambahan.html").write_text("<p>diganti kota-3</p>")
(kota / "kota-2/data/processed/2023/readiness.parquet").write_bytes(b"rusak")
(kota / "kota-1/data/raw/catatan.txt").write_text("dari kota-3")
(kota / "bersama.txt").write_text("dari kota-3")
"""


def four(folder: Path, two: Path, hostile: bool) -> Path:
    for number in range(1, 5):
        root = shutil.copytree(two / f"kota-{2 - number % 2}", folder / f"kota-{number}")
        settings = root / "data/raw/city.toml"
        content = settings.read_text("utf-8")
        content = re.sub(r'name = "Kota (Satu|Dua)"', f'name = "Kota {number}"', content)
        settings.write_text(content, "utf-8")
    path = folder / "kota-3/notebooks/03-readiness.ipynb"
    changed = nbformat.read(path, as_version=4)
    changed.cells[-1].source = (HOSTILE if hostile else "") + changed.cells[-1].source
    nbformat.write(changed, path)
    return folder


def editions(folder: Path) -> dict[str, bytes]:
    """All public pages and tables of three cities, without when they were made."""
    found = {}
    for city in ("kota-1", "kota-2", "kota-4"):
        for path in sorted((folder / city / "reports").rglob("*")):
            if path.suffix in (".html", ".xlsx") and "internal" not in path.parts:
                moment = rb"\d+ \w+ \d{4}[ ,]*(pukul)? *\d\d[.:]\d\d"
                found[path.relative_to(folder).as_posix()] = re.sub(moment, b"", path.read_bytes())
    return found


def test_a_hostile_notebook_costs_only_its_own_city(two, tmp_path):
    calm, stormy = (four(tmp_path / name, two, name == "badai") for name in ("tenang", "badai"))
    assert typed(calm, "run", "--root", "kota-*").returncode == 0
    done = typed(stormy, "run", "--root", "kota-*")
    said = " ".join((done.stdout + done.stderr).split())
    assert done.returncode == 1 and "Traceback" not in said
    assert (
        "Berbeda dari rilis, dan dijalankan dengan hak Anda: notebooks/03-readiness.ipynb" in said
    )
    assert "Kota 3: notebook-nya mengubah" in said
    for name in ("bersama.txt", "kota-1/data/raw/catatan.txt"):
        assert name in said
    assert editions(stormy) == editions(calm)
    assert not (stormy / "kota-1/reports/2023/tambahan.html").exists()
    again = typed(stormy, "run", "--root", "kota-*")
    assert "diganti" not in b"".join(editions(stormy).values()).decode("utf-8", "ignore"), again


def test_trusted_notebooks_run_for_every_city_and_theirs_do_not(two, tmp_path):
    folder = four(tmp_path / "kota", two, hostile=True)
    shutil.rmtree(folder / "kota-2/notebooks")
    ours = tmp_path / "tepercaya"
    shutil.copytree(folder / "kota-1/notebooks", ours)
    (ours / "pembantu.py").write_text("KATA = 'dari kami'", "utf-8")
    mine = nbformat.read(ours / "03-readiness.ipynb", as_version=4)
    mine.cells[-1].source = "import pembantu; print(pembantu.KATA)\n" + mine.cells[-1].source
    nbformat.write(mine, ours / "03-readiness.ipynb")
    done = typed(folder, "run", "--root", "kota-*", "--notebooks", str(ours))
    assert done.returncode == 0, done.stdout + done.stderr
    assert not (folder / "bersama.txt").exists() and "Berbeda dari rilis" not in done.stdout
    for number in range(1, 5):
        page = folder / f"kota-{number}/reports/2023/03-readiness.html"
        text = page.read_text("utf-8")
        assert "dari kami" in text and f"Kota {number}" in text


class Bomb:
    """A pickle that leaves a mark when it is opened."""

    def __init__(self, mark: Path):
        self.mark = mark

    def __reduce__(self):
        return os.system, (f"touch {self.mark}",)


MODULES = ("pandas", "numpy", "json", "sitecustomize", "usercustomize", "analysis", "pickle")


@pytest.fixture
def attack(ran, tmp_path) -> tuple[Project, Path]:
    """A folder without notebooks that is made to attack, and the mark that its code would leave."""
    mark, project = tmp_path / "tanda", ran
    shutil.rmtree(project.notebooks)
    for path in project.processed.glob("readings/*"):
        path.write_bytes(pickle.dumps(Bomb(mark)))
    for name in ("a.pkl", "tables.pickle", "problems.parquet.pkl"):
        (project.processed / name).write_bytes(pickle.dumps(Bomb(mark)))
    for name in MODULES:
        for folder in (project.root, project.root / "data", project.processed):
            (folder / f"{name}.py").write_text(f"import os; os.system('touch {mark}')", "utf-8")
    content = told(project) | {"front": {"../../luar.html": ""}, "landing": "x"}
    for job in content["jobs"]:
        job["files"] = {f"../../../../{n}": sha for n, sha in job["files"].items()}
    content["jobs"].append(content["jobs"][0] | {"id": "../../../../luar"})
    content["edition"] |= {"period": "../../..", "city": "\x1b]0;pwn\x07", "language": "../.."}
    forge(project, content)
    for path in project.root.rglob("internal/notebooks/*.ipynb"):
        path.write_text("{}", "utf-8")
    return project, mark


def around(folder: Path, own: Path) -> dict[str, bytes]:
    paths = (p for p in folder.rglob("*") if p.is_file() and not p.is_relative_to(own))
    return {p.as_posix(): p.read_bytes() for p in paths}


def test_a_folder_made_to_attack_is_data(attack, tmp_path):
    project, mark = attack
    (tmp_path / "luar.html").write_text("milik orang lain", "utf-8")
    before, raw = around(tmp_path, project.root), around(project.raw, project.processed)
    for arguments in (
        ("doctor",),
        ("check",),
        ("run", "--force"),
        ("book",),
        ("forms", "--out", "kosong"),
    ):
        done = masterplan(project, *arguments)
        said = done.stdout + done.stderr
        assert "Traceback" not in said and "\x1b]" not in said, (arguments, said)
    assert not mark.exists()
    assert around(tmp_path, project.root) == before
    assert around(project.raw, project.processed) == raw


LINKS = ["data/processed/2023/readings", "reports/2023/internal", "forms-2023"]
if os.environ.get("MASTERPLAN_LONG"):  # `make test-long`
    LINKS += ["data/processed", "reports"]
    LINKS += [f"reports/2023/{name}" for name in ("tables", "internal/notebooks", "units")]


@pytest.mark.parametrize("name", LINKS)
def test_no_link_in_a_folder_leads_what_is_written_or_removed_out_of_it(ran, tmp_path, name):
    victim, link = tmp_path / "dokumen", ran.root / name
    victim.mkdir()
    for content in ("03-readiness.xlsx", "surat.docx", "index.html", "manifest.json", "x" * 64):
        (victim / content).write_text("milik orang lain", "utf-8")
    if link.exists():
        shutil.rmtree(link)
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(victim)
    before = around(tmp_path, ran.root)
    for arguments in (("forms",) if name == "forms-2023" else ("run", "--force"), ("book",)):
        done = masterplan(ran, *arguments)
        assert "Traceback" not in done.stderr, done.stderr
        assert around(tmp_path, ran.root) == before, arguments


def test_the_mark_would_be_left(tmp_path):
    """The attack is one: what it carries does run where it is opened."""
    pickle.loads(pickle.dumps(Bomb(tmp_path / "tanda")))
    assert (tmp_path / "tanda").exists()


def test_without_notebooks_a_run_says_where_they_should_be(ran):
    shutil.rmtree(ran.notebooks)
    done = masterplan(ran, "run")
    assert (
        done.returncode == 2 and "notebooks" in done.stderr and "membandingkan" not in done.stderr
    )

"""A period is a folder: which one is meant, what is kept apart, how the next one begins."""

import csv
import hashlib
import shutil
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from analysis.cli import main
from analysis.project import CHOICES, Project, ProjectError
from analysis.project.migration import ASKED
from analysis.survey.kept import setup, store
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import sample
from tests.second_city import RAW, edit, invoked
from tests.survey.tables import readiness


def said(project: Project, *arguments: str):
    """A command in this process: its exit and all that it said."""
    return CliRunner().invoke(main, [*arguments, "--root", str(project.root)])


def state(folder: Path) -> dict[str, str]:
    """What lies in a folder, to the byte."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def other(city: Project, period: str) -> Project:
    """The city in a period that is a copy of its only one."""
    shutil.copytree(city.folder, city.raw / period)
    return city.at(period)


def put(path: Path, content: bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_the_newest_with_answers_is_meant_or_else_with_a_sample_or_else_the_newest(city):
    for period in ("2023-10", "2023-9", "2024"):
        other(city, period)
    assert city.periods == ["2023", "2023-9", "2023-10", "2024"]
    assert Project(city.root).period == "2024"
    put(city.at("2023-9").sample / "a.xlsx")
    assert Project(city.root).period == "2023-9"
    put(city.at("2023-10").sample / "a.xlsx")
    assert Project(city.root).period == "2023-10"
    put(city.at("2024").responses / ".DS_Store")
    put(city.at("2023").responses / "Bappeda" / "a.xlsx")
    assert Project(city.root).period == "2023"
    assert Project.find(city.root, "2024").period == "2024"


def test_a_period_that_is_not_there_is_refused_with_those_that_are(city):
    other(city, "2024")
    for command in (("check",), ("run",), ("forms",), ("book",), ("doctor",)):
        done = said(city, *command, "--period", "2032")
        assert done.exit_code == 2, command
        told = " ".join((done.stdout + done.stderr).split())
        assert "Periode “2032” tidak ada" in told and "Yang ada: 2023, 2024" in told
    shutil.rmtree(city.raw / "2023"), shutil.rmtree(city.raw / "2024")
    with pytest.raises(ProjectError, match="Belum ada periode"):
        _ = Project(city.root).period


def test_settings_are_one_object_of_two_files(city):
    edit(city.at("2023"), "city.toml", "[limits]", "[thresholds]\nresponse = 0.9\n[limits]")
    edit(city, "period.toml", "[vision]", "[publish]\nunits = true\n[vision]")
    with pytest.raises(ProjectError) as error:
        _ = city.settings
    ours, theirs = str(error.value).splitlines()
    assert ours.startswith("data/raw/city.toml: baris ")
    assert "isian thresholds: tempatnya di data/raw/2023/period.toml" in ours
    assert theirs.startswith("data/raw/2023/period.toml: baris ")
    assert "isian publish: tempatnya di data/raw/city.toml" in theirs


def test_another_period_changes_nothing_of_one(ran):
    """One of another vision and register, with its own sample, which is not the one by default."""
    folders = [ran.folder, ran.processed, ran.reports]
    checked = invoked(ran, "check", "--period", "2023", "--json").stdout
    before = [state(folder) for folder in folders]
    assert invoked(ran, "period", "2022").returncode == 0
    new = ran.at("2022")
    edit(new, "period.toml", 'id = "sehat", name = "Sehat"', 'id = "cerdas", name = "Cerdas"')
    edit(new, "units.csv", "Bappeda", "Bappelitbang")
    for command in ("sample", "check", "run"):
        done = invoked(ran, command, "--period", "2022")
        assert done.returncode == 0, done.stdout + done.stderr
    assert "dari data/raw/2022/sample" in done.stdout
    assert "cerdas" in store.of(new).answers("contribution")
    page = (new.reports / "03-readiness.html").read_text("utf-8")
    assert "perangkat daerah, 2022" in page and "perangkat daerah, 2023" not in page
    assert [state(folder) for folder in folders] == before
    assert invoked(ran, "check", "--period", "2023", "--json").stdout == checked
    landing = BeautifulSoup((ran.reports.parent / "index.html").read_text("utf-8"), "html.parser")
    assert "2023/index.html" in {a["href"] for a in landing.select("a")}
    assert invoked(ran, "check").stdout.startswith(
        "Dibaca: 3 buku kerja CONTOH dari data/raw/2023/sample"
    )


def test_a_closed_period_stays_as_it_is(city, write_workbook):
    write_workbook(city.responses / "a.xlsx", readiness("1", "9", "3", "4"))
    store.save(city, ingest(city))
    edit(city, "period.toml", "closed = false", "closed = true")
    write_workbook(city.responses / "a.xlsx", readiness("2", "2", "3", "4"))
    before = state(city.processed), set(city.root.iterdir())
    for command in ("forms", "sample", "corrections", "book", "share"):
        done = said(city, command)
        told = " ".join(done.stderr.split())
        assert done.exit_code == 2 and "sudah ditutup" in told and "--force" in told, command
    assert said(city, "check").exit_code < 2 and said(city, "status").exit_code == 0
    kept = {name: sha for name, sha in state(city.processed).items() if "readings" not in name}
    assert kept.items() <= before[0].items()
    assert {p for p in city.root.iterdir() if p.name[0] != "."} <= before[1]
    assert said(city, "forms", "--force").exit_code == 0
    assert len(list((city.root / "forms-2023").glob("*.xlsx"))) == 3


def test_a_run_of_a_closed_period_has_to_be_forced(ran):
    edit(ran, "period.toml", "closed = false", "closed = true")
    before = state(ran.root / "reports"), state(ran.processed)
    for arguments in (("run",), ("run", "-p", "period=2023", "--name", "a")):
        done = invoked(ran, *arguments)
        assert done.returncode == 2 and "sudah ditutup" in " ".join(done.stderr.split())
    assert (state(ran.root / "reports"), state(ran.processed)) == before
    assert invoked(ran, "run", "participation", "--force").returncode == 0


SET = """# Survei pertama
closed = true   # selesai

[vision]
text = "Sehat [campaign]"
elements = [
  { id = "sehat", name = "Sehat", name_en = "Health" },
]

[campaign]
deadline = 2023-10-31   # batas waktu
contact = "Rina"
"""


def test_the_next_period_begins_with_what_was_set_and_asked_and_nothing_that_came(city):
    tail = (city.folder / CHOICES).read_text("utf-8")
    tail = tail[tail.index("[[predicates]]") :]
    (city.folder / CHOICES).write_text(SET + tail, "utf-8")
    sample.write(city, 1)
    for path in (city.responses / "a.xlsx", city.decisions, city.folder / "actions.csv"):
        put(path)
    before = state(city.root)
    done = said(city, "period", "2024")
    assert done.exit_code == 0, done.stderr
    assert "masterplan forms --period 2024" in " ".join(done.stdout.split())
    new = city.at("2024")
    after = state(city.root)
    assert before.items() <= after.items()
    files = [p for p in (city.folder / "instrument").rglob("*") if p.is_file()]
    asked = {p.relative_to(city.folder / "instrument").as_posix() for p in files}
    made = {name.removeprefix("data/raw/2024/") for name in after.keys() - before.keys()}
    made = {name for name in made if not name.startswith(".masterplan")}
    assert made == {CHOICES, "units.csv", "actions.csv", *(f"instrument/{n}" for n in asked)}
    assert (new.folder / CHOICES).read_text("utf-8") == SET.replace(
        "closed = true", "closed = false"
    ).replace("deadline = 2023-10-31   # batas waktu\n", "") + tail
    assert not new.settings.closed and new.settings.campaign.contact == "Rina"

    for name, message in (("2024", "sudah ada"), ("../x", "harus angka"), ("2022", "")):
        done = said(city, "period", name, "--from", "2023")
        assert (done.exit_code, message in done.stderr) == (2 if message else 0, True)
    assert city.periods == ["2022", "2023", "2024"]


@pytest.mark.parametrize(
    ("written", "begun"),
    [
        ('{ sender = "Sekda", deadline = 2023-10-31 }', '{ sender = "Sekda" }'),
        ('{ deadline = 2023-10-31, sender = "Sekda" }', '{ sender = "Sekda" }'),
        (
            '{ sender = "Sekda", deadline = 2023-10-31, minutes = 9 }',
            '{ sender = "Sekda", minutes = 9 }',
        ),
        ("{deadline=2023-10-31}", "{}"),
    ],
)
def test_the_next_period_takes_a_deadline_out_of_a_list_between_braces(city, written, begun):
    settings = city.folder / CHOICES
    content = settings.read_text("utf-8")
    assert "campaign" not in tomllib.loads(content)
    settings.write_text(f"campaign = {written}\n{content}", "utf-8")
    done = said(city, "period", "2024")
    assert done.exit_code == 0, done.output
    assert (city.raw / "2024" / CHOICES).read_text("utf-8") == f"campaign = {begun}\n{content}"


SHIPPED = (
    *("scales.csv", "spbe/index.toml", "spbe/scales.csv", "spbe/tables.toml", "tables.toml"),
)
OLD = '''# Pengaturan kota.

name = "Kota Pematang Siantar"   # nama
period = "2023"                  # periode survei
province = "Sumatera Utara"
code = "12.72"
bps_code = "1273"

# Visi wali kota,
# dalam masa survei ini.
[vision]
text = """
Sehat
[publish]
"""
elements = [
  { id = "sehat", name = "Sehat", name_en = "Health" },
  { id = "adil", name = "Adil", name_en = "Just" },
]

[publish]   # di halaman umum
units = true

# [campaign]
# contact = "..."

[limits]
output_mb = 40
'''


@pytest.fixture
def old(city) -> Project:
    """The small city as folders were before: of one period there are answers, of two a sample."""
    tail = (city.folder / CHOICES).read_text("utf-8")
    tail = "\n# Predikat indeks SPBE\n" + tail[tail.index("[[predicates]]") :]
    (city.raw / "city.toml").write_text((OLD + tail).replace("\n", "\r\n"), "utf-8", newline="")
    asked = city.folder / "instrument"
    (asked / "spbe" / "spbe.csv").rename(asked / "spbe.csv")
    _head, *rows = (asked / "spbe" / "categories.csv").read_text("utf-8").splitlines(keepends=True)
    with (asked / "categories.csv").open("a", encoding="utf-8") as file:
        file.writelines(rows)
    shutil.rmtree(asked / "spbe")
    for name in SHIPPED:  # then they were in the code
        (asked / name).unlink(missing_ok=True)
    for path in city.folder.iterdir():
        path.rename(city.raw / path.name)
    (city.raw / CHOICES).unlink()
    city.folder.rmdir()
    raw = city.raw
    put(raw / "actions.csv", b"stage,item,unit,verb,horizon,verb_en,horizon_en\n")
    for name in ("sample/2023/a.xlsx", "sample/2023/.masterplan.sample.sha256"):
        put(raw / name, name.encode())
    for name in (
        "2022/b.xlsx",
        "2023/Bappeda/c.xlsx",
        "2023/decisions.csv",
        "d.xlsx",
        "masuk/e.xlsx",
    ):
        put(raw / "responses" / name, name.encode())
    put(raw / "buku" / "preface.md")
    put(raw / "statistics.csv", (raw / "statistics.csv").read_bytes())
    return Project(city.root)


def test_any_command_on_a_folder_of_old_says_to_migrate_it(old):
    before = state(old.raw)
    for command in ("doctor", "forms", "sample", "check", "corrections", "status", "run", "book"):
        done = said(old, command)
        told = " ".join((done.stdout + done.stderr).split())
        assert done.exit_code == 2 and told.count("masterplan migrate") == 1, command
    assert state(old.raw) == before


def test_a_folder_of_old_is_migrated_to_the_byte(old):
    before, text = state(old.raw), (old.raw / "city.toml").read_text("utf-8")
    (old.raw / "actions.csv").unlink(), before.pop("actions.csv")
    done = CliRunner().invoke(main, ["migrate", str(old.root)])
    assert done.exit_code == 0 and "2022 dan 2023" in done.output
    made = {
        "responses/2022/b.xlsx": ["2022/responses/b.xlsx"],
        "responses/2023/Bappeda/c.xlsx": ["2023/responses/Bappeda/c.xlsx"],
        "responses/2023/decisions.csv": ["2023/decisions.csv"],
        "sample/2023/a.xlsx": ["2023/sample/a.xlsx"],
        "sample/2023/.masterplan.sample.sha256": ["2023/sample/.masterplan.sample.sha256"],
        "city.toml": ["city.toml.bak"],
    }
    for name in before:
        if name.startswith(("units.csv", "instrument/")):
            place = name.replace("/spbe.csv", "/spbe/spbe.csv")
            made[name] = [f"2022/{place}", f"2023/{place}"]
    expected = {new: sha for n, sha in before.items() for new in made.get(n, [n])}
    shipped = state(RAW / "2023" / "instrument")
    added = {f"{p}/instrument/{n}": shipped[n] for p in ("2022", "2023") for n in SHIPPED}
    expected |= added
    told = " ".join(done.output.split())
    assert all(name in told for name in added)
    assert "responses/d.xlsx dan responses/masuk/e.xlsx" in told and "b.xlsx" not in told
    after = state(old.raw)
    written = {
        name: after.pop(name) for name in ("city.toml", "2022/period.toml", "2023/period.toml")
    }
    assert after == expected and len(set(written.values())) == 2

    city, period = ((old.raw / n).read_text("utf-8") for n in ("city.toml", "2023/period.toml"))
    given = tomllib.loads(text)
    assert given.pop("period") == "2023"
    assert tomllib.loads(city) | tomllib.loads(period) == given | {
        "closed": False,
        "indices": ["spbe"],
    }
    lines = {line for line in text.splitlines() if line.strip()}
    assert {x for x in lines if x not in (city + period).splitlines()} == {
        'period = "2023"                  # periode survei'
    }
    assert "# Visi wali kota," in period and "# [campaign]" in period and "# Predikat" in period
    assert city.startswith("# Pengaturan kota.\n\nname") and "[publish]   # di" in city
    project = Project(old.root)
    assert project.periods == ["2022", "2023"]
    assert project.settings.limits.output_mb == 40 and len(project.settings.vision.elements) == 2
    assert not [said for _part, said in setup.parts(project) if said]
    for _again in range(2):
        done = CliRunner().invoke(main, ["migrate", str(old.root)])
        assert done.exit_code == 0 and "tidak ada yang diubah" in done.output
    assert state(old.raw).items() >= expected.items()


def test_a_folder_of_old_keeps_a_questionnaire_that_it_has(old):
    put(old.raw / "instrument" / "scales.csv", b"own")
    done = CliRunner().invoke(main, ["migrate", str(old.root)])
    assert (old.raw / "2023" / "instrument" / "scales.csv").read_bytes() == b"own"
    told = " ".join(done.output.split())
    assert "instrument/tables.toml" in told and "instrument/scales.csv" not in told


def test_what_is_shipped_of_the_questionnaire_is_the_sample_citys_own():
    shipped = state(ASKED)
    assert tuple(sorted(shipped)) == SHIPPED
    assert shipped.items() <= state(RAW / "2023" / "instrument").items()


@pytest.mark.parametrize("hurt", ["taken", "linked", "link", "unread", "unmoved"])
def test_a_folder_that_cannot_be_migrated_stays_as_it_is(old, monkeypatch, tmp_path, hurt):
    if hurt == "taken":
        put(old.raw / "2022" / "catatan.txt")
    if hurt == "linked":
        (old.raw / "responses" / "2023").rename(tmp_path / "jauh")
        (old.raw / "responses" / "2023").symlink_to(tmp_path / "jauh")
    if hurt == "link":
        (old.raw / "instrument" / "gap.csv").rename(old.root / "gap.csv")
        (old.raw / "instrument" / "gap.csv").symlink_to("../../../gap.csv")
    if hurt == "unread":
        edit(old.at("2023"), "city.toml", 'period = "2023"', 'period = "2023')
    if hurt == "unmoved":
        rename = Path.rename

        def failing(self, target):
            if self.name == "raw" and self.parent.name != "data":
                raise OSError(18, "Invalid cross-device link")
            return rename(self, target)

        monkeypatch.setattr(Path, "rename", failing)
    before = state(old.root)
    done = CliRunner().invoke(main, ["migrate", str(old.root)])
    assert done.exit_code == 2 and done.stderr.strip()
    after = state(old.root)
    assert {n: sha for n, sha in after.items() if not n.startswith(".masterplan.")} == before
    assert not [p for p in (old.root / "data").iterdir() if p.name.startswith(".")]


def test_a_decision_on_a_file_is_kept_when_its_folder_moves(city, write_workbook):
    for name in ("a", "b"):
        write_workbook(
            city.responses / f"{name}.xlsx", readiness(name == "a" and "1" or "2", "", "", "")
        )
    with city.decisions.open("w", newline="", encoding="utf-8") as file:
        head = ["decision", "unit", "file", "cell", "old", "new", "who", "why", "when"]
        moved = [
            "file",
            "bappeda",
            "data/raw/responses/2023/b.xlsx",
            "",
            "",
            "",
            "Rina",
            "x",
            "2023-11-27",
        ]
        csv.writer(file).writerows([head, moved])
    tables = ingest(city)
    assert tables["decisions"]["applied"].all() and tables["readiness"]["level"].iloc[0] == 2


def test_doctor_looks_at_what_is_set_in_every_period_or_in_one(city):
    other(city, "2024")
    edit(city.at("2024"), "units.csv", ",yes,1,", ",no,1,")
    sample.write(city.at("2023"), 1)
    done = said(city, "doctor")
    assert done.exit_code == 2 and "salah       Periode 2024: 2024/units.csv" in done.output
    assert "Periode 2023" not in done.output
    assert "salah" not in said(city, "doctor", "--period", "2023").output

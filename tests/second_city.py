"""A second city of five units: the same notebooks, its own data, no change of code."""

import contextlib
import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

from click.testing import CliRunner

from analysis.cli import main
from analysis.project import Project
from analysis.survey.asked import register

ROOT = Path(__file__).parent.parent
OF_CITY = ("city.toml", "statistics.csv", "buku.toml")
RAW = ROOT / "data" / "raw"
MASTERPLAN = Path(sys.executable).parent / "masterplan"
UNITS = ("diskominfo", "dinkes", "bappelitbang", "kec-satu", "rsud-kota")


def masterplan(project: Project, *arguments: str) -> subprocess.CompletedProcess:
    """The command as a person types it, in the project's folder."""
    return typed(project.root, *arguments)


def typed(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess:
    """The command as a person types it in a folder, with this in the environment."""
    command = [MASTERPLAN, *arguments]
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=600, env=os.environ | env
    )


def invoked(project: Project, *arguments: str) -> SimpleNamespace:
    """The same command in this process, which starts nothing anew: no imports, no kernels."""
    with contextlib.chdir(project.root):
        done = CliRunner().invoke(main, arguments)
    if not isinstance(done.exception, SystemExit | None):
        raise done.exception
    return SimpleNamespace(returncode=done.exit_code, stdout=done.stdout, stderr=done.stderr)


def found(root: Path) -> Project:
    """Another city: the same folder with its own settings and units, and no workbook yet."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(
        RAW,
        root / "data" / "raw",  # what is proposed names units that it has not
        ignore=shutil.ignore_patterns(
            "2024", "sample", "responses", "actions.csv", "sample-assessment.csv"
        ),
    )
    city = Project(root)
    city.folder.rename(city.raw / "2024")
    city = Project(root)
    for file, old, new in (
        ("city.toml", 'name = "Kota Pematang Siantar"', 'name = "Kota Contoh Lain"'),
        ("city.toml", 'bps_code = "1273"', 'bps_code = "9999"'),
        (
            "period.toml",
            'id = "berkualitas", name = "Berkualitas"',
            'id = "lestari", name = "Lestari"',
        ),
    ):
        edit(city, file, old, new)
    groups = ("dinas", "dinas", "badan", "kecamatan", "lainnya")
    with (city.folder / "units.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(register.Unit.model_fields)
        for unit, group in zip(UNITS, groups, strict=True):
            chief = "yes" if unit == "diskominfo" else "no"
            name = f"Unit {unit.title()}"
            rows.writerow([unit, name, unit[:18], group, "", chief, 1, "no", "berkas uji"])
    return city


def place(city: Project, file: str) -> Path:
    """Where a file of raw data is: beside the periods, or in the period."""
    return (city.raw if file in OF_CITY else city.folder) / file


def edit(city: Project, file: str, old: str, new: str) -> None:
    """Put words in the place of others, once, in a file of raw data."""
    content = place(city, file).read_text("utf-8")
    assert old in content
    place(city, file).write_text(content.replace(old, new, 1), "utf-8")


def run(city: Project, *arguments: str) -> str:
    """What `masterplan run` said, having succeeded."""
    done = masterplan(city, "run", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


def sampled(root: Path) -> None:
    """The city after `masterplan sample` and a whole run."""
    city = found(root)
    assert masterplan(city, "sample").returncode == 0
    told = run(city).splitlines()
    assert told[-1].endswith(str(city.reports.parent / "index.html"))
    inside = city.reports / "internal" / "coordinator.html"
    assert told[-2].endswith(str(inside)) and inside.is_file()


def first(root: Path) -> None:
    """The project's own city after a whole run on the committed sample."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    shutil.copytree(RAW, root / "data" / "raw", ignore=shutil.ignore_patterns("responses"))
    run(Project(root))

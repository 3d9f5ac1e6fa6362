"""The command: what it prints, and how it ends."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.project import Project
from tests.second_city import ROOT, typed


def run(*arguments: str):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_help_teaches_the_order_of_work():
    shown = run("--help").output
    for command in ("forms", "check", "run"):
        assert f"masterplan {command}" in shown
    assert "groups" in run("run", "--help").output


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("analysis.cli", "matplotlib docx pptx bs4 jinja2 nbconvert scipy jupyterlab"),
        ("analysis.reports.publish", "matplotlib docx pptx scipy"),
    ],
)
def test_no_command_waits_for_what_only_others_need(module, heavy):
    asked = f"import {module}, sys; print(*(set({heavy.split()!r}) & sys.modules.keys()))"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_check_of_a_clean_city_ends_with_0(city, write_workbook):
    assert run("sample", "--root", city.root).exit_code == 0
    done = run("check", "--root", city.root)
    assert done.exit_code == 0, done.output
    assert done.output.startswith("Dibaca: 3 buku kerja CONTOH dari data/raw/2023/sample")
    assert "3 berkas: 0 kesalahan" in done.output


def test_check_lists_each_problem_with_its_address(city, write_workbook):
    sheets = {
        "Identitas": """
            ID unit   | bappeda
            Kode kota | "1273"
            Periode   | "2023"
        """,
        "3 Kesiapan Daerah": """
            Kode | Tingkat | Bukti atau alasan
            KS01 | 7       |
            KS02 | 2       |
            KS03 | 2       |
            KS04 | 2       |
        """,
    }
    write_workbook(city.responses / "bappeda.xlsx", sheets)
    done = run("check", "--json", "--root", city.root)
    assert done.exit_code == 1
    found = json.loads(done.output)
    assert set(found[0]) == {
        "file",
        "sheet",
        "cell",
        "unit",
        "severity",
        "code",
        "message",
        "hint",
        "cells",
    }
    [wrong] = [p for p in found if p["code"] == "OUT_OF_RANGE"]
    assert wrong["file"] == "data/raw/2023/responses/bappeda.xlsx"
    assert (wrong["sheet"], wrong["cell"]) == ("3 Kesiapan Daerah", "B2")
    assert wrong["hint"].startswith("Silakan")
    text = run("check", "--root", city.root).output
    assert "B2" in text and "bappeda" in text


def test_wrong_settings_end_with_2_and_name_the_entry(city):
    path = city.folder / "period.toml"
    path.write_text(path.read_text("utf-8").replace("budget = 5000", 'budget = "x"'), "utf-8")
    done = CliRunner().invoke(main, ["check", "--root", str(city.root)])
    assert done.exit_code == 2
    assert "quickwin.budget" in done.stderr


def test_the_readme_lists_every_command_and_its_options():
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "`--root DIR`" in readme and "`--period P`" in readme  # of all commands
    for name, command in main.commands.items():
        assert f"`masterplan {name}" in readme
        rows = [line for line in readme.splitlines() if line.startswith("| `")]
        row = next(line for line in rows if f"`masterplan {name}" in line)
        for option in command.params:
            flag = max(option.opts, key=len)
            if flag.startswith("--") and flag not in ("--root", "--lang", "--period"):
                assert flag in row or option.opts[0] in row, (name, flag)


def test_lab_needs_a_project(tmp_path):
    done = typed(tmp_path, "lab", "--", "--no-browser")
    assert done.returncode == 2 and "Tidak ada folder proyek" in done.stderr
    done = typed(tmp_path, "lab", "--root", "s3://ember/kota")
    assert done.returncode == 2 and "bukan folder proyek" in done.stderr


def test_lab_opens_notebooks_in_the_period_that_was_asked_for(city, monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    found = []
    launch = lambda _arguments: found.append(Project.find())  # noqa: E731
    monkeypatch.setattr("jupyterlab.labapp.LabApp.launch_instance", launch)
    shutil.copytree(city.folder, city.raw / "2022")
    for asked in ("2022", "2024"):
        done = run("lab", "--period", asked, "--root", str(city.root))
        assert done.exit_code == (2 if asked == "2024" else 0), done.output
    assert "“2024” tidak ada" in done.output
    assert [(p.root, p.period) for p in found] == [(city.root, "2022")]


def test_an_address_of_a_file_is_told_to_be_a_path():
    done = run("check", "--root", ROOT.as_uri())
    assert done.exit_code == 2 and "tanpa file://" in done.output


def test_the_command_runs_without_docstrings():
    command = [sys.executable, "-OO", "-c", "from analysis.cli import main; main()", "--help"]
    bare = subprocess.run(command, capture_output=True, text=True)
    assert bare.returncode == 0 and "forms" in bare.stdout, bare.stderr


def test_a_fault_of_the_program_is_one_line_that_names_where_the_rest_stands(city, monkeypatch):
    """Such as nobody has foreseen: put here by hand."""

    def wrong(*_arguments):
        raise KeyError("file")

    monkeypatch.setattr("analysis.survey.kept.setup.check", wrong)
    done = run("check", "--root", city.root)
    said = " ".join(done.output.split())
    assert done.exit_code == 1 and "Traceback" not in said
    assert said.startswith("Program ini keliru (KeyError: 'file')")
    [file] = re.findall(r"berkas (\S+\.txt)\.", said)
    assert "Traceback" in Path(file).read_text("utf-8")
    Path(file).unlink()

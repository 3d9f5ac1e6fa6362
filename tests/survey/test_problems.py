"""The catalogue, the letters, and one bad workbook among thirty-five."""

import io
import json
import re
import shutil
import string
import zipfile
from dataclasses import asdict

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.project import Project
from analysis.survey.asked.register import units
from analysis.survey.kept import store
from analysis.survey.kept.ingest import ingest
from analysis.survey.told import letters, wording
from analysis.survey.told.catalogue import catalogue
from analysis.survey.told.problems import ERROR, INFO, QUESTIONS, WARNING, Code, problem
from tests.second_city import RAW, ROOT
from tests.survey.tables import found, readiness


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_each_problem_says_what_to_do(code):
    severity, message, hint = code.value
    assert severity in (ERROR, WARNING, INFO)
    assert message.endswith(".") or "aksud Anda" in message.rpartition(". ")[2]
    assert hint.startswith("Silakan") or severity == INFO
    fields = {name for _, name, _, _ in string.Formatter().parse(hint) if name}
    assert not re.search(r"\bAnda\b.*\bkamu\b", message + hint)
    assert fields <= {"allowed", "period", "value", "empty"}


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_what_is_readable_but_hardly_meant_is_asked_and_not_called_wrong(code):
    severity, message, _hint = code.value
    asks = severity == WARNING and message.endswith("?")
    assert asks == (code.name in QUESTIONS)


def test_no_two_problems_are_the_same():
    assert len(Code) == len(Code.__members__)


def test_the_document_lists_the_catalogue():
    assert (ROOT / "docs" / "problems.md").read_text("utf-8") == catalogue()


def test_every_problem_has_a_test_that_sees_it():
    tests = " ".join(p.read_text("utf-8") for p in (ROOT / "tests").rglob("test_*.py"))
    unseen = [c.name for c in Code if not re.search(rf"\b{c.name}\b", tests)]
    assert unseen == []


def test_messages_name_sheet_and_cell(send):
    tables = send(("a.xlsx", readiness("1", "9", "3", "4")))
    [(_code, message)] = found(tables, "message")
    assert message.startswith("Lembar “3 Kesiapan Daerah”, sel C3: “9” di luar batas")


def test_thousands_of_problems_of_a_kind_are_counted_in_the_end(city, send):
    sheets = readiness("1", "2", "3", "4")
    sheets["Coretan"] = "\n".join(f"coretan {n}" for n in range(1500))
    tables = send(("a.xlsx", sheets))
    codes = tables["problems"]["code"].value_counts()
    assert (codes["UNEXPECTED_CELL"], codes["MORE"]) == (1000, 1)
    assert "500" in dict(found(tables, "message"))["MORE"]
    assert tables["reconciliation"]["unexpected"].tolist() == [1500]


def test_the_samples_have_no_errors_and_a_bad_workbook_changes_no_other_unit(tmp_path):
    roots = {}
    for kind in ("clean", "bad"):
        raw = tmp_path / kind / "data" / "raw"
        shutil.copytree(RAW, raw, ignore=shutil.ignore_patterns("responses"))
        roots[kind] = Project(tmp_path / kind)
    sample = roots["bad"].sample
    (sample / "2023-rsud.xlsx").write_bytes((sample / "2023-rsud.xlsx").read_bytes()[:20_000])
    tables = {kind: ingest(project) for kind, project in roots.items()}
    assert len(tables["clean"]["sources"]) == 35
    assert set(tables["clean"]["problems"]["code"]) == {"BLANK_CELLS"}
    for name in set(tables["clean"]) - {"problems"}:
        others = [t[name].query("unit != 'rsud'") for t in (tables["clean"], tables["bad"])]
        others = [o[o["unit"].notna()].reset_index(drop=True) for o in others]
        pd.testing.assert_frame_equal(*others)
    own = tables["bad"]["problems"].query("unit == 'rsud'")
    assert own["code"].tolist() == ["DAMAGED"]
    others = [t["problems"].query("unit != 'rsud'") for t in tables.values()]
    pd.testing.assert_frame_equal(*(o.reset_index(drop=True) for o in others))


def test_letters_say_what_to_mend_and_go_when_it_is_mended(city, send, tmp_path):
    out = tmp_path / "surat"
    send(("a.xlsx", readiness("9", "8", "3", "x")), ("b.xlsx", readiness("1", "1", "1", "1")))
    done = CliRunner().invoke(main, ["check", "--letters", str(out), "--root", str(city.root)])
    assert done.exit_code == 1 and str(out) in done.output
    assert {p.stem for p in out.glob("*.txt")} == {"bappeda", "kominfo", "siantar-barat"}
    letter = (out / "bappeda.txt").read_text("utf-8")
    assert letter.startswith("Yth. Bapak/Ibu di Badan Perencanaan Pembangunan Daerah,")
    assert "Lembar “3 Kesiapan Daerah”, sel C2, C3. Misalnya sel C2: “9” di luar batas" in letter
    assert "Lembar “3 Kesiapan Daerah”, sel C5: Tanda “x”" in letter
    assert "Dinas Komunikasi dan Informatika" in letter.splitlines()[-1]
    assert "belum kami terima" in (out / "kominfo.txt").read_text("utf-8")
    project = Project(city.root)
    letters.save(project, {}, [u.id for u in units(project)], out)
    assert list(out.iterdir()) == []


def test_check_groups_by_unit_with_counts(city, send):
    send(("a.xlsx", readiness("9", "8", "3", "-")))
    shown = CliRunner().invoke(main, ["check", "--root", str(city.root)]).output
    assert "Badan Perencanaan Pembangunan Daerah (bappeda)" in shown
    head = next(line for line in shown.splitlines() if "(bappeda)" in line)
    errors = 2 + shown.count("tidak ditemukan")
    assert f"{errors} kesalahan · 2 peringatan" in head  # a dash, and the cell that it left blank
    assert "Belum mengirim (2)" in shown


HOSTILE = [
    "<script>alert(1)</script>",
    "\x1b[31mmerah\x1b[0m \x07",
    ":smile: [bold red]x[/] {value}",
    "=HYPERLINK(1)",
    "ᯅᯖᯂ᯲ 🏛",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_the_terminal_and_json_show_text_as_it_was_typed(city, send, typed):
    send(("a.xlsx", readiness("1", "2", "3", "4")))
    path = city.responses / "a.xlsx"
    book = openpyxl.load_workbook(path)
    book["3 Kesiapan Daerah"]["C3"] = "penanda"
    book.save(path)
    raw = path.read_bytes()
    escaped = "".join(f"_x{ord(c):04X}_" if ord(c) < 32 else c for c in typed)
    escaped = escaped.replace("&", "&amp;").replace("<", "&lt;")
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"penanda", escaped.encode()))
    path.write_bytes(stream.getvalue())
    shown = typed.replace("\x1b[31m", "�").replace("\x1b[0m", "�").replace("\x07", "�")
    terminal = CliRunner().invoke(main, ["check", "--root", str(city.root)], color=True).output
    assert f"“{shown}”" in terminal
    done = CliRunner().invoke(main, ["check", "--json", "--root", str(city.root)])
    [problem] = [p for p in json.loads(done.output) if p["cell"] == "C3"]
    assert f"“{shown}”" in problem["message"]
    assert "\x1b[31m" not in done.output + terminal


def test_names_of_sheets_and_files_hold_no_numbers(city, send, tmp_path):
    sheets = readiness("1", "9", "3", "4")
    sheets["Siti 081255554444"] = "coretan 12-34"
    sheets["3 Kesiapan 0812-3333-4444"] = sheets.pop("3 Kesiapan Daerah")
    tables = send(("Siti 1273 0101 0190 0001/0812 3456 7890.xlsx", sheets))
    named = {name: tables[name]["file"].tolist() for name in ("sources", "reconciliation")}
    assert named == dict.fromkeys(named, ["data/raw/2023/responses/Siti •••/•••.xlsx"])
    assert set(tables["problems"]["sheet"].dropna()) >= {"Siti •••", "3 Kesiapan •••"}
    out = tmp_path / "surat"
    shown = [
        CliRunner().invoke(main, ["check", *asked, "--root", str(city.root)]).output
        for asked in ([], ["--json"], ["--letters", str(out)])
    ]
    shown += [path.read_text("utf-8") for path in out.glob("*.txt")]
    assert "Siti •••" in shown[0] and "3 Kesiapan •••" in "".join(shown)
    assert not re.search("0812|1273 0101", "".join(shown))


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_what_anybody_may_read_of_a_problem_is_in_our_words(code):
    fields = {n for part in code.value[1:] for _, n, _, _ in string.Formatter().parse(part) if n}
    typed = dict.fromkeys(fields - wording.OURS - {"value"}, "Siti")
    ours = {name: f"<{name}>" for name in fields & wording.OURS} | {"cells": ["C5"]}
    found = problem(code, "Siti.xlsx", "bappeda", "Siti", "C5", "Siti", **typed, **ours)
    frame = pd.DataFrame([asdict(found)]).astype("string")
    shown = wording.outlined(frame, {"3 Kesiapan Daerah"}).iloc[0]
    assert "Siti" not in " ".join(map(str, shown))
    assert (shown["sheet"], shown["cell"], shown["code"]) == ("(lembar lain)", "C5", code.name)
    full = wording.said(frame).iloc[0]
    assert full["for_unit"] == shown["for_unit"] and "Siti" in full["message"]
    kept = [f"<{name}>" for name in ours if f"<{name}>" in full["message"] + full["hint"]]
    assert all(name in shown["message"] + shown["hint"] for name in kept)


def test_notebooks_get_problems_without_what_was_typed(city, send):
    sheets = readiness("9", "Siti", "3", "4")
    sheets["3 Kesiapan Daerah"] = sheets["3 Kesiapan Daerah"].replace("KS04", "") + "\n| | | | Siti"
    sheets["Siti"] = "Siti"
    store.save(city, send(("Siti.xlsx", sheets)))
    survey = store.load(root=str(city.root))
    public, full = survey.problems, survey.problems_in_full
    assert "Siti" in full.to_csv() and "Siti" not in public.to_csv()
    assert len(public) == len(full)
    told = public.query("cell == 'C2'").iloc[0]
    assert told["message"] == (
        "Lembar “3 Kesiapan Daerah”, sel C2: “…” di luar batas kolom “Tingkat”."
    )
    assert told["hint"] == full.query("cell == 'C2'").iloc[0]["hint"]
    assert public["message"].str.startswith("Lembar “(lembar lain)”, sel A1:").sum() == 1
    # A code that the questionnaire itself has is no secret.
    missing = public[public["code"] == "MISSING_ROW"]["message"]
    assert "KS04" in missing.iloc[0]

"""What is told of single deliveries of the rehearsed campaign, and what the command does."""

import io
import json
import zipfile
from collections import Counter

import pytest

from analysis.survey.asked.fields import TB
from analysis.survey.told import wording
from tests import libreoffice
from tests.second_city import masterplan
from tests.survey.desk import kept
from tests.survey.officers import LAST

WAVES = range(LAST + 1)


def test_what_two_officers_say_differently_is_told_cell_by_cell(after):
    ledger = after.ledger
    told = sorted((p["unit"], p["sheet"], p["cell"]) for p in after.told("CONFLICT"))
    assert told == sorted((unit, *ledger.place(unit, key)) for unit, key in ledger.conflicts)


def test_a_late_revision_with_blanks_is_told_once_and_counted(after):
    counting = after.ledger.counting
    revisions = {d.file: (unit, d.revision) for unit, files in counting.items() for d in files}
    blank = {at: after.ledger.left_blank(*at) for at in revisions.values()}
    told = {revisions[p["file"]]: int(p["details"]["count"]) for p in after.told("REVISION_BLANKS")}
    assert len(told) == len(after.told("REVISION_BLANKS"))
    latest = {(unit, files[-1].revision) for unit, files in counting.items()}
    # Once a still later revision came, an earlier one need no longer be asked about.
    assert {at for at in latest if blank[at][1]} <= set(told)
    assert {at: n for at, n in told.items() if not blank[at][0] <= n <= blank[at][1]} == {}


def test_sheets_that_are_wholly_empty_or_wholly_out_of_task_are_told(after):
    sheets = after.ledger.sheets
    for code, what in (("BLANK_SHEET", None), ("ALL_TB", TB)):
        told = {(p["unit"], p["sheet"]) for p in after.told(code)}
        told = {at for at in told if at[0] in after.ledger.counting}
        assert told == {at for at, held in sheets.items() if held == {what}}, code


@pytest.mark.parametrize(
    ("code", "unit", "since", "until"),
    [
        ("JOINED", "pertanian", 1, 4),
        ("JOINED", "siantar-selatan", 3, 3),
        ("JOINED", "siantar-barat", 3, 4),
        ("SAME_TWICE", "rsud", 1, 4),
        ("SAME_TWICE", "sosial", 2, 2),
        ("RESOLVED_UNIT", "prkp", 1, 4),
        ("TB_BESIDE_ANSWERS", "dukcapil", 1, 4),
        ("WRONG_FILE_NAME", "siantar-utara", 1, 1),
        ("UNIT_FROM_TITLE", "siantar-barat", 2, 4),
    ],
)
def test_what_is_told_of_whom(waves, code, unit, since, until):
    told = [bool(after.told(code, unit=unit)) for after in waves]
    expected = [since <= wave <= until for wave in WAVES]
    # What a later revision replaced need not be told; that it is no longer wrong is held above.
    assert told[: until + 1] == expected[: until + 1]


def test_a_strangers_workbook_is_one_problem_that_names_the_stranger(waves):
    for after in waves[2:4]:
        [problem] = after.told("OTHER_UNIT")
        assert problem["file"].endswith("Kuesioner Siantar Timur.xlsx")
        frame = after.tables["problems"]
        [message] = wording.said(frame[frame["code"] == "OTHER_UNIT"])["message"]
        assert "Siantar Timur" in message
    # In wave 4 the stranger has sent its own: nothing is asked of it any more.
    assert not waves[4].told("OTHER_UNIT")
    [problem] = [p for p in waves[4].told("SET_ASIDE") if "Siantar Timur" in p["file"]]
    assert (problem["unit"], problem["severity"]) == ("siantar-timur", "warning")


@libreoffice.needed
def test_one_workbook_went_through_libreoffice(waves):
    [saved] = [d for d in waves[2].ledger.there if d.unit == "siantar-marimbun"]
    with zipfile.ZipFile(io.BytesIO(saved.content)) as archive:
        assert b"LibreOffice" in archive.read("docProps/app.xml")


def test_the_command_says_the_same_and_writes_over_nothing(waves, tmp_path):
    last = waves[-1]
    done = masterplan(last.project, "check", "--json", "--letters", tmp_path / "surat")
    assert done.returncode == 1, done.stderr
    told = json.loads(done.stdout)
    assert len(told) == len(last.tables["problems"])
    cells = Counter((p["unit"], p["sheet"], c) for p in told for c in p.get("cells") or ())
    assert cells & last.blank() == last.blank()
    letters = {path.stem: path.read_text("utf-8") for path in (tmp_path / "surat").glob("*.txt")}
    assert letters == last.letters
    into = last.project.responses
    assert masterplan(last.project, "forms", "--out", into).returncode == 2
    assert kept(last.project) == last.kept

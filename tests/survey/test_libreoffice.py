"""Forms filled in, saved by LibreOffice in its own way, and read back with every answer."""

import shutil

import openpyxl
import pandas as pd
from openpyxl.comments import Comment

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import forms, sample
from tests import libreoffice
from tests.libreoffice import save_as
from tests.second_city import RAW
from tests.survey.tables import LEFT_OUT

pytestmark = libreoffice.needed


def project(root) -> Project:
    """The real city with nothing sent in yet."""
    shutil.copytree(
        RAW, root / "data/raw", ignore=shutil.ignore_patterns("2024", "sample", "responses")
    )
    (root / "data/raw/2023/responses").mkdir(parents=True)
    return Project(root)


def test_every_answer_survives_libreoffice(tmp_path):
    units = register.units(Project(RAW.parent.parent, asked="2023"))
    cities = {kind: project(tmp_path / kind) for kind in ("typed", "xlsx", "ods")}
    settings = cities["typed"].settings
    instrument = Instrument.load(cities["typed"])
    coordinator = next(u for u in units if u.coordinator == "yes")
    officer = sample.of(cities["typed"], instrument, coordinator, 3)
    answers = officer.fill_in(units)
    content = forms.workbook(
        coordinator, instrument, settings, units=units, period="2023", answers=answers
    )
    typed = cities["typed"].responses / "jawaban.xlsx"
    typed.write_bytes(content)
    profile = tmp_path / "profile"
    ods = save_as(typed, "ods", cities["ods"].responses, profile)
    save_as(ods, "xlsx", cities["xlsx"].responses, profile)

    expected = ingest(cities["typed"])
    given = expected["completeness"][["answered", "tb"]].sum().sum()
    assert given > 250
    for kind in ("ods", "xlsx"):
        tables = ingest(cities[kind])
        for table in instrument.tables:
            pd.testing.assert_frame_equal(tables[table.name], expected[table.name])
        pd.testing.assert_frame_equal(tables["completeness"], expected["completeness"])
        assert set(tables["problems"]["code"]) == set(expected["problems"]["code"])


ENDINGS = ("xlsx", "ods", "xls", "csv")


def test_what_each_program_saves_is_checked_to_the_cell(city, tmp_path):
    """A wrong answer, a failed formula and a comment, saved by LibreOffice in each format."""
    made = tmp_path / "made.xlsx"
    unit = next(u for u in register.units(city) if u.id == "bappeda")
    instrument = Instrument.load(city)
    content = forms.workbook(
        unit,
        instrument,
        city.settings,
        units=register.units(city),
        period="2023",
        answers={("KS01", "level"): 2, ("KS02", "level"): 3, ("KS03", "level"): 4},
    )
    made.write_bytes(content)
    book = openpyxl.load_workbook(made)
    sheet = book["3 Kesiapan Daerah"]
    rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value}
    column = next(c.column for c in rows["Kode"] if str(c.value).startswith("Tingkat"))
    cells = {code: rows[code][column - 1] for code in ("KS01", "KS02", "KS03", "KS04")}
    cells["KS02"].value = "4,5"
    cells["KS03"].value = "=1/0"
    cells["KS04"].comment = Comment("menurut kami 3", "petugas")
    book.move_sheet(sheet, -book.index(sheet))  # CSV is made of the first sheet
    book.save(made)
    folder = city.responses
    folder.mkdir(parents=True)
    seen = {}
    for ending in ENDINGS:
        saved = save_as(made, ending, folder, tmp_path / "profile")
        tables = ingest(city)
        frame = tables["problems"]
        frame = frame[~frame["code"].isin(LEFT_OUT)]
        seen[ending] = set(frame[["code", "cell"]].fillna("").itertuples(index=False, name=None))
        levels = tables["readiness"].query("unit == 'bappeda'")["level"]
        assert [None if pd.isna(v) else int(v) for v in levels] == [2, None, None, None], ending
        saved.unlink()
    at = {code: cell.coordinate for code, cell in cells.items()}
    read = {("NOT_WHOLE", at["KS02"]), ("FORMULA_ERROR", at["KS03"]), ("COMMENT", at["KS04"])}
    assert seen["xlsx"] == seen["ods"] == seen["xls"] == read
    assert seen["csv"] == {
        ("NOT_WHOLE", at["KS02"]),
        ("FORMULA_ERROR", at["KS03"]),
        ("UNIT_FROM_TITLE", "A3"),
    }

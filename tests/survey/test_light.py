"""The light below the pairs of a form: what LibreOffice computes of what an officer typed."""

from itertools import combinations

import numpy as np
import openpyxl
import pytest

from analysis.methods import ahp
from analysis.project import Project
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import units
from analysis.survey.sent import forms
from analysis.survey.sent.forms import consistency
from analysis.survey.sent.forms.layout import blocks
from tests import libreoffice
from tests.second_city import ROOT

PROJECT = Project.find(ROOT, "2023")
INSTRUMENT = Instrument.load(PROJECT)
PAIRS = INSTRUMENT.table("pairs")
EQUAL = {(c, n): v for c in PAIRS.codes for n, v in (("more", "A"), ("strength", 1))}
# The first outweighs the second, that the third, and the third the first, by far.
ROUND = EQUAL | {
    (code, name): value
    for code, side in (("PB01", "A"), ("PB06", "A"), ("PB02", "B"))
    for name, value in (("more", side), ("strength", 9))
}
OPEN = {key: value for key, value in ROUND.items() if key != ("PB15", "strength")}


def form(answers=None) -> bytes:
    every = units(PROJECT)
    unit = next(u for u in every if u.id == "kesehatan")
    return forms.workbook(
        unit, INSTRUMENT, PROJECT.settings, units=every, period="2023", answers=answers
    )


def lights(path) -> list[str]:
    sheet = openpyxl.load_workbook(path, data_only=True)["6 Visi"]
    cells = (str(cell.value) for row in sheet.iter_rows() for cell in row)
    return [text for text in cells if text.startswith("●")]


@libreoffice.needed
def test_an_officer_sees_whether_the_pairs_agree(tmp_path):
    """Typed into a blank form, so that nothing but the sheet itself can have worked it out."""
    cases = {"sama": EQUAL, "bertentangan": ROUND, "terbuka": OPEN}
    for name, answers in cases.items():
        (tmp_path / f"{name}.xlsx").write_bytes(form())
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        sheet = book["6 Visi"]
        rows = {row[0].value: row for row in sheet.iter_rows() if row[0].value in PAIRS.codes}
        for (code, field), value in answers.items():
            rows[code][3 if field == "more" else 4].value = value
        book.save(tmp_path / f"{name}.xlsx")
    paths = sorted(tmp_path.glob("*.xlsx"))
    libreoffice.save_all(paths, "xlsx", tmp_path / "lo", tmp_path / "profil")
    found = {name: lights(tmp_path / "lo" / f"{name}.xlsx") for name in cases}
    assert found["sama"] == ["● Perbandingan konsisten."]
    assert len(found["bertentangan"]) == 1 and "bertentangan" in found["bertentangan"][0]
    assert found["terbuka"] == []


@pytest.mark.parametrize("answers", [EQUAL, ROUND, OPEN])
def test_a_workbook_with_answers_shows_its_light_before_anything_is_computed(tmp_path, answers):
    (tmp_path / "a.xlsx").write_bytes(form(answers))
    shown = lights(tmp_path / "a.xlsx")
    assert ["bertentangan" in text for text in shown] == {0: [False], 1: [True], 2: []}[
        [EQUAL, ROUND, OPEN].index(answers)
    ]


def test_the_light_agrees_with_the_reports_consistency_ratio_but_near_its_limit():
    """Judges more or less consistent: Aguarón & Moreno-Jiménez found the two to go together."""
    rng = np.random.default_rng(1)
    block = blocks([PAIRS], INSTRUMENT)[0]
    dimensions = list(INSTRUMENT.scheme("dimension").index)
    names = list(INSTRUMENT.scheme("dimension")["name"])
    agree, near = [], []
    for noise in rng.uniform(0, 1.2, 300):
        weights = np.exp(rng.normal(0, 0.5, 6))
        matrix, given = np.ones((6, 6)), {}
        for row in PAIRS.items.itertuples():
            i, j = dimensions.index(row.left), dimensions.index(row.right)
            ratio = weights[i] / weights[j] * np.exp(rng.normal(0, noise))
            times = int(np.clip(round(max(ratio, 1 / ratio)), 1, 9))
            matrix[i, j] = times if ratio >= 1 else 1 / times
            matrix[j, i] = 1 / matrix[i, j]
            given |= {(row.code, "more"): "A" if ratio >= 1 else "B", (row.code, "strength"): times}
        ratio = ahp.priorities(matrix).consistency_ratio
        index = consistency._index(block, names, given)
        agree.append((ratio <= 0.1) == (index <= 0.37))
        near.append(0.085 < ratio < 0.115)
    assert np.mean(agree) > 0.95 and all(a or n for a, n in zip(agree, near, strict=True))
    assert len(list(combinations(dimensions, 2))) == len(PAIRS.codes)

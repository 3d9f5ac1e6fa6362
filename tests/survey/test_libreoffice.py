"""Forms filled in, saved by LibreOffice in its own way, and read back with every answer."""

import shutil
import subprocess

import numpy as np
import pandas as pd
import pytest

from analysis.project import Project
from analysis.survey import forms, register, sample
from analysis.survey.ingest import ingest
from analysis.survey.instrument import Instrument
from tests.second_city import RAW

SOFFICE = shutil.which("soffice")

pytestmark = pytest.mark.skipif(not SOFFICE, reason="LibreOffice (soffice) is not installed")


def save_as(path, ending, folder, profile):
    """Open a file in LibreOffice and save it in another format."""
    subprocess.run(
        [
            SOFFICE,
            f"-env:UserInstallation=file://{profile}",
            "--headless",
            "--convert-to",
            ending,
            "--outdir",
            folder,
            path,
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    return folder / f"{path.stem}.{ending}"


def project(root) -> Project:
    """The real city with nothing sent in yet."""
    shutil.copytree(RAW, root / "data/raw", ignore=shutil.ignore_patterns("sample", "responses"))
    (root / "data/raw/responses/2023").mkdir(parents=True)
    return Project(root)


def test_every_answer_survives_libreoffice(tmp_path):
    units = register.units(Project(RAW.parent.parent))
    cities = {kind: project(tmp_path / kind) for kind in ("typed", "xlsx", "ods")}
    settings = cities["typed"].settings
    instrument = Instrument.load(cities["typed"])
    coordinator = next(u for u in units if u.coordinator == "yes")
    rng = np.random.default_rng(3)
    answers = sample.answers(coordinator, instrument, settings, units, rng)
    content = forms.workbook(
        coordinator, instrument, settings, units=units, period="2023", answers=answers
    )
    typed = cities["typed"].responses("2023") / "jawaban.xlsx"
    typed.write_bytes(content)
    profile = tmp_path / "profile"
    ods = save_as(typed, "ods", cities["ods"].responses("2023"), profile)
    save_as(ods, "xlsx", cities["xlsx"].responses("2023"), profile)

    expected = ingest(cities["typed"], "2023")
    given = expected["completeness"][["answered", "tb"]].sum().sum()
    assert given > 250
    for kind in ("ods", "xlsx"):
        tables = ingest(cities[kind], "2023")
        for table in instrument.tables:
            pd.testing.assert_frame_equal(tables[table.name], expected[table.name])
        pd.testing.assert_frame_equal(tables["completeness"], expected["completeness"])
        told = {"OLD_FORMAT"} if kind == "ods" else set()
        assert set(tables["problems"]["code"]) == set(expected["problems"]["code"]) | told

"""Sending workbooks to the small city, and a whole campaign to the real one."""

import shutil

import pandas as pd
import pytest

from analysis.project import Project
from analysis.survey.kept.ingest import ingest
from tests.second_city import RAW
from tests.survey.campaign import campaign
from tests.survey.desk import After, played, resaved
from tests.survey.ledger import Ledger
from tests.survey.officers import LAST, Officers


@pytest.fixture
def send(city, write_workbook):
    """Put a workbook into the city's responses and ingest all of them."""

    def send(*files: tuple[str, dict[str, str]]) -> dict[str, pd.DataFrame]:
        for name, sheets in files:
            write_workbook(city.responses / name, sheets)
        return ingest(city)

    return send


@pytest.fixture(scope="session")
def waves(tmp_path_factory) -> list[After]:
    """The whole campaign in one folder, wave by wave, as the coordinator saves and checks it."""
    project = Project(tmp_path_factory.mktemp("kota") / "siantar")
    ignored = shutil.ignore_patterns("sample", "responses")
    shutil.copytree(RAW, project.raw, ignore=ignored)
    city = Officers(project)
    sample = project.sample / "2023-bappeda.xlsx"
    sample.parent.mkdir(parents=True)
    sample.write_bytes(city.workbook("bappeda", city.thinks("bappeda"), sample=True))
    folder = tmp_path_factory.mktemp("libreoffice")
    deliveries = campaign(city, lambda content: resaved(content, folder))
    return [played(project, Ledger(city, deliveries, wave)) for wave in range(LAST + 1)]


@pytest.fixture(params=range(LAST + 1), ids=lambda wave: f"wave {wave}")
def after(request, waves) -> After:
    return waves[request.param]

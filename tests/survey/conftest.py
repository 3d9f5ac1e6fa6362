"""Sending workbooks to the small city."""

import pandas as pd
import pytest

from analysis.survey.kept.ingest import ingest


@pytest.fixture
def send(city, write_workbook):
    """Put a workbook into the city's responses and ingest all of them."""

    def send(*files: tuple[str, dict[str, str]]) -> dict[str, pd.DataFrame]:
        for name, sheets in files:
            write_workbook(city.responses("2023") / name, sheets)
        return ingest(city, "2023")

    return send

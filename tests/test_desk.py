"""What every notebook shows alike: who is named in public, and who only to the coordinator."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import desk
from analysis.desk import blocks
from analysis.project import Project
from tests.second_city import ROOT

NAMED = [{"frame": pd.DataFrame({"unit_name": ["Dinas A"]}), "title": "Siapa"}]


def stage(units: bool, named=NAMED) -> SimpleNamespace:
    settings = SimpleNamespace(publish=SimpleNamespace(units=units))
    return SimpleNamespace(
        survey=SimpleNamespace(settings=settings), by_name=named, quality=[], ledger=[], noted={},
        reads=(),
        methods=(), further=(), name="x", title="X", place=1,
    )  # fmt: skip


@pytest.fixture
def shown(monkeypatch) -> list[str]:
    """The text of whatever is displayed."""
    told: list[str] = []

    def display(*exhibits) -> None:
        told.extend(getattr(e, "html", None) or getattr(e, "data", "") for e in exhibits)

    monkeypatch.setattr(blocks, "display", display)
    return told


@pytest.mark.parametrize("units", [True, False])
def test_units_are_named_in_public_only_where_the_city_publishes_them(shown, units):
    desk.closing(stage(units))
    assert any("Dinas A" in text for text in shown) == units


def test_the_coordinator_sees_by_name_what_any_stage_has(shown):
    desk.by_name(stage(False), stage(False, []))
    heading, table = shown
    assert heading.startswith("### ") and "Dinas A" in table
    shown.clear()
    desk.by_name(stage(False, []))
    assert shown == []


def test_no_unit_is_named_unless_a_city_says_so():
    assert Project(ROOT).settings.publish.units is False

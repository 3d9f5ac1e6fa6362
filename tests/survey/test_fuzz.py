"""A hundred corrupted workbooks; ``make fuzz`` reads two thousand."""

from tests.survey import fuzz


def test_a_hundred_corrupted_workbooks():
    outcome = fuzz.run(100, seed=7)
    assert outcome.wrong == []
    assert outcome.slowest < 30
    assert outcome.memory < 500_000_000
    assert {"DAMAGED", "DAMAGED_SHEET", "UNEXPECTED_CELL"} <= set(outcome.told)  # it bites

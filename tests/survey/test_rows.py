"""Tables of many rows are the same however many are put together at once."""

import pandas as pd
import pytest

from analysis.survey.kept import rows

TYPES = {"unit": "string", "value": "Float64"}


@pytest.mark.parametrize("part", [1, 2, 3, 100])
def test_parts_make_the_whole(monkeypatch, part):
    monkeypatch.setattr(rows, "PART", part)
    many = [("a", 1), ("b", None), (None, 2.5)]
    found = rows.frame(iter(many), TYPES)
    pd.testing.assert_frame_equal(found, pd.DataFrame(many, columns=list(TYPES)).astype(TYPES))


def test_no_rows_have_the_columns():
    found = rows.frame([], TYPES)
    assert found.empty and found.dtypes.astype(str).to_dict() == TYPES

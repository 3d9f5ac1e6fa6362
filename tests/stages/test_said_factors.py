"""What the external report says, read back and worked out again from the answers."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import external
from analysis.stages.external import sides
from tests.stages.answers import Answers
from tests.stages.sentences import NAMES, names, with_detail, with_interval
from tests.stages.weighed import claimed, matrix, pulling, ratings, told

NONE = pd.DataFrame({"unit": []})
BALANCE = (external.figures.BALANCE, external.figures.EFAS)
LEVELS = st.sampled_from(["clear", "likely", "unclear"])


@settings(max_examples=15)
@given(ratings, LEVELS)
def test_opportunities_and_threats_are_told_from_their_ratings(given, level):
    table = matrix(given)
    found = claimed(given, external.figures.FACTOR, (*BALANCE, "ini seimbang", 2.7, level))
    (first, of_all), (above, high), (below, low) = external.words.findings(table, found, 2.5)
    (last,) = external.words.quality(NONE, found)
    row = found.loc[BALANCE]
    assert (first.headline, first.level, first.claim) == ("Ini seimbang.", level, row["id"])
    assert first.detail == with_detail(row) + "."
    assert told(above, table, True, "peluang") and told(below, table, False, "ancaman")
    assert last.headline.endswith(f" dari {len(given) + 1} pembandingan jelas.")
    for items, side in ((high, True), (low, False)):
        surest = sides.surest(table, 2.5, side)
        assert items == surest["item"].tolist() and surest["level"].nunique() < 2
    assert of_all == []
    clear = [sum(r > 2.5 for _i, r, s in given if s == "clear"),
             sum(r < 2.5 for _i, r, s in given if s == "clear")]  # fmt: skip
    assert external.words.heading(table, 2.5) == (
        f"{clear[0]} peluang dan {clear[1]} ancaman yang jelas, dari {len(given)} faktor"
        if any(clear)
        else f"Belum satu pun dari {len(given)} faktor jelas merupakan peluang atau ancaman"
    )


@settings(max_examples=15)
@given(ratings)
def test_the_weightiest_of_each_side_are_key_figures(given):
    table = matrix(given)
    found = claimed(given, external.figures.FACTOR, (*BALANCE, "", 2.7, "clear"))
    total, *figures = external.words.key_figures(table, found, 2.5, "1–4, netral 2,5")
    assert total["detail"] == with_interval(2.5, 2.9, 12)
    assert (total["value"], total["claim"]) == (2.7, found.loc[BALANCE, "id"])
    expected = [
        (label, rows[0], [r for r in rows if r["rating"] == rows[0]["rating"]])
        for label, above in (("peluang paling berbobot", True), ("ancaman paling berbobot", False))
        if (rows := pulling(table, above))
    ]
    assert len(figures) == len(expected)
    for figure, (label, first, alike) in zip(figures, expected, strict=True):
        start, listed = figure["label"].split(": ")
        assert (start, figure["value"], figure["level"]) == (label, first["rating"], first["level"])
        chosen = [row["name"] for row in alike if abs(row["weight"] - first["weight"]) < 1e-9]
        if len(chosen) <= 3:
            assert sorted(names(listed)) == sorted(chosen)


def test_own_factors_are_counted_by_unit_and_never_averaged():
    given, own = [(3, 4.0, "unclear")], pd.DataFrame({"unit": ["a", "a", "b"]})
    found = claimed(given, external.figures.FACTOR, (*BALANCE, "", 3.0, "unclear"))
    told, _counted = external.words.quality(own, found)
    assert told.headline == "2 perangkat daerah menambahkan 3 faktor sendiri."
    assert told.detail == "Faktor itu tidak ikut dirata-ratakan."
    assert len(external.words.quality(own.head(0), found)) == 1


@settings(max_examples=25)
@given(st.lists(st.tuples(LEVELS, st.sampled_from([1.5, 3.5])), min_size=1, max_size=4))
def test_groups_are_named_on_their_side(given):
    table = pd.DataFrame(
        [(name, name, mean, level) for name, (level, mean) in zip(NAMES, given, strict=False)],
        columns=["group", "name", "mean", "level"],
    )
    whole = pd.DataFrame([("city", "Kota", 4.0, "clear")], columns=table.columns)
    heading = external.words.heading_groups(pd.concat([table, whole]), 2.5)
    for level, word in (("clear", "jelas"), ("likely", "cenderung")):
        sides = {
            side: table.loc[(table["level"] == level) & (table["mean"] == mean), "name"].tolist()
            for side, mean in (("peluang", 3.5), ("ancaman", 1.5))
        }
        if any(sides.values()):
            parts = [part.split(" menurut ") for part in heading.split("; ")]
            told = {said.split()[0].lower(): names(listed) for said, listed in parts}
            assert all(said.endswith(f" {word} lebih besar") for said, _listed in parts)
            assert told == {side: n for side, n in sides.items() if n}
            return
    assert heading == ("Peluang dan ancaman berimbang menurut setiap kelompok perangkat daerah")


def test_equal_factors_stay_in_their_order_whatever_rounding_does():
    # Pull: 4.5 for the last one, 3 for the first three, 2 for the others.
    given = [(2, 1.0, "clear")] * 3 + [(2, 1.5, "clear")] * 2 + [(3, 1.0, "clear")]
    order = [NAMES[5], *NAMES[:5]]
    assert sides.strongest(matrix(given), 2.5, above=False)["name"].tolist() == order
    # 0.4 x 1.5 and 0.6 x 1, which differ in floating point.
    alike = matrix([(2, 1.0, "clear"), (3, 1.5, "clear")])
    assert sides.strongest(alike, 2.5, above=False)["name"].tolist() == [NAMES[1], NAMES[0]]


def test_a_neutral_factor_is_on_neither_side():
    table = matrix([(3, 2.5, "unclear"), (3, 2.6, "clear"), (3, 2.4, "clear")])
    assert sides.strongest(table, 2.5, above=True)["rating"].tolist() == [2.6]
    assert sides.strongest(table, 2.5, above=False)["rating"].tolist() == [2.4]


@settings(max_examples=10)
@given(ratings)
def test_categories_are_summed_and_come_heaviest_first(given):
    table = matrix(given).assign(pestel_name=lambda t: ["PQR"[n % 3] for n in t.index])
    found = external.figures.by_category(table).set_index("pestel_name")
    assert found["weight"].is_monotonic_decreasing
    for name, part in table.groupby("pestel_name"):
        row, score = found.loc[name], sum(part["weight"] * part["rating"])
        assert row["count"] == len(part) and row["score"] == pytest.approx(score)
        assert row["weight"] == pytest.approx(sum(part["weight"]))
        assert row["rating"] == pytest.approx(score / sum(part["weight"]))


def grouped(**ratings: float) -> pd.DataFrame:
    """Answers of ten units in each group, who all give two factors the group's rating."""
    return pd.DataFrame(
        [
            {"unit": f"{group}{n}", "unit_name": f"{group}{n}", "group": group.lower(),
             "group_name": group, "item": item, "name": item, "pestel": "legal",
             "pestel_name": "Hukum", "tb": False, "importance": 3.0, "rating": rating}
            for group, rating in ratings.items()
            for n in range(10)
            for item in "ab"
        ]
    )  # fmt: skip


def test_groups_are_compared_with_neutral():
    stage = external.of(Answers({"external": grouped(Dinas=4.0, Badan=1.0)}))
    assert stage.titles["by_group"] == (
        "Peluang jelas lebih besar menurut Dinas; ancaman jelas lebih besar menurut Badan"
    )
    assert stage.by_group["name"].tolist() == ["Dinas", "Badan", "Kota"]
    assert stage.by_group["mean"].tolist() == pytest.approx([4, 1, 2.5])
    rows = stage.found.loc[external.figures.GROUPS]
    assert rows["sentence"].tolist() == [
        "peluang dari luar lebih besar daripada ancaman menurut Dinas",
        "ancaman dari luar lebih besar daripada peluang menurut Badan",
    ]  # fmt: skip
    assert rows.loc["dinas", ["equal_groups", "weighted_units"]].tolist() == pytest.approx([4, 4])


def test_a_part_of_the_units_does_not_speak_for_the_city():
    stage = external.of(Answers({"external": grouped(Dinas=4.0, Badan=3.0)}, whole=False))
    assert stage.by_group["name"].tolist() == ["Dinas", "Badan"]
    assert (
        stage.found.loc[BALANCE, "sentence"]
        == "peluang dari luar lebih besar daripada ancaman menurut 20 unit"
    )
    assert all(title.endswith(" – 20 unit") for title in stage.titles.values())
    assert all(figure["label"].endswith(" – 20 unit") for figure in stage.key_figures)
    assert "kota" not in " ".join(stage.found["sentence"])

"""What the external report says, read back and worked out again from the answers."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import external
from analysis.stages.external import factors
from analysis.text import number
from tests.claimed import claimed as claimed_of
from tests.stages.sentences import NAMES, believed, names, read
from tests.stages.sentences import with_difference as difference
from tests.stages.sentences import with_interval as certainty
from tests.stages.weighed import claimed, matrix, ratings, said, sure_of, with_pull

NONE = pd.DataFrame({"unit": []})


@settings(max_examples=15)
@given(ratings, st.booleans(), st.sampled_from([-0.3, 0.3]))
def test_opportunities_and_threats_are_told_from_their_ratings(given, sure, value):
    table = with_pull(matrix(given))
    found = claimed(
        given, external.figures.FACTOR, (external.figures.TOTAL, "efas", "", value, sure)
    )
    total = factors.Total(2.5 + value, 2.1, 3.1, 12)
    sentences = external.words.findings(table, total, NONE, found)
    above, below = (sure_of(table, given, s, by) for s, by in ((True, "score"), (False, "pull")))
    assert external.words.heading(table, found) == (
        f"{len(above)} peluang dan {len(below)} ancaman yang pasti, dari {len(given)} faktor"
    )
    for sentence, name, chosen in (
        (sentences[1], "Peluang", above),
        (sentences[2], "Ancaman", below),
    ):
        if not chosen:
            assert sentence == f"{name}: tidak ada faktor yang pasti (uji t, koreksi Holm)."
            continue
        more = f"; dan {len(chosen) - 4} lagi" if len(chosen) > 4 else ""
        start, listed = sentence.removesuffix(f"{more}.").split(" (uji t, koreksi Holm): ")
        assert start == f"{name} yang pasti"
        assert [*names(listed.replace("; n", " / n"))] == [
            s.replace("; n", " / n") for s in said(table, chosen[:4])
        ]
    row = found.loc[(external.figures.TOTAL, "efas")]
    words = {
        (False, 0.3): "Peluang dan ancaman tidak dapat dibedakan kuatnya",
        (False, -0.3): "Peluang dan ancaman tidak dapat dibedakan kuatnya",
        (True, 0.3): "Peluang lebih kuat daripada ancaman",
        (True, -0.3): "Ancaman lebih kuat daripada peluang",
    }[sure, value]
    assert sentences[0] == f"{words}: skor EFAS {number(2.5 + value)} ({difference(row)})."


@settings(max_examples=15)
@given(ratings)
def test_the_strongest_of_each_side_are_key_figures(given):
    table = with_pull(matrix(given))
    figures = external.words.key_figures(table, factors.Total(2.7, 2.5, 2.9, 12))
    assert figures[0]["detail"] == certainty(2.5, 2.9, 12)
    high, low = table[table["rating"] >= 2.5], table[table["rating"] < 2.5]
    expected = []
    for label, side, by in (("peluang", high, "score"), ("ancaman", low, "pull")):
        if len(side):
            first = side[side[by] >= side[by].max() - 1e-9].iloc[0]
            alike = side[(side["rating"] == first["rating"]) & (side["weight"] == first["weight"])]
            expected.append((f"{label} terkuat", first["rating"], list(alike["name"])))
    assert len(figures) == 1 + len(expected)
    for figure, (label, rating, chosen) in zip(figures[1:], expected, strict=True):
        start, listed = figure["label"].split(": ")
        assert (start, figure["value"]) == (label, rating)
        if len(chosen) <= 3:
            assert sorted(names(listed)) == sorted(chosen)


def test_own_factors_are_counted_by_unit_and_never_averaged():
    given, own = [(3, 4.0, False)], pd.DataFrame({"unit": ["a", "a", "b"]})
    found = claimed(
        given, external.figures.FACTOR, (external.figures.TOTAL, "efas", "", 0.5, False)
    )
    total = factors.Total(3.0, 2.5, 3.5, 12)
    sentence = external.words.findings(matrix(given), total, own, found)[3]
    assert sentence == "2 unit menambahkan 3 faktor sendiri; tidak ikut dirata-ratakan."
    assert len(external.words.findings(matrix(given), total, own.head(0), found)) == 4


@settings(max_examples=15)
@given(st.lists(st.tuples(st.booleans(), st.sampled_from([-1.0, 1.0])), min_size=1, max_size=4))
def test_groups_are_named_on_their_side(given):
    rows = [(external.figures.GROUPS, n, "", v, s) for n, (s, v) in zip(NAMES, given, strict=False)]
    heading = external.words.heading_groups(believed(*rows))
    sides = {w: [n for n, (s, v) in zip(NAMES, given, strict=False) if s and v == side]
             for w, side in (("atas", 1.0), ("bawah", -1.0))}  # fmt: skip
    if not any(sides.values()):
        assert heading.startswith("Tidak ada kelompok unit yang skornya pasti")
        return
    parts = heading.removeprefix("Skor EFAS ").split("; ")
    told = dict(read("pasti di {} netral: {}", part) for part in parts)
    assert {w: names(n) for w, n in told.items()} == {w: n for w, n in sides.items() if n}


def test_equal_threats_stay_in_their_order():
    # Pull 0.4 x 1.5 and 0.6 x 1, which differ in floating point.
    assert external.figures.threats(matrix([(2, 1.0, True), (3, 1.5, True)]))["name"].tolist() == [
        NAMES[1],
        NAMES[0],
    ]
    # Pull: 4.5 for the last one, 3 for the first three, 2 for the others.
    given = [(2, 1.0, True)] * 3 + [(2, 1.5, True)] * 2 + [(3, 1.0, True)]
    order = [NAMES[5], *NAMES[:5]]
    assert external.figures.threats(matrix(given))["name"].tolist() == order


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


def test_the_heaviest_of_many_sure_factors_are_the_ones_named():
    given = [(n, 4.0, True) for n in (1, 2, 3, 4, 5, 5)]
    found = claimed(given, external.figures.FACTOR, (external.figures.TOTAL, "efas", "", 1.5, True))
    said = external.words.findings(matrix(given), factors.Total(4, 4, 4, 12), NONE, found)[1]
    assert [part.split(" (")[0] for part in names(said.split("): ", 1)[1])[:4]] == [
        NAMES[4], NAMES[5], NAMES[3], NAMES[2],
    ]  # fmt: skip


def test_groups_are_compared_with_neutral():
    answers = pd.DataFrame(
        [
            {"unit": f"{group}{n}", "group": group, "group_name": group, "item": item,
             "name": item, "tb": False, "importance": 3.0, "rating": rating}
            for group, rating in (("Dinas", 4.0), ("Badan", 1.0))
            for n in range(10)
            for item in "ab"
        ]
    )  # fmt: skip
    found = claimed_of(external.figures.comparisons(answers, 20), answers)
    assert external.words.heading_groups(found) == (
        "Skor EFAS pasti di atas netral: Dinas; pasti di bawah netral: Badan"
    )
    values = found.loc[external.figures.GROUPS]["value"]
    assert values.to_dict() == pytest.approx({"Dinas": 1.5, "Badan": -1.5})
    cases = found.loc[external.figures.GROUPS][["equal_groups", "weighted_units"]]
    assert cases.loc["Dinas"].tolist() == pytest.approx([1.5, 1.5])

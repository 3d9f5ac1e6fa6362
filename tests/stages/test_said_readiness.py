"""What is said of readiness, SPBE and single items, read back and worked out again."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.agreement import Alpha
from analysis.stages import readiness
from analysis.stages.evidence import claims, items
from analysis.text import number
from tests.stages.answers import Answers
from tests.stages.sentences import NAMES, believed, names, read, with_detail
from tests.stages.sentences import with_interval as certainty
from tests.stages.test_readiness import SCALE

few = settings(max_examples=15)
levels = st.lists(st.lists(st.integers(1, 5), min_size=3, max_size=3), min_size=1, max_size=6)


def branches(given) -> pd.DataFrame:
    table = pd.DataFrame({"mean": given, "name": NAMES[: len(given)], "n": 12})
    return table.assign(id=table["name"], low=table["mean"] - 0.1, high=table["mean"] + 0.2)


sides = st.tuples(st.sampled_from([1.5, 2.0, 3.0]), st.sampled_from(["clear", "likely", "unclear"]))


@few
@given(st.lists(sides, min_size=1, max_size=5))
def test_what_is_below_is_named_lowest_first(given):
    branch = dict(zip(NAMES, given, strict=False))
    found = believed(*[(readiness.figures.BELOW, n, f"{n} di sana", m - 2.6, level)
                       for n, (m, level) in branch.items()])  # fmt: skip
    table = readiness.figures.marked(branches([m for m, _level in given]), found)
    low = {
        level: sorted((n for n, (m, at) in branch.items() if at == level and m < 2.6),
                      key=lambda n: branch[n][0])
        for level in ("clear", "likely")
    }  # fmt: skip
    assert sorted(table["name"][table["below"]]) == sorted(low["clear"])
    assert table["mean"].is_monotonic_decreasing
    headline = readiness.words.headline(table, found, 2.6)
    said = readiness.words.below(table, found, 2.6)
    assert readiness.words.lowest(found) == (low["clear"] or low["likely"])
    counts = [len(low["clear"]), len(low["likely"])]
    every = f"dari {len(given)} bidang"
    assert (
        headline
        == {
            (
                True,
                True,
            ): f"{counts[0]} {every} jelas di bawah batas siap 2,6, {counts[1]} lagi cenderung",
            (True, False): f"{counts[0]} {every} jelas di bawah batas siap 2,6",
            (False, True): f"{counts[1]} {every} cenderung di bawah batas siap 2,6",
            (False, False): "Belum ada bidang yang jelas di bawah batas siap 2,6",
        }[counts[0] > 0, counts[1] > 0]
    )
    for level, start in (("clear", "Di bawah"), ("likely", "Cenderung di bawah")):
        if low[level]:
            (listed,) = read(f"{start} batas siap 2,6: {{}}.", said.headline)
            few_names = low[level] if len(low[level]) < 5 else [*low[level][:3], "2 lainnya"]
            assert names(listed) == few_names
            rows = found.loc[readiness.figures.BELOW].loc[low[level]]
            details = [f"{name} {with_detail(row)}" for name, row in rows.iterrows()]
            assert said.detail == "; ".join(details) + "."
            assert (said.level, said.claim) == (level, rows["id"].iloc[0])
            return
    # What is said of all together is as sure as of the least sure, the lowest of them.
    order = ["unclear", "likely", "clear"]
    least = min(branch, key=lambda n: (order.index(branch[n][1]), branch[n][0]))
    assert (said.level, said.claim) == (branch[least][1], f"s.{least}.below")
    assert said.headline == (
        "Belum ada bidang yang jelas di bawah batas siap 2,6."
        if branch[least][1] == "unclear"
        else "Tidak ada bidang di bawah batas siap 2,6."
    )


by_group = st.dictionaries(
    st.sampled_from(["dinas", "badan", "city"]),
    st.tuples(*[st.sampled_from([1.0, 2.0, None])] * 3),
    min_size=1,
)


@few
@given(by_group)
def test_the_lowest_in_each_group_are_the_lowest(given):
    rows = [(group, name, mean) for group, values in given.items()
            for name, mean in zip(NAMES, values, strict=False)]  # fmt: skip
    table = pd.DataFrame(rows, columns=["group", "name", "mean"]).astype({"mean": float})
    lowest = {}
    for group, values in given.items():
        known = [v for v in values if v is not None]
        if group != "city" and known:
            lowest |= {n: 0 for n, v in zip(NAMES, values, strict=False) if v == min(known)}
    said = readiness.words.lowest_everywhere(
        table.assign(id=table["name"], group_name=table["group"].str.title())
    )
    answering = {group for group, values in given.items()
                 if group != "city" and any(v is not None for v in values)}  # fmt: skip
    if not lowest:
        assert said == "Belum ada jawaban tentang kesiapan"
    elif len(answering) == 1:
        (listed,) = read(f"Rerata terendah pada {answering.pop().title()}: {{}}", said)
        assert sorted(names(listed)) == sorted(lowest)
    elif len(lowest) == 1:
        assert said == f"Rerata {next(iter(lowest))} terendah di setiap kelompok perangkat daerah"
    else:
        (listed,) = read("Bidang dengan rerata terendah di setiap kelompok: {}", said)
        assert sorted(names(listed)) == sorted(lowest)


def answers(given) -> pd.DataFrame:
    """Three indicators, each a sub-element of its own in the one element."""
    rows = [
        {"unit": f"u{n}", "unit_name": f"Unit {n}", "group": "d", "group_name": "Dinas",
         "item": name, "name": name, "weight": 1.0, "tb": False, "level": float(level),
         "element": "E", "element_name": "E", "element_short": "E",
         "subelement": name, "subelement_name": name, "subelement_short": name}
        for n, unit in enumerate(given)
        for name, level in zip(NAMES, unit, strict=False)
    ]  # fmt: skip
    return pd.DataFrame(rows)


@few
@given(levels)
def test_key_figures_name_the_lowest_and_the_highest(given):
    made = readiness.of(Answers({"readiness": answers(given)}))
    index, low, high, last = made.key_figures
    mean = {n: sum(unit[k] for unit in given) / len(given) for k, n in enumerate(NAMES[:3])}
    assert index["value"] == pytest.approx(sum(mean.values()) / 3)
    assert index["shown"] == number(index["value"])
    for figure, label, end in ((low, "terendah", min), (high, "tertinggi", max)):
        (listed,) = read(f"rerata {label}: {{}}", figure["label"])
        extreme = end(mean.values())
        assert figure["value"] == pytest.approx(extreme)
        assert names(listed) == [n for n, m in mean.items() if m == pytest.approx(extreme)]
        row = made.found.loc[("below", names(listed)[0])]
        assert (figure["claim"], figure["level"]) == (row["id"], row["level"])
        assert figure["value"] == pytest.approx(row["value"])
    below = len(claims.clear(made.found, "below", above=False))
    assert (last["shown"], last["value"]) == (str(below), below)
    assert last["detail"].startswith("dari 3 bidang; ")
    row = made.found.loc[("threshold", "index")]
    assert (index["claim"], index["level"]) == ("readiness.index.threshold", row["level"])
    assert index["detail"] == certainty(row["low"], row["high"], len(given))


@pytest.mark.parametrize("level", ["clear", "likely", "unclear"])
@pytest.mark.parametrize("away", [-1.0, 1.0])
def test_the_index_stands_beside_the_threshold_as_its_claim_says(level, away):
    found = believed((readiness.figures.THRESHOLD, "index", "", away, level))
    found = found.assign(value=2.6 + away, reference=2.6)
    said = readiness.words.overall(found, 2.6, "8 kecamatan", 5)
    side = "di sekitar" if level == "unclear" else "di atas" if away > 0 else "di bawah"
    assert said.headline == (
        f"Kesiapan 8 kecamatan {number(2.6 + away, 1)} dari 5, {side} batas siap."
    )
    assert (said.level, said.claim) == (level, "s.index.threshold")


@few
@given(levels)
def test_indicators_come_weakest_first_and_units_highest_first(given):
    table = answers(given)
    means = table.groupby("item")["level"].mean()
    assert readiness.figures.indicators(table, SCALE)["mean"].tolist() == pytest.approx(
        sorted(means)
    )
    own = readiness.figures.by_unit(readiness.figures.scores(table, SCALE))["score"]
    assert own.tolist() == pytest.approx(sorted((sum(u) / 3 for u in given), reverse=True))
    shown = readiness.figures.distribution(table, range(1, 6), 2)
    assert [means[item] for item in shown["item"]] == pytest.approx(sorted(means)[:2])
    for row in shown.to_dict("records"):
        given_levels = table[table["item"] == row["item"]]["level"]
        for level in range(1, 6):
            assert row[str(level)] == (given_levels == level).sum()
        assert row["n"] == len(given)


def analysed(correlations, deleted, tb) -> pd.DataFrame:
    return pd.DataFrame({"name": NAMES[: len(tb)], "correlation": correlations,
                         "alpha_if_deleted": deleted, "consensus": 0.8, "tb": tb}).astype(
        {"correlation": float, "alpha_if_deleted": float})  # fmt: skip


@few
@given(st.lists(st.tuples(st.sampled_from([0.29, 0.3, 0.31, None]),
                          st.sampled_from([0.69, 0.7, 0.71]), st.integers(0, 2)),
                min_size=1, max_size=6))  # fmt: skip
def test_items_that_go_their_own_way_are_counted(given):
    table = analysed(*map(list, zip(*given, strict=True)))
    known = [c for c, _d, _t in given if c is not None]
    reliable, scale = items.Reliability(Alpha(0.7, (0.6, 0.8), 12)), SCALE
    said = items.finding(table, reliable, scale)
    parts = said.detail.removesuffix(".").split("; ")
    assert said.headline == items.heading(table, reliable) + "."
    if known:
        weak, every = read("{} dari {} pertanyaan tidak seiring dengan yang lain.", said.headline)
        assert (int(weak), int(every)) == (sum(c < 0.3 for c in known), len(known))
        assert parts.pop(0) == "Tidak seiring: korelasi di bawah 0,30"
    else:
        assert said.headline.startswith("Keseiringan pertanyaan tidak dihitung")
    assert parts.pop(0) == (
        f"{sum(d > 0.7 for _c, d, _t in given)} pertanyaan menaikkan alfa bila dikeluarkan"
    )
    most = max(t for _c, _d, t in given)
    if not most:
        assert not parts
        return
    listed, n = read("tidak relevan (TR) terbanyak pada {} ({} perangkat daerah)", parts[0])
    tied = [name for name, (_c, _d, t) in zip(NAMES, given, strict=False) if t == most]
    assert int(n) == most
    if len(tied) <= 4:
        assert names(listed) == tied
    else:
        assert names(listed) == [*tied[:3], f"{len(tied) - 3} lainnya"]
    none = items.finding(table, items.Reliability(None, "few"), scale)
    assert none.detail.count("; ") == said.detail.count("; ") - 1


def test_alpha_is_told_or_why_there_is_none():
    said = items.reliable(items.Reliability(Alpha(0.812, (0.7, 0.9), 17)), "butir")
    assert said.headline == "Keandalan butir 0,8, paling tinggi 1."
    assert said.detail.startswith("Alfa Cronbach 0,81 (selang Feldt 95%: 0,70–0,90; n = 17)")
    said = items.reliable(items.Reliability(Alpha(0.1, (-0.7, 0.5), 17)), "butir")
    assert "(selang Feldt 95%: di bawah 0 s.d. 0,50; n = 17)" in said.detail
    for reason in items.REASONS:
        said = items.reliable(items.Reliability(None, reason), "butir")
        assert said.headline == f"Keandalan butir tidak dihitung: {items.REASONS[reason]}."

"""What is said of drivers, scenarios and the outlook, read back and worked out again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.methods.agreement import Concordance
from analysis.stages import future
from analysis.stages.future import drivers, outlook, scenarios
from analysis.text import number
from tests.stages.sentences import NAMES, believed, names, read, value
from tests.stages.sentences import with_interval as certainty

few = settings(max_examples=15)
CLASSES = [drivers.CRITICAL, drivers.TREND, drivers.MONITOR, ""]
LABELS = {drivers.CRITICAL: "Ketidakpastian kritis", drivers.TREND: "Tren yang pasti"}
classed = st.lists(
    st.tuples(st.sampled_from(CLASSES), st.booleans(), st.sampled_from([16.0, 16.0, 9.0])),
    min_size=1,
    max_size=6,
)


def table(given) -> pd.DataFrame:
    """Drivers by falling product; impact and uncertainty are told by their number of rows."""
    frame = pd.DataFrame(given, columns=["class", "sure", "product"])
    frame["product"] = frame["product"].where(frame["class"] != "")
    frame = frame.assign(item=NAMES[: len(given)], name=NAMES[: len(given)], n=12,
                         impact=4.0, uncertainty=3.5, low=8.0, high=20.0)  # fmt: skip
    return frame.sort_values("product", ascending=False, kind="stable", ignore_index=True)


@few
@given(classed)
def test_drivers_of_a_class_are_counted_and_named_where_they_are_sure(given):
    frame = table(given)
    for name, label in LABELS.items():
        part = frame[frame["class"] == name]
        sure, other = part[part["sure"]], part[~part["sure"]]
        said = future.words.named(frame, name)
        if sure.empty:
            (count,) = read(f"“{label}”: tidak ada yang pasti (uji t, koreksi Holm); {{}} menurut "
                            "reratanya saja.", said)  # fmt: skip
            assert int(count) == len(part)
            continue
        start = f"“{label}” dengan pasti (uji t, koreksi Holm): {{}}, antara lain {{}} (rerata "
        count, listed, more = read(
            start + "dampak × ketidakpastian); {} lagi menurut reratanya saja.",
            said.replace("; n", " / n"),
        )
        assert (int(count), int(more)) == (len(sure), len(other))
        assert re_named(listed) == list(sure["name"][:3])
        assert "(4,00 × 3,50 / n = 12)" in listed


def re_named(listed):
    return [part.split(" (")[0] for part in names(listed)]


@few
@given(classed)
def test_critical_uncertainties_are_counted(given):
    frame = table(given)
    known = [row for row in given if row[0]]
    critical = [row for row in known if row[0] == drivers.CRITICAL]
    heading, figures = future.words.heading_classes(frame), future.words.key_figures(frame, None)
    if not known:
        assert heading == "Belum ada jawaban lengkap tentang pendorong perubahan"
    elif not critical:
        assert heading == f"Tidak ada ketidakpastian kritis di antara {len(known)} pendorong"
    else:
        assert heading == (
            f"{len(critical)} dari {len(known)} pendorong tergolong ketidakpastian kritis "
            f"({sum(row[1] for row in critical)} dengan pasti)"
        )
    assert (figures[0]["shown"], figures[-1]["shown"]) == (str(len(critical)), "–")
    assert len(figures) == 2 + bool(known)
    if known:
        most = max(row[2] for row in known)
        tied = [n for n, (c, _s, p) in zip(NAMES, given, strict=False) if c and p == most]
        start = "dampak × ketidakpastian (1–25), angka tertinggi: {}"
        listed = names(read(start, figures[1]["label"])[0])
        assert listed == (tied if len(tied) <= 4 else [*tied[:3], f"{len(tied) - 3} lainnya"])
        assert (figures[1]["value"], figures[1]["detail"]) == (most, certainty(8.0, 20.0, 12))
    if len(known) > 1 and given[1][0]:
        first = believed((drivers.LEADING, "Bukit", "", 1, True))
        said = future.words.heading_product(frame, first)
        assert said == "Bukit tertinggi dalam dampak × ketidakpastian"
    unsure = future.words.heading_product(frame, believed())
    if len(known) > 1:
        assert unsure == f"Teratas, tanpa beda yang pasti: {'; '.join(frame['name'][:2])}"
    else:
        assert unsure == "Dampak × ketidakpastian setiap pendorong"


@pytest.mark.parametrize(
    ("w", "word"),
    [(1.0, "sangat kuat"), (0.9, "sangat kuat"), (0.89, "kuat"), (0.7, "kuat"), (0.69, "sedang"),
     (0.5, "sedang"), (0.49, "lemah"), (0.3, "lemah"), (0.29, "sangat lemah"), (0, "sangat lemah")],
)  # fmt: skip
@pytest.mark.parametrize("sure", [True, False])
def test_agreement_is_told_by_its_size_only_where_it_is_sure(w, word, sure):
    found = believed((drivers.AGREEMENT, "w", "", w, sure))
    concordance = Concordance(w, 0.0, 0.0, 7, 2)
    p = "0,004" if sure else "0,600"
    end = word if sure else "tidak dapat dibedakan dari kebetulan"
    assert future.words.agreed(concordance, found) == (
        f"W Kendall {number(w)} atas 7 unit lengkap (2 tidak dihitung; p Holm {p}): kesepakatan "
        f"{end}."
    )
    last = future.words.key_figures(table([("", False, 9.0)]), concordance)[-1]
    assert (last["shown"], last["value"]) == (number(w), w)
    assert last["detail"] == "n = 7 unit lengkap; 2 tidak dihitung"


@few
@given(st.lists(st.sampled_from("abc"), max_size=5))
def test_own_drivers_are_counted_by_unit(units):
    heading = future.words.heading_own(pd.DataFrame({"unit_name": units}))
    assert heading == (
        f"{len(units)} pendorong tambahan dari {len(set(units))} unit"
        if units
        else "Tidak ada unit yang menambahkan pendorong perubahan"
    )


answers = st.lists(
    st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=3, max_size=3),
    min_size=1,
    max_size=5,
)


@settings(max_examples=12)
@given(answers, st.sampled_from([2.0, 3.0, 4.0]))
def test_classes_are_those_of_the_means(given, cut):
    rows = [
        {"unit": f"u{n}", "group": "g", "item": name, "name": name, "steep": name,
         "steep_name": name, "tb": False, "impact": float(i), "uncertainty": float(u)}
        for n, unit in enumerate(given)
        for name, (i, u) in zip(NAMES, unit, strict=False)
    ]  # fmt: skip
    found = drivers.classified(pd.DataFrame(rows), cut, believed())
    means = {name: np.mean([unit[k] for unit in given], axis=0) for k, name in enumerate(NAMES[:3])}
    for row in found.itertuples():
        impact, uncertainty = means[row.name]
        expected = drivers.MONITOR
        if impact > cut + 1e-9:
            expected = drivers.CRITICAL if uncertainty > cut + 1e-9 else drivers.TREND
        assert (row.impact, row.uncertainty) == (pytest.approx(impact), pytest.approx(uncertainty))
        assert getattr(row, "class_name", "") and found.loc[row.Index, "class"] == expected
        assert row.product == pytest.approx(impact * uncertainty)
    assert found["product"].is_monotonic_decreasing
    pair = scenarios.pair(pd.DataFrame(rows), found, cut)
    critical = found[found["class"] == drivers.CRITICAL]["name"]
    if len(critical) < 2:
        assert pair is None
        assert "tidak dibuat" in scenarios.finding(pair)
    else:
        assert (pair.first, pair.second) == tuple(critical[:2])


@pytest.mark.parametrize("impact", [True, False, None])
@pytest.mark.parametrize("uncertainty", [True, False, None])
@pytest.mark.parametrize("of", CLASSES)
def test_a_class_is_sure_where_each_of_its_sides_is(of, impact, uncertainty):
    rows = [
        (drivers.KINDS[scale], "x", "", 1 if side else -1, side is not None)
        for scale, side in ((drivers.IMPACT, impact), (drivers.UNCERTAINTY, uncertainty))
    ]
    frame = pd.DataFrame({"item": ["x"], "class": [of]})  # fmt: skip
    expected = {
        drivers.CRITICAL: impact is True and uncertainty is True,
        drivers.TREND: impact is True and uncertainty is False,
        drivers.MONITOR: impact is False,
    }
    assert drivers._sure(frame, believed(*rows)).iloc[0] == expected.get(of, False)


def test_scenarios_are_named_by_the_ends_of_their_axes():
    found = scenarios.Pair("Alun", "Bukit", 0.42)
    assert scenarios.finding(found) == (
        "Sumbu skenario: “Alun” dan “Bukit”; pasangan ini terpilih pada 42% sampel ulang."
    )
    for corner, (name, question) in scenarios.shown(found, table([]))["cells"].items():
        x, y = ({"high": "kuat", "low": "lemah"}[end] for end in corner.split("_"))
        assert name == f"“Alun” {x}, “Bukit” {y}"
        assert ("“Alun”" in question) == (corner == "high_low")
        assert ("“Bukit”" in question) == (corner == "low_high")
    corners = drivers.corners()
    assert corners["high_high"] == "Ketidakpastian kritis" and corners["low_high"].startswith(
        "Tren"
    )
    assert corners["low_low"] == corners["high_low"] == "Pantau"


points = st.lists(
    st.tuples(st.integers(2015, 2024), st.sampled_from([1.0, 2.5]), st.booleans()),
    min_size=1,
    max_size=7,
    unique_by=lambda p: p[0],
)


@few
@given(points)
def test_the_outlook_tells_the_latest_figure_that_is_used(given):
    rows = [("x", "Alun", "Alun", "%", "%", "kota", *point, "Buku", "") for point in given]
    columns = ["indicator", "name", "name_en", "unit", "unit_en", "area"]
    figures = outlook.city(
        pd.DataFrame(rows, columns=[*columns, "year", "value", "used", "source", "note"])
    )
    found = outlook.series(figures, "x")
    used = sorted((year, v) for year, v, used in given if used)
    gaps = [b[0] - a[0] for a, b in zip(used, used[1:], strict=False)]
    projected = len(used) >= 4 and max(gaps) <= 3
    assert (found.projection is not None) == projected
    if used:
        year, told, rest = read("Alun {}: {} %{}", found.title)
        assert (int(year), value(told)) == used[-1]
        assert rest.endswith("dengan proyeksi indikatif") == projected
    else:
        assert found.title == "Alun: belum ada angka yang dipakai"
    if projected:
        slope, start = np.polyfit(*zip(*used, strict=True), 1)
        year, told, _low = read("Indikatif: {} {} (selang prediksi {}).", found.note)
        assert int(year) == used[-1][0] + 2
        assert value(told) == pytest.approx(start + slope * int(year), abs=0.051)
    elif len(used) < 4:
        assert found.note == f"Tidak diproyeksikan: hanya {len(used)} titik, sedikitnya 4."
    else:
        first, last, longest = read(
            "Tidak diproyeksikan: jeda {}–{} melebihi {} tahun.", found.note
        )
        assert int(last) - int(first) == max(gaps) and longest == "3"
    shown = outlook.figure([found])
    assert (shown["value"], shown["detail"]) == (int(projected), "dari 1 indikator yang terbit")
    said = outlook.finding([found])
    assert said.startswith("Diproyeksikan: Alun (%)") == projected
    unused = [f"Alun {year}" for year, _v, used in sorted(given) if not used]
    assert ("bertentangan" in said) == bool(unused)
    if unused:
        assert names(said.split("tidak dipakai: ")[1][:-1]) == unused
    assert outlook.projections([found])["n"].tolist() == [len(used)]

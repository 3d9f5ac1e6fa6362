"""What the coordinator is told to mend and to ask, read back and counted again."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages.coordination import diagnostics, mending
from analysis.text import percent
from tests.stages.sentences import NAMES, names, read, value

few = settings(max_examples=15)
CELLS = pd.DataFrame(
    [("a", "P", 3, 2, 0, 1, 0), ("b", "P", 3, 3, 0, 0, 0)],
    columns=["unit", "sheet", "expected", "answered", "tb", "blank", "invalid"],
).assign(table="t", title="T", unit_name="Unit", unit_short="Unit", group="g", group_name="G")

severity = st.sampled_from(["error", "warning", "info"])
registered = st.lists(
    st.tuples(severity, st.sampled_from([*NAMES[:3], None]), st.booleans()), max_size=7
)


@few
@given(registered)
def test_who_must_mend_what_is_counted_by_severity(given):
    code = {True: "MISSING_UNIT", False: "OTHER"}
    problems = pd.DataFrame(
        [(s, u, u, code[c and u is not None], f"f{n}.xlsx") for n, (s, u, c) in enumerate(given)],
        columns=["severity", "unit", "unit_name", "code", "file"], dtype="string",
    )  # fmt: skip
    units = pd.DataFrame(
        {"unit": NAMES[:4], "unit_name": NAMES[:4], "answered": [True] * 3 + [False]}
    )
    counts = {s: sum(g[0] == s for g in given) for s in ("error", "warning")}
    open_ = [g for g in given if g[0] != "info"]
    found = mending.findings(problems, units, CELLS)
    counted = mending.counted(problems)
    if not open_:
        assert counted.headline == "Tidak ada kesalahan atau peringatan."
    else:
        of = len({u for _s, u, _c in open_ if u})
        assert counted.headline == (
            f"{counts['error']} kesalahan dan {counts['warning']} peringatan."
        )
        assert counted.detail == f"Pada {of} perangkat daerah."
    told = {f.headline: names(f.detail[:-1]) for f in found}
    worst = list(dict.fromkeys(u for s, u, _c in given if s == "error" and u))
    gone = [n for n in NAMES[:3] if any(c and u == n for _s, u, c in given)]
    stray = [f"f{n}.xlsx" for n, (s, u, _c) in enumerate(given) if s != "info" and not u]
    assert told.get(f"Minta perbaikan dari {len(worst)} perangkat daerah.", []) == worst
    assert told.get(f"Tagih {len(gone)} perangkat daerah.", []) == gone
    own = f"Periksa sendiri {len(stray)} berkas yang pengirimnya tidak dikenali."
    assert told.get(own, []) == stray
    assert "1 perangkat daerah masih harus melengkapi jawaban, mulai dari Unit." in told
    uniform = pd.DataFrame({"same": [1.0, 1.0, 0.99], "unit": ["a", "a", "b"]})
    figures = mending.key_figures(problems, units, uniform)
    assert [f["value"] for f in figures] == [counts["error"], counts["warning"], 1, 2]
    assert figures[2]["detail"] == "3 dari 4 perangkat daerah menjawab"
    assert figures[3]["detail"] == "oleh 1 perangkat daerah"
    for figure, s in zip(figures, counts, strict=False):
        assert (
            figure["detail"]
            == f"pada {len({u for x, u, _c in given if x == s and u})} perangkat daerah"
        )


@few
@given(st.lists(st.integers(-1, 1), min_size=1, max_size=5))
def test_cells_that_do_not_add_up_are_named(rests):
    table = pd.DataFrame({"unaccounted": rests, "file": NAMES[: len(rests)], "cells": 1000})
    table["unit_name"] = table["file"]
    wrong = [name for name, rest in zip(NAMES, rests, strict=False) if rest]
    for said, right in (
        (mending.headline_all_cells(table), f"{len(rests)}.000 sel berisi, komentar"),
        (mending.headline_required_cells(table), "Pertanyaan wajib cocok"),
    ):
        if wrong:
            assert "tidak cocok" in said and names(said.split(": ")[1]) == wrong
        else:
            assert said.startswith(right)


uniformity = st.sampled_from([1.0, 0.9, 0.89])
levels = st.sampled_from(["clear", "likely", "unclear"])
looked_at = st.tuples(uniformity, levels, st.sampled_from([0.5, 1.5, None]))


@few
@given(st.lists(looked_at, max_size=6))
def test_straight_lines_and_distant_units_are_counted_and_named(given):
    uniform = pd.DataFrame({"same": [s for s, _c, _d in given], "unit_name": NAMES[: len(given)]})
    apart = pd.DataFrame(
        [
            (d, n, "unclear" if d is None else c)
            for n, (_s, c, d) in zip(NAMES, given, strict=False)
        ],
        columns=["deviation", "unit_short", "level"],
    ).astype({"deviation": float})
    straight = [n for n, g in zip(NAMES, given, strict=False) if g[0] == 1]
    nearly = sum(g[0] == 0.9 for g in given)
    said = diagnostics.findings(uniform.astype({"same": float}), apart, tb_items([]))
    asked = said[0].detail.removeprefix("Tanyakan kepada: ")
    if not given:
        assert said[0].headline.startswith("Belum ada tabel dengan cukup jawaban")
    elif straight or nearly:
        assert said[0].headline == (
            f"{len(straight)} tabel dijawab seragam dan {nearly} hampir seragam."
        )
    else:
        assert said[0].headline == "Tidak ada tabel yang dijawab seragam atau hampir seragam."
    assert (names(asked[:-1]) if asked else []) == straight
    known = [(n, g[1], g[2]) for n, g in zip(NAMES, given, strict=False) if g[2] is not None]
    level = next((x for x in ("clear", "likely") if x in {g[1] for g in known}), "unclear")
    if not known:
        assert said[1].headline.startswith("Tidak ada kelompok yang cukup besar")
        assert said[1].level == "count"
        return
    assert said[1].level == level
    if level == "unclear":
        assert said[1].headline.startswith("Tidak ada yang jelas lebih jauh")
        return
    farthest = [(name, deviation) for name, of, deviation in known if of == level]
    start, listed = said[1].headline[:-1].split(": ")
    assert start.startswith({"clear": "Jelas", "likely": "Cenderung"}[level])
    named = [name for name, _deviation in farthest]
    assert names(listed) == (
        named if len(named) <= 4 else [*named[:3], f"{len(named) - 3} lainnya"]
    )
    (told,) = read("Jarak dalam tingkat skala: {}.", said[1].detail)
    parts = [part.rsplit(" ", 1) for part in told.split("; ")]
    assert [(name, value(deviation)) for name, deviation in parts] == farthest


def tb_items(counts) -> pd.DataFrame:
    rows = [(f"u{u}", "t", f"i{n}", f"Butir {n}", "P", u < count)
            for n, count in enumerate(counts) for u in range(4)]  # fmt: skip
    ratings = pd.DataFrame(rows, columns=["unit", "table", "item", "name", "sheet", "tb"])
    return diagnostics.most_tb(ratings, 2)


@few
@given(st.lists(st.integers(0, 4), max_size=7))
def test_the_items_with_most_tb_are_all_that_share_it(counts):
    said = diagnostics.headline_tb(tb_items(counts))
    most = max(counts, default=0)
    if not most:
        assert said == "Tidak ada pertanyaan yang dijawab tidak relevan"
        return
    first = [f"Butir {n}" for n, count in enumerate(counts) if count == most]
    (listed,) = read("Paling sering dijawab tidak relevan: {}", said)
    nothing = pd.DataFrame(columns=["same", "unit_name", "unit_short", "deviation", "level"])
    detail = diagnostics.findings(nothing, nothing, tb_items(counts))[2].detail
    assert detail == f"{percent(most / 4)} perangkat daerah yang ditanyai."
    assert names(listed) == (
        first if len(first) <= 4 else [*first[:3], f"{len(first) - 3} lainnya"]
    )


@pytest.mark.parametrize("deviation", [0.0, 2.0])
def test_a_unit_that_agrees_with_its_group_stands_apart_from_nobody(deviation):
    rows = [
        {"unit": u, "unit_name": u, "unit_short": u, "group": "g", "group_name": "G", "tb": False,
         "table": "t", "item": f"i{n}", "field": "level", "value": 3.0 + (u == "d") * deviation}
        for u in "abcd"
        for n in range(20)
    ]  # fmt: skip
    apart = diagnostics.apart(pd.DataFrame(rows))
    assert apart[apart["far"]]["unit"].tolist() == (["d"] if deviation else [])
    assert apart["deviation"].is_monotonic_decreasing

"""What is said of who answered and who must mend what, read back and counted again."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import diagnostics, mending, participation
from analysis.text import number, percent
from tests.stages.sentences import NAMES, names, read, value

few = settings(max_examples=25)
cell = st.integers(0, 3)
COUNTS = ["answered", "tb", "blank", "invalid"]
workbooks = st.lists(
    st.tuples(
        st.booleans(), st.lists(st.tuples(cell, cell, cell, cell), min_size=2, max_size=2)
    ).filter(lambda unit: all(map(sum, unit[1]))),
    min_size=1,
    max_size=6,
)


def register(given) -> pd.DataFrame:
    """The units: who answered; a group of three, then one of the others."""
    return pd.DataFrame(
        {"unit": NAMES[: len(given)], "unit_name": NAMES[: len(given)],
         "unit_short": NAMES[: len(given)], "answered": [a for a, _cells in given]}
    ).assign(group=lambda t: ["a" if n < 3 else "b" for n in t.index],
             group_name=lambda t: t["group"].str.upper())  # fmt: skip


def cells(given, every=False) -> pd.DataFrame:
    """Required cells on two sheets: of the units that answered, or of all."""
    rows = [
        (name, name, name, sheet, *counts)
        for name, (answered, sheets) in zip(NAMES, given, strict=False)
        for sheet, counts in zip("PQ", sheets, strict=True)
        if answered or every
    ]
    table = pd.DataFrame(rows, columns=["unit", "unit_name", "unit_short", "sheet", *COUNTS])
    table = table.assign(expected=table[COUNTS].sum(axis=1), group="a", group_name="A")
    return table.astype(dict.fromkeys([*COUNTS, "expected"], int))


@few
@given(workbooks)
def test_who_answered_is_counted_and_who_did_not_is_named(given):
    units, table = register(given), cells(given)
    absent = [n for n, (a, _c) in zip(NAMES, given, strict=False) if not a]
    all_, returned = len(given), len(given) - len(absent)
    found = participation.findings(units, table)
    figure = participation.key_figures(units, table)[0]
    assert (figure["shown"], figure["value"]) == (f"{returned} dari {all_}", returned)
    assert figure["detail"].startswith(
        f"{returned} mengirim; {percent(returned / all_)} dari unit terdaftar"
    )
    if not absent:
        assert found[0] == f"Semua unit ({all_}) menjawab."
        assert participation.headline_missing(units) == "Tidak ada unit yang belum menjawab"
        assert "sensus unit" in participation.meaning(units)
    else:
        assert found[0] == (
            f"{returned} dari {all_} unit menjawab ({percent(returned / all_)}); {len(absent)} "
            "unit belum menjawab."
        )
        groups = ["A" if NAMES.index(name) < 3 else "B" for name in absent]
        assert names(read("Belum menjawab: {}.", found[1])[0]) == [
            f"{name} ({group})" for name, group in zip(absent, groups, strict=True)
        ]
        assert participation.headline_missing(units) == f"{len(absent)} unit belum menjawab"
        width = number(len(absent) / all_ * 6)
        assert participation.meaning(units, 1, 7).endswith(
            f"pada skala 1–7 sekurang-kurangnya {width}."
        )
    short = []
    for group, part in (("A", given[:3]), ("B", given[3:])):
        answered = sum(a for a, _c in part)
        if answered < len(part):
            short.append(f"{group} ({answered}/{len(part)})")
    heading = participation.headline_groups(units)
    if short:
        assert names(read("Kelompok yang belum lengkap: {}", heading)[0]) == short
    else:
        assert heading == "Semua unit di setiap kelompok telah menjawab"


@few
@given(workbooks)
def test_completeness_is_counted_in_cells(given):
    table = cells(given)
    books = [sheets for answered, sheets in given if answered]
    by_sheet = {s: [sum(c) for c in zip(*(b[k] for b in books), strict=True)]
                for k, s in enumerate("PQ")} if books else {}  # fmt: skip
    whole = [sum(c) for c in zip(*by_sheet.values(), strict=True)] or [0] * 4
    expected = sum(whole)
    figures = participation.key_figures(register(given), table)[1:]
    filled = (whole[0] + whole[1]) / expected if expected else np.nan
    tb = whole[1] / expected if expected else np.nan
    assert [f["shown"] for f in figures] == [
        percent(filled, 1), percent(tb, 1), str(whole[2] + whole[3]),
    ]  # fmt: skip
    assert figures[2]["detail"] == f"{whole[2]} kosong, {whole[3]} tidak terbaca"
    if not books:
        assert participation.findings(register(given), table)[-1].startswith("Belum ada buku")
        return
    sheets = participation.headline_sheets(table)
    shares = {s: (c[0] + c[1]) / sum(c) for s, c in by_sheet.items()}
    least = [s for s, share in shares.items() if share == min(shares.values())]
    if not whole[2] + whole[3]:
        assert sheets == "Semua sel wajib pada buku kerja yang masuk telah terisi"
    else:
        listed, share = read("Lembar yang paling banyak belum terisi: {} ({} terisi)", sheets)
        assert names(listed) == least
        assert share == percent(min(shares.values()), 1)
    told = [s for s in participation.findings(register(given), table) if s.startswith("Pada buku")]
    assert told == [f"Pada buku kerja yang masuk {percent(filled, 1)} dari {expected} sel wajib "
                    f"terisi. {sheets}."]  # fmt: skip
    open_ = [b for b in books if any(c[2] + c[3] for c in b)]
    assert participation.headline_units(table) == (
        f"{len(open_)} dari {len(books)} buku kerja yang masuk belum lengkap"
        if open_
        else "Semua buku kerja yang masuk lengkap"
    )
    emptiest = participation.incomplete(table)["filled"]
    assert emptiest.is_monotonic_increasing and len(emptiest) == len(open_)
    most = {s: c[1] / sum(c) for s, c in by_sheet.items()}
    said = participation.most_tb(table)
    if not whole[1]:
        assert said == "Tidak ada unit yang menjawab TB (tidak berlaku)."
    else:
        start = "TB (tidak berlaku) paling banyak pada lembar {}: {} sel wajibnya."
        listed, share = read(start, said)
        assert names(listed) == [s for s, x in most.items() if x == max(most.values())]
        assert share == percent(max(most.values()), 1)
    empty = [
        f"{sheet} ({name})"
        for name, (answered, sheets) in zip(NAMES, given, strict=False)
        for sheet, counts in zip("PQ", sheets, strict=True)
        if answered and counts[2] == sum(counts)
    ]
    said = participation.empty_sheets(table)
    assert said.startswith("Lembar yang seluruhnya kosong: ") if empty else said == ""
    if 0 < len(empty) < 10:
        assert names(read("Lembar yang seluruhnya kosong: {}.", said)[0]) == empty


@few
@given(workbooks)
def test_those_who_sent_too_little_are_named(given):
    units, table = register(given), cells(given, every=True)
    partly = [n for n, (a, _c) in zip(NAMES, given, strict=False) if not a]
    said = participation.sent(units, table)
    if not partly:
        assert said == ""
        return
    returned = len(given) - len(partly)
    assert said.startswith(f"{len(given)} unit mengirim, {returned} lengkap; ")
    assert names(said.rstrip(".").split("diisi saja: ")[1]) == partly
    assert participation.key_figures(units, table)[1]["detail"].endswith(f"n = {len(given)}")


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
    found = mending.findings(problems, units, cells([(True, [(1, 0, 1, 0), (1, 0, 0, 0)])]))
    if not open_:
        assert found[0] == "Tidak ada kesalahan atau peringatan."
    else:
        of = len({u for _s, u, _c in open_ if u})
        assert found[0] == (
            f"{counts['error']} kesalahan dan {counts['warning']} peringatan pada {of} unit."
        )
    told = {s.split(":")[0]: names(s[:-1].split(": ")[1]) for s in found if ": " in s}
    worst = list(dict.fromkeys(u for s, u, _c in given if s == "error" and u))
    gone = [n for n in NAMES[:3] if any(c and u == n for _s, u, c in given)]
    stray = [f"f{n}.xlsx" for n, (s, u, _c) in enumerate(given) if s != "info" and not u]
    assert told.get("Minta perbaikan dari", []) == worst
    assert told.get("Tagih", []) == gone
    assert told.get("Periksa sendiri berkas yang unitnya tidak dikenali", []) == stray
    assert "1 buku kerja masih mempunyai sel wajib yang kosong atau tidak terbaca." in found
    uniform = pd.DataFrame({"same": [1.0, 1.0, 0.99], "unit": ["a", "a", "b"]})
    figures = mending.key_figures(problems, units, uniform)
    assert [f["value"] for f in figures] == [counts["error"], counts["warning"], 1, 2]
    assert figures[2]["detail"] == "3 dari 4 unit menjawab"
    assert figures[3]["detail"] == "oleh 1 unit"
    for figure, s in zip(figures, counts, strict=False):
        assert figure["detail"] == f"pada {len({u for x, u, _c in given if x == s and u})} unit"


@few
@given(st.lists(st.integers(-1, 1), min_size=1, max_size=5))
def test_cells_that_do_not_add_up_are_named(rests):
    table = pd.DataFrame({"unaccounted": rests, "file": NAMES[: len(rests)], "cells": 1000})
    table["unit_name"] = table["file"]
    wrong = [name for name, rest in zip(NAMES, rests, strict=False) if rest]
    for said, right in (
        (mending.headline_accounts(table), f"{len(rests)}.000 sel berisi dari {len(rests)} buku"),
        (mending.headline_reconciliation(table), "Sel wajib setiap buku kerja cocok"),
    ):
        if wrong:
            assert "tidak cocok" in said and names(said.split(": ")[1]) == wrong
        else:
            assert said.startswith(right)


@few
@given(
    st.lists(
        st.tuples(
            st.sampled_from([1.0, 0.9, 0.89]), st.booleans(), st.sampled_from([0.5, 1.5, None])
        ),
        max_size=6,
    )
)  # noqa: E501
def test_straight_lines_and_distant_units_are_counted_and_named(given):
    uniform = pd.DataFrame({"same": [s for s, _c, _d in given], "unit_name": NAMES[: len(given)]})
    apart = pd.DataFrame({"deviation": [d for _s, _c, d in given], "unit_short": NAMES[: len(given)],
                          "sure": [c and d is not None for _s, c, d in given]})  # fmt: skip
    apart = apart.astype({"deviation": float, "sure": bool})
    straight = [n for n, g in zip(NAMES, given, strict=False) if g[0] == 1]
    nearly = sum(g[0] == 0.9 for g in given)
    said = diagnostics.findings(uniform.astype({"same": float}), apart, tb_items([]))
    first, _sep, asked = said[0].partition(". Tanyakan kepada: ")
    if straight or nearly:
        assert first.rstrip(".") == (
            f"{len(straight)} tabel dijawab seragam dan {nearly} hampir seragam"
        )
    else:
        assert first == "Tidak ada tabel yang dijawab (hampir) seragam."
    assert (names(asked[:-1]) if asked else []) == straight
    sure = [(n, g[2]) for n, g in zip(NAMES, given, strict=False) if g[1] and g[2] is not None]
    if all(g[2] is None for g in given):
        assert said[1].startswith("Tidak ada kelompok dengan sekurang-kurangnya 3 unit")
    elif not sure:
        assert said[1].startswith("Tidak ada unit yang pasti lebih jauh")
    else:
        listed = names(said[1][:-1].split(": ")[1])
        parts = [read("{} ({})", part) for part in listed]
        assert [(name, value(deviation)) for name, deviation in parts] == sure


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
        assert said == "Tidak ada butir yang dijawab TB"
        return
    first = [f"Butir {n}" for n, count in enumerate(counts) if count == most]
    listed, share = read("TB terbanyak: {} ({} unit)", said)
    assert share == percent(most / 4)
    assert names(listed) == (
        first if len(first) <= 5 else [*first[:4], f"{len(first) - 4} lainnya"]
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
    assert apart[apart["sure"]]["unit"].tolist() == (["d"] if deviation else [])
    assert apart["deviation"].is_monotonic_decreasing

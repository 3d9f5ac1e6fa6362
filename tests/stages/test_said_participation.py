"""What is said of who answered and who must mend what, read back and counted again."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.stages import participation
from analysis.text import number, percent
from tests.stages.sentences import NAMES, names, read

few = settings(max_examples=15)
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
    table = table.assign(table=table["sheet"].str.lower(), title="T")
    return table.astype(dict.fromkeys([*COUNTS, "expected"], int))


@few
@given(workbooks)
def test_who_answered_is_counted_and_who_did_not_is_named(given):
    units, table = register(given), cells(given)
    absent = [n for n, (a, _c) in zip(NAMES, given, strict=False) if not a]
    all_, returned = len(given), len(given) - len(absent)
    found = [f for f, _tables in participation.words.findings(units, table, "semua")]
    figure = participation.words.key_figures(units, table, "semua")[0]
    assert (figure["shown"], figure["value"]) == (f"{returned} dari {all_}", returned)
    assert figure["detail"].startswith(
        f"{returned} mengirim; {percent(returned / all_)} dari semua"
    )
    if not absent:
        every = (
            f"Semua {all_} perangkat daerah menjawab."
            if all_ > 1
            else "Satu-satunya perangkat daerah menjawab."
        )
        assert found[0].headline == every
        assert (
            participation.words.headline_missing(units)
            == "Tidak ada perangkat daerah yang belum menjawab"
        )
        told = participation.words.meaning(units, "semua")
        assert "perbedaan yang sungguh ada di antara mereka" in told.detail
        assert "Kecenderungan yang sama pada semua perangkat daerah" in told.detail
        assert "petugas lain" not in told.detail
        said = told.headline
        assert said.startswith("Survei ini sensus atas semua")
    else:
        assert found[0].headline == (
            f"{returned} dari {all_} perangkat daerah menjawab."
            if returned
            else "Belum ada jawaban dari satu pun perangkat daerah."
        )
        groups = ["A" if NAMES.index(name) < 3 else "B" for name in absent]
        assert names(read("Dari semua belum menjawab: {}.", found[0].detail)[0]) == [
            f"{name} ({group})" for name, group in zip(absent, groups, strict=True)
        ]
        assert (
            participation.words.headline_missing(units)
            == f"{len(absent)} perangkat daerah belum menjawab"
        )
        width = number(len(absent) / all_ * 6)
        assert participation.words.meaning(units, "semua", 1, 7).detail.endswith(
            f"pada skala 1–7 sekurang-kurangnya {width}."
        )
    short = []
    for group, part in (("A", given[:3]), ("B", given[3:])):
        answered = sum(a for a, _c in part)
        if answered < len(part):
            short.append(f"{group} ({answered}/{len(part)})")
    heading = participation.words.headline_groups(units)
    if short:
        assert names(read("Kelompok yang belum lengkap: {}", heading)[0]) == short
    else:
        assert heading == "Semua perangkat daerah di setiap kelompok telah menjawab"


@few
@given(workbooks)
def test_completeness_is_counted_in_cells(given):
    table = cells(given)
    books = [sheets for answered, sheets in given if answered]
    by_sheet = {s: [sum(c) for c in zip(*(b[k] for b in books), strict=True)]
                for k, s in enumerate("PQ")} if books else {}  # fmt: skip
    whole = [sum(c) for c in zip(*by_sheet.values(), strict=True)] or [0] * 4
    expected = sum(whole)
    figures = participation.words.key_figures(register(given), table, "semua")[1:]
    filled = (whole[0] + whole[1]) / expected if expected else np.nan
    tb = whole[1] / expected if expected else np.nan
    assert [f["shown"] for f in figures] == [
        percent(filled, 1), percent(tb, 1), str(whole[2] + whole[3]),
    ]  # fmt: skip
    assert figures[2]["detail"] == f"{whole[2]} kosong, {whole[3]} tidak terbaca"
    if not books:
        said, _tables = participation.words.findings(register(given), table, "semua")[-1]
        assert said.headline.startswith("Belum ada kuesioner")
        return
    sheets = participation.words.headline_sheets(table)
    shares = {s: (c[0] + c[1]) / sum(c) for s, c in by_sheet.items()}
    least = [s for s, share in shares.items() if share == min(shares.values())]
    if not whole[2] + whole[3]:
        assert sheets == "Semua pertanyaan wajib pada kuesioner yang masuk telah terisi"
    else:
        listed, share = read("Bagian yang paling banyak belum terisi: {} ({} terisi)", sheets)
        assert names(listed) == least
        assert share == percent(min(shares.values()), 1)
    told = participation.words.completeness(table)
    found = dict(participation.words.findings(register(given), table, "semua"))
    blank = {s.lower() for b in books for s, c in zip("PQ", b, strict=True) if c[2] == sum(c)}
    open_sheets = [s for s in shares if by_sheet[s][2] + by_sheet[s][3]]
    least_first = [s.lower() for s in sorted(open_sheets, key=shares.__getitem__)]
    assert found[told] == [table for table in least_first if table not in blank]
    assert (
        told.headline == f"Pada kuesioner yang masuk {percent(filled, 1)} pertanyaan wajib terisi."
    )
    assert told.detail == f"Dari {expected} pertanyaan wajib. {sheets}."
    open_ = [b for b in books if any(c[2] + c[3] for c in b)]
    assert participation.words.headline_units(table) == (
        f"{len(open_)} dari {len(books)} kuesioner yang masuk belum lengkap"
        if open_
        else "Semua kuesioner yang masuk lengkap"
    )
    emptiest = participation.figures.incomplete(table)["filled"]
    assert emptiest.is_monotonic_increasing and len(emptiest) == len(open_)
    most = {s: c[1] / sum(c) for s, c in by_sheet.items()}
    said = participation.words.most_tb(table)
    if not whole[1]:
        assert said.headline == "Tidak ada pertanyaan yang dijawab tidak relevan."
    else:
        start = "Jawaban tidak relevan paling banyak pada bagian {}."
        (listed,) = read(start, said.headline)
        assert names(listed) == [s for s, x in most.items() if x == max(most.values())]
        assert said.detail == (
            f"{percent(max(most.values()), 1)} pertanyaan wajibnya dijawab tidak relevan (TR)."
        )
    empty = [
        f"{sheet} ({name})"
        for name, (answered, sheets) in zip(NAMES, given, strict=False)
        for sheet, counts in zip("PQ", sheets, strict=True)
        if answered and counts[2] == sum(counts)
    ]
    said = participation.words.empty_sheets(table)
    assert (
        said.headline == f"{len(empty)} bagian kuesioner seluruhnya kosong."
        if empty
        else said is None
    )
    if 0 < len(empty) < 10:
        assert names(said.detail[:-1]) == empty


@few
@given(workbooks)
def test_those_who_sent_too_little_are_named(given):
    units, table = register(given), cells(given, every=True)
    partly = [n for n, (a, _c) in zip(NAMES, given, strict=False) if not a]
    said = participation.words.sent(units, table)
    if not partly:
        assert said is None
        return
    assert said.headline.startswith(f"{len(partly)} perangkat daerah mengirim")
    assert names(said.detail[:-1].split("diisi: ")[1]) == partly
    figures = participation.words.key_figures(units, table, "semua")
    assert figures[1]["detail"].endswith(f"n = {len(given)}")

"""The coordinator's page: three units of one group, five items; worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.origin import Source
from analysis.stages import coordination, participation
from analysis.stages.coordination import campaign, diagnostics, mending
from tests.stages.answers import ALONE, UNASSESSED, UNPROPOSED
from tests.stages.sentences import silent_of_nan

TABLES = [
    SimpleNamespace(name="readiness", sheet="3 Kesiapan Daerah", title="Indikator kesiapan"),
    SimpleNamespace(name="pairs", sheet="6 Visi", title="Perbandingan berpasangan"),
    SimpleNamespace(name="quickwin", sheet="7 Quick Win", title="Usulan"),
]
UNITS = pd.DataFrame(
    [
        ("a", "Kecamatan Ani", "Ani", "kecamatan", "Kecamatan", True),
        ("b", "Kecamatan Budi", "Budi", "kecamatan", "Kecamatan", True),
        ("c", "Kecamatan Cut", "Cut", "kecamatan", "Kecamatan", True),
        ("d", "Kecamatan Dua", "Dua", "kecamatan", "Kecamatan", False),
    ],
    columns=["unit", "unit_name", "unit_short", "group", "group_name", "answered"],
)
NAN = float("nan")
LEVELS = {"a": [3, 3, 3, 3, 3], "b": [1, 2, 3, 4, 5], "c": [3, 3, 3, 4, NAN]}


def readiness(levels):
    """The table as the survey gives it; the fifth item is TB where it has no level."""
    rows = [
        {"unit": unit, "item": f"KS0{i}", "name": f"Butir {i}", "level": level, "weight": 1.0}
        for unit, given in levels.items()
        for i, level in enumerate(given, start=1)
    ]
    frame = pd.DataFrame(rows).astype({"level": float})
    who = UNITS.drop(columns="answered")
    return frame.assign(tb=frame["level"].isna()).merge(who, on="unit")


def ratings(levels=LEVELS, **others):
    return diagnostics.rated({"readiness": readiness(levels), **others}, TABLES)


def test_ratings_hold_scales_only():
    table = ratings()
    assert set(table["field"]) == {"level"}
    assert table["sheet"].unique().tolist() == ["3 Kesiapan Daerah"]
    assert table["tb"].sum() == 1


def test_straight_lining():
    table = diagnostics.uniform(ratings()).set_index("unit")
    # Ani: five times 3. Budi: each level once, standard deviation sqrt(2). Cut gave four answers,
    # too few to judge.
    assert table["same"].to_dict() == {"a": 1, "b": 0.2}
    assert table["spread"].to_dict() == {"a": 0, "b": pytest.approx(2**0.5)}
    assert table["n"].to_dict() == {"a": 5, "b": 5}
    uniform = diagnostics.uniform(ratings())
    assert diagnostics.headline_uniform(uniform) == "1 tabel dijawab seragam dan 0 hampir seragam"
    assert diagnostics.suspects(uniform, least=0)["unit"].tolist() == ["a"]


def test_of_equally_uniform_tables_the_one_that_varies_least_comes_first():
    # Of five answers four are alike in both; the fifth is one level away in one, four in the other.
    for far, near in (("a", "b"), ("b", "a")):
        odd = {far: 5, near: 2}
        levels = {unit: [1, 1, 1, 1, odd[unit]] for unit in ("a", "b")}
        table = diagnostics.uniform(ratings(levels))
        assert table["same"].tolist() == [0.8, 0.8]
        assert table["unit"].tolist() == [near, far]


def test_distance_from_the_group():
    table = diagnostics.apart(ratings()).set_index("unit")
    # Medians 3, 3, 3, 4; item 5 has two answers, too few to compare. Ani 0 0 0 1, Budi 2 1 0 0,
    # Cut 0 0 0 0.
    assert table["deviation"].to_dict() == {"b": 0.75, "a": 0.25, "c": 0}
    assert (table["n"] == 4).all()
    assert not table["far"].any()  # four answers tell nothing apart
    assert set(table["level"]) == {"unclear"}
    # Budi: standard deviation of 2 1 0 0 is 0.957, t(3) = 3.182: 0.75 +- 3.182 x 0.957 / 2.
    assert table.loc["b", "high"] == pytest.approx(0.75 + 3.18245 * 0.957427 / 2, abs=1e-4)


def test_a_unit_is_named_only_when_chance_is_excluded():
    # Forty items: two units say 3 and 4 in turn alike, the third the opposite end.
    levels = {"a": [3, 4] * 20, "b": [3, 4] * 20, "c": [1, 1] * 20}
    apart = diagnostics.apart(ratings(levels))
    assert apart[apart["far"]]["unit"].tolist() == ["c"]
    assert apart.set_index("unit")["level"].to_dict() == {
        "c": "clear",
        "a": "unclear",
        "b": "unclear",
    }
    assert diagnostics.headline_apart(apart) == (
        "Jelas lebih jauh dari kelompoknya daripada yang lain: Cut"
    )
    found = diagnostics.findings(
        diagnostics.uniform(ratings(levels)), apart, apart[:0].assign(share=0)
    )
    assert (found[1].level, found[1].detail) == ("clear", "Jarak dalam tingkat skala: Cut 2,50.")
    # The usual distance is (2.5 + 0 + 0) / 3; Cut lies 2.5 +- t x sem from nothing at all.
    assert (apart["wide_low"] <= apart["low"]).all() and (apart["wide_high"] >= apart["high"]).all()
    assert apart["wide_low"].iloc[0] > 2.5 / 3


def test_pairs_are_not_compared_with_the_group_but_may_be_straight():
    strength = readiness({"a": [9] * 5, "b": [1] * 5, "c": [5] * 5}).drop(columns="tb")
    strength = strength.drop(columns="name").rename(columns={"level": "strength"})
    table = ratings(pairs=strength)
    assert (diagnostics.apart(table)["n"] == 4).all()
    assert (diagnostics.uniform(table)["same"] == 1).sum() == 4


def test_items_with_most_tb():
    table = diagnostics.most_tb(ratings())
    assert table[["item", "tb", "n"]].to_numpy().tolist() == [["KS05", 1, 3]]
    assert table["share"].tolist() == [pytest.approx(1 / 3)]
    assert diagnostics.headline_tb(table) == "Paling sering dijawab tidak relevan: Butir 5"
    uniform, apart = diagnostics.uniform(ratings()), diagnostics.apart(ratings())
    assert (
        diagnostics.findings(uniform, apart, table)[2].detail
        == "33% perangkat daerah yang ditanyai."
    )


@pytest.mark.parametrize(
    "levels", [{"a": [3, 3, 3, 3, 3]}, {"a": [NAN] * 5}, {u: [NAN] * 5 for u in "abc"}]
)
def test_one_unit_or_only_tb(levels):
    table = ratings(levels)
    uniform, apart = diagnostics.uniform(table), diagnostics.apart(table)
    found = diagnostics.findings(uniform, apart, diagnostics.most_tb(table))
    assert apart["deviation"].isna().all()
    assert "yang cukup besar" in found[1].headline and found[1].level == "count"
    assert silent_of_nan(*(f"{f.headline} {f.detail}" for f in found))
    assert len(mending.key_figures(PROBLEMS, UNITS, uniform)) == 4
    diagnostics.suspects(uniform)


PROBLEMS = pd.DataFrame(
    [
        ("x.xlsx", None, None, None, "error", "UNREADABLE", None, "Rusak.", "Kirim ulang."),
        ("b.xlsx", "4", "D7", "b", "info", "OLDER_REVISION", None, "Lama.", "Tidak perlu."),
        ("b2.xlsx", "4", "D8", "b", "warning", "INCOMPLETE_ROW", None, "Kurang.", "Lengkapi."),
        ("b2.xlsx", "4", "D9", "b", "error", "OUT_OF_RANGE", "9", "Lewat.", "Isi 1-5."),
        ("", None, None, "d", "warning", "MISSING_UNIT", None, "Belum.", "Hubungi."),
    ],
    columns=["file", "sheet", "cell", "unit", "severity", "code", "value", "message", "hint"],
    dtype="string",
)
SOURCES = pd.DataFrame(
    [
        ("x2.xlsx", "f" * 64, None, 1, False, False),
        ("b.xlsx", "0" * 64, "b", 1, False, False),
        ("b2.xlsx", "1" * 64, "b", 2, True, False),
        ("a.xlsx", "2" * 64, "a", 1, True, False),
    ],
    columns=["file", "sha256", "unit", "revision", "used", "sample"],
)
COMPLETENESS = pd.DataFrame(
    [("a", "readiness", 5, 5, 0, 0, 0), ("b", "readiness", 5, 2, 1, 1, 1)],
    columns=["unit", "table", "expected", "answered", "tb", "blank", "invalid"],
)
CELLS = participation.figures.required(COMPLETENESS, UNITS, TABLES)


STATUS = pd.DataFrame(
    [
        ("a", "", "", 1, 1, "2023-08-22", 1.0, 0, 0, 0, "Selesai"),
        ("b", "", "", 2, 2, "2023-09-01", 0.6, 1, 0, 1, "Kirim berkas perbaikan"),
        ("c", "", "", 1, 1, None, 1.0, 0, 0, 0, "Selesai"),
        ("d", "", "", 0, None, None, NAN, 0, 0, 0, "Tagih kuesionernya"),
    ],
    columns=[
        *("unit", "unit_name", "unit_short", "files", "revision", "sent", "filled"),
        *("errors", "questions", "blanks", "next"),
    ],
)


def test_the_next_steps_begin_with_who_has_most_to_mend():
    table = campaign.steps(STATUS, UNITS)
    assert table["unit_name"].tolist()[:2] == ["Kecamatan Budi", "Kecamatan Dua"]
    assert table["sent"].tolist()[0] == "1 Sep 2023"
    assert campaign.headline(table) == "2 dari 4 perangkat daerah selesai"
    asked = STATUS.assign(questions=[2, 0, 0, 0])
    table = campaign.steps(asked, UNITS[UNITS["unit"] != "d"])
    assert table["unit"].tolist() == ["b", "a", "c"]
    assert campaign.headline(table) == "1 dari 3 perangkat daerah selesai"


def test_what_revisions_changed_is_counted():
    changes = pd.DataFrame(
        {"unit": ["b", "b", "x"], "after": list("123"), "sheet": "6 Visi", "field": "Tingkat"}
    )
    table = campaign.changed(changes, UNITS)
    assert table["unit_name"].tolist() == ["Kecamatan Budi"] * 2
    assert campaign.headline_changed(table).startswith("2 jawaban berubah")
    assert campaign.headline_changed(table[:0]) == "Belum ada revisi yang mengubah jawaban"


def test_who_must_mend_what():
    problems = mending.named(PROBLEMS, UNITS)
    # Files of nobody first, then the register's order, errors before warnings.
    assert problems["severity_name"].tolist() == [
        "kesalahan",
        "kesalahan",
        "peringatan",
        "keterangan",
        "peringatan",
    ]
    assert problems["unit_name"].tolist()[0] == "(tidak dikenali)"
    assert len(mending.to_mend(problems)) == 4
    typed = mending.doubtful(problems.assign(blank=[False, False, True, False, False]))
    assert typed["code"].tolist() == [problems["code"][1], problems["code"][4]]
    assert mending.headline_doubtful(typed) == "1 kesalahan dan 1 hal yang perlu dipastikan"
    strays = mending.strays(problems)
    assert strays["file"].tolist() == ["x.xlsx"]
    assert mending.headline_strays(strays) == "1 berkas tidak dikenali pengirimnya"
    assert mending.headline_strays(strays[:0]) == "Setiap berkas dikenali pengirimnya"
    assert mending.by_kind(problems)["count"].tolist() == [1] * 5
    assert mending.headline(problems) == "2 kesalahan dan 2 peringatan"


def test_what_came_and_cannot_be_used_is_not_chased_as_missing():
    came = PROBLEMS.assign(code=PROBLEMS["code"].replace("MISSING_UNIT", "ENCRYPTED"))
    problems = mending.named(came, UNITS)
    assert not any(f.headline.startswith("Tagih") for f in mending.findings(problems, UNITS, CELLS))


def test_the_workbook_that_counts():
    table = mending.workbooks(SOURCES, UNITS)
    assert table["file"].tolist() == ["x2.xlsx", "a.xlsx", "b2.xlsx", "b.xlsx"]
    assert table["status"].str.startswith("dipakai").tolist() == [False, True, True, False]
    assert table["digest"].iloc[1] == "2" * 12
    assert set(mending.workbooks(SOURCES, UNITS[UNITS["unit"] == "a"])["file"]) == {
        "x2.xlsx",
        "a.xlsx",
    }


def test_cells_add_up_or_are_named():
    table = mending.required_cells(CELLS, SOURCES)
    assert table["file"].tolist() == ["a.xlsx", "b2.xlsx"]
    assert table["unaccounted"].tolist() == [0, 0]
    wrong = mending.required_cells(CELLS.assign(blank=1), SOURCES)
    assert mending.headline_required_cells(wrong).endswith("Kecamatan Ani")


def test_sentences():
    found = mending.findings(mending.named(PROBLEMS, UNITS), UNITS, CELLS)
    assert [(f.headline, f.detail) for f in found] == [
        ("Minta perbaikan dari 1 perangkat daerah.", "Kecamatan Budi."),
        ("Tagih 1 perangkat daerah.", "Kecamatan Dua."),
        ("Periksa sendiri 1 berkas yang pengirimnya tidak dikenali.", "x.xlsx."),
        (
            "1 perangkat daerah masih harus melengkapi jawaban, mulai dari Budi.",
            "Pertanyaan wajib yang kosong atau tidak terbaca: Budi 2.",
        ),
    ]
    counted = mending.counted(mending.named(PROBLEMS, UNITS))
    assert (counted.headline, counted.detail) == (
        "2 kesalahan dan 2 peringatan.",
        "Pada 2 perangkat daerah.",
    )


def test_of_no_workbook_nothing_is_said_to_be_well():
    none = "Belum ada kuesioner yang masuk"
    assert mending.headline_required_cells(mending.required_cells(CELLS[:0], SOURCES)) == none
    assert mending.headline_all_cells(pd.DataFrame({"unaccounted": []})) == none
    assert diagnostics.headline_uniform(pd.DataFrame({"same": []})).startswith("Belum ada tabel")
    assert diagnostics.apart(ratings()[:0]).empty


def test_nothing_to_mend():
    units = UNITS[UNITS["answered"]]
    none = mending.named(PROBLEMS.iloc[:0], units)
    [found] = mending.findings(none, units, CELLS[CELLS["unit"] == "a"])
    assert found.headline == "Tidak ada yang harus diperbaiki atau dilengkapi."
    assert mending.counted(none).headline == "Tidak ada kesalahan atau peringatan."


def test_the_page_works_out_each_frame_once():
    tables = [
        SimpleNamespace(**vars(TABLES[0]), required=True, fields=[]),
        SimpleNamespace(
            name="quickwin",
            sheet="7 Quick Win",
            title="Usulan",
            required=False,
            fields=[SimpleNamespace(name=n, title=n.title()) for n in ("name", "lead")],
        ),
    ]
    written = UNITS[:1].assign(item="QW-1", name="Satu data", lead="Ibu Siti")
    given = {"readiness": readiness(LEVELS), "quickwin": written}
    counted = pd.DataFrame(
        [("b2.xlsx", "b", 9, 5, 2, 1, 1, 0, 0, 0)],
        columns=["file", "unit", "cells", *mending.ENDS],
    )
    known = pd.DataFrame(
        [("a", "QW-1", name, f"7!{name}", None, True) for name in ("name", "lead")],
        columns=["unit", "item", "field", "cell", "decided", "shown"],
    )
    made = pd.DataFrame(
        [
            (2, "value", "a", "", "3!C2", "9", "4", "Rina", "salah ketik", True, None),
            (3, "file", "z", "a.xlsx", "", "", "", "Budi", "terbaru", False, "Tidak ada."),
        ],
        columns=["row", "decision", "unit", "file", "cell", "old", "new", "who", "why", "applied",
                 "reason"],
    ).assign(when=pd.Timestamp("2023-11-27"))  # fmt: skip
    page = coordination.Coordination(
        SimpleNamespace(
            respondents=ALONE,
            answers=lambda name, even_none: given[name],
            units=UNITS,
            completeness=COMPLETENESS,
            problems_in_full=PROBLEMS.assign(blank=False),
            reconciliation=counted,
            sources=SOURCES,
            instrument=SimpleNamespace(tables=tables, groups={}, indices={}),
            whole=True,
            scope="3 perangkat daerah",
            source=Source(""),
            actions=UNPROPOSED,
            assessments=UNASSESSED,
            settings=SimpleNamespace(timezone="Asia/Jakarta"),
            changes=pd.DataFrame(
                {"unit": ["b"], "after": ["2"], "sheet": ["6 Visi"], "field": ["A"]}
            ),
            cockpit=SimpleNamespace(
                status=STATUS, for_the_group="3 dari 4", letters={"d": "Yth. Dua", "b": "Yth. Budi"}
            ),
            written=known,
            decisions=made,
        )
    )
    uniform, apart = diagnostics.uniform(ratings()), diagnostics.apart(ratings())
    pd.testing.assert_frame_equal(page.uniform, uniform)
    pd.testing.assert_frame_equal(page.apart, apart)
    problems = mending.named(PROBLEMS, UNITS)
    assert page.findings == mending.findings(problems, UNITS, CELLS)
    assert page.quality == [
        mending.counted(problems),
        *diagnostics.findings(uniform, apart, diagnostics.most_tb(ratings())),
    ]
    assert page.key_figures == mending.key_figures(problems, UNITS, uniform)
    assert page.steps["unit"].tolist() == ["b", "d", "a", "c"]
    assert page.for_the_group == ("Untuk grup percakapan", "3 dari 4")
    assert page.letters == [("Kecamatan Budi", "Yth. Budi"), ("Kecamatan Dua", "Yth. Dua")]
    assert page.changes["unit_name"].tolist() == ["Kecamatan Budi"]
    pd.testing.assert_frame_equal(page.required_cells, mending.required_cells(CELLS, SOURCES))
    assert page.all_cells["unaccounted"].tolist() == [0]
    assert page.written["sign"].tolist() == ["Ibu", ""]
    assert page.titles["steps"] == "2 dari 4 perangkat daerah selesai"
    assert page.titles["changes"] == "1 jawaban berubah dalam revisi dari 1 perangkat daerah"
    done = "diterapkan"
    shown = ["row", "unit_name", "decision_name", "about", "new", "who", "decided_on", "outcome"]
    assert page.decisions[shown].to_numpy().tolist() == [
        ["3", "z", "berkas yang dipakai", "a.xlsx", "", "Budi", "2023-11-27", "Tidak ada."],
        ["2", "Kecamatan Ani", "nilai yang dipakai", "3!C2", "4", "Rina", "2023-11-27", done],
    ]
    right = coordination.choices.headline(made[made["applied"]])
    assert right == "1 keputusan, semuanya diterapkan"
    assert page.titles["decisions"] == "2 keputusan, 1 di antaranya tidak diterapkan"
    assert page.problems is page.problems and page.uniform is page.uniform

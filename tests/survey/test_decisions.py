"""What the coordinator decides: applied at the door, told with its row, originals as they were."""

import csv
import hashlib
import io
import json
import re

import pandas as pd
import pytest
from click.testing import CliRunner

from analysis import text
from analysis.cli import main
from analysis.stages import participation
from analysis.survey.asked.decisions import read
from analysis.survey.asked.register import units
from analysis.survey.kept import store
from analysis.survey.kept.ingest import ingest
from analysis.survey.told import letters, wording
from tests.second_city import ROOT
from tests.survey.tables import IDENTITY, found, levels, readiness

HEAD = ["decision", "unit", "file", "cell", "old", "new", "who", "why", "when"]
BY = ["Rina", "ditelepon", "2023-11-27"]
SHEET = "3 Kesiapan Daerah"
FILE = "data/raw/2023/decisions.csv"
QUICKWIN = """
    Kode | Nama program | Biaya | Lama
    QW-1 | Satu data    | {0}   | 6
"""
GAP = """
    Kode | Sekarang | Sasaran | Kepentingan | Hambatan utama
    KJ01 | {0}      | {1}     | {2}         | {3}
"""


def book(sheet: str, table: str, *typed: str, revision: int = 1) -> dict[str, str]:
    identity = IDENTITY.format(unit="bappeda", revision=revision)
    return {"Identitas": identity, sheet: table.format(*typed)}


def codes(tables) -> list[str]:
    return [code for (code,) in found(tables)]


@pytest.fixture
def decide(city):
    """Write the decisions, as lists of cells without who, why and when, and ingest all again."""

    def decide(*rows: list[str], by: list[str] = BY) -> dict[str, pd.DataFrame]:
        stream = io.StringIO()
        whole = [[*row, *[""] * (6 - len(row)), *by] if len(row) < 9 else row for row in rows]
        csv.writer(stream).writerows([HEAD, *whole])
        path = city.decisions
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(stream.getvalue(), "utf-8")
        return ingest(city)

    return decide


@pytest.fixture(autouse=True)
def _every_cell_is_accounted_for_and_no_byte_changed(city, request):
    if "send" in request.fixturenames:
        yield
        tables = ingest(city)
        accounts, required = tables["reconciliation"], tables["completeness"]
        kinds = accounts.columns.drop(["file", "unit", "cells"])
        assert (accounts[kinds].sum(axis=1) == accounts["cells"]).all()
        assert (accounts[kinds] >= 0).all(axis=None)
        ends = required[["answered", "tb", "blank", "invalid"]].sum(axis=1)
        assert (ends == required["expected"]).all()
        for row in tables["sources"].itertuples():
            assert hashlib.sha256((city.root / row.file).read_bytes()).hexdigest() == row.sha256
    else:
        yield


def value(cell: str, old: str, new: str, unit: str = "bappeda", file: str = "") -> list[str]:
    return ["value", unit, file, f"{SHEET}!{cell}", old, new]


def refused(tables) -> list[tuple[int, str]]:
    """The rows that are not applied, and what is said of them."""
    said = wording.said(tables["problems"])
    said = said[said["code"].isin(["DECISION_REFUSED", "DECISION_INVALID"])]
    assert (said["file"] == FILE).all()
    assert (said["severity"] == "error").all() and not said["for_unit"].any()
    return [
        (
            int(json.loads(row.details)["row"]),
            row.message.removesuffix(" Keputusan ini tidak diterapkan."),
        )
        for row in said.itertuples()
    ]


def test_a_value_counts_instead_of_what_is_typed(send, decide):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    tables = decide(value("C3", "9", "4"), value("c$4", "3", "Optimum"))
    assert levels(tables) == [1, 4, 5, 4]
    assert codes(tables) == ["VALUE_DECIDED"] * 2
    assert tables["decisions"][["row", "applied"]].to_numpy().tolist() == [[2, True], [3, True]]
    [account] = tables["reconciliation"].itertuples()
    assert (account.answered, account.problem, account.aside) == (3, 0, 2)
    cells = tables["completeness"].query("table == 'readiness'").iloc[0]
    assert (cells["answered"], cells["invalid"]) == (4, 0)
    [(_code, message), _other] = found(tables, "message")
    assert message == (
        "Lembar “3 Kesiapan Daerah”, sel C3: Koordinator memutuskan “4” untuk kolom “Tingkat”, "
        "sebagai ganti “9”: ditelepon."
    )


def test_a_blank_cell_can_be_decided_and_nothing_typed_is_then_wrong(send, decide):
    send(("a.xlsx", readiness("1", "-", "", "4")))
    tables = decide(value("C3", "", "2"), value("C4", "", "TB"))
    assert levels(tables) == [1, 2, None, 4]
    assert tables["readiness"].query("unit == 'bappeda'")["tb"].tolist() == [
        False,
        False,
        True,
        False,
    ]
    assert "NO_ANSWER" not in codes(tables)


def test_a_cell_is_named_in_the_file_that_counts_there(send, decide):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    send(("b.xlsx", readiness("", "", "", "", revision=2)))
    rows = [value("C3", "9", "4", file="a.xlsx"), value("D3", "", "laporan", file="b.xlsx")]
    tables = decide(*rows, value("C4", "3", "5", file="b.xlsx"))
    assert levels(tables) == [1, 4, 3, 4] and [row for row, _said in refused(tables)] == [4]
    assert tables["readiness"]["evidence"].tolist()[1] == "laporan"
    # Rows in another order: one address is two cells, each in the file that counts there.
    swapped = readiness("", "5", "", "", revision=2)
    rows = swapped[SHEET].strip().splitlines()
    swapped[SHEET] = "\n".join([rows[0], rows[2], rows[1], *rows[3:]])
    send(("b.xlsx", swapped))
    [(_row, message)] = refused(decide(value("C2", "1", "2")))
    assert "“3 Kesiapan Daerah!C2” ada di beberapa berkas" in message
    assert levels(decide(value("C2", "1", "2", file="a.xlsx"))) == [2, 5, 3, 4]
    assert levels(decide(value("C2", "5", "2", file="b.xlsx"))) == [1, 2, 3, 4]
    swapped[SHEET] = swapped[SHEET].replace("| 5 ", "|   ")
    send(("a.xlsx", readiness("", "9", "3", "4")), ("b.xlsx", swapped))
    # What is typed comes before what is blank.
    assert levels(decide(value("C3", "9", "2"))) == [None, 2, 3, 4]
    assert levels(decide(value("C3", "", "2", file="b.xlsx"))) == [2, None, 3, 4]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (value("C3", "8", "4"), "Di sel itu sekarang tertulis “9”, bukan “8”."),
        (value("C3", "", "4"), "Di sel itu sekarang tertulis “9”, bukan “–”."),
        (value("C4", "2", "4"), "Di sel itu sekarang tertulis “3”, bukan “2”."),
        (value("C2", "1", "3"), "Hal yang sama sudah diputuskan pada baris 2."),
        (value("C3", "9", "7"), "“7” di luar batas kolom “Tingkat”."),
        (value("C3", "9", "sembilan puluh"), "“sembilan puluh” bukan angka untuk kolom “Tingkat”."),
        (value("D3", "", "TB"), None),  # a text may say TB
        (value("A3", "KS02", "KS01"), "“3 Kesiapan Daerah!A3” bukan sel jawaban perangkat"),
        (value("C99", "", "4"), "“3 Kesiapan Daerah!C99” bukan sel jawaban perangkat daerah ini;"),
        (value("C3", "9", "4", "kominfo"), "Belum ada kuesioner perangkat daerah ini yang dapat"),
        (
            value("C3", "9", "4", "dinas-lain"),
            "Perangkat daerah “dinas-lain” tidak ada",
        ),
        (value("C3", "9", "4", file="lain.xlsx"), "“3 Kesiapan Daerah!C3” bukan sel jawaban"),
        (value("C3", "9", "4", file="a.xlsx"), None),
        (value("C3", "9", "4", "Bappeda"), None),  # as people call it
    ],
)
def test_a_decision_that_does_not_fit_is_refused_with_its_row(send, decide, row, said):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    tables = decide(value("C2", "1", "2"), row)
    if said is None:
        assert refused(tables) == [] and tables["decisions"]["applied"].all()
        return
    [(number, message)] = refused(tables)
    assert number == 3 and message.startswith(f"Baris 3: {said}")
    assert levels(tables) == [2, None, 3, 4]
    assert tables["decisions"]["applied"].tolist() == [True, False]
    reason = wording.worded(json.loads(tables["decisions"]["reason"].iloc[1]))
    assert message.startswith(f"Baris 3: {reason}")


def test_a_decision_is_kept_once_the_unit_has_typed_the_same(send, decide):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    decided = value("C3", "9", "4")
    assert codes(decide(decided)) == ["VALUE_DECIDED"]
    send(("b.xlsx", readiness("1", "4", "3", "4", revision=2)))
    tables = decide(decided)
    assert refused(tables) == [] and levels(tables) == [1, 4, 3, 4]
    assert "VALUE_DECIDED" not in codes(tables)


def test_a_conflict_is_settled_by_a_value(send, decide):
    send(
        ("a.xlsx", readiness("1", "2", "3", "4")),
        ("b.xlsx", readiness("5", "2", "5", "4")),
    )
    tables = decide(value("C2", "1", "1"), value("C4", "3", "4"))
    assert levels(tables) == [1, 2, 4, 4]
    assert {"CONFLICT", "OTHER_UNIT"}.isdisjoint(codes(tables))
    accounts = tables["reconciliation"].set_index("file")
    assert accounts["answered"].tolist() == [4, 0]  # with the evidence; the last is decided
    tables = decide(value("C2", "1", "1"))
    assert levels(tables) == [1, 2, None, 4]
    assert tables["problems"].query("code == 'CONFLICT'")["cell"].tolist() == ["C4"]


def test_tb_is_decided_for_the_whole_row_or_not_at_all(send, decide):
    def rows(tables):
        frame = tables["gap"].query("unit == 'bappeda'").astype(object)
        row = frame[["tb", "current", "target", "importance", "obstacle"]].iloc[0]
        return [None if pd.isna(v) else v for v in row]

    def at(cell: str, old: str, new: str):
        return ["value", "bappeda", "", f"4 Kesenjangan!{cell}", old, new]

    send(("a.xlsx", book("4 Kesenjangan", GAP, "TB", "4", "", "")))
    assert rows(tables := decide()) == [False, None, None, None, None]
    assert "TB_BESIDE_ANSWERS" in codes(tables)
    tables = decide(at("C2", "4", "TB"))
    assert rows(tables) == [True, None, None, None, None]
    assert "TB_BESIDE_ANSWERS" not in codes(tables)
    tables = decide(at("B2", "TB", "3"), at("C2", "4", "4"))
    assert rows(tables) == [False, 3, 4, None, None] and "TB_BESIDE_ANSWERS" not in codes(tables)
    cells = tables["completeness"].query("table == 'gap'").iloc[0]
    assert (cells["answered"], cells["invalid"]) == (2, 0)
    send(("a.xlsx", book("4 Kesenjangan", GAP, "3", "4", "5", "")))
    [(_row, message)] = refused(tables := decide(at("B2", "3", "TB")))
    assert "TR berlaku untuk seluruh baris" in message
    assert rows(tables) == [False, 3, 4, 5, None]
    send(("a.xlsx", book("4 Kesenjangan", GAP, "TB", "", "", "")))
    assert rows(decide(at("C2", "", "4"))) == [True, None, None, None, None]  # beside a typed TB
    assert rows(decide(at("B2", "TB", "3"), at("C2", "", "4"))) == [False, 3, 4, None, None]


def test_a_confirmed_value_is_not_asked_about_again(send, decide):
    send(("a.xlsx", book("7 Quick Win", QUICKWIN, "1500000000")))
    cost = ["value", "bappeda", "", "7 Quick Win!C2", "1500000000"]
    assert "IN_RUPIAH" in codes(decide())
    tables = decide([*cost, "1500000000"])
    assert {"IN_RUPIAH", "VALUE_DECIDED"}.isdisjoint(codes(tables))
    assert tables["quickwin"]["cost"].tolist() == [1.5e9] and tables["decisions"]["applied"].all()
    assert tables["reconciliation"]["answered"].tolist() == [3]
    [(_row, message)] = refused(decide([*cost, "TB"]))
    assert "TR (tidak relevan) tidak tersedia untuk kolom “Biaya”." in message
    tables = decide([*cost, "1.500,5"])
    assert tables["quickwin"]["cost"].tolist() == [1500.5] and "IN_RUPIAH" not in codes(tables)
    assert tables["reconciliation"][["answered", "aside"]].to_numpy().tolist() == [[2, 1]]
    # All is as if the right number had been typed.
    send(("a.xlsx", book("7 Quick Win", QUICKWIN, "1500.5")))
    pd.testing.assert_frame_equal(tables["quickwin"], decide()["quickwin"])
    send(("a.xlsx", book("7 Quick Win", QUICKWIN, "1500000000")))
    # Somebody has sent another number since: the decision was about something else.
    send(("b.xlsx", book("7 Quick Win", QUICKWIN, "2000000000", revision=2)))
    [(row, message)] = refused(tables := decide([*cost, "1500"]))
    assert row == 2 and "sekarang tertulis “2000000000”, bukan “1500000000”" in message
    assert tables["quickwin"]["cost"].tolist() == [2e9] and "IN_RUPIAH" in codes(tables)


def test_the_file_that_was_chosen_counts_alone(send, decide):
    first, second = readiness("1", "2", "3", "4"), readiness("5", "2", "5", "4")
    send(("a.xlsx", first), ("lain/b.xlsx", second), ("lama.xlsx", readiness("", "", "", "1")))
    send(("c.xlsx", readiness("", "3", "", "", revision=2)))
    assert "CONFLICT" in codes(decide())
    tables = decide(["file", "bappeda", "lain/b.xlsx"])
    assert levels(tables) == [5, 3, 5, 4] and refused(tables) == []
    assert {"CONFLICT", "JOINED", "SAME_TWICE"}.isdisjoint(codes(tables))
    told = wording.said(tables["problems"]).query("code == 'FILE_DECIDED'")
    assert told["file"].str.rsplit("/").str[-1].tolist() == ["a.xlsx", "lama.xlsx"]
    assert (told["severity"] == "info").all()
    assert "bahwa lain/b.xlsx yang dipakai, bukan berkas ini: ditelepon." in told["message"].iloc[0]
    used = tables["sources"].set_index("file")["used"]
    assert used[used].index.str.rsplit("/").str[-1].tolist() == ["c.xlsx", "b.xlsx"]
    assert levels(decide(["file", "bappeda", "a.xlsx"])) == [1, 3, 3, 4]
    twice = decide(["file", "bappeda", "b.xlsx"], ["file", "bappeda", "a.xlsx"])
    [(row, message)] = refused(twice)
    assert row == 3 and "sudah diputuskan pada baris 2" in message
    assert levels(twice) == [5, 3, 5, 4]
    [(_row, message)] = refused(decide(["file", "bappeda", "z.xlsx"]))
    assert "“z.xlsx” tidak ada di antara berkas yang terbaca" in message


def test_a_file_is_its_units_whoever_is_named_on_it(send, decide):
    table = "\n".join(f"MD{n:02} | {{0}} | {{0}} |" for n in (1, 2))
    swot = "\n".join(f"PB{n:02} | {{0}} | 5" for n in range(1, 16))
    head = "Kode | Dampak | Ketidakpastian | Bukti atau alasan\n"
    judged = "Kode | Mana yang lebih penting | Seberapa lebih penting\n"

    def whole(side: str, level: str, revision: int = 1):
        sheets = book("1 Masa Depan", head + table, level, revision=revision)
        return sheets | {"6 Visi": judged + swot.format(side)}

    send(("a.xlsx", whole("A", "1")), ("Kominfo.xlsx", whole("B", "5")))
    assert "OTHER_UNIT" in codes(decide())
    tables = decide(["file", "bappeda", "Kominfo.xlsx"])
    assert "OTHER_UNIT" not in codes(tables) and refused(tables) == []
    assert tables["future"].query("unit == 'bappeda'")["impact"].tolist() == [5, 5]
    send(("Kominfo.xlsx", whole("B", "5", revision=2)))
    assert "OTHER_UNIT" in codes(decide())
    tables = decide(["file", "bappeda", "Kominfo.xlsx"])
    assert "OTHER_UNIT" not in codes(tables)
    assert tables["future"].query("unit == 'bappeda'")["impact"].tolist() == [5, 5]


def test_silence_is_accepted_until_something_comes(city, send, decide):
    send(("a.xlsx", readiness("1", "2", "3", "4")))
    tables = decide(["silence", "kominfo"], ["silence", "bappeda"], ["silence", "kominfo"])
    said = dict(refused(tables))
    assert "sudah mengirim berkas" in said[3] and "sudah diputuskan pada baris 2" in said[4]
    told = wording.said(tables["problems"]).query("unit == 'kominfo' and severity != 'error'")
    assert told["code"].tolist() == ["SILENCE_ACCEPTED"]
    assert told["message"].iloc[0].endswith("tidak mengirim kuesioner; diterima: ditelepon.")
    found = letters.letters(tables["problems"], tables["sources"], units(city), "2023")
    assert "kominfo" not in found and "siantar-barat" in found
    send(("k.xlsx", readiness("1", "2", "3", "4", unit="kominfo")))
    assert "sudah mengirim berkas" in refused(ingest(city))[0][1]


WRONG = [
    (["hapus", "bappeda"], "decision", "“hapus” harus salah satu dari: file, value"),
    (["value", "bappeda", "", f"{SHEET}!C3", "9"], "new", "wajib diisi untuk keputusan value"),
    (["withhold", "bappeda", "", f"{SHEET}!C3"], "old", "wajib diisi untuk keputusan withhold"),
    (["file", "bappeda"], "file", "wajib diisi untuk keputusan file"),
    (value("C3", "9", "=A1+4"), "new", "“=A1+4” diawali = + - atau @ seperti rumus"),
    (value("C3", "-9", "4"), "old", "“-9” diawali = + - atau @ seperti rumus"),
    (value("C3", "9", "+4"), "new", "“+4” diawali = + - atau @ seperti rumus"),
    ([*value("C3", "9", "4"), "@rina", "ditelepon", "2023-11-27"], "who", "“@rina” diawali ="),
    ([*value("C3", "9", "4"), "", "ditelepon", "2023-11-27"], "who", "wajib diisi"),
    ([*value("C3", "9", "4"), "Rina", "", "2023-11-27"], "why", "wajib diisi"),
    ([*value("C3", "9", "4"), "Rina", "ditelepon", ""], "when", "wajib diisi"),
    ([*value("C3", "9", "4"), "Rina", "x", "kemarin"], "when", "“kemarin” bukan tanggal"),
    ([*value("C3", "9", "4"), "Rina", "x", "2023-02-30"], "when", "“2023-02-30” bukan tanggal"),
]


def test_a_row_that_is_no_decision_is_told_and_the_others_count(send, decide):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    right = [*value("C2", "1", "2"), "Rina", "ditelepon", "27/11/2023"]
    tables = decide(*(row for row, _column, _said in WRONG), right)
    told = dict(refused(tables))
    for number, (_row, column, said) in enumerate(WRONG, start=2):
        assert told.pop(number).startswith(f"Baris {number}, kolom {column}: {said}")
    assert told == {} and levels(tables) == [2, None, 3, 4]
    assert tables["decisions"]["when"].tolist() == [pd.Timestamp("2023-11-27")]


def test_a_file_that_cannot_be_read_is_told_and_the_run_goes_on(city, send):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    path = city.decisions
    for content, said in {
        "unit;keputusan\nbappeda;x\n": "2023/decisions.csv: baris 1, kolom decision: kolom ini",
        'decision,unit\n"file': "kolom",
        "": "berkas tidak berisi baris data",
    }.items():
        path.write_text(content, "utf-8")
        tables = ingest(city)
        [problem] = (
            wording.said(tables["problems"]).query("code == 'DECISIONS_UNREAD'").itertuples()
        )
        assert problem.file == FILE and said in problem.message
        assert levels(tables) == [1, None, 3, 4] and tables["decisions"].empty
    path.write_text(",".join(HEAD), "utf-8")
    assert not ingest(city)["problems"]["code"].str.startswith("DECISION").any()


def test_nothing_is_decided_about_the_sample(city, write_workbook, decide):
    write_workbook(city.sample / "a.xlsx", readiness("1", "9", "3", "4"))
    tables = decide(["silence", "kominfo"], value("C3", "9", "4"))
    assert levels(tables) == [1, None, 3, 4] and not tables["decisions"]["applied"].any()
    assert all("yang dibaca adalah contoh" in message for _row, message in refused(tables))


def test_check_tells_of_decisions_and_goes_on(city, send, decide):
    send(("a.xlsx", readiness("1", "9", "3", "4")))
    decide(value("C3", "8", "4"), ["silence", "kominfo"], value("C2", "1", "2"))
    done = CliRunner().invoke(main, ["check", "--root", str(city.root)])
    assert done.exit_code == 1, done.output
    assert f"{FILE}" in done.output and "Baris 2: Di sel itu sekarang tertulis" in done.output
    assert "1 berkas:" in done.output and "diterima: ditelepon." in done.output
    text.use("en")
    survey = store.load(root=str(city.root), language="id")
    told = survey.decisions.set_index("row")["reason"]
    assert told[2].startswith("Di sel itu") and told[3:].isna().all()
    said = participation.of(survey).quality
    assert said[0].headline == "1 jawaban ditetapkan oleh koordinator."
    only = store.load(root=str(city.root), units=["kominfo"], language="id")
    assert only.decisions["decision"].tolist() == ["silence"]
    assert participation.of(only).quality == []


def test_the_guide_shows_decisions_that_can_be_read(tmp_path):
    guide = (ROOT / "docs" / "panduan.md").read_text("utf-8")
    [shown] = re.findall(r"```\n(decision,.*?)```", guide, re.DOTALL)
    (tmp_path / "decisions.csv").write_text(shown, "utf-8")
    rows, wrong = read(tmp_path / "decisions.csv")
    assert wrong == [] and {row.decision for row in rows} == {
        "value",
        "file",
        "withhold",
        "silence",
    }

"""Workbooks of corrections: sent, filled in, returned, until nothing is left to mend."""

import io
import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from analysis.cli import main
from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.fields import TB
from analysis.survey.kept import corrections, status, store
from analysis.survey.kept import ingest as ingesting
from analysis.survey.told.letters import letters
from tests import libreoffice
from tests.second_city import RAW
from tests.survey import addressee
from tests.survey.officers import PERIOD, Officers, only, opened, without

TABLES = {"future", "external", "readiness", "gap", "swot", "pairs", "contribution", "quickwin"}
PLENTY = {("QW-1", "cost"): 1_500_000_000}  # typed in rupiah
# What each unit got wrong, left blank, or is to be asked about.
WRONG = {
    "kesehatan": {
        ("KS01", "level"): "3,5",
        ("KS02", "level"): 9,
        ("KJ04", "obstacle"): "uang",
        ("MD03", "impact"): "4/5",
    },
    "dukcapil": {("MD02", "impact"): TB, ("MD02", "uncertainty"): 4},
}
BLANK = {
    "kesehatan": [("PB04", "strength"), ("KS05", "level"), ("KJ03", "current")],
    "dukcapil": [("QW-1", "cost")],
}
ASKED = {"kesehatan": [("KJ05", "current"), ("KJ05", "target")]}
CONFLICT = ("KS07", "level")


class Desk:
    """A coordinator's folder, the officers, and what is read of it."""

    def __init__(self, root: Path):
        shutil.copytree(RAW, root / "data/raw", ignore=shutil.ignore_patterns("sample"))
        self.project = Project(root)
        self.city = Officers(self.project)
        self.folder = self.project.responses
        self.folder.mkdir(parents=True, exist_ok=True)

    def saves(self, delivery) -> None:
        (self.project.raw / delivery.path).write_bytes(delivery.content)

    def read(self) -> dict[str, pd.DataFrame]:
        return ingesting.ingest(self.project)

    def runs(self, *arguments: object):
        typed = [*map(str, arguments), "--root", str(self.project.root)]
        return CliRunner().invoke(main, typed)

    def status(self, tables: dict[str, pd.DataFrame] | None = None) -> pd.DataFrame:
        read = tables or self.read()
        return status.status(read, register.units(self.project)).set_index("unit")


def first_round(desk: Desk) -> None:
    """Kesehatan and Dukcapil have to mend, RSUD has not, Sosial sent two files that differ."""
    city = desk.city
    health = without(city.thinks("kesehatan"), BLANK["kesehatan"]) | {("KJ05", "current"): 5}
    health |= {("KJ05", "target"): 2} | PLENTY
    desk.saves(city.sends(1, "kesehatan", cells=health, wrong=WRONG["kesehatan"]))
    register_ = without(city.thinks("dukcapil"), BLANK["dukcapil"]) | WRONG["dukcapil"]
    desk.saves(city.sends(1, "dukcapil", cells=register_))
    desk.saves(city.sends(1, "rsud"))
    desk.saves(city.sends(1, "sosial", "sosial.xlsx"))
    other = city.thinks("sosial")[CONFLICT] % 5 + 1
    desk.saves(
        city.sends(1, "sosial", "sosial 2.xlsx", cells=city.thinks("sosial") | {CONFLICT: other})
    )


def to_be_open(unit: str) -> set:
    keys = {*WRONG.get(unit, {}), *BLANK.get(unit, []), *ASKED.get(unit, [])}
    return keys | {"kesehatan": {*PLENTY}, "sosial": {CONFLICT}}.get(unit, set())


def open_cells(book) -> dict:
    """The answer cells that are not locked: sheet and cell, and their colour."""
    return {
        (sheet.title, cell.coordinate): cell.fill.fgColor.rgb
        for sheet in book
        if sheet.title != "Identitas"
        for row in sheet
        for cell in row
        if not cell.protection.locked
    }


def filled_in(desk: Desk, unit: str, content: bytes) -> bytes:
    """What an officer makes of a workbook of corrections: its open cells as the unit thinks."""
    book, said = opened(content), desk.city.thinks(unit)
    places = {place: key for key, place in desk.city.where(content).items()}
    for sheet, cell in open_cells(book):
        book[sheet][cell].value = said[places[sheet, cell]]
    for row in book["Identitas"].iter_rows():
        if row[0].value == "Tanggal pengisian":
            row[1].value = "2 Oktober 2023"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture(scope="module")
def sent(tmp_path_factory) -> tuple[Desk, dict[str, bytes]]:
    """The desk after the first round, and the corrections by unit, as written."""
    desk = Desk(tmp_path_factory.mktemp("kota") / "siantar")
    first_round(desk)
    done = desk.runs("corrections", "--out", desk.project.root / "kirim")
    assert done.exit_code == 0, done.output
    files = (desk.project.root / "kirim").glob("*.xlsx")
    return desk, {path.stem.split("-")[1]: path.read_bytes() for path in files}


def test_only_who_has_to_mend_gets_a_workbook_that_is_named_after_its_revision(sent):
    desk, _books = sent
    names = {path.name for path in (desk.project.root / "kirim").glob("*.xlsx")}
    assert names == {f"2023-{u}-revisi-2.xlsx" for u in ("kesehatan", "dukcapil", "sosial")}


@pytest.mark.parametrize("unit", ["kesehatan", "dukcapil", "sosial"])
def test_what_is_wrong_blank_or_questioned_is_open_and_yellow_and_nothing_else(sent, unit):
    desk, books = sent
    book, places = opened(books[unit]), desk.city.places[unit]
    assert open_cells(book) == {places[key]: "FFFFD94A" for key in to_be_open(unit)}
    assert all(sheet.protection.sheet and not sheet.protection.password for sheet in book)
    identity = {row[0].value: row[1].value for row in book["Identitas"].iter_rows()}
    assert identity["Revisi"] == 2


def test_answers_stand_as_they_count_and_mistakes_as_they_were_typed(sent):
    desk, books = sent
    for unit, content in books.items():
        book = opened(content)
        given = without(desk.city.thinks(unit), BLANK.get(unit, [])) | WRONG.get(unit, {})
        given |= {("KJ05", "current"): 5, ("KJ05", "target"): 2} | PLENTY if "kes" in unit else {}
        given = without(given, [CONFLICT] if unit == "sosial" else [])
        held = {
            key: book[sheet][cell].value
            for key, (sheet, cell) in desk.city.places[unit].items()
            if book[sheet][cell].value is not None
        }
        assert held == given  # of two answers in conflict neither stands there as if chosen


def test_the_reason_stands_beside_each_cell_and_in_a_list_with_a_link(sent):
    desk, books = sent
    book, places = opened(books["kesehatan"]), desk.city.places["kesehatan"]
    cover = book["Petunjuk"]
    links = {c.value: c.hyperlink.location for row in cover for c in row if c.hyperlink}
    for key in to_be_open("kesehatan"):
        sheet, cell = places[key]
        assert links[f"{sheet} · {cell}"] == f"'{sheet}'!{cell}"
        row = [c.value for c in book[sheet][book[sheet][cell].row]]
        [listed] = [r for r in cover.iter_rows(values_only=True) if r[1] == f"{sheet} · {cell}"]
        assert row[-1] == listed[4] and len(row[-1]) > 10
    said = [
        next(r[4] for r in cover.iter_rows(values_only=True) if r[1] == " · ".join(places[key]))
        for key in (("KS05", "level"), ("KJ03", "current"))
    ]  # a row that is answered elsewhere does apply
    assert said == ["Belum diisi; pilih TB bila baris ini tidak berlaku.", "Belum diisi."]
    sheet, cell = places["KS02", "level"]
    assert "“9” di luar batas kolom “Tingkat”" in [c.value for c in book[sheet]["F"]][7]


def test_what_it_says_itself_is_no_answer_but_what_is_typed_beside_is_told(sent, tmp_path):
    desk, books = sent
    again = Desk(tmp_path / "kota")
    book = opened(books["kesehatan"])
    sheet, cell = desk.city.places["kesehatan"]["KS02", "level"]
    row = book[sheet][cell].row
    book["Petunjuk"]["G12"].value = "jawaban kami 4"
    book[sheet].cell(row, 6).value += " jawaban kami 4"
    book[sheet].cell(row + 1, 6).value = 4
    book.save(again.folder / "a.xlsx")
    (again.folder / "b.xlsx").write_bytes(books["dukcapil"])
    told = again.read()["problems"]
    told = told[told["code"].isin(["UNEXPECTED_CELL", "CHANGED_TEXT"])]
    assert set(told[["sheet", "cell"]].itertuples(index=False, name=None)) == {
        ("Petunjuk", "G12"),
        (sheet, f"F{row}"),
        (sheet, f"F{row + 1}"),
    }


@libreoffice.needed
def test_after_one_round_nothing_is_left_to_mend_and_nothing_else_has_changed(sent, tmp_path):
    before, books = sent
    desk, right = Desk(tmp_path / "kota"), Desk(tmp_path / "benar")
    first_round(desk)
    for unit in ("kesehatan", "dukcapil", "rsud", "sosial"):
        right.saves(right.city.sends(1, unit))
    found = desk.status()
    assert dict(found["next"].value_counts()) == {
        status.REMIND: 31,
        status.CORRECT: 3,
        status.DONE: 1,
    }
    assert found.loc["kesehatan", ["errors", "blanks", "questions"]].tolist() == [4, 3, 2]
    filled = [tmp_path / f"{unit} perbaikan.xlsx" for unit in books]
    for path, (unit, content) in zip(filled, books.items(), strict=True):
        path.write_bytes(filled_in(desk, unit, content))
    libreoffice.save_all(filled, "xlsx", tmp_path / "kiriman", tmp_path / "profil")
    shutil.move(tmp_path / "kiriman/dukcapil perbaikan.xlsx", desk.folder)
    found = desk.status()
    assert found.loc[["dukcapil", "kesehatan"], "next"].tolist() == [status.DONE, status.CORRECT]
    for path in (tmp_path / "kiriman").iterdir():
        shutil.move(path, desk.folder)
    tables, expected = desk.read(), right.read()
    found = desk.status(tables)
    assert not tables["problems"]["severity"].eq("error").any()
    assert found[["errors", "blanks", "questions"]].sum().sum() == 0
    assert dict(found["next"].value_counts()) == {status.REMIND: 31, status.DONE: 4}
    assert found.loc["kesehatan", ["files", "revision", "sent"]].tolist() == [2, 2, "2023-10-02"]
    for name in TABLES | {"future_own", "external_own", "swot_lines", "sentence", "completeness"}:
        pd.testing.assert_frame_equal(tables[name], expected[name])
    done = desk.runs("corrections", "--out", tmp_path / "kirim")
    assert done.exit_code == 0 and "Tidak ada yang perlu diperbaiki" in done.output
    shown = desk.runs("status").output
    assert "4 dari 35 perangkat daerah lengkap. Belum mengirim: Diskominfo" in shown


def test_a_filled_in_workbook_is_never_written_over_and_an_old_one_goes(sent, tmp_path):
    desk, out = Desk(tmp_path / "kota"), tmp_path / "kirim"
    first_round(desk)
    assert desk.runs("corrections", "dinas kesehatan", "Dukcapil", "--out", out).exit_code == 0
    names = [f"2023-{unit}-revisi-2.xlsx" for unit in ("dukcapil", "kesehatan")]
    assert sorted(path.name for path in out.glob("*.xlsx")) == names
    filled = out / names[1]
    content = filled.read_bytes() + b"0"
    filled.write_bytes(content)
    refused = desk.runs("corrections", "--out", out)
    assert refused.exit_code == 2 and names[1] in refused.output
    assert filled.read_bytes() == content and not (out / "2023-sosial-revisi-2.xlsx").exists()
    # Dukcapil sends all anew; what was filled in for an earlier revision is in nobody's way.
    desk.saves(desk.city.sends(1, "dukcapil", "baru.xlsx", revision=2))
    desk.saves(desk.city.sends(1, "kesehatan", "baru juga.xlsx", cells={}, revision=2))
    done = desk.runs("corrections", "--out", out)
    assert done.exit_code == 0 and names[0] in done.output
    assert filled.read_bytes() == content
    assert {p.name for p in out.glob("*.xlsx")} == {
        names[1],
        "2023-kesehatan-revisi-3.xlsx",
        "2023-sosial-revisi-2.xlsx",
    }


def test_letters_name_the_workbook_and_each_cell_once(sent):
    desk, _books = sent
    tables, units = desk.read(), register.units(desk.project)
    files = {"kesehatan": "2023-kesehatan-revisi-2.xlsx"}
    campaign = desk.project.settings.campaign.model_validate(
        {"deadline": pd.Timestamp("2023-10-31").date(), "contact": "Bidang Aplikasi"}
    )
    texts = letters(tables["problems"], tables["sources"], units, PERIOD, campaign, files)
    assert "2023-kesehatan-revisi-2.xlsx" in texts["kesehatan"]
    assert "31 Oktober 2023" in texts["putr"] and "Bidang Aplikasi" in texts["putr"]
    assert texts["putr"].splitlines()[-1] == "Dinas Komunikasi dan Informatika"
    for text in texts.values():
        said = [(r.sheets.copy().pop(), c) for r in addressee.requests(text) for c in r.cells]
        assert len(said) == len(set(said))


def test_a_cell_with_two_faults_is_one_request(tmp_path):
    desk = Desk(tmp_path / "kota")
    place = desk.city.places["rsud"]["KS03", "level"]

    def noted(book):
        book[place[0]][place[1]].comment = openpyxl.comments.Comment("menurut kami 3", "x")

    blank = without(desk.city.thinks("rsud"), [("KS03", "level"), ("KS04", "level")])
    desk.saves(desk.city.sends(1, "rsud", cells=blank, edit=noted))
    tables, units = desk.read(), register.units(desk.project)
    text = letters(tables["problems"], tables["sources"], units, PERIOD)["rsud"]
    assert text.count(place[1]) == 1 and "1 sel wajib kosong" in text


def test_a_questioned_sheet_is_open_as_a_whole_and_a_code_typed_twice_holds_neither(tmp_path):
    desk = Desk(tmp_path / "kota")
    levels = sorted(key for key in desk.city.places["rsud"] if key[1] == "level")
    out = desk.city.thinks("rsud") | dict.fromkeys(levels, TB)
    desk.saves(desk.city.sends(1, "rsud", cells=out))
    twice, given = ("KS05", "level"), desk.city.thinks("bpbd")

    def again(book):
        book["3 Kesiapan Daerah"].append([twice[0], None, None, given[twice] % 5 + 1])

    desk.saves(desk.city.sends(1, "bpbd", edit=again))
    unmoved = {
        (f"KJ{n:02}", "target"): desk.city.thinks("setda")[f"KJ{n:02}", "current"]
        for n in range(1, 19)
    }
    desk.saves(desk.city.sends(1, "setda", cells=desk.city.thinks("setda") | unmoved))
    found = corrections.corrections(desk.read(), desk.city.instrument)
    mended = found[found["reason"].notna()].set_index(["unit", "item", "field"])["value"]
    assert mended.loc["rsud"].to_dict() == dict.fromkeys(levels, TB)
    assert mended.loc["setda"].index.tolist() == list(unmoved)
    assert mended.loc["bpbd"].index.tolist() == [twice] and mended.loc["bpbd"].isna().all()


def test_what_the_coordinator_decided_is_locked_and_stays_decided(tmp_path):
    desk = Desk(tmp_path / "kota")
    decided, blank = ("KS02", "level"), ("KS05", "level")
    cells = without(desk.city.thinks("rsud"), [blank])
    desk.saves(desk.city.sends(1, "rsud", cells=cells, wrong={decided: 9}))
    given = desk.city.thinks("rsud")[decided]
    where = "!".join(desk.city.places["rsud"][decided])
    desk.project.decisions.write_text(
        "decision,unit,file,cell,old,new,who,why,when\n"
        f"value,rsud,,{where},9,{given},Rina,ditelepon,2023-10-01\n"
    )
    assert desk.runs("corrections", "--out", tmp_path / "kirim").exit_code == 0
    content = (tmp_path / "kirim/2023-rsud-revisi-2.xlsx").read_bytes()
    assert set(open_cells(opened(content))) == {desk.city.places["rsud"][blank]}
    (desk.folder / "perbaikan.xlsx").write_bytes(filled_in(desk, "rsud", content))
    tables = desk.read()
    assert desk.status(tables).loc["rsud", "next"] == status.DONE
    assert not tables["problems"]["severity"].eq("error").any()
    held = tables["readiness"].set_index("item")["level"]
    assert held[decided[0]] == given and tables["decisions"]["applied"].all()


def test_status_says_what_to_do_about_each_kind_of_return(tmp_path):
    desk = Desk(tmp_path / "kota")
    when = {"Tanggal pengisian": date(2023, 9, 5)}
    desk.saves(desk.city.sends(1, "rsud", identity=when))
    desk.saves(desk.city.sends(1, "bpbd", cells=desk.city.thinks("bpbd") | PLENTY))
    half = only(desk.city.thinks("setda"), desk.city.sheet("1", "2"))
    when = {"Tanggal pengisian": "31/2/2023"}
    desk.saves(desk.city.sends(1, "setda", cells=half, identity=when))
    (desk.folder / "2023-setwan.xlsx").write_bytes(b"PK nothing")
    outside = desk.city.sends(1, "putr", folder="responses")
    desk.saves(outside)
    level = desk.city.thinks("perpustakaan")["KS02", "level"]
    where = "!".join(desk.city.places["perpustakaan"]["KS02", "level"])
    desk.project.decisions.write_text(
        "decision,unit,file,cell,old,new,who,why,when\n"
        "silence,bkpsdm,,,,,Rina,pindah kantor,2023-10-01\n"
        f"value,perpustakaan,,{where},{level % 5 + 1},{(level + 1) % 5 + 1},Rina,lama,2023-10-01\n"
    )
    desk.saves(desk.city.sends(1, "perpustakaan"))
    tables = desk.read()
    found = desk.status(tables)
    units = ["rsud", "bpbd", "setda", "setwan", "putr", "kominfo", "bkpsdm", "perpustakaan"]
    assert found.loc[units, "next"].tolist() == [
        status.DONE,
        status.ASK,
        status.CORRECT,
        status.UNREADABLE,
        status.MOVE,
        status.REMIND,
        status.ACCEPTED,
        status.DECIDE,
    ]
    assert found["sent"].dropna().to_dict() == {"rsud": "2023-09-05"}
    assert found.loc[units, "files"].tolist() == [1, 1, 1, 1, 1, 0, 0, 1]
    store.save(desk.project, tables)
    pd.testing.assert_frame_equal(
        store.load(root=str(desk.project.root)).cockpit.status, found.reset_index()
    )
    said = status.for_the_group(found.reset_index(), PERIOD)
    assert "3 dari 35 perangkat daerah lengkap" in said and "\n" not in said
    assert "BKPSDM" not in said and "Diskominfo" in said
    assert "Perlu dilengkapi: Dinas PUTR, Setwan, Setda." in said


def test_units_are_called_as_people_call_them_and_near_names_are_proposed(sent):
    desk, _books = sent
    shown = desk.runs("check", "DUKCAPIL").output
    assert "(dukcapil)" in shown and "(kesehatan)" not in shown
    refused = desk.runs("check", "dinkess")
    assert refused.exit_code == 2 and "Maksud Anda: Dinkes (kesehatan)" in refused.output


def test_the_last_lines_of_check_fit_a_screen_and_name_the_worst_first(sent, monkeypatch):
    desk, _books = sent
    monkeypatch.setenv("COLUMNS", "80")
    lines = desk.runs("check").output.splitlines()
    head = next(n for n, line in enumerate(lines) if line.startswith("Kesalahan"))
    assert len(lines) - head < 23
    worst = [line.split()[2] for line in lines[head + 1 : head + 4]]
    assert worst == ["kesehatan", "dukcapil", "sosial"]

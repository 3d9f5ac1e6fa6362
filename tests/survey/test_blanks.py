"""What a unit left open: every required cell by its address, a line a sheet."""

import json

import pytest

from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import units
from analysis.survey.kept import store
from analysis.survey.kept.ingest import ingest
from analysis.survey.sent import forms
from analysis.survey.told import letters, wording
from tests.survey.tables import readiness
from tests.survey.test_layers import pairs


def told(tables, *codes: str) -> list[tuple]:
    frame = wording.said(tables["problems"])
    frame = frame[frame["code"].isin(codes)]
    cells = [json.loads(d).get("cells") for d in frame["details"]]
    return list(zip(frame["code"], frame["sheet"], frame["severity"], cells, strict=True))


@pytest.fixture
def form(city):
    """Bappeda's own form with these answers, sent back."""

    def form(answers: dict, name: str = "bappeda.xlsx", **details):
        everyone = units(city)
        unit = next(u for u in everyone if u.id == "bappeda")
        instrument = Instrument.load(city)
        content = forms.workbook(
            unit,
            instrument,
            city.settings,
            units=everyone,
            period="2023",
            answers=answers,
            **details,
        )
        path = city.responses / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return instrument, ingest(city)

    return form


def test_each_blank_cell_is_told_by_its_address_a_line_a_sheet(city, send):
    tables = send(("a.xlsx", readiness("1", "", "3", "")))
    assert told(tables, "BLANK_CELLS") == [
        ("BLANK_CELLS", "3 Kesiapan Daerah", "warning", ["C3", "C5"])
    ]
    [message] = wording.said(tables["problems"].query("code == 'BLANK_CELLS'"))["message"]
    assert message == "Lembar “3 Kesiapan Daerah”: 2 sel wajib kosong: C3, C5."
    text = letters.letters(tables["problems"], tables["sources"], units(city), "2023")["bappeda"]
    assert "2 sel wajib kosong: C3, C5. Silakan isi sel itu, atau TR" in text


def test_blank_cells_are_kept_with_what_they_ask(city, send):
    sheets = pairs("A", 3)
    sheets["6 Visi"] = sheets["6 Visi"].replace("PB04 | A | 3", "PB04 | A |")
    tables = send(("a.xlsx", readiness("1", "", "3", "") | sheets))
    store.save(city, tables)
    asked = store.load(root=str(city.root)).blanks
    assert asked.to_numpy().tolist() == [
        ["bappeda", "3 Kesiapan Daerah", "C3", "KS02", "Petugas TIK dan data"],
        ["bappeda", "3 Kesiapan Daerah", "C5", "KS04", "Anggaran program digital"],
        ["bappeda", "6 Visi", "C5", "PB04", "Smart Governance – Smart Society"],
    ]


def test_a_sheet_without_tb_does_not_offer_it(send):
    sheets = pairs("A", 3)
    sheets["6 Visi"] = sheets["6 Visi"].replace("PB04 | A | 3", "PB04 | A |")
    tables = send(("a.xlsx", sheets))
    [row] = wording.said(tables["problems"].query("code == 'BLANK_CELLS'")).itertuples()
    assert (row.hint, json.loads(row.details)["cells"]) == ("Silakan isi sel itu.", ["C5"])


def test_a_form_of_ours_names_exactly_what_it_shows_yellow(form):
    instrument, tables = form({("KS01", "level"): 3, ("KS02", "level"): "TB"})
    kinds = {
        (code, sheet): len(cells)
        for code, sheet, _s, cells in told(tables, "BLANK_CELLS", "BLANK_SHEET")
    }
    asked = {}
    for table in instrument.tables:
        if table.required and not table.owned:
            count = len(table.codes) * len(table.required)
            asked[table.sheet] = asked.get(table.sheet, 0) + count
    asked["3 Kesiapan Daerah"] -= 2
    partly = ("BLANK_CELLS", "3 Kesiapan Daerah")
    assert kinds == {
        partly if sheet == partly[1] else ("BLANK_SHEET", sheet): count
        for sheet, count in asked.items()
    }
    blank = tables["completeness"]["blank"].sum()
    assert sum(kinds.values()) == blank


def test_a_sheet_answered_with_tb_throughout_is_a_question(send):
    tables = send(("a.xlsx", readiness("TB", "TB", "TB", "TB")))
    assert told(tables, "ALL_TB") == [("ALL_TB", "3 Kesiapan Daerah", "warning", None)]
    assert told(send(("a.xlsx", readiness("TB", "TB", "TB", "4"))), "ALL_TB") == []


def test_blanks_are_those_of_what_counts(send):
    tables = send(
        ("a.xlsx", readiness("1", "", "3", "")),
        ("b.xlsx", readiness("", "2", "", "", revision=2)),
    )
    assert told(tables, "BLANK_CELLS") == [("BLANK_CELLS", "3 Kesiapan Daerah", "warning", ["C5"])]


def test_a_blank_is_where_the_latest_workbook_has_it(send):
    later = readiness("", "2", "", "", revision=2)
    later["Kesiapan"] = "catatan\n" + later.pop("3 Kesiapan Daerah").strip()
    tables = send(("a.xlsx", readiness("1", "", "3", "")), ("b.xlsx", later))
    assert told(tables, "BLANK_CELLS") == [("BLANK_CELLS", "Kesiapan", "warning", ["C6"])]


def test_a_blank_in_a_column_that_went_missing_is_told_by_its_row(send):
    later = readiness("", "", "", "", revision=2)
    later["3 Kesiapan Daerah"] = "Kode | Bukti atau alasan\nKS01 |\nKS02 | ada"
    last = pairs("A", 3, revision=3)
    tables = send(("a.xlsx", readiness("", "", "3", "4")), ("b.xlsx", later), ("c.xlsx", last))
    [(_code, _sheet, _severity, cells)] = told(tables, "BLANK_CELLS")
    assert cells == ["KS01", "KS02"]


def test_answers_that_cannot_be_located_are_told_beside_an_empty_form(send):
    sheets = readiness("1", "2", "3", "4")
    sheets["3 Kesiapan Daerah"] = sheets["3 Kesiapan Daerah"].replace("Kode", "Nomor")
    codes = {row[0] for row in told(send(("a.xlsx", sheets)), "EMPTY_FORM", "NO_HEADINGS")}
    assert codes == {"EMPTY_FORM", "NO_HEADINGS"}


def test_a_unit_has_answered_once_enough_is_filled(city, form):
    _instrument, tables = form({("KS01", "level"): 3})
    store.save(city, tables)
    survey = store.load(root=str(city.root))
    bappeda = survey.units.set_index("unit").loc["bappeda"]
    assert (bappeda["sent"], bappeda["answered"]) == (True, False)
    assert survey.completeness["unit"].unique().tolist() == ["bappeda"]

    settings = city.folder / "period.toml"
    settings.write_text(
        settings.read_text("utf-8").replace("answered = 0.5", "answered = 0.001"), "utf-8"
    )
    assert store.load(root=str(city.root)).units.set_index("unit").loc["bappeda", "answered"]


def test_answers_of_a_unit_that_broke_off_count_item_by_item(city, form, write_workbook):
    _instrument, tables = form({("KS01", "level"): 3})
    assert tables["readiness"]["level"].dropna().tolist() == [3]
    answers = {}
    for table in _instrument.tables:
        for code in table.codes:
            for field in table.required:
                answers[code, field.name] = {"more": "A", "obstacle": "SDM"}.get(field.name, 2)
    everyone = units(city)
    barat = next(u for u in everyone if u.id == "siantar-barat")
    content = forms.workbook(
        barat,
        Instrument.load(city),
        city.settings,
        units=everyone,
        period="2023",
        answers={k: v for k, v in answers.items() if not k[0].startswith("SP")},
    )
    (city.responses / "barat.xlsx").write_bytes(content)
    tables = ingest(city)
    store.save(city, tables)
    assert set(tables["readiness"]["unit"]) == {"bappeda", "siantar-barat"}
    survey = store.load(root=str(city.root))
    assert set(survey.answers("readiness")["unit"]) == {"bappeda", "siantar-barat"}
    assert (survey.units["sent"].sum(), survey.units["answered"].sum()) == (2, 1)
    assert "2 dari 3 perangkat daerah" in survey.source


def test_an_empty_form_lists_no_cells(form):
    _instrument, tables = form({})
    assert [row[0] for row in told(tables, "EMPTY_FORM", "BLANK_SHEET", "BLANK_CELLS")] == [
        "EMPTY_FORM"
    ]

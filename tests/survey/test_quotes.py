"""What people wrote in their own words: on public pages only as decided, within all as it is."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.project.settings import Publish
from analysis.stages import external, future, gap, readiness, swot, vision
from analysis.stages.coordination import texts
from analysis.stages.whole import profile
from analysis.stages.whole.index import Assessed
from analysis.survey.asked.fields import Field, Text
from analysis.survey.kept import quotes, store
from tests.survey.tables import IDENTITY
from tests.survey.test_decisions import decide, refused  # noqa: F401

SHEETS = {
    "1 Masa Depan": """
        Kode  | Dampak           | Ketidakpastian | Bukti atau alasan
        MD01  | 3                | 3              | bukti {0} satu
        Kode  | Faktor pendorong | Kategori | Dampak | Ketidakpastian | Bukti atau alasan
        MD-A1 | pendorong {0}    | Sosial   | 3      | 3              | bukti {0} dua
    """,
    "2 Kondisi Eksternal": """
        Kode  | Kepentingan      | Penilaian | Bukti atau alasan
        KE01  | 3                | 3         | bukti {0} tiga
        Kode  | Faktor eksternal | Kategori | Kepentingan | Penilaian | Bukti atau alasan
        KE-A1 | faktor {0}       | Sosial   | 3           | 3         | bukti {0} empat
    """,
    "3 Kesiapan Daerah": """
        Kode  | Tingkat | Bukti atau alasan
        KS01  | 3       | bukti {0} lima
    """,
    "4 Kesenjangan": """
        Kode  | Sekarang | Sasaran | Kepentingan | Catatan
        KJ01  | 3        | 4       | 3           | catatan {0} satu
    """,
    "5 SWOT": """
        Kode    | Kepentingan | Penilaian | Catatan
        SW01    | 3           | 3         | catatan {0} dua
        Kode    | Uraian
        SWOT-S1 | kekuatan {0}
    """,
    "6 Visi": """
        Kode  | Kalimat visi
        VS-1  | kalimat {0}
    """,
    "7 Quick Win": """
        Kode  | Nama program | Unit penanggung jawab
        QW-1  | program {0}  | pelaksana {0}
    """,
}
WRITTEN = 11  # quotes of each unit


@pytest.fixture
def quoting(city, send, decide):  # noqa: F811
    """A survey of two units that wrote wherever they could, under a setting and some decisions."""

    def quoting(policy: str = "", *decisions: list[str]) -> store.Survey:
        files = []
        for unit in ("bappeda", "siantar-barat"):
            sheets = {name: table.format(unit) for name, table in SHEETS.items()}
            identity = {"Identitas": IDENTITY.format(unit=unit, revision=1)}
            files.append((f"{unit}.xlsx", identity | sheets))
        send(*files)
        tables = decide(*decisions)
        assert refused(tables) == []
        if policy:
            path = city.raw / "city.toml"
            path.write_text(path.read_text("utf-8").replace('"grouped"', f'"{policy}"'), "utf-8")
        store.save(city, tables)
        survey = store.load(root=str(city.root)).singly()
        return replace(survey, units=survey.units.assign(answered=survey.units["sent"]))

    return quoting


def shown(survey: store.Survey) -> dict[str, pd.DataFrame]:
    """Every table of texts on public pages, and in it what is shown."""
    stages = [m.of(survey) for m in (future, external, readiness, gap, swot)]
    found = {f"{stage.name}.notes": stage.notes for stage in stages}
    found |= {"future.own": stages[0].own, "external.own": stages[1].own}
    return found | {"swot": stages[4].quotes, "vision": vision.of(survey).sentences}


def texts_in(tables: dict[str, pd.DataFrame]) -> list[str]:
    columns = ["name", "text", "written", "sentence", "evidence"]
    said = [t[c] for t in tables.values() for c in columns if c in t]
    return sorted(t for t in pd.concat(said).dropna() if "bappeda" in t or "siantar-barat" in t)


@pytest.mark.parametrize("policy", ["", "named"])
def test_quotes_stand_under_the_group_or_the_name_as_the_city_decides(quoting, policy):
    survey = quoting(policy)
    tables = shown(survey)
    assert all(table["name"].notna().all() for table in tables.values() if "name" in table)
    assert len(texts_in(tables)) == 2 * WRITTEN == len(set(texts_in(tables)))
    sent = survey.units[survey.units["sent"]]
    units = {*sent["unit_name"], *sent["unit_short"]}
    names = {n for t in tables.values() for cell in t["written_by"] for n in cell.split(" dan ")}
    assert names == (units if policy else {"Badan", "Kecamatan"})
    for name, table in tables.items():
        said = table.drop(columns=["unit", "id"], errors="ignore").astype(str).to_csv()
        assert bool(policy) == any(unit in said for unit in units), name


def test_nothing_is_shown_that_is_not_released_where_quotes_are_withheld(quoting):
    cell = "3 Kesiapan Daerah!C2"
    survey = quoting("withheld", ["release", "bappeda", "", cell, "bukti bappeda"])
    tables = shown(survey)
    assert texts_in(tables) == ["bukti bappeda lima"]
    assert tables["readiness.notes"]["written_by"].tolist() == ["Badan"]
    assert future.of(survey).titles["own"].startswith("2 ")  # what is counted stays
    note = future.of(survey).with_unshown("Satu.", "future_own")
    assert note == "Satu. 4 tulisan tidak ditampilkan atas keputusan koordinator."
    assert readiness.of(survey).with_unshown("", "readiness").startswith("1 tulisan")
    assert Assessed(survey).with_unshown("", "spbe") == ""
    written = survey.written.query("unit == 'bappeda' and shown")
    assert written["item"].tolist() == ["KS01", "QW-1", "QW-1"]  # programmes are no quotes
    own = profile.of(survey, "bappeda").notes
    assert len(own) == 5 and own["written"].str.contains("bappeda").all()


def test_what_is_withheld_is_shown_nowhere_in_public(quoting):
    survey = quoting(
        "named",
        ["withhold", "bappeda", "", "4 Kesenjangan!E2", "catatan bappeda"],
        ["withhold", "siantar-barat", "", "5 SWOT!B4", "kekuatan siantar-barat"],
        ["withhold", "siantar-barat", "", "2 Kondisi Eksternal!B4", "faktor"],
        ["withhold", "bappeda", "", "6 Visi!B2", "kalimat"],
    )
    gone = {"catatan bappeda satu", "kekuatan siantar-barat", "faktor siantar-barat"}
    gone |= {"bukti siantar-barat empat", "kalimat bappeda"}  # a factor goes with its evidence
    tables = shown(survey)
    assert gone.isdisjoint(texts_in(tables)) and len(texts_in(tables)) == 2 * WRITTEN - len(gone)
    own = profile.of(survey, "bappeda").notes
    assert "catatan bappeda satu" not in own["written"].tolist() and len(own) == 4


def test_within_everything_stays_with_its_name_and_what_became_of_it(quoting):
    survey = quoting("", ["withhold", "bappeda", "", "4 Kesenjangan!E2", "catatan bappeda"])
    instrument = survey.instrument
    answers = {t.name: survey.answers(t.name, even_none=True) for t in instrument.tables}
    table = texts.written(answers, instrument.tables, survey.written, ["spbe"])
    assert len(table) == 2 * (WRITTEN + 2)  # with the programmes
    assert set(table["unit_name"]) == set(survey.units[survey.units["sent"]]["unit_name"])
    row = table[table["published"] == "ditahan"]
    assert row[["cell", "text"]].to_numpy().tolist() == [
        ["4 Kesenjangan!E2", "catatan bappeda satu"]
    ]
    assert (table.drop(row.index)["published"] == "tampil").all()
    assert table.set_index("text").loc["program bappeda", "cell"] == "7 Quick Win!B2"


def test_a_decision_on_a_quote_that_is_no_more_or_is_none_is_refused(send, decide):  # noqa: F811
    sheets = {name: table.format("bappeda") for name, table in SHEETS.items()}
    send(("a.xlsx", {"Identitas": IDENTITY.format(unit="bappeda", revision=1)} | sheets))
    tables = decide(
        ["withhold", "bappeda", "", "4 Kesenjangan!E2", "catatan lain"],
        ["withhold", "bappeda", "", "7 Quick Win!B2", "program"],
        ["withhold", "bappeda", "", "4 Kesenjangan!B2", "3"],
        ["withhold", "bappeda", "", "3 Kesiapan Daerah!C2", "bukti"],
        ["release", "bappeda", "", "3 Kesiapan Daerah!C2", "bukti"],
    )
    said = dict(refused(tables))
    assert "sekarang tertulis “catatan bappeda satu”, bukan “catatan lain”" in said[2]
    assert "nama program diganti lewat “value”" in said[3] and said[4][8:] == said[3][8:]
    assert "sudah diputuskan pada baris 5" in said[6] and len(said) == 4
    assert tables["quotes"]["decided"].dropna().tolist() == ["withhold"]


def test_where_a_row_stands_does_not_say_whose_it_is():
    rows = [("z", "KS01", "c"), ("a", "KS01", "a"), ("m", "KS01", "b"), ("z", "KS00", "d")]
    answers = pd.DataFrame(rows, columns=["unit", "item", "evidence"])
    answers = answers.assign(unit_name=answers["unit"], group_name="Dinas", unit_short="")
    known = answers[["unit", "item"]].assign(field="evidence", shown=answers["evidence"] != "b")
    field = Field("evidence", "Bukti", Text(500))
    grouped = quotes.public(answers, [field], known, named=False)
    assert grouped["evidence"].dropna().tolist() == ["d", "a", "c"]
    assert set(grouped["unit_name"]) == set(grouped["written_by"]) == {"Dinas"}
    named = quotes.public(answers, [field], known, named=True)
    assert named["unit"].tolist() == ["z", "a", "m", "z"] == named["written_by"].tolist()
    unlisted = quotes.public(answers, [field], known.head(0), named=True)
    assert unlisted["evidence"].isna().all()  # what nobody knows of is not shown


def test_only_three_ways_are_known():
    assert Publish().quotes == "grouped"
    with pytest.raises(ValueError, match="quotes"):
        Publish(quotes="all")

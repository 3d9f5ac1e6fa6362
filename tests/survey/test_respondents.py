"""Several respondents of one unit: what the unit's answers are, and what is told of whom."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from analysis.stages.coordination import Coordination, texts
from analysis.stages.evidence import estimates
from analysis.stages.readiness import Readiness
from analysis.stages.whole.profile import Profile
from analysis.survey.asked.fields import Amount, Field
from analysis.survey.kept import respondents, store
from analysis.survey.kept.cockpit import Cockpit
from analysis.survey.kept.ingest import ingest
from analysis.survey.kept.layers import Counted, Kept
from analysis.survey.returned.expected import Expected
from analysis.survey.sent import corrections
from tests.survey.tables import IDENTITY, READINESS, found, levels
from tests.survey.test_decisions import decide  # noqa: F401

WHOLE = {
    "4 Kesenjangan": """
        Kode | Sekarang | Sasaran | Kepentingan | Hambatan utama | Catatan
        KJ01 | {0} | {1} | {2} | {3} | {4}
    """,
    "6 Visi": """
        Kode | Mana yang lebih penting | Seberapa lebih penting
        PB01 | {5} | {6}
    """,
    "7 Quick Win": """
        Kode | Nama program
        QW-1 | {7}
    """,
}

# Means and standard errors of twelve clusters of so many respondents, by item: R's survey package.
# Made by clusters.R beside this file.
CLUSTERS = [
    # respondents, item, mean, standard error
    (1, 1, 3.083333333333333, 0.259904799975886),
    (1, 2, 4.083333333333333, 0.259904799975886),
    (2, 1, 3.458333333333333, 0.156407748651989),
    (2, 2, 3.458333333333333, 0.156407748651989),
    (3, 1, 3.666666666666667, 0.100503781525921),
    (3, 2, 3.333333333333333, 0.100503781525921),
    (4, 1, 3.500000000000000, 0.068810235320398),
    (4, 2, 3.500000000000000, 0.068810235320398),
    (5, 1, 3.416666666666667, 0.148647097502641),
    (5, 2, 3.416666666666667, 0.148647097502641),
]


def identity(number: str, revision: int = 1, unit: str = "bappeda") -> str:
    return IDENTITY.format(unit=unit, revision=revision) + f"    Nomor pengisi | {number}\n"


def rated(number: str, *typed: str, revision: int = 1, unit: str = "bappeda") -> dict[str, str]:
    return {
        "Identitas": identity(number, revision, unit),
        "3 Kesiapan Daerah": READINESS.format(*typed, *[""] * 4),
    }


def whole(number: str, *typed: str) -> dict[str, str]:
    sheets = {name: table.format(*typed) for name, table in WHOLE.items()}
    return {"Identitas": identity(number)} | sheets


def given(tables, table: str = "readiness", field: str = "level") -> list:
    own = tables[table].query("unit == 'bappeda'")
    return [None if pd.isna(v) else v for v in own[field].tolist()]


def required(tables, table: str = "readiness") -> tuple:
    [row] = tables["completeness"].query("unit == 'bappeda' and table == @table").to_numpy()
    return tuple(row[2:])


@pytest.fixture
def send(send):
    """Send workbooks, and see that every cell of theirs is accounted for."""

    def sent(*files: tuple[str, dict[str, str]]) -> dict[str, pd.DataFrame]:
        tables = send(*files)
        accounts, required = tables["reconciliation"], tables["completeness"]
        kinds = accounts.columns.drop(["file", "unit", "cells"])
        assert (accounts[kinds].sum(axis=1) == accounts["cells"]).all()
        sums = required[["answered", "tb", "blank", "invalid"]].sum(axis=1)
        assert (sums == required["expected"]).all()
        return tables

    return sent


@pytest.fixture
def together(city):
    """What several people say of one row, each by its field: what they say together."""
    expected = Expected.of(city)

    def together(code: str, *people: dict[str, object]) -> dict[str, object]:
        each = []
        for number, said in enumerate(people, start=1):
            answers = {(code, name): Counted(v, None, "") for name, v in said.items()}
            no = frozenset()
            each.append(Kept("bappeda", answers, {}, {}, no, {}, [], no, str(number)))
        found = respondents.together(each, expected).answers
        return {name: counted.value for (item, name), counted in found.items() if item == code}

    return together


def test_levels_are_the_mean_of_those_who_answered(send):
    tables = send(
        ("a.xlsx", rated("1", "1", "2", "", "TR")),
        ("b.xlsx", rated("2", "2", "", "", "TR")),
        ("c.xlsx", rated("3", "2", "5", "", "")),
    )
    assert given(tables) == [5 / 3, 3.5, None, None]
    assert given(tables, field="tb") == [False, False, False, True]
    assert tables["readiness"]["level"].dtype == "Float64"
    assert required(tables) == (4, 2, 1, 1, 0)
    assert found(tables) == []  # two people may differ as they like
    assert tables["sources"]["used"].tolist() == [True] * 3
    [blank] = tables["problems"].query("code == 'BLANK_CELLS'").itertuples()
    assert blank.file.endswith("a.xlsx") and '"KS03"' in blank.details
    assert '"KS02"' not in blank.details


def test_a_row_applies_where_anybody_rated_it(send):
    tables = send(("a.xlsx", rated("1", "TR", "TR")), ("b.xlsx", rated("2", "4", "TR")))
    assert given(tables)[:2] == [4, None]
    assert given(tables, field="tb")[:2] == [False, True]


def test_one_respondent_is_as_ever_whatever_his_number(send):
    tables = send(("a.xlsx", rated("7", "1", "2", "3", "4")))
    assert tables["readiness"]["level"].dtype == "Int8"
    assert levels(tables) == [1, 2, 3, 4]
    assert tables["respondents"].empty
    assert tables["sources"]["respondent"].tolist() == ["7"]


def test_revisions_are_laid_over_each_other_of_one_respondent(send):
    tables = send(
        ("a.xlsx", rated("1", "1", "1", "1", "1")),
        ("b.xlsx", rated("2", "5", "5", "5", "5")),
        ("c.xlsx", rated("1", "3", "", "", "", revision=2)),
    )
    assert given(tables) == [4, 3, 3, 3]
    assert found(tables, "file") == [("REVISION_BLANKS", "data/raw/2023/responses/c.xlsx")]
    assert tables["changes"][["file", "before", "after"]].to_numpy().tolist() == [
        ["data/raw/2023/responses/c.xlsx", "1", "3"]
    ]


def test_two_workbooks_of_one_number_contradict_each_other_as_ever(send):
    tables = send(("a.xlsx", rated("2", "1", "2")), ("b.xlsx", rated("2", "1", "3")))
    assert given(tables) == [1, None, None, None]
    assert [code for (code,) in found(tables)] == ["CONFLICT"]


def test_a_number_is_read_as_people_type_it(send):
    typed = ["", "2", "03", "Pengisi 4", "5 (staf)", '"6"']
    tables = send(*((f"{n}.xlsx", rated(number, "3")) for n, number in enumerate(typed)))
    assert tables["sources"]["respondent"].tolist() == ["1", "2", "3", "4", "5", "6"]
    assert found(tables) == []


def test_what_is_no_number_is_a_respondent_of_its_own(send):
    tables = send(
        ("a.xlsx", rated("1", "1")),
        ("b.xlsx", rated("Budi", "2")),
        ("c.xlsx", rated("Siti", "3")),
        ("d.xlsx", rated("budi", "3", revision=2)),
    )
    assert given(tables)[0] == 7 / 3  # 1, 3 (Budi's revision) and 3
    names = tables["sources"]["respondent"].tolist()
    assert names[0] == "1" and names[1] == names[3] != names[2]
    assert not any("budi" in name.casefold() for name in names)
    told = [row for row in found(tables, "file", "cell") if row[0] == "BAD_RESPONDENT"]
    assert told == [("BAD_RESPONDENT", f"data/raw/2023/responses/{x}.xlsx", "B6") for x in "bcd"]


def test_each_kind_of_answer_has_its_own_way(send):
    tables = send(
        ("a.xlsx", whole("1", "1", "3", "2", "Anggaran", "belum", "A", "3", "Kota terang")),
        ("b.xlsx", whole("2", "2", "4", "2", "SDM", "sudah", "B", "1", "Kota hijau")),
        ("c.xlsx", whole("3", "2", "5", "2", "SDM", "belum", "A", "9", "")),
    )
    [gap] = tables["gap"].query("unit == 'bappeda' and item == 'KJ01'").to_dict("records")
    assert (gap["current"], gap["target"], gap["importance"]) == (5 / 3, 4, 2)
    assert (
        gap["obstacle"]
        == tables["respondents"].query("respondent == '2' and field == 'obstacle'")["text"].item()
    )
    assert gap["note"] == "“belum” · “sudah”"
    [pair] = tables["pairs"].query("unit == 'bappeda' and item == 'PB01'").to_dict("records")
    assert pair["more"] == "A" and pair["strength"] == pytest.approx(3)  # 3, 1, 9
    proposed = tables["quickwin"][["item", "name"]].to_numpy().tolist()
    assert proposed == [["QW-1", "Kota terang"], ["QW-1/2", "Kota hijau"]]


def test_opposite_judgements_cancel_and_the_stronger_side_wins(together):
    def judged(*said: tuple) -> dict[str, object]:
        named = [zip(("more", "strength"), one, strict=True) for one in said]
        return together("PB01", *({n: v for n, v in one if v is not None} for one in named))

    assert judged(("A", 4), ("B", 4)) == {"more": "A", "strength": 1}
    # (9 / 4)^(1/2), and beside one that is as important, without a side, 4^(1/2).
    assert judged(("A", 4), ("B", 9)) == {"more": "B", "strength": pytest.approx(1.5)}
    assert judged((None, 1), ("B", 4)) == {"more": "B", "strength": pytest.approx(2)}
    assert judged(("B", 3), ("B", 3)) == {"more": "B", "strength": 3}
    assert judged((None, 1), (None, 1)) == {"strength": 1}
    # Nobody judged: two halves make no whole.
    assert judged(("A", None), (None, 5)) == {"more": "A"}


def test_equally_frequent_choices_are_as_the_form_offers_them(together):
    for first, second in (("people", "budget"), ("budget", "people")):
        said = together("KJ01", {"obstacle": first}, {"obstacle": second})
        assert said == {"obstacle": "people"}  # the first in categories.csv
    assert together("KJ01", *({"obstacle": o} for o in ("people", "data", "data"))) == {
        "obstacle": "data"
    }


def test_each_quote_is_shown_or_withheld_alone(city, send, decide):  # noqa: F811
    files = [
        ("a.xlsx", whole("1", "1", "3", "2", "", "belum", "", "", "")),
        ("b.xlsx", whole("2", "2", "4", "2", "", "sudah", "", "", "")),
    ]
    send(*files)
    cell = "4 Kesenjangan!F2"
    decide(["withhold", "bappeda", "b.xlsx", cell, "sudah"])
    tables = send(*files)
    assert tables["decisions"]["applied"].tolist() == [True]
    store.save(city, tables)
    survey = store.of(city)
    assert survey.quotes("gap")["note"].isna().all()  # one of three units speaks for no city
    survey = survey.singly()
    [shown] = survey.quotes("gap").dropna(subset="note")["note"]
    assert shown == "belum"
    [answer] = survey.answers("gap").dropna(subset="note")["note"]
    assert answer == "“belum” · “sudah”"
    asked = survey.instrument.tables
    listed = texts.written(
        {t.name: survey.answers(t.name) for t in asked},
        asked,
        survey.written,
        [],
    )
    rows = listed.query("item == 'KJ01'")[["text", "shown"]].to_numpy().tolist()
    assert sorted(rows) == [["belum", True], ["sudah", False]]


def test_a_decision_on_a_cell_that_two_filled_in_needs_its_file(city, send, decide):  # noqa: F811
    files = [("a.xlsx", rated("1", "9", "1")), ("b.xlsx", rated("2", "3", "1"))]
    send(*files)
    decide(["value", "bappeda", "", "3 Kesiapan Daerah!C2", "9", "4"])
    tables = send(*files)
    assert tables["decisions"]["applied"].tolist() == [False]
    decide(["value", "bappeda", "a.xlsx", "3 Kesiapan Daerah!C2", "9", "4"])
    tables = send(*files)
    assert tables["decisions"]["applied"].tolist() == [True]
    assert given(tables)[:2] == [3.5, 1]


def test_a_chosen_file_is_chosen_among_those_of_its_respondent(send, decide):  # noqa: F811
    files = [
        ("a.xlsx", rated("1", "1")),
        ("b.xlsx", rated("1", "2")),
        ("c.xlsx", rated("2", "5")),
    ]
    send(*files)
    decide(["file", "bappeda", "b.xlsx", "", "", ""])
    assert given(send(*files))[0] == 3.5


def test_each_respondents_words_stand_in_a_table_of_their_own(send):
    tables = send(("a.xlsx", rated("2", "1")), ("b.xlsx", rated("10", "4")))
    own = tables["respondents"].query("item == 'KS01' and field == 'level'")
    assert own[["unit", "respondent", "value", "cell"]].to_numpy().tolist() == [
        ["bappeda", "2", 1, "3 Kesiapan Daerah!C2"],
        ["bappeda", "10", 4, "3 Kesiapan Daerah!C2"],
    ]


def test_each_respondent_is_sent_back_his_own(city, send):
    """What two people typed is never mixed in one workbook, and comes back as whose it is."""
    tables = send(
        ("a.xlsx", rated("1", "1", "2", "3", "4")),
        ("b.xlsx", rated("2", "", "9", "3", "3")),
        ("c.xlsx", rated("Siti", "7", "1", "1", "1")),
    )
    cockpit = Cockpit(city, tables)
    own = cockpit.corrections.dropna(subset="reason").query("item.str.startswith('KS')")
    other = tables["sources"]["respondent"].iloc[2]
    wrong = own[["respondent", "item", "field"]].to_numpy().tolist()
    assert wrong == [["2", "KS02", "level"], [other, "KS01", "level"]]  # KS01 has an answer
    out = city.root / "kirim"
    mending, revisions = cockpit.corrections, cockpit.revisions
    written, _gone = corrections.write(city, out, mending, revisions, False, {"bappeda"})
    names = [f"2023-bappeda{who}-revisi-2.xlsx" for who in ("", "-pengisi-2", f"-pengisi-{other}")]
    assert sorted(path.name for path in written) == sorted(names)
    assert all(name in cockpit.letters["bappeda"] for name in names)
    for path in written:
        shutil.copy(path, city.responses)
    back = ingest(city)
    came = back["sources"].query("revision == 2").set_index("file")["respondent"]
    folder = "data/raw/2023/responses/"
    assert [came[folder + name] for name in names] == ["1", "2", other]
    assert given(back) == given(tables) == [1, 1.5, 7 / 3, 8 / 3]


@pytest.fixture
def divided(city, send):
    """Three respondents of one unit, two of another and one of the third, on four items."""
    return send(
        ("a.xlsx", rated("1", "4", "1", "3", "TR")),
        ("b.xlsx", rated("2", "4", "3", "4", "2")),
        ("c.xlsx", rated("3", "4", "5", "", "2")),
        ("d.xlsx", rated("1", "1", "2", unit="kominfo")),
        ("e.xlsx", rated("2", "2", "2", unit="kominfo")),
        ("f.xlsx", rated("1", "5", "5", unit="siantar-barat")),
    )


def test_how_far_colleagues_agree_is_told_where_units_have_several(city, divided):
    store.save(city, divided)
    page = Coordination(store.of(city))
    assert page.several.to_dict() == {"bappeda": 3, "kominfo": 2}
    assert page.further == ["raters"]
    # KS01: 4, 4, 4; KS02: 1, 3, 5, of variance 4 over 2. The others have two answers.
    assert page.agreed[["item", "own", "r_wg"]].to_numpy().tolist() == [
        ["KS02", 3, 0],
        ["KS01", 4, 1],
    ]
    differ = page.differ.set_index("item")
    # KS01: MSW = (0 + 1/2) / 3, MSB = 3 x (4 - 3)^2 + 2 x (1.5 - 3)^2, n0 = 5 - 13/5.
    within, between, n0 = 0.5 / 3, 7.5, 5 - 13 / 5
    icc = (between - within) / (between + (n0 - 1) * within)
    assert differ.loc["KS01", "icc"] == pytest.approx(icc)
    assert differ.loc["KS01", ["offices", "respondents", "r_wg"]].tolist() == [2, 5, 1]
    assert pd.isna(differ.loc["KS03", "icc"])  # one office alone
    said = page.quality[-1]
    assert said.headline == "Pengisi dari satu perangkat daerah sependapat 0,5 dari 1."
    assert "2 perangkat daerah diisi beberapa orang, seluruhnya 5 pengisi" in said.detail
    stage = Readiness(store.of(city).singly())
    assert any("sependapat 0,5" in finding.headline for finding in stage.quality)
    assert stage.distribution["n"].sum() == 3 + 3 + 1 + 1  # every mean stands at some level
    survey = store.of(city)
    survey = replace(survey, units=survey.units.assign(answered=True))
    own = Profile(survey, "bappeda")
    assert own.people == 3 and own.note == "3 pengisi, tanpa selang."
    assert "3 pengisi" in own.key_figures[0]["detail"]
    assert Profile(survey, "siantar-barat").note == "Satu pengisi, tanpa selang."


def test_nothing_is_told_of_colleagues_where_every_unit_has_one(city, send):
    store.save(
        city,
        send(
            ("f.xlsx", rated("1", "5", "5")),
        ),
    )
    page = Coordination(store.of(city))
    assert page.several.empty and page.further == []
    assert len(page.quality) == 4
    assert not any("pengisi" in finding.headline for finding in page.quality)


def test_units_means_are_the_clusters_of_the_survey_package(together):
    """Balanced data: the mean over units, and its error, as of a sample of clusters."""

    def unit(number: int, people: int, item: int) -> object:
        levels = (1 + (number**2 + p * number + item * p**2) % 5 for p in range(1, people + 1))
        return together("KS01", *({"level": level} for level in levels))["level"]

    for people, item, mean, error in CLUSTERS:
        values = pd.DataFrame({"level": [unit(n, people, item) for n in range(1, 13)]}, dtype=float)
        groups = pd.Series("dinas", values.index)
        found = estimates.jackknife(groups, estimates.of_means(values), values.count())
        assert found["value"].item() == pytest.approx(mean, abs=1e-8)
        assert found["error"].item() == pytest.approx(error, abs=1e-8)


def test_of_amounts_the_one_in_the_middle_counts(city):
    """One of three who typed a thousand times too much moves nothing."""
    cost = Field("cost", "Biaya", Amount("million_rupiah", "juta rupiah"))
    given = [Counted(amount, None, "") for amount in (100, 120, 90_000)]
    assert respondents._value(cost, given, Expected.of(city).instrument) == 120

"""What units wrote beside their answers, and levels without evidence: all counted by hand."""

import pandas as pd
import pytest

from analysis.levels import COUNT
from analysis.stages import gap, readiness
from analysis.stages.evidence import proof
from analysis.stages.whole import profile, words
from analysis.stages.whole.index import Assessed
from tests.stages.answers import Answers

# unit, item, level, evidence; "-" is blank.
#         due from 3 on: a 3 and 5 of its three, b 3, c none.
READINESS = [
    ("a", "KS01", 3.0, "SK wali kota"),
    ("a", "KS02", 5.0, None),
    ("a", "KS03", 2.0, None),
    ("b", "KS01", 3.0, None),
    ("b", "KS02", 2.9, "laporan"),
    ("c", "KS01", None, "tanpa tingkat"),
]
SPBE = [("a", "SP01", 4.0, None)]


def table(rows) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["unit", "item", "level", "evidence"])
    named = {"unit_name": "Unit " + frame["unit"], "name": "Butir " + frame["item"]}
    return frame.assign(group="dinas", group_name="Dinas", **named)


def over(**tables) -> readiness.of:
    return readiness.of(Answers({"readiness": table(READINESS)} | tables))


def test_levels_from_the_bound_on_are_counted_by_unit_and_by_indicator():
    made = over()
    assert made.evidence_bound == 3
    by_unit = made.unproven_by_unit.set_index("unit")
    # a: KS01 has evidence, KS02 has none; b: KS01 has none, 2.9 is below; c has no level.
    assert by_unit[["due", "unproven"]].to_dict("index") == {
        "a": {"due": 2, "unproven": 1},
        "b": {"due": 1, "unproven": 1},
    }
    assert by_unit["unproven_share"].to_dict() == pytest.approx({"a": 0.5, "b": 1})
    by_item = made.unproven_by_item.set_index("item")
    assert by_item["unproven"].to_dict() == {"KS02": 1, "KS01": 1}
    assert by_item.loc["KS01", ["due", "unproven_share"]].tolist() == [2, 0.5]
    assert proof.heading(made.due, 3) == "2 dari 3 tingkat 3 ke atas tanpa bukti"


def test_levels_of_an_index_are_counted_alike():
    index = Assessed(Answers({"spbe": table(SPBE)}))
    assert index.unproven_by_item[["item", "unproven"]].to_numpy().tolist() == [["SP01", 1]]
    assert index.quality[-1].detail.startswith("Tanpa bukti, tingkat 3 ke atas: Indeks SPBE 1 dari")


def test_the_bound_is_the_citys():
    answers = {"readiness": table(READINESS)}
    assert len(proof.due(answers, 2)) == 5
    assert proof.due(answers, 4)["item"].tolist() == ["KS02"]


def test_the_sentence_counts_and_judges_nothing():
    due = proof.due({"kesiapan": table(READINESS), "SPBE": table(SPBE)}, 3)
    said = proof.finding(due, 3)
    headline = "3 dari 4 jawaban yang perlu bukti belum disertai bukti."
    assert (said.headline, said.level) == (headline, COUNT)
    assert said.detail.startswith(
        "Tanpa bukti, tingkat 3 ke atas: kesiapan 2 dari 3; SPBE 1 dari 1."
    )
    assert said.detail.endswith("isinya tidak diperiksa.")


def test_where_no_level_is_due_nothing_is_said_to_be_proven():
    none = table([("a", "KS01", 2.0, None), ("b", "KS01", None, None)])
    said = proof.finding(proof.due({"readiness": none}, 3), 3)
    assert said.headline == "Belum ada tingkat 3 ke atas yang perlu bukti."
    assert "0 dari" not in said.headline + said.detail


def test_every_text_is_shown_whatever_the_level_beside_it():
    notes = over().notes
    assert notes[["item", "unit", "written"]].to_numpy().tolist() == [
        ["KS01", "a", "SK wali kota"],
        ["KS01", "c", "tanpa tingkat"],
        ["KS02", "b", "laporan"],
    ]


def test_a_note_is_shown_where_no_evidence_is_asked():
    answers = table(READINESS).rename(columns={"evidence": "note"}).assign(current=1.0, target=2.0)
    assert gap.of(Answers({"gap": answers})).notes["written"].tolist() == [
        "SK wali kota", "tanpa tingkat", "laporan",
    ]  # fmt: skip


def test_a_unit_sees_its_own_texts_and_its_own_levels_without_any():
    notes = table(READINESS).rename(columns={"evidence": "note"}).assign(current=1.0, target=2.0)
    spbe = [*SPBE, ("b", "SP02", 3.0, None)]
    given = {"readiness": table(READINESS), "spbe": table(spbe)}
    given["gap"] = notes.assign(note="catatan " + notes["unit"])
    of_gap = gap.of(Answers({"gap": given["gap"]}))
    own = profile.of(Answers(given), "b")
    made = own.together
    vars(made)["stages"] = {"readiness": over(), "gap": of_gap}
    vars(own)["_common"] = {"due": made.due, "notes": made.notes}
    assert own.unproven[["item", "level"]].to_numpy().tolist() == [["KS01", 3], ["SP02", 3]]
    assert own.notes[["stage", "item", "written"]].to_numpy().tolist() == [
        ["Kesiapan", "KS02", "laporan"],
        ["Kesenjangan", "KS01", "catatan b"],
        ["Kesenjangan", "KS02", "catatan b"],
    ]
    assert words.heading_notes(own.notes).startswith("3 bukti, alasan, atau catatan")
    assert words.heading_notes(own.notes[:0]) == "Belum ada bukti atau catatan yang ditulis"

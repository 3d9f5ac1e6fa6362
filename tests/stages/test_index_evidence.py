"""The files behind an index, in the order in which an assessor asks for them: all by hand."""

import pandas as pd

from analysis.stages.whole import index_evidence as evidence
from analysis.stages.whole.index import Assessed
from tests.stages.answers import Answers

NONE = None
# unit, item, level, evidence
ANSWERS = pd.DataFrame(
    [
        ("a", "SP02", 3.0, "b.pdf; c.pdf"),
        ("a", "SP01", 4.0, "a.pdf dan rahasia.pdf"),
        ("a", "SP10", NONE, NONE),
        ("a", "SP03", NONE, "d.pdf"),
        ("b", "SP01", 1.0, NONE),
    ],
    columns=["unit", "item", "level", "evidence"],
).assign(unit_short=lambda t: "Unit " + t["unit"], name=lambda t: "Butir " + t["item"])
HASH = "0123456789abcdef" * 4
# unit, item, file, state, sha256
FILES = pd.DataFrame(
    [
        ("a", "SP01", "a.pdf", "present", HASH),
        ("a", "SP02", "b.pdf", "empty", HASH[1:]),
        ("a", "SP02", "c.pdf", "missing", ""),
        ("a", "SP03", "d.pdf", "too_large", ""),
        ("a", NONE, "lepas.pdf", "not_named", HASH),
        ("c", "SP01", "lain.pdf", "present", HASH),
    ],
    columns=["unit", "item", "file", "state", "sha256"],
).assign(state_name=lambda t: "kata " + t["state"], table="spbe")
ORDER = ["SP03", "SP02", "SP01", "SP10"]
SHOWN = pd.DataFrame(columns=["unit", "item"])


def rows(table: pd.DataFrame, *columns: str) -> list[list]:
    return table[[*columns]].astype(object).where(table.notna(), None).to_numpy().tolist()


def test_levels_stand_in_the_order_of_the_index_with_a_row_for_each_file():
    table = evidence.listed(ANSWERS, FILES, ORDER, SHOWN)
    assert rows(table, "item", "unit_short", "level", "file", "condition_name", "digest") == [
        ["SP03", "Unit a", None, "d.pdf", "kata too_large", None],
        ["SP02", "Unit a", 3, "b.pdf", "kata empty", "123456789abc"],
        ["SP02", "Unit a", 3, "c.pdf", "kata missing", None],
        ["SP01", "Unit a", 4, "a.pdf", "kata present", "0123456789ab"],
        ["SP01", "Unit b", 1, None, None, None],
    ]
    assert table["evidence"].tolist()[:4] == ["d.pdf", *["b.pdf; c.pdf"] * 2, ANSWERS.evidence[1]]
    assert str(table["level"].dtype) == "Int64"  # levels are whole
    # Of four files that rows name one is there and fine, and one too large to be hashed.
    assert len(evidence.named(table)) == 4
    assert evidence.heading(table) == "Bukti berupa berkas: 2 dari 4 berkas ada dan terbaca"
    assert "tidak ditampilkan" not in evidence.note(table)


def test_words_that_are_withheld_are_neither_texts_nor_names_but_the_file_counts():
    hidden = pd.DataFrame({"unit": ["a", "b"], "item": ["SP01", "SP02"]})
    table = evidence.listed(ANSWERS, FILES, ORDER, hidden)
    kept = table[table["item"].eq("SP01") & table["unit"].eq("a")]
    assert rows(kept, "evidence", "file", "condition_name", "digest") == [
        [None, None, "kata present", "0123456789ab"]
    ]
    assert "rahasia" not in table.to_csv() and "c.pdf" in table.to_csv()
    assert evidence.heading(table).startswith("Bukti berupa berkas: 2 dari 4")
    told = "1 nama berkas tidak ditampilkan atas keputusan koordinator."
    assert evidence.note(table).endswith(told) and evidence.note_on_list(table).endswith(told)


def over(files: pd.DataFrame, withheld: str = "") -> Assessed:
    named = {"group": "dinas", "group_name": "Dinas", "unit_name": ANSWERS["unit"]}
    shown = ANSWERS[["unit", "item"]].assign(shown=ANSWERS["item"] != withheld)

    class Handed(Answers):
        evidence, written = files, shown

    return Assessed(Handed({"spbe": ANSWERS.assign(**named)}))


def test_the_stage_takes_the_files_of_its_own_tables_in_its_own_order():
    elsewhere = FILES.assign(table="readiness", item="SP02")
    stage = over(pd.concat([FILES, elsewhere]))
    assert stage.files["item"].tolist() == ["SP01", "SP02", "SP02", "SP03"]
    assert stage.titles["files"].endswith("2 dari 4 berkas ada dan terbaca")
    assert stage.proofs.attrs["source"] == "uji"
    assert rows(over(FILES, "SP02").files, "file") == [["a.pdf"], [None], [None], ["d.pdf"]]


def test_where_nobody_hands_in_files_there_is_no_list():
    stage = over(FILES[:0])
    assert stage.files.empty and stage.proofs.empty

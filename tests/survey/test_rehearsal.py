"""A rehearsal of a messy campaign: after each wave nothing is lost, and every word is true."""

import hashlib
import re
from collections import Counter

from analysis.survey.kept.tables import filled
from analysis.survey.told.problems import Code
from tests.survey import addressee
from tests.survey.campaign import NEVER, STRANGELY_NAMED, files

MOST_CELLS = 12  # that a letter names in one line
WORD = re.compile(r"\w+")
# Places on the coordinator's disk, and what is asked of the coordinator: no unit can do it.
FOR_OTHERS = re.compile(
    r"data/raw\S*|responses/\S*|units\.csv|(?:[Mm]inta|[Tt]anyakan kepada|[Hh]ubungi) unit"
)
REASONS = {  # what a letter says of a file that cannot be used
    "ENCRYPTED": "kata sandi",
    "NOT_A_WORKBOOK": "bukan buku kerja",
    "WRONG_PERIOD": "2024",
    "WRONG_CITY": "kota lain",
    "DAMAGED": "rusak",
    "UNKNOWN_UNIT": "BPPKAD",
}


def test_no_answered_cell_is_lost_without_a_message(after):
    ledger, held = after.ledger, after.held()
    files_told = {(p["code"], p["file"]) for p in after.told()}
    cells_told = {(p["code"], p["unit"], (p["sheet"], p["cell"])) for p in after.told()}
    rows_told = {(p["unit"], p["value"]) for p in after.told("TB_BESIDE_ANSWERS")}
    errors = {(p["unit"], p["sheet"], p["cell"]) for p in after.told(severity="error")}
    blank = after.blank()
    unusable = [d for d in ledger.there if d.trouble]
    lost = [
        (delivery.trouble, delivery.file)
        for delivery in unusable
        if not {(code, delivery.file) for code in ledger.told_as(delivery)} & files_told
    ]
    for (unit, key), values in ledger.earlier.items():
        at, place = (unit, key), ledger.place(unit, key)
        if at in ledger.answers:
            fine = held.get(at) == ledger.answers[at]
            if (unit, *place) in ledger.doubtful:  # the row, or its other half, may be asked for
                fine |= (unit, key[0]) in rows_told or (unit, *place) in blank
        elif at in ledger.conflicts:
            fine = ("CONFLICT", unit, place) in cells_told and at not in held
        else:  # a late revision has no answer where an early one has: one of the two is told
            fine = held.get(at) in values or (unit, *place) in errors
        if not fine:
            lost.append((unit, key, *place, held.get(at), ledger.answers.get(at)))
    assert lost == []


def test_the_tables_hold_nothing_that_nobody_typed(after):
    typed = after.ledger.earlier
    assert {at: v for at, v in after.held().items() if v not in typed.get(at, ())} == {}
    assert set(after.tables["completeness"]["unit"]) == set(after.ledger.counting)
    assert after.tables["sources"]["file"].str.match("data/raw/(202[34]/)?responses/").all()


def test_every_blank_required_cell_is_named_once_and_nothing_else(after):
    ledger, named = after.ledger, after.blank()
    blank = {(unit, *ledger.place(unit, key)) for unit, key in ledger.blank - ledger.absent}
    dashed = {(unit, *ledger.place(unit, key)) for unit, key in ledger.dashed}
    dashed &= {(p["unit"], p["sheet"], p["cell"]) for p in after.told("NO_ANSWER")}
    assert blank - dashed - set(named) == set()
    assert {at for at in named if at[0] in ledger.counting} - blank - ledger.doubtful == set()
    assert {at: times for at, times in named.items() if times > 1} == {}
    lines = [(p["unit"], p["sheet"]) for p in after.told("BLANK_CELLS", "BLANK_SHEET")]
    assert len(lines) == len(set(lines))


def test_what_a_workbook_has_not_is_named_too(after):
    ledger = after.ledger
    sheets = {(p["unit"], p["sheet"]) for p in after.told("MISSING_TABLE")}
    rows = {(p["unit"], p["value"]) for p in after.told("MISSING_ROW")}
    columns = {(p["unit"], p["details"]["title"]) for p in after.told("MISSING_COLUMN")}
    for unit, (code, name) in ledger.absent:
        table = ledger.city.instrument.rows[code]
        title = next(f.title for f in table.fields if f.name == name)
        named = {(unit, table.sheet)} & sheets, {(unit, code)} & rows, {(unit, title)} & columns
        assert any(named), (unit, code, name)


def test_nobody_is_accused_of_what_was_superseded(after):
    """And nothing is told twice, however many copies of a workbook came."""
    said = [p for p in after.told() if p["severity"] != "info" and p["cell"]]
    said = [p for p in said if p["unit"] in after.ledger.counting and p["sheet"] != "Identitas"]
    unjust = [p for p in said if (p["sheet"], p["cell"]) not in after.ledger.faults[p["unit"]]]
    # A lone sheet is known by its title.
    assert [p for p in unjust if p["code"] != "UNIT_FROM_TITLE"] == []
    told = Counter((p["unit"], p["sheet"], p["cell"], p["code"]) for p in said)
    assert {at: times for at, times in told.items() if times > 1} == {}


def test_letters_say_who_has_sent_what(after):
    ledger, letters = after.ledger, after.letters
    silent = {unit for unit, text in letters.items() if "belum kami terima" in text}
    unusable = {unit for unit, text in letters.items() if "kami terima, tetapi" in text}
    named = {"siantar-timur"} if ledger.wave in (1, 2, 3) else set()  # by its file's name only
    assert silent == ledger.silent - named
    assert unusable - named == ledger.unusable
    assert set(letters) & (ledger.content - STRANGELY_NAMED) == set()
    assert set(letters) >= set(ledger.counting) - ledger.content
    assert silent >= NEVER
    for delivery in ledger.there:
        if delivery.unit in ledger.unusable:
            assert REASONS.get(delivery.trouble, "") in letters[delivery.unit]


def test_letters_name_only_cells_that_are_to_be_mended(after):
    ledger, untrue = after.ledger, []
    for unit, text in after.letters.items():
        for request in addressee.requests(text):
            assert len(request.cells) == len(set(request.cells)), (unit, request)
            right = {cell for sheet, cell in ledger.faults[unit] if sheet in request.sheets}
            if "Identitas" not in request.sheets:
                untrue += [(unit, request) for cell in request.cells if cell not in right]
    assert untrue == []


def test_letters_name_every_blank_cell_or_say_how_many(after):
    ledger, unsaid = after.ledger, []
    for unit in ledger.counting:
        requests = addressee.requests(after.letters.get(unit, ""))
        blank = {ledger.place(*at) for at in ledger.blank - ledger.absent if at[0] == unit}
        for sheet, count in Counter(sheet for sheet, _cell in blank).items():
            about = [r for r in requests if sheet in r.sheets]
            named = {cell for request in about for cell in request.cells}
            mine = {cell for where, cell in blank if where == sheet}
            if not (mine <= named or count > MOST_CELLS and about):
                unsaid.append((unit, sheet, mine - named))
    assert unsaid == []


def test_letters_are_in_the_words_of_the_form_and_speak_to_the_unit(after):
    instrument, letters = after.ledger.city.instrument, after.letters
    tables = instrument.tables
    ids = {t.name for t in tables} | {f.name for t in tables for f in t.fields}
    ids |= set(instrument.categories["id"]) | {code.name for code in Code}
    form = " ".join([*instrument.categories["name"], *instrument.categories["short"]])
    form += " ".join(f.title for t in tables for f in t.fields)
    ids -= set(WORD.findall(form.lower()))
    assert {
        u: found for u, text in letters.items() if (found := ids & set(WORD.findall(text)))
    } == {}
    assert {u: found for u, text in letters.items() if (found := FOR_OTHERS.findall(text))} == {}


def test_every_file_is_matched_to_its_unit(after):
    for delivery in (d for d in after.ledger.there if d.trouble):
        told = after.told(*after.ledger.told_as(delivery), file=delivery.file)
        # The stranger's workbook concerns both: whose form it is, and who filled it in.
        both = {"siantar-timur"} if delivery.trouble == "OTHER_UNIT" else set()
        assert {p["unit"] for p in told} <= {delivery.unit} | both, delivery.file


def test_who_has_answered_too_little_is_known(after):
    ledger = after.ledger
    few = {unit for unit in ledger.counting if ledger.share(unit) < 0.5}
    shares = filled(after.tables["completeness"])
    assert set(shares[shares < 0.5].index) & set(ledger.counting) == few


def test_everything_adds_up(after):
    counts = after.tables["reconciliation"]
    assert (counts.drop(columns=["file", "unit", "cells"]).sum(axis=1) == counts["cells"]).all()
    counts = after.tables["completeness"]
    ends = counts[["answered", "tb", "blank", "invalid"]].sum(axis=1)
    assert (ends == counts["expected"]).all()
    blank = counts.groupby("unit")["blank"].sum()
    ours = Counter(unit for unit, _key in after.ledger.blank)
    mixed = {unit for unit, _code in after.ledger.mixed}
    assert {u: n for u, n in blank.items() if n and u not in mixed} == {
        u: n for u, n in ours.items() if u not in mixed
    }


def test_sources_say_which_files_count(after):
    sources = after.tables["sources"].set_index("file")
    assert sources.index.is_unique
    theirs = {d.file: d for d in after.ledger.there}
    for file, row in sources.iterrows():
        assert row["sha256"] == hashlib.sha256(theirs[file].content).hexdigest()
        assert not (row["used"] and theirs[file].trouble), file
    alone = {said[0][0].file for said in after.ledger.said.values() if len(said) == 1}
    assert set(sources.index[sources["used"]]) >= alone


def test_nothing_in_responses_changed_a_byte(after):
    lying = files(after.ledger.there)
    assert after.kept == {path: hashlib.sha256(lying[path]).hexdigest() for path in lying}

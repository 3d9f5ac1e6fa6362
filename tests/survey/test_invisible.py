"""What no eye sees, wherever it stands, changes nothing."""

import pytest

from tests.survey.tables import found, levels, readiness

SHEET = "3 Kesiapan Daerah"
UNSEEN = {
    "zero-width space": "\u200b",
    "zero-width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "left-to-right mark": "\u200e",
    "embedding": "\u202a",
    "isolate": "\u2068",
    "word joiner": "\u2060",
    "variant": "\ufe0f",
    "tag": "\U000e0041",
}


@pytest.fixture(params=UNSEEN.values(), ids=UNSEEN.keys())
def unseen(request):
    return request.param


def test_in_headings_codes_ids_and_answers(send, unseen):
    sheets = readiness("1", f'"2{unseen}"', f"{unseen}4 {unseen}- baik", "optimum" + unseen)
    sheets = {name: text.replace("bappeda", f"bap{unseen}peda") for name, text in sheets.items()}
    for word in ("KS02", "Kode", "Tingkat", "Periode", "2023"):
        spelt = word[:2] + unseen + word[2:] + unseen
        sheets = {name: text.replace(word, spelt) for name, text in sheets.items()}
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 2, 4, 5]
    assert found(tables) == []


def test_in_choices_ticks_and_tb(send, unseen):
    sheets = readiness("1", f"{unseen}✔{unseen}", f"T{unseen}B", f"{unseen}-")
    sheets["4 Kesenjangan"] = f"""
        Kode | Sekarang | Sasaran | Kepentingan | Hambatan utama
        KJ01 | 1        | 2       | 3           | ang{unseen}garan{unseen}
    """
    tables = send(("a.xlsx", sheets))
    codes = {c for c, _cell in found(tables, "cell")}
    assert {"TICK", "NO_ANSWER"} <= codes
    assert "UNKNOWN_CHOICE" not in codes
    assert list(tables["readiness"]["tb"]) == [False, False, True, False]
    assert tables["gap"]["obstacle"].notna().tolist() == [True, False]


def test_personal_data_is_covered_through_it(send, unseen):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("laporan 2022", f"Budi 0812{unseen}-3456-{unseen}7890")
    tables = send(("a.xlsx", sheets))
    assert tables["readiness"]["evidence"].tolist()[0] == "Budi •••"


@pytest.mark.parametrize("space", ["\u00a0", "\u2007", "\u202f", "\u2009", "\u3000"])
def test_spaces_of_any_width_are_spaces(send, space):
    sheets = readiness("1", f"4{space}–{space}baik", f'"{space}3{space}"', f"3{space}/{space}4")
    sheets[SHEET] = sheets[SHEET].replace("Bukti atau", f"Bukti{space}atau")
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, 4, 3, None]
    assert found(tables, "cell") == [("TWO_ANSWERS", "C5")]


@pytest.mark.parametrize("seen", ["ᯅᯖᯂ᯲", "Ⅳ é ½ ™ …", "بيانات"])
def test_what_is_seen_stays(send, seen):
    sheets = readiness("1", "2", "3", "4")
    sheets[SHEET] = sheets[SHEET].replace("laporan 2022", seen)
    tables = send(("a.xlsx", sheets))
    assert tables["readiness"]["evidence"].tolist()[0] == seen


def test_a_cell_of_nothing_else_is_empty(send, unseen):
    sheets = readiness("1", f'"{unseen}"', f'" {unseen} "', "4")
    tables = send(("a.xlsx", sheets))
    assert levels(tables) == [1, None, None, 4]
    assert found(tables) == []

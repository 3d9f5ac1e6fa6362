"""Amounts by the habits of other countries, of other programs, and in other units."""

import csv
import io
import re
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.asked.fields import BENEFICIARIES, COST, DURATION
from analysis.survey.kept.ingest import ingest
from analysis.survey.returned.amounts import amount, converted
from analysis.survey.returned.workbook import Misread
from analysis.survey.told.problems import QUESTIONS
from tests.survey.tables import IDENTITY, found

SHEET = "7 Quick Win"
HEAD = "Kode | Nama program | Dimensi | Subdimensi | Dampak | Kemudahan | Urgensi | Biaya | Lama"
HEAD += " | Penerima manfaat | Unit penanggung jawab"
NAMES = ["Lampu jalan", "Smart Living", "Mobilitas", 4, 4, 4]
WHO = "Badan Perencanaan Pembangunan Daerah · Kota Pematang Siantar · periode 2023"


@pytest.fixture
def as_csv(city):
    """Ingest a CSV with the costs, months and people of proposals."""

    def as_csv(*amounts: tuple[str, str, str], delimiter=",", name="Lampu jalan"):
        rows = [["7 Quick Win"], [WHO], HEAD.split(" | ")]
        rows += [[f"QW-{n}", name, *NAMES[1:], *given] for n, given in enumerate(amounts, start=1)]
        stream = io.StringIO(newline="")
        csv.writer(stream, delimiter=delimiter).writerows(rows)
        path = city.responses / "a.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes(stream.getvalue().encode("utf-8-sig"))
        return ingest(city)

    return as_csv


@pytest.fixture
def typed(send):
    """Ingest a workbook in which these amounts were typed."""

    def typed(*amounts: tuple[str, str, str]):
        rows = [" | ".join(map(str, [f"QW-{n}", *NAMES, *a])) for n, a in enumerate(amounts, 1)]
        sheets = {"Identitas": IDENTITY.format(unit="bappeda", revision=1)}
        return send(("a.xlsx", sheets | {SHEET: "\n".join([HEAD, *rows])}))

    return typed


def amounts(tables) -> list[tuple]:
    frame = tables["quickwin"][["cost", "beneficiaries"]].astype(object)
    return [tuple(row) for row in frame.where(frame.notna(), None).to_numpy()]


def told(tables) -> list[tuple]:
    return [t for t in found(tables, "cell") if t[0] != "UNIT_FROM_TITLE"]


@pytest.mark.parametrize(
    ("cost", "people", "read"),
    [
        ("370.0", "2,000", (370, 2000)),
        ("12.5", "119,000", (12.5, 119_000)),
        ("1,500.50", "1,500", (1500.5, 1500)),
        ("1,500,000", "2,000", (1_500_000, 2000)),
        ("12.75", "10,000,000", (12.75, 10_000_000)),
        ("0.125", "3,000", (0.125, 3000)),
    ],
)
def test_a_file_with_decimal_points_has_commas_in_thousands(as_csv, cost, people, read):
    tables = as_csv((cost, "6", people))
    assert amounts(tables) == [read]
    assert [t for t in told(tables) if t[0] not in QUESTIONS] == []


def test_a_thousandth_in_a_file_with_decimal_points(as_csv):
    assert amounts(as_csv(("1.500", "6", "12"), ("2.25", "6", "12"))) == [(1.5, 12), (2.25, 12)]


@pytest.mark.parametrize(
    ("cost", "people", "read"),
    [
        ("370,0", "2.000", (370, 2000)),
        ("12,125", "119.000", (12.125, 119_000)),
        ("1.500,5", "1.500", (1500.5, 1500)),
        ("1.500", "25", (1500, 25)),
    ],
)
@pytest.mark.parametrize("name", ["Lampu jalan", "a, b, c, d, e, f, g, h, i, j, k, l"])
def test_a_file_with_semicolons_has_decimal_commas(as_csv, cost, people, read, name):
    tables = as_csv((cost, "6", people), delimiter=";", name=name)
    assert amounts(tables) == [read]
    assert told(tables) == []


def test_a_file_with_commas_within_quotes_may_have_decimal_commas(as_csv):
    assert amounts(as_csv(("12,5", "6", "2.000"))) == [(12.5, 2000)]


@pytest.mark.parametrize(
    ("amounts_typed", "delimiter", "cells"),
    [
        ([("100", "6", "2,000")], ",", ["J4"]),
        ([("1.500", "6", "2,000")], ",", ["H4", "J4"]),
        ([("100", "6", "2.000")], "\t", ["J4"]),
        ([("12,5", "6", "2,000"), ("12.5", "6", "3.000")], ",", ["J4", "J5"]),
        ([("12.5", "6", "3.000")], ";", ["J4"]),
    ],
)
def test_what_may_be_either_is_held_back(as_csv, amounts_typed, delimiter, cells):
    tables = as_csv(*amounts_typed, delimiter=delimiter)
    assert told(tables) == [("AMBIGUOUS_NUMBER", cell) for cell in cells]


@pytest.mark.parametrize(
    ("people", "readings"),
    [
        ('"2,000"', "2000 atau 2."),
        ("119,000 orang", "119000 atau 119."),
        ('"1,250"', "1250 atau 1,25."),
    ],
)
def test_what_was_typed_and_may_be_either_is_told_with_both(typed, people, readings):
    tables = typed(("100", "6", people))
    [(code, cell, message)] = found(tables, "cell", "message")
    assert (code, cell) == ("AMBIGUOUS_NUMBER", "J2")
    assert message.endswith(readings)
    assert amounts(tables) == [(100, None)]


@pytest.mark.parametrize(
    ("people", "read"),
    [('"2.000"', 2000), ('"1,500,000"', 1_500_000), ('"275.000 orang"', 275_000)],
)
def test_what_was_typed_as_here_is_read(typed, people, read):
    tables = typed(("100", "6", people))
    assert amounts(tables) == [(100, read)]
    assert [t for t in told(tables) if t[0] not in QUESTIONS] == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Rp 1.500.000.000", 1500),
        ("Rp. 1.500.000.000,00", 1500),
        ("Rp1500000000,-", 1500),
        ("1.500.000.000,-", 1500),
        ("IDR 1,500,000,000", 1500),
        ("1.500.000.000 rupiah", 1500),
        ("Rp 1.000.000", 1),
        ("1,5 M", 1500),
        ("1.5 M", 1500),
        ("Rp 1,5 miliar", 1500),
        ("2,3 milyar rupiah", 2300),
        ("750 jt", 750),
        ("Rp. 750 juta,-", 750),
        ("1.500 juta", 1500),
        ("Rp 1.500 juta rupiah", 1500),
        ("1,2 triliun", 1_200_000),
        ("500 ribu rupiah", 0.5),
        ("sekitar Rp 2 M", 2000),
    ],
)
def test_a_sum_that_can_mean_one_thing_is_understood(written, read):
    assert amount(written, COST, None) == read and converted(written, COST)


@pytest.mark.parametrize(
    ("written", "kind", "read"),
    [
        ("1 tahun", DURATION, 12),
        ("2 thn", DURATION, 24),
        ("1,5 tahun", DURATION, 18),
        ("6 bln.", DURATION, 6),
        ("5 ribu", BENEFICIARIES, 5000),
        ("5rb", BENEFICIARIES, 5000),
        ("1,2 juta jiwa", BENEFICIARIES, 1_200_000),
        ("±5.000 jiwa", BENEFICIARIES, 5000),
        ("+/- 5000", BENEFICIARIES, 5000),
        ("Sekitar 5.000 orang", BENEFICIARIES, 5000),
        ("kurang lebih 300 warga", BENEFICIARIES, 300),
    ],
)
def test_an_amount_in_another_unit_is_understood(written, kind, read):
    assert amount(written, kind, None) == read and converted(written, kind)


@pytest.mark.parametrize(
    ("written", "kind", "code", "said"),
    [
        ("Rp 1.500", COST, "AMBIGUOUS_NUMBER", ("1500", "0,0015")),
        ("Rp 999.999", COST, "AMBIGUOUS_NUMBER", ("999999", "0,999999")),
        ("5 ribu", COST, "AMBIGUOUS_NUMBER", ("5000", "0,005")),
        ("1.500 M", COST, "AMBIGUOUS_NUMBER", ("1500000", "1500")),
        ("Rp 1.500.000 juta", COST, "AMBIGUOUS_NUMBER", ("1500000", "1,5")),
        ("1.500 tahun", DURATION, "AMBIGUOUS_NUMBER", ("18000", "18")),
        ("2.000 ribu", BENEFICIARIES, "AMBIGUOUS_NUMBER", ("2000000", "2000")),
        ("minimal 500 juta", COST, "ABOUT_A_NUMBER", "500"),
        ("> 1,5 M", COST, "ABOUT_A_NUMBER", "1.500"),
        ("maks. 12 bulan", DURATION, "ABOUT_A_NUMBER", "12"),
        ("90 hari", DURATION, "ABOUT_A_NUMBER", "3"),
        ("6 minggu", DURATION, "ABOUT_A_NUMBER", "1"),
        ("5.000 lebih", BENEFICIARIES, "ABOUT_A_NUMBER", "5.000"),
        ("> Rp 1.500", COST, "NOT_A_NUMBER", None),
        ("1,500 hari", DURATION, "NOT_A_NUMBER", None),
        ("Rp 5.000", BENEFICIARIES, "NOT_A_NUMBER", None),
        ("500 KK", BENEFICIARIES, "NOT_A_NUMBER", None),
        ("5 M", BENEFICIARIES, "NOT_A_NUMBER", None),
        ("USD 100", COST, "NOT_A_NUMBER", None),
        ("500 juta/tahun", COST, "NOT_A_NUMBER", None),
        ("6-12", DURATION, "TWO_ANSWERS", None),
    ],
)
def test_what_may_mean_several_things_is_refused_with_what_it_may_mean(written, kind, code, said):
    with pytest.raises(Misread) as refused:
        amount(written, kind, None)
    told = refused.value.details
    meant = (told["thousands"], told["fraction"]) if "fraction" in told else told.get("meant")
    assert (refused.value.code.name, meant) == (code, said)


def test_a_reading_is_told_and_a_refusal_proposes(typed):
    tables = typed(("1,5 M", "1 tahun", "± 5 ribu orang"), ("> 1 M", "6", "20"))
    assert amounts(tables) == [(1500, 5000), (None, 20)]
    told = found(tables, "cell", "severity", "message")
    assert [row[:3] for row in told] == [
        ("ABOUT_A_NUMBER", "H3", "error"),
        *(("READ_AS", cell, "info") for cell in ("H2", "I2", "J2")),
    ]
    assert told[0][3].endswith("Maksud Anda 1.000 juta rupiah?")
    assert told[1][3].endswith("“1,5 M” pada kolom “Biaya” dibaca sebagai 1.500 juta rupiah.")


DIGITS = st.integers(1, 10**12)
TAILS = st.one_of(st.just(""), st.integers(0, 999).map(str), st.just("000"))
SIGNED = st.tuples(
    st.sampled_from(["", "Rp ", "Rp."]),
    st.builds(
        lambda n, comma, tail, point: f"{n:,}".replace(",", comma) + (point + tail if tail else ""),
        DIGITS, st.sampled_from(["", ",", "."]), TAILS, st.sampled_from([",", "."]),
    ),
    st.sampled_from(["", " ribu", " juta", " M", " triliun"]),
).filter(lambda parts: parts[0] or parts[2])  # fmt: skip
FACTORS = {"": 1, " ribu": 10**3, " juta": 10**6, " M": 10**9, " triliun": 10**12}


def meanings(sign: str, digits: str, times: str) -> set[Fraction]:
    """All that a sum may mean in millions of rupiah, of whatever country's habits; none beyond."""
    numbers = set()
    for thousands, point in ((",", "."), (".", ",")):
        whole, _point, tail = digits.partition(point)
        first, *groups = whole.split(thousands)
        parted = first.isdecimal() and (not groups or len(first) <= 3)
        if parted and all(len(g) == 3 for g in groups) and (tail.isdecimal() or not _point):
            numbers.add(Fraction(f"{first}{''.join(groups)}.{tail or 0}"))
    sums = {n * FACTORS[times] / 10**6 for n in numbers}
    if not times or (times == " ribu" and not sign):
        sums |= {n * FACTORS[times] for n in numbers}
    return {value for value in sums if value < 10**6}


@given(SIGNED)
def test_no_sum_is_read_that_has_two_readings(parts):
    with suppress(Misread):
        read = amount("".join(parts), COST, None)
        alike = parts[1].count(".") == 1 and parts[2] in ("", " juta")  # 1.500, as written here
        assert alike or meanings(*parts) <= {Fraction(str(read))}


@given(
    st.text("Rp. ±<>,-+0123456789", max_size=12),
    st.sampled_from(["", " hari", " minggu", " M", " ribu lebih", " tahun", " juta ke atas", ",-"]),
    st.sampled_from([COST, DURATION, BENEFICIARIES]),
    st.sampled_from([None, "", ",", "."]),
)
def test_whatever_is_typed_is_read_or_refused(typed, end, kind, decimal):
    with suppress(Misread):
        assert isinstance(amount(typed + end, kind, decimal), float)


@given(st.integers(1, 10**6), st.sampled_from(["Rp {}", "Rp. {},-", "{} rupiah", "Rp{},00"]))
def test_every_sum_in_full_is_read(millions, form):
    written = form.format(f"{millions * 10**6:,}".replace(",", "."))
    assert amount(written, COST, None) == millions


@pytest.mark.parametrize(
    ("cost", "shown", "meant"),
    [
        ("1500000000", "1.500.000.000", "1.500"),
        ("250000000", "250.000.000", "250"),
        ("1500000", "1.500.000", "1,5"),
        ('"2.750.500.000"', "2.750.500.000", "2.750,5"),
    ],
)
def test_costs_in_rupiah_are_asked_about_and_counted_as_they_are(typed, cost, shown, meant):
    tables = typed((cost, "6", "20"), ("999999", "6", "20"), ("1500", "6", "20"))
    [(code, cell, message)] = found(tables, "cell", "message")
    assert (code, cell) == ("IN_RUPIAH", "H2")
    assert f"Benarkah {shown} juta rupiah" in message
    assert message.endswith(f", atau maksud Anda {meant} juta rupiah?")
    assert amounts(tables)[0] == (float(shown.replace(".", "")), 20)


def asked(tables, code: str) -> list[str]:
    return [cell for found_code, cell in found(tables, "cell") if found_code == code]


def budget(city, million: int) -> None:
    path = city.folder / "period.toml"
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"(?m)^budget = \d+", f"budget = {million}", text), "utf-8")


@pytest.mark.parametrize(
    ("million", "cost", "doubted"),
    [
        (5000, 999_999, False),  # less than a million rupiah is no rupiah
        (5000, 1_000_000, True),
        (20_000, 1_999_999, False),  # a hundred budgets
        (20_000, 2_000_000, True),
    ],
)
def test_a_cost_a_hundred_times_the_budget_is_asked_about(city, typed, million, cost, doubted):
    budget(city, million)
    assert asked(typed((str(cost), "6", "20")), "IN_RUPIAH") == ["H2"] * doubted


@pytest.mark.parametrize(
    ("others", "cost", "doubted"),
    [
        ([100, 200, 300, 400, 500], 2_999_999, False),
        ([100, 200, 300, 400, 500], 3_000_000, True),  # ten thousand times their median
        ([100, 200, 300, 400], 3_000_000, False),  # of four nothing can be said
    ],
)
def test_a_cost_ten_thousand_times_those_of_other_offices_is_asked_about(
    city, send, others, cost, doubted
):
    budget(city, 10**9)
    for unit, costs in (("kominfo", others), ("bappeda", [cost])):
        rows = [" | ".join(map(str, [f"QW-{n}", *NAMES, c, 6, 20])) for n, c in enumerate(costs, 1)]
        sheets = {"Identitas": IDENTITY.format(unit=unit, revision=1)}
        tables = send((f"{unit}.xlsx", sheets | {SHEET: "\n".join([HEAD, *rows])}))
    assert asked(tables, "IN_RUPIAH") == ["H2"] * doubted


def test_an_office_that_types_all_its_costs_in_rupiah_is_judged_by_the_others(city, send):
    budget(city, 10**9)
    for unit, times in (("kominfo", 1), ("bappeda", 10**6)):
        rows = [" | ".join(map(str, [f"QW-{n}", *NAMES, 200 * times, 6, 20])) for n in range(1, 6)]
        sheets = {"Identitas": IDENTITY.format(unit=unit, revision=1)}
        tables = send((f"{unit}.xlsx", sheets | {SHEET: "\n".join([HEAD, *rows])}))
    assert asked(tables, "IN_RUPIAH") == ["H2", "H3", "H4", "H5", "H6"]


def test_more_than_ten_years_are_asked_about(typed):
    tables = typed(("100", "120", "20"), ("100", "121", "20"), ("100", "365", "20"))
    told = found(tables, "cell", "severity", "message")
    assert [row[:3] for row in told] == [("IN_DAYS", c, "warning") for c in ("I3", "I4")]
    assert told[1][3].endswith("Atau maksud Anda 365 hari, sekitar 12 bulan?")
    assert tables["quickwin"]["duration"].tolist() == [120, 121, 365]


def test_more_people_than_the_city_has_are_asked_about(city, typed):
    tables = typed(("100", "6", "277054"), ("100", "6", "277055"))
    [(code, cell, severity, message)] = found(tables, "cell", "severity", "message")
    assert (code, cell, severity) == ("BEYOND_POPULATION", "J3", "warning")
    assert "277.055 orang" in message and "(277.054 orang pada 2024)" in message
    statistics = city.root / "data/raw/statistics.csv"
    kept = [x for x in statistics.read_text("utf-8").splitlines() if "population" not in x]
    statistics.write_text("\n".join(kept) + "\n", "utf-8")
    assert found(ingest(city)) == []


@pytest.mark.parametrize(
    ("dimension", "subdimension"),
    [("Smart Economy", "Mobilitas"), ("governance", "Energi"), ("Living", "Sampah, limbah")],
)
def test_a_subdimension_of_another_dimension_is_asked_about(send, dimension, subdimension):
    row = f"QW-1 | Lampu jalan | {dimension} | {subdimension} | 4 | 4 | 4 | 100 | 6 | 20"
    right = "QW-2 | Lampu jalan | Smart Living | Mobilitas | 4 | 4 | 4 | 100 | 6 | 20"
    sheets = {"Identitas": IDENTITY.format(unit="bappeda", revision=1)}
    tables = send(("a.xlsx", sheets | {SHEET: "\n".join([HEAD, row, right])}))
    assert found(tables, "cell", "severity") == [("OTHER_PARENT", "D2", "warning")]
    assert tables["quickwin"]["subdimension"].notna().all()


@pytest.mark.parametrize(
    ("dimension", "read"),
    [
        ("Smart Living (Smart Economy)", None),
        ("Living (governance)", None),
        ("Smart Living (TB)", None),
        ("Smart Living (Living)", "living"),
        ("Smart Living (kota)", "living"),
    ],
)
def test_a_choice_beside_another_is_none(send, dimension, read):
    row = f"QW-1 | Lampu jalan | {dimension} | Mobilitas | 4 | 4 | 4 | 100 | 6 | 20"
    sheets = {"Identitas": IDENTITY.format(unit="bappeda", revision=1)}
    tables = send(("a.xlsx", sheets | {SHEET: "\n".join([HEAD, row])}))
    assert found(tables, "cell") == ([] if read else [("TWO_ANSWERS", "C2")])
    assert tables["quickwin"]["dimension"].fillna("").tolist() == [read or ""]

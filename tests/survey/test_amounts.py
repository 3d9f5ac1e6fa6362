"""Amounts by the habits of other countries, of other programs, and in other units."""

import csv
import io

import pytest

from analysis.survey.kept.ingest import ingest
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
        path = city.responses("2023") / "a.csv"
        path.parent.mkdir(parents=True)
        path.write_bytes(stream.getvalue().encode("utf-8-sig"))
        return ingest(city, "2023")

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
    assert [t for t in told(tables) if t[0] != "IN_RUPIAH"] == []


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
    assert found(tables) == []


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

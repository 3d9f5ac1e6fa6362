"""What leads to a person is covered in every spelling; amounts, dates and codes are not."""

import hashlib
import string
import unicodedata
import uuid
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.privacy import COVER, Figures, mask
from tests.second_city import ROOT

SCRIPTS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹")
UNSEEN = ("\u00ad", "\u200b", "\u200d", "\u2060", "\ufeff")
BETWEEN = ("", " ", "-", ".", "/", "\u00a0", "–", " - ", " / ", "‑", "\u2009", "_")


def digits(length: int, alphabet: str = string.digits) -> st.SearchStrategy[str]:
    return st.text(alphabet, min_size=length, max_size=length)


@st.composite
def grouped(draw, number: str, *ways: tuple[int, ...]) -> str:
    """A number in one of these groupings, with one separator of any kind."""
    between, parts, at = draw(st.sampled_from(BETWEEN)), [], 0
    for length in draw(st.sampled_from(ways)):
        parts.append(number[at : at + length])
        at += length
    assert at == len(number)
    return between.join(parts)


@st.composite
def telephones(draw) -> str:
    rest = draw(digits(9))
    way = draw(st.sampled_from([(3, 4, 3), (3, 3, 4), (10,), (2, 2, 2, 2, 2), (2, 4, 4)]))
    number = draw(grouped("8" + rest, way))
    prefix = draw(st.sampled_from(["0", "+62", "+62 ", "+62-", "(+62) ", "62 ", "0", "wa.me/62"]))
    return prefix + number


@st.composite
def landlines(draw) -> str:
    area = draw(st.sampled_from(["0622", "061", "021"]))
    number = draw(
        grouped(draw(digits(6, "123456789")), (6,), (3, 3)).filter(lambda n: "/" not in n)
    )
    return draw(st.sampled_from([f"({area}) {number}", f"({area}){number}"]))


def born(draw) -> date:
    return draw(st.dates(date(1950, 1, 1), date(2009, 12, 31)))


@st.composite
def niks(draw) -> str:
    day = born(draw)
    woman = draw(st.booleans())
    number = draw(st.sampled_from(["1273", "3171", "9471"])) + draw(digits(2))
    number += f"{day.day + 40 * woman:02}{day:%m%y}" + draw(digits(4))
    return draw(grouped(number, (16,), (4, 4, 4, 4), (6, 6, 4), (2, 2, 2, 6, 4), (6, 10)))


@st.composite
def nips(draw) -> str:
    number = f"{born(draw):%Y%m%d}2005{draw(st.integers(1, 12)):02}"
    number += draw(st.sampled_from("12")) + draw(digits(3))
    return draw(grouped(number, (18,), (8, 6, 1, 3), (8, 6, 4), (4, 2, 2, 4, 2, 1, 3)))


@st.composite
def npwps(draw) -> str:
    number = draw(digits(15))
    if draw(st.booleans()):
        return f"{number[:2]}.{number[2:5]}.{number[5:8]}.{number[8]}-{number[9:12]}.{number[12:]}"
    return draw(grouped(number, (15,), (2, 3, 3, 1, 3, 3)))


@st.composite
def accounts(draw) -> str:
    word = draw(st.sampled_from(["rek ", "No. Rekening: ", "norek ", "BRI ", "Bank Sumut a.n. X "]))
    number = draw(digits(12, "456789"))
    number = draw(grouped(number, (12,), (4, 4, 4), (3, 2, 6, 1)))
    return draw(st.sampled_from([f"{word}{number}", f"{number} (BRI)", f"{number} bank mana pun"]))


emails = st.sampled_from(
    ["s.aminah@{}.com", "siti [at] {}.go.id", "siti(at){}.com", "siti at {} dot com"]
    + ["siti{{at}}{}{{dot}}com", "siti_99 @ {}.co.id", "siti＠{}．com", "SITI AT GMAIL.COM {}"]
).flatmap(lambda form: st.text("abcxyz", min_size=3, max_size=9).map(form.format))

personal = st.one_of(telephones(), landlines(), niks(), nips(), npwps(), accounts())


@st.composite
def disguised(draw, numbers: st.SearchStrategy[str] = personal) -> str:
    """A personal number in the digits of some script, with signs that nobody sees between."""
    script, number = draw(st.sampled_from(SCRIPTS)), draw(numbers)
    number = number.translate(str.maketrans(string.digits, script))
    if draw(st.booleans()):
        number = draw(st.sampled_from(UNSEEN)).join(number)
    return number


@given(disguised(), st.sampled_from(["Hubungi {}.", "HP:{}", "{}", "(Siti, {}; lihat surat)"]))
def test_a_number_of_a_person_is_covered_in_every_spelling(number, sentence):
    masked = mask(sentence.format(number))
    assert COVER in masked
    assert not [c for c in masked if unicodedata.category(c) == "Nd"], masked


@given(st.lists(telephones(), min_size=2, max_size=4), st.sampled_from([", ", "; ", "\n"]))
def test_every_number_of_several_is_covered(numbers, between):
    assert not any(c.isdigit() for c in mask(between.join(numbers)))


@given(emails)
def test_an_address_is_covered_in_every_spelling(address):
    masked = mask(f"surat ke {address} ya").casefold()
    assert COVER in masked and "siti" not in masked and "aminah" not in masked


amounts = st.integers(1, 10**14).flatmap(
    lambda n: st.sampled_from(
        [f"{n:,}", f"{n:,}".replace(",", "."), f"Rp {n:,}".replace(",", ".") + ",50", f"{n:,}.25"]
    )
)
days = st.dates(date(1990, 1, 1), date(2045, 1, 1)).flatmap(
    lambda d: st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m/%y"]).map(
        lambda form: format(d, form)
    )
)
years = st.integers(1950, 2049)
spans = st.tuples(years, st.sampled_from(["-", "–", " – ", "/", " "]), years).map(
    lambda span: "".join(map(str, span))
)
hours = st.times().map(lambda t: f"{t:%H.%M}")
codes = st.lists(st.integers(1, 99).map("{:02}".format), min_size=2, max_size=4).flatmap(
    lambda parts: st.integers(0, 99).map(lambda last: ".".join(["5", "1", *parts, f"{last:04}"]))
)
decimals = st.floats(-180, 180).flatmap(
    lambda f: st.sampled_from([repr(f), f"{f:.6f}", f"{f:.4f}".replace(".", ",")])
)
harmless = st.one_of(
    amounts,
    days,
    st.tuples(days, days).map(" - ".join),
    spans,
    hours,
    st.tuples(hours, hours).map("-".join),
    st.tuples(hours, hours).map(" – ".join),
    codes,
    decimals,
    st.uuids().map(str),
    st.binary().map(lambda raw: hashlib.sha256(raw).hexdigest()),
    st.integers(1, 9999).map("Nomor {} Tahun 2018".format),
    st.tuples(st.integers(1, 999), years).map(lambda n: f"Perpres {n[0]}/{n[1]}"),
    st.tuples(*[st.integers(0, 99)] * 3).map(lambda n: "v{}.{}.{}".format(*n)),
    st.floats(0, 1).map("{:.1%}".format),
    st.sampled_from(["1273", "1273010001", "12.73.01.1001", "2019 2020 2021 2022", "UU 23/2014"]),
)


@given(harmless, st.sampled_from(["{}", "sebesar {}.", "({})", "Tahun {}, kota"]))
def test_what_is_no_number_of_a_person_stays(said, sentence):
    assert mask(sentence.format(said)) == sentence.format(said)


@given(st.one_of(amounts, days, codes, spans), st.sampled_from(["BRI {} unit", "{} rek koran"]))
def test_nor_near_the_name_of_a_bank(said, sentence):
    assert mask(sentence.format(said)) == sentence.format(said)


@given(st.text(string.printable + "•٣０–\u200b", max_size=100))
def test_masking_again_changes_nothing(typed):
    assert mask(mask(typed)) == mask(typed)


def test_figures_are_no_ones_number():
    assert mask(Figures("1273010101900001")) == "1273010101900001"
    assert mask("1273010101900001") == COVER


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("1.081234567890 2.081311112222", f"1.{COVER} 2.{COVER}"),
        ("0812-3456-7890,0813-1111-2222/081311112222", f"{COVER},{COVER}/{COVER}"),
        ("Dede081234567890", f"Dede{COVER}"),
        ("Rekening belanja 5.1.02.01.01.0024 Rp 12.500.000", None),
        ("hibah BRI Rp 1.500.000.000 ke rek 0123-01-012345-67-8", f"…rek {COVER}"),
        ("12 34 orang di 2 desa", None),
        ("No. 027/12345/2023", None),
        (str(uuid.UUID(int=10**37)), None),
        ("+12.500.000.000", None),
        ("Telp. +62 622 21234", f"Telp. {COVER}"),
    ],
)
def test_single_cases(typed, shown):
    expected = typed if shown is None else shown.replace("…", typed.split("rek")[0])
    assert mask(typed) == expected


TEXTS = ["README.md", "docs/*.md", "data/raw/**/*.csv", "data/raw/**/*.toml"]
TEXTS += [
    "src/analysis/bibliography.py",
    "src/analysis/works.toml",
    "src/analysis/locale/en/LC_MESSAGES/*.po",
]


@pytest.mark.parametrize("pattern", TEXTS)
def test_nothing_of_our_own_is_covered(pattern):
    lines = [x for p in ROOT.glob(pattern) for x in p.read_text("utf-8").splitlines()]
    assert lines
    assert [line for line in lines if mask(line) != line] == []


@pytest.mark.parametrize("piece", ["0 ", "12 ", "08", "+62", "2023-", "1.234", "bank ", "a@", "a "])
def test_long_texts_take_no_time(piece):
    """Nothing is tried again and again: 32 times as long takes about 32 times as long."""
    from time import process_time

    def seconds(length: int) -> float:
        began = process_time()
        mask(piece * length)
        return process_time() - began

    assert seconds(8000) < 64 * max(seconds(250), 0.005)

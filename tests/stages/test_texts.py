"""Which texts of units are public, and which of them seem to name somebody; worked out by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.stages.coordination import texts

FIELDS = [
    SimpleNamespace(name="name", title="Nama program"),
    SimpleNamespace(name="lead", title="Unit penanggung jawab"),
]
TABLES = [
    SimpleNamespace(name="quickwin", sheet="7 Quick Win", fields=FIELDS),
    SimpleNamespace(
        name="readiness",
        sheet="3 Kesiapan Daerah",
        fields=[
            SimpleNamespace(name="level", title="Tingkat"),
            SimpleNamespace(name="evidence", title="Bukti atau alasan"),
        ],
    ),
    SimpleNamespace(name="pairs", sheet="6 Visi", fields=FIELDS),
]
ANSWERS = pd.DataFrame(
    {
        "unit": ["a", "a", "b"],
        "unit_name": ["Unit A", "Unit A", "Unit B"],
        "item": ["QW-1", "QW-2", "QW-1"],
        "name": ["Satu data", "Kebun Ibu Siti", None],
        "lead": ["Bappeda", None, "hubungi •••"],
    }
)
EVIDENCE = pd.DataFrame(
    {
        "unit": ["a"],
        "unit_name": ["Unit A"],
        "item": ["KS01"],
        "level": [4.0],
        "evidence": ["SK wali kota"],
    }
)
KNOWN = pd.DataFrame(
    [
        ("a", "QW-1", "name", "7!B2", None, True),
        ("a", "QW-1", "lead", "7!C2", None, True),
        ("a", "QW-2", "name", "7!B3", None, True),
        ("b", "QW-1", "lead", "7!C2", None, True),
        ("a", "KS01", "evidence", "3!D9", "withhold", False),
    ],
    columns=["unit", "item", "field", "cell", "decided", "shown"],
)


def test_every_text_stands_there_those_that_seem_to_name_somebody_first():
    table = texts.written({"quickwin": ANSWERS, "readiness": EVIDENCE}, TABLES, KNOWN, [])
    assert table[["unit_name", "item", "field", "text", "sign"]].to_numpy().tolist() == [
        ["Unit A", "QW-2", "Nama program", "Kebun Ibu Siti", "Ibu"],
        ["Unit B", "QW-1", "Unit penanggung jawab", "hubungi •••", "hubungi"],
        ["Unit A", "QW-1", "Nama program", "Satu data", ""],
        ["Unit A", "QW-1", "Unit penanggung jawab", "Bappeda", ""],
        ["Unit A", "KS01", "Bukti atau alasan", "SK wali kota", ""],
    ]
    assert table["sheet"].tolist() == ["7 Quick Win"] * 4 + ["3 Kesiapan Daerah"]
    assert table["cell"].tolist() == ["7!B3", "7!C2", "7!B2", "7!C2", "3!D9"]
    assert table["published"].tolist() == ["tampil"] * 4 + ["ditahan"]
    assert texts.headline(table) == "4 tulisan tampil di halaman umum; 2 bertanda menyebut orang"
    waiting = texts.written({"readiness": EVIDENCE}, TABLES[1:2], KNOWN.assign(decided=None), [])
    assert waiting["published"].tolist() == ["belum dilepas"]


@pytest.mark.parametrize(
    "text",
    [
        "Bapak Budi",
        "Bpk. Budi",
        "pak Budi",
        "IBU SITI",
        "bu Siti",
        "Sdr. Budi",
        "dr. Budi",
        "Drs. B",
    ]
    + ["Ir. Budi", "H. Budi", "Hj. Siti", "Budi, S.Sos", "Budi S.Sos.", "Siti, M.Si", "Siti M.Si."]
    + ["Kabid Siti", "kasi Budi", "a.n. Budi", "a. n. Budi", "Siti, S.E., M.M", "Siti SE.", "•••"],
)
def test_signs_of_a_person(text):
    assert texts.sign(f"Kebun {text}")


@pytest.mark.parametrize(
    "text",
    ["Ibu kota baru", "Gizi ibu hamil", "Ibu dan anak", "Satu data", "Pakpak Bharat", "Budi daya"]
    + ["Balai hutan", "Transmisi", "Dr", "Smart City", "Rp 12 M", "Kasih", "Bujang"],
)
def test_what_names_nobody(text):
    assert not texts.sign(text)

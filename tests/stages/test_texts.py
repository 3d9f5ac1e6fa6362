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
        "unit_name": ["Unit A", "Unit A", "Unit B"],
        "item": ["QW-1", "QW-2", "QW-1"],
        "name": ["Satu data", "Kebun Ibu Siti", None],
        "lead": ["Bappeda", None, "hubungi •••"],
    }
)
EVIDENCE = pd.DataFrame(
    {"unit_name": ["Unit A"], "item": ["KS01"], "level": [4.0], "evidence": ["SK wali kota"]}
)


def test_every_text_stands_there_those_that_seem_to_name_somebody_first():
    table = texts.written({"quickwin": ANSWERS, "readiness": EVIDENCE}, TABLES)
    assert table[["unit_name", "item", "field", "text", "sign"]].to_numpy().tolist() == [
        ["Unit A", "QW-2", "Nama program", "Kebun Ibu Siti", "Ibu"],
        ["Unit B", "QW-1", "Unit penanggung jawab", "hubungi •••", "hubungi"],
        ["Unit A", "QW-1", "Nama program", "Satu data", ""],
        ["Unit A", "QW-1", "Unit penanggung jawab", "Bappeda", ""],
        ["Unit A", "KS01", "Bukti atau alasan", "SK wali kota", ""],
    ]
    assert table["sheet"].tolist() == ["7 Quick Win"] * 4 + ["3 Kesiapan Daerah"]
    assert texts.headline(table) == "5 tulisan tampil di halaman umum; 2 bertanda menyebut orang"


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

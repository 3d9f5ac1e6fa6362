"""Workbooks as people send them, written as text tables, and what ingest says of them."""

import pandas as pd

from analysis.survey.told import wording

IDENTITY = """
    ID unit    | {unit}
    Kode kota  | "1273"
    Periode    | "2023"
    Revisi     | {revision}
    Data contoh| tidak
"""

READINESS = """
    Kode | Pernyataan | Tingkat (1–5) | Bukti atau alasan
    KS01 |            | {0}           | laporan 2022
    KS02 |            | {1}           |
    KS03 |            | {2}           |
    KS04 |            | {3}           |
"""


# What follows from what a small workbook leaves out.
LEFT_OUT = ["MISSING_TABLE", "MISSING_UNIT", "BLANK_CELLS", "BLANK_SHEET"]


def readiness(*levels: str, unit: str = "bappeda", revision: int = 1) -> dict[str, str]:
    return {
        "Identitas": IDENTITY.format(unit=unit, revision=revision),
        "3 Kesiapan Daerah": READINESS.format(*levels),
    }


def levels(tables, unit="bappeda") -> list:
    frame = tables["readiness"].query("unit == @unit")
    return [None if pd.isna(v) else int(v) for v in frame["level"]]


def found(tables, *columns: str) -> list[tuple]:
    """The problems that are about what was typed, not about what this test left out."""
    frame = wording.said(tables["problems"])
    frame = frame[~frame["code"].isin(LEFT_OUT)]
    return [tuple(row) for row in frame[["code", *columns]].astype(object).to_numpy()]

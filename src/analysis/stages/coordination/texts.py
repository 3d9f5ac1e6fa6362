"""What units wrote in their own words and public pages show, for the coordinator to look through.

Numbers of persons are covered before; names are not recognised, so a person has to decide.
"""

import re
from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.text import _

# The fields that notebooks show, by table of the questionnaire.
SHOWN = {
    "future": ("evidence",),
    "future_own": ("name", "evidence"),
    "external": ("evidence",),
    "external_own": ("name", "evidence"),
    "readiness": ("evidence",),
    "spbe": ("evidence",),
    "gap": ("note",),
    "swot": ("note",),
    "swot_lines": ("text",),
    "sentence": ("text",),
    "quickwin": ("name", "lead"),
}
# What people write before or after a name; a covered number seldom stands without one.
_SIGNS = re.compile(
    r"•••|\b(?:bapak|bpk|pak|bu|ibu(?!\s(?:dan|hamil|kota|melahirkan|menyusui|nifas|pkk|rumah))"
    r"|sdri?|saudar[ai]|kh|prof|drs|dra|kabid|kabag|kasi|kasub(?:bag|bid|sie?)|kadis|sekdis"
    r"|atas\snama|hubungi|narahubung)\b"
    r"|\b(?:a\.\s?n|u\.\s?p|dr|ir|hj?|s\.?\s?(?:sos|pd|kom|ip|stp|ag|si|hut|km|kep|e|h|t|p)"
    r"|m\.?\s?(?:si|kes|ap|pd|kom|sc|hum|m|h|t)|a\.?\s?md)\.(?!\d)"
    r"|\b(?:s\.\s?(?:sos|pd|kom|ip|stp|ag|si|hut|km|kep|e|h|t|p)|m\.\s?(?:si|kes|ap|pd|kom|sc|hum"
    r"|m|h|t))\b",
    re.IGNORECASE,
)


def written(answers: Mapping[str, pd.DataFrame], tables: Iterable) -> pd.DataFrame:
    """Every such text, those with a sign of a person first.

    `answers`: by table, a row per unit and item; `tables`: the questionnaire's tables, objects with
    name, sheet and fields. Columns: unit_name, sheet, item, field (its heading), sign (what points
    to a person, empty for nothing), text.
    """
    parts = [
        pd.DataFrame(
            {
                "unit_name": answers[table.name]["unit_name"],
                "sheet": _(table.sheet),
                "item": answers[table.name]["item"],
                "field": _(field.title),
                "text": answers[table.name][field.name],
            }
        )
        for table in tables
        for field in table.fields
        if field.name in SHOWN.get(table.name, ())
    ]
    table = pd.concat(parts, ignore_index=True).dropna(subset="text")
    table = table.assign(sign=[sign(text) for text in table["text"]])
    return table.sort_values("sign", key=lambda s: s == "", kind="stable", ignore_index=True)


def sign(text: str) -> str:
    """What in a text points to a person; empty where nothing does."""
    found = _SIGNS.search(text)
    return found[0] if found else ""


def headline(table: pd.DataFrame) -> str:
    """How many texts public pages show, and how many of them seem to name somebody."""
    named = int((table["sign"] != "").sum())
    return _("{count} tulisan tampil di halaman umum; {named} bertanda menyebut orang").format(
        count=len(table), named=named
    )

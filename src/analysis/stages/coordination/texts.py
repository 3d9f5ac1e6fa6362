"""What units wrote in their own words and public pages show, for the coordinator to look through.

Numbers of persons are covered before; names are not recognised, so a person has to decide.
"""

import re
from collections.abc import Collection, Iterable, Mapping

import pandas as pd

from analysis.text import N_, _

# The fields that notebooks show, by table of the questionnaire.
SHOWN = {
    "future": ("evidence",),
    "future_own": ("name", "evidence"),
    "external": ("evidence",),
    "external_own": ("name", "evidence"),
    "readiness": ("evidence",),
    "gap": ("note",),
    "swot": ("note",),
    "swot_lines": ("text",),
    "sentence": ("text",),
    "quickwin": ("name", "lead"),
}
STATES = {"withhold": N_("ditahan"), "release": N_("dilepas")}
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


def written(
    answers: Mapping[str, pd.DataFrame],
    tables: Iterable,
    known: pd.DataFrame,
    noted: Collection[str],
) -> pd.DataFrame:
    """Every such text, those with a sign of a person first.

    `answers`: by table, a row per unit and item; `tables`: the questionnaire's tables, objects with
    name, sheet and fields; `known`: of each text unit, item, field, cell (sheet and address),
    decided ("withhold", "release" or nothing), shown, and said (the text, where it is one of
    several respondents' in that cell); `noted`: the tables of indices, of which
    pages show the notes. Columns: unit_name, sheet, cell, item,
    field (its heading), sign (what points to a person, empty for nothing), text, shown and
    published (in words: whether public pages show it).
    """
    parts = [
        answers[table.name][["unit", "unit_name", "item"]].assign(
            sheet=_(table.sheet),
            field=field.name,
            title=_(field.title),
            text=answers[table.name][field.name],
        )
        for table in tables
        for field in table.fields
        if field.name in ((table.notes,) if table.name in noted else SHOWN.get(table.name, ()))
    ]
    columns = ["unit", "unit_name", "item", "sheet", "field", "title", "text"]
    parts = parts or [pd.DataFrame(columns=columns, dtype=str)]
    table = pd.concat(parts, ignore_index=True).dropna(subset="text")
    table = table.merge(known, on=["unit", "item", "field"], how="left")
    if "said" in table:
        table = table.assign(text=table["said"].fillna(table["text"]))
    shown = table["shown"].fillna(False).astype(bool)
    states = shown.map({True: _("tampil"), False: _("belum dilepas")})
    states = table["decided"].map({k: _(v) for k, v in STATES.items()}).fillna(states)
    table = table.assign(
        sign=[sign(text) for text in table["text"]],
        field=table["title"],
        shown=shown,
        published=states,
    )
    return table.sort_values("sign", key=lambda s: s == "", kind="stable", ignore_index=True)


def sign(text: str) -> str:
    """What in a text points to a person; empty where nothing does."""
    found = _SIGNS.search(text)
    return found[0] if found else ""


def headline(table: pd.DataFrame) -> str:
    """How many texts public pages show, and how many of them seem to name somebody."""
    shown = table[table["shown"]]
    return _("{count} tulisan tampil di halaman umum; {named} bertanda menyebut orang").format(
        count=len(shown), named=int((shown["sign"] != "").sum())
    )

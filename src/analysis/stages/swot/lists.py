"""The four lists of a SWOT: strengths, weaknesses, opportunities, threats; and in units' words."""

import string
import unicodedata
from typing import Any

import pandas as pd

from analysis.levels import CLEAR, LIKELY
from analysis.stages.external import sides
from analysis.text import N_, _, listing

STRENGTH, WEAKNESS, OPPORTUNITY, THREAT = "SWOT"
KINDS = {
    STRENGTH: N_("kekuatan"),
    WEAKNESS: N_("kelemahan"),
    OPPORTUNITY: N_("peluang"),
    THREAT: N_("ancaman"),
}
CORNERS = {
    STRENGTH: "low_high",
    WEAKNESS: "high_high",
    OPPORTUNITY: "low_low",
    THREAT: "high_low",
}
"""Where each list stands in a picture: what helps left, what is the city's own above."""
SURE = (CLEAR, LIKELY)


def listed(internal: pd.DataFrame, external: pd.DataFrame, neutral: float) -> pd.DataFrame:
    """The factors that are clear or likely, list by list; what is unclear is on none.

    `internal`, `external`: the matrices, with the level of each factor. Further columns: letter (S,
    W, O, T), kind (in words), corner, pull (weight x distance from neutral). In each list the clear
    ones come first, then those with the largest pull.
    """
    parts = []
    for letter, name in KINDS.items():
        matrix = internal if letter in (STRENGTH, WEAKNESS) else external
        side = sides.strongest(matrix, neutral, letter in (STRENGTH, OPPORTUNITY))
        side = side.assign(letter=letter, kind=_(name), corner=CORNERS[letter])
        parts += [side[side["level"] == level] for level in SURE]
    return pd.concat(parts, ignore_index=True)


def shown(table: pd.DataFrame, internal: pd.DataFrame, external: pd.DataFrame) -> dict[str, Any]:
    """What the picture of the four lists shows beside them; `table`: from `listed`."""
    unsure, unanswered = _("Belum ada {kind} yang jelas atau cenderung."), _("Belum ada jawaban.")
    answered = {STRENGTH: internal, WEAKNESS: internal, OPPORTUNITY: external, THREAT: external}
    clear = table.loc[table["level"] == CLEAR, "letter"].value_counts()
    counted = [f"{n} {_(KINDS[letter])}" for letter in KINDS if (n := int(clear.get(letter, 0)))]
    unclear = [
        _("{n} faktor internal").format(n=int((~internal["level"].isin(SURE)).sum())),
        _("{n} faktor eksternal").format(n=int((~external["level"].isin(SURE)).sum())),
    ]
    return {
        "corner": "corner",
        "texts": ["name"],
        "heads": {CORNERS[k]: f"{k} – {_(name).capitalize()}" for k, name in KINDS.items()},
        "axis_x": ("", _("Membantu"), _("Menghambat")),
        "axis_y": ("", _("Dari luar"), _("Dari dalam pemerintah kota")),
        "none": {
            CORNERS[k]: unanswered if answered[k].empty else unsure.format(kind=_(name))
            for k, name in KINDS.items()
        },
        "columns": ["kind", "name", "rating", "n"],
        "level": "level",
        "title": _("Faktor yang jelas: {counted}").format(counted=listing(counted))
        if counted
        else _("Belum ada faktor yang jelas merupakan kekuatan, kelemahan, peluang, atau ancaman"),
        "note": _("●●● jelas; ●●○ cenderung. Belum jelas dan tidak ditampilkan: {unclear}.").format(
            unclear=listing(unclear)
        ),
    }


def quotes(answers: pd.DataFrame, names: pd.Series) -> pd.DataFrame:
    """What the units wrote of each kind themselves, what most of them wrote first.

    `answers`: the table swot_lines; `names`: of the scheme swot, by id. Columns: kind, id (the text
    bare of case, spaces and punctuation), text (as first written), units (how many wrote it),
    written_by (their names, or those of their groups). Texts are one only where their id is:
    whether two mean the same is not guessed.
    """
    written = answers.assign(
        kind=pd.Categorical(answers["swot"].map(names), names), id=answers["text"].map(_bare)
    ).dropna(subset="text")
    table = written.groupby(["kind", "id"], sort=False, observed=True).agg(
        text=("text", "first"),
        units=("unit", "nunique"),
        written_by=("unit_short", lambda units: listing(dict.fromkeys(units))),
    )
    table = table.reset_index().sort_values(
        ["kind", "units"], ascending=[True, False], kind="stable", ignore_index=True
    )
    return table.astype({"kind": "string"})[["kind", "id", "text", "units", "written_by"]]


_MARKS = str.maketrans(dict.fromkeys(string.punctuation + "“”‘’–—…", " "))


def _bare(text: object) -> str:
    """A text without case, punctuation and spaces around."""
    return " ".join(unicodedata.normalize("NFKC", str(text)).casefold().translate(_MARKS).split())

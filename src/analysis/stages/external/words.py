"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import pandas as pd

from analysis import levels
from analysis.levels import CLEAR, LIKELY
from analysis.stages.evidence import claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.external import figures, sides
from analysis.text import N_, _, listed, listing

UNANSWERED = N_("Belum ada jawaban tentang faktor eksternal")


def heading(matrix: pd.DataFrame, neutral: float) -> str:
    """How many factors are clearly opportunities and how many clearly threats."""
    return sides.heading(matrix, neutral, _("peluang"), _("ancaman"))


def heading_groups(by_group: pd.DataFrame, neutral: float) -> str:
    """Which groups of units clearly, else likely, see the surroundings as favourable or not."""
    groups = by_group[by_group["group"] != "city"]
    if groups.empty:
        return _(UNANSWERED)
    for level in (CLEAR, LIKELY):
        rows = groups[groups["level"] == level]
        above = rows["mean"] > neutral
        parts = [
            template.format(level=_(levels.WORDS[level]), names=listing(rows.loc[side, "name"]))
            for template, side in (
                (_("peluang {level} lebih besar menurut {names}"), above),
                (_("ancaman {level} lebih besar menurut {names}"), ~above),
            )
            if side.any()
        ]
        if parts:
            said = "; ".join(parts)
            return said[:1].upper() + said[1:]
    return _("Peluang dan ancaman berimbang menurut setiap kelompok perangkat daerah")


def key_figures(
    matrix: pd.DataFrame, found: pd.DataFrame, neutral: float, scale: str
) -> list[dict]:
    """The EFAS total, and the weightiest opportunity and threat.

    `scale`: that of ratings and its neutral, as a text.
    """
    label = _("skor EFAS ({scale})").format(scale=scale)
    if matrix.empty:
        return [{"shown": "–", "label": label, "detail": _(UNANSWERED), "value": None}]
    keys = [ledger.figure(claims.of_kind(found, figures.BALANCE).loc[figures.EFAS], label)]
    rated = claims.of_kind(found, figures.FACTOR)
    for label, above in (
        (_("peluang paling berbobot: {names}"), True),
        (_("ancaman paling berbobot: {names}"), False),
    ):
        side = sides.strongest(matrix, neutral, above)
        first = side[["pull", "rating"]].head(1).squeeze()
        alike = (side[["pull", "rating"]] - first).abs().max(axis=1) <= lead.ROUNDING
        for item in side["item"].head(1):
            names = listed(side.loc[alike, "name"], lead.SHOWN)
            keys.append(ledger.figure(rated.loc[item], label.format(names=names)))
    return keys


def findings(
    matrix: pd.DataFrame, found: pd.DataFrame, neutral: float
) -> list[tuple[Finding, list[str]]]:
    """What the units see around the city, each with the factors that it names."""
    if matrix.empty:
        return [(Finding(_(UNANSWERED) + "."), [])]
    return [
        (ledger.quoted(claims.of_kind(found, figures.BALANCE).iloc[0]), []),
        *(
            (
                sides.finding(matrix, neutral, above, what),
                list(sides.surest(matrix, neutral, above)["item"]),
            )
            for above, what in ((True, _("peluang")), (False, _("ancaman")))
        ),
    ]


def quality(own: pd.DataFrame, found: pd.DataFrame) -> list[Finding]:
    """How far the findings carry; `own`: the factors that units added."""
    if own.empty:
        return [ledger.finding(found)]
    added = _("{units} perangkat daerah menambahkan {count} faktor sendiri.").format(
        units=own["unit"].nunique(), count=len(own)
    )
    return [
        Finding(added, detail=_("Faktor itu tidak ikut dirata-ratakan.")),
        ledger.finding(found),
    ]

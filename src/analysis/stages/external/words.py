"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import pandas as pd

from analysis import levels
from analysis.levels import CLEAR, LIKELY
from analysis.stages.evidence import claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.external import factors, figures, sides
from analysis.text import N_, _, listed, listing

UNANSWERED = N_("Belum ada jawaban tentang faktor eksternal")


def heading(matrix: pd.DataFrame) -> str:
    """How many factors are clearly opportunities and how many clearly threats."""
    return sides.heading(matrix, _("peluang"), _("ancaman"))


def heading_groups(by_group: pd.DataFrame) -> str:
    """Which groups of units clearly, else likely, see the surroundings as favourable or not."""
    groups = by_group[by_group["group"] != "city"]
    if groups.empty:
        return _(UNANSWERED)
    for level in (CLEAR, LIKELY):
        rows = groups[groups["level"] == level]
        above = rows["mean"] > factors.NEUTRAL
        parts = [
            template.format(level=_(levels.WORDS[level]), names=listing(rows.loc[side, "name"]))
            for template, side in (
                (_("{level} di atas netral menurut {names}"), above),
                (_("{level} di bawah netral menurut {names}"), ~above),
            )
            if side.any()
        ]
        if parts:
            return _("Skor EFAS {parts}").format(parts="; ".join(parts))
    return _("Skor EFAS belum jelas di atas atau di bawah netral menurut kelompok unit mana pun")


def key_figures(matrix: pd.DataFrame, found: pd.DataFrame) -> list[dict]:
    """The EFAS total, and the weightiest opportunity and threat."""
    label = _("skor EFAS (1–4, netral 2,5)")
    if matrix.empty:
        return [{"shown": "–", "label": label, "detail": _(UNANSWERED), "value": None}]
    keys = [ledger.figure(claims.of_kind(found, figures.BALANCE).loc[figures.EFAS], label)]
    rated = claims.of_kind(found, figures.FACTOR)
    for label, above in (
        (_("peluang paling berbobot: {names}"), True),
        (_("ancaman paling berbobot: {names}"), False),
    ):
        side = sides.strongest(matrix, above)
        first = side[["pull", "rating"]].head(1).squeeze()
        alike = (side[["pull", "rating"]] - first).abs().max(axis=1) <= lead.ROUNDING
        for item in side["item"].head(1):
            names = listed(side.loc[alike, "name"], lead.SHOWN)
            keys.append(ledger.figure(rated.loc[item], label.format(names=names)))
    return keys


def findings(matrix: pd.DataFrame, own: pd.DataFrame, found: pd.DataFrame) -> list[Finding]:
    """What the units see around the city; `own`: the factors that they added."""
    if matrix.empty:
        return [Finding(_(UNANSWERED) + ".")]
    said = [
        ledger.quoted(claims.of_kind(found, figures.BALANCE).iloc[0]),
        sides.finding(matrix, True, _("peluang")),
        sides.finding(matrix, False, _("ancaman")),
    ]
    if len(own):
        said.append(
            Finding(
                _("{units} unit menambahkan {count} faktor sendiri.").format(
                    units=own["unit"].nunique(), count=len(own)
                ),
                detail=_("Faktor itu tidak ikut dirata-ratakan."),
            )
        )
    return [*said, ledger.finding(found)]

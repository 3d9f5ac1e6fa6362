"""External conditions (Analisis Kondisi Eksternal): opportunities and threats, weighed (EFAS)."""

import pandas as pd

from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.external import factors, figures
from analysis.stages.external.factors import Total
from analysis.text import _, listed, listing, number

SHOWN = 4  # factors that a finding names


def heading(matrix: pd.DataFrame, found: pd.DataFrame) -> str:
    """How many factors are surely opportunities and how many surely threats."""
    above, below = figures.sure(matrix, found)
    return _("{above} peluang dan {below} ancaman yang pasti, dari {all} faktor").format(
        above=len(above), below=len(below), all=len(matrix)
    )


def heading_groups(found: pd.DataFrame) -> str:
    """Which groups of units see the surroundings as surely favourable or not."""
    above, below = (claims.sure(found, figures.GROUPS, side) for side in (True, False))
    if above.empty and below.empty:
        return _("Tidak ada kelompok unit yang skornya pasti di atas atau di bawah nilai netral")
    parts = [
        template.format(names=listing(names))
        for template, names in (
            (_("pasti di atas netral: {names}"), above),
            (_("pasti di bawah netral: {names}"), below),
        )
        if len(names)
    ]
    return _("Skor EFAS {parts}").format(parts="; ".join(parts))


def key_figures(matrix: pd.DataFrame, total: Total, confidence: float = 0.95) -> list[dict]:
    """The EFAS total, and the strongest opportunity and threat."""
    label = _("skor EFAS (1–4, netral 2,5)")
    keys = [aggregate.key_figure(total.value, label, total.low, total.high, total.n, confidence)]
    for label, side in (
        (_("peluang terkuat: {name}"), figures.opportunities(matrix)),
        (_("ancaman terkuat: {name}"), figures.threats(matrix)),
    ):
        for row in side.head(1).itertuples(index=False):
            alike = side[["weight", "rating"]].sub([row.weight, row.rating]).abs().max(axis=1)
            named = label.format(name=listed(side.loc[alike <= lead.ROUNDING, "name"], lead.SHOWN))
            keys.append(
                aggregate.key_figure(row.rating, named, row.low, row.high, row.n, confidence)
            )
    return keys


def findings(
    matrix: pd.DataFrame,
    total: Total,
    own: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the units see around the city; `found`: the table of claims."""
    sentences = [balance(total, found, confidence)]
    if not total.n:
        return sentences
    for name, side in zip((_("Peluang"), _("Ancaman")), figures.sure(matrix, found), strict=True):
        if side.empty:
            words = _("{name}: tidak ada faktor yang pasti (uji t, koreksi Holm).")
            sentences.append(words.format(name=name))
            continue
        names = listing(factors.described(side.head(SHOWN)))
        more = len(side) - SHOWN
        template = (
            _("{name} yang pasti (uji t, koreksi Holm): {names}; dan {more} lagi.")
            if more > 0
            else _("{name} yang pasti (uji t, koreksi Holm): {names}.")
        )
        sentences.append(template.format(name=name, names=names, more=more))
    if len(own):
        sentences.append(
            _("{units} unit menambahkan {count} faktor sendiri; tidak ikut dirata-ratakan.").format(
                units=own["unit"].nunique(), count=len(own)
            )
        )
    return [*sentences, claims.finding(found)]


def balance(total: Total, found: pd.DataFrame, confidence: float = 0.95) -> str:
    """Whether opportunities outweigh threats, in a sentence; `found`: the table of claims."""
    if not total.n:
        return _("Belum ada jawaban tentang faktor eksternal.")
    row = claims.of_kind(found, figures.TOTAL).iloc[0]
    if not row["sure"]:
        first = _(
            "Peluang dan ancaman tidak dapat dibedakan kuatnya: skor EFAS {value} ({details})."
        )
    elif row["value"] > 0:
        first = _("Peluang lebih kuat daripada ancaman: skor EFAS {value} ({details}).")
    else:
        first = _("Ancaman lebih kuat daripada peluang: skor EFAS {value} ({details}).")
    details = claims.difference(row, confidence)
    return first.format(value=number(total.value), details=details)

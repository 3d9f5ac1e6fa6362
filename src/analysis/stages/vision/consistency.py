"""How consistent the units' pairwise judgements are, and what the inconsistent ones change.

Which judgements count as consistent: see `judgements`.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis import levels
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.vision import premise
from analysis.stages.vision.judgements import Judgements
from analysis.stages.vision.weights import EFFECT
from analysis.text import N_, _, listing, number

# Consensus of weights from which it deserves a word: Goepel (2018), table 2.
AGREED = [
    (0.85, N_("sangat tinggi")),
    (0.75, N_("tinggi")),
    (0.65, N_("sedang")),
    (0.5, N_("rendah")),
    (0.0, N_("sangat rendah")),
]


def heading(judged: Judgements) -> str:
    """How many units were consistent in their judgements."""
    if not judged.chosen().any():
        return _("Belum ada perbandingan dimensi yang cukup")
    return _("{count} dari {all} perangkat daerah membandingkan secara konsisten").format(
        count=judged.chosen(True).sum(), all=judged.chosen().sum()
    )


def heading_effect(judged: Judgements, found: pd.DataFrame) -> str:
    """Whether leaving out the inconsistent units changes any weight; `found`: the claims."""
    if not judged.chosen().any():
        return _("Belum ada perbandingan dimensi yang cukup")
    if judged.chosen().sum() == judged.chosen(True).sum():
        return _("Semua yang dihitung konsisten")
    if not judged.chosen(True).any():
        return _("Tidak ada yang konsisten, jadi bobot tanpa yang lain tidak dihitung")
    moved = claims.of_kind(found, EFFECT)
    if none := premise.none(judged):
        return none
    said = {
        levels.CLEAR: _("Tanpa yang tidak konsisten, bobot ini jelas berubah: {names}"),
        levels.LIKELY: _("Tanpa yang tidak konsisten, bobot ini cenderung berubah: {names}"),
    }
    for level, words in said.items():
        if (rows := moved["level"] == level).any():
            return words.format(names=listing(judged.names[moved.index[rows]]))
    return _("Tanpa yang tidak konsisten, bobot dimensi kira-kira tetap")


def finding(judged: Judgements, threshold: float) -> Finding:
    """How many units are consistent, count with blank pairs, or do not count and why."""
    detail = _("Konsisten: rasio konsistensi di bawah {threshold}.").format(
        threshold=number(threshold)
    )
    blank = judged.chosen() & (judged.units["blank"] > 0)
    if blank.any():
        detail += _(" {count} dengan pasangan kosong ikut dihitung (Harker, 1987).").format(
            count=blank.sum()
        )
    left_out = _(" {count} tidak dihitung karena {reason}.")
    for reason, count in judged.units.loc[~judged.chosen(), "reason"].value_counts().items():
        detail += left_out.format(count=count, reason=reason)
    return Finding(heading(judged) + ".", detail=" ".join(filter(None, [detail, combined(judged)])))


def combined(judged: Judgements) -> str:
    """How consistent all judgements are together, and how alike the units weigh."""
    if not judged.chosen().any():
        return ""
    said = _(
        "Rasio konsistensi penilaian gabungan {ratio}: perataan menyembunyikan pertentangan, jadi "
        "angka ini bukan bukti bahwa mereka konsisten atau sependapat."
    ).format(ratio=number(judged.combined))
    return f"{said} {alike(judged)}."


def alike(judged: Judgements) -> str:
    """How alike the units weigh the dimensions."""
    if np.isnan(judged.consensus):
        return _("Kesepakatan bobot tidak dihitung: kurang dari dua perangkat daerah")
    shown = round(judged.consensus, 2)
    word = next(word for bound, word in AGREED if shown >= bound)
    return _("Kesepakatan bobot {consensus} dari 1, {word}").format(
        consensus=number(shown), word=_(word)
    )


def finding_effect(judged: Judgements, found: pd.DataFrame) -> Finding:
    """What leaving out the inconsistent units changes; `found`: the table of claims."""
    headline, rows = heading_effect(judged, found) + ".", claims.of_kind(found, EFFECT)
    if rows.empty:
        return Finding(headline)
    row = rows.sort_values("p_value", kind="stable").iloc[0]
    quote = ledger.quoted(row, headline, digits=3)
    words = _("Yang paling mungkin berubah: bobot {name}, {detail}")
    return replace(quote, detail=words.format(name=judged.names[row.name], detail=quote.detail))

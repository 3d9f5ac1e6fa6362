"""How consistent the units' pairwise judgements are, and what the inconsistent ones change.

Which judgements count as consistent: see `judgements`.
"""

import pandas as pd

from analysis.stages import claims
from analysis.stages.judgements import Judgements
from analysis.text import _, listing, number

EFFECT = "vision_effect"
"""The kind of comparisons of each weight with and without the inconsistent units."""
NAMED = 5  # more units than these are counted in a sentence rather than named


def heading(judged: Judgements) -> str:
    """How many units were consistent in their judgements."""
    return _(
        "{count} dari {all} unit dengan matriks lengkap membandingkan secara konsisten"
    ).format(count=judged.chosen(True).sum(), all=judged.chosen().sum())


def heading_effect(judged: Judgements, found: pd.DataFrame) -> str:
    """Whether leaving out the inconsistent units changes any weight; `found`: the claims."""
    if not judged.chosen().any():
        return _("Belum ada unit dengan perbandingan yang lengkap")
    if judged.chosen().sum() == judged.chosen(True).sum():
        return _("Tidak ada unit yang tidak konsisten")
    moved = [*claims.sure(found, EFFECT, above=True), *claims.sure(found, EFFECT, above=False)]
    if not moved:
        return _("Tanpa unit yang tidak konsisten, tidak ada bobot yang pasti berubah")
    return _("Tanpa unit yang tidak konsisten, bobot ini pasti berubah: {names}").format(
        names=listing(judged.names[moved])
    )


def finding(judged: Judgements, threshold: float) -> str:
    """How many units are consistent, and whom an empty pair leaves out of the weights."""
    complete, consistent = judged.chosen().sum(), judged.chosen(True).sum()
    sentence = _(
        "{count} dari {all} unit dengan matriks lengkap konsisten (rasio konsistensi di bawah "
        "{threshold})."
    ).format(count=consistent, all=complete, threshold=number(threshold))
    left_out = judged.units.loc[~judged.chosen(), "unit_name"]
    if left_out.empty:
        return sentence
    if len(left_out) > NAMED:
        return sentence + _(
            " {count} unit lain tidak dihitung dalam bobot karena ada pasangan yang kosong."
        ).format(count=len(left_out))
    return sentence + _(
        " Tidak dihitung dalam bobot karena ada pasangan yang kosong: {names}."
    ).format(names="; ".join(left_out))


def finding_effect(judged: Judgements, found: pd.DataFrame, confidence: float) -> str:
    """What leaving out the inconsistent units changes; `found`: the table of claims."""
    complete, consistent = judged.chosen().sum(), judged.chosen(True).sum()
    if not complete:
        return _("Konsistensi tidak dapat dinilai: belum ada matriks yang lengkap.")
    if complete == consistent:
        return _("Tidak ada unit yang tidak konsisten, jadi bobotnya tidak berubah.")
    if not consistent:
        return _("Tidak ada unit yang konsisten, jadi bobot tanpa yang lain tidak dihitung.")
    rows = claims.of_kind(found, EFFECT)
    moved = rows.sort_values("adjusted", kind="stable").iloc[0]
    sentence = _(
        "Tanpa {count} unit yang tidak konsisten, bobot {name} berubah ({details}); "
    ).format(
        count=complete - consistent,
        name=judged.names[moved.name],
        details=claims.difference(moved, confidence, 3),
    )
    if moved["sure"]:
        return sentence + _("perubahan itu melampaui kebetulan.")
    return sentence + _("tidak ada perubahan bobot yang dapat dibedakan dari kebetulan.")

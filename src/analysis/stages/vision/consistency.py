"""How consistent the units' pairwise judgements are, and what the inconsistent ones change.

Which judgements count as consistent: see `judgements`.
"""

import pandas as pd

from analysis.stages.evidence import claims
from analysis.stages.vision.judgements import Judgements
from analysis.text import _, listing, number

EFFECT = "vision_effect"
"""The kind of comparisons of each weight with and without the inconsistent units."""
NAMED = 5  # more units than these are counted in a sentence rather than named


def heading(judged: Judgements) -> str:
    """How many units were consistent in their judgements."""
    return _("{count} dari {all} unit yang dihitung membandingkan secara konsisten").format(
        count=judged.chosen(True).sum(), all=judged.chosen().sum()
    )


def heading_effect(judged: Judgements, found: pd.DataFrame) -> str:
    """Whether leaving out the inconsistent units changes any weight; `found`: the claims."""
    if not judged.chosen().any():
        return _("Belum ada unit dengan perbandingan yang cukup")
    if judged.chosen().sum() == judged.chosen(True).sum():
        return _("Tidak ada unit yang tidak konsisten")
    if not judged.chosen(True).any():
        return _("Tidak ada unit yang konsisten, jadi bobot tanpa yang lain tidak dihitung")
    moved = [*claims.sure(found, EFFECT, above=True), *claims.sure(found, EFFECT, above=False)]
    if not moved:
        return _("Tanpa unit yang tidak konsisten, tidak ada bobot yang pasti berubah")
    return _("Tanpa unit yang tidak konsisten, bobot ini pasti berubah: {names}").format(
        names=listing(judged.names[moved])
    )


def finding(judged: Judgements, threshold: float) -> str:
    """How many units are consistent, how many count with blank pairs, and who does not and why."""
    sentence = _(
        "{count} dari {all} unit yang dihitung konsisten (rasio konsistensi di bawah {threshold})."
    ).format(
        count=judged.chosen(True).sum(), all=judged.chosen().sum(), threshold=number(threshold)
    )
    blank = judged.chosen() & (judged.units["blank"] > 0)
    if blank.any():
        sentence += _(" {count} unit dengan pasangan kosong ikut dihitung (Harker, 1987).").format(
            count=blank.sum()
        )
    left_out = judged.units[~judged.chosen()]
    return sentence + "".join(
        _left_out(reason, names) for reason, names in left_out.groupby("reason")["unit_name"]
    )


def _left_out(reason: str, names: pd.Series) -> str:
    if len(names) > NAMED:
        return _(" {count} unit tidak dihitung karena {reason}.").format(
            count=len(names), reason=reason
        )
    return _(" Tidak dihitung karena {reason}: {names}.").format(
        reason=reason, names="; ".join(names)
    )


def finding_effect(judged: Judgements, found: pd.DataFrame, confidence: float) -> str:
    """What leaving out the inconsistent units changes; `found`: the table of claims."""
    used, consistent = judged.chosen().sum(), judged.chosen(True).sum()
    if not used:
        return _("Konsistensi tidak dapat dinilai: belum ada perbandingan yang cukup.")
    if used == consistent:
        return _("Tidak ada unit yang tidak konsisten, jadi bobotnya tidak berubah.")
    if not consistent:
        return heading_effect(judged, found) + "."
    rows = claims.of_kind(found, EFFECT)
    moved = rows.sort_values("adjusted", kind="stable").iloc[0]
    sentence = _(
        "Tanpa {count} unit yang tidak konsisten, bobot {name} berubah ({details}); "
    ).format(
        count=used - consistent,
        name=judged.names[moved.name],
        details=claims.difference(moved, confidence, 3),
    )
    if moved["sure"]:
        return sentence + _("perubahan itu melampaui kebetulan.")
    return sentence + _("tidak ada perubahan bobot yang dapat dibedakan dari kebetulan.")

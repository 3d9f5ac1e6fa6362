"""Item analysis: how each item of a scale behaves among the others, and whether units agree on it.

It says where to look at an item's wording, not at the units: for the methods see
`methods.agreement`.
"""

from contextlib import suppress
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.methods import agreement
from analysis.stages.evidence import aggregate
from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, interval, listed, number, percent

WEAK = 0.30
"""Below this item-rest correlation an item measures something of its own (Nunnally & Bernstein
1994)."""
SHOWN = 3
REASONS = {
    agreement.ITEMS: N_("terlalu sedikit pertanyaan"),
    agreement.FEW: N_("kurang dari dua perangkat daerah mengisi semuanya"),
    agreement.CONSTANT: N_("jawaban perangkat daerah yang dihitung sama semua"),
    agreement.OPPOSED: N_("pertanyaannya saling meniadakan"),
}
"""Why there is no alpha, by the reason that the method gives."""


@dataclass(frozen=True)
class Reliability:
    """Cronbach's alpha over the units, or None and the `reason` (see `agreement`).

    Where the pairs of answers do not fit together only the units that answered every item count:
    then `left_out` of the others, and `of_pairs` is the alpha of all pairs, if it is possible.
    """

    alpha: agreement.Alpha | None
    reason: str = ""
    left_out: int = 0
    of_pairs: agreement.Alpha | None = None


def reliability(answers: pd.DataFrame, value: str, confidence: float = 0.95) -> Reliability:
    """How reliable the items are as one scale.

    `answers`: a row per unit and item. The covariances of pairs of answers where they can be those
    of one sample, otherwise the units that answered every item. Source: `agreement.of_one_sample`.
    """
    values, pairs, left_out = aggregate.wide(answers, "item", value), None, 0
    missing = _fitting(values)
    if missing == "listwise":
        left_out = len(values.dropna(thresh=2)) - len(values.dropna())
        with suppress(agreement.Undefined):
            pairs = agreement.cronbach_alpha(values, "pairwise", confidence)
    try:
        alpha = agreement.cronbach_alpha(values, missing, confidence)
    except agreement.Undefined as error:
        return Reliability(None, error.reason, left_out, pairs)
    return Reliability(alpha, "", left_out, pairs)


def _fitting(values: pd.DataFrame) -> agreement.Missing:
    with suppress(agreement.Undefined):
        if agreement.of_one_sample(values):
            return "pairwise"
    return "listwise"


def analysis(
    answers: pd.DataFrame, value: str, scale: tuple[float, float], confidence: float = 0.95
) -> pd.DataFrame:
    """Every item of a scale, weakest correlation with the others first.

    `answers`: a row per unit and item with name and tb; `scale`: its ends. Columns: item, name,
    correlation (with the others), alpha_if_deleted (of the same units as alpha; both NaN where not
    defined, and alpha where it is below 0), consensus (0-1), n, tb and missing.
    Sources: `agreement.item_rest`, `agreement.consensus`.
    """
    values = aggregate.wide(answers, "item", value)
    table = aggregate.over_units(answers, "item", value, ["name"], confidence)
    table["consensus"] = table["item"].map(agreement.consensus(values, scale))
    rest = pd.DataFrame(np.nan, values.columns, ["correlation", "alpha_if_deleted"])
    with suppress(agreement.Undefined):
        rest = agreement.item_rest(values, _fitting(values))
    rest["alpha_if_deleted"] = rest["alpha_if_deleted"].where(lambda alpha: alpha >= 0)
    table = table.join(rest, on="item").sort_values("correlation", kind="stable")
    columns = ["item", "name", "correlation", "alpha_if_deleted", "consensus", "n", "tb", "missing"]
    return table[columns].reset_index(drop=True)


def heading(items: pd.DataFrame, found: Reliability) -> str:
    """How many items go their own way."""
    known = items["correlation"].notna()
    if not known.any():
        few = agreement.ITEMS if len(items) < 3 else found.reason
        reason = _(REASONS[few]) if few else _("jawabannya tidak cukup beragam")
        return _("Keseiringan pertanyaan tidak dihitung: {reason}").format(reason=reason)
    return _("{count} dari {all} pertanyaan tidak seiring dengan yang lain").format(
        count=int((items["correlation"] < WEAK).sum()), all=int(known.sum())
    )


def finding(items: pd.DataFrame, found: Reliability, scale: tuple[float, float]) -> Finding:
    """What the items say of the scale (its ends: `scale`), counted in this sample."""
    parts, alpha = [], found.alpha
    if items["correlation"].notna().any():
        parts.append(_("tidak seiring: korelasi di bawah {weak}").format(weak=number(WEAK)))
    if alpha is not None and alpha.alpha >= 0:
        better = int((items["alpha_if_deleted"] > alpha.alpha).sum())
        parts.append(_("{n} pertanyaan menaikkan alfa bila dikeluarkan").format(n=better))
    levels = pd.DataFrame({"even": np.arange(scale[0], scale[1] + 1)})
    even, alike = agreement.consensus(levels, scale)["even"], items["consensus"].mean()
    if alike < even - 1e-9:
        parts.append(
            _(
                "jawaban terbelah: rerata kesepakatan {alike}, kurang daripada bila jawaban "
                "tersebar rata ({even})"
            ).format(alike=number(alike), even=number(even))
        )
    most = items[(items["tb"] > 0) & (items["tb"] == items["tb"].max())]
    if len(most):
        parts.append(
            _("tidak relevan (TR) terbanyak pada {names} ({n} perangkat daerah)").format(
                names=listed(most["name"], SHOWN), n=int(most["tb"].iloc[0])
            )
        )
    detail = "; ".join(parts)
    headline = heading(items, found) + "."
    return Finding(headline, detail=detail and detail[:1].upper() + detail[1:] + ".")


def reliable(found: Reliability, what: str, confidence: float = 0.95) -> Finding:
    """How reliable the items are as one scale (`what`, in words), and what that presumes."""
    alpha = found.alpha
    if alpha is None:
        words = _("Keandalan {what} tidak dihitung: {reason}.")
        said = words.format(what=what, reason=_(REASONS[found.reason]))
        return Finding(said, detail=_left_out(found))
    words = _("Keandalan {what} {alpha}, paling tinggi 1.")
    means = _("ukuran keandalan yang menganggap semua indikator mencerminkan satu hal")
    if alpha.alpha < 0:
        words = _("Keandalan {what} di bawah 0: jawabannya berlawanan arah.")
        means = _("jumlah pertanyaan seperti itu bukan satu skala")
    elif number(alpha.alpha) == number(1.0):
        words = _("Keandalan {what} {alpha}: semua pertanyaan dijawab hampir sama.")
        means = _("pertanyaannya berulang atau penjawabnya terbelah; itu bukan bukti mutu")
    low, high = alpha.interval
    ends = interval(low, high) if low >= 0 else _shown(low) + _(" s.d. ") + _shown(high)
    detail = _(
        "Alfa Cronbach {alpha} (selang Feldt {confidence}: {ends}; n = {n}): {means}."
    ).format(
        alpha=_shown(alpha.alpha),
        confidence=percent(confidence),
        ends=ends,
        n=alpha.n,
        means=means,
    )
    headline = words.format(what=what, alpha=number(alpha.alpha, 1))
    return Finding(headline, detail=" ".join(filter(None, [detail, _left_out(found)])))


def _shown(alpha: float) -> str:
    """An alpha in words: below 0 it has no lower end, and how far says nothing."""
    return number(alpha) if alpha >= 0 else _("di bawah 0")


def _left_out(found: Reliability) -> str:
    """Which units do not count because pairs of answers do not fit together."""
    if not found.left_out:
        return ""
    said = _(
        "{count} perangkat daerah yang tidak mengisi semuanya tidak dihitung: kovarians dari "
        "pasangan jawaban tidak mungkin berasal dari satu kumpulan perangkat daerah."
    ).format(count=found.left_out)
    if (pairs := found.of_pairs) is None:
        return said
    words = _(" Semua pasangan jawaban (n = {n}) memberi alfa {alpha}.")
    return said + words.format(n=pairs.n, alpha=_shown(pairs.alpha))

"""What a claim on weights rests on: enough consistent units, which alone say the same.

Weights can be worked out of judgements that contradict themselves, and averaging hides it; a claim
on them needs units that do not, so that it is not made by contradictions. Source: Saaty (1980), who
has judgements of a ratio of 0.10 or more revised rather than used; the number of units is ours.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from analysis.stages.evidence import claims, lead
from analysis.stages.vision.judgements import Judgements
from analysis.text import N_, _

ENOUGH = 10
"""So many consistent units a claim on weights needs; the words say ten."""
ALONE = {"consistent": N_("hanya yang konsisten yang dihitung")}


def lacking(judged: Judgements) -> str:
    """Why no claim on weights can be made, in words; empty where enough units are consistent."""
    count = int(judged.chosen(True).sum())
    if count >= ENOUGH:
        return ""
    return _(
        "{count} dari {all} perangkat daerah membandingkan dimensi secara konsisten, sedikitnya "
        "sepuluh diperlukan"
    ).format(count=count, all=int(judged.chosen().sum()))


def none(judged: Judgements) -> str:
    """As a title, that nothing is concluded of weights and why.

    Empty where something can be, and where nobody judged.
    """
    reason = lacking(judged) if judged.chosen().any() else ""
    said = claims.concluded(reason) if reason else ""
    return said[:1].upper() + said[1:]


def resting(
    family: claims.Comparisons, judged: Judgements, contrary: str = ""
) -> claims.Comparisons:
    """A family of comparisons of weights, of which nothing is concluded where its premise fails.

    It needs `ENOUGH` consistent units and, where something would be claimed, that these alone stand
    on the same side of the reference; `contrary`: why not, in words with the ``{name}`` of a
    dimension, empty where they cannot.
    """
    value, reason = family.figures["value"], lacking(judged)
    barred = pd.Series(reason, value.index)
    if not contrary or family.statistic is None:
        return replace(family, barred=barred)
    consistent = judged.units.loc[judged.chosen(True), "unit"]
    alone = family.statistic(family.strata.index.isin(consistent)[np.newaxis].astype(float)).iloc[0]
    low, high = family.figures["low"], family.figures["high"]
    said = (value.abs() > lead.ROUNDING) & (family.ranked | (low > 0) | (high < 0))
    other = said & ~(alone * np.sign(value) > 0)
    words = [contrary.format(name=judged.names.get(item, "")) for item in value.index]
    none = pd.DataFrame(np.nan, value.index, ["worst", "best"])
    return replace(
        family,
        bounds=(none if family.bounds is None else family.bounds).assign(consistent=alone),
        cases={**family.cases, **ALONE},
        barred=barred if reason else pd.Series(words, value.index).where(other, ""),
    )

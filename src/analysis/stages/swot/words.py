"""SWOT: the city's place between its own factors (IFAS) and its surroundings (EFAS), in words.

The place itself is worked out in `position`.
"""

from collections.abc import Sequence

import pandas as pd

from analysis.stages import external
from analysis.stages.evidence import aggregate, claims
from analysis.stages.external import factors
from analysis.stages.swot import figures, ie, tows
from analysis.stages.swot.position import QUADRANTS, Position
from analysis.text import N_, _, listing, number, percent

UNANSWERED = N_("Faktor internal atau eksternal belum dijawab unit mana pun.")


def heading_cell(ifas: factors.Total, efas: factors.Total) -> str:
    """The cell of the IE matrix in which the city stands."""
    if not (ifas.n and efas.n):
        return _(UNANSWERED)
    cell = ie.cell(ifas.value, efas.value)
    return _("Sel {cell} matriks internal-eksternal: {name}").format(
        cell=cell, name=_(ie.STRATEGIES[cell])
    )


def heading_position(place: Position | None, cloud: pd.DataFrame, found: pd.DataFrame) -> str:
    """Which quadrant the city stands in, and whether that is sure; `found`: the claims."""
    if place is None:
        return _(UNANSWERED)
    name = _(QUADRANTS[place.quadrant])
    if cloud.empty:
        return _(
            "Kuadran {roman} ({name}); unit terlalu sedikit untuk menilai kemantapannya"
        ).format(roman=place.quadrant, name=name)
    share = float((cloud["quadrant"] == place.quadrant).mean())
    words = (
        _("Kota di kuadran {roman} ({name}), pada {share} sampel ulang")
        if figures.placed(found)
        else _("Kuadran belum pasti; menurut rerata {roman} ({name}), pada {share} sampel ulang")
    )
    return words.format(roman=place.quadrant, name=name, share=percent(share))


def heading_factors(matrix: pd.DataFrame, kinds: Sequence[str]) -> str:
    """How many factors lie above neutral and how many below; `kinds`: their plural names."""
    above = int((matrix["rating"] >= factors.NEUTRAL).sum())
    return _("{above} {high} dan {below} {low} menurut rerata unit").format(
        above=above, below=len(matrix) - above, high=kinds[0], low=kinds[1]
    )


def key_figures(
    place: Position | None,
    cloud: pd.DataFrame,
    ifas: factors.Total,
    efas: factors.Total,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[dict]:
    """The quadrant, both totals and the cell of the IE matrix; `found`: the table of claims."""
    if place is None:
        label, detail = _("kuadran SWOT"), _(UNANSWERED)
        return [{"shown": "–", "label": label, "detail": detail, "value": None}]
    cell = ie.cell(ifas.value, efas.value)
    certain = _("pasti") if figures.placed(found) else _("belum pasti")
    return [
        {
            "shown": place.quadrant,
            "label": _("kuadran SWOT: {name}").format(name=_(QUADRANTS[place.quadrant])),
            "detail": f"{certain}; {_firm(cloud, 'quadrant', place.quadrant)}",
            "value": None,
        },
        *(
            aggregate.key_figure(total.value, label, total.low, total.high, total.n, confidence)
            for total, label in (
                (ifas, _("skor IFAS (1–4, netral 2,5)")),
                (efas, _("skor EFAS (1–4, netral 2,5)")),
            )
        ),
        {
            "shown": cell,
            "label": _("sel matriks IE: {name}").format(name=_(ie.STRATEGIES[cell])),
            "detail": _firm(cloud, "cell", cell),
            "value": None,
        },
    ]


def _firm(cloud: pd.DataFrame, column: str, here: str) -> str:
    if cloud.empty:
        return _("unit terlalu sedikit untuk sampel ulang")
    return _("pada {share} dari {count} sampel ulang").format(
        share=percent(float((cloud[column] == here).mean())), count=number(len(cloud), 0)
    )


def findings(
    place: Position | None,
    cloud: pd.DataFrame,
    internal: pd.DataFrame,
    outside: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """Where the city stands and what pulls it there; `found`: the table of claims."""
    if place is None:
        return [where(place, cloud, found, confidence)]
    sentences = [where(place, cloud, found, confidence)]
    for matrix, kind, high, low in (
        (internal, figures.FACTOR, _("Kekuatan"), _("Kelemahan")),
        (outside, external.figures.FACTOR, _("Peluang"), _("Ancaman")),
    ):
        for above, name in ((True, high), (False, low)):
            certain = matrix["item"].isin(claims.sure(found, kind, above))
            sure = tows.strongest(matrix[certain], 3, above)
            if sure.empty:
                words = _("{name}: tidak ada faktor yang pasti (uji t, koreksi Holm).")
                sentences.append(words.format(name=name))
            else:
                words = _("{name} yang pasti dan paling berbobot (uji t, koreksi Holm): {names}.")
                names = listing(factors.described(sure))
                sentences.append(words.format(name=name, names=names))
    return [
        *sentences,
        claims.finding(found),
        _(
            "Skala nilai proyek ini diadaptasi dari David; selisih skor mentah dari buku lain "
            "adalah angka yang berbeda dan tidak dapat dibandingkan dengan X dan Y di sini."
        ),
    ]


def where(
    place: Position | None, cloud: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95
) -> str:
    """The quadrant, claimed only where both coordinates are sure, with what stands behind it."""
    if place is None:
        return _(UNANSWERED)
    rows = [claims.of_kind(found, kind).iloc[0] for kind in (figures.TOTAL, external.figures.TOTAL)]
    axes = [
        _("{axis} = {value} ({details})").format(
            axis=axis, value=number(value, sign=True), details=claims.certainty(row, confidence)
        )
        for axis, value, row in zip("XY", (place.x, place.y), rows, strict=True)
    ]
    words = (
        _("Kota berada di kuadran {here}: {axes}")
        if figures.placed(found)
        else _("Data ini tidak dapat memastikan kuadran kota; menurut reratanya {here}: {axes}")
    )
    here = f"{place.quadrant} ({_(QUADRANTS[place.quadrant])})"
    sentence = words.format(here=here, axes="; ".join(axes))
    if cloud.empty:
        return sentence + "."
    share = float((cloud["quadrant"] == place.quadrant).mean())
    return sentence + _("; kuadran itu pada {share} sampel ulang.").format(share=percent(share))

"""SWOT: the city's place between its own factors (IFAS) and its surroundings (EFAS), in words.

The place itself is worked out in `position`.
"""

from dataclasses import replace

import pandas as pd

from analysis import levels
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.external import sides
from analysis.stages.swot import figures
from analysis.stages.swot.position import QUADRANTS, Position
from analysis.text import N_, _, number, percent

UNANSWERED = N_("Belum ada jawaban tentang faktor internal atau eksternal")
ADVICE = {
    "I": N_(
        "Kekuatan di dalam lebih besar daripada kelemahan, dan peluang lebih besar daripada "
        "ancaman: kembangkan yang kuat"
    ),
    "II": N_(
        "Kekuatan di dalam lebih besar daripada kelemahan, tetapi ancaman lebih besar daripada "
        "peluang: hadapi dengan yang kuat"
    ),
    "III": N_(
        "Kelemahan di dalam lebih besar daripada kekuatan, tetapi peluang lebih besar daripada "
        "ancaman: benahi kelemahan dahulu"
    ),
    "IV": N_(
        "Kelemahan di dalam lebih besar daripada kekuatan, dan ancaman lebih besar daripada "
        "peluang: jaga layanan pokok dahulu"
    ),
}
"""What each quadrant says, and what it asks for first."""


def heading_position(found: pd.DataFrame) -> str:
    """Which quadrant the city stands in, and how sure that is; `found`: the claims."""
    rows = claims.of_kind(found, figures.QUADRANT)
    if rows.empty:
        return _(UNANSWERED)
    level, sentence = rows[["level", "sentence"]].iloc[0]
    level = _(levels.WORDS[level])
    return _("{level}: {sentence}").format(level=level[:1].upper() + level[1:], sentence=sentence)


def key_figures(
    place: Position | None, found: pd.DataFrame, outside: pd.DataFrame, scale: str
) -> list[dict]:
    """The quadrant and both totals.

    `found`, `outside`: the claims of this stage and of the external one; `scale`: that of ratings
    and its neutral, as a text.
    """
    if place is None:
        label, detail = _("kuadran SWOT"), _(UNANSWERED)
        return [{"shown": "–", "label": label, "detail": detail, "value": None}]
    row = claims.of_kind(found, figures.QUADRANT).iloc[0]
    word = levels.WORDS[row["level"]]
    ifas, efas = (claims.of_kind(table, figures.BALANCE).iloc[0] for table in (found, outside))
    return [
        {
            "shown": place.quadrant,
            "label": _("kuadran SWOT menurut rerata: {name}").format(
                name=_(QUADRANTS[place.quadrant])
            ),
            "detail": "; ".join((_(word), _firm(row["agree"]))),
            "value": None,
            "claim": row["id"],
            "level": row["level"],
        },
        ledger.figure(ifas, _("skor IFAS ({scale})").format(scale=scale)),
        ledger.figure(efas, _("skor EFAS ({scale})").format(scale=scale)),
    ]


def _firm(share: float) -> str:
    """How often the resamples agree; `share`: NaN below ten units."""
    if pd.isna(share):
        return _("perangkat daerah terlalu sedikit untuk sampel ulang")
    return _("tetap pada {share} sampel ulang").format(share=percent(share))


def findings(
    place: Position | None,
    internal: pd.DataFrame,
    outside: pd.DataFrame,
    found: pd.DataFrame,
    around: pd.DataFrame,
    neutral: float,
    scope: str = "",
) -> list[tuple[Finding, list[str]]]:
    """Where the city stands and what pulls it there, each with the factors that it names.

    `internal`, `outside`: the matrices, with the level of each factor; `found`, `around`: the
    claims of this stage and of the external one; `scope`: as in `where`.
    """
    if place is None:
        return [(Finding(_(UNANSWERED) + "."), [])]
    return [
        (where(place, found, around, scope), []),
        *(
            (
                sides.finding(matrix, neutral, above, what),
                list(sides.surest(matrix, neutral, above)["item"]),
            )
            for matrix, above, what in (
                (internal, False, _("kelemahan")),
                (internal, True, _("kekuatan")),
                (outside, True, _("peluang")),
                (outside, False, _("ancaman")),
            )
        ),
    ]


def raw(differences: tuple[float, float]) -> Finding:
    """That X and Y are no raw differences; `differences`: S - W and O - T of the raw scores."""
    return Finding(
        _("X dan Y di sini tidak dapat dibandingkan dengan selisih skor menurut buku lain."),
        detail=_(
            "Skala nilai proyek ini diadaptasi dari David; selisih skor mentah dari buku lain "
            "adalah angka yang berbeda, di sini S − W {inner} dan O − T {outer}."
        ).format(inner=number(differences[0], sign=True), outer=number(differences[1], sign=True)),
    )


def where(place: Position, found: pd.DataFrame, around: pd.DataFrame, scope: str = "") -> Finding:
    """What outweighs what, what to do first, and what stands behind it.

    As long as the quadrant is unclear, what is known of each side. `found`, `around`: the claims
    of this stage and of the external one; `scope`: whom they speak for, where not for the city.
    """
    row = claims.of_kind(found, figures.QUADRANT).iloc[0]
    ends = [claims.of_kind(table, figures.BALANCE).iloc[0] for table in (found, around)]
    said = _(ADVICE[place.quadrant])
    if row["level"] == levels.UNCLEAR:
        said = "; ".join(end["sentence"] for end in ends)
        said = said[:1].upper() + said[1:]
    if scope:
        said = _("{said} – {scope}").format(said=said, scope=scope)
    quoted = ledger.quoted(row, "" if claims.few(row) else said + ".")
    return replace(
        quoted,
        detail=_("X = {x}; Y = {y}; {firm}; pada sumbu yang lebih lemah: {detail}").format(
            x=number(place.x, sign=True),
            y=number(place.y, sign=True),
            firm=_firm(row["agree"]),
            detail=quoted.detail,
        ),
    )

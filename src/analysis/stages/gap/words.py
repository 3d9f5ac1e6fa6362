"""What the gap answers say, in words."""

import pandas as pd

from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.gap import figures, ipa, obstacles
from analysis.text import _, listing, number, percent


def heading_largest(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a ranking shows: whether one sub-dimension leads; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    names = known.set_index("item")["name"]
    first = claims.sure(found, figures.LEADING_ITEM, above=True)
    if len(first):
        return _("Kesenjangan berbobot tertinggi: {name}").format(name=names[first[0]])
    return _("Tidak ada subdimensi yang pasti berkesenjangan terbesar")


def heading_dumbbell(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture from present to target shows; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    if known["low"].isna().all():
        return _("Dari kondisi sekarang ke sasaran menurut satu unit, tanpa selang")
    above = len(claims.sure(found, figures.ITEM, above=True))
    if above == len(known):
        return _("Sasaran pasti di atas kondisi sekarang pada semua subdimensi")
    return _("Sasaran pasti di atas kondisi sekarang pada {count} dari {all} subdimensi").format(
        count=above, all=len(known)
    )


def heading_dimensions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the dimensions shows: which surely have a gap; `found`: the claims."""
    if table["low"].isna().all():
        return _("Rerata kesenjangan tanpa selang: kurang dari dua unit menjawab")
    above = table[table["dimension"].isin(claims.sure(found, figures.BY_DIMENSION, above=True))]
    if above.empty:
        return _("Tidak ada dimensi yang kesenjangannya pasti di atas nol")
    if len(above) == len(table):
        return _("Kesenjangan pasti di atas nol pada semua dimensi")
    return _("Kesenjangan pasti di atas nol pada {names}").format(
        names=listing(above["dimension_name"])
    )


def heading_groups(table: pd.DataFrame) -> str:
    """Whether one dimension has the largest mean gap in every group of units."""
    groups = table[table["group"] != "city"].dropna(subset="mean")
    if groups.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    largest = lead.ends(groups, "mean", "group")
    names = list(dict.fromkeys(largest["dimension_name"]))
    if largest["group"].nunique() == 1:
        return _("Rerata kesenjangan terbesar pada {name} (satu kelompok unit)").format(
            name=listing(names)
        )
    if len(names) == 1:
        return _("Rerata kesenjangan {name} terbesar di semua kelompok unit").format(name=names[0])
    return _("Dimensi dengan rerata kesenjangan terbesar di setiap kelompok: {names}").format(
        names=listing(names)
    )


def key_figures(
    gaps: pd.DataFrame,
    quadrants: pd.DataFrame,
    named: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[dict]:
    """The city's mean gap, the largest weighted gap, the sure priorities, the first obstacle.

    `quadrants`: from `ipa.importance_performance`; `named`: from `obstacles.obstacles`; `found`:
    the table of claims.
    """
    ranked, counted = figures.ranking(gaps, figures.WEIGHTED, confidence), obstacles.overall(named)
    first, top = ranked.iloc[0], counted.iloc[0]
    return [
        _figure(
            figures.city(gaps, figures.GAP, confidence),
            _("rerata kesenjangan kota (tingkat)"),
            confidence,
        ),
        _figure(
            first,
            _("kesenjangan berbobot tertinggi: {name}").format(
                name=lead.named(ranked, "mean", "name") or "–"
            ),
            confidence,
        ),
        ipa.figure(quadrants, found),
        {
            "shown": percent(top["share"]),
            "label": _("hambatan tersering: {name}").format(
                name=lead.named(counted, "count", "obstacle_name") if top["n"] else "–"
            ),
            "detail": obstacles.certainty(top, confidence),
            "value": float(top["share"]) if top["n"] else None,
        },
    ]


def _figure(row: pd.Series, label: str, confidence: float) -> dict:
    return aggregate.key_figure(row["mean"], label, row["low"], row["high"], row["n"], confidence)


def findings(
    gaps: pd.DataFrame, quadrants: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95
) -> list[str]:
    """What the gap answers say, in sentences computed from the figures.

    `quadrants`: from `ipa.importance_performance`; `found`: the table of claims.
    """
    return [
        overall(gaps, found, confidence),
        lead.leading(found, figures.LEADING_ITEM, _("kesenjangan berbobot"), confidence),
        lead.leading(found, figures.LEADING_DIMENSION, _("rerata kesenjangan"), confidence),
        lead.groups_apart(found, figures.GROUPS, _("rerata kesenjangan"), confidence),
        ipa.finding(quadrants, found),
        obstacles.finding(gaps, found, confidence),
        claims.finding(found),
        _(
            "Kondisi sekarang dan sasaran adalah penilaian unit sendiri, bukan hasil pengukuran; "
            "sasaran adalah keinginan unit untuk lima tahun mendatang, bukan target resmi."
        ),
    ]


def overall(gaps: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> str:
    """The city's mean gap in a sentence; `found`: the table of claims."""
    row = figures.city(gaps, figures.GAP, confidence)
    if not row["n"]:
        return _("Kesenjangan tidak dapat dihitung: belum ada kondisi dan sasaran yang terisi.")
    mean = row["mean"]
    details = aggregate.in_sentence(row, confidence)
    if len(claims.sure(found, figures.CITY, above=True)):
        words = _(
            "Sasaran lima tahun rata-rata {mean} tingkat di atas kondisi sekarang ({details})."
        )
    elif len(claims.sure(found, figures.CITY, above=False)):
        mean = -mean
        words = _(
            "Sasaran lima tahun rata-rata {mean} tingkat di bawah kondisi sekarang ({details})."
        )
    else:
        words = _("Rerata kesenjangan {mean} tingkat; data belum memastikan arahnya ({details}).")
    return words.format(mean=number(mean), details=details)

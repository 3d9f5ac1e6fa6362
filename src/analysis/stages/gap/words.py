"""What the gap answers say, in words."""

from dataclasses import replace

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.gap import figures, ipa, obstacles
from analysis.text import _, listing, number, percent


def heading_largest(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a ranking shows: how surely one sub-dimension leads; `found`: the table of claims."""
    if ranked["mean"].isna().all():
        return _("Belum ada kesenjangan yang dapat dihitung")
    level = [*claims.of_kind(found, figures.LEADING_ITEM)["level"], UNCLEAR][0]
    first, known = int((ranked["rank_low"] == 1).sum()), int(ranked["mean"].notna().sum())
    if level == UNCLEAR and first > 1:
        return _(
            "Belum jelas kesenjangan berbobot mana yang tertinggi: {first} dari {all} subdimensi "
            "dapat menempati tempat itu"
        ).format(first=first, all=known)
    words = {
        CLEAR: _("Kesenjangan berbobot jelas tertinggi: {name}"),
        LIKELY: _("Kesenjangan berbobot cenderung tertinggi: {name}"),
        UNCLEAR: _("Kesenjangan berbobot tertinggi menurut rerata: {name}"),
    }[level]
    return words.format(name=lead.named(ranked, "mean", "name"))


def heading_dumbbell(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture from present to target shows; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    if known["low"].isna().all():
        return _("Dari kondisi sekarang ke sasaran menurut satu unit, tanpa selang")
    clear, likely = (len(at(found, figures.ITEM, True)) for at in (claims.clear, claims.likely))
    if clear == len(known):
        words = _("Sasaran jelas di atas kondisi sekarang pada semua subdimensi yang dijawab")
    elif clear:
        words = _("Sasaran jelas di atas kondisi sekarang pada {clear} dari {all} subdimensi")
    elif likely:
        words = _("Sasaran cenderung di atas kondisi sekarang pada {likely} dari {all} subdimensi")
    else:
        words = _("Dari rerata kondisi sekarang ke rerata sasaran setiap subdimensi")
    return words.format(clear=clear, likely=likely, all=len(known))


def heading_dimensions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the dimensions shows: which clearly have a gap; `found`: the claims."""
    if table["mean"].isna().all():
        return _("Belum ada kesenjangan yang dapat dihitung")
    if table["low"].isna().all():
        return _("Rerata kesenjangan tanpa selang: kurang dari dua unit menjawab")
    for at, words in (
        (claims.clear, _("Kesenjangan jelas di atas nol pada {names}")),
        (claims.likely, _("Kesenjangan cenderung di atas nol pada {names}")),
    ):
        above = table[table["dimension"].isin(at(found, figures.BY_DIMENSION, True))]
        if len(above):
            names = listing(above["dimension_name"])
            every = len(above) == len(table)
            return words.format(names=_("semua dimensi") if every else names)
    return _("Rerata kesenjangan setiap dimensi")


def heading_groups(table: pd.DataFrame) -> str:
    """Whether one dimension has the largest mean gap in every group of units, by its figure."""
    words = (
        _("Belum ada kesenjangan yang dapat dihitung"),
        _("Rerata kesenjangan terbesar pada {name} (satu kelompok unit)"),
        _("Rerata kesenjangan {name} terbesar di semua kelompok unit"),
        _("Dimensi dengan rerata kesenjangan terbesar di setiap kelompok: {names}"),
    )
    return lead.in_groups(table, "mean", "dimension_name", words)


def key_figures(
    found: pd.DataFrame,
    weighted: pd.DataFrame,
    quadrants: pd.DataFrame,
    named: pd.DataFrame,
    whom: str,
    confidence: float = 0.95,
) -> list[dict]:
    """The mean gap, the largest weighted gap, the clear priorities, the first obstacle.

    `found`: the table of claims; `weighted`: from `figures.ranking`; `quadrants`: from
    `ipa.placed`; `named`: from `obstacles.obstacles`; `whom`: whom they speak for.
    """
    label = _("rerata kesenjangan {whom} (tingkat)").format(whom=whom)
    rows = claims.of_kind(found, figures.CITY)
    if rows.empty:
        return [{"shown": "–", "label": label, "detail": _("belum ada jawaban"), "value": None}]
    mean, first, counted = rows.iloc[0], weighted.iloc[0], obstacles.overall(named)
    top, ends = counted.iloc[0], ["low", "high", "n"]
    return [
        ledger.figure(mean, label),
        aggregate.key_figure(
            first["mean"],
            _("kesenjangan berbobot tertinggi: {name}").format(
                name=lead.named(weighted, "mean", "name")
            ),
            *first[ends],
            confidence=confidence,
        ),
        ipa.figure(quadrants),
        {
            "shown": percent(top["share"]),
            "label": _("hambatan tersering: {name}").format(
                name=lead.named(counted, "count", "obstacle_name") if top["n"] else "–"
            ),
            "detail": obstacles.certainty(top, confidence),
            "value": float(top["share"]) if top["n"] else None,
        },
    ]


def findings(
    found: pd.DataFrame,
    weighted: pd.DataFrame,
    dimensions: pd.DataFrame,
    quadrants: pd.DataFrame,
    named: pd.DataFrame,
    whom: str,
) -> list[Finding]:
    """What the gap answers say; the frames are those of `key_figures` and `dimensions`."""
    first = overall(found, whom)
    if weighted["mean"].isna().all():
        return [first]
    largest = lead.named(weighted, "mean", "name")
    dimension = lead.named(dimensions, "mean", "dimension_name")
    return [
        first,
        _first(found, figures.LEADING_ITEM, largest, _("kesenjangan berbobot")),
        _first(found, figures.LEADING_DIMENSION, dimension, _("rerata kesenjangan")),
        lead.groups_apart(found, figures.GROUPS, _("rerata kesenjangan")),
        ipa.finding(quadrants, found),
        *ipa.apart(quadrants, weighted),
        obstacle(found, named),
        Finding(
            _("Kondisi sekarang dan sasaran adalah penilaian unit sendiri."),
            detail=_(
                "Keduanya bukan hasil pengukuran; sasaran adalah keinginan unit untuk lima tahun "
                "mendatang, bukan target resmi."
            ),
        ),
        ledger.finding(found),
    ]


def overall(found: pd.DataFrame, whom: str) -> Finding:
    """The mean gap in a sentence; `found`: the table of claims."""
    rows = claims.of_kind(found, figures.CITY)
    if rows.empty:
        return Finding(_("Belum ada jawaban tentang kesenjangan."))
    row = rows.iloc[0]
    if row["level"] == UNCLEAR:
        words = _(
            "Sasaran lima tahun {whom} rata-rata {signed} tingkat dari kondisi sekarang; arahnya "
            "belum jelas."
        )
    elif row["above"]:
        words = _("Sasaran lima tahun {whom} rata-rata {mean} tingkat di atas kondisi sekarang.")
    else:
        words = _("Sasaran lima tahun {whom} rata-rata {mean} tingkat di bawah kondisi sekarang.")
    mean, signed = number(abs(row["value"]), 1), number(row["value"], 1, sign=True)
    return ledger.quoted(row, words.format(whom=whom, mean=mean, signed=signed))


def obstacle(found: pd.DataFrame, named: pd.DataFrame) -> Finding:
    """Whether one obstacle is named most; `named`: from `obstacles.obstacles`."""
    counted = obstacles.overall(named)
    if not counted["n"].any():
        return Finding(_("Hambatan utama belum disebut oleh satu unit pun."))
    name = lead.named(counted, "count", "obstacle_name")
    return _first(found, obstacles.LEADING, name, _("penyebutan sebagai hambatan utama"))


def _first(found: pd.DataFrame, kind: str, name: str, what: str) -> Finding:
    """How surely one leads; where that is unclear, `name` is first by its figure alone."""
    finding = lead.leading(found, kind, what)
    if finding.level != UNCLEAR:
        return finding
    words = _("{name} tertinggi dalam {what} menurut angkanya, tetapi urutannya dapat berganti.")
    return replace(finding, headline=words.format(name=name, what=what))

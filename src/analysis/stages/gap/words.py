"""What the gap answers say, in words."""

from dataclasses import replace

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.gap import figures, ipa, obstacles
from analysis.text import _, listed, listing, number, percent

SHOWN = 3  # names in one sentence


def heading_largest(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a ranking shows: which sub-dimensions lead or may lead; `found`: the claims."""
    if ranked["mean"].isna().all():
        return _("Belum ada kesenjangan yang dapat dihitung")
    level = [*claims.of_kind(found, figures.LEADING_ITEM)["level"], UNCLEAR][0]
    first = leaders(ranked, found)
    words = {
        CLEAR: _("Kesenjangan berbobot jelas tertinggi: {names}"),
        LIKELY: _("Kesenjangan berbobot cenderung tertinggi: {names}"),
        UNCLEAR: _("Dapat berkesenjangan berbobot tertinggi: {names}"),
    }[level]
    return words.format(names=listed(first["name"], SHOWN))


def heading_dumbbell(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture from present to target shows; `found`: the table of claims."""
    known = ranked.dropna(subset="mean")
    if known.empty:
        return _("Belum ada kesenjangan yang dapat dihitung")
    if known["n"].max() < 2:
        return _("Dari kondisi sekarang ke sasaran menurut satu perangkat daerah, tanpa selang")
    clear, likely = (len(at(found, figures.ITEM, True)) for at in (claims.clear, claims.likely))
    if clear == len(known):
        words = _("Semua subdimensi yang dijawab jelas di bawah sasarannya")
    elif clear:
        words = _("{clear} dari {all} subdimensi jelas di bawah sasarannya")
    elif likely:
        words = _("{likely} dari {all} subdimensi cenderung di bawah sasarannya")
    else:
        words = _("Dari rerata kondisi sekarang ke rerata sasaran setiap subdimensi")
    return words.format(clear=clear, likely=likely, all=len(known))


def heading_dimensions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the dimensions shows: which clearly have a gap; `found`: the claims."""
    if table["mean"].isna().all():
        return _("Belum ada kesenjangan yang dapat dihitung")
    if table["n"].max() < 2:
        return _("Rerata kesenjangan tanpa selang: kurang dari dua perangkat daerah menjawab")
    for at, every, words in (
        (
            claims.clear,
            _("Semua dimensi jelas di bawah sasarannya"),
            _("Jelas di bawah sasarannya: {names}"),
        ),
        (
            claims.likely,
            _("Semua dimensi cenderung di bawah sasarannya"),
            _("Cenderung di bawah sasarannya: {names}"),
        ),
    ):
        above = table[table["dimension"].isin(at(found, figures.BY_DIMENSION, True))]
        if len(above) == len(table):
            return every
        if len(above):
            return words.format(names=listing(above["dimension_name"]))
    return _("Rerata kesenjangan setiap dimensi")


def heading_groups(table: pd.DataFrame) -> str:
    """Whether one dimension has the largest mean gap in every group of units, by its figure."""
    words = (
        _("Belum ada kesenjangan yang dapat dihitung"),
        _("Rerata kesenjangan terbesar pada {name} (satu kelompok)"),
        _("Rerata kesenjangan {name} terbesar di semua kelompok"),
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


def overall(found: pd.DataFrame, whom: str, levels: int) -> Finding:
    """The mean gap in a sentence; `found`: the table of claims; `levels`: how many there are."""
    rows = claims.of_kind(found, figures.CITY)
    if rows.empty:
        return Finding(_("Belum ada jawaban tentang kesenjangan."))
    row = rows.iloc[0]
    if claims.few(row) and row["value"]:
        words = _("Terlalu sedikit perangkat daerah untuk menilai jarak {whom} ke sasaran.")
    elif row["level"] == UNCLEAR:
        words = _("Sasaran lima tahun {whom} belum jelas di atas atau di bawah kondisi sekarang.")
    elif row["above"]:
        words = _(
            "Dalam lima tahun {whom} ingin naik rata-rata {mean} tingkat pada skala {levels} "
            "tingkat."
        )
    else:
        words = _("Sasaran lima tahun {whom} rata-rata {mean} tingkat di bawah kondisi sekarang.")
    mean = number(abs(row["value"]), 1)
    return ledger.quoted(row, words.format(whom=whom, mean=mean, levels=levels))


def largest(ranked: pd.DataFrame, found: pd.DataFrame) -> Finding:
    """The sub-dimensions that have, or may have, most before them; `ranked`: as in `leaders`."""
    rows = claims.of_kind(found, figures.LEADING_ITEM)
    if rows.empty:
        return lead.leading(found, figures.LEADING_ITEM, _("kesenjangan berbobot"))
    row, first = rows.iloc[0], leaders(ranked, found)
    words = {
        CLEAR: _("Pekerjaan terbesar: {names}."),
        LIKELY: _("Pekerjaan yang cenderung terbesar: {names}."),
        UNCLEAR: _("Yang dapat menjadi pekerjaan terbesar: {names}."),
    }[row["level"]]
    quote = ledger.quoted(row, words.format(names=listed(first["name"], SHOWN)))
    told = [
        _("Menurut jarak ke sasaran dikalikan kepentingannya."),
        *(
            _("{name} masuk tiga besar pada {share} sampel ulang.").format(name=name, share=share)
            for name, share in zip(first["name"], map(percent, first["leading"]), strict=True)
            if share != "–"
        ),
        _("Selisih dengan yang terdekat: {detail}").format(detail=quote.detail),
    ]
    return replace(quote, detail=" ".join(told))


def leaders(ranked: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The sub-dimensions that lead, or may lead as long as it is unclear which does.

    `ranked`: from `figures.ranking`; `found`: the claims.
    """
    sure = claims.of_kind(found, figures.LEADING_ITEM)["level"].isin([CLEAR, LIKELY]).any()
    return lead.ends(ranked, "mean") if sure else ranked[ranked["rank_low"] == 1]


def obstacle(found: pd.DataFrame, named: pd.DataFrame) -> Finding:
    """Which obstacles are named most, and how surely; `named`: from `obstacles.obstacles`."""
    most = obstacles.most(named, SHOWN)
    if most.empty:
        return Finding(_("Hambatan utama belum disebut oleh satu perangkat daerah pun."))
    row = claims.of_kind(found, obstacles.LEADING).iloc[0]
    words = {
        CLEAR: _("{first} paling sering disebut sebagai hambatan utama."),
        LIKELY: _("{first} cenderung paling sering disebut sebagai hambatan utama."),
        UNCLEAR: _("Hambatan yang paling sering disebut: {names}."),
    }[row["level"]]
    names = listed(most["obstacle_name"], SHOWN)
    quote = ledger.quoted(row, words.format(first=most["obstacle_name"].iloc[0], names=names))
    shares = [f"{r.obstacle_name} {percent(r.share)}" for r in most.itertuples(index=False)]
    detail = _("{shares} dari {n} jawaban. Selisih dengan yang terdekat: {detail}")
    told = detail.format(shares=listing(shares), n=most["n"].iloc[0], detail=quote.detail)
    return replace(quote, detail=told)


def judged() -> Finding:
    """That nothing here was measured."""
    return Finding(
        _("Kondisi sekarang dan sasaran adalah penilaian perangkat daerah sendiri."),
        detail=_(
            "Keduanya bukan hasil pengukuran; sasaran adalah keinginan perangkat daerah untuk lima "
            "tahun mendatang, bukan target resmi."
        ),
    )

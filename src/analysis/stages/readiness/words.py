"""What the readiness answers say, in words."""

import pandas as pd

from analysis.methods import agreement
from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.readiness import figures
from analysis.text import _, interval, listed, listing, number, percent


def key_figures(
    scores: pd.DataFrame, found: pd.DataFrame, threshold: float, confidence: float = 0.95
) -> list[dict]:
    """The index, the sub-elements with the lowest and highest mean, and how many are surely below.

    `found`: the table of claims (`claims.table`).
    """
    index = figures.city(scores, figures.INDEX, confidence).iloc[0]
    branches = figures.city(scores, figures.SUBELEMENT, confidence).dropna(subset="mean")
    keys = [_figure(index, _("Indeks kesiapan kota (1–5)"), confidence)]
    for lowest, label in (
        (True, _("rerata terendah: {name}")),
        (False, _("rerata tertinggi: {name}")),
    ):
        for _i, row in lead.ends(branches, "mean", lowest=lowest)[:1].iterrows():
            names = lead.named(branches, "mean", "name", lowest)
            keys.append(_figure(row, label.format(name=names), confidence))
    count = len(claims.sure(found, figures.THRESHOLD, above=False))
    keys.append(
        {
            "shown": str(count),
            "label": _("subelemen pasti di bawah ambang {threshold}").format(
                threshold=number(threshold, 1)
            ),
            "detail": _("uji t, koreksi Holm; dari {n} subelemen").format(n=len(branches)),
            "value": count,
        }
    )
    return keys


def _figure(row: pd.Series, label: str, confidence: float) -> dict:
    return aggregate.key_figure(row["mean"], label, row["low"], row["high"], row["n"], confidence)


def headline(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> str:
    """What a picture of all sub-elements against the threshold shows; `found`: the claims."""
    count = len(claims.sure(found, figures.THRESHOLD, above=False))
    if not count:
        return _("Tidak ada subelemen yang pasti di bawah ambang {threshold}").format(
            threshold=number(threshold, 1)
        )
    return _("{count} dari {all} subelemen pasti di bawah ambang {threshold}").format(
        count=count, all=len(branches), threshold=number(threshold, 1)
    )


def lowest_everywhere(groups: pd.DataFrame) -> str:
    """Whether one sub-element is the lowest in every group of units."""
    groups = groups[groups["group"] != "city"].dropna(subset="mean")
    if groups.empty:
        return _("Belum ada jawaban tentang kesiapan")
    lowest = lead.ends(groups, "mean", "group", lowest=True)
    if lowest["id"].nunique() == 1:
        return _("Rerata {name} terendah di setiap kelompok unit").format(
            name=lowest["name"].iloc[0]
        )
    return _("Subelemen dengan rerata terendah di setiap kelompok: {names}").format(
        names=listed(lowest["name"])
    )


def findings(
    scores: pd.DataFrame,
    alpha: agreement.Alpha | None,
    threshold: float,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the readiness answers say, in sentences; `found`: the table of claims."""
    branches = figures.city(scores, figures.SUBELEMENT, confidence)
    if not branches["n"].any():
        return [overall(scores, confidence)]
    return [
        below(branches, found, threshold),
        overall(scores, confidence),
        lead.groups_apart(found, figures.GROUPS, _("indeks kesiapan"), confidence),
        reliable(alpha, confidence),
        claims.finding(found),
        _(
            "Angka-angka ini penilaian unit atas dirinya sendiri. Pada satu kasus terbit "
            "(Denpasar 2018) indeks SPBE hasil penilaian sendiri 1,03 lebih tinggi daripada "
            "hasil penilai luar; bandingkan dengan indeks SPBE resmi."
        ),
    ]


def overall(scores: pd.DataFrame, confidence: float = 0.95) -> str:
    """The city's index in a sentence."""
    index = figures.city(scores, figures.INDEX, confidence).iloc[0]
    if not index["n"]:
        return _("Belum ada jawaban tentang kesiapan.")
    return _("Indeks kesiapan kota {mean} pada skala 1–5 ({details}).").format(
        mean=number(index["mean"]), details=aggregate.in_sentence(index, confidence)
    )


def reliable(alpha: agreement.Alpha | None, confidence: float = 0.95) -> str:
    """How reliable the indicators are as one scale, and what that presumes."""
    if alpha is None:
        return _(
            "Alfa Cronbach tidak dihitung: terlalu sedikit unit yang menjawab, atau jawabannya "
            "tidak beragam."
        )
    return _(
        "Alfa Cronbach {alpha} (selang Feldt {confidence}: {interval}; n = {n}): ukuran keandalan "
        "yang menganggap semua indikator mencerminkan satu hal."
    ).format(
        alpha=number(alpha.alpha),
        confidence=percent(confidence),
        interval=interval(*alpha.interval),
        n=alpha.n,
    )


def below(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> str:
    """Which branches surely lie below the threshold; `found`: the table of claims."""
    low = branches[branches["id"].isin(claims.sure(found, figures.THRESHOLD, above=False))]
    if low.empty:
        return _(
            "Data ini tidak menunjukkan subelemen yang pasti di bawah ambang {threshold} (uji t, "
            "koreksi Holm)."
        ).format(threshold=number(threshold, 1))
    names = listing(
        f"{row.name} ({number(row.mean)}; {interval(row.low, row.high)}; n = {row.n})"
        for row in _rows(low.sort_values("mean"))
    )
    return _(
        "Pasti di bawah ambang {threshold} (uji t, koreksi Holm): {names}; di dalam kurung rerata, "
        "selang, dan n."
    ).format(names=names, threshold=number(threshold, 1))


def _rows(frame: pd.DataFrame):
    return frame.itertuples(index=False)

"""What is said of an index by the city itself and by an assessor, and of both in other places."""

from collections.abc import Iterator, Mapping

import pandas as pd

from analysis import levels as sure
from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import index_figures as figures
from analysis.stages.whole.assessment import BETWEEN, OTHER, OWN
from analysis.text import _, interval, listing, number

FEW = 3  # published pairs that a title names one by one


def heading(title: str, compared: pd.DataFrame, levels: pd.DataFrame, count: int) -> str:
    """The index by both, or why it has no value by the assessor.

    `title`: what it is called; `compared`, `levels`: see `assessment`; `count`: its indicators.
    """
    whole, given = compared.iloc[0], int(levels[OTHER].notna().sum())
    if not given:
        return _("Belum ada penilaian dari luar atas {index}").format(index=title)
    if pd.isna(whole[OTHER]):
        said = _("{index} menurut penilai luar tidak dihitung: {given} dari {count} dinilai")
        return said.format(index=title, given=given, count=count)
    if pd.isna(whole[OWN]):
        said = _("{index} menurut penilai luar {other}; penilaian sendiri tidak dihitung")
        return said.format(index=title, other=number(whole[OTHER]))
    said = _("{index}: sendiri {own}, penilai luar {other}, selisih {difference}")
    return said.format(
        index=title,
        own=number(whole[OWN]),
        other=number(whole[OTHER]),
        difference=number(whole[BETWEEN], sign=True),
    )


def heading_parts(title: str, levels: pd.DataFrame) -> str:
    """What the table of parts shows; `levels`: see `assessment.both`."""
    if not levels[OTHER].notna().any():
        return _("Belum ada penilaian dari luar atas {index}").format(index=title)
    return _("{index} dan aspeknya menurut kota dan menurut penilai luar").format(index=title)


def heading_differing(levels: pd.DataFrame) -> str:
    """On how many indicators the two differ, and in which direction; `levels`: see `both`."""
    apart = levels[BETWEEN].dropna()
    if apart.empty:
        return _("Belum ada indikator yang dinilai keduanya")
    if (apart == 0).all():
        return _("Kota dan penilai luar sama pada semua {count} indikator").format(count=len(apart))
    said = _(
        "{count} dari {all} indikator berbeda: {above} lebih tinggi dan {below} lebih rendah "
        "menurut kota"
    )
    return said.format(**_counts(apart))


def _counts(apart: pd.Series) -> dict[str, int]:
    above, below = int((apart > 0).sum()), int((apart < 0).sum())
    return {"all": len(apart), "count": above + below, "above": above, "below": below}


def findings(
    title: str, compared: pd.DataFrame, levels: pd.DataFrame, count: int
) -> Iterator[Finding]:
    """The index by both as a sentence; nothing where no assessor said anything. See `heading`."""
    if not levels[OTHER].notna().any():
        return
    said, whole = heading(title, compared, levels, count) + ".", compared.iloc[0]
    detail = heading_differing(levels) + "."
    if pd.isna(whole[BETWEEN]):
        yield Finding(said, detail=detail)
        return
    own, other = number(whole[OWN], 1), number(whole[OTHER], 1)
    if own == other:
        words = _("{index} menurut kota dan menurut penilai luar hampir sama: {own}.")
    elif whole[BETWEEN] > 0:
        words = _(
            "{index} menurut kota {own}, lebih tinggi daripada menurut penilai luar: {other}."
        )
    else:
        words = _(
            "{index} menurut kota {own}, lebih rendah daripada menurut penilai luar: {other}."
        )
    alone = _("Satu pasang angka, tanpa selang.")
    yield Finding(
        words.format(index=title, own=own, other=other), detail=f"{said} {alone} {detail}"
    )


def key_figures(title: str, compared: pd.DataFrame, bands: Mapping[str, float]) -> list[dict]:
    """The index by the assessor, where it has a value; `bands`: see `figures.predicate`."""
    value = compared[OTHER].iloc[0]
    if pd.isna(value):
        return []
    detail = _("penilai luar, {predicate}").format(predicate=figures.predicate(value, bands))
    return [{"shown": number(value), "label": title, "detail": detail, "value": float(value)}]


def heading_published(pairs: pd.DataFrame) -> str:
    """How far both values lay apart elsewhere; `pairs`: see `assessment.published`."""
    if len(pairs) > FEW:
        said = _("Di {count} tempat dan tahun lain selisihnya dari {low} sampai {high}")
        low, high = (number(end, sign=True) for end in (pairs[BETWEEN].min(), pairs[BETWEEN].max()))
        return said.format(count=len(pairs), low=low, high=high)
    each = [
        f"{row.area_name} {row.year} {number(row.level_difference, sign=True)}"
        for row in pairs.itertuples()
    ]
    return _("Selisih yang pernah terbit: {pairs}").format(pairs=listing(each))


def note_published(pairs: pd.DataFrame) -> str:
    """What such pairs can tell; `pairs`: see `assessment.published`."""
    few = _("Selisih: nilai sendiri − nilai penilai luar.")
    if (pairs[BETWEEN] > 0).any() and (pairs[BETWEEN] < 0).any():
        words = _(
            "Tandanya ada yang plus dan ada yang minus: mengutip satu pasang saja menyesatkan."
        )
        return f"{few} {words}"
    return (
        few + " " + _("Beberapa pasang tidak menunjukkan ke arah mana kota pada umumnya menilai.")
    )


def of_cities(estimates: pd.DataFrame, confidence: float) -> list[Finding]:
    """What cities that have both values of an index say of themselves on average, an index each.

    `estimates`: from `assessment.mean_differences`.
    """
    return [_of_cities(row, confidence) for _at, row in estimates.iterrows()]


def _of_cities(row: pd.Series, confidence: float) -> Finding:
    title, shown = row["index_name"], number(row["value"], sign=True)
    if pd.isna(row["low"]):
        pairs = _("n = {n}, tanpa selang").format(n=row["n"])
        words = _("{index}: baru {n} kota dengan nilai sendiri dan nilai penilai luar.")
        if row["over"] != "city" and row["n"] > 1:
            words = _("{index}: baru {n} periode satu kota dengan nilai sendiri dan penilai luar.")
        detail = _("Rerata selisih (sendiri − penilai luar) {value}; {pairs}.")
        said = words.format(index=title, n=row["n"])
        return Finding(said, sure.UNCLEAR, detail=detail.format(value=shown, pairs=pairs))
    detail = _(
        "Rerata selisih (sendiri − penilai luar) {value}, selang {sure} {interval}, n = {n} kota."
    )
    if row["over"] != "city":
        detail = _(
            "Rerata selisih (sendiri − penilai luar) {value}, selang {sure} {interval}, "
            "n = {n} periode satu kota."
        )
    detail = detail.format(
        value=shown,
        sure=f"{confidence * 100:g}%",
        interval=interval(row["low"], row["high"]),
        n=row["n"],
    )
    if row["low"] <= 0 <= row["high"]:
        words = _(
            "{index}: belum jelas apakah kota menilai diri lebih tinggi daripada penilai luar."
        )
        return Finding(words.format(index=title), sure.UNCLEAR, detail=detail)
    if row["value"] > 0:
        words = _("{index}: kota menilai diri lebih tinggi daripada penilai luar.")
    else:
        words = _("{index}: kota menilai diri lebih rendah daripada penilai luar.")
    return Finding(words.format(index=title), sure.LIKELY, detail=detail)


def heading_cities(estimates: pd.DataFrame, confidence: float) -> str:
    """What the table of pairs shows: the mean differences, or that there are none."""
    if estimates.empty:
        return _("Belum ada kota yang juga dinilai penilai luar")
    said = (finding.detail.rstrip(".") for finding in of_cities(estimates, confidence))
    return "; ".join(said)

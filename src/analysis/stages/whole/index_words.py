"""What is said of an index."""

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import index_figures as figures
from analysis.stages.whole.index_figures import Value
from analysis.text import _, number


def heading(title: str, published: pd.DataFrame) -> str:
    """How the city's published index moved, from the first year that is used to the last.

    `title`: what the index is called; `published`: from `figures.official`.
    """
    points = figures.used(published)
    if points.empty:
        return _("Belum ada {index} resmi kota yang dipakai").format(index=title)
    first, last = points.iloc[0], points.iloc[-1]
    before, now = number(first["value"], 1), number(last["value"], 1)
    if before == now:
        words = _("{index} resmi kota {now} pada {year}")
    elif last["value"] > first["value"]:
        words = _(
            "{index} resmi kota naik dari {before} menjadi {now}, kini berpredikat {predicate}"
        )
    else:
        words = _(
            "{index} resmi kota turun dari {before} menjadi {now}, kini berpredikat {predicate}"
        )
    return words.format(
        index=title, before=before, now=now, year=last["year"], predicate=last["predicate"]
    )


def finding(title: str, found: Value | None, published: pd.DataFrame, asked: bool) -> Finding:
    """The published index, and the self-assessed one beside it.

    `asked`: whether those who assess it are among the units.
    """
    points = figures.used(published)
    told = "; ".join(
        f"{row.year}: {number(row.value)} ({row.predicate})" for row in points.itertuples()
    )
    own = _own(found, asked)
    if points.empty and found is not None:
        said = _("{index} menurut penilaian sendiri {value}, berpredikat {predicate}.")
        value = number(found.total, 1)
        headline = said.format(index=title, value=value, predicate=found.predicate)
        return Finding(headline, detail=own)
    detail = " ".join([told + "."] * bool(told) + [own])
    return Finding(heading(title, published) + ".", detail=detail)


def _own(found: Value | None, asked: bool) -> str:
    if found is not None:
        said = _("Penilaian sendiri {value} ({predicate}; n = 1, tanpa selang).")
        return said.format(value=number(found.total), predicate=found.predicate)
    if asked:
        return _("Penilaian sendiri tidak dihitung: belum semua indikator terisi.")
    return _("Penilaian sendiri tidak dihitung: penilainya tidak termasuk pilihan ini.")


def key_figures(title: str, found: Value | None, published: pd.DataFrame) -> list[dict]:
    """The self-assessed index, and the last published one that is used."""
    shown = []
    if found is not None:
        detail = _("penilaian sendiri, {predicate}; n = 1, tanpa selang")
        shown.append(_figure(title, found.total, detail.format(predicate=found.predicate)))
    points = figures.used(published)
    if len(points):
        last = points.iloc[-1]
        detail = _("resmi {year}, {predicate}")
        told = detail.format(year=last["year"], predicate=last["predicate"])
        shown.append(_figure(title, last["value"], told))
    return shown


def _figure(title: str, value: float, detail: str) -> dict:
    return {"shown": number(value), "label": title, "detail": detail, "value": float(value)}

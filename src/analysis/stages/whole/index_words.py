"""What is said of an index."""

from typing import Any

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import index_figures as figures
from analysis.stages.whole.index_figures import Value
from analysis.text import _, listing, number


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


def finding(
    title: str, found: Value | None, published: pd.DataFrame, indicators: pd.DataFrame
) -> Finding:
    """The published index, and the self-assessed one beside it.

    `indicators`: from `figures.by_indicator`.
    """
    points = figures.used(published)
    told = "; ".join(
        f"{row.year}: {number(row.value)} ({row.predicate})" for row in points.itertuples()
    )
    own = _own(found, indicators)
    if points.empty and found is not None:
        said = _("{index} menurut penilaian sendiri {value}, berpredikat {predicate}.")
        value = number(found.total, 1)
        headline = said.format(index=title, value=value, predicate=found.predicate)
        return Finding(headline, detail=own)
    detail = " ".join([told + "."] * bool(told) + [own])
    return Finding(heading(title, published) + ".", detail=detail)


def _own(found: Value | None, indicators: pd.DataFrame) -> str:
    if found is not None:
        said = _("Penilaian sendiri {value} ({predicate}; n = 1, tanpa selang).")
        return said.format(value=number(found.total), predicate=found.predicate)
    if indicators["unit"].isna().any():
        return _("Penilaian sendiri tidak dihitung: tidak semua penilainya termasuk pilihan ini.")
    said = _("Penilaian sendiri tidak dihitung: baru {n} dari {all} indikator yang terisi.")
    return said.format(n=indicators["level"].count(), all=len(indicators))


def cautions(index: Any) -> list[Finding]:
    """The trap in an index that its readers have to know, if there is one: its first sentence."""
    said, mark, detail = _(index.caution).partition(". ")
    return [Finding(said + mark.strip(), detail=detail)] if said else []


def notes(index: Any) -> list[Finding]:
    """How sure it is what an index is made of."""
    unsure = sum(len(table.unverified) for table in index.tables)
    said = _("{n} dari {all} nama indikator belum dipastikan (bertanda *).")
    source = _("Dasar: {source}.").format(source=index.source)
    detail = " ".join(filter(None, [source, _(index.note)]))
    return [Finding(said.format(n=unsure, all=len(index.items)), detail=detail)]


def heading_coverage(indicators: pd.DataFrame) -> str:
    """How many indicators were answered; `indicators`: from `figures.by_indicator`."""
    said = _("{n} dari {all} indikator terjawab")
    return said.format(n=indicators["level"].count(), all=len(indicators))


def covered(indicators: pd.DataFrame, coverage: pd.DataFrame) -> Finding:
    """How many indicators were answered, and which units have some left; from `figures`."""
    left = coverage[coverage["items_answered"] < coverage["items_asked"]]
    told = listing(f"{r.unit_name} ({r.items_asked - r.items_answered})" for r in left.itertuples())
    detail = _("Belum: {units}.").format(units=told) if len(left) else ""
    return Finding(heading_coverage(indicators) + ".", detail=detail)


def key_figures(
    title: str, found: Value | None, published: pd.DataFrame, indicators: pd.DataFrame
) -> list[dict]:
    """The self-assessed index, or how far it is answered, and the last published one in use."""
    shown = []
    if found is None:
        n, of_all = indicators["level"].count(), len(indicators)
        label = _("indikator {index} terjawab").format(index=title)
        told = _("{n} dari {all}").format(n=n, all=of_all)
        detail = _("penilaian sendiri belum dihitung")
        shown.append({"shown": told, "label": label, "detail": detail, "value": float(n)})
    else:
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

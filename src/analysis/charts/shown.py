"""What a chart hands over: the picture with its data and its words for those who cannot see it."""

import base64
from collections.abc import Callable
from html import escape
from typing import Any

import pandas as pd

from analysis import tables
from analysis.charts.canvas import NARROW, WIDE, Canvas, Form
from analysis.charts.lettering import GAP, clean, lacking
from analysis.columns import declared, keys
from analysis.exhibits import NARROW_SVG, Exhibit
from analysis.levels import CLEAR
from analysis.text import _, listed, listing

_FEW = 6  # clear rows; of more only the number is told


def written(column: str, digits: int) -> int | str:
    """The format of a chart's figures: so many digits, unless their column is one of shares."""
    known = declared().get(column)
    return "percent" if known and known.format == "percent" else digits


def ordered(names: pd.Series, values: pd.Series, form: int | str = 2, suffix: str = "") -> str:
    """Which are the highest and the lowest, by name and value, as sentences; ties are told.

    `form`: the format of the values, see `tables.cell`.
    """
    known = values.astype(float).reset_index(drop=True).dropna()
    if known.empty:
        return _("Tanpa nilai.")
    shown = [tables.cell(v, form) + suffix for v in known]
    at = {v: [clean(names.iloc[i]) for i, s in zip(known.index, shown, strict=True) if s == v]
          for v in (shown[known.argmax()], shown[known.argmin()])}  # fmt: skip
    if len(at) == 1:
        value, all = next(iter(at.items()))
        return _("Sama semua: {names} ({value}).").format(names=listed(all, 3), value=value)
    (high, most), (low, least) = at.items()
    return _("Tertinggi: {most} ({high}); terendah: {least} ({low}).").format(
        most=listed(most, 3), high=high, least=listed(least, 3), low=low
    )


def with_clear(text: str, frame: pd.DataFrame, level: str, name: str) -> str:
    """The words for a picture, and which of its rows are clear."""
    if not level:
        return text
    clear = frame[level].astype(str).eq(CLEAR)
    said = _("Jelas: {clear} dari {n}.").format(clear=clear.sum(), n=len(frame))
    if 0 < clear.sum() <= _FEW:
        names = listing(map(clean, frame.loc[clear, name]))
        said = _("Jelas {clear} dari {n}: {names}.").format(
            clear=clear.sum(), n=len(frame), names=names
        )
    return f"{text} {said}"


def exhibit(
    draw: Callable[[Form], Canvas],
    chart: str,
    data: pd.DataFrame,
    *,
    title: str,
    note: str,
    source: str | None,
    alt: str | None,
    said: str,
) -> Exhibit:
    """The chart drawn in both forms, with its data; its note tells what no letter could draw.

    `said`: what the picture shows besides its title, for those who cannot see it and have no `alt`.
    Where rows of its data stand for claims, ``claims`` has their ids, a text for each row.
    """
    note = " ".join(filter(None, [note, _told(data)]))
    alt = alt or f"{title.rstrip('.')}. {said}"
    content = {"kind": "chart", "chart": chart, "title": title, "alt": alt}
    content |= {"note": note, "source": tables.sourced(data, source), **tables.grid(data)}
    if "claims" in data.attrs:
        content["claims"] = data.attrs["claims"]
    figure = draw(WIDE)
    png = figure.png(title, note, str(content["source"]))
    svg, narrow = figure.svg(title), draw(NARROW).svg(title)
    encoded = base64.b64encode(svg.encode()).decode()
    html = (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{encoded}"></figure>'
    )
    media = {"image/svg+xml": svg, NARROW_SVG: narrow, "image/png": png}
    return Exhibit(content, html, media, figure)


def parts(data: pd.DataFrame, names: pd.Series) -> dict[Any, str]:
    """The gid of the marks of each row, by its name: the group it is of, as ``part-1``.

    The numbers are places in the ``groups`` of its keys (see `columns.keys`). `names`: of the row
    that each row of the data is drawn in; one that is drawn of several groups has none.
    """
    known = data.attrs["keys"]
    places = {group: f"part-{at}" for at, (group, _name) in enumerate(known.get("groups", ()), 1)}
    found: dict[Any, set[str]] = {}
    for name, (_item, scope) in zip(names, known.get("rows", ()), strict=False):
        found.setdefault(name, set()).add(places.get(scope, ""))
    return {name: min(of) for name, of in found.items() if len(of) == 1 and min(of)}


def _told(data: pd.DataFrame) -> str:
    texts = [*data.columns, *data.select_dtypes(exclude="number").to_numpy().ravel()]
    letters = lacking(" ".join(map(str, texts)))
    if not letters:
        return ""
    return _(
        "Tanda {gap} menggantikan huruf yang tidak dapat digambar ({letters}); tulisan lengkapnya "
        "ada pada tabel angka gambar ini."
    ).format(gap=GAP, letters=" ".join(letters[:12]) + (" …" if len(letters) > 12 else ""))


def columns(frame: pd.DataFrame, *names: str | None, level: str = "") -> pd.DataFrame:
    """The columns drawn, each once; yes and no as words, and how sure each row is (level_name).

    A column `claim`, ids of claims, is no part of the data but comes along for `exhibit`.
    """
    data = frame[list(dict.fromkeys(n for n in names if n))]
    flags = data.select_dtypes("bool").columns
    data = data.assign(**{f: data[f].map({True: _("ya"), False: _("tidak")}) for f in flags})
    if level:
        data["level_name"] = [tables.chip(sure) or None for sure in frame[level]]
    data.attrs["keys"] = keys(frame)
    if "claim" in frame:
        data.attrs["claims"] = frame["claim"].fillna("").astype(str).tolist()
    return data

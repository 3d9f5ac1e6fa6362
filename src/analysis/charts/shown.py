"""What a chart hands over: the picture with its data and its words for those who cannot see it."""

import base64
from html import escape

import pandas as pd

from analysis import tables
from analysis.charts.canvas import Canvas
from analysis.charts.lettering import GAP, clean, lacking
from analysis.columns import keys
from analysis.exhibits import Exhibit
from analysis.levels import CLEAR
from analysis.text import _, number


def extremes(names: pd.Series, values: pd.Series, digits: int = 2) -> str:
    """The highest and the lowest by name and value, as part of a sentence."""
    known = values.astype(float).reset_index(drop=True).dropna()
    if known.empty:
        return _("tanpa nilai")
    most, least = known.idxmax(), known.idxmin()
    return _("tertinggi {most} ({high}), terendah {least} ({low})").format(
        most=clean(names.iloc[most]),
        high=number(known[most], digits),
        least=clean(names.iloc[least]),
        low=number(known[least], digits),
    )


def with_clear(text: str, frame: pd.DataFrame, level: str) -> str:
    """The words for a picture, and how many of its rows are clear."""
    if not level:
        return text
    clear = frame[level].astype(str).eq(CLEAR).sum()
    return text + " " + _("Jelas: {clear} dari {n}.").format(clear=clear, n=len(frame))


def exhibit(
    figure: Canvas,
    chart: str,
    data: pd.DataFrame,
    *,
    title: str,
    note: str,
    source: str | None,
    alt: str,
) -> Exhibit:
    """The finished chart with the data that it shows; its note tells what no letter could draw.

    Where rows of its data stand for claims, ``claims`` has their ids, a text for each row.
    """
    note = " ".join(filter(None, [note, _told(data)]))
    content = {"kind": "chart", "chart": chart, "title": title, "alt": alt}
    content |= {"note": note, "source": tables.sourced(data, source), **tables.grid(data)}
    if "claims" in data.attrs:
        content["claims"] = data.attrs["claims"]
    png, svg = figure.png(), figure.svg(title)
    encoded = base64.b64encode(svg.encode()).decode()
    html = (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{encoded}"></figure>'
    )
    return Exhibit(content, html, {"image/svg+xml": svg, "image/png": png}, figure)


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

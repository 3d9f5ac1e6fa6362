"""What a chart hands over: the picture with its data and its words for those who cannot see it."""

import base64
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from html import escape
from inspect import signature
from typing import Any, ParamSpec, cast

import pandas as pd
from matplotlib.figure import Figure

from analysis import exhibits, formats, grids, tables
from analysis.columns import declared, keys, ours
from analysis.drawing import framed
from analysis.drawing.canvas import NARROW, WIDE, Canvas, Form, floats
from analysis.drawing.lettering import GAP, clean, lacking
from analysis.drawing.style import styled
from analysis.exhibits import NARROW_SVG, Exhibit
from analysis.levels import CLEAR
from analysis.refusals import only, unknown
from analysis.text import _, listed, listing

_Params = ParamSpec("_Params")
_FEW = 6  # clear rows; of more only the number is told


def kind(draw: Callable[_Params, Exhibit]) -> Callable[_Params, Exhibit]:
    """Draw in our style, and from an index or columns of several levels as from plain columns."""

    inner: Any = draw
    parameters = signature(draw).parameters

    @wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Exhibit:
        only(kwargs, parameters)
        if args:
            return inner(grids.plain(args[0]), *args[1:], **kwargs)
        if "frame" in kwargs:
            kwargs["frame"] = grids.plain(kwargs["frame"])
        return inner(**kwargs)

    return styled(cast(Callable[_Params, Exhibit], drawn))


def written(frame: pd.DataFrame, column: str, digits: int | None, *others: str) -> int | str:
    """The format of a chart's figures.

    So many digits, unless their column is declared as one of shares; without a number those that
    are declared, or else as few as tell them and the `others` apart: see `formats.few`.
    """
    known = declared().get(column) if column in ours(frame) else None
    if known and known.format == "percent":
        return "percent"
    if digits is not None:
        return digits
    if known and isinstance(known.format, int):
        return 0 if pd.api.types.is_integer_dtype(frame[column]) else known.format
    return formats.few(floats(frame, column, *others)[[column, *others]])


def whole(form: int | str) -> int:
    """The digits of figures that are no shares, whatever is declared."""
    return form if isinstance(form, int) else 2


def ordered(names: pd.Series, values: pd.Series, form: int | str = 2, suffix: str = "") -> str:
    """Which are the highest and the lowest, by name and value, as sentences; ties are told.

    `form`: the format of the values, see `formats.cell`.
    """
    known = values.astype(float).reset_index(drop=True).dropna()
    if known.empty:
        return _("Tanpa nilai.")
    shown = [formats.cell(v, form) + suffix for v in known]
    at = {v: [clean(names.iloc[i]) for i, s in zip(known.index, shown, strict=True) if s == v]
          for v in (shown[known.argmax()], shown[known.argmin()])}  # fmt: skip
    if len(at) == 1:
        value, all = next(iter(at.items()))
        same = known.max() - known.min() < 1e-9
        said = _("Sama semua: {names} ({value}).") if same else _("Hampir sama: {names} ({value}).")
        return said.format(names=listed(all, 3), value=value)
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
    about: tuple[Sequence[str], str],
    *,
    title: str,
    note: str,
    source: str | None,
    alt: str | None,
    said: str,
) -> Exhibit:
    """The chart drawn in both forms, with its data; its note tells what no letter could draw.

    `about`: the columns that it shows, and by what, from which comes a plain title where there is
    none. `said`: what the picture shows besides its title, for those who cannot see it and have no
    `alt`. Where rows of its data stand for claims, ``claims`` has their ids, a text for each row.
    """
    note = " ".join(filter(None, [note, _told(data)]))
    drawn = grids.grid(data)
    title = title or _titled(drawn, *about)
    alt = alt or f"{title.rstrip('.')}. {said}"
    content = {"kind": "chart", "chart": chart, "title": title, "alt": alt}
    content |= {"note": note, "source": grids.sourced(data, source), **drawn}
    if "claims" in data.attrs:
        content["claims"] = data.attrs["claims"]
    return handed(content, draw(WIDE), draw(NARROW))


def handed(content: dict[str, Any], figure: Figure, narrow: Figure | None = None) -> Exhibit:
    """A picture with its content as an exhibit; without a `narrow` form it is none of ours."""
    title = content["title"]
    # The SVG last: only then do things stand in the figure where its own canvas has them.
    media = {}
    if exhibits.with_points():
        media["image/png"] = framed.png(figure, title, content["note"], str(content["source"]))
    media["image/svg+xml"] = svg = framed.svg(figure, title)
    if narrow is not None:
        media[NARROW_SVG] = framed.svg(narrow, title)
    encoded = base64.b64encode(svg.encode()).decode()
    html = (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<img alt="{escape(content["alt"])}" src="data:image/svg+xml;base64,{encoded}"></figure>'
    )
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


def _titled(drawn: Mapping[str, Any], values: Sequence[str], by: str) -> str:
    """What is shown, and by what, in the headings of their columns."""
    heads = {column["key"]: column["label"] for column in drawn["columns"]}
    shown = listed((heads.get(value, value) for value in values), 3)
    return _("{values} menurut {name}").format(values=shown, name=heads.get(by, by))


def checked(frame: pd.DataFrame, *names: str | None) -> list[str]:
    """The columns that are named, each once. Raises ValueError for one that there is not."""
    chosen = list(dict.fromkeys(name for name in names if name))
    for name in chosen:
        if name not in frame:
            raise unknown(_("Kolom"), name, frame.columns)
    return chosen


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

    A column `claim`, ids of claims, is no part of the data but comes along for `exhibit`. Raises
    ValueError for a column that there is not.
    """
    data = frame[checked(frame, *names)]
    flags = data.select_dtypes("bool").columns
    data = data.assign(**{f: data[f].map({True: _("ya"), False: _("tidak")}) for f in flags})
    if level:
        data["level_name"] = [tables.chip(sure) or None for sure in frame[level]]
        data.attrs["declared"] = (*data.attrs.get("declared", ()), "level_name")
    data.attrs["keys"] = keys(frame)
    if "claim" in frame:
        data.attrs["claims"] = frame["claim"].fillna("").astype(str).tolist()
    return data

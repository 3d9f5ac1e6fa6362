"""One look for every chart: colours, markers, type."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, wraps
from types import MappingProxyType
from typing import Any, NamedTuple, ParamSpec, TypeVar

import matplotlib
import pandas as pd
from matplotlib.colors import to_rgb

from analysis.levels import CLEAR

_Params = ParamSpec("_Params")
_Returned = TypeVar("_Returned")

INK, MUTED, LINE = "#1d1d1f", "#5f5f66", "#e4e1db"
WHITE, PAPER = "#ffffff", "#fbfaf7"
RED, TEAL = "#9e1b1e", "#1f5f6b"  # attention, data
PALE_RED, PALE_TEAL, BAND = "#f8eded", "#e9f0f1", "#f3f1eb"
GREY = "#85858c"  # what is not clear
CROSS = "#8a867c"  # lines that a position is read from

# From pale to dark, and from the lowest to the highest of five levels. Every shade carries INK or
# WHITE, and its counterpart in the dark (`DARK`) the counterpart of the same.
SHADES = (
    "#eaf2f3", "#cedee2", "#b1cbd0", "#94b8be", "#78a4ad", "#467a86", "#346671", "#21515d",
    "#0f3d48",
)  # fmt: skip
LEVELS = ("#8f2a1d", "#cf7865", "#918d85", "#5f99a3", "#1a5360")

# Text is measured in the first font, which matplotlib brings along; the others are no wider.
FONT = "DejaVu Sans"
FONTS = f"'{FONT}', Verdana, 'Segoe UI', Roboto, sans-serif"
SIZE, SMALL = 10, 9  # points

RC: dict[Any, object] = {
    "axes.axisbelow": True,
    "axes.edgecolor": LINE,
    "axes.labelcolor": MUTED,
    "axes.labelsize": SMALL,
    "axes.spines.left": False,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": FONT,
    "font.size": SIZE,
    "grid.color": LINE,
    "grid.linewidth": 0.8,
    "svg.fonttype": "none",
    "svg.hashsalt": "masterplan",
    "text.color": INK,
    "text.hinting": "none",  # widths as browsers give them, at any size
    "text.parse_math": False,
    "xtick.color": LINE,
    "xtick.labelcolor": MUTED,
    "xtick.labelsize": SMALL,
    "xtick.major.size": 0,
    "ytick.color": LINE,
    "ytick.labelcolor": MUTED,
    "ytick.labelsize": SMALL,
    "ytick.major.size": 0,
}


class Cue(NamedTuple):
    """How a category is told apart: by colour, and by marker for those who see no colour."""

    colour: str
    marker: str


DATA, ATTENTION = Cue(TEAL, "o"), Cue(RED, "o")

# Hues of Okabe and Ito (2008), Color Universal Design, made darker where they could not be seen
# (3:1) on paper, and as far apart for the colour-blind as theirs.
BLUE, PINK, AMBER, GREEN, SKY, VERMILION = (
    "#1f4e96", "#cf6aa6", "#a88600", "#00966a", "#1f86e5", "#a5340c",
)  # fmt: skip
DIMENSIONS = {
    "governance": Cue(BLUE, "o"),
    "branding": Cue(PINK, "s"),
    "economy": Cue(AMBER, "D"),
    "living": Cue(GREEN, "^"),
    "society": Cue(SKY, "v"),
    "environment": Cue(VERMILION, "P"),
}
# STEEP and PESTEL share most of their categories, so these look the same in both; what is also a
# dimension looks like it.
FORCES = {
    "political": Cue(BLUE, "o"),
    "economic": Cue(AMBER, "D"),
    "social": Cue(SKY, "v"),
    "technological": Cue(GREEN, "^"),
    "environmental": Cue(VERMILION, "P"),
    "legal": Cue(PINK, "s"),
}
_INDONESIAN = dict(
    zip(("politik", "ekonomi", "sosial", "teknologi", "lingkungan", "hukum"), FORCES, strict=True)
)
_KNOWN = DIMENSIONS | FORCES
COLOURS = [BLUE, AMBER, GREEN, PINK, VERMILION, SKY, "#8a8172"]
_MARKERS = ["o", "s", "^", "D", "v", "P", "X", "p"]

DARK = {
    INK: "#ececee", MUTED: "#abacb4", LINE: "#3a3c42", GREY: "#9a9aa2", CROSS: "#85858c",
    WHITE: "#1e2024", RED: "#f0928c", TEAL: "#86c5d0", PALE_RED: "#331d1c", PALE_TEAL: "#1a2b2e",
    BAND: "#2a2c31",
    BLUE: "#7f9ff0", PINK: "#f0a8d0", AMBER: "#e0c050", GREEN: "#3fc79b", SKY: "#6cc4ff",
    VERMILION: "#f0734a",
} | dict(zip(SHADES, (
    "#24353a", "#284248", "#2c4e56", "#315b64", "#356872", "#6aaebb", "#8ac4ce", "#a9d9e2",
    "#c9eff5",
), strict=True)) | dict(zip(LEVELS, (
    "#ffb4a8", "#9a5042", "#6b6963", "#3b6f7a", "#9fdbe6",
), strict=True))  # fmt: skip
"""What each colour of a picture turns into where the reader's screen is dark."""


Groups = Mapping[str, str]
"""The groups of units, by id what people call them, in the order of the house."""


def cues(values: pd.Series, groups: Groups = MappingProxyType({})) -> dict[str, Cue]:
    """A cue for each category of a column, in the order of a key.

    Dimensions keep their own everywhere, by id or by name, and groups of units that of their place
    in the house; any other takes the next colour and marker in order of appearance, or of a
    categorical.
    """
    present = list(dict.fromkeys(values.dropna()))
    if isinstance(values.dtype, pd.CategoricalDtype):
        present = [v for v in values.cat.categories if v in present]
    places = _places(groups)
    if all(value in places for value in present):
        return {value: _next(places[value]) for value in sorted(present, key=places.__getitem__)}
    keys = {value: _key(value) for value in present}
    if all(key in _KNOWN for key in keys.values()):
        order = sorted(present, key=lambda value: list(_KNOWN).index(keys[value]))
        return {value: _KNOWN[keys[value]] for value in order}
    return {value: _next(at) for at, value in enumerate(present)}


def _next(at: int) -> Cue:
    return Cue(COLOURS[at % len(COLOURS)], _MARKERS[at % len(_MARKERS)])


def _places(groups: Groups) -> dict[object, int]:
    """The place of each group in the house, by its id and by its name."""
    return {called: at for at, names in enumerate(groups.items()) for called in names}


def _key(value: object) -> str:
    word = str(value).casefold().removeprefix("smart ").split(" ")[-1]
    return _INDONESIAN.get(word, word)


def named_cues(frame: pd.DataFrame, name: str) -> list[Cue]:
    """The cue of each row, named after a dimension or a group of units; else that of plain data.

    The groups are those in the frame's `attrs`, as frames of stages have them.
    """
    places = _places(frame.attrs.get("groups", {}))
    return [
        _next(places[value]) if value in places else DIMENSIONS.get(_key(value), DATA)
        for value in frame[name]
    ]


def row_cues(frame: pd.DataFrame, category: str | None) -> tuple[dict[str, Cue], list[Cue]]:
    """The cues of a column's categories, and that of each row; without a column, no categories."""
    if category is None:
        return {}, [DATA] * len(frame)
    kinds = cues(frame[category], frame.attrs.get("groups", {}))
    return kinds, [kinds.get(value, DATA) for value in frame[category]]


def by_level(marks: Sequence[Cue], levels: Sequence | None) -> list[Cue]:
    """Each mark in grey, of the same shape, unless its level is clear; as it is without levels."""
    if levels is None:
        return list(marks)
    return [
        mark if str(level) == CLEAR else mark._replace(colour=GREY)
        for mark, level in zip(marks, levels, strict=True)
    ]


def styled(kind: Callable[_Params, _Returned]) -> Callable[_Params, _Returned]:
    """Draw in this style, whatever the reader's own settings."""

    @wraps(kind)
    def draw(*args: _Params.args, **kwargs: _Params.kwargs) -> _Returned:
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(RC)
            return kind(*args, **kwargs)

    return draw


def contrast(one: str | tuple, other: str | tuple) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    bright, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


@lru_cache(4096)
def ink_on(colour: str | tuple) -> str:
    """White, ink or black: the first that can be read (4.5:1) on a colour."""
    readable = (text for text in (INK, WHITE) if contrast(text, colour) >= 4.5)
    return next(readable, "#000000")


def _luminance(colour: str | tuple) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""How the workbooks look: one palette, a few named styles, and estimates of row heights."""

from textwrap import wrap

from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook

INK, MUTED, LINE, PAPER = "#1d1d1f", "#5f5f66", "#d8d4cb", "#fbfaf7"
RED, TEAL, BAR = "#9e1b1e", "#1f5f6b", "#a9cfd3"
ASKED, FILLED, DOUBT = "#fff7d6", "#e0eff0", "#f6dcd9"
OPEN = "#ffd94a"  # a cell that is to be mended, among others that are locked

_TEXT = {"text_wrap": True, "valign": "vcenter"}
_CELL = _TEXT | {"border": 1, "border_color": LINE}
STYLES: dict[str, dict[str, object]] = {
    "band": {"bg_color": INK, "bottom": 5, "bottom_color": RED},
    "mark": {
        "indent": 1,
        "bg_color": RED,
        "font_color": "white",
        "bold": True,
        "valign": "vcenter",
    },
    "title": {"indent": 1, "bold": True, "font_size": 16, "valign": "vcenter"},
    "section": {"indent": 1, "bold": True, "font_size": 13, "valign": "vcenter"},
    "muted": {"indent": 1, "font_color": MUTED, "valign": "vcenter"},
    "text": _TEXT | {"valign": "top"},
    "guide": _TEXT | {"indent": 1},
    "legend": {"indent": 1, "valign": "vcenter", "bg_color": PAPER, "font_size": 10},
    "count": {"bold": True, "font_size": 13, "font_color": TEAL, "align": "right"}
    | {"valign": "vcenter"},
    "link": {"font_color": TEAL, "underline": 1, "valign": "vcenter"},
    "back": {"font_color": TEAL, "underline": 1, "align": "right", "valign": "vcenter"},
    "heading": _CELL
    | {"bold": True, "bg_color": "#ebe8e1", "bottom": 2, "bottom_color": INK, "indent": 1},
    "asking": _CELL
    | {"bold": True, "bg_color": TEAL, "font_color": "white", "align": "center"}
    | {"bottom": 2, "bottom_color": INK},
    "code": _CELL | {"font_color": MUTED, "align": "center", "font_size": 10},
    "label": _CELL | {"font_color": MUTED, "indent": 1},
    "statement": _CELL | {"indent": 1},
    "strong": {"bold": True},
    "digit": {"bold": True, "font_color": RED},
    "plain": {},
    "go": _CELL | {"font_color": TEAL, "underline": 1, "bold": True, "indent": 1},
    "step": {"font_color": RED, "bold": True, "align": "center", "valign": "top"},
    "value": _CELL | {"bold": True, "indent": 1, "align": "left"},
    "number": _CELL | {"align": "center", "bold": True, "font_color": TEAL},
    "share": _CELL | {"align": "center", "num_format": "0%", "bold": True},
    "read": _CELL | {"font_color": TEAL, "italic": True, "indent": 1, "font_size": 10},
    # Answer cells: the only ones that are not locked.
    "answer": _CELL | {"locked": False, "indent": 1, "align": "left"},
    "choice": _CELL | {"locked": False, "align": "center"},
    "scale": _CELL | {"locked": False, "align": "center", "bold": True, "font_size": 12},
    "amount": _CELL | {"locked": False, "num_format": "#,##0"},
    "money": _CELL | {"locked": False, "num_format": "#,##0.0"},
    "day": _CELL
    | {"locked": False, "indent": 1, "align": "left", "num_format": "[$-421]d mmmm yyyy"},
    "asked": {"bg_color": ASKED},
    "open": {"bg_color": OPEN, "border_color": INK},
    "fixed": {"locked": True},
    "reason": _CELL | {"indent": 1, "bg_color": "#fff4c2"},
    "mend": _CELL
    | {"bold": True, "bg_color": OPEN, "bottom": 2, "bottom_color": INK, "align": "center"},
    # Conditional formats.
    "filled": {"bg_color": FILLED},
    "missing": {"bg_color": ASKED},
    "doubt": {"bg_color": DOUBT, "font_color": RED},
    "done": {"font_color": TEAL},
}


class Styles:
    """The formats of one workbook: ``style("scale", "asked")`` combines named styles."""

    def __init__(self, book: Workbook):
        self._book = book
        self._made: dict[tuple[str, ...], Format] = {}

    def __call__(self, *names: str) -> Format:
        if names not in self._made:
            looks: dict[str, object] = {}
            for name in names:
                looks |= STYLES[name]
            self._made[names] = self._book.add_format(looks)
        return self._made[names]


def lines(text: object, width: float) -> int:
    """How many lines a text takes in a column `width` digits wide; letters are narrower."""
    parts = str(text).split("\n")
    return sum(len(wrap(part, max(int(width * 1.08), 1))) or 1 for part in parts)


def height(count: int, least: float = 0) -> float:
    """The height in points of a row with `count` lines and some air."""
    return max(count * 15 + 8, least)

"""What a single answer may be: scales, choices, amounts and texts."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from analysis.text import _

TR, TB = "TR", "TB"  # typed where a row does not apply; the second on older forms
MOST = 1e12  # no answer is a larger number
MEASURES = MILLION_RUPIAH, MONTHS, PEOPLE, COUNT = "million_rupiah", "months", "people", "count"


@dataclass(frozen=True)
class Scale:
    """Whole numbers from `low` to `high`; `labels` says what they mean (all, or some).

    As a text it is its ends: “1–5”.
    """

    low: int
    high: int
    labels: Mapping[int, str]

    what = "scale"

    def __hash__(self) -> int:
        return hash((self.low, self.high, tuple(self.labels.items())))

    def __str__(self) -> str:
        return f"{self.low}–{self.high}"

    @property
    def ends(self) -> tuple[float, float]:
        return float(self.low), float(self.high)

    @property
    def words(self) -> list[str]:
        """What each level means, in the language in use; empty where it means nothing."""
        return [_(self.labels.get(level, "")) for level in self.levels]

    @property
    def spoken(self) -> str:
        """Its ends with what they mean: “1 rintisan – 5 optimum”."""
        words = self.words
        return f"{self.low} {words[0]} – {self.high} {words[-1]}"

    @property
    def levels(self) -> list[int]:
        """Every level, the lowest first."""
        return list(range(self.low, self.high + 1))


@dataclass(frozen=True)
class Anchor:
    """What a level asks for; `verified`: whether that was held against what defines it."""

    text: str
    verified: bool


@dataclass(frozen=True)
class Choice:
    """One category of a scheme, or one of `options`."""

    scheme: str = ""
    options: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        return f"choice {self.scheme}" if self.scheme else " ".join(("options", *self.options))


@dataclass(frozen=True)
class Amount:
    """A number from `minimum` to `maximum`; whole where people or months are counted.

    `measure` is what the methods know it by, `unit` what people read.
    """

    measure: Literal["million_rupiah", "months", "people", "count"]
    unit: str
    minimum: float = 0
    whole: bool = True
    maximum: float = MOST

    @property
    def what(self) -> str:
        return f"amount {self.measure}"


@dataclass(frozen=True)
class Balance:
    """A field that nobody is asked: the level of the difference between two answers of the row.

    Level 1 lies below the first of `bands`, each of which is where the next level begins.
    """

    name: str
    title: str
    plus: str
    minus: str
    bands: tuple[float, ...]

    what = "scale"

    def level(self, plus: float, minus: float) -> int:
        """The level of a difference: 1 and the bands that it reaches."""
        return 1 + bisect_right(self.bands, round(plus - minus, 9))  # 2.0 - 4.4 is -2.4


@dataclass(frozen=True)
class Text:
    """Free text of at most `length` characters; `units`: which may be the name of a unit."""

    length: int
    units: bool = False

    what = "text"


Kind = Scale | Choice | Amount | Text
"""`what` says of each which it is, as ``tables.toml`` does: “scale”, “choice obstacle”, “text”."""


@dataclass(frozen=True)
class Field:
    """One column of a table: its name in code, its heading on the form, what it may hold.

    `width`: of its column on the form, in characters; None: as wide as it needs.
    """

    name: str
    title: str
    kind: Kind
    required: bool = False
    width: float | None = None

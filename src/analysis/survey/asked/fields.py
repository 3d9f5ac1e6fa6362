"""What a single answer may be: scales, choices, amounts and texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TR, TB = "TR", "TB"  # typed where a row does not apply; the second on older forms
MEASURES = MILLION_RUPIAH, MONTHS, PEOPLE, COUNT = "million_rupiah", "months", "people", "count"


@dataclass(frozen=True)
class Scale:
    """Whole numbers from `low` to `high`; `labels` says what they mean (all, or some)."""

    low: int
    high: int
    labels: Mapping[int, str]

    def __hash__(self) -> int:
        return hash((self.low, self.high, tuple(self.labels.items())))

    @property
    def ends(self) -> tuple[float, float]:
        return float(self.low), float(self.high)

    @property
    def levels(self) -> list[int]:
        """Every level, the lowest first."""
        return list(range(self.low, self.high + 1))


@dataclass(frozen=True)
class Choice:
    """One category of a scheme, or one of `options`."""

    scheme: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number of at least `minimum`; whole where people or months are counted.

    `measure` is what the methods know it by, `unit` what people read.
    """

    measure: Literal["million_rupiah", "months", "people", "count"]
    unit: str
    minimum: float = 0
    whole: bool = True


@dataclass(frozen=True)
class Text:
    """Free text of at most `length` characters; `units`: which may be the name of a unit."""

    length: int
    units: bool = False


Kind = Scale | Choice | Amount | Text


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

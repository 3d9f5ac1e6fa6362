"""What a single answer may be: scales, choices, amounts and texts."""

from dataclasses import dataclass

from analysis.text import N_

TB = "TB"  # typed where a row does not apply


@dataclass(frozen=True)
class Scale:
    """Whole numbers from `low` to `high`; `labels` says what they mean (all, or some)."""

    low: int
    high: int
    labels: dict[int, str]

    def __hash__(self) -> int:
        return hash((self.low, self.high, tuple(self.labels.items())))


@dataclass(frozen=True)
class Choice:
    """One category of a scheme, or one of `options`."""

    scheme: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Amount:
    """A number of at least `minimum`, in `unit`; whole where people or months are counted."""

    unit: str
    minimum: float = 0
    whole: bool = True


@dataclass(frozen=True)
class Text:
    """Free text of at most `length` characters."""

    length: int


@dataclass(frozen=True)
class Field:
    """One column of a table: its name in code, its heading on the form, what it may hold."""

    name: str
    title: str
    kind: Scale | Choice | Amount | Text
    required: bool = False


def _scale(*labels: str) -> Scale:
    return Scale(1, len(labels), dict(enumerate(labels, start=1)))


IMPACT = _scale(N_("sangat kecil"), N_("kecil"), N_("sedang"), N_("besar"), N_("sangat besar"))
UNCERTAINTY = _scale(
    N_("sangat pasti"), N_("pasti"), N_("agak pasti"), N_("tidak pasti"), N_("sangat tidak pasti")
)
IMPORTANCE = _scale(
    N_("tidak penting"),
    N_("kurang penting"),
    N_("cukup penting"),
    N_("penting"),
    N_("sangat penting"),
)
EXTERNAL = _scale(
    N_("ancaman besar"), N_("ancaman kecil"), N_("peluang kecil"), N_("peluang besar")
)
INTERNAL = _scale(
    N_("kelemahan besar"), N_("kelemahan kecil"), N_("kekuatan kecil"), N_("kekuatan besar")
)
MATURITY = _scale(
    N_("rintisan"), N_("terkelola"), N_("terdefinisi"), N_("terpadu dan terukur"), N_("optimum")
)
CONDITION = _scale(N_("sangat kurang"), N_("kurang"), N_("cukup"), N_("baik"), N_("sangat baik"))
CONTRIBUTION = _scale(
    N_("sangat kecil"), N_("kecil"), N_("sedang"), N_("besar"), N_("sangat besar")
)
EASE = _scale(N_("sangat sulit"), N_("sulit"), N_("sedang"), N_("mudah"), N_("sangat mudah"))
URGENCY = _scale(
    N_("tidak mendesak"),
    N_("kurang mendesak"),
    N_("cukup mendesak"),
    N_("mendesak"),
    N_("sangat mendesak"),
)
# Saaty (1977): even numbers lie between their neighbours.
SAATY = Scale(
    1,
    9,
    {
        1: N_("sama penting"),
        3: N_("sedikit lebih penting"),
        5: N_("lebih penting"),
        7: N_("jauh lebih penting"),
        9: N_("mutlak lebih penting"),
    },
)
AB = Choice(options=("A", "B"))
COST = Amount(N_("juta rupiah"), whole=False)
DURATION = Amount(N_("bulan"), minimum=1)
BENEFICIARIES = Amount(N_("orang"))
SHORT = Text(120)
LONG = Text(500)

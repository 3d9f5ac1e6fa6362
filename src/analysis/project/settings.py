"""The city and its choices in a period: ``city.toml`` and ``period.toml``, validated whole."""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from analysis.project.entries import Written, validated
from analysis.project.errors import ProjectError
from analysis.project.languages import Translated
from analysis.project.words import ID, called, shaped, words
from analysis.text import N_, _

THOUSANDS = re.compile(r"\+?[1-9]\d{0,2}(\.\d{3})+", re.ASCII)
PERIOD = "[0-9A-Za-z][0-9A-Za-z-]{0,39}"
WRONG_PERIOD = N_("harus angka, huruf, atau tanda hubung, misalnya 2023")
MOST = 1e12  # million rupiah, or weight: beyond it sums lose their meaning


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        said = _(
            "bukan zona waktu; pilihan di Indonesia: Asia/Jakarta (WIB), Asia/Makassar (WITA), "
            "dan Asia/Jayapura (WIT)"
        )
        raise ValueError(said) from None
    return name


def _budget(value: object) -> object:
    if isinstance(value, Written) and THOUSANDS.fullmatch(value.text):
        raise ValueError(
            _("dibaca sebagai {value} juta rupiah; tulis {meant}, tanpa titik ribuan").format(
                value=f"{value:g}", meant=value.text.replace(".", "")
            )
        )
    return value


def _increasing(values: list[int]) -> list[int]:
    if any(later <= earlier for earlier, later in pairwise(values)):
        raise ValueError(_("harus makin besar dari depan ke belakang"))
    return values


def _alone(names: Sequence[str]) -> None:
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(_("disebut dua kali: {names}").format(names=", ".join(sorted(twice))))


def _named(names: list[str]) -> list[str]:
    _alone(names)
    return names


def _elements(elements: list["Element"]) -> list["Element"]:
    _alone([e.id for e in elements])
    return elements


def _bounds(predicates: list["Predicate"]) -> list["Predicate"]:
    """Sorted either way."""
    bounds = [p.minimum for p in predicates]
    falling = bounds[::-1] if bounds[0] > bounds[-1] else bounds
    if any(later <= earlier for earlier, later in pairwise(falling)):
        raise ValueError(_("minimum harus urut, dari yang tertinggi ke yang terendah"))
    _alone([p.name for p in predicates])
    return predicates


def _criteria(quickwin: "QuickWin") -> "QuickWin":
    _alone(quickwin.cost_criteria)
    if unknown := set(quickwin.cost_criteria) - set(quickwin.weights):
        raise ValueError(
            _("cost_criteria tidak ada dalam weights: {names}").format(
                names=", ".join(sorted(unknown))
            )
        )
    return quickwin


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


Weight = Annotated[float, Field(gt=0, le=MOST)]


class _Translated(_Strict, Translated):
    model_config = ConfigDict(extra="allow")


class Element(_Translated):
    """One promise of the city's vision, such as *Sehat*."""

    spoken = ("name",)
    id: ID
    name: Annotated[str, *words(40)]


class Mission(_Translated):
    spoken = ("text",)
    number: Annotated[int, Field(ge=1, le=99)]
    text: Annotated[str, *words(1000)]


class Vision(_Strict):
    text: Annotated[str, *words(500)]
    elements: Annotated[
        list[Element], Field(min_length=1, max_length=12), AfterValidator(_elements)
    ]
    missions: list[Mission] = []


class Thresholds(_Strict):
    """Where scales are cut: levels on their own scale, horizons in months.

    `answered`: the share of its required cells that a unit must have filled to count as answered;
    `response`: the share of the selected units that must have answered for figures to speak for
    them together.
    `evidence`: the level of readiness and SPBE from which evidence is due.
    """

    answered: Annotated[float, Field(gt=0, le=1)] = 0.5
    response: Annotated[float, Field(ge=0, le=1)] = 0.5
    future_cut: float = 3.0
    readiness: float = 2.6
    evidence: int = 3
    consistency: Annotated[float, Field(gt=0, le=1)] = 0.10
    horizons: Annotated[
        list[Annotated[int, Field(ge=1, le=1200)]],
        Field(min_length=4, max_length=4),
        AfterValidator(_increasing),
    ] = [12, 24, 60, 120]


class Limits(_Strict):
    """What one notebook may show, and hold beyond its start, in MB (a million bytes)."""

    output_mb: Annotated[int, Field(ge=1, le=10_000)] = 50
    memory_mb: Annotated[int, Field(ge=100, le=1_000_000)] = 4000


class Publish(_Strict):
    """What public pages show of single units.

    `units`: what judges or ranks them by name. `quotes`: what they wrote, under the name of their
    group ("grouped") or their own ("named"), or nothing that is not released ("withheld").
    """

    units: bool = False
    quotes: Literal["grouped", "named", "withheld"] = "grouped"


class Campaign(_Strict):
    """Until when answers are asked for, how long they take, who asks, and where to ask back.

    What is not set is not said; without a `sender` the coordinating unit is. `approval`: whether
    the head of a unit approves its answers, for which the form then has a place.
    """

    deadline: date | None = None
    sender: Annotated[str, *words(120)] | None = None
    contact: Annotated[str, *words(120)] | None = None
    minutes: Annotated[int, Field(ge=1, le=10_000)] | None = None
    approval: bool = False


class Predicate(_Translated):
    spoken = ("name",)
    name: Annotated[str, *words(60)]
    minimum: float


Predicates = Annotated[list[Predicate], Field(min_length=1, max_length=20), AfterValidator(_bounds)]

Count = Annotated[int, Field(ge=0, le=1000)]


class QuickWin(_Strict):
    """Budget in million rupiah, what a package keeps to, and the criteria with their weights.

    `shortlist`: programmes a dimension in the short list; `least_per_dimension` and
    `most_per_lead`: programmes in the package a dimension has at least and a lead unit at most
    (0: no limit).
    """

    budget: Annotated[float, BeforeValidator(_budget), Field(gt=0, le=MOST)]
    shortlist: Annotated[int, Field(ge=1, le=100)] = 2
    least_per_dimension: Count = 1
    most_per_lead: Count = 3
    cost_criteria: list[str]
    weights: dict[str, Weight]


class _City(_Strict):
    """What no survey changes: ``data/raw/city.toml``."""

    name: Annotated[str, *called(80)]
    province: Annotated[str, *words(80)]
    code: Annotated[str, *words(20)]
    bps_code: Annotated[
        str, *shaped("[0-9A-Za-z.]+", N_("harus kode wilayah BPS, tanpa spasi"), 20)
    ]
    timezone: Annotated[str, AfterValidator(_zone)] = "Asia/Jakarta"
    seed: Annotated[int, Field(ge=0, lt=2**63)] = 2023
    limits: Limits = Limits()
    publish: Publish = Publish()


class _Period(_Strict):
    """What each survey chooses anew: ``data/raw/<period>/period.toml``.

    `closed`: its edition stays as it is. `indices`: those that are assessed, each with a folder in
    the questionnaire's; `predicates`: theirs, where they have none of their own.
    """

    closed: bool = False
    indices: Annotated[list[ID], Field(max_length=20), AfterValidator(_named)] = []
    vision: Vision
    thresholds: Thresholds = Thresholds()
    campaign: Campaign = Campaign()
    predicates: Predicates
    quickwin: Annotated[QuickWin, AfterValidator(_criteria)]


OF_PERIOD = frozenset(_Period.model_fields)


class Settings(_City, _Period):
    """The city and its choices in a period."""


def load(city: tuple[Path, str], period: tuple[Path, str]) -> Settings:
    """The settings in these two files, each given with what people call it.

    Raises ProjectError that lists every wrong entry of both with its row; one that belongs into the
    other is told so.
    """
    found: dict[str, Any] = {}
    wrong = []
    for model, file, other, theirs in (
        (_City, city, _Period, period),
        (_Period, period, _City, city),
    ):
        elsewhere = dict.fromkeys(other.model_fields, theirs[1])
        try:
            found |= dict(validated(model, *file, elsewhere=elsewhere))
        except ProjectError as error:
            wrong.append(str(error))
    if wrong:
        raise ProjectError("\n".join(wrong))
    return Settings.model_construct(**found)

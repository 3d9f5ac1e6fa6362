"""The questionnaire as ``tables.toml`` in its folders has it, each entry valid by itself."""

import re
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, ConfigDict, PrivateAttr
from pydantic import Field as Checked

from analysis.project import Project
from analysis.project.entries import validated
from analysis.project.languages import Translated
from analysis.project.words import ID, words
from analysis.survey.asked.rows import called
from analysis.text import _

NAME = "tables.toml"
SLOT = re.compile(r"[A-Z]{2,6}-[A-Z]?[0-9]{1,3}")


class _Entry(Translated):
    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)
    _folder: Path = PrivateAttr()

    @property
    def folder(self) -> Path:
        """Where its file stands, and those of its items."""
        return self._folder

    @property
    def file(self) -> str:
        """Its file, as people call it."""
        return called(self.folder / NAME)


class Scheme(_Entry):
    spoken = ("title", "heading")
    id: ID
    title: Annotated[str, *words(40)]
    heading: Annotated[str, *words(20)] = ""
    parent: str = ""


class Sheet(_Entry):
    spoken = ("title",)
    id: ID
    title: Annotated[str, *words(31)]  # Excel takes no more


class Field(_Entry):
    spoken = ("title", "unit")
    name: ID | None = None
    title: Annotated[str, *words(60)] = ""
    each: Literal["vision"] | None = None
    scale: str | None = None
    choice: str | None = None
    options: tuple[Annotated[str, *words(40)], ...] | None = Checked(None, strict=False)
    amount: Literal["million_rupiah", "months", "people", "count"] | None = None
    unit: Annotated[str, *words(30)] = ""
    minimum: int | float = 0
    maximum: int | float | None = None
    whole: bool = True
    text: Annotated[int, Checked(ge=1, le=5000)] | None = None
    balance: tuple[ID, ID] | None = Checked(None, strict=False)
    bands: tuple[float, ...] = Checked((), strict=False)
    units: bool = False
    required: bool = False
    width: Annotated[int, Checked(ge=5, le=100)] | None = None

    KINDS: ClassVar = ("scale", "choice", "options", "amount", "text", "balance")


def _one_kind(entry: Field) -> Field:
    """A field is of one kind, and named; one for each of a list takes names from there."""
    if sum(getattr(entry, kind) is not None for kind in Field.KINDS) != 1:
        raise ValueError(_("harus memuat tepat satu dari: {kinds}").format(kinds=_listed()))
    if bool(entry.each) == bool(entry.name and entry.title):
        raise ValueError(_("harus memuat name dan title, atau each saja"))
    if entry.amount and not entry.unit:
        raise ValueError(_("banyaknya memerlukan satuan: unit"))
    if entry.balance and (not entry.bands or list(entry.bands) != sorted(set(entry.bands))):
        raise ValueError(_("selisih memerlukan bands: batas tingkat, makin besar"))
    return entry


def _listed() -> str:
    return ", ".join(Field.KINDS)


def _codes(slots: object) -> object:
    codes = [c for part in slots.values() for c in part] if isinstance(slots, dict) else slots
    if isinstance(codes, list) and (wrong := [c for c in codes if not SLOT.fullmatch(str(c))]):
        told = _("{codes} harus huruf besar, tanda hubung, lalu angka, misalnya QW-1")
        raise ValueError(told.format(codes=", ".join(map(str, wrong))))
    return slots


class Table(_Entry):
    spoken = ("title", "guide")
    name: ID
    sheet: str
    title: Annotated[str, *words(80)]
    guide: Annotated[str, *words(400)]
    scheme: str = ""
    shown: str = ""
    slots: Annotated[dict[str, list[str]] | list[str], AfterValidator(_codes)] = []
    pairs: bool = False
    every: bool = False
    texts: tuple[ID, ...] = Checked((), strict=False)
    tb: bool = False
    owned: bool = False
    items: Annotated[int, Checked(ge=1)] | None = None
    weights: Annotated[float, Checked(gt=0)] | None = None
    fields: Annotated[list[Annotated[Field, AfterValidator(_one_kind)]], Checked(min_length=1)]


class Form(Translated):
    """What ``tables.toml`` holds."""

    model_config = ConfigDict(frozen=True, strict=True)
    schemes: list[Scheme] = []
    sheets: list[Sheet] = []
    tables: Annotated[list[Table], Checked(min_length=1)]


def form(project: Project) -> Form:
    """What the files of the questionnaire's folders hold together, in the order of these.

    Raises ProjectError with file and row of what is not valid.
    """
    parts = [(f, validated(Form, f / NAME, called(f / NAME))) for f in project.questionnaires]
    for folder, part in parts:
        for entry in (*part.schemes, *part.sheets, *part.tables):
            entry._folder = folder
    return Form.model_construct(
        schemes=[s for _folder, part in parts for s in part.schemes],
        sheets=[s for _folder, part in parts for s in part.sheets],
        tables=[t for _folder, part in parts for t in part.tables],
    )

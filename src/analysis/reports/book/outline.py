"""Which chapters the book has, in what order and under what titles: ours, or the city's own.

A city says so in ``data/raw/buku.toml``, and writes chapters of its own in ``data/raw/buku/``: a
file of Markdown for each, under the chapter's id. One that has the id of a chapter that we write
(`OWN`) takes its place.
"""

from base64 import b64encode
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from docx.image.exceptions import UnrecognizedImageError
from docx.image.image import Image
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from analysis.fingerprint import litter
from analysis.project import Project, ProjectError
from analysis.project.entries import validated
from analysis.project.files import read as text_of
from analysis.project.folder import leads_below
from analysis.project.words import words
from analysis.refusals import near
from analysis.reports import prose
from analysis.reports.book.chapters import Chapter
from analysis.reports.book.prose import PICTURES
from analysis.runs.markdown import Token, parse, walk
from analysis.runs.notebook import notebooks
from analysis.text import N_, _, listing

FILE, FOLDER = Path("data/raw/buku.toml"), Path("data/raw/buku")
PREFACE, CONTENTS, INTRODUCTION = "preface", "contents", "introduction"
METHODS, GLOSSARY, BIBLIOGRAPHY = "methods", "glossary", "bibliography"
OWN = {
    PREFACE: N_("Kata Pengantar"),
    CONTENTS: N_("Daftar Isi"),
    INTRODUCTION: N_("Pendahuluan"),
    METHODS: N_("Metode"),
    GLOSSARY: N_("Daftar Istilah"),
    BIBLIOGRAPHY: N_("Daftar Pustaka"),
}


def _known(id: str, info: ValidationInfo) -> str:
    ids: Collection[str] = (info.context or {})["ids"]
    if id not in ids:
        alike = near(id, ids)
        told = _("bukan bab; yang mirip: {ids}") if alike else _("bukan bab; pilihan: {ids}")
        raise ValueError(told.format(ids=listing(alike or sorted(ids))))
    return id


def _once(named: list["Place"]) -> list["Place"]:
    ids = [place.id for place in named]
    if twice := sorted({id for id in ids if ids.count(id) > 1}):
        raise ValueError(_("disebut dua kali: {names}").format(names=", ".join(twice)))
    return named


class Place(BaseModel):
    """One chapter in the book; `title`: as it stands there, with a number or without."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    id: Annotated[str, AfterValidator(_known)]
    title: Annotated[str, *words(200)] = ""


class Outline(BaseModel):
    """All chapters, one after the other: ``[[chapter]]``."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)
    chapter: Annotated[list[Place], Field(min_length=1), AfterValidator(_once)]


def own(project: Project) -> dict[str, Path]:
    """The chapters that the city has written itself, by their ids."""
    folder = project.root / FOLDER
    return {path.stem: path for path in sorted(folder.glob("*.md")) if not litter(path, folder)}


def written(path: Path) -> tuple[str, list[Token]]:
    """The title of a chapter in Markdown, empty where it has none, and what stands below it.

    Raises ProjectError where the file, or a picture that it shows from beside it, cannot be read.
    """
    name = (FOLDER / path.name).as_posix()
    tokens = [t for t in parse(text_of(path, name)) if t["type"] != "blank_line"]
    for token in walk(tokens):
        if token["type"] == "image" and not prose.outside(token["attrs"]["url"]):
            token["attrs"]["forms"] = _picture(path.parent, token["attrs"]["url"], name)
    if tokens and tokens[0]["type"] == "heading" and tokens[0]["attrs"]["level"] == 1:
        return prose.words(tokens[0]["children"]), tokens[1:]
    return "", tokens


def _picture(folder: Path, url: str, name: str) -> dict[str, str]:
    """A picture in a folder by its MIME type, for the file `name` that shows it."""
    path = folder / unquote(url)
    try:
        content = path.read_bytes() if leads_below(path, folder) else b""
        kind = Image.from_blob(content).content_type
    except (OSError, ValueError, UnrecognizedImageError):
        kind = ""
    if kind not in PICTURES:
        said = _("{file}: gambar {picture} harus berkas PNG atau JPEG di dalam {folder}.")
        message = said.format(file=name, picture=url, folder=FOLDER.as_posix())
        raise ProjectError(message) from None
    return {kind: b64encode(content).decode()}


def places(project: Project, found: Sequence[Chapter], missing: Collection[str]) -> list[Place]:
    """The city's outline, or ours of the chapters `found`; `missing`: ids of those not made.

    Raises ProjectError with the row of every wrong entry.
    """
    return read(project, {*(c.id for c in found), *missing}) or _ours(found, missing)


def read(project: Project, stages: Collection[str] = ()) -> list[Place]:
    """The city's outline, empty without one; it may name notebooks of the project and `stages`.

    Raises ProjectError with the row of every wrong entry.
    """
    path = project.root / FILE
    if not path.is_file():
        return []
    several = [n for n in notebooks(project) if n.per or n.of_cities]
    made = [n for n in notebooks(project) if not n.internal and n not in several]
    ids = {*OWN, *own(project), *stages, *(notebook.path.stem for notebook in made)}
    return validated(Outline, path, FILE.as_posix(), {"ids": ids}).chapter


def _ours(found: Sequence[Chapter], missing: Collection[str]) -> list[Place]:
    """What looks over the stages opens the book, the first before the introduction."""
    opening = [c.id for c in found if c.front is not None][:1]
    stages = [*(c.id for c in found if c.id not in opening), *missing]
    ids = [PREFACE, CONTENTS, *opening, INTRODUCTION, *stages, METHODS, GLOSSARY, BIBLIOGRAPHY]
    return [Place.model_construct(id=id) for id in ids]

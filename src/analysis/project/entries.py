"""Files of entries (TOML), validated whole; what is wrong is told with the row where it stands."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from analysis.project import files
from analysis.project.errors import ProjectError, said
from analysis.project.languages import UNTRANSLATED, used
from analysis.project.statements import row
from analysis.text import _

Model = TypeVar("Model", bound=BaseModel)


class Written(float):
    """A number with a decimal point, and how it is written in the file."""

    text: str

    def __new__(cls, text: str) -> "Written":
        number = super().__new__(cls, text)
        number.text = text
        return number


def validated(
    model: type[Model],
    path: Path,
    name: str,
    context: Mapping[str, object] | None = None,
    elsewhere: Mapping[str, str] | None = None,
) -> Model:
    """A file of TOML that people call `name`, as a model; `context` is for its validators.

    `elsewhere`: by entry the file into which it belongs. Raises ProjectError that lists every wrong
    entry with its row, and once each language that few of its texts are in, or none.
    """
    text = files.read(path, name)
    content = parsed(text, name)
    languages = used(content)
    try:
        return model.model_validate(content, context={"languages": languages, **(context or {})})
    except ValidationError as error:
        errors = error.errors()
        lacking = Counter(e["ctx"]["language"] for e in errors if e["type"] == UNTRANSLATED)
        few = {code: n for code, n in lacking.items() if n > languages[code]}
        errors = [e for e in errors if e.get("ctx", {}).get("language") not in few]
        said_once = _(
            "{file}: {count} teks belum ada dalam bahasa “{language}” (isian berakhiran "
            "_{language}); yang sudah ada: {have}."
        )
        wrong = [
            said_once.format(file=name, language=code, count=count, have=languages[code])
            for code, count in few.items()
        ]
        wrong += [
            _("{file}: baris {row}, isian {entry}: {message}").format(
                file=name,
                row=row(text, e["loc"]),
                entry=".".join(map(str, e["loc"])) or "–",
                message=_misplaced(e["loc"], elsewhere or {}) or said(e),
            )
            for e in errors
        ]
        raise ProjectError("\n".join(wrong)) from error


def parsed(text: str, name: str) -> dict[str, Any]:
    """A text as TOML; ProjectError says where the file that people call `name` is none."""
    try:
        return tomllib.loads(text, parse_float=Written)
    except (ValueError, RecursionError) as error:
        raise ProjectError(f"{name}: {_unparsed(str(error))}") from error


def _misplaced(place: Sequence[str | int], elsewhere: Mapping[str, str]) -> str:
    """Where an entry belongs that nobody looks for here; empty for others."""
    there = elsewhere.get(str(place[0])) if len(place) == 1 else None
    return _("tempatnya di {file}; pindahkan ke sana").format(file=there) if there else ""


def _unparsed(error: str) -> str:
    """What tomllib says, in our words: where it is, and what to look for."""
    if re.search("overwrite|twice|declare|mutate|redefine", error):
        told = _("isian atau bagian ini disebut dua kali.")
    else:
        told = _("tidak terbaca; periksa tanda kutip, tanda sama dengan, koma, dan kurung.")
    if at := re.search(r"at line (\d+), column (\d+)", error):
        place = _("baris {row}, huruf ke-{column}").format(row=at[1], column=at[2])
        return f"{place}: {told}"
    return told

"""A settings file as the statements that it is made of, each with the comments above it.

So that statements can be taken elsewhere or left out without a word of the others changing.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Place = tuple[str | int, ...]  # names, and after that of a list which of its entries is meant
_KEY = re.compile(r"\"[^\"]*\"|'[^']*'|[\w-]+")
_REMARKS = re.compile(r"(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*")
_SAID = re.compile(
    r'"{3}(?:\\.|[^\\])*?"{3}|\'{3}.*?\'{3}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
# What stands above a section that is commented out goes with that section.
_OUTCOMMENTED = re.compile(r"\s*#\s*\[+\s*(\w+)")


@dataclass(frozen=True)
class Statement:
    """An entry or the heading of a section, as it is written; `name`: the entry of the file.

    That is the first part of its name: of what stands in ``[quickwin.weights]``, quickwin. A remark
    that belongs to no entry has no name.
    """

    name: str
    text: str


def statements(text: str) -> Iterator[Statement]:
    """The statements of a text that is TOML, in their order; together they are the text."""
    section = above = chunk = ""
    for line in text.splitlines(keepends=True):
        chunk += line
        try:
            said = tomllib.loads(chunk)
        except tomllib.TOMLDecodeError:
            continue  # a list or a text goes on
        if said:
            if chunk.lstrip().startswith("["):
                section = next(iter(said))
            yield Statement(section or next(iter(said)), above + chunk)
            above = ""
        elif chunk.strip():
            above += chunk
        else:  # what was said above an empty line is not said of what comes below
            yield _remark(above + chunk)
            above = ""
        chunk = ""
    if above + chunk:
        yield _remark(above + chunk)


def _remark(text: str) -> Statement:
    outcommented = _OUTCOMMENTED.match(text)
    return Statement(outcommented[1] if outcommented else "", text)


def row(text: str, place: Sequence[str | int]) -> int:
    """The row of a text that is TOML where an entry stands, or else what it is missing in."""
    wanted, best, at, value = tuple(place), 0, 0, ""
    for path, start, written in _placed(text):
        if len(path) > best and wanted[: len(path)] == path:
            best, at, value = len(path), start, written
    bare = _SAID.sub(_covered, value)
    if bare.startswith("["):  # the heading of a section: what is missing there is nowhere
        return text.count("\n", 0, at) + 1
    inside = bare.find("=") + 1
    for part in wanted[best:]:
        found = list(_elements(bare, inside))
        if isinstance(part, str):
            ends = (re.compile(rf"{re.escape(part)}\s*=").match(bare, start) for start in found)
            found = [end.end() for end in ends if end]
            part = 0
        if part >= len(found):
            break
        inside = found[part]
    return text.count("\n", 0, at) + value.count("\n", 0, inside) + 1


def _placed(text: str) -> Iterator[tuple[Place, int, str]]:
    """Of every heading and entry its place, where it begins, and how it is written from there."""
    section: Place = ()
    counts: dict[Place, int] = {}
    start = 0
    for part in statements(text):
        remarks = _REMARKS.match(part.text)
        skipped = remarks.end() if remarks else 0
        at, written = start + skipped, part.text[skipped:]
        start += len(part.text)
        if not written.strip():
            continue
        names = _KEY.findall(written.partition("]" if written[0] == "[" else "=")[0])
        names = [name.strip("\"'") for name in names]
        if written[0] != "[":
            yield (*section, *names), at, written
            continue
        section = ()
        for name in names:
            section += (name,)
            if name is names[-1] and written.startswith("[["):
                counts[section] = counts.get(section, -1) + 1
            if section in counts:
                section += (counts[section],)
        yield section, at, written


def _elements(bare: str, at: int) -> Iterator[int]:
    """Where each entry of the list or table between brackets begins that stands at `at`."""
    depth, fresh = 0, False
    for place in range(at, len(bare)):
        sign = bare[place]
        if sign.isspace():
            continue
        if fresh and sign not in "]}":
            yield place
            fresh = False
        if sign in "[{":
            depth += 1
            fresh = depth == 1
        elif sign in "]}":
            depth -= 1
        elif sign == ",":
            fresh = depth == 1
        if depth == 0:
            return


def _covered(said: re.Match[str]) -> str:
    """Something of the same length and rows in which no sign of TOML stands."""
    return re.sub(r"\S", " " if said[0].startswith("#") else "x", said[0])

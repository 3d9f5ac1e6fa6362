"""A settings file as the statements that it is made of, each with the comments above it.

So that statements can be taken elsewhere or left out without a word of the others changing.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass

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

"""What there is to translate: Babel's extraction, for what its own methods do not read.

Everything else is marked with `_` or `N_`, which Babel's Python and Jinja methods find.
"""

import ast
import json
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from typing import BinaryIO, cast

from babel.messages.extract import extract_python

from analysis.runs.notebook import declared

Message = tuple[int, str | None, str | tuple[str, ...], list[str]]
# Babel says of its own that the function comes last, and of keywords that they are no list.
_marked = cast(Callable[..., Iterator[Message]], extract_python)


def notebook(
    file: BinaryIO, keywords: Sequence[str], tags: Sequence[str], options: Mapping
) -> Iterator[Message]:
    """A notebook: each Markdown cell as a whole, the comments on parameters, and what is marked.

    The line of a message is the number of its cell.
    """
    for number, cell in enumerate(json.load(file)["cells"], start=1):
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            yield number, None, source.strip(), []
        elif "parameters" in cell["metadata"].get("tags", []):
            for parameter in declared(source).values():
                yield number, None, parameter.comment, []
        elif cell["cell_type"] == "code":
            found = _marked(BytesIO(source.encode()), keywords, tags, options)
            yield from ((number, function, text, notes) for _line, function, text, notes in found)


def columns(
    file: BinaryIO, keywords: Sequence[str], tags: Sequence[str], options: Mapping
) -> Iterator[Message]:
    """A ``columns.toml``: the heading and the unit of each column, whose number is their line."""
    for number, column in enumerate(tomllib.load(file).values(), start=1):
        yield from ((number, None, column[k], []) for k in ("heading", "unit") if k in column)


def command(
    file: BinaryIO, keywords: Sequence[str], tags: Sequence[str], options: Mapping
) -> Iterator[Message]:
    """The command line: what click shows of it (docstrings, ``help``), and what is marked."""
    source = file.read()
    yield from _marked(BytesIO(source), keywords, tags, options)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            yield node.lineno, None, ast.get_docstring(node) or "", []
        elif isinstance(node, ast.keyword) and node.arg == "help":
            yield node.lineno, None, ast.literal_eval(node.value), []

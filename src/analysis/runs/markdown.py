"""Markdown as tokens, which whatever reads a notebook's prose goes through."""

from collections.abc import Iterable, Iterator
from typing import Any, cast

from nbconvert.filters.markdown_mistune import MarkdownWithMath

Token = dict[str, Any]


def parse(source: str) -> list[Token]:
    """The tokens of Markdown, as mistune gives them."""
    # Without a renderer it gives the tokens, which nbconvert's types do not know.
    parser = MarkdownWithMath(renderer=None)  # type: ignore[arg-type]
    return cast(list[Token], parser.parse(source)[0])


def walk(tokens: Iterable[Token]) -> Iterator[Token]:
    """All tokens, and those inside them."""
    for token in tokens:
        yield token
        yield from walk(token.get("children", ()))

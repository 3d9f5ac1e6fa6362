"""The one way to the terminal: what is printed is text, whoever wrote it."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from rich import console
from rich.segment import Segment


class Console(console.Console):
    """A console to which nothing in a text means anything: no markup, no control, no direction.

    Colours are styles. What steers is left out, as it takes no room in what is set in columns.
    """

    def __init__(self, **options: Any):
        super().__init__(highlight=False, emoji=False, markup=False, **options)

    def render(self, *arguments: Any, **options: Any) -> Iterable[Segment]:
        for part in super().render(*arguments, **options):
            yield part if part.control else part._replace(text=_plain(part.text))

    def place(self, path: str) -> None:
        """Print where something is, however long that is."""
        self.print(path, soft_wrap=True)


def _plain(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in ("Cc", "Cf"))

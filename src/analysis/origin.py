"""Where figures are from: the source line under them, and what they were made with."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Self

PLAIN = (str, int, float, bool, list, tuple, type(None))


class Source(str):
    """A source line that knows what its figures were made with, wherever it goes.

    `parameters`: by name, as a notebook sets them; `data`: the fingerprint of all answers. Files
    into which an exhibit is saved have both among their properties.
    """

    parameters: Mapping[str, Any]
    data: str

    def __new__(
        cls, line: str, parameters: Mapping[str, Any] | None = None, data: str = ""
    ) -> Self:
        made = super().__new__(cls, line)
        made.parameters, made.data = dict(parameters or {}), data
        return made

    def __deepcopy__(self, _memo: object) -> Self:
        return self  # it never changes, and pandas copies what a frame carries at every step

    def saying(self, line: str) -> "Source":
        """Another line on the same figures."""
        return Source(line, self.parameters, self.data)

    def by(self, maker: Any) -> "Source":
        """The same line on what a dataclass made of the figures, with its plain fields."""
        own = {field.name: getattr(maker, field.name) for field in fields(maker)}
        plain = {name: value for name, value in own.items() if isinstance(value, PLAIN)}
        return Source(self, {**self.parameters, **plain}, self.data)


UNTOLD = Source("")
"""Nobody said where figures are from, and their frame does not know: pandas may have lost it."""


def told(source: str) -> tuple[dict[str, Any], str]:
    """The parameters and the fingerprint that a source line knows; of a plain text neither."""
    if isinstance(source, Source):
        return dict(source.parameters), source.data
    return {}, ""

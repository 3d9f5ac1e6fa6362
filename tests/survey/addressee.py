"""A letter as its addressee reads it: request by request, each with its sheets and its cells."""

import re
from dataclasses import dataclass

SHEETS = (
    *("Identitas", "1 Masa Depan", "2 Kondisi Eksternal", "3 Kesiapan Daerah", "8 SPBE"),
    *("4 Kesenjangan", "5 SWOT", "6 Visi", "7 Quick Win", "CSV"),
)
CELL = re.compile(r"(?<![\w-])[A-Z]\d{1,3}\b")  # a row's code has two letters, or a hyphen
EXAMPLE = re.compile(r"Misalnya sel [A-Z]\d+")  # names a cell of the same line again


@dataclass(frozen=True)
class Request:
    """One thing to mend."""

    text: str

    @property
    def cells(self) -> list[str]:
        return CELL.findall(EXAMPLE.sub("", self.text))

    @property
    def sheets(self) -> set[str]:
        return {sheet for sheet in SHEETS if sheet in self.text}


def requests(letter: str) -> list[Request]:
    """What stands behind each number of a letter."""
    return [Request(text) for text in re.split(r"(?m)^\d+\. ", letter)[1:]]

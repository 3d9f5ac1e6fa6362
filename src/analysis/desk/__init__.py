"""The analyst's desk, above stages, charts and tables: one line to see.

``kota = desk.open("2023")`` gives a city's survey of a period, and of it each stage
(``kota.readiness(threshold=3)``), each question (``kota.item("KS05")``), crosstabs, comparisons and
the codebook. Notebooks of stages open and close with `opening` and `closing`.
"""

from analysis.desk.blocks import by_name, choices, closing, colleagues, handed, opening
from analysis.desk.city import City, open
from analysis.desk.subject import Subject
from analysis.desk.view import View

__all__ = [
    "City",
    "Subject",
    "View",
    "by_name",
    "choices",
    "closing",
    "colleagues",
    "handed",
    "open",
    "opening",
]

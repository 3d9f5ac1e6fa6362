"""From executed notebooks to what people read: pages, indexes, spreadsheets and the book."""

import analysis.runs  # noqa: F401  # it must come before whatever imports nbformat

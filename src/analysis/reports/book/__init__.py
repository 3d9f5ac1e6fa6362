"""Executed notebooks -> Buku 1, a Word document that an analyst continues writing in."""

from analysis.reports.book.file import refresh, write

__all__ = ["refresh", "write"]

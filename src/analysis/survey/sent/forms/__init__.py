"""Instrument and units -> workbooks that an officer enjoys filling in."""

from analysis.survey.sent.forms.file import name, workbook, write

__all__ = ["name", "workbook", "write"]

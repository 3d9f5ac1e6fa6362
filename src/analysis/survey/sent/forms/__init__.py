"""Instrument and units -> workbooks that an officer enjoys filling in."""

from analysis.survey.sent.forms.file import workbook, write

__all__ = ["workbook", "write"]

"""Instrument and units -> one XLSForm: the questionnaire for Kobo, ODK and Enketo."""

from analysis.survey.sent.xlsform.file import workbook, write

__all__ = ["workbook", "write"]

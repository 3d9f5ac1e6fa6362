"""Executed notebooks -> what is handed on: a sheet of paper, pictures for messengers, slides."""

from analysis.reports.share.file import FOLDER, Shared, write

__all__ = ["FOLDER", "Shared", "write"]

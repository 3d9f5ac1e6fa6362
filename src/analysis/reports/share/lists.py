"""Tables that pages of indices hand on alone: each as a spreadsheet in the order of its page."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath

from analysis.reports import document, spreadsheet
from analysis.runs import executed, gate
from analysis.runs.manifest import OK, Manifest
from analysis.runs.shelf import Shelf
from analysis.text import _


def files(shelf: Shelf, manifest: Manifest) -> dict[str, bytes]:
    """By name the spreadsheet of every table that a page of an index says is handed on alone.

    It is called as the page says and after the index; what is old says so.
    """
    return dict(_files(shelf, manifest))


def _files(shelf: Shelf, manifest: Manifest) -> Iterator[tuple[str, bytes]]:
    for entry in manifest.entries.values():
        notebook = executed.read(shelf, entry) if entry.kind == "index" else None
        if notebook is None:
            continue
        shown = document.read(gate.passed(notebook), entry.number)
        old = "" if entry.status == OK else " · " + _("Laporan lama")
        for block in (b for b in shown.numbered if b.content.get("handed")):
            content = {**block.content, "title": block.content["title"] + old}
            alone = replace(shown, blocks=[replace(block, content=content)], appendix=[])
            named = f"{block.content['handed']}-{PurePosixPath(entry.id).name}"
            if book := spreadsheet.workbook(alone, manifest.edition, entry.title):
                yield f"{re.sub('[^a-z0-9]+', '-', named.lower()).strip('-')}.xlsx", book

"""What is handed on, as files in one folder."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import text
from analysis.ledger import Ledger
from analysis.project import Project
from analysis.reports import html
from analysis.reports.book.chapters import chapters
from analysis.reports.share import browser, cards, lists, slides, told
from analysis.runs.shelf import Shelf
from analysis.text import _

FOLDER = "share"


@dataclass(frozen=True)
class Shared:
    """What was written, and what was not, each with the reason."""

    written: list[Path]
    lacking: dict[str, str]


def write(project: Project, out: Path | None, said: Callable[[str], None]) -> Shared:
    """Write the slides, the sheet, the cards and the lists of the period's official reports.

    In the language in use; `out`: the folder (none: ``share`` beside the reports); `said` is
    told what is being made. Without a browser there are slides and lists only. What an earlier call
    wrote and this one does not goes away. Raises ProjectError where there are no reports yet, and
    as `Ledger` does where a file of somebody else is in the way.
    """
    shelf = Shelf.official(project.reports, text.language())
    folder = out or shelf.path(FOLDER)
    program = browser.find()
    manifest, found, missing = chapters(shelf)
    stages = told.stages(found)
    sheet, deck = _("ringkasan") + ".pdf", _("paparan") + ".pptx"
    front = next((chapter for chapter in found if chapter.front == 1), None)
    names = [*([sheet] if front else []), *map(cards.name, stages)]
    ledger, listed = Ledger(project, folder, FOLDER), lists.files(shelf, manifest)
    ledger.check(dict.fromkeys([deck, *listed, *(names if program else ())]))
    said(deck)
    files = {deck: slides.write_slides(manifest, found, stages, [*missing.values()]), **listed}
    lacking = {} if program else dict.fromkeys(names, "")
    if program:
        # Where the files will be, as some browsers may write nowhere else; they end slowly, too.
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(
            dir=folder.resolve(), prefix=".masterplan.", ignore_cleanup_errors=True
        ) as place:
            try:
                if front:
                    said(sheet)
                    page = html.page(
                        front.document, manifest.edition, title=front.dated, parameters={}
                    )
                    files[sheet] = browser.pdf(program, page, Path(place))
                said(_("kartu"))
                files |= cards.draw(program, stages, manifest.edition, Path(place))
            except browser.Unmade as error:
                lacking = {name: str(error) for name in names if name not in files}
    old = {path.name for path in folder.glob("*.[px]*")} - set(files)
    return Shared(ledger.write(files, {name for name in old if ledger.vouches(name)}), lacking)

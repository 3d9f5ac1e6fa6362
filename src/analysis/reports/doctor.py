"""Whether all is ready for a survey: what is set, the notebooks, and the machine."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analysis import text
from analysis.project import Project, ProjectError
from analysis.runs.lock import held
from analysis.runs.notebook import notebooks
from analysis.survey.kept import setup
from analysis.text import N_, _

GOOD, DOUBT, WRONG = N_("baik"), N_("perhatikan"), N_("salah")
SIGNS = "“”–…·−≥"  # beyond ASCII, what commands print
GIGABYTE = 1_000_000_000
ENOUGH, LEAST = 2 * GIGABYTE, GIGABYTE // 5  # bytes for a whole run, and for any


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at, how it is (GOOD, DOUBT, WRONG), and what to do about it."""

    what: str
    state: str
    told: str


def examined(project: Project) -> Iterator[Finding]:
    """Look at everything, one after the other; nothing is left changed.

    Of the other periods, unless one was asked for, only what is set.
    """
    wrong = False
    for part, said in setup.parts(project):
        wrong |= bool(said)
        if said is None:
            yield Finding(_(part), DOUBT, _("belum diperiksa, karena pengaturan belum terbaca"))
        else:
            yield Finding(_(part), WRONG if said else GOOD, said or _("lengkap dan terbaca"))
    others = [] if project.asked else [p for p in project.periods if p != project.period]
    for period in others:
        told = "\n".join(filter(None, (told for _part, told in setup.parts(project.at(period)))))
        what = _("Periode {period}").format(period=period)
        yield Finding(what, WRONG if told else GOOD, told or _("lengkap dan terbaca"))
    for said in () if wrong else setup.doubts(project):
        yield Finding(_("Isian yang jarang dimaksud"), DOUBT, said)
    yield _notebooks(project)
    yield _book(project)
    for folder in ("reports", "data/processed"):
        yield _writing(project, project.inside(project.root / folder))
    yield _lock(project)
    yield _console()
    yield _disk(project)


def unfit(told: Iterable[str]) -> Iterator[Finding]:
    """What the questionnaire lacks for stages, as `stages.lacking` says it."""
    yield from (Finding(_("Kuesioner bagi tahap"), DOUBT, said) for said in told)


def _notebooks(project: Project) -> Finding:
    found = notebooks(project)
    unread = [notebook.path.name for notebook in found if notebook.fault]
    bare = [n.path.name for n in found if not (n.fault or n.parameters)]
    what = _("Notebook")
    if unread:
        said = _("tidak terbaca; pulihkan dari cadangan atau keluarkan dari folder: {names}")
        return Finding(what, WRONG, said.format(names=", ".join(unread)))
    if not found:
        return Finding(what, DOUBT, _("belum ada di notebooks/; tanpa itu tidak ada laporan"))
    if bare:
        said = _("tanpa sel parameters, maka -p tidak berlaku: {names}")
        return Finding(what, DOUBT, said.format(names=", ".join(bare)))
    return Finding(what, GOOD, _("{count} notebook terbaca").format(count=len(found)))


def _book(project: Project) -> Finding:
    """Whether the city's outline of Buku 1 can be used, and names all that it has written."""
    from analysis.reports.book import outline  # takes a second, which no other command has to spend

    what = _("Susunan Buku 1")
    try:
        named = {place.id for place in outline.read(project)} or set(outline.OWN)
    except ProjectError as error:
        return Finding(what, WRONG, str(error))
    if unnamed := [path.name for id, path in outline.own(project).items() if id not in named]:
        said = _("tidak disebut dalam buku.toml, maka tidak dimuat: {names}")
        return Finding(what, DOUBT, said.format(names=", ".join(unnamed)))
    return Finding(what, GOOD, _("semua bab dikenal"))


def _writing(project: Project, folder: Path) -> Finding:
    """Whether files can be put in a folder, or where it would be made."""
    shown = folder.relative_to(project.root).as_posix()
    what = _("Izin menulis di {folder}/").format(folder=shown)
    there = next(place for place in (folder, *folder.parents) if os.path.lexists(place))
    try:
        with tempfile.TemporaryFile(dir=there):
            return Finding(what, GOOD, _("ada"))
    except OSError:
        said = _("tidak ada; ubah izin folder {place}, atau pindahkan proyek ke folder sendiri")
        return Finding(what, WRONG, said.format(place=there))


def _lock(project: Project) -> Finding:
    what = _("Kunci folder")
    try:
        with held(project):
            return Finding(what, GOOD, _("tidak dipakai perintah lain"))
    except ProjectError as error:
        return Finding(what, WRONG, str(error))
    except (OSError, NotImplementedError):
        said = _("tidak dapat dipasang; pindahkan proyek ke diska komputer ini sendiri")
        return Finding(what, WRONG, said)


def _console() -> Finding:
    what, encoding = _("Layar"), getattr(sys.stdout, "encoding", None) or "ascii"
    try:
        SIGNS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        said = _("{encoding} tidak memuat semua huruf; atur PYTHONUTF8=1, lalu buka terminal baru")
        return Finding(what, DOUBT, said.format(encoding=encoding))
    return Finding(what, GOOD, encoding)


def _disk(project: Project) -> Finding:
    free = shutil.disk_usage(project.root).free
    said = _("{free} GB bebas").format(free=text.number(free / GIGABYTE, 1))
    if free >= ENOUGH:
        return Finding(_("Ruang diska"), GOOD, said)
    said += _("; kosongkan sampai {enough} GB").format(enough=ENOUGH // GIGABYTE)
    return Finding(_("Ruang diska"), DOUBT if free >= LEAST else WRONG, said)

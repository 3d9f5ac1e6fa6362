"""All that a coordinator sets, checked as a whole before anything is written or read."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from analysis.project import Project, ProjectError, Settings
from analysis.survey.asked.actions import actions
from analysis.survey.asked.fields import Amount, Choice, Scale
from analysis.survey.asked.instrument import Instrument, categories
from analysis.survey.asked.official import official
from analysis.survey.asked.register import Unit, statistics
from analysis.survey.asked.register import units as registered
from analysis.survey.asked.rows import called, refuse
from analysis.survey.returned.answers import understand
from analysis.survey.returned.workbook import Cell, Misread
from analysis.text import N_, SOURCE, _, number, using

T = TypeVar("T")
LITTLE = 100  # million rupiah: less buys no programme of a city
INDICATORS, HUNDRED = 47, 100  # of the SPBE index: how many, and the sum of their weights
# By the scheme that sorts the items of one table and is for nothing else: that table.
SORTED = {"steep": "future", "pestel": "external", "subelement": "readiness", "aspect": "spbe"}


def check(project: Project) -> None:
    """Load settings, register, instrument and statistics, and hold them against each other.

    Raises one ProjectError with every file, row and column that is wrong in any of them.
    """
    if found := [said for _part, said in parts(project) if said]:
        raise ProjectError("\n".join(found))


def to_write(project: Project, force: bool) -> None:
    """As `check`; and raise ProjectError where the period is closed, unless by `force`."""
    check(project)
    if project.settings.closed and not force:
        said = _(
            "Periode {period} sudah ditutup (closed = true dalam {file}); tidak ada yang ditulis. "
            "Bila memang perlu, ulangi dengan --force."
        )
        raise ProjectError(said.format(period=project.period, file=project.choices))


def parts(project: Project) -> Iterator[tuple[str, str]]:
    """Each part of what is set, and what is wrong with it; nothing where it is in order."""
    city, settings = _loaded(lambda: project.settings)
    units, register = _loaded(lambda: registered(project))
    asked, instrument = _loaded(lambda: Instrument.load(project))
    published, figures = _loaded(lambda: statistics(project))
    if city and asked:
        instrument = _loaded(lambda: _read_back(project))[1]
        instrument = instrument or _loaded(lambda: _itemless(project, asked))[1]
        settings = _loaded(lambda: _criteria(city, asked, project.choices))[1]
    if published is not None and asked:
        figures = _loaded(lambda: official(project))[1]
    if units and asked:
        register = _loaded(lambda: _groups(project, units, asked))[1]
        register = register or _loaded(lambda: actions(project, asked, units))[1]
    yield N_("Pengaturan kota"), settings
    # What stands on the settings alone is told once.
    for part, said in (
        (N_("Daftar unit"), register),
        (N_("Instrumen"), instrument),
        (N_("Angka statistik"), figures),
    ):
        yield part, "" if said == settings else said


def doubts(project: Project) -> list[str]:
    """What may be as it is but is seldom meant, a sentence each; `check` must have passed."""
    found, settings, instrument = [], project.settings, Instrument.load(project)
    if settings.quickwin.budget < LITTLE:
        said = _(
            "{file}: quickwin.budget = {budget} juta rupiah. Bila maksudnya miliar, tulis dalam "
            "juta dan tanpa titik, misalnya 5000."
        )
        found.append(said.format(file=project.choices, budget=f"{settings.quickwin.budget:g}"))
    factors = set(instrument.table("swot").items["element"])
    if empty := [id for id in instrument.scheme("element").index if id not in factors]:
        said = _("instrument/swot.csv: belum ada butir untuk elemen {ids}.")
        found.append(said.format(ids=", ".join(empty)))
    spbe = instrument.table("spbe").items
    if len(spbe) != INDICATORS or abs(spbe["weight"].sum() - HUNDRED) > 1:
        said = _(
            "instrument/spbe.csv: {count} indikator dengan jumlah bobot {weight}; indeks SPBE "
            "memerlukan {indicators} indikator dengan jumlah bobot {hundred}."
        )
        weight = number(spbe["weight"].sum(), 1)
        counts = {"count": len(spbe), "indicators": INDICATORS, "hundred": HUNDRED}
        found.append(said.format(weight=weight, **counts))
    return found


def _loaded(step: Callable[[], T]) -> tuple[T | None, str]:
    """What a step gives, or what it says where it refuses."""
    try:
        return step(), ""
    except ProjectError as error:
        return None, str(error)


def _criteria(settings: Settings, instrument: Instrument, file: str) -> None:
    """The ranking knows the numbers of a proposal, and needs the weight of each."""
    fields = instrument.table("quickwin").fields
    known = {f.name for f in fields if isinstance(f.kind, Scale | Amount)}
    given = set(settings.quickwin.weights)
    if known != given:
        said = _(
            "{file}: isian quickwin.weights harus tepat {known}; kurang: {less}; lebih: {more}"
        )
        raise ProjectError(
            said.format(
                file=file,
                known=", ".join(sorted(known)),
                less=", ".join(sorted(known - given)) or "–",
                more=", ".join(sorted(given - known)) or "–",
            )
        )


def _groups(project: Project, units: list[Unit], instrument: Instrument) -> None:
    known = set(instrument.scheme("group").index)
    refuse(
        called(project.folder / "units.csv"),
        [
            (u.line, "group", _("{value} tidak ada dalam categories.csv").format(value=u.group))
            for u in units
            if u.group not in known
        ],
    )


def _itemless(project: Project, instrument: Instrument) -> None:
    """Of a category without any item nothing can be computed, and its index would leave it out."""
    wrong = []
    for row in categories(project):
        table = SORTED.get(row.scheme)
        if table and row.id not in set(instrument.table(table).items[row.scheme]):
            told = _("belum ada butir untuk {id} dalam instrument/{table}.csv")
            wrong.append((row.line, "id", told.format(id=row.id, table=table)))
    refuse("instrument/categories.csv", wrong)


@using(SOURCE)
def _read_back(project: Project) -> None:
    """Every choice that forms offer must be taken for itself when it comes back."""
    instrument = Instrument.load(project)
    fields = [f for table in instrument.tables for f in table.fields]
    asked = {f.kind.scheme: f for f in fields if isinstance(f.kind, Choice)}
    wrong = []
    for row in categories(project):
        if row.scheme not in asked:
            continue
        try:
            found = understand(Cell("", 0, 0, row.name), asked[row.scheme], instrument)
        except Misread:
            found = None
        if found != row.id:
            told = _("“{name}” tidak terbaca sebagai pilihan; pakai nama lain")
            wrong.append((row.line, "name", told.format(name=row.name)))
    refuse("instrument/categories.csv", wrong)

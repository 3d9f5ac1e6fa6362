"""All that a coordinator sets, checked as a whole before anything is written or read."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from analysis.project import Project, ProjectError, Settings
from analysis.refusals import meant
from analysis.survey.asked import assessments
from analysis.survey.asked.actions import actions
from analysis.survey.asked.categories import categories, refused
from analysis.survey.asked.fields import Amount, Choice, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.items import proposed
from analysis.survey.asked.official import official
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit, published, statistics
from analysis.survey.asked.register import units as registered
from analysis.survey.asked.rows import called, refuse
from analysis.survey.kept import assessed
from analysis.survey.returned.answers import understand
from analysis.survey.returned.workbook import Cell, Misread
from analysis.text import N_, SOURCE, _, listing, number, using

T = TypeVar("T")
PROPOSALS = "quickwin"  # the table of proposals that are ranked
LITTLE = 100  # million rupiah: less buys no programme of a city


def check(project: Project) -> None:
    """Load settings, register, instrument and statistics, and hold them against each other.

    Raises one ProjectError with every file, row and column that is wrong in any of them.
    """
    if found := [said for _part, said in parts(project) if said]:
        raise ProjectError("\n".join(found))


def to_write(project: Project, force: bool) -> None:
    """As `check`; and raise ProjectError where the period is closed, unless by `force`."""
    check(project)
    unclosed(project, force)


def unclosed(project: Project, force: bool) -> None:
    """Raise ProjectError where the period is closed, unless by `force`; after `check`."""
    if project.settings.closed and not force:
        said = _(
            "Periode {period} sudah ditutup (closed = true dalam {file}); tidak ada yang ditulis. "
            "Bila memang perlu, ulangi dengan --force."
        )
        raise ProjectError(said.format(period=project.period, file=project.choices))


def parts(project: Project) -> Iterator[tuple[str, str | None]]:
    """Each part of what is set, and what is wrong with it; nothing where it is in order.

    None where it could not be looked at, as the settings on which it stands cannot be read.
    """
    city, settings = _loaded(lambda: project.settings)
    units, register = _loaded(lambda: registered(project))
    asked, instrument = _loaded(lambda: Instrument.load(project))
    found, figures = _loaded(lambda: statistics(project))
    if city and asked:
        instrument = _loaded(lambda: _read_back(project))[1]
        instrument = instrument or _loaded(lambda: _itemless(project, asked))[1]
        settings = _loaded(lambda: _criteria(city, asked, project.choices))[1]
        settings = settings or _loaded(lambda: _levels(city, asked, project.choices))[1]
    if found is not None and asked:
        figures = _loaded(lambda: official(project))[1]
        figures = figures or _loaded(lambda: _indices(project, asked))[1]
        figures = figures or _loaded(lambda: assessments.published(project, asked))[1]
    if units and asked:
        register = _loaded(lambda: _groups(project, units, asked))[1]
        register = register or _loaded(lambda: actions(project, asked, units))[1]
        register = register or _loaded(lambda: assessed.check(project, asked, units))[1]
        register = register or _loaded(lambda: _predecessors(project, units))[1]
        instrument = instrument or _loaded(lambda: _owners(units, asked))[1]
    yield N_("Pengaturan kota"), settings
    for part, said in (
        (N_("Daftar unit"), register),
        (N_("Instrumen"), instrument),
        (N_("Angka statistik"), figures),
    ):
        yield part, None if said and said == settings else said


def doubts(project: Project) -> list[str]:
    """What may be as it is but is seldom meant, a sentence each; `check` must have passed."""
    found, settings, instrument = [], project.settings, Instrument.load(project)
    if settings.quickwin.budget < LITTLE:
        said = _(
            "{file}: quickwin.budget = {budget} juta rupiah. Bila maksudnya miliar, tulis dalam "
            "juta dan tanpa titik, misalnya 5000."
        )
        found.append(said.format(file=project.choices, budget=f"{settings.quickwin.budget:g}"))
    return [*found, *(said for table in instrument.tables for said in _doubtful(table, instrument))]


def _doubtful(table: Table, instrument: Instrument) -> Iterator[str]:
    """Categories without an item in a table, and items other than it should have."""
    if table.slots or table.pairs:
        return
    name = called(table.file)
    parts = (i.tables for i in instrument.indices.values() if table.folder == i.tables[0].folder)
    known = {id for part in next(parts, (table,)) for id in part.items[table.scheme]}
    if empty := [id for id in instrument.scheme(table.scheme).index if id not in known]:
        said = _("{file}: belum ada butir untuk {ids}.")
        yield said.format(file=name, ids=", ".join(empty))
    open_ = table.items.query("owner_verified == 'no'") if table.owned else table.items[:0]
    if len(open_):
        said = _("{file}: pemilik {count} butir masih usulan (owner_verified = no): {codes}.")
        yield said.format(file=name, count=len(open_), codes=listing(open_["code"]))
    size, weight = table.size or len(table.items), table.items["weight"].sum()
    weights = weight if table.weights is None else table.weights
    if len(table.items) != size or abs(weight - weights) > 1:
        said = _(
            "{file}: {count} butir dengan jumlah bobot {weight}; seharusnya {size} butir dengan "
            "jumlah bobot {weights}."
        )
        yield said.format(
            file=name,
            count=len(table.items),
            weight=number(weight, 1),
            size=size,
            weights=number(weights, 0),
        )


def _loaded(step: Callable[[], T]) -> tuple[T | None, str]:
    """What a step gives, or what it says where it refuses."""
    try:
        return step(), ""
    except ProjectError as error:
        return None, str(error)


def _criteria(settings: Settings, instrument: Instrument, file: str) -> None:
    """The ranking knows the numbers of a proposal, and needs the weight of each."""
    fields = [f for t in instrument.tables if t.name == PROPOSALS for f in t.fields]
    known = {f.name for f in fields if isinstance(f.kind, Scale | Amount)}
    given = set(settings.quickwin.weights)
    if fields and known != given:
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


def _scale(instrument: Instrument, table: str, field: str) -> Scale | None:
    """The scale of a field, if a questionnaire has it."""
    fields = [f for t in instrument.tables if t.name == table for f in t.fields if f.name == field]
    return next((f.kind for f in fields if isinstance(f.kind, Scale)), None)


def _levels(settings: Settings, instrument: Instrument, file: str) -> None:
    """What cuts a scale lies on it, and the lowest predicate begins where an index does."""
    cuts = settings.thresholds
    asked: list[tuple[str, float, Scale | None]] = [
        ("thresholds.future_cut", cuts.future_cut, _scale(instrument, "future", "impact")),
        ("thresholds.readiness", cuts.readiness, _scale(instrument, "readiness", "level")),
        ("thresholds.evidence", cuts.evidence, _scale(instrument, "readiness", "level")),
    ]
    for index in instrument.indices.values():
        asked.append(("thresholds.evidence", cuts.evidence, index.scale))
        minima = enumerate(p.minimum for p in index.predicates)
        asked += [(f"predicates.{at}.minimum", level, index.scale) for at, level in minima]
    told = _("“{value}” di luar skala {scale}")
    wrong = [
        (entry, told.format(value=f"{level:g}", scale=scale))
        for entry, level, scale in asked
        if scale and not scale.low <= level <= scale.high
    ]
    for index in [] if wrong else instrument.indices.values():
        if min(p.minimum for p in index.predicates) != index.scale.low:
            told = _("minimum predikat terendah harus {low}")
            wrong.append(("predicates", told.format(low=index.scale.low)))
    if wrong:
        said = _("{file}: isian {entry}: {message}")
        lines = [said.format(file=file, entry=entry, message=told) for entry, told in wrong]
        raise ProjectError("\n".join(dict.fromkeys(lines)))


def _indices(project: Project, instrument: Instrument) -> None:
    """A published index lies on the scale of its indicators, and is there to be published."""
    told = _("{index} harus dari {low} sampai {high}")
    figures = published(project)
    wrong = [
        (s.line, "value", told.format(index=_(index.title), low=scale.low, high=scale.high))
        for index in instrument.indices.values()
        for s in figures
        if s.indicator == index.published
        and not (scale := index.scale).low <= s.value <= scale.high
    ]
    refuse("raw/statistics.csv", wrong)


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


def _owners(units: list[Unit], instrument: Instrument) -> None:
    """Who answers for an item is a unit."""
    known = [unit.id for unit in units]
    told = _("“{id}” tidak ada dalam daftar unit. {meant}")
    for table in instrument.tables:
        wrong = [
            (row.line, "owner", told.format(id=row.owner, meant=meant(row.owner, known)))
            for row in (proposed(table) if table.owned else [])
            if row.owner and row.owner not in known
        ]
        refuse(called(table.file), wrong)


def _predecessors(project: Project, units: list[Unit]) -> None:
    """What an office was made of was an office before, or the register of then says it was."""
    periods = project.periods
    earlier = periods[: periods.index(project.period)]
    registers = [_loaded(partial(registered, project.at(name)))[0] for name in earlier]
    known = {id for old in registers for u in old or [] for id in (u.id, *u.predecessors)}
    told = _("“{id}” tidak ada dalam daftar unit periode sebelumnya. {meant}")
    apart = _("pisahkan dengan titik koma: “{id}”")
    wrong = [
        (unit.line, "predecessors", apart.format(id=id))
        if "," in id
        else (unit.line, "predecessors", told.format(id=id, meant=meant(id, sorted(known))))
        for unit in units
        for id in unit.predecessors
        # A register that cannot be read is told of in its own period.
        if "," in id or (registers and all(registers) and id not in known)
    ]
    refuse(called(project.folder / "units.csv"), wrong)


def _itemless(project: Project, instrument: Instrument) -> None:
    """Of a category without any item nothing can be computed, and its index would leave it out."""
    sorted_by = [(table, table.scheme) for table in instrument.tables if table.every]
    told = _("belum ada butir untuk {id} dalam {file}")
    wrong = [
        (row, "id", told.format(id=row.id, file=called(table.file)))
        for row in categories(project)
        for table, scheme in sorted_by
        if scheme == row.scheme and row.id not in set(table.items[scheme])
    ]
    refused(wrong)


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
            wrong.append((row, "name", told.format(name=row.name)))
    refused(wrong)

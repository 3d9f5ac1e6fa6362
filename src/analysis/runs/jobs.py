"""What to run: the notebooks of a project, their parameters, and a job for each report.

Whatever lies in ``notebooks/`` is run. A notebook that declares the parameter ``unit`` makes a
report for every unit that answered, one that declares ``table`` a report for every table of the
questionnaire that no stage reads, one that declares ``index`` a report for every index of the
period, one that declares ``cities`` a report on several cities, one that declares ``earlier`` a
report on two periods; one whose metadata say ``masterplan.internal`` makes a
page that public pages do not link to.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import PurePosixPath

from analysis import fingerprint
from analysis.project import ProjectError
from analysis.runs.manifest import Entry
from analysis.runs.notebook import FOLDERS, Notebook, Parameter
from analysis.text import N_, _

UNKNOWN = {
    "unit": N_("Unit “{name}” belum menjawab atau tidak dikenal. Pilihan: {choices}."),
    "index": N_("Indeks “{name}” tidak dipakai periode ini. Pilihan: {choices}."),
}


class JobError(ProjectError):
    """What was asked for cannot be run; the message lists what can."""


@dataclass(frozen=True)
class Job:
    """One run of a notebook: `target` is the report's path without ending, in its folder."""

    notebook: Notebook
    target: PurePosixPath
    title: str
    parameters: dict[str, object] = field(hash=False)

    @cached_property
    def id(self) -> str:
        return str(self.target)


def select(found: Sequence[Notebook], names: Sequence[str]) -> list[Notebook]:
    """The notebooks called `names`; all without names.

    A notebook is called by its file (``readiness``, ``03-readiness``), or by words with which its
    title, or a word of that, begins (“kesiapan”), in upper or lower case. Raises JobError for a
    name that none has, or several.
    """
    wanted = [_called(name, found) for name in names]
    return [n for n in found if not names or n in wanted]


def _called(name: str, found: Sequence[Notebook]) -> Notebook:
    said = " ".join(name.casefold().split())
    titles = {n: " ".join(n.title.casefold().split()) for n in found}
    ways = (
        lambda n: said in (n.name, n.path.stem),
        lambda n: said == titles[n],
        lambda n: bool(said) and f" {said}" in f" {titles[n]}",
    )
    fitting = next((fits for way in ways if (fits := [n for n in found if way(n)])), [])
    if len(fitting) == 1:
        return fitting[0]
    told = _("“{name}” dapat berarti beberapa notebook: {choices}.")
    shown = [f"{n.path.stem} ({n.title})" for n in fitting]
    if not fitting:
        told = _("Notebook “{name}” tidak ada. Pilihan: {choices}.")
        shown = [f"{n.name} ({n.title})" for n in found]
    raise JobError(told.format(name=name, choices=", ".join(shown)))


def parameters(assignments: Iterable[str], chosen: Sequence[Notebook]) -> dict[str, object]:
    """Values for ``-p KEY=VALUE``; VALUE is TOML, and a bare word is text.

    Raises JobError for a name that no chosen notebook declares, or a value of another type; the
    message lists the valid names.
    """
    known = {name: p for n in chosen for name, p in n.parameters.items() if name != "language"}
    valid = "\n".join(
        f"  {p.name}: {p.kind} = {p.default}  {_(p.comment)}".rstrip() for p in known.values()
    )
    values = {}
    for assignment in assignments:
        name, equals, typed = assignment.partition("=")
        name = name.strip()
        if not equals:
            raise JobError(_("“{text}” bukan KEY=VALUE.").format(text=assignment))
        if name == "language":
            raise JobError(_("Pilih bahasa laporan dengan --lang, bukan dengan -p."))
        if name not in known:
            raise JobError(
                _("Parameter “{name}” tidak dikenal. Parameter yang ada:\n{valid}").format(
                    name=name, valid=valid
                )
            )
        value = _value(typed)
        if known[name].kind == "str" and not isinstance(value, str):
            value = typed.strip()
        if not known[name].accepts(value):
            raise JobError(
                _(
                    "Nilai “{value}” tidak cocok untuk parameter “{name}” ({kind}). "
                    "Parameter yang ada:\n{valid}"
                ).format(value=typed, name=name, kind=known[name].kind, valid=valid)
            )
        values[name] = value
    return values


def _value(typed: str) -> object:
    try:
        return tomllib.loads(f"value = {typed}")["value"]
    except (tomllib.TOMLDecodeError, KeyError):
        return typed.strip()


def jobs(
    chosen: Sequence[Notebook],
    subjects: Mapping[str, Mapping[str, str]],
    values: Mapping[str, object],
) -> list[Job]:
    """A job for each report; for each of something (see `Notebook.per`) once for each of these.

    `subjects`: by what it is, each with its name by its id. Raises JobError for one that is not.
    """
    planned = []
    for notebook in chosen:
        given = {k: v for k, v in values.items() if k in notebook.parameters}
        target = PurePosixPath(notebook.target)
        if each := notebook.per:
            known = subjects.get(each, {})
            for one in [str(given[each])] if given.get(each) else list(known):
                if one not in known:
                    told = _(UNKNOWN[each])
                    raise JobError(told.format(name=one, choices=", ".join(known)))
                planned.append(Job(notebook, target / one, known[one], given | {each: one}))
        else:
            planned.append(Job(notebook, target, notebook.title, given))
    return planned


def as_before(notebook: Notebook, made: Mapping[str, Entry]) -> Notebook:
    """A notebook that cannot be read, as what it has made tells of it: so its pages stay."""
    if not notebook.fault:
        return notebook
    ids = (notebook.path.stem, f"internal/{notebook.name}")
    title = next((made[id].title for id in ids if id in made), notebook.title)
    parameters = {
        each: Parameter(each, "str", "''", "")
        for each in FOLDERS
        if any(id.startswith(f"{notebook.folder(each)}/") for id in made)
    }
    return replace(notebook, title=title, internal=ids[1] in made, parameters=parameters)


def slug(text: str) -> str:
    """A name that is safe as a folder everywhere; one without Latin letters is told by a number."""
    safe = re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:60].lower()
    return safe or f"varian-{fingerprint.of(text)[:8]}"

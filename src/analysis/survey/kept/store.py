"""Processed tables: written whole, and loaded as a survey."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import fingerprint, text
from analysis.project import Project, ProjectError, write
from analysis.refusals import as_list, meant, unknown
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import tables as tidy
from analysis.survey.kept.survey import Survey
from analysis.text import _

SET = "tables.sha256"


def save(project: Project, tables: dict[str, pd.DataFrame]) -> None:
    """Write every table to ``data/processed/<period>``, one parquet file each.

    Last comes their common fingerprint: a set of which only a part was written is known by it.
    """
    folder = project.processed
    for name, frame in tables.items():
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        write(folder / f"{name}.parquet", buffer.getvalue())
    write(folder / SET, of_set(folder))


def of_set(folder: Path) -> str:
    """The fingerprint of all tables in a folder."""
    return fingerprint.files(folder, folder.glob("*.parquet"))


def kept_before(project: Project) -> list[Project]:
    """The earlier periods of which tables are kept, the newest last."""
    names = project.periods[: project.periods.index(project.period)]
    return [p for name in names if ((p := project.at(name)).processed / SET).is_file()]


def earlier(survey: Survey) -> list[Survey]:
    """The surveys of these periods, as far as their answers are of the same kind."""
    found = [of(project) for project in kept_before(survey.project)]
    return [before for before in found if before.sample == survey.sample]


def load(
    period: str | int = "",
    groups: str | Sequence[str] = (),
    units: str | Sequence[str] = (),
    language: str = "",
    root: str | None = None,
) -> Survey:
    """The processed answers of a period (default: see `Project.period`).

    `groups` and `units` restrict to those ids, a text stands for a list of it; `language` chooses
    the language of all texts; `root`: the project's folder, where it is not the one of the
    notebook. Raises ProjectError when nothing is processed yet, Unknown for a group or unit that
    is not.
    """
    if language:
        text.use(language)
    return of(Project.find(root, str(period)), groups, units)


def of(
    project: Project, groups: str | Sequence[str] = (), units: str | Sequence[str] = ()
) -> Survey:
    """The processed answers of a project in its period: see `load`."""
    folder = project.processed
    if not (folder / SET).is_file():
        told = _("Belum ada data olahan untuk periode {period}. Jalankan `masterplan run` dahulu.")
        made = sorted(p.parent.name for p in folder.parent.glob(f"*/{SET}"))
        there = " " + meant(project.period, made) if made else ""
        raise ProjectError(told.format(period=project.period) + there)
    data = of_set(folder)
    if (folder / SET).read_text("utf-8") != data:
        raise ProjectError(
            _(
                "Data olahan periode {period} belum lengkap ditulis. Jalankan `masterplan run`."
            ).format(period=project.period)
        )
    instrument = Instrument.load(project)
    sources = pd.read_parquet(folder / "sources.parquet")
    filled = tidy.filled(pd.read_parquet(folder / "completeness.parquet"))
    answered = set(filled[filled >= project.settings.thresholds.answered].index)
    sent = set(sources.loc[sources["used"], "unit"])
    names = instrument.scheme("group")["name"]
    known = pd.DataFrame(
        [
            {
                "unit": u.id,
                "unit_name": u.name,
                "unit_short": u.short,
                "group": u.group,
                "group_name": names[u.group],
                "weight": u.weight,
                "coordinator": u.coordinator == "yes",
                "predecessors": u.predecessors,
                "sent": u.id in sent,
                "answered": u.id in answered & sent,
            }
            for u in register.units(project)
        ]
    )
    groups, units = as_list(groups), as_list(units)
    for column, chosen, said in (
        ("group", groups, _("Kelompok")),
        ("unit", units, _("Perangkat daerah")),
    ):
        for name in chosen:
            if name not in set(known[column]):
                raise unknown(said, name, known[column])
    registered = len(known)
    if groups:
        known = known[known["group"].isin(groups)]
    if units:
        known = known[known["unit"].isin(units)]
    known = known.reset_index(drop=True)
    # Six tenths of five units are three of them, whatever floats make of it.
    needed = math.ceil(project.settings.thresholds.response * len(known) - 1e-9)
    return Survey(project, instrument, known, sources, registered, needed, data)

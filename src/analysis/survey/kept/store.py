"""Processed tables: written whole, and loaded as a survey."""

import io
import math
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analysis import fingerprint, text
from analysis.project import Project, ProjectError, write
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import tables as tidy
from analysis.survey.kept.survey import Survey
from analysis.text import _

SET = "tables.sha256"


def save(project: Project, period: str, tables: dict[str, pd.DataFrame]) -> None:
    """Write every table to ``data/processed/<period>``, one parquet file each.

    Last comes their common fingerprint: a set of which only a part was written is known by it.
    """
    folder = project.processed(period)
    for name, frame in tables.items():
        buffer = io.BytesIO()
        frame.to_parquet(buffer, index=False)
        write(folder / f"{name}.parquet", buffer.getvalue())
    write(folder / SET, of_set(folder))


def of_set(folder: Path) -> str:
    """The fingerprint of all tables in a folder."""
    return fingerprint.files(folder, folder.glob("*.parquet"))


def load(
    period: str = "",
    groups: Sequence[str] = (),
    units: Sequence[str] = (),
    language: str = "",
    root: str | None = None,
) -> Survey:
    """The processed answers of a period (default: the one in city.toml).

    `groups` and `units` restrict to those ids; `language` chooses the language of all texts.
    Raises ProjectError when nothing is processed yet, ValueError for an unknown group or unit.
    """
    if language:
        text.use(language)
    project = Project.find(root)
    period = period or project.settings.period
    if not (project.processed(period) / SET).is_file():
        raise ProjectError(
            _(
                "Belum ada data olahan untuk periode {period}. Jalankan `masterplan run` dahulu."
            ).format(period=period)
        )
    data = of_set(project.processed(period))
    if (project.processed(period) / SET).read_text("utf-8") != data:
        raise ProjectError(
            _(
                "Data olahan periode {period} belum lengkap ditulis. Jalankan `masterplan run`."
            ).format(period=period)
        )
    instrument = Instrument.load(project)
    sources = pd.read_parquet(project.processed(period) / "sources.parquet")
    filled = tidy.filled(pd.read_parquet(project.processed(period) / "completeness.parquet"))
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
                "sent": u.id in sent,
                "answered": u.id in answered & sent,
            }
            for u in register.units(project)
        ]
    )
    for column, chosen in (("group", groups), ("unit", units)):
        unknown = set(chosen) - set(known[column])
        if unknown:
            raise ValueError(
                _("{unknown} tidak dikenal; pilihan: {choices}").format(
                    unknown=", ".join(sorted(unknown)),
                    choices=", ".join(dict.fromkeys(known[column])),
                )
            )
    registered = len(known)
    if groups:
        known = known[known["group"].isin(groups)]
    if units:
        known = known[known["unit"].isin(units)]
    known = known.reset_index(drop=True)
    # Six tenths of five units are three of them, whatever floats make of it.
    needed = math.ceil(project.settings.thresholds.response * len(known) - 1e-9)
    return Survey(project, period, instrument, known, sources, registered, needed, data)

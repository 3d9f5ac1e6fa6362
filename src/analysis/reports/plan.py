"""What a run will do, checked before anything is read or written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis import text
from analysis.project import Project
from analysis.reports import manifest
from analysis.reports.jobs import JobError, as_before, parameters, select, slug
from analysis.reports.notebook import Notebook, notebooks
from analysis.text import _


@dataclass(frozen=True)
class Plan:
    """What a run will do: which notebooks, with which values, into which folder.

    `official`: the folder of the official reports in the same language.
    """

    project: Project
    period: str
    folder: Path
    found: list[Notebook]
    chosen: list[Notebook]
    values: dict[str, object]
    whole: bool
    official: Path

    @property
    def stages(self) -> list[Notebook]:
        """The notebooks whose pages lead to each other."""
        return [
            n
            for n in self.found
            if not (n.internal or n.per_unit or n.of_cities)
            and not (n.fault and not (self.folder / f"{n.path.stem}.html").is_file())
        ]


def plan(
    project: Project,
    names: Sequence[str] = (),
    assignments: Sequence[str] = (),
    variant: str = "",
    language: str = text.SOURCE,
) -> Plan:
    """Check what was asked for; a run with parameters of its own makes a variant.

    Raises JobError for an unknown notebook, parameter or value.
    """
    found = notebooks(project)
    chosen = [n for n in select(found, names) if not n.of_cities]
    if not chosen:
        raise JobError(
            _(
                "“{names}” membandingkan kota: sebutkan --root untuk setiap kota, tanpa nama."
            ).format(names=", ".join(names))
        )
    values = parameters(assignments, chosen)
    period = str(values.get("period") or project.settings.period)
    folder = official = project.reports(period)
    if language != text.SOURCE:
        folder, values = folder / language, values | {"language": language}
        official = folder
    if assignments:
        folder = folder / "variants" / slug(variant or "-".join(sorted(assignments)))
    known = manifest.read(folder)
    before = {n: as_before(n, known.entries if known else {}) for n in found}
    found, chosen = list(before.values()), [before[n] for n in chosen]
    return Plan(project, period, folder, found, chosen, values, not names, official)

"""What a run will do, checked before anything is read or written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import text
from analysis.project import Project, ProjectError
from analysis.runs import manifest
from analysis.runs.jobs import JobError, as_before, parameters, select, slug
from analysis.runs.notebook import Notebook, drafts, notebooks
from analysis.runs.official import official
from analysis.runs.shelf import Shelf
from analysis.survey.kept import periods
from analysis.survey.kept.survey import Survey
from analysis.text import _


@dataclass(frozen=True)
class Plan:
    """What a run will do: which notebooks, with which values, and where its reports will lie.

    `official`: where the official ones do in the same language. `drafts`: which notebooks are left
    out, as they are called like copies. `earlier`: of what the earlier period is made that these
    are compared with: see `compared`.
    """

    project: Project
    shelf: Shelf
    found: list[Notebook]
    chosen: list[Notebook]
    values: dict[str, Any]
    whole: bool
    official: Shelf
    drafts: list[Path]
    earlier: str = ""

    @property
    def variant(self) -> str:
        """The name of the variant that is made; empty for official reports."""
        return self.shelf.below.name if self.shelf != self.official else ""

    @property
    def stages(self) -> list[Notebook]:
        """The notebooks whose pages lead to each other: those that are there, or will be."""
        return [
            n
            for n in self.found
            if not (n.internal or n.per or n.of_cities)
            and (n in self.chosen or self.shelf.path(f"{n.path.stem}.html").is_file())
        ]

    def compared(self, survey: Survey) -> "Plan":
        """The plan with the earlier period that its notebooks on two periods compare `survey` with.

        Where there is none they are left out, and where it cannot be read they have that as their
        fault. Raises JobError where nothing else was asked for.
        """
        if not any(n.of_periods for n in self.chosen):
            return self
        named = str(self.values.get("earlier") or "")
        try:
            before = periods.read(survey, named)
        except ProjectError as error:
            reason = str(error)

            def told(notebook: Notebook) -> Notebook:
                at_fault = replace(notebook, fault=notebook.fault or reason)
                return at_fault if notebook.of_periods else notebook

            return replace(self, found=[*map(told, self.found)], chosen=[*map(told, self.chosen)])
        if before:
            return replace(self, earlier=periods.made_of(before))
        found, chosen = (
            [n for n in some if not n.of_periods] for some in (self.found, self.chosen)
        )
        if not chosen:
            said = _(
                "Tidak ada periode sebelum {period} yang jawabannya sejenis untuk dibandingkan."
            )
            raise JobError(said.format(period=survey.period))
        return replace(self, chosen=chosen, found=found)


def plan(
    project: Project,
    names: Sequence[str] = (),
    assignments: Sequence[str] = (),
    variant: str = "",
    language: str = text.SOURCE,
) -> Plan:
    """Check what was asked for; a run with parameters of its own makes a variant.

    Only notebooks that declare all of these are run for it: another would speak of something else,
    such as the whole city, on pages that say otherwise. Raises JobError for an unknown notebook,
    parameter or value.
    """
    found = notebooks(project)
    chosen = [n for n in select(found, names) if not n.of_cities]
    if not found:
        said = _("Tidak ada notebook di {folder}. Salin dari rilis, atau sebutkan --notebooks.")
        raise JobError(said.format(folder=project.notebooks))
    if not chosen:
        raise JobError(
            _(
                "“{names}” membandingkan kota: sebutkan --root untuk setiap kota, tanpa nama."
            ).format(names=", ".join(names))
        )
    values = parameters(assignments, chosen)
    for notebook in chosen:
        unknown = sorted(values.keys() - notebook.parameters.keys())
        if names and unknown:
            said = _("Notebook “{name}” tidak mengenal parameter {unknown}.")
            raise JobError(said.format(name=notebook.name, unknown=", ".join(unknown)))
    chosen = [n for n in chosen if values.keys() <= n.parameters.keys()]
    if not chosen:
        said = _("Tidak ada notebook yang mengenal semua parameter ini: {names}.")
        raise JobError(said.format(names=", ".join(sorted(values))))
    if period := values.get("period"):
        project = project.at(str(period))
    shelf = home = Shelf.official(project.reports, language)
    if language != text.SOURCE:
        values |= {"language": language}
    if variant and not assignments:
        raise JobError(
            _("--name memberi nama kepada varian; sebutkan juga parameternya dengan -p.")
        )
    if assignments:
        shelf = shelf / "variants" / slug(variant or "-".join(sorted(assignments)))
    known = manifest.read(shelf)
    before = {n: as_before(n, known.entries if known else {}) for n in found}
    judged = official(list(before.values()), values, project.notebooks)
    places = dict(zip(found, judged, strict=True))
    found, chosen = judged, [places[n] for n in chosen]
    left_out = drafts(project)
    return Plan(project, shelf, found, chosen, values, not names, home, left_out)

"""The surveys of several cities, as a notebook that compares them wants them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis import fingerprint, text
from analysis.origin import Source
from analysis.project import ProjectError
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey
from analysis.text import _


@dataclass(frozen=True)
class Surveys:
    """Surveys by the name of their city; `earlier`: of its earlier periods, see `store.earlier`."""

    of: dict[str, Survey]
    earlier: dict[str, list[Survey]] = field(default_factory=dict)

    def answers(self, name: str) -> dict[str, pd.DataFrame]:
        """One table of the questionnaire by city: see `Survey.answers`."""
        return {city: survey.answers(name) for city, survey in self.of.items()}

    @property
    def source(self) -> Source:
        """The source line under every figure made from the answers."""
        registers = [survey.units["sent"] for survey in self.of.values()]
        sample = any(survey.sample for survey in self.of.values())
        line = _("{kind}, {cities} kota, {sent} dari {expected} perangkat daerah, {period}").format(
            kind=_("data CONTOH (sintetis)") if sample else _("kuesioner"),
            cities=len(self.of),
            sent=int(sum(r.sum() for r in registers)),
            expected=sum(map(len, registers)),
            period=text.listing(sorted({survey.period for survey in self.of.values()})),
        )
        each = {city: survey.source.parameters for city, survey in self.of.items()}
        data = fingerprint.of([survey.data for survey in self.of.values()])
        return Source(line, {"cities": each}, data)


def load(
    roots: Sequence[str], period: str = "", groups: Sequence[str] = (), language: str = ""
) -> Surveys:
    """The processed answers of the projects at `roots` (none: this one), each by `store.load`.

    Cities in which nobody has answered are left out; of one name, the folder tells them apart.
    Raises ProjectError where nobody has answered anywhere.
    """
    found: dict[str, Survey] = {}
    places: Sequence[str | None] = roots or [None]
    for root in places:
        survey = store.load(period, groups, language=language, root=root)
        if survey.units["sent"].any():
            name = survey.settings.name
            found[f"{name} ({survey.project.root.name})" if name in found else name] = survey
    if not found:
        raise ProjectError(_("Belum ada unit yang menjawab di kota mana pun."))
    before = {} if groups else {city: store.earlier(survey) for city, survey in found.items()}
    return Surveys(found, before)

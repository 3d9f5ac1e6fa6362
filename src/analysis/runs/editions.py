"""Whom the reports of a run speak for, and what all its pages share."""

import hashlib
from datetime import UTC, datetime
from importlib.metadata import version

from analysis import text
from analysis.runs.jobs import JobError
from analysis.runs.manifest import Edition
from analysis.runs.plan import Plan
from analysis.survey.kept import store
from analysis.survey.kept.survey import Survey
from analysis.survey.kept.tables import filled
from analysis.text import _

PACKAGES = ("masterplan-siantar", "papermill", "pandas", "matplotlib", "seaborn")


def selected(plan: Plan, survey: Survey) -> Survey:
    """The survey of the units that a variant is about.

    Raises JobError for a group or a unit that is not registered.
    """
    chosen = {name: [str(id) for id in plan.values.get(name, ())] for name in ("groups", "units")}
    if not any(chosen.values()):
        return survey
    try:
        return store.of(plan.project, chosen["groups"], chosen["units"])
    except ValueError as error:
        raise JobError(str(error)) from None


def edition(survey: Survey, variant: str = "") -> Edition:
    """What all pages on the answers of a survey share; `variant`: the name of one."""
    one = survey.units["group_name"].nunique() == 1
    own = survey.scope if one else _("{n} unit").format(n=len(survey.units))
    inputs = survey.inputs.sort_values("file")
    lines = "".join(f"{row.file} {row.sha256}\n" for row in inputs.itertuples())
    return Edition(
        city=survey.settings.name,
        period=survey.period,
        made=text.moment(datetime.now(UTC), survey.settings.timezone),
        sent=int(survey.units["sent"].sum()),
        answered=int(survey.units["answered"].sum()),
        expected=len(survey.units),
        sample=survey.sample,
        sha256=hashlib.sha256(lines.encode()).hexdigest(),
        versions={name: version(name) for name in PACKAGES},
        language=text.language(),
        variant=variant,
        scope="" if survey.whole else own,
        registered=survey.registered,
    )


def units(survey: Survey) -> list[dict]:
    """The selected units for the index: name, group, and the share of required cells filled."""
    shares = filled(survey.completeness)
    return [
        {
            "id": unit.unit,
            "name": unit.unit_name,
            "group_name": unit.group_name,
            "completeness": float(shares[unit.unit]) if unit.sent else None,
        }
        for unit in survey.units.itertuples()
    ]

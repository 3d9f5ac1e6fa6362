"""Whether the questionnaire asks what the stages need."""

from analysis.project import Project, ProjectError
from analysis.survey.asked.instrument import Instrument


def unfit(project: Project) -> list[str]:
    """Which stages cannot run, and what the questionnaire lacks for each, a sentence each.

    Nothing while the questionnaire itself cannot be read: that is told elsewhere.
    """
    from analysis import stages  # takes a second, which no other command has to spend

    try:
        return list(stages.lacking(Instrument.load(project)).values())
    except ProjectError:
        return []

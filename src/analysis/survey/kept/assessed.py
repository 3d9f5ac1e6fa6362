"""What assessors said beside the answers that are in play: whether it can be read, what is late."""

import pandas as pd

from analysis import text
from analysis.project import Project
from analysis.survey.asked import assessments
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import Unit
from analysis.survey.kept.survey import Survey
from analysis.survey.returned import folder


def check(project: Project, asked: Instrument, units: list[Unit]) -> None:
    """Read what assessors really said; and what the sample has them say, while that is in play.

    Raises ProjectError that names file, row and column of what is wrong.
    """
    assessments.assessments(project, asked, units, sample=False)
    if folder.files(project.sample) and not folder.files(project.responses):
        assessments.assessments(project, asked, units, sample=True)


def passed(survey: Survey) -> int:
    """Of how many open recommendations the day has passed by now.

    Pages that tell so are made anew once another one has.
    """
    said = survey.assessments
    today = pd.Timestamp(text.today(survey.settings.timezone))
    return int((~(said["done"] <= today) & (said["due"] < today)).sum())

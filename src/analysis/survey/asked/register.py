"""Who is asked, and what is known of the city: ``units.csv`` and ``statistics.csv``."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Annotated, Literal

import pandas as pd
from pydantic import Field, field_validator

from analysis.project import Project, ProjectError
from analysis.project.words import called, shaped, words
from analysis.refusals import near
from analysis.survey.asked.labels import alike, simplify
from analysis.survey.asked.rows import Number, Row, Whole, Wrong, framed, read, refuse
from analysis.survey.asked.rows import called as named
from analysis.text import N_, _


class Unit(Row):
    """One office that fills in a questionnaire.

    `predecessors`: the ids of those that it was made of, in the registers of earlier periods. An
    office that only got another name keeps its id.

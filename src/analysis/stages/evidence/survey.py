"""What stages ask of a survey, whoever made it."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

import pandas as pd

from analysis.origin import Source

Frames = Mapping[str, pd.DataFrame]


class Survey(Protocol):
    """What stages ask of a survey: see `survey.kept.survey.Survey`."""

    @property
    def period(self) -> str: ...

    @property
    def sample(self) -> bool: ...

    @property
    def units(self) -> pd.DataFrame: ...

    @property
    def scope(self) -> str: ...

    @property
    def source(self) -> Source: ...

    @property
    def whole(self) -> bool: ...

    @property
    def enough(self) -> bool: ...

    @property
    def needed(self) -> int: ...

    @property
    def settings(self) -> Any: ...

    @property
    def instrument(self) -> Any: ...

    @property
    def scales(self) -> pd.DataFrame: ...

    @property
    def statistics(self) -> pd.DataFrame: ...

    @property
    def official(self) -> pd.DataFrame: ...

    @property
    def actions(self) -> pd.DataFrame: ...

    @property
    def assessments(self) -> pd.DataFrame: ...

    @property
    def published_pairs(self) -> pd.DataFrame: ...

    @property
    def completeness(self) -> pd.DataFrame: ...

    @property
    def problems(self) -> pd.DataFrame: ...

    @property
    def blanks(self) -> pd.DataFrame: ...

    @property
    def cells(self) -> pd.DataFrame: ...

    @property
    def respondents(self) -> pd.DataFrame: ...

    @property
    def changes(self) -> pd.DataFrame: ...

    @property
    def cockpit(self) -> Any: ...

    @property
    def decisions(self) -> pd.DataFrame: ...

    @property
    def evidence(self) -> pd.DataFrame: ...

    @property
    def written(self) -> pd.DataFrame: ...

    def answers(self, name: str, even_none: bool = False) -> pd.DataFrame: ...

    def quotes(self, name: str, named: bool = False) -> pd.DataFrame: ...

    def common(self, name: str, work: Callable[[], Frames]) -> Frames: ...

    def singly(self) -> "Survey": ...

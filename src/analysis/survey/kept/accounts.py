"""What is told of a workbook, and how each of its cells ended, once it is known what counts."""

from collections.abc import Callable

from analysis.survey.asked.fields import TR
from analysis.survey.kept.layers import Kept
from analysis.survey.returned.response import (
    ASIDE,
    BLANK,
    FORM,
    PROBLEM,
    UNEXPECTED,
    Key,
    Remark,
    Response,
)
from analysis.survey.told.problems import Code

# What made a workbook earlier or later, or another's, than it was meant to be.
ALWAYS = {Code.BAD_REVISION.name, Code.BAD_RESPONDENT.name, Code.UNIT_FROM_TITLE.name}
ENDS = [FORM, "answered", "tb", BLANK, PROBLEM, UNEXPECTED, ASIDE]


def standing(response: Response, kept: Kept) -> Callable[[Remark], bool]:
    """Which remarks on a workbook still stand: what was superseded accuses nobody.

    One about a cell stands where that cell counts, one about a sheet where any of its cells does,
    or where nothing later came.
    """
    latest, used = response.file in kept.latest, kept.uses(response)
    sheets = kept.sheets(response.file)

    def stands(remark: Remark) -> bool:
        if remark.problem.code in ALWAYS:
            return True
        if remark.about is None:
            sheet = remark.problem.sheet
            return latest or (sheet in sheets if sheet else used)
        if remark.problem.code == Code.MISSING_COLUMN.name:
            return _open(remark.about, kept) and (latest or remark.problem.sheet in sheets)
        return any(
            kept.counts(key, response.file) or (latest and _open(key, kept))
            for key in _cells(remark.about, response)
        )

    return stands


def _open(key: Key, kept: Kept) -> bool:
    return key not in kept.answers and key not in kept.invalid


def _cells(about: Key, response: Response) -> list[Key]:
    """The cell that a remark is about, or those of its row with something that cannot be read."""
    code, name = about
    unread = response.invalid.items()
    return [about] if name else [key for key, said in unread if key[0] == code and said.place]


def accounted(response: Response, kept: Kept | None) -> tuple:
    """How all that a workbook holds ended: a row of ``reconciliation``."""

    def counts(key: Key) -> bool:
        return kept is not None and kept.counts(key, response.file)

    tally, latest = response.tally, kept is not None and response.file in kept.latest
    typed = {key: answer.value for key, answer in response.answers.items() if answer.place}
    standing = [key for key in typed if counts(key)]
    answered = [typed[key] for key in standing if kept and key in kept.answers]
    held, tb = len(standing) - len(answered), answered.count(TR)
    unread = [counts(key) for key, answer in response.invalid.items() if answer.place]
    problem = tally[PROBLEM] - unread.count(False) if latest else unread.count(True)
    unexpected = tally[UNEXPECTED] if latest else 0
    aside = tally[ASIDE] + len(typed) - len(standing)
    aside += tally[PROBLEM] - problem + tally[UNEXPECTED] - unexpected
    kinds = {FORM: tally[FORM], "answered": len(answered) - tb, "tb": tb, BLANK: tally[BLANK]}
    kinds |= {PROBLEM: problem + held, UNEXPECTED: unexpected, ASIDE: aside}
    return (response.file, response.unit, response.size, *kinds.values())

"""Workbooks that carry a unit's id but were filled in by others."""

from collections.abc import Container, Iterator, Mapping, Sequence

from analysis.survey.returned.expected import Expected
from analysis.survey.returned.response import Key, Response, brief
from analysis.survey.told.problems import Code, Details, Problem, problem
from analysis.text import N_

FEWEST = 20  # cells that both filled in, of which more than half differ: two people's answers
SOMEONE = N_("unit atau pengisi lain")


def own(
    responses: Sequence[Response], expected: Expected, decided: Container[Response] = ()
) -> tuple[list[Response], list[Problem]]:
    """The workbooks that count as the unit's, and what is to be told of the others.

    One whose name names other units only, and whose answers are not those of a workbook without
    such a name, is a stranger's, unless it was `decided` that it counts.
    """
    foreign = [r for r in responses if r not in decided and _named(r, expected)]
    trusted = [r for r in responses if r not in foreign]
    kept, problems = list(trusted), []
    for response in foreign:
        for other in trusted:
            if apart(response.answers, other.answers):
                named = _named(response, expected)[0]
                details = overlap(response.answers, other.answers)
                details |= {"other": brief(other.file)}
                told = problem(
                    Code.OTHER_UNIT, response.file, named.id, named=named.name, **details
                )
                problems.append(told)
                break
        else:
            kept.append(response)
    return [r for r in responses if r in kept], problems


def borrowed(unit: str, responses: Sequence[Response], expected: Expected) -> Iterator[Problem]:
    """Workbooks named after a unit that has sent no other, but filled in on another's form."""
    for response in responses:
        if response.unit and unit in {u.id for u in _named(response, expected)}:
            owner = expected.known[response.unit].name
            yield problem(Code.OTHERS_FORM, response.file, unit, unit_name=owner)


def differences(said: Mapping[Key, tuple], heard: Mapping[Key, tuple]) -> list[Key]:
    """The cells in which both say something, and not the same."""
    both = [key for key in said if key in heard]
    return [key for key in both if typed(said[key][0]) != typed(heard[key][0])]


def typed(value: object) -> str:
    """What was typed, whether it could be read or not."""
    return f"{value:g}" if isinstance(value, float) else str(value)


def overlap(said: Mapping[Key, tuple], heard: Mapping[Key, tuple]) -> Details:
    """In how many cells both say something, and in how many not the same."""
    common = said.keys() & heard.keys()
    return {"differing": len(differences(said, heard)), "common": len(common)}


def apart(said: Mapping[Key, tuple], heard: Mapping[Key, tuple]) -> bool:
    """Whether two workbooks are so far apart that different people filled them in."""
    both = [key for key in said if key in heard and said[key][1] and heard[key][1]]
    differing = set(differences(said, heard)) & set(both)
    return len(both) >= FEWEST and 2 * len(differing) > len(both)


def _named(response: Response, expected: Expected) -> list:
    """The units that a workbook names in its file's name or inside, other than its own."""
    named = expected.named(response.file)
    if response.unit in {u.id for u in named}:
        return []
    return named or [expected.known[id] for id in (response.claimed,) if response.unit and id]

"""Files in a folder of answers -> what each of them says, read once."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from analysis.project import Project
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.folder import Source
from analysis.survey.returned.matching import read
from analysis.survey.returned.reader import Reader
from analysis.survey.returned.readings import Readings
from analysis.survey.returned.response import Response, unreadable
from analysis.survey.returned.wide import table
from analysis.survey.returned.workbook import Unreadable, clean
from analysis.survey.told.problems import Code

MOST_CELLS = 200_000  # of one questionnaire, which has about 1,500 when it is filled


def responses(
    project: Project,
    paths: Sequence[Path],
    readings: Readings,
    expected: Expected,
    progress: Callable[[int, int], None],
) -> list[Response]:
    """What the files at these paths say, in their order; what was read before is not read again."""
    names = _names(project, paths)
    before = {path: readings.of(path, names[path]) for path in paths}
    known = {path: said for path, said in before.items() if said is not None}
    unread = [path for path in paths if path not in known]
    if unread:
        done = len(paths) - len(unread)
        progress(done, len(paths))
        with Reader() as reader:
            expected.prepare()  # while the reader starts
            for count, (path, found) in enumerate(reader.each(unread), start=done + 1):
                known[path] = examine(found, names[path], expected)
                readings.keep(path, found, known[path])
                progress(count, len(paths))
    return [response for path in paths for response in known[path]]


def examine(sources: list[Source], file: str, expected: Expected) -> list[Response]:
    """What one file says: a response, or one for each workbook in a zip and each row of a wide
    table. Raises nothing."""
    responses: list[Response] = []
    members = _apart([f"{file}/{s.member}" if s.member else file for s in sources])
    for source, named in zip(sources, members, strict=True):
        if isinstance(source.content, Unreadable):
            responses.append(unreadable(named, source.content, expected.claimed(named)))
        elif (rows := table.responses(source.content, named, expected)) is not None:
            responses += rows
        elif source.content.size > MOST_CELLS:
            error = Unreadable(Code.TOO_LARGE, source.content.sha256, what=f"> {MOST_CELLS}")
            responses.append(unreadable(named, error, expected.claimed(named)))
        else:
            responses.append(read(source.content, named, expected))
    return responses


def _names(project: Project, paths: Sequence[Path]) -> dict[Path, str]:
    """The paths of files in the project, as they may be shown."""
    shown = [clean(path.relative_to(project.root).as_posix()) for path in paths]
    return dict(zip(paths, _apart(shown), strict=True))


def _apart(names: list[str]) -> list[str]:
    """Names of which no two are the same."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for name in names:
        seen[name] += 1
        found.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return found

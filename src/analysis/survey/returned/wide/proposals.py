"""What open headings of a wide table are likely to mean, written down for a person to decide."""

from pathlib import Path

from analysis.project import Project, ProjectError, files, write
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.folder import Source
from analysis.survey.returned.reader import Reader
from analysis.survey.returned.response import Key
from analysis.survey.returned.wide import mapping
from analysis.survey.returned.wide.beside import bare
from analysis.survey.returned.wide.columns import Columns, tables
from analysis.survey.returned.wide.mapping import Meaning
from analysis.survey.returned.wide.repeats import repeats
from analysis.survey.returned.wide.table import ours
from analysis.survey.returned.workbook import Workbook
from analysis.text import _


def proposals(path: Path, expected: Expected) -> list[Meaning]:
    """For each heading of a file that is not known, the likeliest meaning; none is confirmed.

    Raises ProjectError for a file without a table that has a row a respondent.
    """
    with Reader() as reader:
        [(_path, sources)] = reader.each([path])
    found = [columns for source in sources for columns in _tables(source, expected)]
    if not found:
        told = _("{file} tidak memuat tabel dengan satu baris untuk setiap pengisi.")
        raise ProjectError(told.format(file=path.name))
    rows: list[Meaning] = []
    for columns in found:
        rows += mapping.proposed(_open(columns), columns.keys.values(), expected.vocabulary)
    return rows


def keep(project: Project, rows: list[Meaning]) -> list[Meaning]:
    """Add the rows to the mapping of the period, those of headings that do not stand there.

    Returns them. What stands in the file stays as it is, to the byte.
    """
    path = project.inside(project.mapping)
    content, before = "", b""
    if path.is_file():
        content, before = files.read(path, path.name), path.read_bytes()
    known = {bare(heading) for heading in mapping.listed(path)}
    new = [row for row in rows if bare(row.heading) not in known]
    if new:
        added = mapping.addition(content, new)
        whole = before.removeprefix(b"\xef\xbb\xbf") == content.removeprefix("\ufeff").encode()
        write(path, before + added.encode() if whole else (content + added).encode())
    return new


def _tables(source: Source, expected: Expected) -> list[Columns]:
    content = source.content
    if not isinstance(content, Workbook) or ours(content, expected):
        return []
    found = tables(content, expected.vocabulary, expected.mapped)
    return [*found, *(repeat.columns for repeat in repeats(content, expected))]


def _open(columns: Columns) -> list[tuple[str, tuple[Key, ...]]]:
    """The headings that are to be decided, in the order of their columns."""
    meant = {**columns.open, **{column: (key,) for column, key in columns.doubled.items()}}
    return [(columns.headings[column], meant[column]) for column in sorted(meant)]

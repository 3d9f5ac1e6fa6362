"""The next period of a city: what was set and asked in one before, none of what came of it."""

import re
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import fingerprint
from analysis.project.errors import ProjectError
from analysis.project.files import read, write
from analysis.project.folder import CHOICES, Project, checked
from analysis.project.statements import statements
from analysis.text import _

_ENTRY = r"(campaign\s*\.\s*)?\"?deadline\"?\s*=\s*\d{4}-\d\d-\d\d"
# Between braces with one of its commas: that before it, or of the first that after it.
DEADLINE = re.compile(rf",\s*{_ENTRY}|{_ENTRY}\s*,?[ \t]*")


def successor(project: Project, name: str) -> tuple[Project, list[str]]:
    """Begin a period like the project's; returns the city in it, and the files that it has now.

    It has the settings, open and without a deadline, the register, the proposed actions and the
    instrument. Raises ProjectError where the name cannot be used or something is there already.
    """
    made = project.at(name)
    folder = project.raw / checked(name)
    if folder.exists() or folder.is_symlink():
        said = _("{folder} sudah ada; tidak ada yang diubah. Pilih nama periode lain.")
        raise ProjectError(said.format(folder=folder.relative_to(project.root).as_posix()))
    chosen = read(project.root / project.choices, project.choices)
    files = [p for n in ("units.csv", "actions.csv") if (p := project.folder / n).is_file()]
    files += [p for p in sorted(project.questionnaire.rglob("*")) if p.is_file()]
    files = [path for path in files if not fingerprint.litter(path, project.folder)]
    with TemporaryDirectory(dir=project.raw, prefix=".masterplan.") as temporary:
        there = Path(temporary) / name
        for path in files:
            write(there / path.relative_to(project.folder), path.read_bytes())
        write(there / CHOICES, _begun(chosen))
        there.rename(folder)
    return made, [CHOICES, *(path.relative_to(project.folder).as_posix() for path in files)]


def _begun(text: str) -> str:
    """Settings as they are when a period begins, as they were written but for that."""
    kept = []
    for part in statements(text):
        new = part.text
        if part.name == "closed":
            new = re.sub(r"=\s*true\b", "= false", new)
        if part.name == "campaign" and tomllib.loads(new):
            new = DEADLINE.sub("", new)
            if not tomllib.loads(new):
                continue
        kept.append(new)
    return "".join(kept)

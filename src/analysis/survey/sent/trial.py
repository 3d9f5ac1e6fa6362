"""Cities for trying a run over many: a project again and again, under other names."""

import re
from collections.abc import Iterator
from pathlib import Path

from analysis.ledger import Ledger
from analysis.project import SETTINGS, Project
from analysis.project.files import read
from analysis.survey.asked import register
from analysis.survey.sent import forms, sample

LEFT_OUT = {"sample", "responses", "__pycache__"}


def cities(project: Project, count: int, seed: int, out: Path) -> Iterator[Project]:
    """Make ``kota-01`` ... in `out`, one after the other.

    Each is this project with another name and code, no published figures of its own, and its own
    synthetic answers. Raises ProjectError, before the first is made, where one that this did not
    make is in the way.
    """
    digits, copied = max(2, len(str(count))), _copied(project)
    books = [forms.name(project.period, u) for u in register.units(project)]
    made = {}
    for number in range(1, count + 1):
        city = Project(out / f"kota-{number:0{digits}}", asked=project.period)
        made[city] = copied | {SETTINGS.as_posix(): _settings(project, number)}
        Ledger(project, city.root, "city").check(made[city])
        workbooks = city.inside(city.raw / city.asked / "sample")
        Ledger(project, workbooks, sample.KIND).check(dict.fromkeys(books))
    for number, (city, files) in enumerate(made.items(), 1):
        Ledger(project, city.root, "city").write(files)
        sample.write(city, seed + number)
        yield city


def _copied(project: Project) -> dict[str, bytes]:
    """What is asked in the period, of whom and about what, and the notebooks.

    No answers, nothing that was decided on them or that assessors said, and no hidden files.
    """
    others = [project.at(period).folder for period in project.periods if period != project.period]
    own = (project.decisions, project.assessment)
    names = [
        path.relative_to(project.root)
        for path in [*sorted(project.raw.rglob("*")), *project.programs()]
        if path.is_file() and path not in own and not {*others} & {*path.parents}
    ]
    return {
        name.as_posix(): (project.root / name).read_bytes()
        for name in names
        if not LEFT_OUT & set(name.parts) and not any(p.startswith(".") for p in name.parts)
    }


def _settings(project: Project, number: int) -> bytes:
    content = read(project.root / SETTINGS, SETTINGS.as_posix())
    for key, value in (
        ("name", f"Kota Contoh {number}"),
        ("code", f"99.{number:02}"),
        ("bps_code", f"99{number:02}"),
    ):
        content = re.sub(rf"(?m)^{key} = .*$", f'{key} = "{value}"', content, count=1)
    return content.encode()

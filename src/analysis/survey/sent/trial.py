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
    digits, period = max(2, len(str(count))), project.settings.period
    copied, books = _copied(project), [forms.name(period, u) for u in register.units(project)]
    made = {}
    for number in range(1, count + 1):
        city = Project(out / f"kota-{number:0{digits}}")
        made[city] = copied | {SETTINGS.as_posix(): _settings(project, number)}
        Ledger(project, city.root, "city").check(made[city])
        Ledger(project, city.sample(period), sample.KIND).check(dict.fromkeys(books))
    for number, (city, files) in enumerate(made.items(), 1):
        Ledger(project, city.root, "city").write(files)
        sample.write(city, period, seed + number)
        yield city


def _copied(project: Project) -> dict[str, bytes]:
    """What is asked, of whom and about what, and the notebooks: no answers, no hidden files."""
    names = [
        path.relative_to(project.root)
        for path in [*sorted(project.raw.rglob("*")), *project.programs()]
        if path.is_file()
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

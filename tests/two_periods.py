"""The sample's city in a second period, which differs from the first in known places."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from analysis.project import Project
from analysis.survey.sent import sample
from tests.second_city import RAW

EARLIER, LATER = "2023", "2024"
DROPPED, ADDED, REWORDED = "KS27", "KS28", "KS26"
MERGED, INTO, CAME = ("ppkb", "sosial"), "sosial", "riset"
OTHERS = ("kominfo", "bappeda", "siantar-barat", "siantar-timur", "setda")
Cells = list[list[str]]


def found(root: Path) -> Project:
    """A few offices of the city in both periods, in the later one: its sample, and no notebooks.

    One question is dropped, one added, one reworded; two offices are merged under the id of one of
    them, and one is new; the vision and a threshold are others.
    """
    ignored = shutil.ignore_patterns("2024", "responses")
    shutil.copytree(RAW, root / "data" / "raw", ignore=ignored)
    raw = root / "data" / "raw"
    _rewrite(raw / EARLIER / "units.csv", _few)
    for name in ("actions.csv", "sample-assessment.csv"):  # they name units that it has not
        (raw / EARLIER / name).unlink()
    for path in (raw / EARLIER / "sample").glob("*.xlsx"):
        if not path.stem.endswith(tuple(f"-{unit}" for unit in (*MERGED, *OTHERS))):
            path.unlink()
    later = shutil.copytree(raw / EARLIER, raw / LATER, ignore=shutil.ignore_patterns("sample"))
    _rewrite(later / "instrument" / "readiness.csv", _asked)
    _rewrite(later / "units.csv", _registered)
    settings = later / "period.toml"
    content = settings.read_text("utf-8")
    for old, new in (
        ('id = "berkualitas", name = "Berkualitas"', 'id = "lestari", name = "Lestari"'),
        ("readiness = 2.6", "readiness = 2.8"),
    ):
        assert old in content
        content = content.replace(old, new)
    settings.write_text(content, "utf-8")
    project = Project(root, asked=LATER)
    sample.write(project, seed=7)
    return project


def _rewrite(path: Path, change: Callable[[Cells], Cells]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        rows = change(list(csv.reader(file)))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def _few(rows: Cells) -> Cells:
    return [row for n, row in enumerate(rows) if not n or row[0] in (*MERGED, *OTHERS)]


def _asked(rows: Cells) -> Cells:
    head, *items = rows
    worded, name = head.index("statement"), head.index("name")
    made = [head, *(row for row in items if row[0] != DROPPED)]
    for row in made:
        if row[0] == REWORDED:
            row[worded] = "Unit kerja kami memakai proses kerja yang seluruhnya elektronik."
        elif row is not head:  # spaces and case are no other wording
            row[worded] = f" {row[worded].upper()}".replace(" ", "  ")
    new = list(made[-1])
    new[0], new[name], new[worded] = ADDED, "Kecerdasan buatan", "Unit kami memakai AI."
    return [*made, new]


def _registered(rows: Cells) -> Cells:
    head, *units = rows
    made = [[*head, "predecessors"]]
    for row in units:
        if row[0] not in MERGED:
            made.append([*row, ""])
        elif row[0] == INTO:
            made.append([*row, ";".join(MERGED)])
    new = dict.fromkeys(head, "") | {
        "id": CAME, "name": "Badan Riset Daerah", "short": "Brida", "group": "badan",
        "coordinator": "no", "weight": "1", "verified": "no", "source": "berkas uji",
    }  # fmt: skip
    return [*made, [*new.values(), ""]]

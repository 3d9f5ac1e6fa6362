"""A large campaign: N units, three revisions each; how long the coordinator's commands take.

    python -m benchmarks.campaign --units 50 100 200

Each revision mends a part of what the first left blank. What grows with the files should grow
linearly, and the coordinator's page stay below 600 KB.
"""

import argparse
import csv
import shutil
import tempfile
from itertools import cycle, islice
from pathlib import Path

from numpy.random import default_rng

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import forms, sample
from benchmarks import ways

REVISIONS = 3
LEFT = (0.3, 0.1, 0.02)
"""The share of answers that is still blank in each revision."""
COMMANDS = {
    "check": ("check",),
    "status": ("status",),
    "run coordinator": ("run", "coordinator", "--force"),
}


def city(root: Path, count: int) -> Project:
    """A city of so many units, which have all answered three times."""
    ignore = shutil.ignore_patterns(
        "2024", "sample", "responses", "actions.csv", "sample-assessment.csv"
    )
    shutil.copytree(ways.ROOT / "data" / "raw", root / "data" / "raw", ignore=ignore)
    (root / "notebooks").mkdir()
    shutil.copy(ways.ROOT / "notebooks" / "coordinator.ipynb", root / "notebooks")
    path = root / "data/raw/2023/units.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.DictWriter(file, rows[0])
        written.writeheader()
        for number, row in enumerate(islice(cycle(rows), count)):
            told = {"id": f"{row['id']}-{number}", "name": f"{row['name']} {number}"}
            told |= {"short": f"{row['short'][:12]} {number}", "aliases": ""}
            chief = row["coordinator"] if number < len(rows) else "no"
            written.writerow(row | told | {"coordinator": chief})
    project = Project(root)
    for revision in range(1, REVISIONS + 1):
        answer(project, revision)
    return project


def answer(project: Project, revision: int) -> None:
    """Every unit's workbook of a revision."""
    period, settings = project.period, project.settings
    instrument, units = Instrument.load(project), register.units(project)
    folder = project.responses
    folder.mkdir(parents=True, exist_ok=True)
    for number, unit in enumerate(units):
        given = sample.of(project, instrument, unit, number).fill_in(units)
        blank = default_rng([2, number]).random(len(given)) < LEFT[revision - 1]
        kept = {key: v for (key, v), gone in zip(given.items(), blank, strict=True) if not gone}
        book = forms.workbook(
            unit,
            instrument,
            settings,
            units=units,
            period=period,
            answers=kept,
            revision=revision,
            respondent="Sekretaris",
        )
        (folder / f"{unit.id}-{revision}.xlsx").write_bytes(book)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, nargs="+", default=[10, 20])
    asked = parser.parse_args()
    print("| units | files | " + " | ".join(f"{name}, s" for name in COMMANDS) + " | page, KB |")
    print("|---|---|" + "---|" * len(COMMANDS) + "---|")
    for count in asked.units:
        with tempfile.TemporaryDirectory(prefix="masterplan-") as temporary:
            project = city(Path(temporary), count)
            took = [
                ways.clock(ways.command, str(ways.MASTERPLAN[0]), *words, "--root", temporary)
                for words in COMMANDS.values()
            ]
            page = project.reports / "internal" / "coordinator.html"
            size = page.stat().st_size / 1024
        times = " | ".join(f"{seconds:.1f}" for seconds in took)
        print(f"| {count} | {REVISIONS * count} | {times} | {size:.0f} |", flush=True)


if __name__ == "__main__":
    main()

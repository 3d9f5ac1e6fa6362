"""Reading a table with a row a respondent: ours, cell by cell, against calamine that merely reads.

    python -m benchmarks.wide --rows 500 1000 2000 5000 --rounds 3

Each reading is a process of its own; its seconds of processor time and the memory that it takes
above its start do not contain the imports, nor the questionnaire, which is put together before.
`file` is the bytes as cells, `responses` what each row says, `answers` each of these once more put
together with its place, as all that follows asks for it; `ingest` is all of that and the tables.
"""

import argparse
import json
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

from analysis.project import Project
from analysis.survey.asked.fields import Choice, Scale
from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import folder
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.reading import examine

ROOT = Path(__file__).parent.parent
COLUMNS = 267


def table(path: Path, rows: int) -> None:
    """A table of so many rows with an answer in each of the columns."""
    expected, chance = Expected.of(Project(ROOT)), random.Random(1)
    instrument = expected.instrument
    asked: list[tuple[str, list]] = []
    for code, own in instrument.rows.items():
        for field in own.asked(code):
            if isinstance(field.kind, Scale):
                asked.append((f"{code}_{field.name}", field.kind.levels))
            elif isinstance(field.kind, Choice):
                kind = field.kind
                ids = instrument.scheme(kind.scheme).index if kind.scheme else kind.options
                asked.append((f"{code}_{field.name}", list(ids)))
    asked = asked[:COLUMNS]
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["ID", "unit", *(heading for heading, _levels in asked)])
        for row in range(1, rows + 1):
            unit = expected.units[row % len(expected.units)].id
            sheet.write_row(row, 0, [row, unit, *(chance.choice(own) for _h, own in asked)])


def read(reader: str, path: Path) -> dict[str, float]:
    """Seconds and MB that one reader takes for a file."""
    expected = Expected.of(Project(ROOT))
    expected.prepare()
    expected.vocabulary.keys("-")
    before, start = _memory(), time.process_time()
    if reader == "calamine":
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
        cells = sum(len(row) for row in sheet.iter_rows())
        return {"seconds": time.process_time() - start, "mb": _memory() - before, "cells": cells}
    if reader == "ingest":
        ingest(Project(path.parent))
        return {"seconds": time.process_time() - start, "mb": _memory() - before}
    found = folder.sources(path)
    read = time.process_time() - start
    said = examine(found, path.name, expected)
    seconds, mb = time.process_time() - start, _memory() - before
    answers = sum(1 for response in said for _answer in response.answers.values())
    asked = time.process_time() - start - seconds
    return {"seconds": seconds, "file": read, "mb": mb, "answers": answers, "asked": asked}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _alone(path: Path, root: Path) -> Path:
    """A project in which the table is all that came back; where it lies there, as `apart` asks."""
    period = Project(ROOT).period
    kept = shutil.ignore_patterns("responses", "sample")
    shutil.copytree(ROOT / "data" / "raw", root / "data" / "raw", ignore=kept)
    responses = root / "data" / "raw" / period / "responses"
    responses.mkdir()
    shutil.copy(path, responses)
    return root / path.name


def apart(reader: str, path: Path) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.wide", "--reader", reader, "--file", str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout)


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--rows", type=int, nargs="+", default=[500, 1000, 2000, 5000])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--reader")
    options.add_argument("--file", type=Path)
    chosen = options.parse_args()
    if chosen.reader:
        json.dump(read(chosen.reader, chosen.file), sys.stdout)
        return
    with tempfile.TemporaryDirectory() as place:
        for rows in chosen.rows:
            table(path := Path(place, f"{rows}.xlsx"), rows)
            whole = apart("ingest", _alone(path, Path(place, str(rows))))
            both = [(apart("calamine", path), apart("ours", path)) for _n in range(chosen.rounds)]
            bare = statistics.median(one["seconds"] for one, _ours in both)
            ours = statistics.median(ours["seconds"] for _one, ours in both)
            first = statistics.median(ours["file"] for _one, ours in both)
            asked = statistics.median(ours["asked"] for _one, ours in both)
            most = max(ours["mb"] for _one, ours in both)
            print(
                f"{rows:6} rows, {both[0][1]['answers']:8.0f} answers: {ours:5.2f} s "
                f"(file {first:.2f}, responses {ours - first:.2f}), {most:4.0f} MB; "
                f"calamine {bare:.2f} s, ratio {ours / bare:.2f}; answers {asked:.2f} s; "
                f"ingest {whole['seconds']:.1f} s, {whole['mb']:.0f} MB"
            )


if __name__ == "__main__":
    main()

"""Each kind of chart as SVG and as PNG: how long it takes to save, and what it weighs in a page.

python -m benchmarks.formats
"""

import os
import statistics
import time
from collections import defaultdict

from analysis.project import Project
from analysis.reports import jobs
from benchmarks import limit, ways


def measure(project: Project) -> dict[str, list[tuple[float, float, float, float]]]:
    """For each kind, its charts in the stage reports: (ms, KB) as SVG, (ms, KB) as PNG."""
    found = defaultdict(list)
    os.chdir(project.notebooks)
    for notebook in jobs.notebooks(project):
        if notebook.internal or notebook.per_unit:
            continue
        for _number, exhibit in limit.exhibits(str(notebook.path), {}):
            if figure := exhibit.figure:
                svg, first = _timed(figure.svg, exhibit.content["title"])
                png, second = _timed(figure.png)
                sizes = len(svg.encode()) / 1024, len(png) / 1024
                found[exhibit.content["chart"]].append((first, sizes[0], second, sizes[1]))
    return found


def _timed(call, *arguments) -> tuple[str, float]:
    start = time.perf_counter()
    made = call(*arguments)
    return made, 1000 * (time.perf_counter() - start)


def table(project: Project) -> list[str]:
    """The medians of each kind as a table in Markdown."""
    lines = ["| kind | charts | SVG ms | SVG KB | PNG ms | PNG KB |", "|---|---|---|---|---|---|"]
    for kind, charts in sorted(measure(project).items()):
        middle = [statistics.median(column) for column in zip(*charts, strict=True)]
        lines.append(f"| {kind} | {len(charts)} | " + " | ".join(f"{m:.0f}" for m in middle) + " |")
    return [*lines, ""]


if __name__ == "__main__":
    print("\n".join(table(Project(ways.ROOT))))

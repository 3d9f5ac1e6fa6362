"""Each kind of chart as SVG and as PNG: how long it takes to save, and what it weighs in a page.

python -m benchmarks.formats
"""

import statistics
import time
from collections import defaultdict
from contextlib import chdir

from analysis.project import Project
from analysis.runs.notebook import notebooks
from benchmarks import limit, ways


def measure(project: Project) -> dict[str, list[tuple[float, float, float, float]]]:
    """For each kind, its charts in the stage reports: (ms, KB) as SVG, (ms, KB) as PNG."""
    found = defaultdict(list)
    stages = [n for n in notebooks(project) if not (n.internal or n.per == "unit")]
    with chdir(project.notebooks):
        shown = [e for stage in stages for _cell, e in limit.exhibits(str(stage.path), {})]
    for exhibit in shown:
        if figure := exhibit.figure:
            svg, first = _timed(figure.svg, exhibit.content["title"])
            png, second = _timed(figure.png)
            weights = len(svg.encode()) / 1024, len(png) / 1024
            found[exhibit.content["chart"]].append((first, weights[0], second, weights[1]))
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

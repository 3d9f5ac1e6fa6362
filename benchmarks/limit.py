"""The limit: the notebooks' code as plain Python, one worker per core, figures saved, no notebook.

The workers are forked when everything is imported; the clock starts only then.
"""

import ast
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from analysis.exhibits import Exhibit


def exhibits(path: str, parameters: dict) -> Iterator[tuple[int, Exhibit]]:
    """Run one notebook's code cells; what they show, with the cell's number."""
    seen: list = []
    names: dict = {"display": lambda *given: seen.extend(given)}
    for number, cell in enumerate(json.loads(Path(path).read_text("utf-8"))["cells"]):
        if cell["cell_type"] != "code":
            continue
        *statements, last = ast.parse("".join(cell["source"])).body
        shown = isinstance(last, ast.Expr)
        body = statements if shown else [*statements, last]
        exec(compile(ast.Module(body, []), path, "exec"), names)
        if "parameters" in cell["metadata"].get("tags", []):
            names |= parameters
        if shown:
            seen.append(eval(compile(ast.Expression(last.value), path, "eval"), names))
        yield from ((number, value) for value in seen if isinstance(value, Exhibit))
        seen.clear()


def plain(task: tuple[str, dict, str]) -> None:
    """Run one notebook's code cells, and save what its exhibits draw."""
    path, parameters, target = task
    for number, exhibit in exhibits(path, parameters):
        if svg := exhibit.media.get("image/svg+xml"):
            Path(f"{target}-{number}.svg").write_text(svg, "utf-8")


def main(tasks: list) -> None:
    for name in ("seaborn", "matplotlib.pyplot", "analysis.charts", "analysis.survey.kept.store"):
        import_module(name)
    stages = import_module("analysis.stages")
    for stage in iter_modules(stages.__path__, "analysis.stages."):
        import_module(stage.name)
    os.chdir(Path(tasks[0][0]).parent)
    with multiprocessing.get_context("fork").Pool(os.cpu_count()) as pool:
        start = time.perf_counter()
        pool.map(plain, tasks, chunksize=1)
        print(time.perf_counter() - start)


if __name__ == "__main__":
    main(json.load(sys.stdin))

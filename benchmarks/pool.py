"""papermill and nbconvert in a pool of as many processes as cores: the usual do-it-yourself way."""

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import nbformat
import papermill
from nbconvert import HTMLExporter


def report(task: tuple[str, dict, str]) -> None:
    path, parameters, target = task
    cwd = os.path.dirname(path)
    papermill.execute_notebook(path, f"{target}.ipynb", parameters, cwd=cwd, progress_bar=False)
    page, _resources = HTMLExporter().from_notebook_node(nbformat.read(f"{target}.ipynb", 4))
    with open(f"{target}.html", "w", encoding="utf-8") as file:
        file.write(page)


if __name__ == "__main__":
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        list(pool.map(report, json.load(sys.stdin)))

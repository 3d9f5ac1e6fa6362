"""What a notebook may print and hold: one that takes more fails in one line, and soon."""

import os
import re
import sys

import pytest

from analysis.project import Project
from analysis.runs import execute
from analysis.runs.execute import Result
from tests.test_kernels import run, shown  # noqa: F401

LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits a process that runs")
FOR_EVER = "while True: print('x' * 10_000)"


def changed(run, tmp_path, limit: str):  # noqa: F811
    settings = Project(tmp_path).raw / "city.toml"
    name = limit.split()[0]
    content = re.sub(f"{name} = [0-9]+", limit, settings.read_text("utf-8"))
    assert limit in content
    settings.write_text(content, "utf-8")
    return run


@pytest.fixture
def printing(run, tmp_path):  # noqa: F811
    """Run cells that may show 2 MB."""
    changed(run, tmp_path, "output_mb = 2")

    def printed(*cells: str) -> Result:
        os.environ.pop("PYTEST_CURRENT_TEST", None)  # with it, ipykernel leaves raw output alone
        return run(*cells)

    return printed


@pytest.fixture
def holding(run, tmp_path):  # noqa: F811
    """Run cells that may hold 300 MB."""
    return changed(run, tmp_path, "memory_mb = 300")


def failed(result: Result, *words: str) -> None:
    assert result.notebook is None
    assert all(word in result.error for word in words), result.error
    assert "\n" not in result.error


@pytest.mark.parametrize(
    "cell",
    [
        FOR_EVER,
        "import os\nwhile True: os.write(1, b'x' * 100_000)",
        "from IPython.display import display, HTML\nwhile True: display(HTML('x' * 100_000))",
        "'x' * 3_000_000",
        "raise ValueError('x' * 3_000_000)",
    ],
)
@pytest.mark.parametrize("fork", [True, False] if os.environ.get("MASTERPLAN_LONG") else [True])
def test_a_notebook_that_prints_too_much_is_stopped(printing, monkeypatch, cell, fork):
    if not fork:
        monkeypatch.setenv("MASTERPLAN_NO_FORK", "1")
    result = printing("1", cell)
    failed(result, "mencetak lebih dari 2 MB", "output_mb", "city.toml")
    assert result.seconds < 60  # not by its time limit


def test_what_all_cells_print_counts_together(printing):
    failed(printing(*["print('x' * 500_000)"] * 5), "mencetak lebih dari 2 MB")


def test_our_memory_does_not_grow_with_what_is_printed(printing):
    resource = pytest.importorskip("resource")
    printing("1")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    failed(printing(FOR_EVER), "mencetak")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000  # kB


@LINUX
@pytest.mark.parametrize(
    "cell",
    [
        "x = []\nwhile True: x.append(bytearray(1_000_000))",
        "import numpy; numpy.ones(100_000_000)",
        "import pandas; x = pandas.Series(range(1_000_000))\nwhile True: x = pandas.concat([x, x])",
        "import pyarrow; x = pyarrow.array(range(1_000_000))\n"
        "while True: x = pyarrow.concat_arrays([x, x])",
    ],
)
def test_a_notebook_that_holds_too_much_fails_where_it_does(holding, cell):
    result = holding("1", cell)
    failed(result, "sel 2: perlu lebih dari 300 MB memori", "memory_mb", "city.toml")
    assert result.memory is None or result.memory < 1000


@LINUX
def test_what_is_within_the_limits_is_shown(printing, holding):
    result = holding("print('x' * 1_000_000)", "import numpy; numpy.ones(20_000_000).sum()")
    assert result.error == "" and "20000000" in str(shown(result)[1])


def test_where_no_memory_can_be_limited_the_error_is_told_as_it_is(holding, monkeypatch):
    monkeypatch.setattr(execute.bounds, "hold", lambda kernel: None)
    failed(holding("raise MemoryError('habis')"), "sel 1: MemoryError: habis")

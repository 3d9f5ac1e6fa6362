"""The gallery: every chart and every table once, in code that runs."""

import ast

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import charts, tables
from analysis.exhibits import MIME
from analysis.project import ROOT as PROJECT
from tests.second_city import ROOT

GALLERY = ROOT / "docs" / "galeri.ipynb"


def called(source: str) -> set[str]:
    """What is called in a cell, as ``room.function``."""
    calls = [n.func for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    return {ast.unparse(call) for call in calls}


@pytest.fixture(scope="module")
def shown(siantar) -> list:
    """The cells of code, having run."""
    notebook = nbformat.read(GALLERY, as_version=4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROJECT, str(siantar.root))
        done = NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return [cell for cell in done.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("room", [charts, tables], ids=["charts", "tables"])
def test_the_gallery_shows_every_function(room, shown):
    name = room.__name__.split(".")[-1]
    known = {call for cell in shown for call in called(cell.source)}
    assert {f"{name}.{function}" for function in room.__all__} <= known


def test_every_cell_shows_an_exhibit_and_nothing_is_committed(shown):
    committed = nbformat.read(GALLERY, as_version=4).cells
    assert not any(cell.get("outputs") for cell in committed)
    for cell in shown[1:]:
        [output] = cell.outputs
        content = output["data"].get(MIME)
        assert content, cell.source
        if any(f".{f}(" in cell.source for f in ("chart", *charts.__all__)):
            assert content["title"] and "image/svg+xml" in output["data"]

"""The gallery: every chart and every table once, in code that runs."""

import ast
import re
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis import charts, desk, tables
from analysis.exhibits import MIME
from analysis.project import ROOT as PROJECT
from analysis.stages import ALL
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


@pytest.mark.parametrize("room", [charts, tables, desk, *ALL], ids=lambda room: room.__name__)
def test_what_is_public_is_named_and_explained(room):
    public = [getattr(room, name) for name in room.__all__]
    assert public and all((each.__doc__ or "").strip() for each in public)
    assert (Path(desk.__file__).parents[1] / "py.typed").is_file()


def test_the_cheat_sheet_holds(siantar, monkeypatch, tmp_path):
    """Its code runs, and all that its table says to type shows something."""
    sheet = (ROOT / "docs" / "contekan.md").read_text("utf-8")
    assert len(sheet.splitlines()) <= 80
    monkeypatch.setenv(PROJECT, str(siantar.root))
    monkeypatch.chdir(tmp_path)
    known: dict = {}
    for block in re.findall(r"```python\n(.*?)```", sheet, re.DOTALL):
        exec(block.replace("/folder/proyek", str(siantar.root)), known)
    assert (tmp_path / "kesiapan.png").is_file()
    for row in re.findall(r"^\| (`.*?) \|", sheet, re.MULTILINE):
        for asked in re.findall(r"`(.*?)`", row):
            assert repr(eval(asked, known))
    assert set(re.findall(r"^Tahap: (.*)\.$", sheet, re.MULTILINE)[0].split(", ")) == {
        f"`{stage.of.name}`" for stage in ALL
    }

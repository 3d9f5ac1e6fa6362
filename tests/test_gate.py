"""The gate before public pages: every text covered, numbers and pictures as they were."""

import base64
from copy import deepcopy

import pytest
from nbformat import v4

from analysis import text
from analysis.exhibits import MIME
from analysis.reports import document, html
from analysis.runs import gate
from tests.test_html import EDITION

PHONE, COVERED = "0812-3456-7890", "•••"
PNG = base64.b64encode(b"08123456789012345678" * 40).decode()
PATH = "M 0812.3456 7890.123 L 1273 0101 0190 0001 z"
SVG = (
    f'<svg aria-label="telp {PHONE}"><!-- {PHONE} --><path d="{PATH}" id="{PHONE}"/>'
    f"<text>A &amp; B &lt; {PHONE}</text><text>R&amp;D 1.234.567.890</text></svg>"
)


def shown(*outputs, source="", **data) -> object:
    """What the gate lets through of a notebook with a cell of prose and one with outputs."""
    made = [v4.new_output("display_data", {k: v}) for k, v in data.items()]
    cells = [v4.new_markdown_cell(source), v4.new_code_cell("", outputs=[*outputs, *made])]
    notebook = v4.new_notebook(cells=cells)
    before = deepcopy(notebook)
    passed = gate.passed(notebook)
    assert notebook == before
    assert gate.passed(passed) == passed
    return passed


def data(kind: str, content: object) -> object:
    return shown(**{kind: content}).cells[1].outputs[0].data[kind]


def test_every_text_of_an_exhibit_is_covered_and_no_number():
    content = {
        "kind": "table",
        "title": f"Hubungi {PHONE}",
        "columns": [{"key": "name", "label": PHONE, "format": "text"}],
        "rows": [[f"Siti {PHONE}", 81234567890, 1.5, None, [1273010101900001, 2.0]]],
        "items": [PHONE, "Rp 12.500.000.000"],
    }
    told = data(MIME, content)
    assert told["title"] == f"Hubungi {COVERED}"
    assert told["columns"][0] == {"key": "name", "label": COVERED, "format": "text"}
    assert told["rows"] == [[f"Siti {COVERED}", 81234567890, 1.5, None, [1273010101900001, 2.0]]]
    assert told["items"] == [COVERED, "Rp 12.500.000.000"]


def test_texts_of_pictures_are_covered_and_nothing_is_drawn_otherwise():
    told = data("image/svg+xml", SVG)
    assert told == SVG.replace(f'"telp {PHONE}"', f'"telp {COVERED}"').replace(
        f"<!-- {PHONE} -->", f"<!-- {COVERED} -->"
    ).replace(f"&lt; {PHONE}", f"&lt; {COVERED}")
    assert data("image/png", PNG) == PNG


def test_foreign_outputs_are_covered():
    assert data("text/plain", f"Siti {PHONE}") == f"Siti {COVERED}"
    assert data("text/markdown", f"**{PHONE}**") == f"**{COVERED}**"
    assert data("application/json", {"a": [PHONE, 1]}) == {"a": [COVERED, 1]}
    table = '<table title="siti@contoh.id"><td>siti&#64;contoh.id</td></table>'
    assert data("text/html", table) == f'<table title="{COVERED}"><td>{COVERED}</td></table>'
    printed = v4.new_output("stream", name="stdout", text=f"NIK 1273 0101 0190 0001\n{PHONE}")
    made = shown(printed, source=f"# Judul\n\nTelp. {PHONE}")
    assert made.cells[1].outputs[0].text == f"NIK {COVERED}\n{COVERED}"
    assert made.cells[0].source == f"# Judul\n\nTelp. {COVERED}"


def test_of_an_error_only_its_kind_is_public():
    error = v4.new_output("error", ename="ValueError", evalue="Rahasiaku", traceback=["Rahasiaku"])
    page = html.page(document.read(shown(error)), EDITION, title="Judul", parameters={})
    assert "ValueError" in page and "folder internal" in page and "Rahasiaku" not in page


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (f"sel 3: ValueError: /home/siti/{PHONE}.xlsx\nbaris", "Sel 3 gagal: ValueError; pesan"),
        ("sel 12: KeyError: ", "Sel 12 gagal: KeyError; pesan"),
        ("Komputer menolak ([Errno 13] '/home/siti/x').", "Laporan ini gagal dibuat; pesan"),
        ("units.csv, baris 3: Siti: tidak dikenal", "Laporan ini gagal dibuat; pesan"),
        ("sel 3: Siti Aminah: x", "Laporan ini gagal dibuat; pesan"),
    ],
)
def test_errors_are_told_without_their_message(error, told):
    assert gate.said(error) == f"{told} lengkapnya ada di folder internal."
    assert gate.said("") == ""


def test_errors_are_told_in_the_language_of_the_reports():
    text.use("en")
    assert gate.said("cell 3: ValueError: Siti") == (
        "Cell 3 failed: ValueError; the whole message is in the folder internal."
    )

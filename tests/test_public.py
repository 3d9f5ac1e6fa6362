"""A survey with personal data in every channel: no public byte holds any of them."""

import io
import re
import shutil
import zipfile

import nbformat
import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from nbformat import v4
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from analysis.project import Project
from analysis.stages.coordination import texts
from analysis.survey.asked import register
from analysis.survey.asked.fields import Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.sent import forms, sample
from benchmarks import stress
from tests import second_city as second
from tests.secrets import found, public, spelled
from tests.survey.packages import repacked

PERIOD, UNIT = "2023", "bappeda"
PROPERTIES = ("creator", "title", "subject", "description", "keywords", "lastModifiedBy")


class Planted:
    """What was typed where: each number is covered on public pages, each name not shown at all.

    `names` are words of what is not meant for the public, `words` those in fields that it may see.
    """

    def __init__(self):
        self.numbers: dict[str, str] = {}
        self.names: dict[str, str] = {}
        self.words: dict[str, str] = {}

    def open(self, channel: str, way: int | None = None) -> str:
        """What an officer types in a text that may be public."""
        number, word = self.number(channel, way), f"terbuka{len(self.words):02}x"
        self.words[word] = channel
        return f"{word} {number}"

    def closed(self, channel: str, way: int | None = None) -> str:
        """What an officer types where nothing public is asked."""
        number, name = self.number(channel, way), f"tertutup{len(self.names):02}x"
        self.names[name] = channel
        return f"{name} {number}"

    def number(self, channel: str, way: int | None = None) -> str:
        """A number of a person in a spelling of its own, or in one that fits there."""
        count = len(self.numbers)
        typed, needle = spelled(count, count if way is None else way)
        assert needle not in self.numbers
        self.numbers[needle] = channel
        return typed


def answered(project: Project, unit: str, given: dict | None = None, **details) -> bytes:
    """A workbook with answers of a sample, and some others."""
    instrument, units = Instrument.load(project), register.units(project)
    own = next(u for u in units if u.id == unit)
    answers = sample.of(project, instrument, own, len(unit)).fill_in(units) | (given or {})
    return forms.workbook(
        own, instrument, project.settings, units=units, period=PERIOD, answers=answers, **details
    )


def typed(planted: Planted, instrument: Instrument) -> dict:
    """Answers with something in every text, and values that are refused."""
    given = {}
    for table in instrument.tables:
        for question in table.fields:
            if isinstance(question.kind, Text) and not table.owned:
                channel = f"{table.name}.{question.name}"
                given[table.codes[0], question.name] = planted.open(channel)
                if table.name == "readiness":  # of its first row another workbook says otherwise
                    given[table.codes[1], question.name] = given[table.codes[0], question.name]
    codes = {table.name: table.codes for table in instrument.tables}
    dimension = instrument.scheme("dimension")["name"].iloc[0]
    quickwin = {"dimension": dimension, "cost": 10, "duration": 6, "beneficiaries": 100}
    quickwin |= {"impact": 3, "ease": 3, "urgency": 3}
    quickwin["subdimension"] = next(
        row["name"]
        for _, row in instrument.scheme("subdimension").iterrows()
        if row["parent"] == instrument.scheme("dimension").index[0]
    )
    for row in (0, 1, 2, 3):
        given |= {(codes["quickwin"][row], name): value for name, value in quickwin.items()}
    refused = {
        ("readiness", 3, "level"): "angka yang bukan angka",
        ("gap", 3, "obstacle"): "pilihan yang tidak ada",
        ("gap", 4, "target"): "jawaban di samping TB",
        ("quickwin", 1, "cost"): "biaya yang bukan biaya",
        ("quickwin", 3, "duration"): "lama yang bukan lama",
    }
    for (table, row, name), channel in refused.items():
        given[codes[table][row], name] = planted.closed(channel)
    given[codes["gap"][4], "current"] = "TB"
    given[codes["quickwin"][2], "beneficiaries"] = planted.number("banyaknya orang", 3)
    given[codes["quickwin"][1], "name"] = planted.number("usulan yang tidak lengkap", 0)
    given[codes["quickwin"][2], "name"] = planted.number("usulan dengan angka keliru", 7)
    return given


def scribbled(content: bytes, planted: Planted) -> bytes:
    """The workbook after an officer wrote all over it."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, gap = book["3 Kesiapan Daerah"], book["4 Kesenjangan"]
    [row] = [cell.row for cell in sheet["A"] if cell.value == "KS05"] or [9]
    sheet.cell(row, 4).comment = Comment(planted.closed("komentar"), planted.closed("penulis"))
    sheet["A1"].comment = Comment(planted.closed("komentar pada judul"), "petugas")
    sheet.cell(row, 30).value = planted.closed("di samping tabel")
    sheet.cell(200, 2).value = planted.closed("di bawah tabel")
    sheet.cell(row, 3).value = planted.closed("pernyataan yang diubah")
    sheet.cell(201, 1).value = "XX99"
    sheet.cell(201, 3).value = planted.closed("kode yang tidak dikenal")
    sheet.cell(202, 2).value = "tautan"
    sheet.cell(202, 2).hyperlink = f"https://contoh.invalid/{planted.closed('tautan', 0)}"
    sheet.cell(203, 2).value = 5
    sheet.cell(203, 2).number_format = f'0" {planted.closed("format angka", 0)}"'
    sheet.oddHeader.center.text = planted.closed("kepala halaman")
    sheet.oddFooter.center.text = planted.closed("kaki halaman")
    prompt = DataValidation(
        type="none", prompt=planted.closed("petunjuk sel"), showInputMessage=True
    )
    prompt.add("B205")
    sheet.add_data_validation(prompt)
    [pair] = [cell.row for cell in book["6 Visi"]["A"] if cell.value == "PB01"]
    for cell in book["6 Visi"][pair]:
        if cell.value in ("A", "B"):
            cell.value = planted.closed("A atau B yang bukan keduanya")
    gap.title = f"4 K {planted.closed('nama lembar formulir', 0)}"
    extra = book.create_sheet(planted.closed("nama lembar tambahan", 7)[:31])
    extra["A1"] = planted.closed("lembar tambahan")
    hidden = book.create_sheet("Sembunyi")
    hidden.sheet_state, hidden["B2"] = "hidden", planted.closed("lembar tersembunyi")
    name = planted.closed("isi nama", 0)
    book.defined_names["kontak"] = DefinedName("kontak", attr_text=f'"{name}"')
    identity = book["Identitas"]
    labels = {cell.value: cell for cell in identity["A"]}
    identity.cell(labels["Jabatan pengisi"].row, 2).value = planted.closed("jabatan")
    identity.cell(labels["Revisi"].row, 2).value = planted.closed("revisi", 7)
    identity.cell(labels["Revisi"].row, 9).value = planted.closed("di samping identitas")
    identity["B30"].comment = Comment(planted.closed("komentar pada identitas"), "petugas")
    book["Petunjuk"]["K40"] = planted.closed("coretan pada petunjuk")
    for name in PROPERTIES:
        setattr(book.properties, name, planted.closed(f"sifat berkas: {name}"))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def overlaid(planted: Planted) -> bytes:
    """Another workbook of the unit, with what lies over cells."""
    stream, thread = io.BytesIO(), planted.closed("komentar berutas", 2)
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("Identitas")
        sheet.write_column("A1", ["ID unit", "Kode kota", "Periode"])
        sheet.write_column("B1", [UNIT, "1273", PERIOD])
        sheet = book.add_worksheet("3 Kesiapan Daerah")
        sheet.write_row("A1", ["Kode", "Tingkat", "Bukti atau alasan"])
        sheet.write_row("A2", ["KS01", 3, planted.closed("dua berkas yang bertentangan")])
        sheet.insert_textbox("E3", planted.closed("kotak teks"), {"description": thread})
        sheet.write_comment("E9", "x")

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        kind = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
        target = "../threadedComments/threadedComment1.xml"
        relation = f'<Relationship Id="rId9" Type="{kind}" Target="{target}"/></Relationships>'
        if name == "xl/worksheets/_rels/sheet2.xml.rels":
            data = data.replace(b"</Relationships>", relation.encode())
        if name == "docProps/app.xml":
            data = f'<threadedComment ref="E9" id="{{2}}"><text>{thread}</text></threadedComment>'
            name, data = target.replace("..", "xl"), data.encode()
        return name, data

    return repacked(stream.getvalue(), change)


def notebook(*cells: str, title: str, internal: bool = False) -> nbformat.NotebookNode:
    made = [v4.new_markdown_cell(f"# {title}"), *map(v4.new_code_cell, cells)]
    made[1].metadata.tags = ["parameters"]
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    data = {"kernelspec": kernel} | ({"masterplan": {"internal": True}} if internal else {})
    return v4.new_notebook(cells=made, metadata=data)


def strangers(project: Project, planted: Planted) -> None:
    """Notebooks that fail, and one that shows what it should not."""
    language, load = 'language: str = ""', "from analysis.survey.kept import store"
    failing = "raise ValueError('/home/siti/{}')"
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg"><text>{planted.number("svg", 8)}</text></svg>'
    shown = [
        f"{load}\nsurvey = store.load(language=language)\nprint(survey.problems.to_string())",
        "import pandas as pd\npd.set_option('display.max_colwidth', None)\nsurvey.problems",
        f"print({planted.number('cetakan', 1)!r})",
        f"from IPython.display import HTML, SVG\nHTML('<b>{planted.number('html', 0)}</b>')",
        f"SVG({drawn!r})",
        f"from analysis import tables\ntables.findings([{planted.number('temuan', 1)!r}])",
    ]
    for name, made in {
        "21-gagal": notebook(language, failing.format(planted.closed("gagal", 0)), title="Gagal"),
        "dalam": notebook(
            language, failing.format(planted.closed("gagal di dalam", 0)), title="D", internal=True
        ),
        "22-asing": notebook(language, *shown, title="Asing"),
    }.items():
        nbformat.write(made, project.notebooks / f"{name}.ipynb")


@pytest.fixture(scope="module")
def surveyed(tmp_path_factory) -> tuple[Project, Planted]:
    """A city of three units, of which one wrote personal data wherever it could, after a run."""
    project, planted = stress.city(tmp_path_factory.mktemp("kota") / "kota"), Planted()
    shutil.copytree(second.ROOT / "notebooks", project.notebooks, dirs_exist_ok=True)
    strangers(project, planted)
    folder = project.responses
    folder.mkdir(parents=True)
    instrument = Instrument.load(project)
    spbe = {(instrument.table("spbe").codes[0], "evidence"): planted.open("spbe.evidence")}
    for unit, given in (("kominfo", spbe), ("siantar-barat", None)):
        (folder / f"{unit}.xlsx").write_bytes(answered(project, unit, given))
    below = folder / planted.closed("nama folder", 0)
    below.mkdir()
    content = answered(project, UNIT, typed(planted, instrument))
    file = f"{planted.closed('nama berkas', 7)}.xlsx"
    (below / file).write_bytes(scribbled(content, planted))
    with zipfile.ZipFile(folder / "kiriman.zip", "w") as packed:
        packed.writestr(f"{planted.closed('nama di dalam zip', 0)}.xlsx", overlaid(planted))
        packed.writestr("rusak.xlsx", planted.closed("berkas yang rusak").encode())
    stranger = openpyxl.load_workbook(io.BytesIO(answered(project, "siantar-barat")))
    for row in stranger["Identitas"].iter_rows(max_col=2):
        if row[0].value in ("ID unit", "Nama unit"):
            row[1].value = planted.closed(f"identitas: {row[0].value}")
    stranger.save(folder / "asing.xlsx")
    tables = project.reports / "tables"
    tables.mkdir(parents=True)
    for litter in ("~$x.xlsx", "catatan-rahasia.xlsx"):
        (tables / litter).write_bytes(b"rahasia")
    done = second.masterplan(project, "run")
    assert done.returncode == 1, done.stdout + done.stderr  # two notebooks fail, as they should
    assert done.stdout.count("ValueError") == 2, done.stdout
    done = second.masterplan(project, "book")
    assert done.returncode == 0, done.stdout + done.stderr
    return project, planted


def test_no_public_byte_holds_what_was_planted(surveyed):
    project, planted = surveyed
    assert len({*planted.numbers.values(), *planted.names.values()}) >= 60
    needles = {*planted.numbers, *planted.names}
    channels = planted.numbers | planted.names
    leaks = []
    for path in public(project.reports.parent):
        name = path.relative_to(project.reports.parent).as_posix()
        leaks += found(needles, name.encode(), "nama")
        leaks += found(needles, path.read_bytes(), name)
    assert [(channels[needle], needle, where) for needle, where in leaks] == []


# What the survey holds and nobody is shown, not even the coordinator.
UNSEEN = {"penulis", "kepala halaman", "kaki halaman", "petunjuk sel", "isi nama", "tautan"}
UNSEEN |= {"identitas: Nama unit", "berkas yang rusak", "pernyataan yang diubah", "jabatan"}
UNSEEN |= {"di samping identitas", "komentar pada identitas"}
UNSEEN |= {f"sifat berkas: {name}" for name in PROPERTIES}


def test_the_coordinator_and_the_letters_tell_what_was_typed(surveyed, tmp_path):
    project, planted = surveyed
    internal = project.reports / "internal"
    told = {
        planted.names[name]
        for page in internal.glob("*.html")
        for name, _where in found(set(planted.names), page.read_bytes(), page.name)
    }
    assert set(planted.names.values()) - told == UNSEEN
    second.masterplan(project, "check", "--letters", str(tmp_path))
    letter = (tmp_path / f"{UNIT}.txt").read_bytes()
    told = {planted.names[name] for name, _where in found(set(planted.names), letter, "surat")}
    assert told >= {"kotak teks", "angka yang bukan angka", "di samping tabel"}
    assert not list(found(set(planted.numbers), letter, "surat"))


def test_what_comes_from_answers_is_covered_before_it_is_drawn(surveyed):
    """Pictures pass the gate as they are: nothing that they could be drawn from holds a number."""
    project, planted = surveyed
    tables = list(project.processed.glob("*.parquet"))
    for path in tables:
        content = pd.read_parquet(path).to_csv().encode()
        assert list(found(set(planted.numbers), content, path.name)) == []
    assert len(tables) >= 17


def test_the_coordinator_decides_on_every_text_that_is_public(surveyed):
    project, planted = surveyed
    shown_by = texts.SHOWN | {"spbe": ("evidence",)}
    fields = {f"{table}.{name}" for table, names in shown_by.items() for name in names}
    pages = [p for p in public(project.reports.parent) if p.suffix in (".html", ".xlsx", ".docx")]
    shown = {
        planted.words[word]
        for page in pages
        for word, _where in found(set(planted.words), page.read_bytes(), page.name)
    }
    assert shown == fields
    page = (project.reports / "internal/coordinator.html").read_text("utf-8")
    listed = page[page.index("Tulisan perangkat daerah di halaman umum</h2>") :]
    assert {c for word, c in planted.words.items() if word in listed} >= fields
    rows = re.findall(r"<tr.*?</tr>", listed.partition("</table>")[0], re.DOTALL)
    _heads, first, *_others, last = rows
    assert "•••" in first and "•••" not in last  # a covered number is a sign of a person


def test_the_index_tells_of_failed_notebooks_without_their_messages(surveyed):
    folder = surveyed[0].reports
    index = (folder / "index.html").read_text("utf-8")
    assert index.count("Sel 2 gagal: ValueError; pesan lengkapnya ada di folder internal.") == 2
    assert "/home/siti" not in index
    assert (folder / "internal/index.html").read_text("utf-8").count("/home/siti") == 2


def test_the_zip_holds_what_the_manifest_lists_and_nothing_else(surveyed):
    folder = surveyed[0].reports
    stages = sorted(path.stem for path in second.ROOT.glob("notebooks/0[0-8]*.ipynb"))
    expected = {"index.html", "claims.json", "22-asing.html"}
    expected |= {"units/kominfo.html", "units/siantar-barat.html"}
    expected |= {f"units/{UNIT}.html", *(f"{stage}.html" for stage in stages)}
    expected |= {f"tables/{page}.xlsx" for page in [*stages, "22-asing", "indices/spbe"]}
    expected |= {"indices/spbe.html"}
    with zipfile.ZipFile(folder / f"masterplan-{PERIOD}.zip") as packed:
        assert sorted(packed.namelist()) == sorted(expected)
    assert {"~$x.xlsx", "catatan-rahasia.xlsx"} < {p.name for p in folder.glob("tables/*")}

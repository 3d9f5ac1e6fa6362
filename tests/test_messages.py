"""Two languages: every text has its English, and no page mixes the two."""

import io
import json
import os
import re
import shutil
import string
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl
import pandas as pd
import pytest
from babel.messages import pofile
from bs4 import BeautifulSoup

from analysis import messages, text
from analysis.project import Project
from analysis.reports.thumbnail import NAME
from analysis.survey.asked import register
from analysis.survey.kept import ingest
from analysis.survey.sent import forms
from analysis.survey.told import letters, wording
from analysis.survey.told.problems import Code, problem
from tests.second_city import MASTERPLAN, ROOT, masterplan
from tests.survey.tables import readiness

INDONESIAN = "yang|dan|atau|untuk|dengan|tidak|dari|pada|adalah|belum|oleh|bila|rerata|selang"
INDONESIAN += "|jawaban|banyaknya|setiap|kelompok|menurut|tanpa|lebih|kosong|bobot|tingkat|orang"
ENGLISH = "the|of|and|with|from|is|are|not|this|mean|answers|missing|unknown|weight|which|by"
# Terms of a method that its readers know by their English name.
TERMS = ("margin of error", "aggregation of individual judgements")


@pytest.fixture(scope="module")
def texts(tmp_path_factory) -> dict:
    """All that there is to translate, extracted afresh as `make messages` does."""
    template = tmp_path_factory.mktemp("babel") / "masterplan.pot"
    babel = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract"]
    subprocess.run([*babel, "-F", "pyproject.toml", "-o", template, "."], cwd=ROOT, check=True)
    return {m.id: m for m in pofile.read_po(template.open("rb")) if m.id}


@pytest.fixture(scope="module")
def english() -> pofile.Catalog:
    return pofile.read_po(text.path("en").open("rb"))


def test_the_catalogue_holds_what_there_is_to_translate(texts, english):
    assert len(texts) > 1000
    assert {m.id for m in english if m.id} == set(texts), "make messages"
    assert not english.obsolete


def test_every_text_is_translated_with_the_same_parts(english):
    for message in english:
        if not message.id:
            continue
        source, told = message.id, message.string
        assert told and not message.fuzzy, source
        for part in (r"\{[^{}]*\}", r"^#+ ", r"^[-*] ", r"^\s", r"\s$", r"`[^`]*`"):
            flags = re.MULTILINE if part.startswith("^#") else 0
            of_both = (sorted(re.findall(part, t, flags)) for t in (source, told))
            assert len({tuple(found) for found in of_both}) == 1, (part, source, told)


def test_a_notebook_is_extracted_with_its_prose_parameters_and_marks():
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["# Judul\n", "\n", "Isi.\n"]},
        {
            "cell_type": "code",
            "metadata": {"tags": ["parameters"]},
            "source": 'color: str = "#fff"  # warna',
        },
        {"cell_type": "code", "metadata": {}, "source": 'show("kode", _("Halo {x}").format(x=1))'},
    ]
    file = io.BytesIO(json.dumps({"cells": cells}).encode())
    found = [m[2] for m in messages.notebook(file, ["_"], [], {})]
    assert found == ["# Judul\n\nIsi.", "warna", "Halo {x}"]


def test_the_command_line_is_extracted_with_its_help():
    source = b'@option("--x", help="Pilihan.")\ndef run():\n    """Jalan."""\n'
    found = [m[2] for m in messages.command(io.BytesIO(source), ["_"], [], {})]
    assert sorted(found) == ["Jalan.", "Pilihan."]


def test_another_language_for_a_while():
    with text.using("en"):
        assert (text._("Temuan"), text.number(1234.5, 1)) == ("Findings", "1,234.5")
    assert (text._("Temuan"), text.number(1234.5, 1)) == ("Temuan", "1.234,5")
    assert text._("") == ""
    with pytest.raises(ValueError, match="'xx' tidak tersedia; pilihan: id, en"):
        text.use("xx")


def test_forms_are_written_and_read_in_their_own_language(city):
    text.use("en")
    assert len(forms.write(city, city.root / "forms")) == 3
    shutil.copytree(city.root / "forms", city.responses)
    tables = ingest.ingest(city)
    found = tables["problems"]
    assert set(found["code"]) == {"EMPTY_FORM"}
    assert text.language() == "en"
    assert wording.said(found)["message"].str.startswith("The form came back").all()
    [letter, *_others] = letters.letters(
        found, tables["sources"], register.units(city), "2023"
    ).values()
    assert "Formulir kembali" in letter and not re.search(rf"\b(?:{ENGLISH})\b", letter)
    with text.using("id"):
        assert wording.said(found)["message"].str.startswith("Formulir kembali").all()


QUICKWIN = """
    Kode | Nama program | Dimensi | Biaya | Lama
    QW-1 | Taman kota   | cuaca   | 10    | nol
"""


def test_problems_are_said_in_the_language_in_use(city, write_workbook):
    sheets = readiness("9", "1/2", "x", "TB") | {"7 Quick Win": QUICKWIN}
    write_workbook(city.responses / "a.xlsx", sheets)
    found = ingest.ingest(city)["problems"].query("cell.notna()")
    with text.using("en"):
        told = wording.said(found).set_index(["code", "cell"])
    messages, hints = told["message"].str.split(": ", n=1).str[1], told["hint"]
    assert messages["OUT_OF_RANGE", "C2"] == "“9” is outside the limits of column “Tingkat”."
    assert hints["OUT_OF_RANGE", "C2"] == "Please enter a whole number from 1 to 5."
    assert hints["NOT_A_NUMBER", "E2"] == "Please enter a whole number, at least 1 (months)."
    # What stands on the form is named as it stands there.
    assert hints["UNKNOWN_CHOICE", "C2"].startswith("Please choose one of: Smart Governance; ")
    assert messages["INCOMPLETE_ROW", "A2"] == (
        "Row QW-1 is incomplete; blank: Subdimensi, Dampak, Kemudahan, Urgensi, and "
        "Penerima manfaat."
    )


def test_check_speaks_the_language_of_the_environment_and_letters_the_units(
    city, write_workbook, tmp_path
):
    write_workbook(city.responses / "a.xlsx", readiness("9", "1", "1", "1"))
    done = subprocess.run(
        [MASTERPLAN, "check", "--json", "--letters", tmp_path / "surat", "--root", city.root],
        env=os.environ | {"MASTERPLAN_LANG": "en"},
        capture_output=True,
        text=True,
    )
    [wrong] = [p for p in json.loads(done.stdout) if p["cell"] == "C2"]
    assert "is outside the limits" in wrong["message"]
    assert "di luar batas" in (tmp_path / "surat" / "bappeda.txt").read_text("utf-8")


@pytest.mark.parametrize("code", list(Code), ids=lambda code: code.name)
def test_every_problem_is_said_in_english(code):
    found = problem(code, "a.xlsx", "bappeda", "6 Visi", "B2", 9, **dict.fromkeys(braces(code), 9))
    problems = pd.DataFrame([asdict(found)], dtype="string")
    [told] = problems.pipe(text.using("en")(wording.said))[["message", "hint"]].to_numpy()
    assert told[0].startswith("Sheet “6 Visi”, cell B2: ")
    assert not re.search(rf"\b(?:{INDONESIAN}|Silakan)\b", " ".join(told))


def braces(code: Code) -> set[str]:
    """What fills a problem's message and hint, beside its value."""
    fields = string.Formatter().parse("".join(code.value[1:]))
    return {name for _, name, _, _ in fields if name} - {"value"}


@pytest.mark.parametrize("command", [[], ["forms"], ["sample"], ["check"], ["run"]])
def test_help_is_in_the_language_of_the_environment(command):
    shown = {}
    for language in ("", "en"):
        done = subprocess.run(
            [MASTERPLAN, *command, "--help"],
            env=os.environ | {"MASTERPLAN_LANG": language},
            capture_output=True,
            text=True,
            check=True,
        )
        shown[language] = done.stdout
    assert re.search(rf"\b(?:{INDONESIAN}|untuk|semua)\b", shown[""])
    assert not re.search(rf"\b(?:{INDONESIAN}|semua)\b", shown["en"])


def test_an_unknown_language_is_refused():
    environment = os.environ | {"MASTERPLAN_LANG": "xx"}
    done = subprocess.run([MASTERPLAN], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert "id, en" in done.stderr


# In one workbook of the English run, so that its pages tell of problems.
TYPED = {
    ("1 Masa Depan", "D8"): "=1/0",
    ("3 Kesiapan Daerah", "D7"): "sembilan",
    ("3 Kesiapan Daerah", "D8"): 9,
    ("3 Kesiapan Daerah", "E8"): "Hubungi 0812 3456 7890",
    ("4 Kesenjangan", "G8"): "cuaca",
    ("5 SWOT", "F7"): "Judul yang lain",
    ("6 Visi", "E7"): "tidak yakin",
    ("7 Quick Win", "J10"): "banyak orang",
    ("7 Quick Win", "K11"): "Dinas yang belum ada",
}


@pytest.fixture(scope="module")
def both(second_city, tmp_path_factory) -> Project:
    """The second city with its reports in English beside the Indonesian ones."""
    city = Project(tmp_path_factory.mktemp("english") / "Kota Lain")
    shutil.copytree(second_city.root, city.root)
    [path] = city.sample.glob("*dinkes.xlsx")
    book = openpyxl.load_workbook(path)
    for (sheet, cell), typed in TYPED.items():
        book[sheet][cell] = typed
    book.save(path)
    done = masterplan(city, "run", "--lang", "en")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Gap Analysis" in done.stdout
    assert done.stdout.strip().endswith(str(city.reports / "en" / "index.html"))
    return city


def quoted(city: Project) -> list[str]:
    """What stands in reports of any language as it is: names and the answers' own words."""
    found = {u.name for u in register.units(city)} | {city.settings.name}
    tables = {p.stem: pd.read_parquet(p) for p in city.processed.glob("*.parquet")}
    details = tables["problems"].pop("details").map(json.loads)
    # A problem names what stands on the form as it stands there.
    found |= {f"“{part}”" for parts in details for part in parts.values()}
    for frame in tables.values():
        for column in frame.select_dtypes("string").columns.difference(["severity", "code"]):
            found |= set(frame[column].dropna())
    found |= {f"{t[:NAME].rstrip()}…" for t in found if len(t) > NAME}  # cut on a card
    return sorted((t for t in found if len(t) > 3), key=len, reverse=True)


def told(page: Path, kept: list[str]) -> str:
    """All that a page says, also by its charts and to a screen reader, but what is quoted."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    for tag in soup.select("style, body [lang]"):
        tag.decompose()
    said = [*soup.stripped_strings]
    said += [tag[name] for name in ("alt", "aria-label") for tag in soup.select(f"[{name}]")]
    for source in [unquote(i["src"]) for i in soup.select("img") if "svg" in i["src"][:20]]:
        drawn = re.findall(r"<text\b[^>]*>(.*?)</text>", source, re.DOTALL)
        said.append(" ".join(BeautifulSoup(" ".join(drawn), "html.parser").stripped_strings))
    whole = " ".join(" ".join(said).split())
    for words in kept:
        whole = whole.replace(words, "")
    # What is cut in a chart, or cited as a word.
    whole = re.sub(r"“\w+”", "", whole)
    return re.sub("|".join(TERMS), "", whole)


@pytest.mark.parametrize("language", ["id", "en"])
def test_no_page_mixes_the_languages(both, language):
    own, other = (INDONESIAN, ENGLISH) if language == "id" else (ENGLISH, INDONESIAN)
    top, below, kept = both.reports, "" if language == "id" else language, quoted(both)
    folders = (top / below, top / below / "units", top / "internal" / below)
    pages = [page for folder in folders for page in folder.glob("*.html")]
    assert len(pages) == 18
    for page in pages:
        assert f'<html lang="{language}">' in page.read_text("utf-8")
        whole = told(page, kept)
        short = page.name == "index.html" and page.parent.name != "2024"
        least = 3 if short or page.name == "changes.html" else 10
        assert len(re.findall(rf"\b(?:{own})\b", whole)) > least, page
        left = re.findall(rf".{{,40}}\b(?:{other})\b.{{,40}}", whole)
        assert not left, (page.name, left)


def test_english_pages_say_problems_in_english(both):
    for page in ("internal/en/coordinator.html", "en/units/dinkes.html"):
        whole = told(both.reports / page, [])
        assert "account number or identity number; it was masked." in whole
        assert "Please enter a whole number from 1 to 5." in whole


def test_english_reports_have_an_index_spreadsheets_and_a_zip_of_their_own(both):
    folder = both.reports
    every = {p.relative_to(folder).as_posix() for p in folder.rglob("*.*")}
    after = {name for name in every if name.startswith(("en/", "internal/en/"))}
    assert {name.replace("en/", "", 1) for name in after} == every - after
    kept = json.loads((folder / "internal/manifest.json").read_text("utf-8"))
    assert (kept["edition"]["language"], kept["parameters"]) == ("id", {})
    assert "Temuan" in (folder / "04-gap.html").read_text("utf-8")
    assert "Nothing has changed: " in masterplan(both, "run", "--lang", "en").stdout
    assert "= Gap Analysis" in masterplan(both, "run", "gap", "--lang", "en").stdout


def test_every_page_leads_to_itself_in_the_other_language(both):
    top = both.reports
    for page in top.rglob("*.html"):
        [link] = BeautifulSoup(page.read_text("utf-8"), "html.parser").select(".tongue a")
        other = (page.parent / unquote(link["href"])).resolve()
        other_way = "id" if "en" in page.relative_to(top).parts else "en"
        assert (other.is_file(), link["hreflang"]) == (True, other_way), page
        assert other != page
        assert other.name == page.name
    with ZipFile(top / "masterplan-2024.zip") as package:  # which holds one language
        pages = [name for name in package.namelist() if name.endswith(".html")]
        assert pages
        assert not any(b"hreflang" in package.read(name) for name in pages)


def test_some_is_never_none_and_not_all_is_never_all():
    shown = [text.percent(share) for share in (0, 0.004, 0.005, 0.006, 0.994, 0.995, 0.999, 1)]
    assert shown == ["0%", "<1%", "<1%", "1%", "99%", ">99%", ">99%", "100%"]

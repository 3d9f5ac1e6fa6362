"""A city whose questionnaire is nobody else's, built of files alone: the code knows none of it.

Groups *distrik* and *upt*, a condition scale of seven levels, a vision of five elements, a table
*warga* that no stage reads, and a third language: `ms`, with a catalogue of its own. All that is
said in it ends in a mark, so that whatever stands there in another language has none.
"""

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from babel.messages import pofile

from analysis.project import Project
from tests.second_city import RAW, ROOT

MARK, LANGUAGE, PERIOD = "ᵐ", "ms", "2023"
UNITS = {
    "sekretariat": "upt", "upt-pasar": "upt", "upt-air": "upt",
    "distrik-utara": "distrik", "distrik-timur": "distrik", "distrik-barat": "distrik",
    "distrik-selatan": "distrik",
}  # fmt: skip
LEVELS = ("buruk sekali", "buruk", "agak buruk", "sedang", "agak baik", "baik", "baik sekali")
ELEMENTS = ("Aman", "Bersih", "Cerdas", "Damai", "Elok")
ASKED = ("Jalan lingkungan", "Air minum", "Taman bermain", "Angkutan umum")
TABLE = """
[[schemes]]
id = "matter"
title = "Urusan warga"

[[sheets]]
id = "warga"
title = "8 Warga"

[[tables]]
name = "warga"
sheet = "warga"
title = "Kepuasan warga menurut perangkat daerah"
guide = "Nilai seberapa puas warga menurut Anda."
scheme = "matter"
tb = true
fields = [
  { name = "satisfied", title = "Kepuasan", scale = "condition", required = true },
]
"""


def said(text: str, most: int | None = None) -> str:
    """A text in the third language, of at most so many letters."""
    return (text if most is None else text[: most - 1]) + MARK


def built(root: Path) -> Project:
    """The city's folder, with the notebooks of this project and no answers."""
    shutil.copytree(ROOT / "notebooks", root / "notebooks")
    folder = root / "data/raw" / PERIOD
    shutil.copytree(RAW / PERIOD / "instrument", folder / "instrument")
    for name in ("city.toml", "statistics.csv"):
        shutil.copy(RAW / name, root / "data/raw")
    shutil.copy(RAW / PERIOD / "period.toml", folder)
    _edit(root / "data/raw/city.toml", (r'name = "[^"]*"', 'name = "Kota Tujuh Tingkat"'))
    elements = ",\n".join(f'  {{ id = "{e.lower()}", name = "{e}" }}' for e in ELEMENTS)
    _edit(
        folder / "period.toml",
        (r"(?s)elements = \[.*?\n\]", f"elements = [\n{elements},\n]"),
        (r', (name|text)_en = "[^"]*"', ""),
        (r'(?m)^name_en = ".*\n', ""),
        (r'(?m)^((?:name) = )"(.*)"$', rf'\1"\2"\nname_{LANGUAGE} = "\2{MARK}"'),
        (r'(name|text) = "([^"]*)" \}', rf'\1 = "\2", \1_{LANGUAGE} = "\2{MARK}" }}'),
    )
    tables = folder / "instrument/tables.toml"
    tables.write_text(tables.read_text("utf-8") + TABLE, "utf-8")
    english = (r'(?m)^\w+_en = ".*\n', "")
    own = rf'\g<0>\n\1_{LANGUAGE} = "\2{MARK}"'
    for path in (folder / "instrument").rglob("tables.toml"):
        _edit(
            path,
            english,
            (r', \w+_en = "[^"]*"', ""),
            (r'(?m)^(title|guide|heading) = "(.*)".*$', own),
            (r'\b(title|unit) = "([^"]*)"(?=[,} ])', rf'\g<0>, \1_{LANGUAGE} = "\2{MARK}"'),
        )
    for path in (folder / "instrument").rglob("index.toml"):
        _edit(path, english, (r'(?m)^(title|caution) = "(.*)".*$', own))
    for path in [*(folder / "instrument").rglob("*.csv"), root / "data/raw/statistics.csv"]:
        _in_two_languages(path)
    _condition(folder / "instrument/scales.csv")
    _edit(folder / "instrument/sample.toml", (r"(?m)^service = \[3.1", "service = [5.9"))
    _groups(folder)
    _table(folder / "instrument")
    return Project(root)


SHORT = {"short": 18, "name": 30}  # what a heading of a picture has room for


def _edit(path: Path, *changes: tuple) -> None:
    text = path.read_text("utf-8")
    for pattern, new in changes:
        text, count = re.subn(pattern, new, text)
        assert count, (path.name, pattern)
    path.write_text(text, "utf-8")


def _rows(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def _write(path: Path, heads: list[str], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads)
        writer.writeheader()
        writer.writerows(rows)


def _in_two_languages(path: Path) -> None:
    """English goes, the third language comes."""
    heads, rows = _rows(path)
    texts = [h.removesuffix("_en") for h in heads if h.endswith("_en")]
    for row in rows:
        for text in texts:
            del row[f"{text}_en"]
            row[f"{text}_{LANGUAGE}"] = said(row[text], SHORT.get(text)) if row[text] else ""
    heads = [h for h in heads if not h.endswith("_en")]
    _write(path, [*heads, *(f"{text}_{LANGUAGE}" for text in texts)], rows)


def _condition(path: Path) -> None:
    heads, rows = _rows(path)
    rows = [row for row in rows if row["scale"] != "condition"]
    for level, label in enumerate(LEVELS, 1):
        row = {"scale": "condition", "level": level, "label": label}
        rows.append(row | {f"label_{LANGUAGE}": said(label)})
    _write(path, heads, rows)


def _groups(folder: Path) -> None:
    path = folder / "instrument/categories.csv"
    heads, rows = _rows(path)
    rows = [row for row in rows if row["scheme"] != "group"]
    new = [("group", "distrik", "Distrik"), ("group", "upt", "Unit pelaksana")]
    new += [("matter", "dekat", "Sekitar rumah"), ("matter", "jauh", "Seluruh kota")]
    for scheme, id, name in new:
        given = {"scheme": scheme, "id": id, "weight": 1, "name": name, "short": name}
        rows.append(given | {f"{k}_{LANGUAGE}": said(name) for k in ("name", "short")})
    _write(path, heads, rows)
    heads, _rest = _rows(RAW / PERIOD / "units.csv")
    units = [
        {"id": unit, "name": f"Kantor {unit.title()}", "short": unit, "group": group}
        | {"coordinator": "yes" if unit == "sekretariat" else "no", "verified": "no"}
        | {"weight": 1, "source": "berkas uji"}
        for unit, group in UNITS.items()
    ]
    _write(folder / "units.csv", heads, units)


def _table(folder: Path) -> None:
    rows = [
        {"code": f"WG0{n}", "matter": "dekat" if n < 3 else "jauh", "name": name}
        | {"statement": f"Warga puas dengan {name.lower()}."}
        for n, name in enumerate(ASKED, 1)
    ]
    for row in rows:
        row |= {f"{k}_{LANGUAGE}": said(row[k]) for k in ("name", "statement")}
    _write(folder / "warga.csv", list(rows[0]), rows)


def package(folder: Path) -> Path:
    """A copy of the program that speaks a third language: each text as it is, with a mark."""
    shutil.copytree(
        ROOT / "src/analysis", folder / "analysis", ignore=shutil.ignore_patterns("__pycache__")
    )
    locale = folder / "analysis/locale"
    with (locale / "en/LC_MESSAGES/masterplan.po").open("rb") as file:
        catalogue = pofile.read_po(file, locale=LANGUAGE)
    for message in catalogue:
        if message.id:
            message.string = "\n".join(map(_marked, message.id.splitlines()))
    (locale / LANGUAGE / "LC_MESSAGES").mkdir(parents=True)
    with (locale / LANGUAGE / "LC_MESSAGES/masterplan.po").open("wb") as file:
        pofile.write_po(file, catalogue)
    return folder


def _marked(line: str) -> str:
    """A line of prose or a heading; a row of a table stays as it is."""
    return said(line) if line.strip() and not line.startswith(("|", "```")) else line


def command(city: Project, program: Path, *arguments: str) -> subprocess.CompletedProcess:
    """The command as that copy of the program runs it in the city's folder."""
    return subprocess.run(
        [sys.executable, "-c", "from analysis.cli import main; main()", *arguments],
        cwd=city.root,
        env=os.environ | {"PYTHONPATH": str(program)},
        capture_output=True,
        text=True,
        timeout=600,
    )

"""Exports of forms on the web, as each tool's documentation says that it writes them.

It imports nothing of ours: the questionnaire is read from its files, as whoever builds a form
reads it. What each tool does, and where that is said, stands in docs/channels.md.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

TR = "TR"
BEGUN = datetime(2023, 11, 20, 9, 15, 2)

Answers = Mapping[tuple[str, str], object]  # (code, field): a level, a category's name, a text


@dataclass(frozen=True)
class Question:
    """One thing that a form asks: a field of an item."""

    table: str
    group: str  # what the form calls the section
    guide: str
    alone: bool  # whether it is all that must be answered of the item
    code: str
    name: str
    statement: str
    field: str
    title: str
    labels: Mapping[int, str]
    choices: Mapping[str, str]  # id by name

    def shown(self, value: object) -> object:
        """An answer as whoever fills in a form chooses it: a level by number and label."""
        label = self.labels.get(value) if isinstance(value, int) else None
        return f"{value} - {label}" if label else value

    def stored(self, value: object) -> object:
        """The same as its code."""
        return self.choices.get(str(value), value)


def questions(folders: Sequence[Path], elements: Iterable[Mapping[str, str]]) -> list[Question]:
    """All that is asked, by the files of a questionnaire and of its indices, which may use the
    first one's words; `elements`: those of the city's vision."""
    levels: dict[str, dict[int, str]] = {}
    names: dict[str, dict[str, str]] = {}
    found: list[Question] = []
    for folder in folders:
        for row in _rows(folder / "scales.csv"):
            levels.setdefault(row["scale"], {})[int(row["level"])] = row["label"]
        for row in _rows(folder / "categories.csv"):
            names.setdefault(row["scheme"], {})[row["name"]] = row["id"]
    for folder in folders:
        found += _questions(folder, levels, names, elements)
    return found


def _questions(
    folder: Path, levels: dict, names: dict, elements: Iterable[Mapping[str, str]]
) -> Iterator[Question]:
    form = tomllib.loads((folder / "tables.toml").read_text("utf-8"))
    sheets = {sheet["id"]: sheet["title"] for sheet in form["sheets"]}
    for table in form["tables"]:
        fields = [f for f in table["fields"] if "balance" not in f]
        alone = sum(f.get("required", False) for f in fields) == 1 and "each" not in fields[0]
        for code, called, statement, scale in _items(folder, table, names):
            for field in fields:
                each = [(e["id"], e["name"]) for e in elements] if "each" in field else None
                for name, title in each or [(field["name"], field["title"])]:
                    yield Question(
                        table["name"],
                        sheets[table["sheet"]],
                        table["guide"],
                        alone and bool(field.get("required")),
                        code,
                        called,
                        statement,
                        name,
                        title,
                        levels.get((field.get("scale") and scale) or field.get("scale", ""), {}),
                        names.get(field.get("choice", ""), {}),
                    )


def _items(folder: Path, table: dict, names: dict) -> list[tuple[str, str, str, str]]:
    """Code, name, statement and own scale of each row of a table."""
    if slots := table.get("slots"):
        codes = [c for part in slots.values() for c in part] if isinstance(slots, dict) else slots
        return [(code, "", table["title"], "") for code in codes]
    called = {id: name for name, id in names.get(table["scheme"], {}).items()}
    found = []
    for row in _rows(folder / f"{table['name']}.csv"):
        name = row.get("name") or f"{called[row['left']]} – {called[row['right']]}"
        found.append((row["code"], name, row.get("statement", name), row.get("scale", "")))
    return found


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def google(asked: list[Question], people: Mapping[str, Answers]) -> list[list[object]]:
    """A sheet of responses: grids head a column by their title and the row in brackets."""
    heads = [_google(q) for q in asked]
    rows: list[list[object]] = [["Cap waktu", "Alamat Email", "Nama Perangkat Daerah", *heads]]
    for n, (unit, said) in enumerate(people.items()):
        answers = [q.shown(said.get((q.code, q.field), "")) for q in asked]
        rows.append([BEGUN + timedelta(hours=n), f"p{n}@contoh.go.id", unit, *answers])
    return rows


def _google(q: Question) -> str:
    if "-" in q.code:  # a short answer, with a title of its own
        return f"{q.code}. {q.title}"
    if not q.labels:
        return f"{q.code}: {q.title}"
    return f"{q.guide if q.alone else q.title} [{q.statement}]"


def microsoft(asked: list[Question], people: Mapping[str, Answers]) -> list[list[object]]:
    """A workbook: six columns of its own; statements of a Likert question are the headings."""
    own = ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time"]
    likert = [q.alone and bool(q.labels) for q in asked]
    heads = [
        q.statement if alone else f"{_coded(q)}: {q.title}\n"
        for q, alone in zip(asked, likert, strict=True)
    ]
    rows: list[list[object]] = [[*own, "Perangkat daerah\xa0", *heads]]
    for n, (unit, said) in enumerate(people.items(), start=1):
        begun = BEGUN + timedelta(hours=n)
        answers = [q.labels.get(v) or v for q in asked for v in [said.get((q.code, q.field), "")]]
        rows.append([n, begun, begun + timedelta(minutes=40), "anonymous", "", "", unit, *answers])
    return rows


def _coded(q: Question) -> str:
    return q.code if "-" in q.code else q.statement


def limesurvey(
    asked: list[Question], people: Mapping[str, Answers], heading: str = "code"
) -> list[list[object]]:
    """An export with codes as headings, with the full text, or with both (`codetext`)."""
    own = {
        "id": "Response ID",
        "submitdate": "Date submitted",
        "lastpage": "Last page",
        "startlanguage": "Start language",
        "seed": "Seed",
        "unit": "Nama unit",
    }

    def head(code: str, text: str) -> str:
        return {"code": code, "full": text, "codetext": f"{code}. {text}"}[heading]

    rows: list[list[object]] = [
        [
            *(head(code, text) for code, text in own.items()),
            *(
                head(
                    f"{q.code.replace('-', '')}[{q.field.replace('_', '')}]",
                    f"{q.code if '-' in q.code else q.statement} [{q.title}]",
                )
                for q in asked
            ),
        ]
    ]
    for n, (unit, said) in enumerate(people.items(), start=1):
        answers = [
            q.stored(v) if heading == "code" else q.labels.get(v) or v
            for q in asked
            for v in [said.get((q.code, q.field), "")]
        ]
        day = f"2023-11-20 0{n}:15:02"
        rows.append([n, day, 7, "id", f"17004{n}", unit, *answers])
    return rows


def as_csv(rows: list[list[object]], delimiter: str = ",", mark: bool = False) -> bytes:
    """As these tools write it: every cell quoted, lines end with CR LF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL)
    writer.writerows(rows)
    return (b"\xef\xbb\xbf" if mark else b"") + out.getvalue().encode("utf-8")


def as_xlsx(rows: list[list[object]], sheet: str) -> bytes:
    """A workbook with one sheet."""
    return as_workbook({sheet: rows})


def as_workbook(sheets: Mapping[str, list[list[object]]]) -> bytes:
    """A workbook with sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for sheet, rows in sheets.items():
            page = book.add_worksheet(sheet)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, datetime):
                        page.write_datetime(r, c, value, day)
                    elif isinstance(value, int | float):
                        page.write_number(r, c, value)
                    elif value != "":
                        page.write_string(r, c, str(value))
    return out.getvalue()

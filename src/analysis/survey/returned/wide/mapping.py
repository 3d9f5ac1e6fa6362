"""What a person said that headings mean which say it themselves to nobody: ``mapping.csv``."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from typing import Literal

from analysis.project import ProjectError
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.rows import SEPARATORS, Row, Wrong, sifted
from analysis.survey.returned.response import Key
from analysis.survey.returned.wide.beside import bare
from analysis.survey.returned.wide.headings import Vocabulary
from analysis.text import _

COLUMNS = ("heading", "item", "field", "confirmed", "asks")
LIKELY = 0.5  # how alike two texts must be for one to be proposed for the other
FORMULA = tuple("=+-@")


class Meaning(Row):
    """What a heading means: a field of an item, or nothing that is asked where `item` is empty.

    Only what a person has `confirmed` counts. `asks`: what the item asks, to be compared. Of
    headings that are alike the first row is about the first column, and so on.
    """

    heading: str
    item: str = ""
    field: str = ""
    confirmed: Literal["yes", "no"] = "no"
    asks: str = ""


def read(path: Path, instrument: Instrument) -> tuple[dict[str, list[Key | None]], list[Wrong]]:
    """By heading, bare: what it means in turn, None for nothing; and what is wrong with other rows.

    A heading of which a row is not confirmed, or is wrong, is left as it is.
    """
    if not path.is_file():
        return {}, []
    try:
        rows, wrong = sifted(path, Meaning)
    except ProjectError as error:
        return {}, [(1, "–", str(error))]
    found: dict[str, list[Key | None]] = defaultdict(list)
    waiting = set()
    for row in rows:
        told = list(_wrong(row, instrument))
        wrong += told
        if told or row.confirmed == "no":
            waiting.add(bare(row.heading))
        found[bare(row.heading)].append((row.item, row.field) if row.item else None)
    return {heading: keys for heading, keys in found.items() if heading not in waiting}, wrong


def listed(path: Path) -> list[str]:
    """Every heading that stands in the file. Raises ProjectError where it cannot be read."""
    return [row.heading for row in sifted(path, Meaning)[0]] if path.is_file() else []


def _wrong(row: Meaning, instrument: Instrument) -> Iterable[Wrong]:
    """What is wrong with a row: an item or a field that there is not."""
    if not row.item:
        return
    if row.item not in instrument.rows:
        yield row.line, "item", _("{value} tidak dikenal").format(value=row.item)
    elif row.field not in (names := [f.name for f in instrument.rows[row.item].fields]):
        told = _("harus salah satu dari: {names}").format(names=", ".join(names))
        yield row.line, "field", told


def proposed(
    headings: Iterable[tuple[str, tuple[Key, ...]]], taken: Iterable[Key], vocabulary: Vocabulary
) -> list[Meaning]:
    """For each open heading, with the cells that it may mean, the likeliest that is not taken."""
    used, found = set(taken), []
    known = _texts(vocabulary)
    for heading, meant in headings:
        free = [key for key in meant if key not in used]
        key = free[0] if free else _likeliest(bare(heading), known, used)
        if key:
            used.add(key)
        item, name = key or ("", "")
        asks = f"{_called(item, vocabulary)} – {_title(item, name, vocabulary)}" if item else ""
        found.append(Meaning(heading=heading, item=item, field=name, asks=asks))
    return found


def _texts(vocabulary: Vocabulary) -> dict[str, list[Key]]:
    """By what it may be called: the fields of each item, the required ones first."""
    found: dict[str, list[Key]] = defaultdict(list)
    for text, codes in vocabulary.texts.items():
        for code in codes:
            fields = sorted(vocabulary.rows[code].fields, key=lambda f: not f.required)
            found[text] += [(code, f.name) for f in fields]
    return found


def _likeliest(said: str, known: Mapping[str, list[Key]], used: set[Key]) -> Key | None:
    """The first free field of the item that is called most like this, if any nearly is."""
    best, alike = None, LIKELY
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(said)
    for text, keys in known.items():
        free = next((key for key in keys if key not in used), None)
        if free is None or len(text) < 4:
            continue
        matcher.set_seq1(text)
        quick = min(matcher.real_quick_ratio(), matcher.quick_ratio())
        if quick > alike and (ratio := matcher.ratio()) > alike:
            best, alike = free, ratio
    return best


def _called(code: str, vocabulary: Vocabulary) -> str:
    table = vocabulary.rows[code]
    return _(table.title) if table.slots else table.names[code]


def _title(code: str, name: str, vocabulary: Vocabulary) -> str:
    return _(vocabulary.rows[code].field(name).title)


def addition(content: str, rows: Iterable[Meaning]) -> str:
    """What is to stand at the end of a file so that it holds these rows, too."""
    head = next((line for line in content.splitlines() if line.strip()), "")
    sign = max(SEPARATORS, key=head.count) if head else ","
    titles = next(csv.reader([head.lstrip("\ufeff")], delimiter=sign), list(COLUMNS))
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=sign, lineterminator="\n")
    if not head:
        writer.writerow(titles := list(COLUMNS))
    for row in rows:
        cells = row.model_dump()
        writer.writerow([_harmless(cells.get(title.strip(), "")) for title in titles])
    return ("\n" if content and not content.endswith("\n") else "") + written.getvalue()


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a space in front is not compared."""
    return f" {cell}" if cell.startswith(FORMULA) else cell

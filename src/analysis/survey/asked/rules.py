"""What a questionnaire must be as a whole, beyond what each entry of its files is.

Ingest finds an answer's column by its heading, and a table's column by its name; a form is a
workbook, and so its sheets are called as those may be.
"""

from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence

from analysis.project import Project, ProjectError
from analysis.survey.asked import form, questionnaire
from analysis.survey.asked.fields import Amount, Choice, Scale, Text
from analysis.survey.asked.form import Form
from analysis.survey.asked.labels import BESIDE, COVER, IDENTITY_SHEET, LISTS, alike, plain
from analysis.survey.asked.questionnaire import Scheme, Table
from analysis.text import _

# Columns beside the answers of every table that survey.kept makes, and its own tables.
COLUMNS = {"unit", "item", "tb", "code", "name", "statement", "weight", "group"}
COLUMNS |= {"unit_name", "unit_short", "group_name", "written_by", "owner", "owner_verified"}
OWN = {"cells", "changes", "completeness", "decisions", "problems", "quotes", "readings"}
OWN |= {"reconciliation", "respondents", "sources"}
OWN |= {"identity", "meta", "respondent", "unit"}  # what an XLSForm has beside them
GROUP = "group"  # the scheme that sorts the units
NOT_IN_SHEETS = set("[]:*?/\\")
PAIR = ("more", "strength")  # which of two, and by how much
LISTED = 250  # letters that a list in a cell may hold

Wrong = tuple[str, str, str]  # file, entry, message


def check(
    written: Form, tables: Sequence[Table], scales: Mapping[str, Scale], project: Project
) -> None:
    """Raise ProjectError that names every entry that refers to nothing, or could be taken for
    another, or that no form could hold."""
    known = questionnaire.schemes(written)
    wrong = [*_unknown(written, scales), *_twice(written), *_named(written)]
    for table, entries in zip(tables, written.tables, strict=True):
        if table.shown in {*known, ""}:
            wrong += _headings(table, entries, known, project.choices)
        wrong += ((entries.file, f"{table.name}.{e}", told) for e, told in _table(table, known))
    if wrong:
        said = _("{file}: isian {entry}: {message}")
        lines = [said.format(file=f, entry=entry, message=told) for f, entry, told in wrong]
        raise ProjectError("\n".join(dict.fromkeys(lines)))


def _table(table: Table, known: Mapping[str, Scheme]) -> Iterator[tuple[str, str]]:
    """What no form could ask, or no stage and no reader understand."""
    above = known[table.scheme].parent if table.scheme in known else ""
    if table.shown not in (table.scheme, above):
        yield "shown", _("harus {scheme} atau induknya").format(scheme=table.scheme)
    if table.tb and all(isinstance(f.kind, Text) for f in table.required):
        yield "tb", _("memerlukan kolom wajib yang bukan teks")
    for field in table.fields:
        options = field.kind.options if isinstance(field.kind, Choice) else ()
        if len(set(options)) < len(options) or len(options) == 1:
            yield field.name, _("options harus dua atau lebih, masing-masing lain")
        if len(",".join(options)) > LISTED:
            yield field.name, _("options terlalu panjang; pakai choice dari categories.csv")
    amounts = {field.name for field in table.fields if isinstance(field.kind, Amount)}
    for made in table.derived:
        if len({made.plus, made.minus} & amounts) < 2:
            yield made.name, _("balance menyebut dua kolom berisi banyaknya (amount)")
    if not table.pairs:
        return
    kinds = {field.name: field.kind for field in table.fields}
    more, strength = (kinds.get(name) for name in PAIR)
    if not (isinstance(more, Choice) and more.options == ("A", "B")):
        yield "more", _('tabel pasangan memuat kolom more dengan options = ["A", "B"]')
    if not (isinstance(strength, Scale) and strength.low == 1):
        yield "strength", _("tabel pasangan memuat kolom strength dengan skala mulai dari 1")


def _named(written: Form) -> Iterator[Wrong]:
    """Names of sheets that no workbook may have, or that its own sheets have; reserved names."""
    own = {plain(name) for name in (COVER, IDENTITY_SHEET, LISTS)}
    for sheet in written.sheets:
        title = plain(sheet.title)
        if NOT_IN_SHEETS & set(title) or title.startswith("'") or title.endswith("'"):
            told = _("nama lembar tidak boleh memuat tanda [ ] : * ? / \\ atau diapit '")
            yield sheet.file, f"{sheet.id}.title", told
        if title in own:
            yield sheet.file, f"{sheet.id}.title", _("sudah dipakai lembar lain pada formulir")
        own.add(title)
    for table in written.tables:
        if table.name in OWN:
            used = _("“{id}” dipakai program; pilih kata lain")
            yield table.file, f"{table.name}.name", used.format(id=table.name)
    if GROUP not in {scheme.id for scheme in written.schemes}:
        yield written.tables[0].file, "schemes", _("golongan {id} wajib ada").format(id=GROUP)


def _unknown(written: Form, scales: Mapping[str, Scale]) -> Iterator[Wrong]:
    """What entries refer to, and is not there."""
    known, sheets = {s.id for s in written.schemes}, {s.id for s in written.sheets}
    asked: list[tuple[str, str, str | None, Container[str]]] = [
        (s.file, f"schemes.{s.id}.parent", s.parent, known) for s in written.schemes
    ]
    for table in written.tables:
        own = table.file, table.name
        asked.append((own[0], f"{own[1]}.sheet", table.sheet or "–", sheets))
        asked += [(own[0], f"{own[1]}.{e}", getattr(table, e), known) for e in ("scheme", "shown")]
        for f in table.fields:
            place = f"{table.name}.{f.name or f.each}"
            asked.append((table.file, f"{place}.scale", f.scale, scales.keys()))
            asked.append((table.file, f"{place}.choice", f.choice, known))
        if not table.scheme and (table.pairs or isinstance(table.slots, dict) or not table.slots):
            yield table.file, f"{table.name}.scheme", _("wajib diisi")
    for file, entry, value, there in asked:
        if value and value not in there:
            yield file, entry, _("{value} tidak dikenal").format(value=value)


def _twice(written: Form) -> Iterator[Wrong]:
    """Names and codes that two things have."""
    codes = []
    for table in written.tables:
        parts = table.slots.values() if isinstance(table.slots, dict) else [table.slots]
        codes += [(table.file, code) for part in parts for code in part]
    named = [
        ("schemes", [(s.file, s.id) for s in written.schemes]),
        ("sheets", [(s.file, s.id) for s in written.sheets]),
        ("tables", [(t.file, t.name) for t in written.tables]),
        ("slots", codes),
    ]
    named += [(t.name, [(t.file, f.name) for f in t.fields if f.name]) for t in written.tables]
    for kind, names in named:
        counts = Counter(name for _file, name in names)
        for name, file in {name: file for file, name in names if counts[name] > 1}.items():
            yield file, kind, _("disebut dua kali: {names}").format(names=name)


def _headings(
    table: Table, written: form.Table, known: Mapping[str, Scheme], choices: str
) -> Iterator[Wrong]:
    """Names of columns that are taken, and headings that could not be told from others.

    Ingest finds an answer's column by its heading, and a table's column by its name. `choices`:
    the file that sets the vision.
    """
    beside = [*BESIDE, *([known[table.shown].heading] if table.shown else [])]
    taken = {f"{s}{end}" for s in (table.scheme, table.shown) for end in ("", "_name", "_short")}
    taken |= COLUMNS - ({"name", "statement", "code", "weight"} if table.slots else set())
    entries = written.fields
    each = next((n for n, entry in enumerate(entries) if entry.each), len(entries))
    names = [(-1, _("formulir"), _(title)) for title in beside]
    names += [(n, f.name, f.title) for n, f in enumerate(table.fields)]
    wrong = [(n, "title", told) for n, told in alike(names) if n >= 0]
    used = _("“{id}” dipakai program; pilih kata lain")
    wrong += [
        (n, "", used.format(id=f.name)) for n, f in enumerate(table.fields) if f.name in taken
    ]
    elements = len(table.fields) - len(entries) + 1
    for n, entry, told in wrong:
        if each <= n < each + elements:
            of = {"title": "name", "": "id"}[entry]
            yield choices, f"vision.elements.{n - each}.{of}", told
        else:
            place = ".".join(filter(None, (table.name, table.fields[n].name, entry)))
            yield written.file, place, told

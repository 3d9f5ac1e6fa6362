"""The codebook of the processed tables, made from the instrument: ``docs/codebook.md``."""

from analysis.project import Project, write
from analysis.survey.asked.fields import MOST, Amount, Choice, Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.kept.tables import columns

HEAD = """# Codebook

Made from the instrument by `make codebook`; edit `data/raw/<period>/instrument` instead.

`masterplan run` writes one parquet file per table to `data/processed/<period>/`. Every table has
`unit` (id in `units.csv` of the period) and `item` (row code on the form). A missing value is an
answer that was left blank or could not be read (then `problems.parquet` lists it with file, sheet
and cell); `tb` marks rows that do not apply to the unit (*tidak berlaku*). Neither is a zero.

Where a unit has several respondents, its row holds what they say together: the mean of levels,
which then have decimals (Float64), the geometric mean of judgements in pairs, the most frequent
choice, the median amount, every text in its own quotation marks. Rows of a unit's own are kept of
each: `QW-1` is the first respondent's, `QW-1/2` that of respondent 2. `respondents.parquet` has
what each of them says (unit, respondent, item, field, value: a number, text: what else, file,
cell); it is empty where every unit has one.

An asterisk marks columns that completeness counts as required.

Beside them: `completeness.parquet` (unit, table, expected, answered, tb, blank, invalid: required
cells, and how each of them ended), `problems.parquet` (file, sheet, cell, unit, severity, code,
value, details: JSON of what else its message tells), `sources.parquet` (file, sha256, unit,
revision, used, sample, day, respondent), `cells.parquet` (unit, item, field, value as typed, state,
file, sheet, cell, respondent: every cell that is asked, of each respondent, and where it stands; of
a row's code the field is empty),
`changes.parquet` (unit, revision, file, sheet, cell, item, field, before, after: what later
revisions changed), `decisions.parquet` (the columns of `decisions.csv` with its row, applied, and
the reason why not: JSON), `quotes.parquet` (unit, item, field, file, cell, decided: where each
text stands that people wrote in their own words, and whether it is withheld or released),
`evidence.parquet` (unit, table, item, level, file, state, size in bytes, sha256: the files that
rows name beside a level, and those that were handed in; state: present, missing, empty, unreadable,
too_large to be hashed, or not_named in any row) and
`reconciliation.parquet` (file, unit, cells: how many hold something, with the comments, text boxes
and pictures over them; and how each of these ended: form, answered, tb, blank, problem, unexpected,
aside, which sum to it).
"""


def codebook(instrument: Instrument) -> str:
    """Every processed table with its columns, and the items behind its codes, as Markdown."""
    return "\n".join([HEAD, *(_table(t, instrument) for t in instrument.tables)])


def _table(table: Table, instrument: Instrument) -> str:
    lines = [f"## `{table.name}.parquet`", "", f"{table.title} (sheet *{table.sheet}*"]
    lines[-1] += ", each row asked of its owner only)." if table.owned else ")."
    lines[-1] += f" Rows: {table.codes[0]} to {table.codes[-1]}" + (
        ", as many as the unit filled in." if table.slots else ", one for each unit that is asked."
    )
    lines += ["", "| column | type | heading on the form | values |", "|---|---|---|---|"]
    fields = {f.name: f for f in table.fields}
    for name, dtype in columns(table).items():
        if name in fields:
            question = fields[name]
            star = " *" if question.required else ""
            lines.append(f"| `{name}`{star} | {dtype} | {question.title} | {_values(question)} |")
        else:
            lines.append(f"| `{name}` | {dtype} | | |")
    for made in table.derived:
        bands = ", ".join(f"{band:g}" for band in made.bands)
        told = f"`{made.plus}` − `{made.minus}`, the next from each of {bands}"
        lines += ["", f"`{made.name}` is not asked: it is the level of {told}."]
    for first, last, scale in table.parts:
        if scale:
            told = "; ".join(f"{value} {label}" for value, label in scale.labels.items())
            lines += ["", f"Levels of {table.codes[first]} to {table.codes[last]}: {told}."]
    if table.slots:
        return "\n".join([*lines, ""])
    lines += ["", *_items(table), ""]
    return "\n".join(lines)


def _items(table: Table) -> list[str]:
    if table.pairs:
        head, columns = "| code | A | B |", ["code", "left_name", "right_name"]
    else:
        category = f"{table.scheme}_name"
        head, columns = "| code | category | statement |", ["code", category, "statement"]
    rows = table.items[columns].itertuples(index=False)
    return [head, "|---|---|---|", *("| " + " | ".join(row) + " |" for row in rows)]


def _values(question: Field) -> str:
    kind = question.kind
    if isinstance(kind, Scale):
        return "; ".join(f"{value} {label}" for value, label in kind.labels.items())
    if isinstance(kind, Choice):
        return ", ".join(kind.options) or f"id of scheme `{kind.scheme}` in categories.csv"
    if isinstance(kind, Amount):
        most = f", at most {kind.maximum:g}" if kind.maximum < MOST else ""
        return f"{kind.unit}, at least {kind.minimum:g}{most}"
    return "text"


if __name__ == "__main__":
    project = Project.find()
    write(project.root / "docs" / "codebook.md", codebook(Instrument.load(project)))

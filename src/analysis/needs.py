"""What a stage needs of the questionnaire, and what a questionnaire lacks of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from analysis.text import N_, _

Needs = Mapping[str, Mapping[str, str]]
"""By table, what its answers must hold: each column's kind, as `Table.columns` has it."""
CATEGORY, SCALE, TEXT = "category", "scale", "text"
KINDS = {
    SCALE: N_("skala"),
    TEXT: N_("teks"),
    "choice": N_("pilihan dari golongan “{of}”"),
    "options": N_("pilihan {of}"),
    "amount": N_("banyaknya ({of})"),
}


def lacking(
    needs: Needs, one_scale: Iterable[Sequence[tuple[str, str]]], instrument: Any
) -> Iterator[str]:
    """What `instrument` lacks, each in words; `one_scale`: fields that must be on one.

    A field is its table and its name.
    """
    tables = {table.name: table for table in instrument.tables}
    told = [said for name, columns in needs.items() for said in _table(tables, name, columns)]
    yield from told
    for fields in [] if told else one_scale:
        if len({tables[table].scale(field).ends for table, field in fields}) > 1:
            names = ", ".join(f"“{table}.{field}”" for table, field in fields)
            yield _("isian {names} tidak memakai skala yang sama").format(names=names)


def _table(tables: Mapping[str, Any], name: str, columns: Mapping[str, str]) -> Iterator[str]:
    if name not in tables:
        yield _("tabel “{table}” tidak ada").format(table=name)
        return
    there = tables[name].columns
    for column, needed in columns.items():
        if there.get(column) == needed:
            continue
        kind, _space, of = needed.partition(" ")
        said = _("tabel “{table}” tidak memuat isian “{column}” berupa {kind}")
        if kind == CATEGORY:
            said = _("butir tabel “{table}” tidak digolongkan menurut “{column}”")
        meant = _(KINDS.get(kind, kind)).format(of=of)
        yield said.format(table=name, column=column, kind=meant)

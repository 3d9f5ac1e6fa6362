"""The indices that a period assesses: ``index.toml`` in a folder of the questionnaire each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import pandas as pd
from pydantic import ConfigDict

from analysis.project import Project, ProjectError
from analysis.project.entries import validated
from analysis.project.languages import Translated
from analysis.project.settings import Predicate, Predicates
from analysis.project.words import ID, words
from analysis.survey.asked.fields import Scale
from analysis.survey.asked.questionnaire import Scheme, Table
from analysis.survey.asked.rows import called
from analysis.text import Spoken, _

NAME = "index.toml"


class _Written(Translated):
    """What ``index.toml`` holds: see `Index`."""

    model_config = ConfigDict(frozen=True, strict=True, allow_inf_nan=False)
    spoken = ("title", "caution", "note")
    title: Annotated[str, *words(60)]
    source: Annotated[str, *words(200)]
    field: ID
    published: str = ""
    caution: Annotated[str, *words(800)] = ""
    note: Annotated[str, *words(1200)] = ""
    predicates: Predicates | None = None


@dataclass(frozen=True)
class Index:
    """An index: the weighted mean of the levels in `field` of the items of its tables.

    `tiers`: the schemes that sort these, the outermost first. `published`: the indicator of
    ``statistics.csv`` that is its official value; `caution`: a trap that its readers have to know;
    `note`: how sure all of this is; `source`: what defines it; `predicates`: what it is called from
    which value on.
    """

    id: str
    title: Spoken
    source: str
    field: str
    tables: tuple[Table, ...]
    tiers: tuple[str, ...]
    predicates: Sequence[Predicate]
    published: str = ""
    caution: Spoken = Spoken("")
    note: Spoken = Spoken("")

    @property
    def scale(self) -> Scale:
        """The scale of its levels, with the words of its first table."""
        return next(t.scale(self.field) for t in self.tables if t.scaled)

    @property
    def items(self) -> pd.DataFrame:
        """Its items in the order of their codes: see `Instrument`."""
        items = pd.concat([table.items for table in self.tables])
        return items.sort_values("code", ignore_index=True)

    @property
    def bands(self) -> dict[str, float]:
        """The lower bound of each predicate by its name, in the language in use."""
        return {_(p.said("name")): p.minimum for p in self.predicates}


def indices(
    project: Project, tables: Iterable[Table], schemes: Mapping[str, Scheme]
) -> dict[str, Index]:
    """By its id each index that the period uses, in the order of ``period.toml``.

    `tables`: those of the whole questionnaire. Raises ProjectError that names file and entry of
    what is wrong.
    """
    found, wrong = {}, []
    for folder in project.questionnaires[1:]:
        name = called(folder / NAME)
        written = validated(_Written, folder / NAME, name)
        own = tuple(t for t in tables if t.folder == folder)
        wrong += [
            _("{file}: isian {entry}: {message}").format(file=name, entry="field", message=told)
            for told in _unfit(written.field, own)
        ]
        found[folder.name] = Index(
            folder.name,
            written.said("title"),
            written.source,
            written.field,
            own,
            _tiers(own, schemes),
            written.predicates or project.settings.predicates,
            written.published,
            written.said("caution"),
            written.said("note"),
        )
    if wrong:
        raise ProjectError("\n".join(wrong))
    return found


def _tiers(tables: Sequence[Table], schemes: Mapping[str, Scheme]) -> tuple[str, ...]:
    """The scheme that sorts the items, and those above it, the outermost first."""
    tiers, scheme = [], tables[0].scheme
    while scheme:
        tiers.append(scheme)
        scheme = schemes[scheme].parent
    return tuple(reversed(tiers))


def _unfit(field: str, tables: Sequence[Table]) -> Iterator[str]:
    """Why an index cannot be computed of its tables."""
    if len({table.scheme for table in tables}) > 1:
        yield _("semua tabelnya harus digolongkan menurut skema yang sama")
    for table in tables:
        if table.slots or table.pairs or table.columns.get(field) != Scale.what:
            told = _("tabel “{table}” tidak memuat isian “{column}” berupa skala")
            yield told.format(table=table.name, column=field)
    if not any(table.scaled for table in tables):
        yield _("sekurang-kurangnya satu tabelnya harus berskala")

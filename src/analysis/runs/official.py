"""Which notebooks may speak for the city: on all of it, and each under a title of its own."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from analysis import text
from analysis.runs import release
from analysis.runs.notebook import Notebook
from analysis.text import _

FILTERS = {"groups", "units"}
EMPTY = {"[]", "()", "None", "''", "list()"}


def official(
    found: Sequence[Notebook], values: Mapping[str, object], folder: Path
) -> list[Notebook]:
    """The same notebooks; one that must not be published as it is has a fault that says why.

    That is one whose own parameters filter units, unless `values` say which are meant; and one
    whose title is another's, unless it is the release's own. `folder`: where they lie.
    """
    titles: dict[str, list[Notebook]] = {}
    for notebook in found:
        titles.setdefault(" ".join(notebook.title.casefold().split()), []).append(notebook)
    faults = {}
    for same in titles.values():
        for notebook in same[: len(same) * (len(same) > 1)]:
            if release.line(notebook.path, folder) not in release.own():
                faults[notebook] = _named_alike(notebook, same)
    for notebook in found:
        given = [p for name, p in notebook.parameters.items() if name not in values]
        if filters := [p.name for p in given if p.name in FILTERS and p.default not in EMPTY]:
            faults[notebook] = _filtered(notebook, filters)
    return [replace(n, fault=n.fault or faults.get(n, "")) for n in found]


def _named_alike(notebook: Notebook, same: Sequence[Notebook]) -> str:
    others = [n for n in same if n is not notebook]
    said = _(
        "judulnya sama dengan judul {others}: mana yang resmi? Ganti judulnya, atau "
        "pindahkan ke notebooks/coba. Bila hanya parameternya yang berbeda, buatlah varian: "
        "masterplan run {name} -p KEY=VALUE --name NAMA"
    )
    return said.format(others=text.listing(n.path.name for n in others), name=others[0].path.stem)


def _filtered(notebook: Notebook, filters: Sequence[str]) -> str:
    meant = [(name, notebook.defaults.get(name)) for name in filters]
    given = " ".join(
        f"-p '{name}={json.dumps(value, ensure_ascii=False) if value else '[...]'}'"
        for name, value in meant
    )
    said = _(
        "sel parameternya memilih sebagian perangkat daerah ({names}), sedangkan laporan resmi "
        "berbicara tentang seluruh kota. Kosongkan lagi; laporan atas sebagian saja adalah varian: "
        "masterplan run {name} {given} --name NAMA"
    )
    return said.format(names=", ".join(filters), name=notebook.name, given=given)

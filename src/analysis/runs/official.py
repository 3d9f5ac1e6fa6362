"""Which notebooks may speak for the city: on all of it, and each under a title of its own."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

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


def partial(notebook: Notebook, shown: Iterable[Mapping[str, Any]]) -> str:
    """Why exhibits are no report on the city: the first that speaks for a part of it is named.

    Wherever the notebook's code chose them: parameters are not the only place. `shown`: their
    contents. Empty where they are one, and for a notebook that is no stage of the city.
    """
    if notebook.internal or notebook.per == "unit" or notebook.of_cities:
        return ""
    parts = (_of_a_part(notebook, each) for each in shown if each.get("scope"))
    return next(parts, "")


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


def _of_a_part(notebook: Notebook, content: Mapping[str, Any]) -> str:
    said = _(
        "“{title}” hanya berbicara tentang {scope} perangkat daerah, sedangkan laporan resmi "
        "berbicara tentang seluruh kota. Hapuslah pilihan groups atau units dari sel-selnya, atau "
        "pindahkan notebook ini ke notebooks/coba."
    ).format(title=content["title"], scope=content["scope"])
    if "groups" not in notebook.parameters:
        return said
    variant = _("Laporan atas sebagian saja adalah varian: {command}").format(
        command=f"masterplan run {notebook.name} -p 'groups=[...]' --name NAMA"
    )
    return f"{said} {variant}"

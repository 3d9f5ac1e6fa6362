"""Notebooks that claim something, for cities on which reports are tested without the stages."""

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import v4

SHOW = """
from types import SimpleNamespace
import pandas as pd
from analysis import tables
from analysis.survey.kept import store
survey = store.load(period, groups, units, language)
rows = {rows!r}
found = pd.DataFrame(rows, columns=["id", "claim", "value", "reference", "low", "high",
    "wide_low", "wide_high", "n", "p", "p_below", "verdict", "turned"])
ledger = [
    {{"id": r["id"], "stage": {name!r}, "primary": True, "sentence": r["claim"],
      "value": r["value"], "low": None, "high": None, "n": 3, "scope": survey.scope, "p": 0.5,
      "alpha": 0.04, "level": "unclear", "turns": ""}}
    for r in reversed(rows)
]
stage = SimpleNamespace(name={name!r}, title={name!r}, place={place}, claims=found, ledger=ledger,
    claims_title="Klaim", claims_note="", reads=())
display(tables.claims(stage))
display(tables.findings(["Temuan {name} atas " + survey.scope + "."]))
"""
PARAMETERS = (
    'period: str = ""  # periode',
    "groups: list = []  # kelompok",
    "units: list = []  # unit",
    'language: str = ""  # bahasa',
)


def notebook(folder: Path, stem: str, place: int | None, claims: Sequence[tuple] = ()) -> None:
    """Write a notebook of a stage at this place with these claims (id, sentence, value).

    None: of no stage, and without the parameters that choose units.
    """
    name = stem.partition("-")[2]
    rows = [{"id": id, "claim": said, "value": value} for id, said, value in claims]
    if place is None:
        parameters = [PARAMETERS[0], PARAMETERS[-1], "height: float = 1.0  # tinggi"]
        code = "from analysis import tables\ntables.findings(['Bukan tahap.'])"
    else:
        parameters, code = PARAMETERS, SHOW.format(rows=rows, name=name, place=place)
    cells = [
        v4.new_markdown_cell(f"# Laporan {name}"),
        v4.new_code_cell("\n".join(parameters), metadata={"tags": ["parameters"]}),
        v4.new_code_cell(code),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    folder.mkdir(exist_ok=True)
    nbformat.write(v4.new_notebook(cells=cells, metadata=kernel), folder / f"{stem}.ipynb")

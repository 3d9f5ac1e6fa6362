"""What problems say to people, in the language in use."""

import json
from collections.abc import Container

import pandas as pd

from analysis.survey.told.problems import BLANK, FOR_COORDINATOR, Code, shorten
from analysis.text import N_, Spoken, _, listing

# Details that are ours or stand on the form, whatever was typed.
OURS = {
    "allowed", "cells", "column", "common", "count", "differing", "empty", "ends", "folder",
    "format", "given", "length", "matched", "measure", "named", "own", "period", "population",
    "range", "revision", "row", "same", "seconds", "title", "titles", "unit_name", "version",
    "what", "year",
}  # fmt: skip
LEFT_OUT = "…"
# Details that name other units, as all but the coordinator read them.
UNNAMED = {"twin": {"text": N_("perangkat daerah lain")}}
ELSEWHERE = N_("(lembar lain)")


def said(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems with their message (what is wrong, and where) and hint (how to mend it).

    `problems`: the columns of `problems.Problem`. Sheets, headings and choices are named as they
    stand on the form, which is in Indonesian. Adds ``for_unit`` and ``blank``, too: whether the
    unit can mend it, and whether that is by filling the cells that `blanks` lists.
    """
    rows = problems[["code", "sheet", "cell", "value", "details"]].astype(object)
    rows = rows.where(rows.notna(), None)
    told = [_told(*row) for row in rows.itertuples(index=False)]
    words = pd.DataFrame(told, problems.index, ["message", "hint"], "string")
    return problems.join(words).assign(
        for_unit=~problems["code"].isin(FOR_COORDINATOR), blank=problems["code"].isin(BLANK)
    )


def reasons(problems: pd.DataFrame) -> pd.Series:
    """What is wrong and how to mend it, without where it is: for whoever looks at the cell."""
    rows = problems[["code", "value", "details"]].astype(object)
    rows = rows.where(rows.notna(), None)
    told = [_told(code, None, None, value, details) for code, value, details in rows.to_numpy()]
    return pd.Series([f"{message} {hint}" for message, hint in told], problems.index, "string")


def addressed(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems as their unit may read them: no other unit is named."""
    told = [json.loads(details) for details in problems["details"]]
    unnamed = [d | {name: UNNAMED[name] for name in UNNAMED.keys() & d.keys()} for d in told]
    return problems.assign(details=[json.dumps(d, ensure_ascii=False) for d in unnamed]).astype(
        problems.dtypes
    )


def outlined(problems: pd.DataFrame, form: Container[str]) -> pd.DataFrame:
    """Problems as anybody may read them: where and of what kind, in our words only.

    `form`: names of sheets and codes of rows. What was typed is left out, as are names of files
    and of sheets that are not on the form: what an officer wrote in the wrong place is not for all.
    """
    told = problems.assign(
        sheet=[s if pd.isna(s) or s in form else _(ELSEWHERE) for s in problems["sheet"]],
        value=[v if pd.isna(v) or v in form else LEFT_OUT for v in problems["value"]],
        details=[_outline(json.loads(details)) for details in problems["details"]],
    ).astype(problems.dtypes)
    return said(told).drop(columns=["file", "value", "details"])


def _outline(details: dict[str, object]) -> str:
    return json.dumps(
        {name: d if name in OURS else UNNAMED.get(name, LEFT_OUT) for name, d in details.items()}
    )


def records(problems: pd.DataFrame) -> list[dict]:
    """Problems as `said` has them, for other programs: with a list of cells where there is one."""
    columns = ["file", "sheet", "cell", "unit", "severity", "code", "message", "hint"]
    rows = problems[columns].astype(object).where(problems[columns].notna(), None)
    cells = [json.loads(details).get("cells", []) for details in problems["details"]]
    return rows.assign(cells=cells).to_dict("records")


def blanks(problems: pd.DataFrame) -> pd.DataFrame:
    """The blank required cells among problems: unit, sheet, cell, item; `said` says them by sheet.

    `problems`: the columns of `problems.Problem`.
    """
    rows = [
        (unit, sheet, cell, item)
        for unit, sheet, details in problems.loc[
            problems["code"].isin(BLANK), ["unit", "sheet", "details"]
        ].itertuples(index=False)
        for told in [json.loads(details)]
        for cell, item in zip(told["cells"], told["items"], strict=True)
    ]
    return pd.DataFrame(rows, columns=["unit", "sheet", "cell", "item"])


def _told(
    code: str, sheet: str | None, cell: str | None, value: str | None, details: str
) -> tuple[str, str]:
    _severity, message, hint = Code[code].value
    filled = {name: worded(detail) for name, detail in json.loads(details).items()}
    filled = {"value": value} | filled
    if cells := json.loads(details).get("cells"):
        filled["cells"] = ", ".join(cells)
    return _place(sheet, cell) + _(message).format(**filled), _(hint).format(**filled)


def _place(sheet: str | None, cell: str | None) -> str:
    if sheet is None:
        return ""
    place = N_("Lembar “{sheet}”, sel {cell}: ") if cell else N_("Lembar “{sheet}”: ")
    return _(place).format(sheet=shorten(sheet), cell=cell)


def worded(detail: object) -> object:
    """What fills a brace, in the language in use: see `problems.problem`."""
    if isinstance(detail, dict):
        phrase = detail["text"]
        if "others" in detail:  # a text of the city's own files
            phrase = Spoken(phrase, detail["others"])
        return _(phrase).format(**{n: worded(d) for n, d in detail.items() if n != "others"})
    return listing(detail) if isinstance(detail, list) else detail

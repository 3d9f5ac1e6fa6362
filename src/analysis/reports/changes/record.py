"""What an edition says, as data: claims, findings, key figures and every number by its key."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from analysis.formats import cell, flat
from analysis.reports.changes.basis import Basis
from analysis.reports.document import Document
from analysis.runs.manifest import Edition, Manifest

NAMES = ("name", "short", "label")
"""The columns that call the item of a row by its name, the best first."""
PART = "/"  # between what a row is about, where that is more than one thing


@dataclass(frozen=True)
class Claim:
    """What an edition says of a comparison: see `reports.claims`."""

    primary: bool
    sentence: str
    value: float | None
    level: str


@dataclass(frozen=True)
class Finding:
    """What a report concludes, and how sure that is; `claim`: the id of the one it quotes."""

    headline: str
    level: str
    claim: str


@dataclass(frozen=True)
class Figure:
    """A key figure as it is `shown`."""

    label: str
    shown: str


@dataclass(frozen=True)
class Measure:
    """A column of results: what stands above it, and its numbers by item and group.

    Of each number its value at full precision, and how pages show it. Numbers that are for all have
    no group.
    """

    label: str
    numbers: dict[str, tuple[float | None, str]]


@dataclass(frozen=True)
class Report:
    """What one report says; `tables`: which answers it rests on, none: on all.

    `names`: what its items and groups are called.
    """

    title: str
    tables: list[str]
    claims: dict[str, Claim]
    findings: list[Finding]
    figures: list[Figure]
    measures: dict[str, Measure]
    names: dict[str, str]


@dataclass(frozen=True)
class Record:
    """What an edition says, and what it rests on. Profiles of units, which say what that unit has
    answered, are no part of it, nor is what is internal."""

    edition: Edition
    basis: Basis
    reports: dict[str, Report]


def record(manifest: Manifest, basis: Basis, documents: Mapping[str, Document]) -> Record:
    """What the reports of an edition say, as far as they are there."""
    reports = {
        id: _report(entry.title, documents[id])
        for id, entry in manifest.entries.items()
        if id in documents and documents[id].exhibits
    }
    return Record(manifest.edition, basis, reports)


def _report(title: str, read: Document) -> Report:
    measures: dict[str, Measure] = {}
    names: dict[str, str] = {}
    for exhibit in read.exhibits:
        if exhibit.get("keys"):
            names = _names(exhibit) | dict(exhibit["keys"]["groups"]) | names
            for measure, label, key, value, shown in _numbers(exhibit):
                found = measures.setdefault(measure, Measure(label, {}))
                found.numbers.setdefault(key, (value, shown))
    stages = (exhibit["stage"] for exhibit in read.exhibits if "stage" in exhibit)
    return Report(
        title=title,
        tables=next((stage.get("reads", []) for stage in stages), []),
        claims={
            row["id"]: Claim(row["primary"], row["sentence"], row["value"], row["level"])
            for exhibit in read.exhibits
            for row in exhibit.get("ledger", ())
        },
        findings=[Finding(f["headline"], f["level"], f["claim"]) for f in read.findings],
        figures=[Figure(figure["label"], figure["shown"]) for figure in read.keys],
        measures=measures,
        names=names,
    )


def _names(exhibit: Mapping[str, Any]) -> dict[str, str]:
    """What the items of an exhibit are called, where a column says it."""
    keys = [column["key"] for column in exhibit["columns"]]
    at = next((keys.index(name) for name in NAMES if name in keys), None)
    if at is None:
        return {}
    pairs = zip(exhibit["keys"]["rows"], exhibit["rows"], strict=True)
    return {item: str(row[at]) for (item, _scope), row in pairs if row[at] and PART not in item}


def _numbers(exhibit: Mapping[str, Any]) -> Iterator[tuple[str, str, str, float | None, str]]:
    """Of every number of an exhibit: measure, what stands above it, key, value, how it is shown."""
    keys = exhibit["keys"]
    groups = {id for id, _name in keys["groups"]}
    for name, label, kind, values in flat(exhibit):
        for (item, scope), value in zip(keys["rows"], values, strict=True):
            if isinstance(value, int | float):
                measure = ".".join(filter(None, (keys["stage"], keys["of"], name)))
                key = "\n".join((item, *({scope} & groups)))
                yield measure, label, key, value, cell(value, kind)

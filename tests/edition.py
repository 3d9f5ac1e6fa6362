"""One edition read back: every number that its reports show, by its key, and every claim."""

import json
import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.columns import declared
from analysis.exhibits import MIME

DATA_CLAIM = re.compile(r'data-claim="([^"]+)"')


def exhibits(edition: Path) -> dict[str, list[dict[str, Any]]]:
    """The contents of all exhibits of each executed notebook of an edition, by its id."""
    folder = edition / "internal" / "notebooks"
    return {
        path.relative_to(folder).with_suffix("").as_posix(): [
            output["data"][MIME]
            for cell in json.loads(path.read_text("utf-8"))["cells"]
            for output in cell.get("outputs", [])
            if MIME in output.get("data", {})
        ]
        for path in sorted(folder.rglob("*.ipynb"))
    }


def numbers(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every number of one exhibit with its key: stage, measure, item, scope."""
    keys = content.get("keys")
    if keys:
        for row, (item, scope) in zip(content["rows"], keys["rows"], strict=True):
            for column, value in zip(content["columns"], row, strict=True):
                for name, number in _parts(column["key"], value):
                    measure = _measure(keys["of"], name)
                    yield (keys["stage"], measure, item, scope), number
    for figure in content.get("figures", []):
        if "key" in figure and figure["value"] is not None:
            yield tuple(figure["key"]), figure["value"]
    for claim in content.get("ledger", []):
        yield (claim["stage"], "claim", claim["id"], ""), claim["value"]


def _parts(name: str, value: Any) -> list[tuple[str, Any]]:
    column = declared().get(name)
    pair = column.pair if column else None
    if pair:
        return list(zip(pair, value or (None, None), strict=True))
    return [(name, value)] if isinstance(value, int | float) else []


def _measure(of: str, name: str) -> str:
    column = declared().get(name)
    return f"{of}.{name}" if of and column and column.general else name


def disagreeing(edition: Path) -> dict[tuple[str, ...], list[Any]]:
    """Every key under which an edition shows more than one number, with what it shows where."""
    found: dict[tuple[str, ...], dict[Any, str]] = defaultdict(dict)
    for report, contents in exhibits(edition).items():
        for content in contents:
            for key, number in numbers(content):
                found[key].setdefault(_same(number), f"{report}: {content['title']}")
    return {key: list(shown.items()) for key, shown in found.items() if len(shown) > 1}


def _same(number: Any) -> Any:
    """What two numbers have in common that are equal but for the order of their sums."""
    if number is None or (isinstance(number, float) and math.isnan(number)):
        return None
    return float(f"{number:.10g}")


def quoted(edition: Path) -> dict[str, set[str]]:
    """The ids of claims that each page names."""
    return {
        path.relative_to(edition).as_posix(): {
            id for ids in DATA_CLAIM.findall(path.read_text("utf-8")) for id in ids.split()
        }
        for path in sorted(edition.rglob("*.html"))
    }

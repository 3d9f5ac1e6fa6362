"""The coordinator's desk: files are saved, the register is mended, everything is read again."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd

from analysis.project import Project
from analysis.survey.asked import register
from analysis.survey.asked.fields import TB
from analysis.survey.kept.cockpit import Cockpit
from analysis.survey.kept.ingest import ingest
from tests import libreoffice
from tests.survey.campaign import ALIASES, files
from tests.survey.ledger import Ledger
from tests.survey.officers import LAST


@dataclass(frozen=True)
class After:
    """What a wave left: the ledger's reckoning beside what the product says."""

    project: Project
    ledger: Ledger
    tables: dict[str, pd.DataFrame]
    units: list[register.Unit]
    kept: dict[str, str]  # sha256 of every file below responses/, by path below data/raw

    @cached_property
    def problems(self) -> list[dict]:
        frame = self.tables["problems"].astype(object)
        rows = frame.where(frame.notna(), None).to_dict("records")
        return [row | {"details": json.loads(row["details"])} for row in rows]

    @cached_property
    def letters(self) -> dict[str, str]:
        return Cockpit(self.project, self.tables).letters

    def told(self, *codes: str, **where: object) -> list[dict]:
        """The problems of these codes (of all, if none is given) at this unit, file or cell."""
        return [
            row
            for row in self.problems
            if (not codes or row["code"] in codes)
            and all(row[name] == value for name, value in where.items())
        ]

    def held(self) -> dict[tuple, object]:
        """What the tables hold, by unit and cell."""
        found = {}
        for table in self.ledger.city.instrument.tables:
            required = {f.name for f in table.required}
            for row in self.tables[table.name].astype(object).to_dict("records"):
                for field in table.fields:
                    out = row.get("tb") is True and field.name in required
                    value = TB if out else row[field.name]
                    if not pd.isna(value):
                        found[row["unit"], (row["item"], field.name)] = value
        return found

    def blank(self) -> Counter:
        """Unit, sheet and cell of every required cell that is told to be empty."""
        told = self.told("BLANK_CELLS", "BLANK_SHEET")
        return Counter((p["unit"], p["sheet"], c) for p in told for c in p["details"]["cells"])


def played(project: Project, ledger: Ledger) -> After:
    """A wave: files are saved (or moved), the register is mended, everything is read."""
    lying = files(ledger.there)
    for path in set(kept(project)) - set(lying):
        (project.raw / path).unlink()
    for path in set(lying) - set(kept(project)):
        (project.raw / path).parent.mkdir(parents=True, exist_ok=True)
        (project.raw / path).write_bytes(lying[path])
    if ledger.wave == LAST:
        known_as(project, ALIASES)
    tables = ingest(project)
    return After(project, ledger, tables, register.units(project), kept(project))


def kept(project: Project) -> dict[str, str]:
    paths = [p for p in project.raw.rglob("*") if p.is_file() and "responses" in p.parts]
    return {
        p.relative_to(project.raw).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in paths
    }


def known_as(project: Project, aliases: dict[str, str]) -> None:
    path = project.folder / "units.csv"
    content = path.read_text("utf-8")
    for unit, names in aliases.items():
        [line] = [x for x in content.splitlines() if x.startswith(f"{unit},")]
        before = next(u.aliases[0] for u in register.units(project) if u.id == unit)
        new = line.replace(f",{before};", f',"{names};{before};', 1).replace(",no,", '",no,', 1)
        content = content.replace(line, new)
    path.write_text(content, "utf-8")


def resaved(content: bytes, folder: Path) -> bytes:
    """What LibreOffice makes of a workbook; the workbook itself where there is none."""
    if not libreoffice.SOFFICE:
        return content
    (folder / "a.xlsx").write_bytes(content)
    saved = libreoffice.save_as(folder / "a.xlsx", "xlsx", folder / "out", folder / "profile")
    return saved.read_bytes()

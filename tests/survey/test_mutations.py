"""Settings files after any slip: refused in our own words, or what they ask can be read back."""

import json
import os
import re
from collections import Counter
from pathlib import Path
from random import Random

import pandas as pd
import pytest

from analysis.project import Project, ProjectError
from analysis.survey.asked import official, register
from analysis.survey.asked.fields import TR, Amount, Choice, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import setup
from analysis.survey.kept.ingest import ingest
from analysis.survey.returned import cells, matching
from analysis.survey.returned.expected import Expected
from analysis.survey.sent import forms
from analysis.survey.told import problems
from tests import libreoffice
from tests.second_city import edit, place
from tests.survey import mutations

TEXTS = ["Jaringan putus", "é – “ya”", "Anggaran; terbatas, sekali", "=SUM", "Dua\nbaris", "ya (x)"]
# Mutations of each file (of the instrument fewer: all its files are read every time), and how many
# of those that are accepted are filled in and read back.
LONG = os.environ.get("MASTERPLAN_LONG")  # `make test-long`
MANY, FEW = {} if LONG else {"categories": 120, "items": 120}, 3


def filled(instrument: Instrument, unit: register.Unit, rng: Random) -> dict:
    """Random valid answers to all that is asked: what is typed, and what it says, by cell."""
    found = {}
    for table in instrument.asked_of(unit):
        for code in table.codes:
            if table.tb and rng.random() < 0.2:
                found[code, next(f.name for f in table.fields if isinstance(f.kind, Scale))] = (
                    TR,
                    TR,
                )
                continue
            for field in table.fields:
                found[code, field.name] = _answer(field.kind, instrument, rng)
    return found


def _answer(kind, instrument: Instrument, rng: Random) -> tuple[object, object]:
    if isinstance(kind, Scale):
        value = rng.randint(kind.low, kind.high)
    elif isinstance(kind, Choice) and kind.options:
        value = rng.choice(kind.options)
    elif isinstance(kind, Choice):
        names = instrument.scheme(kind.scheme)["name"]
        id = rng.choice(list(names.index))
        return names[id], id
    elif isinstance(kind, Amount):
        value = rng.randint(1, 10 ** rng.randint(1, 9))
        value = value if kind.whole else value / 2  # the form shows one decimal
    else:
        assert isinstance(kind, Text)
        value = rng.choice(TEXTS)
    return value, value


def returned(project: Project, rng: Random) -> None:
    """Fill the form of a unit at random, and read every answer back from it."""
    instrument, units = Instrument.load(project), register.units(project)
    period, unit = project.period, rng.choice(units)
    answers = filled(instrument, unit, rng)
    typed = {key: typed for key, (typed, _meant) in answers.items()}
    content = forms.workbook(
        unit, instrument, project.settings, units=units, period=period, answers=typed
    )
    read = matching.read(cells.read(content), "jawaban.xlsx", Expected.of(project))
    assert read.unit == unit.id and not read.invalid
    told = [r.problem for r in read.remarks if r.problem.severity == problems.ERROR]
    assert not told
    got = {key: answer.value for key, answer in read.answers.items()}
    for key, (_typed, meant) in answers.items():
        assert got[key] == meant, key


FILES = [
    "city.toml",
    "period.toml",
    "units.csv",
    "statistics.csv",
    "official",
    "categories",
    "items",
]


def paths(project: Project, file: str) -> list[Path]:
    folder = project.folder / "instrument"
    if file == "items":
        return sorted(p for p in folder.glob("*.csv") if p.stem not in FILES)
    return [place(project, file) if "." in file else folder / f"{file}.csv"]


@pytest.mark.parametrize("file", FILES)
def test_whatever_happens_to_a_file_it_is_refused_or_its_questions_are_read_back(city, file):
    rng, asked, accepted = Random(file), 0, 0
    before = {path: path.read_bytes() for path in paths(city, file)}
    mutate = mutations.of_settings if file.endswith(".toml") else mutations.of_table
    load = {file: lambda p: p.settings for file in ("city.toml", "period.toml")}
    load |= {"units.csv": register.units}
    load |= {"statistics.csv": register.statistics, "official": official.official}
    for number in range(many := MANY.get(file, 500)):
        path = rng.choice(list(before))
        path.write_bytes(mutate(before[path], rng))
        project = Project(city.root)
        try:
            load.get(file, Instrument.load)(project)
            accepted += 1
            if accepted % 5 == 1 and asked < FEW:
                setup.check(project)
                asked += 1
                returned(project, rng)
        except ProjectError as error:
            told = str(error)
            assert told and len(told.splitlines()) <= 22 * len(FILES), number
            assert re.match(r"(data/raw/)?((raw|2023|instrument)/)?[a-z]+\.(csv|toml): ", told)
        path.write_bytes(before[path])
    assert 10 < accepted < many * 0.9 and asked == FEW


@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls", *libreoffice.SEPARATORS])
@libreoffice.needed
def test_another_city_is_read_back_from_what_libreoffice_saves(city, tmp_path, ending):
    """Names with all that may stand in one: parentheses, quotes, commas, signs, other letters.

    And CSV of each country, with signs between thousands, as the form shows amounts.
    """
    for file, old, new in (
        ("period.toml", '"Sejahtera"', '"Sejahtera (adil)"'),
        ("period.toml", '"Sehat"', "'Sehat & \"kuat\"'"),
        ("city.toml", '"Kota Pematang Siantar"', '"Kota Ökö’s (baru)"'),
        (
            "instrument/categories.csv",
            "obstacle,data,,1,Data,",
            'obstacle,data,,1,"Data, <x> (é)",',
        ),
        ("instrument/categories.csv", "1,Mobilitas,", "1,Mobilitas/angkutan (darat),"),
        (
            "units.csv",
            "Badan Perencanaan Pembangunan Daerah,Bappeda",
            "Badan (Riset) & Rencana,B/R",
        ),
    ):
        edit(city, file, old, new)
    project = Project(city.root)
    setup.check(project)
    instrument, units, rng = Instrument.load(project), register.units(project), Random(ending)
    unit = next(u for u in units if u.id == "bappeda")
    answers = filled(instrument, unit, rng)
    typed = {key: typed for key, (typed, _meant) in answers.items()}
    content = forms.workbook(
        unit, instrument, project.settings, units=units, period="2023", answers=typed
    )
    folder = project.responses
    folder.mkdir(parents=True)
    form = (folder if ending == "xlsx" else tmp_path) / "jawaban.xlsx"
    form.write_bytes(content)
    if ending in libreoffice.SEPARATORS:
        libreoffice.as_csv(form, ending, folder, tmp_path / "profile")
    elif ending != "xlsx":
        libreoffice.save_as(form, ending, folder, tmp_path / "profile")
    tables = ingest(project)
    held = tables["problems"].query("code == 'AMBIGUOUS_NUMBER'")
    held = Counter(json.loads(details)["title"] for details in held["details"])
    for table in (t for t in instrument.tables if not t.owned):
        titles = {field.name: field.title for field in table.fields}
        rows = tables[table.name].set_index("item")
        for (code, name), (_typed, meant) in answers.items():
            if code in table.codes:
                tb = meant == TR
                got = rows.loc[code, "tb" if tb else name]
                if pd.isna(got) and held[titles[name]]:
                    held[titles[name]] -= 1
                else:
                    assert pd.notna(got) and got == (True if tb else meant), (code, name)
    assert not held.total()

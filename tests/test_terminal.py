"""What commands print is text, whoever wrote it: no control of the terminal, and no markup."""

import io
import re
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis import progress, terminal
from analysis.console import Console
from analysis.project import Project
from analysis.reports.cities import City, Ran
from analysis.reports.doctor import Finding
from analysis.runs.manifest import FAILED, OK, Entry
from analysis.runs.outcome import Outcome
from analysis.survey.told import problems, wording
from tests.test_html import EDITION

HOSTILE = (
    "Dinas \x1b[31mMERAH\x1b]0;judul\x07 \u202egnilab\u202c \x9b2J [draf] [/x] [bold]:smile:[/bold]"
)
PLAIN = "[draf] [/x] [bold]:smile:[/bold]"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture
def shown(monkeypatch):
    """What a wide terminal was sent, without its colours."""
    sent = io.StringIO()
    console = Console(file=sent, force_terminal=True, color_system="standard", width=400)
    monkeypatch.setattr(terminal, "console", console)
    return lambda: COLOUR.sub("", sent.getvalue())


def entry(title: str, **changes) -> Entry:
    what = {"number": "", "kind": "stage", "status": OK, "seconds": 1.0, "parameters": {}}
    what |= {"error": "", "data": "", "sample": False, "made": ""}
    return Entry(id="a", title=title, **what | changes)


def plain(text: str) -> None:
    assert not STEERING.search(text), text
    assert PLAIN in text and "MERAH" in text


def test_names_of_units_and_files_are_text(shown):
    found = [problems.problem(problems.Code.DAMAGED, HOSTILE, "a", HOSTILE)]
    table = wording.said(pd.DataFrame([vars(p) for p in found]))
    terminal.show_problems(table, [1], {"a": HOSTILE})
    assert shown().count(PLAIN) == 3 and f"{PLAIN} (a)" in shown()
    plain(shown())


def test_what_was_looked_at_is_text(shown):
    terminal.show_finding(Finding(HOSTILE, "baik", HOSTILE))
    plain(shown())


def test_titles_of_notebooks_are_text(shown):
    outcome = Outcome(EDITION, [entry(HOSTILE)], HOSTILE)
    terminal.show_run(outcome, f"/{HOSTILE}/index.html")
    assert shown().count(PLAIN) == 2
    plain(shown())


def test_the_last_lines_lead_the_coordinator_and_everyone_on(shown):
    outcome = Outcome(EDITION, [entry("a")], "x")
    terminal.show_run(outcome, "index.html", "dalam.html")
    ends = shown().splitlines()[-2:]
    assert ends == ["Untuk koordinator saja: dalam.html", "Laporan: index.html"]


def test_what_no_page_can_show_is_named_once_for_all_units(shown):
    units = [entry("Dinas", kind="unit", left_out=["plotly"]) for _unit in range(2)]
    entries = [entry("Bebas", left_out=["altair", HOSTILE]), entry("Utuh"), *units]
    outcome = Outcome(EDITION, entries, "x")
    terminal.show_run(outcome, "index.html")
    told = [line for line in shown().splitlines() if "tidak dapat ditampilkan" in line]
    assert told[0].startswith("Bebas: tidak dapat ditampilkan di halamannya: altair dan Dinas")
    assert told[1:] == ["Profil unit: tidak dapat ditampilkan di halamannya: plotly."]
    plain(shown())


def test_names_of_cities_are_text_in_one_line(shown):
    outcome = Outcome(EDITION, [entry("a")], HOSTILE)
    cities = [
        City(f"a\n\u2028{HOSTILE}", 1.0, HOSTILE),
        City("b", 1.0, ran=Ran(outcome, Project(Path("b")))),
    ]
    terminal.show_cities(cities, [entry(HOSTILE, status=FAILED, error=HOSTILE)], "")
    assert len(shown().splitlines()) == 4
    plain(shown())


def test_the_live_bar_shows_text(monkeypatch):
    sent = io.StringIO()
    console = Console(file=sent, force_terminal=True, color_system=None, width=400)
    watch = progress.Live(console)
    with watch.bars:
        watch.city(f"a\n{HOSTILE}", 0, 2)
        watch.planned([entry(HOSTILE)])
        watch.bars.refresh()
        watch.read(HOSTILE)
        watch.finished(entry(HOSTILE, status=FAILED, error=HOSTILE))
    moves = re.sub(r"\x1b\[(\?25[lh]|[0-9]*[A-KJ])|\r", "", sent.getvalue())
    assert moves.count(PLAIN) >= 4
    plain(moves)


def test_colours_stay(shown, monkeypatch):
    console = Console(file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print("merah", style="red")
    assert console.file.getvalue() == "\x1b[31mmerah\x1b[0m\n"


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_how_far_and_how_long_still_fit_beside_any_title(width):
    console = Console(file=io.StringIO(), force_terminal=True, width=width)
    watch = progress.Live(console)
    jobs = [SimpleNamespace(id=str(n), title="Dinas Penanaman Modal " * 4) for n in range(48)]
    with watch.bars:
        watch.city("kota/" + "panjang" * 30, 0, 12)
        watch.planned(jobs)
        console.print(watch.bars.get_renderable())
    shown = COLOUR.sub("", console.file.getvalue())
    assert "0/48 0:00:00" in shown and "0/12 0:00:00" in shown and "Dinas" in shown

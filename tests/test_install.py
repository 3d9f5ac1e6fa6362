"""The install: pins that fit every Python that we promise, and the way that make goes."""

import os
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.second_city import ROOT
from tools import check_python

# Debian 12 brings 3.11.2, Debian 13 a 3.13; 3.11.0 is the oldest that the README promises.
PYTHONS = ("3.11.0", "3.11.2", "3.12.0", "3.13.0")
EXTRAS = frozenset({"cluster", "lab", "test"})
PINS = {
    canonicalize_name(name): version
    for name, _, version in (
        line.partition("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    )
}

made_by_make = pytest.mark.skipif(not shutil.which("make"), reason="make is missing")


def metadata(name: str):
    """What an installed distribution says of itself; None where it is not installed."""
    try:
        return distribution(name).metadata
    except PackageNotFoundError:
        return None


def refused(wanted: str) -> list[str]:
    """Of our Pythons, those that a Requires-Python does not admit."""
    return [python for python in PYTHONS if not SpecifierSet(wanted).contains(python)]


def brought(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """All that a distribution brings in on one of our Pythons, as those installed here tell."""
    found, waiting = set(), [(name, extras)]
    while waiting:
        here = waiting.pop()
        if here in found:
            continue
        found.add(here)
        for line in distribution(here[0]).requires or () if metadata(here[0]) else ():
            wanted = Requirement(line)
            if any(applies(wanted, python, here[1]) for python in PYTHONS):
                waiting.append((canonicalize_name(wanted.name), frozenset(wanted.extras)))
    return {name for name, _ in found}


def applies(wanted: Requirement, python: str, extras: frozenset[str]) -> bool:
    """Whether a requirement holds for a Python, by itself or through one of these extras."""
    version = {"python_full_version": python, "python_version": python.rpartition(".")[0]}
    return not wanted.marker or any(
        wanted.marker.evaluate(version | {"extra": extra}) for extra in extras | {""}
    )


@pytest.mark.parametrize("name", PINS)
def test_every_pin_is_for_all_our_pythons_and_is_what_is_installed(name):
    found = metadata(name)
    if found:  # some are for another Python or system than this one
        assert found["Version"] == PINS[name]
        assert refused(found["Requires-Python"] or "") == []


def test_a_pin_for_a_later_python_would_be_refused():
    assert refused(">=3.11.5") == ["3.11.0", "3.11.2"]
    assert refused(">=3.9,<3.13") == ["3.13.0"]


def test_all_that_the_project_brings_in_is_pinned():
    found = brought("masterplan-siantar", EXTRAS) - {"masterplan-siantar"}
    assert {"jupyterlab", "s3fs", "hypothesis", "soupsieve"} <= found
    assert found - PINS.keys() == set()


def test_nothing_is_pinned_that_nothing_brings_in():
    installed = {name for name in PINS if metadata(name)}
    assert installed - brought("masterplan-siantar", EXTRAS) == set()


@pytest.fixture
def folder(tmp_path):
    """The files by which make prepares .venv, in a folder whose name has a space."""
    root = tmp_path / "Masterplan Siantar"
    shutil.copytree(ROOT / "tools", root / "tools")
    for name in ("Makefile", "pyproject.toml", "constraints.txt"):
        os.utime(shutil.copy(ROOT / name, root), (10**9, 10**9))  # long before any stamp
    return root


def make(folder: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess:
    """Make in a folder, by this Python, with no index to install from."""
    alone = {"PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull, "PIP_FIND_LINKS": ""}
    # Tests may be run by make themselves, which tells the makes below it so.
    alone |= dict.fromkeys(("MAKEFLAGS", "MAKELEVEL", "MFLAGS"), "")
    return subprocess.run(
        ["make", f"PYTHON={sys.executable}", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        env=os.environ | alone | env,
    )


def planned(folder: Path, target: str) -> list[str]:
    """What make would install, and then do, for a target."""
    lines = make(folder, "-n", target).stdout.splitlines()
    return [line.rpartition("-e ")[2] for line in lines if line.startswith(".venv")]


def stamp(folder: Path, *names: str) -> None:
    """Mark as installed some time ago what reports or tests need."""
    (folder / ".venv" / "bin").mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / ".venv" / "bin" / name).touch()
        os.utime(folder / ".venv" / "bin" / name, (1.5 * 10**9, 1.5 * 10**9))


RUN, PYTEST = (
    ".venv/bin/masterplan run",
    ".venv/bin/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder",
)


@made_by_make
def test_lab_needs_no_more_than_reports_and_is_the_command(folder):
    assert planned(folder, "lab") == ["'.[lab]'", ".venv/bin/masterplan lab"]


@made_by_make
def test_reports_do_not_wait_for_what_tests_need(folder):
    assert planned(folder, "reports") == ["'.[lab]'", RUN]
    assert planned(folder, "test") == ["'.[lab]'", "'.[test]'", PYTEST]
    stamp(folder, ".reports")
    assert planned(folder, "reports") == [RUN]
    assert planned(folder, "test") == ["'.[test]'", PYTEST]
    stamp(folder, ".tests")
    assert planned(folder, "reports") == [RUN]
    assert planned(folder, "test") == [PYTEST]


@made_by_make
@pytest.mark.parametrize("changed", ["pyproject.toml", "constraints.txt"])
def test_what_is_needed_now_is_installed_again(folder, changed):
    stamp(folder, ".reports", ".tests")
    (folder / changed).touch()
    assert planned(folder, "reports") == ["'.[lab]'", RUN]
    assert planned(folder, "test") == ["'.[lab]'", "'.[test]'", PYTEST]


@made_by_make
def test_half_an_installation_is_never_taken_for_a_whole_one(folder):
    stamp(folder)
    half = folder / ".venv" / "half"
    half.touch()
    for _ in range(2):  # there is nothing to install from, so neither gets to its end
        done = make(folder, "reports")
        assert done.returncode and RUN not in done.stdout
        assert "Menyiapkan .venv" in done.stdout
    assert not half.exists()
    stamp(folder, ".reports")
    assert make(folder, "test").returncode
    assert planned(folder, "reports") == ["'.[lab]'", RUN]


@made_by_make
@pytest.mark.parametrize("missing", ["ensurepip", "venv"])
def test_a_python_without_venv_is_told_in_one_line(folder, missing):
    (folder / "sys").mkdir()
    (folder / "sys" / f"{missing}.py").write_text("raise ImportError")
    done = make(folder, "reports", PYTHONPATH=str(folder / "sys"))
    [said] = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert done.returncode and said.endswith("-venv")
    assert not (folder / ".venv").exists()


@made_by_make
def test_no_python_is_told_in_one_line(folder):
    done = make(folder, "reports", "PYTHON=python4")
    [said] = [line for line in done.stderr.splitlines() if not line.startswith("make: ")]
    assert done.returncode and "sudo apt install python3 python3-venv" in said
    assert not (folder / ".venv").exists()


def test_a_python_is_judged_by_version_and_venv():
    assert check_python.lacking((3, 11), venv=True) == ""
    assert "3.11 atau lebih baru" in check_python.lacking((3, 10), venv=True)
    assert "python3.13-venv" in check_python.lacking((3, 13), venv=False)

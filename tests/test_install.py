"""The pins: installable by every Python that we promise, as installed here, and complete."""

from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from tests.second_city import ROOT

# Debian 12 brings 3.11.2, Debian 13 a 3.13; 3.11.0 is the oldest that the README promises.
PYTHONS = ("3.11.0", "3.11.2", "3.12.0", "3.13.0")
EXTRAS = frozenset({"cluster", "test"})
PINS = {
    canonicalize_name(name): version
    for name, _, version in (
        line.partition("==") for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    )
}


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

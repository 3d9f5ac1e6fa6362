"""docs/methods.md has one section per module of methods/ and names every public name in it."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from analysis import bibliography, methods

DOCUMENT = Path(__file__).parents[2] / "docs" / "methods.md"
MODULES = [m.name for m in pkgutil.iter_modules(methods.__path__) if not m.name.startswith("_")]


def sections():
    methods, _simulations = re.split(r"^# What", DOCUMENT.read_text("utf-8"), flags=re.MULTILINE)
    _, *parts = re.split(r"^## ", methods, flags=re.MULTILINE)
    return {part.split("`")[1]: part for part in parts}


def public(module):
    return [
        name
        for name, thing in vars(module).items()
        if (inspect.isfunction(thing) or inspect.isclass(thing))
        and thing.__module__ == module.__name__
        and not name.startswith("_")
    ]


def test_every_module_has_its_section_and_no_section_is_left_over():
    assert sorted(sections()) == sorted(MODULES)


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_is_documented(name):
    module = importlib.import_module(f"analysis.methods.{name}")
    names = public(module)
    assert names
    for function in names:
        assert f"`{function}" in sections()[name], f"{name}.{function} is not in {DOCUMENT.name}"
        assert inspect.getdoc(getattr(module, function))


def test_what_readers_are_told_leads_to_a_section_and_every_section_is_told_of():
    assert {m.section for m in bibliography.METHODS.values()} == set(MODULES)

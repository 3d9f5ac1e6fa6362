"""What is refused because of what somebody typed: said in their words, with the names near to it.

In a notebook a refusal shows its message first, and below it only the lines of the notebook itself.
"""

import linecache
import traceback
from collections.abc import Iterable
from difflib import get_close_matches

from analysis.text import _

MOST = 5
"""How many near names are proposed."""


class Refusal(Exception):
    """Something cannot be done as it is asked; the message says why and how to mend it."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: the message, and where in the notebook it was asked."""
        said = _("  baris {line} sel ini: {code}")
        asked = [
            said.format(
                line=line, code=linecache.getline(frame.f_code.co_filename, line).strip()
            ).rstrip()
            for frame, line in traceback.walk_tb(self.__traceback__)
            if frame.f_globals.get("__name__") == "__main__"
        ]
        return [str(self), *asked]


class Unfit(Refusal, ValueError):
    """A value that cannot be used."""


class Unknown(Unfit):
    """A name that nothing has."""


class NoSuchPart(Unknown, AttributeError):
    """Nothing that a thing of the desk has."""


def near(name: object, names: Iterable[str]) -> list[str]:
    """The names that somebody may have meant: those with such a word in them, then the alike.

    >>> near("subelemen", ["index", "element", "subelement"])
    ['subelement', 'element']
    >>> near("barat", ["siantar barat", "siantar timur"])
    ['siantar barat']
    """
    known = {each.casefold(): each for each in names}
    said = str(name).casefold().strip()
    found = [full for full in known if said and f" {said}" in f" {full}"]
    found += get_close_matches(said, known, MOST, 0.6)
    return [known[each] for each in dict.fromkeys(found)][:MOST]


def proposing(told: str, name: object, names: Iterable[str]) -> str:
    """What is told of an unknown `name`, and which are near to it; without such ones, all.

    >>> proposing("Kelompok “dnas” tidak ada.", "dnas", ["dinas", "badan"])
    'Kelompok “dnas” tidak ada. Maksud Anda: dinas?'
    >>> proposing("Kelompok “x” tidak ada.", "x", ["dinas", "badan"])
    'Kelompok “x” tidak ada. Pilihan: dinas, badan.'
    """
    names = list(names)
    if alike := near(name, names):
        return f"{told} " + _("Maksud Anda: {names}?").format(names=", ".join(alike))
    return f"{told} " + _("Pilihan: {names}.").format(names=", ".join(names) or "–")


def as_list(given: object) -> list:
    """What was given as a list: a single text stands for a list of it.

    >>> as_list("kecamatan"), as_list(["dinas", "badan"])
    (['kecamatan'], ['dinas', 'badan'])
    """
    return [given] if isinstance(given, str) else list(given)  # type: ignore[call-overload]

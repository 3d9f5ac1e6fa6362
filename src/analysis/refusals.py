"""What is refused because of what somebody typed: said in their words, with the names near to it.

In a notebook a refusal shows its message first, and below it only the lines of the notebook itself.
"""

import linecache
import traceback
from collections.abc import Iterable
from difflib import get_close_matches

from analysis.text import _

LISTED = 40
"""How many names are listed of all that there are."""


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


class Unshowable(Unfit, TypeError):
    """Something of a kind that cannot be shown so."""


class Unknown(Unfit):
    """A name that nothing has."""


class NoSuchPart(Unknown, AttributeError):
    """Nothing that a thing of the desk has."""


def near(name: object, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that somebody may have meant: those with such a word in them, then the alike.

    >>> near("subelemen", ["index", "element", "subelement"])
    ['subelement', 'element']
    >>> near("barat", ["siantar barat", "siantar timur"])
    ['siantar barat']
    """
    folded = {each.casefold(): each for each in names}
    said = str(name).casefold().strip()
    found = [full for full in folded if said and f" {said}" in f" {full}"]
    found += get_close_matches(said, folded, most, 0.55)
    return [folded[each] for each in dict.fromkeys(found)][:most]


def meant(name: object, known: Iterable[object]) -> str:
    """What may have been meant by a name that there is not, and what there is.

    >>> meant("dnas", ["dinas", "badan"])
    'Mungkin maksudnya “dinas”. Yang ada: dinas, badan.'
    >>> meant("x", ["dinas", "badan"])
    'Yang ada: dinas, badan.'
    """
    names = list(dict.fromkeys(map(str, known)))
    more = ", …" if len(names) > LISTED else ""
    there = ", ".join(names[:LISTED]) + more if names else "–"
    listed = _("Yang ada: {names}.").format(names=there)
    alike = ", ".join(f"“{each}”" for each in near(name, names))
    said = _("Mungkin maksudnya {names}.").format(names=alike)
    if alike and more:
        return said
    return f"{said} {listed}" if alike else listed


def unknown(
    what: str, name: object, known: Iterable[object], kind: type[Unknown] = Unknown
) -> Unknown:
    """The refusal of a name that there is not; `what` it would be the name of, such as “Kolom”.

    >>> unknown("Kolom", "skor", ["name", "score"])
    Unknown('Kolom “skor” tidak ada. Mungkin maksudnya “score”. Yang ada: name, score.')
    """
    said = _("{what} “{name}” tidak ada.").format(what=what, name=name)
    return kind(f"{said} {meant(name, known)}")


def only(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise Unknown for the first of the names of parameters that is none of those known."""
    names = list(known)
    for name in given:
        if name not in names:
            raise unknown(_("Nama parameter"), name, names)


def as_list(given: object) -> list:
    """What was given as a list: a single text stands for a list of it.

    >>> as_list("kecamatan"), as_list(["dinas", "badan"])
    (['kecamatan'], ['dinas', 'badan'])
    """
    return [given] if isinstance(given, str) else list(given)  # type: ignore[call-overload]

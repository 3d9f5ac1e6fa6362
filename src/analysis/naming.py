"""Names that people mistype: what there is, and what they may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from analysis.text import _

MOST = 40


def unknown(what: str, name: object, known: Iterable[object]) -> ValueError:
    """The error for a name that there is not: those that look like it, and those that there are.

    `what`: what it would be the name of, such as “Kolom”.
    """
    names = list(dict.fromkeys(str(one) for one in known))
    folded = {one.casefold(): one for one in reversed(names)}
    near = [folded[one] for one in get_close_matches(str(name).casefold(), folded, 3, 0.55)]
    said = _("{what} “{name}” tidak ada.").format(what=what, name=name)
    if near:
        meant = ", ".join(f"“{one}”" for one in near)
        said += " " + _("Mungkin maksudnya {names}.").format(names=meant)
    more = ", …" if len(names) > MOST else ""
    there = ", ".join(names[:MOST]) + more if names else "–"
    return ValueError(said + " " + _("Yang ada: {names}.").format(names=there))

"""The internal-external matrix: nine cells from the IFAS and EFAS totals, three strategies.

An adaptation of David's matrix (David & David, Strategic Management) on our own scale.
"""

from analysis.text import N_

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
GROW, HOLD, HARVEST = N_("tumbuh dan membangun"), N_("jaga dan pertahankan"), N_("panen atau lepas")
STRATEGIES = {
    "I": GROW,
    "II": GROW,
    "IV": GROW,
    "III": HOLD,
    "V": HOLD,
    "VII": HOLD,
    "VI": HARVEST,
    "VIII": HARVEST,
    "IX": HARVEST,
}


def cell(ifas: float, efas: float) -> str:
    """The cell I-IX of the matrix for two totals (1-4).

    Columns: IFAS strong [3, 4], average [2, 3), weak [1, 2); rows: EFAS high, medium, low
    likewise; cells are numbered along the rows. Raises ValueError outside 1-4.
    """
    # A total that is a bound but for rounding is on it.
    ifas, efas = round(ifas, 9), round(efas, 9)
    for name, total in (("IFAS", ifas), ("EFAS", efas)):
        if not 1 <= total <= 4:
            raise ValueError(f"{name} total {total:g} lies outside 1-4")
    column, row = (0 if total >= 3 else 1 if total >= 2 else 2 for total in (ifas, efas))
    return ROMAN[3 * row + column]

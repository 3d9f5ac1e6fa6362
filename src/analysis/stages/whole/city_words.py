"""What is said of several cities side by side."""

from collections.abc import Mapping

import pandas as pd

from analysis import levels
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, listed, listing, number

COMPARED = {
    "readiness": (
        N_("Indeks kesiapan"),
        N_("kesiapan {name} di atas kota-kota lain"),
        N_("kesiapan {name} di bawah kota-kota lain"),
        N_("kesiapan {name} tidak terbedakan dari kota-kota lain"),
    ),
    "gap": (
        N_("Kesenjangan rata-rata"),
        N_("kesenjangan {name} lebih besar daripada kota-kota lain"),
        N_("kesenjangan {name} lebih kecil daripada kota-kota lain"),
        N_("kesenjangan {name} tidak terbedakan dari kota-kota lain"),
    ),
}
"""The stages by which cities are compared: what is compared, and what is said of it."""
ALIKE = {
    "readiness": (
        N_("Kesiapan semua kota antara {low} dan {high}; belum jelas kota mana yang lebih siap."),
        N_("Kesiapan semua kota sekitar {low}; belum jelas kota mana yang lebih siap."),
    ),
    "gap": (
        N_(
            "Kesenjangan semua kota antara {low} dan {high} tingkat; belum jelas kota mana yang "
            "terjauh dari sasarannya."
        ),
        N_(
            "Kesenjangan semua kota sekitar {low} tingkat; belum jelas kota mana yang terjauh dari "
            "sasarannya."
        ),
    ),
}
"""What is said where no city clearly differs; the second where their means round to one."""
QUADRANTS = {
    "I": N_("Kekuatan dan peluang lebih besar daripada kelemahan dan ancaman: {cities}."),
    "II": N_(
        "Kekuatan lebih besar daripada kelemahan, tetapi ancaman lebih besar daripada peluang: "
        "{cities}."
    ),
    "III": N_(
        "Kelemahan lebih besar daripada kekuatan, tetapi peluang lebih besar daripada ancaman: "
        "{cities}."
    ),
    "IV": N_("Kelemahan dan ancaman lebih besar daripada kekuatan dan peluang: {cities}."),
}
CLEAREST = 3  # clear differences that findings quote


def heading(found: pd.DataFrame, stage: str) -> str:
    """What a picture of all cities shows: which ones clearly differ from the others."""
    what = _(COMPARED[stage][0])
    clear = [*claims.clear(found, stage, above=True), *claims.clear(found, stage, above=False)]
    if not clear:
        return _("{what}: tidak ada kota yang jelas berbeda dari yang lain").format(what=what)
    if len(clear) > 2:
        return _("{what}: {count} kota jelas berbeda dari kota-kota lain").format(
            what=what, count=len(clear)
        )
    return _("{what}: {names} jelas berbeda dari kota-kota lain").format(
        what=what, names=listing(clear)
    )


def differing(found: pd.DataFrame, wholes: Mapping[str, pd.DataFrame]) -> list[Finding]:
    """Which cities clearly differ, the clearest first, or between what figures all of them lie.

    `found`: from `cities.compared`; `wholes`: by stage, `cities.overall` of its figures.
    """
    if found.empty:
        return [Finding(_("Belum ada dua kota yang jawabannya dapat dibandingkan."))]
    clear = found[found["level"] == levels.CLEAR].sort_values("p_value", kind="stable")
    said = [ledger.quoted(row) for _key, row in clear.head(CLEAREST).iterrows()]
    for stage, (apart, alike) in ALIKE.items():
        compared = found[found.index.get_level_values(0) == stage]
        if len(compared) and not (compared["level"] == levels.CLEAR).any():
            means = wholes[stage]["mean"]
            low, high = number(means.min(), 1), number(means.max(), 1)
            words = _(apart) if low != high else _(alike)
            detail = _("{count} uji Welch, masing-masing satu kota dengan semua kota lain.")
            detail = detail.format(count=len(compared))
            said.append(Finding(words.format(low=low, high=high), levels.UNCLEAR, detail=detail))
    return said


def placed(places: pd.DataFrame) -> list[Finding]:
    """What the SWOT position of each city says; `places`: see `Cities.places`."""
    said = []
    for name, part in places.groupby("quadrant_name"):
        roman, _named = str(name).split(" ", 1)
        said.append(
            Finding(
                _(QUADRANTS[roman]).format(cities=listed(part["city"], 2)),
                detail=_("Kuadran {name} menurut rerata: {cities}.").format(
                    name=name, cities=listing(part["city"])
                ),
            )
        )
    return said

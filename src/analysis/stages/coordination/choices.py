"""What the coordinator decided, as the coordinator's page lists it."""

import pandas as pd

from analysis.text import N_, _

KINDS = {
    "file": N_("berkas yang dipakai"),
    "value": N_("nilai yang dipakai"),
    "withhold": N_("tulisan ditahan"),
    "release": N_("tulisan dilepas"),
    "silence": N_("tidak menjawab, diterima"),
}


def decided(decisions: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Every decision, those that are not applied first.

    `decisions`: row (in the file), decision, unit, file, cell, old, new, who, why, when, applied
    and reason. Columns: row, unit_name (as typed where it is not registered), decision_name, about
    (the cell or else the file), old, new, who, why, decided_on and outcome (whether it is applied,
    or why not).
    """
    names = units.set_index("unit")["unit_name"]
    kinds = {kind: _(name) for kind, name in KINDS.items()}
    table = decisions.assign(
        row=decisions["row"].astype(str),
        unit_name=decisions["unit"].map(names).fillna(decisions["unit"]),
        decision_name=decisions["decision"].map(kinds),
        about=decisions["cell"].mask(decisions["cell"].eq(""), decisions["file"]),
        decided_on=decisions["when"].dt.strftime("%Y-%m-%d"),
        outcome=decisions["reason"].fillna(_("diterapkan")),
    )
    return table.sort_values("applied", kind="stable", ignore_index=True)


def headline(decisions: pd.DataFrame) -> str:
    """How many decisions there are, and how many of them are not applied."""
    if decisions.empty:
        return _("Belum ada keputusan")
    refused = int((~decisions["applied"]).sum())
    if not refused:
        return _("{count} keputusan, semuanya diterapkan").format(count=len(decisions))
    return _("{count} keputusan, {refused} di antaranya tidak diterapkan").format(
        count=len(decisions), refused=refused
    )

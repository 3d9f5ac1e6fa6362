"""Participation: which units answered, and how complete their workbooks are.

These are full counts of units and cells, not estimates: they have no interval. Completeness counts
the required cells of the workbooks that came in; a unit that sent none is missing, not empty.
"""

from collections.abc import Iterable, Sequence

import pandas as pd

from analysis.text import _, listed, listing, number, percent

UNIT = ["unit", "unit_name", "unit_short", "group", "group_name"]
COUNTS = ["expected", "answered", "tb", "blank", "invalid"]


def cells(completeness: pd.DataFrame, units: pd.DataFrame, tables: Iterable) -> pd.DataFrame:
    """Required cells by unit and table of the questionnaire, with what explains them.

    `completeness`: unit, table, expected, answered, tb, blank, invalid (cells); `units`: the
    register; `tables`: the questionnaire's tables, objects with name, sheet and title. Adds
    unit_name, unit_short, group, group_name, sheet and title.
    """
    described = pd.DataFrame(
        [(t.name, _(t.sheet), _(t.title)) for t in tables], columns=["table", "sheet", "title"]
    )
    return completeness.merge(described, on="table").merge(units[UNIT], on="unit")


def shares(cells: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Required cells summed over `by`, and their shares (0-1) of the cells expected.

    Adds to the counts: filled (answered or TB), tb_share, open_share (blank or unreadable) and
    units (workbooks in which the cells stand).
    """
    grouped = cells.groupby(list(by), sort=False)
    table = grouped[COUNTS].sum().assign(units=grouped["unit"].nunique()).reset_index()
    expected = table["expected"].where(table["expected"] > 0)
    return table.assign(
        filled=(table["answered"] + table["tb"]) / expected,
        tb_share=table["tb"] / expected,
        open_share=(table["blank"] + table["invalid"]) / expected,
    )


def response(units: pd.DataFrame) -> pd.DataFrame:
    """How many units of each group answered, the whole city last.

    Columns: group, group_name, label (group with "answered/registered"), registered, returned
    (units), share (0-1).
    """
    groups = units.groupby(["group", "group_name"], sort=False)["answered"]
    table = groups.agg(registered="size", returned="sum").reset_index()
    whole = {"group": "city", "group_name": _("Semua unit")}
    whole |= {"registered": len(units), "returned": units["answered"].sum()}
    table = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    counts = table["returned"].astype(int).astype(str) + "/" + table["registered"].astype(str)
    return table.assign(
        label=table["group_name"] + " (" + counts + ")",
        returned=table["returned"].astype(int),
        share=table["returned"] / table["registered"],
    )


def begun(units: pd.DataFrame, cells: pd.DataFrame) -> pd.DataFrame:
    """The units that sent a workbook with too little filled in to count as answered."""
    absent = missing(units)
    return absent[absent["unit"].isin(cells["unit"])].reset_index(drop=True)


def missing(units: pd.DataFrame) -> pd.DataFrame:
    """The units that have not answered, in the order of the register."""
    return units.loc[~units["answered"].astype(bool), UNIT].reset_index(drop=True)


def incomplete(cells: pd.DataFrame) -> pd.DataFrame:
    """Workbooks with required cells that are blank or unreadable, the emptiest first."""
    table = shares(cells, UNIT)
    return table[table["open_share"] > 0].sort_values("filled", kind="stable", ignore_index=True)


def by_table(cells: pd.DataFrame) -> pd.DataFrame:
    """`shares` of each table of the questionnaire: sheet, title, counts and shares."""
    return shares(cells, ["sheet", "table", "title"])


def by_sheet_and_group(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Percent of the required cells filled, for each group of units and sheet, the city last.

    Columns: label (as `response`), sheet, percent (0-100; NaN where a sheet was asked of nobody in
    the group, or nobody answered).
    """
    whole = cells.assign(group="city")
    both = pd.concat([cells, whole], ignore_index=True)
    labels = response(units).set_index("group")["label"]
    return _crossed(both, "group", labels)


def by_sheet_and_unit(cells: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """`by_sheet_and_group` for each registered unit: label is the unit's short name."""
    return _crossed(cells, "unit", units.set_index("unit")["unit_short"])


def _crossed(cells: pd.DataFrame, row: str, labels: pd.Series) -> pd.DataFrame:
    table = shares(cells, [row, "sheet"]).set_index([row, "sheet"])["filled"]
    every = pd.MultiIndex.from_product(
        [labels.index, cells["sheet"].unique()], names=[row, "sheet"]
    )
    long = (100 * table).reindex(every).rename("percent").reset_index()
    return long.assign(label=long[row].map(labels))[["label", "sheet", "percent"]]


def meaning(units: pd.DataFrame, low: float = 1, high: float = 5) -> str:
    """What the intervals of this survey mean, given who answered; scale from `low` to `high`."""
    absent = len(missing(units))
    if not absent:
        return _(
            "Semua unit ({all}) menjawab, jadi survei ini sensus unit: selang pada laporan tahap "
            "menunjukkan seberapa mantap suatu angka seandainya petugas lain di unit yang sama "
            "yang menjawab, bukan galat penarikan sampel (margin of error)."
        ).format(all=len(units))
    share = absent / len(units)
    return _(
        "{absent} dari {all} unit belum menjawab, dan jawabannya tidak dikira-kira: selang hanya "
        "berlaku bagi unit yang menjawab. Jarak antara batas terburuk dan terbaik rerata kota pada "
        "skala {low}–{high} sekurang-kurangnya {width}."
    ).format(
        absent=absent,
        all=len(units),
        low=number(low, 0),
        high=number(high, 0),
        width=number(share * (high - low)),
    )


def note_bounds(confidence: float = 0.95) -> str:
    """What the intervals and bounds of a table are."""
    return _(
        "Selang keyakinan {confidence}. Batas sama dengan rerata bila semua jawaban ada."
    ).format(confidence=percent(confidence))


def headline_groups(units: pd.DataFrame) -> str:
    """Which groups of units answered in full, as the title of a table."""
    groups = response(units).iloc[:-1]
    short = groups[groups["returned"] < groups["registered"]]
    if short.empty:
        return _("Semua unit di setiap kelompok telah menjawab")
    return _("Kelompok yang belum lengkap: {names}").format(names=listing(short["label"]))


def headline_sheets(cells: pd.DataFrame) -> str:
    """Which sheet has the smallest share of its required cells filled."""
    sheets = shares(cells, ["sheet"])
    if sheets["open_share"].sum() == 0:
        return _("Semua sel wajib pada buku kerja yang masuk telah terisi")
    least = sheets[sheets["filled"] == sheets["filled"].min()]
    return _("Lembar yang paling banyak belum terisi: {names} ({filled} terisi)").format(
        names=listing(least["sheet"]), filled=percent(least["filled"].iloc[0], 1)
    )


def headline_units(cells: pd.DataFrame) -> str:
    """How many workbooks still lack required cells."""
    count = len(incomplete(cells))
    if not count:
        return _("Semua buku kerja yang masuk lengkap")
    return _("{count} dari {all} buku kerja yang masuk belum lengkap").format(
        count=count, all=cells["unit"].nunique()
    )


def headline_missing(units: pd.DataFrame) -> str:
    """How many units have not answered."""
    count = len(missing(units))
    return (
        _("{count} unit belum menjawab").format(count=count)
        if count
        else _("Tidak ada unit yang belum menjawab")
    )


def key_figures(units: pd.DataFrame, cells: pd.DataFrame) -> list[dict]:
    """Units that answered; of the required cells the shares filled and TB, and those to mend."""
    whole = cells[COUNTS].sum()
    returned, registered = int(units["answered"].sum()), len(units)
    n = returned + len(begun(units, cells))
    filled = _share(whole["answered"] + whole["tb"], whole["expected"])
    tb = _share(whole["tb"], whole["expected"])
    of_cells = _("dari {n} sel wajib").format(n=number(whole["expected"], 0))
    return [
        {
            "shown": _("{n} dari {all}").format(n=returned, all=registered),
            "label": _("unit menjawab"),
            "detail": _(
                "{sent} mengirim; {share} dari unit terdaftar; hitungan penuh, tanpa selang"
            ).format(
                sent=n,
                share=percent(_share(returned, registered)),
            ),
            "value": float(returned),
        },
        {
            "shown": percent(filled, 1),
            "label": _("sel wajib terisi pada buku kerja yang masuk"),
            "detail": f"{of_cells} · n = {n}",
            "value": filled,
        },
        {
            "shown": percent(tb, 1),
            "label": _("sel dijawab TB (tidak berlaku)"),
            "detail": f"{of_cells} · n = {n}",
            "value": tb,
        },
        {
            "shown": number(whole["blank"] + whole["invalid"], 0),
            "label": _("sel wajib masih harus dilengkapi"),
            "detail": _("{blank} kosong, {invalid} tidak terbaca").format(
                blank=number(whole["blank"], 0), invalid=number(whole["invalid"], 0)
            ),
            "value": float(whole["blank"] + whole["invalid"]),
        },
    ]


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def findings(units: pd.DataFrame, cells: pd.DataFrame) -> list[str]:
    """Who answered and how completely, in sentences; the first stands on the index."""
    absent, whole = missing(units), cells[COUNTS].sum()
    returned = len(units) - len(absent)
    answered = (
        _("{returned} dari {all} unit menjawab ({share}); {absent} unit belum menjawab.")
        if len(absent)
        else _("Semua unit ({all}) menjawab.")
    ).format(
        returned=returned,
        all=len(units),
        share=percent(_share(returned, len(units))),
        absent=len(absent),
    )
    names = _("Belum menjawab: {names}.").format(
        names=listed(f"{u.unit_name} ({u.group_name})" for u in absent.itertuples())
    )
    if not whole["expected"]:
        return [answered, names, _("Belum ada buku kerja, jadi kelengkapan tidak dihitung.")]
    filled = _(
        "Pada buku kerja yang masuk {filled} dari {expected} sel wajib terisi. {sheets}."
    ).format(
        filled=percent((whole["answered"] + whole["tb"]) / whole["expected"], 1),
        expected=number(whole["expected"], 0),
        sheets=headline_sheets(cells),
    )
    sentences = [answered, names if len(absent) else "", sent(units, cells), filled]
    sentences.append(empty_sheets(cells))
    return [s for s in [*sentences, most_tb(cells), meaning(units)] if s]


def sent(units: pd.DataFrame, cells: pd.DataFrame) -> str:
    """How many units sent a workbook and how many filled in enough; empty where all did."""
    partly = begun(units, cells)
    if partly.empty:
        return ""
    returned = len(units) - len(missing(units))
    return _(
        "{sent} unit mengirim, {returned} lengkap; jawaban yang terlalu sedikit ikut dihitung pada "
        "butir yang diisi saja: {names}."
    ).format(sent=returned + len(partly), returned=returned, names=listed(partly["unit_name"]))


def empty_sheets(cells: pd.DataFrame) -> str:
    """Which units left a whole sheet blank, in a sentence; empty when none did."""
    sheets = shares(cells, ["unit_short", "sheet"])
    empty = sheets[sheets["blank"] == sheets["expected"]]
    if empty.empty:
        return ""
    return _("Lembar yang seluruhnya kosong: {names}.").format(
        names=listed(f"{row.sheet} ({row.unit_short})" for row in empty.itertuples())
    )


def most_tb(cells: pd.DataFrame) -> str:
    """In which sheet TB is answered most often, in a sentence."""
    sheets = shares(cells, ["sheet"])
    top = sheets[(sheets["tb_share"] > 0) & (sheets["tb_share"] == sheets["tb_share"].max())]
    if top.empty:
        return _("Tidak ada unit yang menjawab TB (tidak berlaku).")
    return _("TB (tidak berlaku) paling banyak pada lembar {names}: {share} sel wajibnya.").format(
        names=listing(top["sheet"]), share=percent(top["tb_share"].iloc[0], 1)
    )

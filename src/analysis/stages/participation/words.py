"""Who answered, and how completely, in words."""

import pandas as pd

from analysis.stages.participation import figures
from analysis.text import _, listed, listing, number, percent


def meaning(units: pd.DataFrame, low: float = 1, high: float = 5) -> str:
    """What the intervals of this survey mean, given who answered; scale from `low` to `high`."""
    absent = len(figures.missing(units))
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
    groups = figures.response(units).iloc[:-1]
    short = groups[groups["returned"] < groups["registered"]]
    if short.empty:
        return _("Semua unit di setiap kelompok telah menjawab")
    return _("Kelompok yang belum lengkap: {names}").format(names=listing(short["label"]))


def headline_sheets(cells: pd.DataFrame) -> str:
    """Which sheet has the smallest share of its required cells filled."""
    sheets = figures.shares(cells, ["sheet"])
    if sheets["open_share"].sum() == 0:
        return _("Semua sel wajib pada buku kerja yang masuk telah terisi")
    least = sheets[sheets["filled"] == sheets["filled"].min()]
    return _("Lembar yang paling banyak belum terisi: {names} ({filled} terisi)").format(
        names=listing(least["sheet"]), filled=percent(least["filled"].iloc[0], 1)
    )


def headline_units(cells: pd.DataFrame) -> str:
    """How many workbooks still lack required cells."""
    count = len(figures.incomplete(cells))
    if not count:
        return _("Semua buku kerja yang masuk lengkap")
    return _("{count} dari {all} buku kerja yang masuk belum lengkap").format(
        count=count, all=cells["unit"].nunique()
    )


def headline_missing(units: pd.DataFrame) -> str:
    """How many units have not answered."""
    count = len(figures.missing(units))
    return (
        _("{count} unit belum menjawab").format(count=count)
        if count
        else _("Tidak ada unit yang belum menjawab")
    )


def key_figures(units: pd.DataFrame, cells: pd.DataFrame) -> list[dict]:
    """Units that answered; of the required cells the shares filled and TB, and those to mend."""
    whole = cells[figures.COUNTS].sum()
    returned, registered = int(units["answered"].sum()), len(units)
    n = returned + len(figures.begun(units, cells))
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
    absent, whole = figures.missing(units), cells[figures.COUNTS].sum()
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
    partly = figures.begun(units, cells)
    if partly.empty:
        return ""
    returned = len(units) - len(figures.missing(units))
    return _(
        "{sent} unit mengirim, {returned} lengkap; jawaban yang terlalu sedikit ikut dihitung pada "
        "butir yang diisi saja: {names}."
    ).format(sent=returned + len(partly), returned=returned, names=listed(partly["unit_name"]))


def empty_sheets(cells: pd.DataFrame) -> str:
    """Which units left a whole sheet blank, in a sentence; empty when none did."""
    sheets = figures.shares(cells, ["unit_short", "sheet"])
    empty = sheets[sheets["blank"] == sheets["expected"]]
    if empty.empty:
        return ""
    return _("Lembar yang seluruhnya kosong: {names}.").format(
        names=listed(f"{row.sheet} ({row.unit_short})" for row in empty.itertuples())
    )


def most_tb(cells: pd.DataFrame) -> str:
    """In which sheet TB is answered most often, in a sentence."""
    sheets = figures.shares(cells, ["sheet"])
    top = sheets[(sheets["tb_share"] > 0) & (sheets["tb_share"] == sheets["tb_share"].max())]
    if top.empty:
        return _("Tidak ada unit yang menjawab TB (tidak berlaku).")
    return _("TB (tidak berlaku) paling banyak pada lembar {names}: {share} sel wajibnya.").format(
        names=listing(top["sheet"]), share=percent(top["tb_share"].iloc[0], 1)
    )

"""Who answered, and how completely, in words."""

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.stages.participation import figures
from analysis.text import N_, _, listed, listing, number, percent

CONTAINED = N_(
    "Selang dihitung dari beda antarperangkat daerah: perbedaan yang sungguh ada di antara mereka "
    "dan kebetulan siapa petugas yang menjawab termuat bersama, sehingga selang umumnya lebih "
    "lebar daripada yang disebabkan petugas saja. Kecenderungan yang sama pada semua perangkat "
    "daerah, misalnya menilai diri terlalu baik, tidak termuat."
)


def meaning(units: pd.DataFrame, scope: str, low: float = 1, high: float = 5) -> Finding:
    """What the intervals of this survey mean, given who answered; scale from `low` to `high`."""
    absent = len(figures.missing(units))
    if not absent:
        return Finding(
            _("Survei ini sensus atas {scope}, tanpa galat penarikan sampel.").format(scope=scope),
            detail=_(CONTAINED),
        )
    bounds = _(
        "{absent} dari {all} perangkat daerah belum menjawab, dan jawabannya tidak diisi dengan "
        "perkiraan. Jarak antara batas terburuk dan terbaik suatu rerata pada skala {low}–{high} "
        "sekurang-kurangnya {width}."
    ).format(
        absent=absent,
        all=len(units),
        low=number(low, 0),
        high=number(high, 0),
        width=number(absent / len(units) * (high - low)),
    )
    return Finding(
        _("Angka-angka laporan hanya menggambarkan perangkat daerah yang menjawab."),
        detail=f"{_(CONTAINED)} {bounds}",
    )


def note_bounds(confidence: float = 0.95) -> str:
    """What the intervals and bounds of a table are."""
    return _(
        "Selang keyakinan {confidence}. Batas sama dengan rerata bila semua jawaban ada."
    ).format(confidence=percent(confidence))


def headline_groups(units: pd.DataFrame) -> str:
    """Which groups of units answered in full, as the title of a table."""
    groups = figures.response(units)
    short = groups[groups["returned"] < groups["registered"]]
    if short.empty:
        return _("Semua perangkat daerah di setiap kelompok telah menjawab")
    return _("Kelompok yang belum lengkap: {names}").format(names=listing(short["label"]))


def headline_sheets(cells: pd.DataFrame) -> str:
    """Which sheet has the smallest share of its required cells filled."""
    if cells.empty:
        return _("Belum ada kuesioner yang masuk")
    sheets = figures.shares(cells, ["sheet"])
    if sheets["open_share"].sum() == 0:
        return _("Semua pertanyaan wajib pada kuesioner yang masuk telah terisi")
    least = sheets[sheets["filled"] == sheets["filled"].min()]
    return _("Bagian yang paling banyak belum terisi: {names} ({filled} terisi)").format(
        names=listing(least["sheet"]), filled=percent(least["filled"].iloc[0], 1)
    )


def headline_units(cells: pd.DataFrame) -> str:
    """How many workbooks still lack required cells."""
    if cells.empty:
        return _("Belum ada kuesioner yang masuk")
    count = len(figures.incomplete(cells))
    if not count:
        return _("Semua kuesioner yang masuk lengkap")
    return _("{count} dari {all} kuesioner yang masuk belum lengkap").format(
        count=count, all=cells["unit"].nunique()
    )


def headline_missing(units: pd.DataFrame) -> str:
    """How many units have not answered."""
    count = len(figures.missing(units))
    return (
        _("{count} perangkat daerah belum menjawab").format(count=count)
        if count
        else _("Tidak ada perangkat daerah yang belum menjawab")
    )


def key_figures(units: pd.DataFrame, cells: pd.DataFrame, scope: str) -> list[dict]:
    """Units that answered; of the required cells the shares filled and TR, and those to mend."""
    whole = cells[figures.COUNTS].sum()
    returned, registered = int(units["answered"].sum()), len(units)
    n = returned + len(figures.begun(units, cells))
    filled = _share(whole["answered"] + whole["tb"], whole["expected"])
    tb = _share(whole["tb"], whole["expected"])
    of_cells = _("dari {n} pertanyaan wajib").format(n=number(whole["expected"], 0))
    return [
        {
            "shown": _("{n} dari {all}").format(n=returned, all=registered),
            "label": _("perangkat daerah menjawab"),
            "detail": _(
                "{sent} mengirim; {share} dari {scope}; hitungan penuh, tanpa selang"
            ).format(sent=n, share=percent(_share(returned, registered)), scope=scope),
            "value": float(returned),
        },
        {
            "shown": percent(filled, 1),
            "label": _("pertanyaan wajib terisi pada kuesioner yang masuk"),
            "detail": f"{of_cells} · n = {n}",
            "value": filled,
        },
        {
            "shown": percent(tb, 1),
            "label": _("pertanyaan dijawab tidak relevan (TR)"),
            "detail": f"{of_cells} · n = {n}",
            "value": tb,
        },
        {
            "shown": number(whole["blank"] + whole["invalid"], 0),
            "label": _("pertanyaan wajib masih harus dilengkapi"),
            "detail": _("{blank} kosong, {invalid} tidak terbaca").format(
                blank=number(whole["blank"], 0), invalid=number(whole["invalid"], 0)
            ),
            "value": float(whole["blank"] + whole["invalid"]),
        },
    ]


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else float("nan")


def findings(
    units: pd.DataFrame, cells: pd.DataFrame, scope: str
) -> list[tuple[Finding, list[str]]]:
    """Who answered and how completely, each with the tables of the questionnaire that it names.

    The first stands on the index. `scope`: whom, in words.
    """
    empty = list(figures.empty(cells)["table"].unique())
    # What lacks most is told once: of blank sheets, or of the one with the smallest share.
    least = [table for table in figures.emptiest(cells)["table"] if table not in empty]
    said = [
        (answered(units, scope), []),
        (sent(units, cells), []),
        (completeness(cells), least),
        (empty_sheets(cells), empty),
    ]
    return [(finding, tables) for finding, tables in said if finding]


def quality(units: pd.DataFrame, cells: pd.DataFrame, scope: str) -> list[Finding]:
    """What the answers leave out, and what the intervals of other pages mean."""
    return [most_tb(cells), meaning(units, scope)] if len(cells) else []


def decided(decisions: pd.DataFrame) -> list[Finding]:
    """How many values the coordinator decided upon, where there are any; of decision, applied."""
    values = decisions[decisions["applied"] & (decisions["decision"] == "value")]
    if values.empty:
        return []
    said = _("{count} jawaban ditetapkan oleh koordinator.")
    return [
        Finding(
            said.format(count=len(values)),
            detail=_(
                "Siapa yang memutuskan, kapan, dan mengapa dicatat oleh koordinator; berkas asli "
                "tidak diubah."
            ),
        )
    ]


def answered(units: pd.DataFrame, scope: str) -> Finding:
    """How many units answered, and which did not."""
    absent = figures.missing(units)
    if absent.empty:
        every = (
            _("Semua {n} perangkat daerah menjawab.")
            if len(units) > 1
            else _("Satu-satunya perangkat daerah menjawab.")
        )
        return Finding(
            every.format(n=len(units)),
            detail=_("Laporan ini tentang {scope}.").format(scope=scope),
        )
    words = (
        _("{returned} dari {all} perangkat daerah menjawab.")
        if len(absent) < len(units)
        else _("Belum ada jawaban dari satu pun perangkat daerah.")
    )
    names = listed(f"{u.unit_name} ({u.group_name})" for u in absent.itertuples())
    return Finding(
        words.format(returned=len(units) - len(absent), all=len(units)),
        detail=_("Dari {scope} belum menjawab: {names}.").format(scope=scope, names=names),
    )


def completeness(cells: pd.DataFrame) -> Finding:
    """How much of what is required is filled in."""
    whole = cells[figures.COUNTS].sum()
    if not whole["expected"]:
        return Finding(_("Belum ada kuesioner yang masuk, jadi kelengkapan tidak dihitung."))
    return Finding(
        _("Pada kuesioner yang masuk {filled} pertanyaan wajib terisi.").format(
            filled=percent((whole["answered"] + whole["tb"]) / whole["expected"], 1)
        ),
        detail=_("Dari {expected} pertanyaan wajib. {sheets}.").format(
            expected=number(whole["expected"], 0), sheets=headline_sheets(cells)
        ),
    )


def sent(units: pd.DataFrame, cells: pd.DataFrame) -> Finding | None:
    """Which units sent a workbook and filled in too little; None where all filled in enough."""
    partly = figures.begun(units, cells)
    if partly.empty:
        return None
    return Finding(
        _("{count} perangkat daerah mengirim kuesioner yang terlalu sedikit terisi.").format(
            count=len(partly)
        ),
        detail=_("Jawabannya dihitung hanya pada pertanyaan yang diisi: {names}.").format(
            names=listed(partly["unit_name"])
        ),
    )


def empty_sheets(cells: pd.DataFrame) -> Finding | None:
    """Which units left a whole sheet blank; None when none did."""
    sheets = figures.empty(cells).drop_duplicates(["unit_short", "sheet"])
    if sheets.empty:
        return None
    return Finding(
        _("{count} bagian kuesioner seluruhnya kosong.").format(count=len(sheets)),
        detail=listed(f"{row.sheet} ({row.unit_short})" for row in sheets.itertuples()) + ".",
    )


def most_tb(cells: pd.DataFrame) -> Finding:
    """In which sheet it is most often answered that a question does not apply."""
    sheets = figures.shares(cells, ["sheet"])
    top = sheets[(sheets["tb_share"] > 0) & (sheets["tb_share"] == sheets["tb_share"].max())]
    if top.empty:
        return Finding(_("Tidak ada pertanyaan yang dijawab tidak relevan."))
    return Finding(
        _("Jawaban tidak relevan paling banyak pada bagian {names}.").format(
            names=listing(top["sheet"])
        ),
        detail=_("{share} pertanyaan wajibnya dijawab tidak relevan (TR).").format(
            share=percent(top["tb_share"].iloc[0], 1)
        ),
    )

"""Who must mend what: problems by unit, workbooks that count, cells that add up.

For the coordinator's page only.
"""

import pandas as pd

from analysis.stages import participation
from analysis.stages.evidence.finding import Finding
from analysis.stages.participation.figures import COUNTS, UNIT
from analysis.text import N_, _, listed, listing, number

BEGIN = 2  # units that a sentence names
SEVERITIES = {"error": N_("kesalahan"), "warning": N_("peringatan"), "info": N_("keterangan")}


def named(problems: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Every problem with the names of its unit and severity, in the order of the register.

    `problems`: file, sheet, cell, unit, severity, code, value, message, hint. Adds unit_name,
    unit_short, group, group_name and severity_name; a file of no known unit says so.
    """
    table = problems.merge(units[UNIT], on="unit", how="left")
    unknown = dict.fromkeys(["unit_name", "unit_short"], _("(tidak dikenali)"))
    names = {severity: _(name) for severity, name in SEVERITIES.items()}
    table = table.fillna({**unknown, "group": "", "group_name": "–"})
    order = {unit: position for position, unit in enumerate(units["unit"])}
    table = table.assign(severity_name=table["severity"].map(names))
    ranks = pd.DataFrame(
        {
            "unit": table["unit"].map(order).astype(float).fillna(-1),
            "severity": table["severity"].map({s: i for i, s in enumerate(SEVERITIES)}),
        }
    )
    return table.loc[ranks.sort_values(["unit", "severity"], kind="stable").index].reset_index(
        drop=True
    )


def to_mend(problems: pd.DataFrame) -> pd.DataFrame:
    """The problems that ask for something to be done: errors and warnings."""
    return problems[problems["severity"] != "info"].reset_index(drop=True)


def doubtful(problems: pd.DataFrame) -> pd.DataFrame:
    """What units typed that is wrong or asked about, errors first; blank cells are left out."""
    open_ones = to_mend(problems)
    typed = open_ones[open_ones["unit"].notna() & ~open_ones["blank"].astype(bool)]
    return typed.sort_values(
        "severity", key=lambda s: s != "error", kind="stable", ignore_index=True
    )


def headline_doubtful(table: pd.DataFrame) -> str:
    """How much is wrong or asked about; `table`: from `doubtful`."""
    errors = int((table["severity"] == "error").sum())
    return _("{errors} kesalahan dan {others} hal yang perlu dipastikan").format(
        errors=errors, others=len(table) - errors
    )


def strays(problems: pd.DataFrame) -> pd.DataFrame:
    """What is wrong with files of no known unit."""
    open_ones = to_mend(problems)
    return open_ones[open_ones["unit"].isna()].reset_index(drop=True)


def headline_strays(table: pd.DataFrame) -> str:
    """How many files are of no known unit; `table`: from `strays`."""
    if table.empty:
        return _("Setiap berkas dikenali pengirimnya")
    return _("{n} berkas tidak dikenali pengirimnya").format(n=table["file"].nunique())


def silent(problems: pd.DataFrame) -> list[str]:
    """The units from which nothing came, not even a file that cannot be used."""
    return problems.loc[problems["code"] == "MISSING_UNIT", "unit"].tolist()


def by_kind(problems: pd.DataFrame) -> pd.DataFrame:
    """Problems of each kind, the commonest first: code, severity_name, count, units, hint (one)."""
    table = problems.groupby(["code", "severity_name"], sort=False).agg(
        count=("code", "size"), units=("unit", "nunique"), hint=("hint", "first")
    )
    return table.reset_index().sort_values(
        "count", ascending=False, kind="stable", ignore_index=True
    )


def workbooks(sources: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Every workbook and whether it counts: unit_name, file, revision, status, kind, digest.

    `sources`: file, sha256, unit, revision, used, sample. Workbooks of units that are not in
    `units` are left out; those of no known unit stay. `digest`: the first digits of the SHA-256.
    """
    names = units.set_index("unit")["unit_name"]
    table = sources[sources["unit"].isna() | sources["unit"].isin(names.index)]
    used = table["used"].astype(bool)
    status = used.map(
        {True: _("dipakai"), False: _("tidak dipakai: semua jawabannya ada di berkas lain")}
    )
    status = status.where(table["unit"].notna(), _("tidak dipakai: lihat masalahnya"))
    table = table.assign(
        unit_name=table["unit"].map(names).fillna(_("(tidak dikenali)")),
        status=status,
        kind=table["sample"].astype(bool).map({True: _("contoh"), False: _("jawaban")}),
        digest=table["sha256"].str[:12],
    )
    order = {unit: position for position, unit in enumerate(names.index)}
    ranks = table["unit"].map(order).astype(float).fillna(-1)
    ranks = pd.DataFrame({"unit": ranks, "revision": -table["revision"].astype(int)})
    return table.loc[ranks.sort_values(["unit", "revision"], kind="stable").index].reset_index(
        drop=True
    )


ENDS = ["form", "answered", "tb", "blank", "problem", "unexpected", "aside"]


def all_cells(reconciliation: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """Whether every cell that holds something, of each workbook, is accounted for.

    `reconciliation`: file, unit, cells (that hold something, or lie over cells), and how each
    ended: form (the form's own text), answered, tb, blank (a dash or the like), problem and
    unexpected (both listed as problems), aside (repeated, or in a workbook that does not count).
    Adds unit_name and unaccounted (cells less the sum of the other seven: 0 when they add up).
    """
    names = units.set_index("unit")["unit_name"]
    rest = reconciliation["cells"] - reconciliation[ENDS].sum(axis=1)
    return reconciliation.assign(
        unit_name=reconciliation["unit"].map(names).fillna(_("(tidak dikenali)")),
        unaccounted=rest,
    ).reset_index(drop=True)


def headline_all_cells(accounts: pd.DataFrame) -> str:
    """Whether every cell of every workbook is accounted for."""
    if accounts.empty:
        return _("Belum ada kuesioner yang masuk")
    wrong = accounts[accounts["unaccounted"] != 0]
    if wrong.empty:
        return _(
            "{cells} sel berisi, komentar, dan gambar dari {n} kuesioner seluruhnya terhitung"
        ).format(cells=number(accounts["cells"].sum(), 0), n=len(accounts))
    return _("Hitungan sel berisi tidak cocok pada: {names}").format(names=listed(wrong["file"]))


def required_cells(cells: pd.DataFrame, sources: pd.DataFrame) -> pd.DataFrame:
    """Whether every required cell of each workbook that counts is accounted for.

    Columns: unit_name, file, expected, answered, tb, blank, invalid (cells), unaccounted (expected
    less the sum of the other four: 0 when they add up).
    """
    table = participation.figures.shares(cells, UNIT)[[*UNIT, *COUNTS]]
    used = sources[sources["used"].astype(bool)].groupby("unit")["file"].agg(", ".join)
    rest = table[["answered", "tb", "blank", "invalid"]].sum(axis=1)
    return table.assign(file=table["unit"].map(used), unaccounted=table["expected"] - rest)


def headline_required_cells(reconciliation: pd.DataFrame) -> str:
    """Whether the cells of all workbooks add up."""
    if reconciliation.empty:
        return _("Belum ada kuesioner yang masuk")
    wrong = reconciliation[reconciliation["unaccounted"] != 0]
    if wrong.empty:
        return _("Pertanyaan wajib cocok: terisi, tidak relevan, kosong, dan tidak terbaca")
    return _("Hitungan pertanyaan tidak cocok pada: {names}").format(
        names=listed(wrong["unit_name"])
    )


def headline(problems: pd.DataFrame) -> str:
    """How many errors and warnings there are to mend."""
    open_ones = to_mend(problems)
    if open_ones.empty:
        return _("Tidak ada kesalahan atau peringatan")
    counts = open_ones["severity"].value_counts()
    return _("{errors} kesalahan dan {warnings} peringatan").format(
        errors=counts.get("error", 0), warnings=counts.get("warning", 0)
    )


def key_figures(problems: pd.DataFrame, units: pd.DataFrame, uniform: pd.DataFrame) -> list[dict]:
    """Errors, warnings, units without a workbook, and tables answered in a straight line."""
    returned = int(units["answered"].sum())
    straight = uniform[uniform["same"] == 1]
    figures = [
        *(
            (
                int((problems["severity"] == severity).sum()),
                label,
                _("pada {n} perangkat daerah").format(
                    n=problems.loc[problems["severity"] == severity, "unit"].nunique()
                ),
            )
            for severity, label in (
                ("error", _("kesalahan harus diperbaiki")),
                ("warning", _("peringatan perlu diperiksa")),
            )
        ),
        (
            len(units) - returned,
            _("perangkat daerah belum menjawab"),
            _("{n} dari {all} perangkat daerah menjawab").format(n=returned, all=len(units)),
        ),
        (
            len(straight),
            _("tabel dijawab seragam"),
            _("oleh {n} perangkat daerah").format(n=straight["unit"].nunique()),
        ),
    ]
    return [
        {"shown": number(count, 0), "label": label, "detail": detail, "value": float(count)}
        for count, label, detail in figures
    ]


def findings(problems: pd.DataFrame, units: pd.DataFrame, cells: pd.DataFrame) -> list[Finding]:
    """Who must mend or complete what; the first stands on the index."""
    absent = units[units["unit"].isin(silent(problems))]["unit_name"]
    worst = problems[(problems["severity"] == "error") & problems["unit"].notna()]["unit_name"]
    unknown = problems["unit"].isna() & ~problems["code"].str.startswith("DECISION")
    stray = problems[unknown & (problems["severity"] != "info")]["file"]
    said = [
        (_("Minta perbaikan dari {n} perangkat daerah."), worst),
        (_("Tagih {n} perangkat daerah."), absent),
        (_("Periksa sendiri {n} berkas yang pengirimnya tidak dikenali."), stray),
    ]
    found = [
        Finding(what.format(n=names.nunique()), detail=listed(names) + ".")
        for what, names in said
        if len(names)
    ]
    todo = [*found, lacking(cells), participation.words.empty_sheets(cells)]
    none = Finding(_("Tidak ada yang harus diperbaiki atau dilengkapi."))
    return [finding for finding in todo if finding] or [none]


def lacking(cells: pd.DataFrame) -> Finding | None:
    """Who has to complete answers, beginning with whom; None where nobody has."""
    table = participation.figures.incomplete(cells)
    if table.empty:
        return None
    words = _("{n} perangkat daerah masih harus melengkapi jawaban, mulai dari {names}.")
    blanks = table["blank"] + table["invalid"]
    counts = [f"{unit} {count}" for unit, count in zip(table["unit_short"], blanks, strict=True)]
    return Finding(
        words.format(n=len(table), names=listing(table["unit_short"].head(BEGIN))),
        detail=_("Pertanyaan wajib yang kosong atau tidak terbaca: {names}.").format(
            names=listed(counts)
        ),
    )


def counted(problems: pd.DataFrame) -> Finding:
    """How many errors and warnings there are, and of how many units."""
    open_ones = to_mend(problems)
    where = _("Pada {n} perangkat daerah.").format(n=open_ones["unit"].nunique())
    return Finding(headline(problems) + ".", detail=where if len(open_ones) else "")

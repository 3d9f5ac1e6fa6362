"""The files that prove an index: by indicator and level, in the order in which an assessor asks."""

from collections.abc import Sequence

import pandas as pd

from analysis.stages.evidence import aggregate
from analysis.text import _

PRESENT = ("present", "too_large")
"""The states of files that are there to be shown: see `survey.kept.evidence.STATES`."""
COLUMNS = [
    *("item", "name", "level", "unit", "unit_short", "evidence"),
    *("file", "condition", "condition_name", "digest"),
]
SHORT = 12  # letters of a hash by which a file is known


def listed(
    answers: pd.DataFrame, files: pd.DataFrame, order: Sequence[str], hidden: pd.DataFrame
) -> pd.DataFrame:
    """Every level with its text of evidence, and a row for each file that this names.

    `answers`: unit, unit_short, item, name, level and evidence; `files`: unit, item, file, state,
    state_name and sha256; `order`: the codes of the indicators, one after the other; `hidden`: unit
    and item of rows whose words public pages may not show, neither texts nor names of files.
    Columns: `COLUMNS`; condition (the file's state) is missing where none is named, `digest`
    is how its hash begins.
    """
    place = {code: at for at, code in enumerate(order)}
    own = answers.reindex(columns=COLUMNS[:6])
    came = files.rename(columns={"state": "condition", "state_name": "condition_name"})
    came = came[["unit", "item", "file", "condition", "condition_name", "sha256"]]
    table = own.merge(came, on=["unit", "item"], how="left")
    table = table[table["level"].notna() | table["condition"].notna()]
    table = table.sort_values("item", key=lambda codes: codes.map(place), kind="stable")
    silent = pd.MultiIndex.from_frame(hidden[["unit", "item"]])
    shown = ~pd.MultiIndex.from_frame(table[["unit", "item"]]).isin(silent)
    said = {name: table[name].where(shown) for name in ("evidence", "file")}
    digest = table["sha256"].str[:SHORT].replace("", pd.NA)
    return aggregate.levels(table.assign(**said, digest=digest))[COLUMNS].reset_index(drop=True)


def named(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with a file; `table`: from `listed`."""
    return table[table["condition"].notna()].reset_index(drop=True)


def heading(table: pd.DataFrame) -> str:
    """How many of the files that are named can be shown; `table`: from `listed`."""
    files = named(table)
    there = int(files["condition"].isin(PRESENT).sum())
    said = _("Bukti berupa berkas: {there} dari {named} berkas ada dan terbaca")
    return said.format(there=there, named=len(files))


def note(table: pd.DataFrame) -> str:
    """What was looked at, and how many names are not shown; `table`: from `listed`."""
    count = int(named(table)["file"].isna().sum())
    hidden = _("{count} nama berkas tidak ditampilkan atas keputusan koordinator.")
    meant = _("Berkas tidak dibuka: yang dilihat hanya ada tidaknya dan jenisnya, bukan isinya.")
    return " ".join([meant, *([hidden.format(count=count)] if count else [])])


def note_on_list(table: pd.DataFrame) -> str:
    """How the list is to be read; `table`: from `listed`."""
    said = _(
        "Urut menurut indikator. Kode verifikasi ialah {count} huruf pertama SHA-256 berkas itu: "
        "berkas dengan kode yang sama belum berubah."
    )
    return f"{said.format(count=SHORT)} {note(table)}"

"""What the readiness answers say, in words."""

from dataclasses import replace

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.readiness import figures
from analysis.text import _, bare, listed, number

SHOWN = 3  # sub-elements that a sentence names


def key_figures(
    branches: pd.DataFrame, found: pd.DataFrame, threshold: float, whom: str, scale: object
) -> list[dict]:
    """The index, the sub-elements with the lowest and highest mean, and how many are clearly below.

    `branches`: from `figures.marked`; `found`: the table of claims; `whom`: whom they speak for;
    `scale`: as a text its ends.
    """
    label = _("Indeks kesiapan {whom} ({scale})").format(whom=whom, scale=scale)
    known = branches.dropna(subset="mean")
    if known.empty:
        return [{"shown": "–", "label": label, "detail": _("belum ada jawaban"), "value": None}]
    index = found.loc[(figures.THRESHOLD, figures.INDEX)]
    confidence = index["confidence"]
    ends = index[["low", "high", "n"]]
    figure = aggregate.key_figure(index["value"], label, *ends, confidence=confidence)
    keys = [figure | {"level": index["level"], "claim": index["id"]}]
    for lowest, label in (
        (True, _("rerata terendah: {name}")),
        (False, _("rerata tertinggi: {name}")),
    ):
        for _i, row in lead.ends(known, "mean", lowest=lowest)[:1].iterrows():
            words = label.format(name=lead.named(known, "mean", "name", lowest))
            ends = row[["low", "high", "n"]]
            figure = aggregate.key_figure(row["mean"], words, *ends, confidence=confidence)
            keys.append(figure | {"level": row["level"], "claim": row["claim"]})
    clear, likely = (len(_below(found, level)) for level in (CLEAR, LIKELY))
    return [
        *keys,
        {
            "shown": str(clear),
            "label": _("bidang jelas di bawah batas siap {threshold}").format(
                threshold=number(threshold, 1)
            ),
            "detail": _("dari {n} bidang; {likely} cenderung").format(n=len(known), likely=likely),
            "value": clear,
        },
    ]


def lowest(found: pd.DataFrame) -> list[str]:
    """The sub-elements that `below` names: those surest to be below the threshold, lowest first."""
    clear, likely = (list(_below(found, level).index) for level in (CLEAR, LIKELY))
    return clear or likely


def _below(found: pd.DataFrame, level: str) -> pd.DataFrame:
    """The sub-elements that are below the threshold at a level, lowest first."""
    rows = claims.of_kind(found, figures.BELOW)
    return rows[(rows["level"] == level) & ~rows["above"]].sort_values("value", kind="stable")


def headline(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> str:
    """What a picture of all sub-elements against the threshold shows; `found`: the claims."""
    if branches["mean"].isna().all():
        return _("Belum ada jawaban tentang kesiapan")
    clear, likely = (len(_below(found, level)) for level in (CLEAR, LIKELY))
    if clear and likely:
        words = _("{clear} dari {all} bidang jelas di bawah batas siap {threshold}, {likely} lagi "
                  "cenderung")  # fmt: skip
    elif clear:
        words = _("{clear} dari {all} bidang jelas di bawah batas siap {threshold}")
    elif likely:
        words = _("{likely} dari {all} bidang cenderung di bawah batas siap {threshold}")
    else:
        words = _("Belum ada bidang yang jelas di bawah batas siap {threshold}")
    return words.format(
        clear=clear,
        likely=likely,
        all=int(branches["mean"].notna().sum()),
        threshold=number(threshold, 1),
    )


def lowest_everywhere(groups: pd.DataFrame) -> str:
    """Whether one sub-element is the lowest in every group of units, by its mean."""
    known = groups[groups["group"] != "city"].dropna(subset="mean")
    if known.empty:
        return _("Belum ada jawaban tentang kesiapan")
    lowest = lead.ends(known, "mean", "group", lowest=True)
    names = listed(lowest["name"])
    if lowest["group"].nunique() == 1:
        return _("Rerata terendah pada {group}: {names}").format(
            group=lowest["group_name"].iloc[0], names=names
        )
    if lowest["id"].nunique() == 1:
        return _("Rerata {name} terendah di setiap kelompok perangkat daerah").format(name=names)
    return _("Bidang dengan rerata terendah di setiap kelompok: {names}").format(names=names)


def findings(
    branches: pd.DataFrame, found: pd.DataFrame, threshold: float, whom: str, most: int
) -> list[tuple[Finding, list[str]]]:
    """What the readiness answers say, each with the sub-elements that it names.

    `branches`: from `figures.marked`; `found`: the table of claims; `most`: the highest level.
    """
    first: tuple[Finding, list[str]] = (overall(found, threshold, whom, most), [])
    if branches["mean"].isna().all():
        return [first]
    return [
        first,
        (below(branches, found, threshold), lowest(found)),
        (lead.groups_apart(found, figures.GROUPS, _("indeks kesiapan")), []),
    ]


def self_rated() -> Finding:
    """Whose judgement all of it is."""
    return Finding(
        _("Angka-angka ini penilaian perangkat daerah atas dirinya sendiri."),
        detail=_(
            "Pada satu kota yang angkanya terbit (Denpasar) indeks SPBE hasil penilaian sendiri "
            "1,03 lebih tinggi daripada hasil penilai luar pada 2018, tetapi 0,10 lebih rendah "
            "pada 2019; bandingkan dengan indeks SPBE resmi."
        ),
    )


def overall(found: pd.DataFrame, threshold: float, whom: str, most: int) -> Finding:
    """The index beside the threshold; `found`: the table of claims; `most`: the highest level."""
    rows = claims.of_kind(found, figures.THRESHOLD)
    if rows.empty:
        return Finding(_("Belum ada jawaban tentang kesiapan."))
    row = rows.iloc[0]
    if claims.few(row):
        return ledger.quoted(row)
    if row["level"] == UNCLEAR:
        words = _("Kesiapan {whom} {mean} dari {most}, di sekitar batas siap.")
    elif row["above"]:
        words = _("Kesiapan {whom} {mean} dari {most}, di atas batas siap.")
    else:
        words = _("Kesiapan {whom} {mean} dari {most}, di bawah batas siap.")
    said = ledger.quoted(row, words.format(whom=whom, mean=number(row["value"], 1), most=most))
    bound = _("Batas siap {threshold}.").format(threshold=number(threshold, 1))
    return replace(said, detail=f"{said.detail} {bound}".strip())


def below(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> Finding:
    """Which sub-elements lie below the threshold; `found`: the table of claims."""
    names, bound = branches.set_index("id")["name"], number(threshold, 1)
    for level, words in (
        (CLEAR, _("Di bawah batas siap {threshold}: {names}.")),
        (LIKELY, _("Cenderung di bawah batas siap {threshold}: {names}.")),
    ):
        rows = _below(found, level)
        if len(rows):
            said = words.format(threshold=bound, names=listed(names[rows.index].map(bare), SHOWN))
            parts = [f"{names[item]} {ledger.detail(row)}" for item, row in rows.iterrows()]
            return Finding(said, level, detail="; ".join(parts) + ".", claim=rows["id"].iloc[0])
    rows = claims.of_kind(found, figures.BELOW).sort_values("value", kind="stable")
    by_level = {level: rows[rows["level"] == level] for level in (UNCLEAR, LIKELY, CLEAR)}
    not_yet = _("Belum ada bidang yang jelas di bawah batas siap {threshold}.")
    if len(unclear := by_level[UNCLEAR]):
        lowest = unclear.iloc[0]
        return ledger.quoted(lowest, "" if claims.few(lowest) else not_yet.format(threshold=bound))
    if len(rows) < len(branches):
        detail = _("{n} dari {all} bidang dijawab.").format(n=len(rows), all=len(branches))
        return Finding(not_yet.format(threshold=bound), detail=detail)
    # Of all together it is as sure as of the least sure.
    least = next(part for part in by_level.values() if len(part))
    words = _("Tidak ada bidang di bawah batas siap {threshold}.")
    row = least.sort_values("p_value", ascending=False, kind="stable").iloc[0]
    return ledger.quoted(row, words.format(threshold=bound))

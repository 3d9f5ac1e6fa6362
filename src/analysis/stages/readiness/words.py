"""What the readiness answers say, in words."""

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.readiness import figures
from analysis.text import _, listed, number

SHOWN = 3  # sub-elements that a sentence names


def key_figures(
    branches: pd.DataFrame, found: pd.DataFrame, threshold: float, whom: str
) -> list[dict]:
    """The index, the sub-elements with the lowest and highest mean, and how many are clearly below.

    `branches`: from `figures.marked`; `found`: the table of claims; `whom`: whom they speak for.
    """
    label, known = (
        _("Indeks kesiapan {whom} (1–5)").format(whom=whom),
        branches.dropna(subset="mean"),
    )
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
            "label": _("subelemen jelas di bawah ambang {threshold}").format(
                threshold=number(threshold, 1)
            ),
            "detail": _("dari {n} subelemen; {likely} cenderung").format(
                n=len(known), likely=likely
            ),
            "value": clear,
        },
    ]


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
        words = _("{clear} dari {all} subelemen jelas di bawah ambang {threshold}, {likely} lagi "
                  "cenderung")  # fmt: skip
    elif clear:
        words = _("{clear} dari {all} subelemen jelas di bawah ambang {threshold}")
    elif likely:
        words = _("{likely} dari {all} subelemen cenderung di bawah ambang {threshold}")
    else:
        words = _("Belum ada subelemen yang jelas di bawah ambang {threshold}")
    return words.format(
        clear=clear, likely=likely, all=len(branches), threshold=number(threshold, 1)
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
        return _("Rerata {name} terendah di setiap kelompok unit").format(name=names)
    return _("Subelemen dengan rerata terendah di setiap kelompok: {names}").format(names=names)


def findings(
    branches: pd.DataFrame,
    found: pd.DataFrame,
    threshold: float,
    whom: str,
    reliable: Finding,
) -> list[Finding]:
    """What the readiness answers say.

    `branches`: from `figures.marked`; `found`: the claims; `reliable`: from `items.reliable`.
    """
    first = overall(found, threshold, whom)
    if branches["mean"].isna().all():
        return [first]
    return [
        first,
        below(branches, found, threshold),
        lead.groups_apart(found, figures.GROUPS, _("indeks kesiapan")),
        Finding(
            _("Angka-angka ini penilaian unit atas dirinya sendiri."),
            detail=_(
                "Pada satu kota yang angkanya terbit (Denpasar) indeks SPBE hasil penilaian "
                "sendiri 1,03 lebih tinggi daripada hasil penilai luar pada 2018, tetapi 0,10 "
                "lebih rendah pada 2019; bandingkan dengan indeks SPBE resmi."
            ),
        ),
        reliable,
        ledger.finding(found),
    ]


def overall(found: pd.DataFrame, threshold: float, whom: str) -> Finding:
    """The index beside the threshold; `found`: the table of claims."""
    rows = claims.of_kind(found, figures.THRESHOLD)
    if rows.empty:
        return Finding(_("Belum ada jawaban tentang kesiapan."))
    row = rows.iloc[0]
    if claims.few(row):
        return ledger.quoted(row)
    mean, bound = number(row["value"], 1), number(threshold, 1)
    if row["level"] == UNCLEAR:
        words = _("Indeks kesiapan {whom} {mean} dari 5, di sekitar ambang {threshold}.")
    elif row["above"]:
        words = _("Indeks kesiapan {whom} {mean} dari 5, di atas ambang {threshold}.")
    else:
        words = _("Indeks kesiapan {whom} {mean} dari 5, di bawah ambang {threshold}.")
    # A mean that rounds to the threshold would contradict what is said of it.
    mean = number(row["value"]) if mean == bound else mean
    return ledger.quoted(row, words.format(whom=whom, mean=mean, threshold=bound))


def below(branches: pd.DataFrame, found: pd.DataFrame, threshold: float) -> Finding:
    """Which sub-elements lie below the threshold; `found`: the table of claims."""
    names, bound = branches.set_index("id")["name"], number(threshold, 1)
    for level, words in (
        (CLEAR, _("Di bawah ambang {threshold}: {names}.")),
        (LIKELY, _("Cenderung di bawah ambang {threshold}: {names}.")),
    ):
        rows = _below(found, level)
        if len(rows):
            said = words.format(threshold=bound, names=listed(names[rows.index], SHOWN))
            parts = [f"{names[item]} {ledger.detail(row)}" for item, row in rows.iterrows()]
            return Finding(said, level, detail="; ".join(parts) + ".", claim=rows["id"].iloc[0])
    lowest = claims.of_kind(found, figures.BELOW).sort_values("value", kind="stable").iloc[0]
    if claims.few(lowest):
        return ledger.quoted(lowest)
    words = (
        _("Belum ada subelemen yang jelas di bawah ambang {threshold}.")
        if lowest["level"] == UNCLEAR
        else _("Tidak ada subelemen di bawah ambang {threshold}.")
    )
    return ledger.quoted(lowest, words.format(threshold=bound))

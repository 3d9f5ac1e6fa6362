"""What is said of how a city moved between two periods."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import change_figures as figures
from analysis.stages.whole.pairing import Pairing
from analysis.text import N_, _, bare, interval, listed, number, percent

OVERALL, PART = "overall", "part"
"""Kinds of comparisons: the index, and its sub-elements, with the earlier period."""
SHOWN = 3  # names in one sentence
THRESHOLDS = {
    "readiness": N_("Batas siap"),
    "future_cut": N_("Titik tengah dampak dan ketidakpastian"),
    "evidence": N_("Tingkat kesiapan yang perlu bukti"),
    "consistency": N_("Rasio konsistensi perbandingan dimensi"),
    "answered": N_("Bagian pertanyaan wajib agar dihitung menjawab"),
    "response": N_("Bagian perangkat daerah agar ada angka gabungan"),
}
"""What a period measures by, by its name in the settings."""


def comparisons(
    made: Mapping[str, pd.DataFrame],
    extremes: Mapping[str, pd.DataFrame],
    scale: figures.Scale,
    earlier: str,
    confidence: float = 0.95,
) -> list[claims.Comparisons]:
    """Whether the index (OVERALL) and each sub-element (PART) moved since the period `earlier`.

    By kind, `made`: a frame of pairs with id and name, and `extremes`: by id, the worst and the
    best change that missing answers allow; `scale`: its ends.
    """
    return [
        claims.against(
            kind,
            answers,
            "id",
            "change",
            claims.words(
                answers.drop_duplicates("id").set_index("id")["name"],
                _("{name} naik sejak {period}"),
                _("{name} turun sejak {period}"),
                _("{name} belum jelas naik atau turun sejak {period}"),
                period=earlier,
            ),
            0.0,
            extremes[kind],
            figures.width(scale),
            confidence,
        )
        for kind, answers in made.items()
        if len(answers)
    ]


def compared(pairing: Pairing) -> str:
    """How much of both periods is the same, and thus compared, in one sentence."""
    asked = pairing.questions
    counts = {
        "units": len(pairing.paired),
        "questions": asked.loc[asked["reason"] == "", "item"].nunique(),
    }
    for side, survey in (("earlier", pairing.earlier), ("later", pairing.later)):
        counts[f"{side}_units"] = len(survey.units)
        counts[f"{side}_questions"] = survey.scales["item"].nunique()
    return _(
        "Dibandingkan hanya yang sama pada kedua periode: {units} perangkat daerah (dari "
        "{earlier_units} pada {earlier} dan {later_units} pada {later}) dan {questions} pertanyaan "
        "(dari {earlier_questions} dan {later_questions})."
    ).format(earlier=pairing.earlier.period, later=pairing.later.period, **counts)


def heading(table: pd.DataFrame, found: pd.DataFrame, earlier: str) -> str:
    """What a picture of all sub-elements shows; `found`: the table of claims."""
    if table["change"].isna().all():
        return _("Belum ada bidang yang dijawab pada kedua periode")
    counts = {
        level: tuple(len(at(found, PART, above)) for above in (True, False))
        for level, at in ((CLEAR, claims.clear), (LIKELY, claims.likely))
    }
    for level, words in (
        (CLEAR, _("Sejak {period} {rose} bidang jelas naik dan {fell} jelas turun, dari {all}")),
        (LIKELY, _("Sejak {period} {rose} bidang cenderung naik dan {fell} turun, dari {all}")),
    ):
        rose, fell = counts[level]
        if rose or fell:
            return words.format(period=earlier, rose=rose, fell=fell, all=len(table))
    return _("Belum ada bidang yang jelas naik atau turun sejak {period}").format(period=earlier)


def heading_way(way: pd.DataFrame, earlier: str, pace: float | None) -> str:
    """How many sub-dimensions keep an even pace to their target, as a title."""
    known = way.dropna(subset="covered")
    if known.empty:
        return _("Jalan ke sasaran dari {period} belum dapat dihitung").format(period=earlier)
    if pace is None:
        words = _("{gone} dari {all} subdimensi maju ke sasarannya dari {period} menurut rerata")
        return words.format(gone=int((known["covered"] > 0).sum()), all=len(known), period=earlier)
    words = _("{gone} dari {all} subdimensi menempuh {pace} jalan ke sasaran {period} atau lebih")
    kept = int((known["covered"] >= pace).sum())
    return words.format(gone=kept, all=len(known), pace=percent(pace / 100), period=earlier)


def heading_bridge(bridge: pd.DataFrame) -> str:
    """What of the difference of the published indices is change, as a title."""
    apart = bridge.set_index("item")["change"]
    words = _("Beda indeks terbit {published}, pada pertanyaan dan perangkat daerah sama {same}")
    return words.format(
        published=number(apart[figures.PUBLISHED], sign=True),
        same=number(apart[figures.SAME], sign=True),
    )


def heading_left_out(made: pd.DataFrame, none: str, some: str) -> str:
    """How many rows there are of what is left out: `some` with their ``{count}``, or `none`."""
    return some.format(count=len(made)) if len(made) else none


def key_figures(
    subelements: pd.DataFrame, whole: pd.DataFrame, found: pd.DataFrame, pairing: Pairing
) -> list[dict[str, Any]]:
    """The change of the index, how many sub-elements moved, the way gone, and the offices.

    `subelements` and `whole`: as `Change` has them (`whole_way`); `found`: the table of claims.
    """
    earlier = pairing.earlier.period
    label = _("perubahan indeks kesiapan sejak {period} (tingkat)").format(period=earlier)
    rows = claims.of_kind(found, OVERALL)
    if rows.empty:
        return [{"shown": "–", "label": label, "detail": _("belum ada jawaban"), "value": None}]
    index = rows.iloc[0]
    parts = claims.of_kind(found, PART)
    clear = int((parts["level"] == CLEAR).sum())
    likely = int((parts["level"] == LIKELY).sum())
    keys = [
        ledger.figure(index, label) | {"shown": number(index["value"], sign=True)},
        {
            "shown": str(clear),
            "label": _("bidang jelas naik atau turun"),
            "detail": _("dari {n} bidang; {likely} cenderung").format(
                n=len(subelements), likely=likely
            ),
            "value": clear,
        },
    ]
    for _row, row in whole.dropna(subset="covered").iterrows():
        keys.append(
            {
                "shown": percent(row["covered"] / 100),
                "label": _("jalan ke sasaran dari {period} yang ditempuh").format(period=earlier),
                "detail": _span(row),
                "value": float(row["covered"]),
            }
        )
    count = len(pairing.paired)
    keys.append(
        {
            "shown": str(count),
            "label": _("perangkat daerah yang sama dan menjawab keduanya"),
            "detail": _("dari {n} pada {period}").format(
                n=len(pairing.later.units), period=pairing.later.period
            ),
            "value": count,
        }
    )
    return keys


def _span(row: pd.Series) -> str:
    """The interval behind a part of the way, in words."""
    n = int(row["n"])
    if pd.isna(row["covered_low"]):
        return _("n = {n}, tanpa selang").format(n=n)
    ends = interval(row["covered_low"], row["covered_high"], 0)
    return _("selang: {interval}% · n = {n}").format(interval=ends, n=n)


def overall(found: pd.DataFrame, earlier: str) -> Finding:
    """Whether the index moved; `found`: the table of claims."""
    rows = claims.of_kind(found, OVERALL)
    if rows.empty:
        return Finding(_("Belum ada perangkat daerah yang menjawab pada kedua periode."))
    row = rows.iloc[0]
    if claims.few(row):
        return ledger.quoted(row)
    if row["level"] == UNCLEAR:
        words = _("Kesiapan perangkat daerah yang sama belum jelas naik atau turun sejak {period}.")
    elif row["above"]:
        words = _("Kesiapan perangkat daerah yang sama naik {change} tingkat sejak {period}.")
    else:
        words = _("Kesiapan perangkat daerah yang sama turun {change} tingkat sejak {period}.")
    # Less than is written is not nothing.
    least = 0.05
    size = abs(row["value"])
    change = number(size, 1) if size >= least else number(size, 2)
    return ledger.quoted(row, words.format(change=change, period=earlier))


def parts(table: pd.DataFrame, found: pd.DataFrame, earlier: str) -> list[tuple[Finding, list]]:
    """Which sub-elements moved, each finding with those that it names; `found`: the claims."""
    names = table.set_index("id")["name"]
    rows = claims.of_kind(found, PART).sort_values("p_value", kind="stable")
    if rows.empty:
        return []
    made: list[tuple[Finding, list]] = []
    for level, up, down in (
        (CLEAR, _("Naik sejak {period}: {names}."), _("Turun sejak {period}: {names}.")),
        (
            LIKELY,
            _("Cenderung naik sejak {period}: {names}."),
            _("Cenderung turun sejak {period}: {names}."),
        ),
    ):
        for above, words in ((False, down), (True, up)):
            at = rows[(rows["level"] == level) & (rows["above"] == above)]
            if at.empty:
                continue
            headline = words.format(period=earlier, names=listed(names[at.index].map(bare), SHOWN))
            detail = [f"{names[item]} {ledger.detail(row)}" for item, row in at.iterrows()]
            found_so = Finding(headline, level, "", "; ".join(detail) + ".", at["id"].iloc[0])
            made.append((found_so, list(at.index)))
        if made:
            return made
    nearest = rows.iloc[0]
    words = _("Belum ada bidang yang jelas naik atau turun sejak {period}.")
    headline = "" if claims.few(nearest) else words.format(period=earlier)
    return [(ledger.quoted(nearest, headline), [])]


def gone(whole: pd.DataFrame, earlier: str, later: str, pace: float | None) -> Finding:
    """How much of the way to the earlier period's target has been gone.

    `whole`: `Change.whole_way`; `pace`: what an even pace would have gone by now, in per cent.
    """
    if whole.empty or whole["n"].max() == 0:
        return Finding(
            _("Belum ada kondisi yang dapat dibandingkan dengan sasaran dari {period}.").format(
                period=earlier
            )
        )
    row = whole.iloc[0]
    levels = _("Rerata kondisi {start} pada {earlier}, {now} pada {later}; sasarannya {target}.")
    levels = levels.format(
        earlier=earlier, later=later, **{at: number(row[at]) for at in ("start", "now", "target")}
    )
    if pd.isna(row["covered"]):
        words = _("Sasaran dari {period} tidak jelas di atas keadaan waktu itu.")
        return Finding(words.format(period=earlier), detail=levels)
    if row["covered"] < 0:
        words = _("Kondisi lebih jauh dari sasaran lima tahun {period} daripada waktu itu.")
    else:
        words = _("Jalan ke sasaran lima tahun dari {period} sudah ditempuh {share}.")
    detail = [levels, _("Bagian jalan {share}; {span}.")]
    if pace is not None:
        detail.append(_("Laju yang rata selama lima tahun akan menempuh {pace} pada {later}."))
    shown = {
        "share": percent(row["covered"] / 100),
        "span": _span(row).replace(" · ", "; "),
        "pace": percent((pace or 0) / 100),
        "period": earlier,
        "later": later,
    }
    return Finding(words.format(**shown), detail=" ".join(d.format(**shown) for d in detail))


def published(bridge: pd.DataFrame) -> Finding:
    """What of the difference of the published indices is change; `bridge`: `Change.bridge`."""
    apart = bridge.set_index("item")["change"]
    if apart.isna().any():
        return Finding(_("Beda indeks terbit tidak diuraikan: satu periode tidak ada jawabannya."))
    other = apart[figures.ITEMS] + apart[figures.UNITS]
    if abs(other) < 0.05:
        words = _("Beda indeks terbit hampir seluruhnya perubahan pada yang sama.")
    else:
        words = _("Sebagian beda indeks terbit bukan perubahan, melainkan lain yang ditanya.")
    detail = _(
        "Indeks terbit berbeda {published}: {same} pada pertanyaan dan perangkat daerah yang sama, "
        "{items} karena pertanyaan berbeda, {units} karena perangkat daerah atau isian berbeda."
    )
    shown = {name: number(apart[name], sign=True) for name in apart.index}
    return Finding(words, detail=detail.format(**shown))


def cautions(persistence: float, thresholds: pd.DataFrame) -> list[Finding]:
    """What a paired difference does not say.

    `persistence`: the correlation of the index over offices in both periods; `thresholds`: see
    `measured_by`.
    """
    mean = _(
        "Selisih berpasangan menyingkirkan beda antarperangkat daerah, bukan beda antarpetugas. "
        "Yang dahulu sangat rendah atau sangat tinggi lazimnya mendekati rerata pada pengisian "
        "berikutnya tanpa perubahan apa pun; karena itu perubahan perangkat daerah satu per satu "
        "tidak ditampilkan."
    )
    if pd.notna(persistence):
        words = _("Korelasi indeks perangkat daerah antara kedua periode: {r}.")
        mean += " " + words.format(r=number(persistence))
    made = [
        Finding(
            _("Petugas pengisi dapat berganti, dan nilai ekstrem cenderung kembali ke tengah."),
            detail=mean,
        ),
        Finding(
            _("Peringkat tidak dibandingkan antarperiode."),
            detail=_(
                "Peringkat bergeser bila yang lain bergeser, dan yang diperingkat pada kedua "
                "periode tidak selalu sama."
            ),
        ),
    ]
    differ = thresholds[thresholds["earlier"] != thresholds["later"]]
    if len(differ):
        words = _("Ambang berubah antara kedua periode: {names}.")
        made.append(Finding(words.format(names=listed(differ["name"].str.lower(), SHOWN))))
    return made


def measured_by(earlier: Any, later: Any) -> pd.DataFrame:
    """What both periods measure by: item, name, earlier and later, from their settings."""
    rows = [
        (name, _(words), *(float(getattr(s.thresholds, name)) for s in (earlier, later)))
        for name, words in THRESHOLDS.items()
    ]
    return pd.DataFrame(rows, columns=["item", "name", "earlier", "later"])

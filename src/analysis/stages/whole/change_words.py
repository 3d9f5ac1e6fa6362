"""What is said of how a city moved between two periods."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.levels import CLEAR, COUNT, LIKELY, UNCLEAR
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.whole import change_figures as figures
from analysis.stages.whole.pairing import Pairing
from analysis.text import N_, _, bare, interval, listed, listing, number, percent

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
    ]


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


def compared(pairing: Pairing) -> Finding:
    """How much of both periods is the same, and thus compared."""
    asked, both = pairing.questions, (pairing.earlier, pairing.later)
    if asked["reason"].eq("").all() and pairing.units_left_out.empty:
        words = _("Semua perangkat daerah dan semua pertanyaan sama pada kedua periode.")
    else:
        words = _(
            "Dibandingkan hanya yang sama pada kedua periode: {units} perangkat daerah dan "
            "{questions} pertanyaan."
        )
    counts = [
        _("{units} perangkat daerah dan {questions} pertanyaan berskala pada {period}").format(
            units=len(survey.units),
            questions=survey.scales["item"].nunique(),
            period=survey.period,
        )
        for survey in both
    ]
    same, partly, _none = pairing.counted
    words = words.format(units=len(pairing.paired), questions=same)
    if partly:
        more = _("Dari pertanyaan itu {count} hanya sebagian skalanya yang sama.")
        words += " " + more.format(count=partly)
    detail = _("Semuanya {counts}; yang tidak ikut tercantum di bawah.")
    return Finding(words, detail=detail.format(counts=listing(counts)))


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


def gone(
    whole: pd.DataFrame, earlier: str, later: str, pace: float | None, confidence: float = 0.95
) -> Finding:
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
    level = COUNT
    if not (row["covered_low"] > 0 or row["covered_high"] < 0):
        words = _("Belum jelas apakah kondisi mendekati sasaran lima tahun dari {period}.")
        level = UNCLEAR
    elif row["covered"] > 0:
        words = _("Jalan ke sasaran lima tahun dari {period} sudah ditempuh {share}.")
    else:
        words = _("Kondisi menjauh dari sasaran lima tahun yang ditetapkan pada {period}.")
    detail = [levels, _("Bagian jalan {share}; {span}.")]
    if pace is not None:
        detail.append(_("Laju yang rata selama lima tahun akan menempuh {pace} pada {later}."))
    shown = {
        "share": percent(row["covered"] / 100),
        "span": span(row, confidence).replace(" · ", "; "),
        "pace": percent((pace or 0) / 100),
        "period": earlier,
        "later": later,
    }
    return Finding(words.format(**shown), level, detail=" ".join(d.format(**shown) for d in detail))


def published(bridge: pd.DataFrame) -> Finding:
    """What of the difference of the published indices is change; `bridge`: `Change.bridge`."""
    apart = bridge.set_index("item")["change"]
    if apart.isna().any():
        return Finding(
            _("Perubahan indeks terbit tidak diuraikan: tidak ada yang sama pada kedua periode.")
        )
    other = apart[figures.ITEMS] + apart[figures.UNITS]
    if abs(other) < 0.05:
        words = _("Indeks yang terbit menunjukkan perubahan yang hampir sama.")
    else:
        words = _(
            "Indeks yang terbit berubah lain, sebagian karena pertanyaan atau perangkat daerah "
            "berganti."
        )
    detail = _(
        "Indeks terbit berubah {published}: {same} pada pertanyaan dan perangkat daerah yang sama, "
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


def span(row: pd.Series, confidence: float) -> str:
    """The interval behind a part of the way, in words."""
    n = int(row["n"])
    if pd.isna(row["covered_low"]):
        return _("n = {n}, tanpa selang").format(n=n)
    ends = interval(row["covered_low"], row["covered_high"], 0)
    return _("selang {confidence}: {interval}% · n = {n}").format(
        confidence=percent(confidence), interval=ends, n=n
    )

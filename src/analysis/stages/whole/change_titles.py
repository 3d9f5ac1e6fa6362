"""What heads the figures of a change between two periods: titles and key figures."""

from typing import Any

import pandas as pd

from analysis.levels import CLEAR, LIKELY
from analysis.stages.evidence import claims, ledger
from analysis.stages.whole import change_figures as figures
from analysis.stages.whole.change_words import OVERALL, PART, span
from analysis.stages.whole.pairing import Pairing
from analysis.text import _, number, percent


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
        words = _("Menurut rerata {gone} dari {all} subdimensi mendekati sasaran dari {period}")
        return words.format(gone=int((known["covered"] > 0).sum()), all=len(known), period=earlier)
    words = _(
        "Menurut rerata {gone} dari {all} subdimensi menempuh {pace} jalan ke sasaran dari "
        "{period} atau lebih"
    )
    kept = int((known["covered"] >= pace).sum())
    return words.format(gone=kept, all=len(known), pace=percent(pace / 100), period=earlier)


def note_way(pace: float | None) -> str:
    """How the way to the targets is measured; `pace`: of an even one by now, in per cent."""
    parts = [
        _(
            "Kosong: sasarannya tidak jelas di atas kondisi semula. n = perangkat daerah yang "
            "memberi ketiga angka."
        )
    ]
    if pace is not None:
        words = _("Laju yang rata selama lima tahun menempuh {pace} sampai sekarang.")
        parts.append(words.format(pace=percent(pace / 100)))
    return " ".join(parts)


def heading_bridge(bridge: pd.DataFrame) -> str:
    """What of the difference of the published indices is change, as a title."""
    apart = bridge.set_index("item")["change"]
    if apart.isna().any():
        return _("Perubahan indeks terbit tidak diuraikan: tidak ada yang sama pada kedua periode")
    words = _(
        "Indeks terbit berubah {published}; pada pertanyaan dan perangkat daerah yang sama {same}"
    )
    return words.format(
        published=number(apart[figures.PUBLISHED], sign=True),
        same=number(apart[figures.SAME], sign=True),
    )


def heading_units(left_out: pd.DataFrame) -> str:
    """How many offices are not compared."""
    if left_out.empty:
        return _("Semua perangkat daerah sama dan menjawab pada kedua periode")
    said = _("Perangkat daerah yang tidak dibandingkan: {count}")
    return said.format(count=len(left_out))


def heading_items(pairing: Pairing) -> str:
    """How many questions are not compared, and how many only in part."""
    _same, partly, none = pairing.counted
    if not (partly or none):
        return _("Semua pertanyaan sama pada kedua periode")
    if not partly:
        return _("Pertanyaan yang tidak dibandingkan: {count}").format(count=none)
    said = _("Pertanyaan yang tidak dibandingkan: {count}; hanya sebagian skalanya: {partly}")
    return said.format(count=none, partly=partly)


def key_figures(
    subelements: pd.DataFrame,
    whole: pd.DataFrame,
    found: pd.DataFrame,
    pairing: Pairing,
    confidence: float = 0.95,
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
                "detail": span(row, confidence),
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


def heading_levels(later: str, earlier: str) -> str:
    """What a picture of the levels of both periods shows."""
    words = _("Rerata setiap bidang pada {earlier} dan {later}, atas perangkat daerah yang sama")
    return words.format(earlier=earlier, later=later)


def heading_remaining(way: pd.DataFrame, earlier: str) -> str:
    """How much of the way to the targets is left, as a title."""
    known = way.dropna(subset="now")
    if known.empty:
        return _("Belum ada kondisi yang dapat dibandingkan dengan sasaran {period}").format(
            period=earlier
        )
    reached = int((known["now"] >= known["target"]).sum())
    words = _("Menurut rerata {reached} dari {all} subdimensi mencapai sasaran dari {period}")
    return words.format(reached=reached, all=len(known), period=earlier)


def heading_weights(table: pd.DataFrame) -> str:
    """What a table of the weights of dimensions shows, or why it has no rows."""
    if table.empty:
        return _("Bobot dimensi tidak dibandingkan: tidak ditanyakan sama pada kedua periode")
    return _("Bobot dimensi menurut {n} perangkat daerah yang membandingkannya dua kali").format(
        n=int(table["n"].max())
    )

"""The future (Analisis Masa Depan) in words: drivers of change, and how far the units agree."""

import pandas as pd

from analysis.methods.agreement import Concordance
from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.future.drivers import AGREEMENT, CLASSES, CRITICAL, LEADING, TREND, of_class
from analysis.text import N_, _, listing, number

SHOWN = 3  # drivers that a finding names
# Kendall's W from which agreement deserves a word: Schmidt (1997), Decision Sciences 28, 763-774.
_WORDS = [
    (0.9, N_("sangat kuat")),
    (0.7, N_("kuat")),
    (0.5, N_("sedang")),
    (0.3, N_("lemah")),
    (0.0, N_("sangat lemah")),
]


def agreed(concordance: Concordance | None, found: pd.DataFrame) -> str:
    """How far the units agree on which drivers matter, in a sentence; `found`: the claims."""
    if concordance is None:
        return _(
            "W Kendall tidak dihitung: kurang dari dua unit menilai dampak semua pendorong, atau "
            "tidak ada unit yang membedakan pendorong."
        )
    row = claims.of_kind(found, AGREEMENT).iloc[0]
    words = (
        _("W Kendall {w} atas {n} unit lengkap ({out} tidak dihitung; {p}): kesepakatan {word}.")
        if row["sure"]
        else _(
            "W Kendall {w} atas {n} unit lengkap ({out} tidak dihitung; {p}): kesepakatan tidak "
            "dapat dibedakan dari kebetulan."
        )
    )
    word = next(word for bound, word in _WORDS if concordance.w >= bound)
    return words.format(
        w=number(concordance.w),
        n=concordance.raters,
        out=concordance.left_out,
        p=_("p Holm {p}").format(p=claims.probability(row["adjusted"])),
        word=_(word),
    )


def heading_own(own: pd.DataFrame) -> str:
    """How many drivers units added, and how many of the units."""
    if own.empty:
        return _("Tidak ada unit yang menambahkan pendorong perubahan")
    return _("{count} pendorong tambahan dari {units} unit").format(
        count=len(own), units=own["unit_name"].nunique()
    )


def heading_classes(table: pd.DataFrame) -> str:
    """What the picture of all drivers shows: how many are critical, and how many surely so."""
    critical = of_class(table, CRITICAL)
    known = int((table["class"] != "").sum())
    if not known:
        return _("Belum ada jawaban lengkap tentang pendorong perubahan")
    if critical.empty:
        return _("Tidak ada ketidakpastian kritis di antara {all} pendorong").format(all=known)
    return _(
        "{count} dari {all} pendorong tergolong ketidakpastian kritis ({sure} dengan pasti)"
    ).format(count=len(critical), all=known, sure=int(critical["sure"].sum()))


def heading_product(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """Whether one driver is ahead of the others in impact x uncertainty; `found`: the claims."""
    names = table.dropna(subset="product").set_index("item")["name"]
    if len(names) < 2:
        return _("Dampak × ketidakpastian setiap pendorong")
    first = claims.sure(found, LEADING, above=True)
    if len(first):
        return _("{first} tertinggi dalam dampak × ketidakpastian").format(first=names[first[0]])
    return _("Teratas, tanpa beda yang pasti: {names}").format(names="; ".join(names.iloc[:2]))


def key_figures(
    table: pd.DataFrame, concordance: Concordance | None, confidence: float = 0.95
) -> list[dict]:
    """How many uncertainties are critical, the highest product, and the units' agreement."""
    critical = of_class(table, CRITICAL)
    keys = [
        {
            "shown": str(len(critical)),
            "label": _("ketidakpastian kritis"),
            "detail": _("{sure} dengan pasti; dari {n} pendorong yang dinilai").format(
                sure=int(critical["sure"].sum()), n=int((table["class"] != "").sum())
            ),
            "value": len(critical),
        }
    ]
    for row in table.dropna(subset="product")[:1].itertuples(index=False):
        label = _("dampak × ketidakpastian (1–25), angka tertinggi: {name}").format(
            name=lead.named(table, "product", "name")
        )
        detail = aggregate.certainty(row.low, row.high, row.n, confidence)
        shown = number(row.product)
        keys.append({"shown": shown, "label": label, "detail": detail, "value": row.product})
    keys.append(
        {
            "shown": number(concordance.w) if concordance else "–",
            "label": _("W Kendall: kesepakatan unit tentang dampak (0–1)"),
            "detail": _("n = {n} unit lengkap; {out} tidak dihitung").format(
                n=concordance.raters, out=concordance.left_out
            )
            if concordance
            else _("tidak dapat dihitung"),
            "value": concordance.w if concordance else None,
        }
    )
    return keys


def findings(
    table: pd.DataFrame,
    concordance: Concordance | None,
    own: pd.DataFrame,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the answers about the future say, in sentences.

    `table`, `concordance`, `own`: from `drivers`; `found`: the table of claims.
    """
    return [
        heading_classes(table) + ".",
        named(table, CRITICAL),
        named(table, TREND),
        lead.leading(found, LEADING, _("dampak × ketidakpastian"), confidence),
        agreed(concordance, found),
        claims.finding(found),
        heading_own(own) + ("." if own.empty else _("; tidak ikut dirata-ratakan.")),
    ]


def named(table: pd.DataFrame, name: str) -> str:
    """Which drivers are surely of a class, and how many more only by their means."""
    label, part = _(CLASSES[name]), of_class(table, name)
    sure = part[part["sure"]]
    if sure.empty:
        return _(
            "“{label}”: tidak ada yang pasti (uji t, koreksi Holm); {count} menurut reratanya saja."
        ).format(label=label, count=len(part))
    names = listing(
        f"{r.name} ({number(r.impact)} × {number(r.uncertainty)}; n = {r.n})"
        for r in sure.head(SHOWN).itertuples(index=False)
    )
    return _(
        "“{label}” dengan pasti (uji t, koreksi Holm): {sure}, antara lain {names} (rerata dampak "
        "× ketidakpastian); {count} lagi menurut reratanya saja."
    ).format(label=label, sure=len(sure), names=names, count=len(part) - len(sure))

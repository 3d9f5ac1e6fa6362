"""The future (Analisis Masa Depan) in words: drivers of change, and how far the units agree."""

import pandas as pd

from analysis import levels
from analysis.methods.agreement import CONSTANT, FEW, ITEMS, Concordance, Undefined
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.future.drivers import (
    AGREEMENT,
    ANSWERED,
    CRITICAL,
    LEADING,
    SCALES,
    TREND,
    of_class,
)
from analysis.text import N_, _, bare, listed, number, percent

UNANSWERED = N_("Belum ada jawaban lengkap tentang pendorong perubahan")
SHOWN = 2  # drivers that a headline names
# Kendall's W from which agreement deserves a word: Schmidt (1997), Decision Sciences 28, 763-774.
_WORDS = [
    (0.9, N_("sangat kuat")),
    (0.7, N_("kuat")),
    (0.5, N_("sedang")),
    (0.3, N_("lemah")),
    (0.0, N_("sangat lemah")),
]
_LABELS = {
    CRITICAL: N_("berdampak besar dan sulit ditebak"),
    TREND: N_("berdampak besar dan mudah ditebak"),
}
_REASONS = {
    ITEMS: N_("kurang dari dua pendorong dinilai"),
    FEW: N_("kurang dari dua perangkat daerah menilai sedikitnya {share} pendorong"),
    CONSTANT: N_("tidak ada perangkat daerah yang membedakan pendorong"),
}


def agreed(
    concordance: Concordance | Undefined, complete: Concordance | Undefined, found: pd.DataFrame
) -> Finding:
    """How far the units agree on which drivers matter.

    `complete`: of the units that rated every driver alone; `found`: the table of claims.
    """
    if isinstance(concordance, Undefined):
        return Finding(
            _("Kesepakatan perangkat daerah tentang dampak tidak dihitung: {reason}.").format(
                reason=_(_REASONS[concordance.reason]).format(share=percent(ANSWERED))
            )
        )
    row = claims.of_kind(found, AGREEMENT).iloc[0]
    said = _("Ada kesepakatan perangkat daerah tentang dampak, dan kekuatannya {word}.")
    if row["level"] == levels.UNCLEAR:
        said = _("Belum terlihat kesepakatan perangkat daerah tentang dampak.")
    word = next(word for bound, word in _WORDS if concordance.w >= bound)
    detail = _(
        "W Kendall {w} atas {n} perangkat daerah yang menilai sedikitnya {share} pendorong; {out} "
        "tidak dihitung; p {p}. Dari yang menilai semua pendorong saja: {alone}."
    ).format(
        w=number(concordance.w),
        n=concordance.raters,
        share=percent(ANSWERED),
        out=concordance.left_out,
        p=ledger.probability(row["p_value"]),
        alone=_("tidak dihitung")
        if isinstance(complete, Undefined)
        else f"{number(complete.w)} (n = {complete.raters})",
    )
    return Finding(said.format(word=_(word)), row["level"], detail=detail, claim=row["id"])


def heading_own(own: pd.DataFrame) -> str:
    """How many drivers units added, and how many of the units."""
    if own.empty:
        return _("Tidak ada perangkat daerah yang menambahkan pendorong perubahan")
    return _("{count} pendorong tambahan dari {units} perangkat daerah").format(
        count=len(own), units=own["unit_name"].nunique()
    )


def heading_classes(table: pd.DataFrame) -> str:
    """What the picture of all drivers shows: how many are critical, and how many clearly so."""
    critical, known = of_class(table, CRITICAL), int((table["class"] != "").sum())
    if not known:
        return _(UNANSWERED)
    if critical.empty:
        return _("Tidak ada perubahan besar yang sulit ditebak di antara {all} pendorong").format(
            all=known
        )
    clear = int(critical["critical"].sum())
    how = _("{n} di antaranya jelas").format(n=clear) if clear else _("menurut reratanya saja")
    return _("{count} dari {all} pendorong berdampak besar dan sulit ditebak, {how}").format(
        count=len(critical), all=known, how=how
    )


def heading_product(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """Whether one driver is ahead of the others in impact x uncertainty; `found`: the claims."""
    names = table.dropna(subset="product").set_index("item")["name"].map("“{}”".format)
    rows = claims.of_kind(found, LEADING)
    if rows.empty:
        return _("Dampak × ketidakpastian setiap pendorong") if len(names) else _(UNANSWERED)
    first = {
        levels.CLEAR: _("{first} jelas tertinggi dalam dampak dan ketidakpastian"),
        levels.LIKELY: _("{first} cenderung tertinggi dalam dampak dan ketidakpastian"),
    }
    if rows["level"].iloc[0] in first:
        return first[rows["level"].iloc[0]].format(first=names[rows.index[0]])
    top = names.iloc[: max(2, len(lead.ends(table, "product")))]
    return _("Teratas menurut reratanya saja: {names}").format(names=listed(top, lead.SHOWN))


def key_figures(
    table: pd.DataFrame,
    concordance: Concordance | Undefined,
    found: pd.DataFrame,
    products: str,
    confidence: float = 0.95,
) -> list[dict]:
    """How many uncertainties are critical, the highest product, and the units' agreement.

    `products`: how low and how high a product can be, as a text.
    """
    critical, label = of_class(table, CRITICAL), _("perubahan besar yang sulit ditebak")
    if (table["class"] == "").all():
        return [{"shown": "–", "label": label, "detail": _("belum ada jawaban"), "value": None}]
    keys = [
        {
            "shown": str(len(critical)),
            "label": label,
            "detail": _("{clear} di antaranya jelas; dari {n} pendorong yang dinilai").format(
                clear=int(critical["critical"].sum()), n=int((table["class"] != "").sum())
            ),
            "value": len(critical),
        }
    ]
    for row in table.dropna(subset="product")[:1].itertuples(index=False):
        label = _("dampak × ketidakpastian ({scale}), angka tertinggi: {name}").format(
            scale=products, name=lead.named(table, "product", "name")
        )
        detail = aggregate.certainty(row.low, row.high, row.n, confidence)
        shown = number(row.product)
        keys.append({"shown": shown, "label": label, "detail": detail, "value": row.product})
    label = _("W Kendall: kesepakatan perangkat daerah tentang dampak (0–1)")
    if isinstance(concordance, Undefined):
        none = {"shown": "–", "label": label, "detail": _("tidak dihitung"), "value": None}
        return [*keys, none]
    row = claims.of_kind(found, AGREEMENT).iloc[0]
    detail = _("n = {n} perangkat daerah, sedikitnya {share} terisi; {out} tidak dihitung").format(
        n=concordance.raters, share=percent(ANSWERED), out=concordance.left_out
    )
    figure = {"shown": number(concordance.w), "label": label, "value": concordance.w}
    sure = {"detail": detail, "level": row["level"], "claim": row["id"]}
    return [*keys, figure | sure]


def findings(table: pd.DataFrame, found: pd.DataFrame) -> list[tuple[Finding, list[str]]]:
    """What the answers about the future say, each with the drivers that it names.

    `table`: from `drivers`; `found`: the table of claims.
    """
    if (table["class"] == "").all():
        return classes(table, found)
    first = lead.leading(found, LEADING, _("dampak dan ketidakpastian"))
    return [*classes(table, found), (first, [])]


def quality(agreement: Finding, own: pd.DataFrame, found: pd.DataFrame) -> list[Finding]:
    """How far the findings carry; `own`: from `drivers`; `agreement`: from `agreed`."""
    added = _("Pendorong tambahan tidak dirata-ratakan.") if len(own) else ""
    return [agreement, Finding(heading_own(own) + ".", detail=added), ledger.finding(found)]


def classes(table: pd.DataFrame, found: pd.DataFrame) -> list[tuple[Finding, list[str]]]:
    """Which drivers are critical, and which are trends."""
    if (table["class"] == "").all():
        return [(Finding(heading_classes(table) + "."), [])]
    return [
        (named(table, name, found), list(surest(table, name)["item"])) for name in (CRITICAL, TREND)
    ]


def surest(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """The drivers of a class that are surest to be of it."""
    part, order = of_class(table, name), [levels.CLEAR, levels.LIKELY, levels.UNCLEAR]
    level = min(part["level"], key=order.index, default="")
    return part[part["level"] == level]


def named(table: pd.DataFrame, name: str, found: pd.DataFrame) -> Finding:
    """The `surest` drivers of a class, as sure as the least sure of them."""
    part, rows, label = of_class(table, name), surest(table, name), _(_LABELS[name])
    if rows.empty:
        return Finding(_("Tidak ada pendorong yang {label}.").format(label=label))
    level = rows["level"].iloc[0]
    words = {
        levels.CLEAR: _("Jelas {label}: {names}."),
        levels.LIKELY: _("Cenderung {label}: {names}."),
        levels.UNCLEAR: _("Menurut reratanya saja {label}: {names}."),
    }
    means = pd.concat([claims.of_kind(found, scale).loc[rows["item"]] for scale in SCALES])
    least = means[means["level"] == level].sort_values("p_value", kind="stable").iloc[-1]
    detail = _(
        "{count} dari {all} pendorong golongan ini; rerata dampak × ketidakpastian: {means}."
    ).format(
        count=len(rows),
        all=len(part),
        means="; ".join(
            f"{r.name} {number(r.impact)} × {number(r.uncertainty)}, n = {r.n}"
            for r in rows.itertuples(index=False)
        ),
    )
    names = listed(rows["name"].map(bare).map("“{}”".format), SHOWN)
    return Finding(words[level].format(label=label, names=names), level, "", detail, least["id"])

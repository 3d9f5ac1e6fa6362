"""What the proposals say, in words."""

from dataclasses import replace

import pandas as pd

from analysis import levels
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.quickwin import figures, purchases, shortlist
from analysis.stages.quickwin.packages import Option, rupiah
from analysis.text import N_, _, interval, listed, listing, number, percent

UNPROPOSED = N_("Belum ada usulan program")
SHOWN = 3  # proposals that a sentence names


def headline_ranking(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """Which proposals may be first when the weights shift a little; `found`: the claims."""
    rows = claims.of_kind(found, figures.FIRST)
    if rows.empty:
        return _("Peringkat memerlukan sekurang-kurangnya dua usulan lengkap; ada {n}").format(
            n=len(ranked)
        )
    words = {
        levels.CLEAR: _("{name} jelas di peringkat pertama"),
        levels.LIKELY: _("{name} cenderung di peringkat pertama"),
    }
    if said := words.get(rows["level"].iloc[0]):
        return said.format(name=ranked["label"].iloc[0])
    names = listed(figures.contenders(ranked)["label"], SHOWN)
    return _("Dapat di peringkat pertama, tergantung bobot kriteria: {names}").format(names=names)


def alt_ranking(ranked: pd.DataFrame, count: int) -> str:
    """The picture of the first `count` ranks, for those who do not see it."""
    shown = ranked.head(count)
    return _("Peringkat dan rentangnya untuk {n} usulan: {names}.").format(
        n=len(shown),
        names=listing(
            f"{row.label} {number(row.rank, 0)} ({interval(row.rank_low, row.rank_high, 0)})"
            for row in shown[["label", "rank", "rank_low", "rank_high"]].itertuples(index=False)
        )
        or "–",
    )


def key_figures(
    proposals: pd.DataFrame,
    ranked: pd.DataFrame,
    package: Option,
    short: pd.DataFrame,
    names: pd.Series,
) -> list[dict]:
    """Programmes in the package and in the short list, the quick ones, the incomplete ones.

    `ranked`: the complete proposals; `short`: the short list; `names`: of dimensions, by id.
    """
    quick = int((ranked["horizon"].cat.codes == 0).sum())
    units = proposals["unit"].nunique()
    n = _("n = {n} usulan dari {units} perangkat daerah").format(
        n=len(ranked), units=ranked["unit"].nunique()
    )
    reached = _("di {count} dari {all} dimensi").format(
        count=package.held["dimension"].nunique(), all=len(names)
    )
    computed, not_computed = not ranked.empty, _("tidak dihitung: belum ada usulan lengkap")
    both = short["proposal"].isin(package.held["proposal"]).sum()
    return [
        {
            "shown": number(len(package.held), 0) if computed else "–",
            "label": _("program dalam paket, berbiaya paling banyak {budget}").format(
                budget=rupiah(package.budget)
            ),
            "detail": _("biaya {cost} · {reached} · {n}").format(
                cost=rupiah(package.cost), reached=reached, n=n
            )
            if computed
            else not_computed,
            "value": float(len(package.held)) if computed else None,
        },
        {
            "shown": number(len(short), 0) if computed else "–",
            "label": _("program dalam daftar pendek, yang teratas dalam dimensinya"),
            "detail": _("biaya {cost} · {count} juga dalam paket").format(
                cost=rupiah(short["cost"].sum()), count=both
            )
            if computed
            else not_computed,
            "value": float(len(short)) if computed else None,
        },
        {
            "shown": number(quick, 0),
            "label": _("usulan lengkap berhorizon {name}").format(
                name=ranked["horizon"].cat.categories[0].lower()
            ),
            "detail": n,
            "value": float(quick),
        },
        {
            "shown": number(len(proposals) - len(ranked), 0),
            "label": _("usulan belum lengkap, tidak diperingkat"),
            "detail": _("dari {n} usulan {units} perangkat daerah").format(
                n=len(proposals), units=units
            ),
            "value": float(len(proposals) - len(ranked)),
        },
    ]


def people_note(inhabitants: pd.Series | None) -> str:
    """Up to how many people a package counts; `inhabitants`: see `figures.inhabitants`."""
    if inhabitants is None:
        return _("Jumlah penduduk kota belum tercatat, jadi penerima manfaat dihitung tanpa batas.")
    return _(
        "Penerima manfaat sebuah program dihitung paling banyak sejumlah penduduk kota: {people} "
        "orang ({year})."
    ).format(people=number(inhabitants["value"], 0), year=inhabitants["year"])


def nothing() -> Finding:
    """That there is nothing to rank."""
    return Finding(
        _("Belum ada usulan lengkap, jadi peringkat, daftar pendek, dan paket tidak dihitung.")
    )


def listed_first(short: pd.DataFrame, bought: pd.DataFrame, names: pd.Series) -> Finding:
    """What the short list holds in each dimension, and what of the first ranks it leaves out."""
    nothing_of = _("tanpa usulan lengkap")
    told = [
        f"{name}: {listing(of['label']) or nothing_of}"
        for id, name in names.items()
        for of in [short[short["dimension"] == id]]
    ]
    detail = "; ".join(told) + "."
    if len(out := purchases.missed(bought, short)):
        words = _(" Tidak termuat dari sepuluh besar: {names}.")
        detail += words.format(names=listing(out["label"]))
    return Finding(shortlist.headline(short) + ".", detail=detail)


def given(proposals: pd.DataFrame, units: pd.DataFrame) -> Finding:
    """How many proposals came, from how many units."""
    if proposals.empty:
        return Finding(_(UNPROPOSED) + ".")
    silent = units[units["answered"].astype(bool) & ~units["unit"].isin(proposals["unit"])]
    detail = _("{ranked} lengkap dan diperingkat.").format(ranked=proposals["complete"].sum())
    if not silent.empty:
        words = _(" {n} perangkat daerah yang menjawab tidak mengusulkan program.")
        detail += words.format(n=len(silent))
    words = _("{units} perangkat daerah mengusulkan {all} program.")
    return Finding(
        words.format(units=proposals["unit"].nunique(), all=len(proposals)), detail=detail
    )


def reversed_by(count: int, all: int) -> Finding | None:
    """That the first ten ranks hang on what is compared, if they do; `count`: of `reversals`."""
    if not count:
        return None
    detail = _("{count} dari {all} usulan, bila dikeluarkan sendirian, mengubahnya.")
    return Finding(
        _("Urutan sepuluh besar bergantung pada usulan yang dibandingkan."),
        detail=detail.format(count=count, all=all),
    )


def alike(clusters: pd.DataFrame) -> Finding | None:
    """How many proposals look alike, if any do, and how many programmes they may come to."""
    if clusters.empty:
        return None
    largest = clusters[clusters["cluster"] == 1]
    detail = _(
        "Kelompok terbesar, di {dimensions}, memuat {count} usulan: {names}. Paket memuat paling "
        "banyak satu dari setiap kelompok."
    ).format(
        dimensions=listing(largest["dimension_name"].dropna().unique()) or "–",
        count=len(largest),
        names=listed(largest["label"], SHOWN),
    )
    words = _(
        "{proposals} usulan bernama mirip dapat menjadi {count} program kota bila isinya memang "
        "sama."
    )
    return Finding(
        words.format(proposals=len(clusters), count=clusters["cluster"].nunique()), detail=detail
    )


def leaders(ranked: pd.DataFrame, found: pd.DataFrame) -> Finding:
    """Which proposal leads, how sure that is, and which others may."""
    rows = claims.of_kind(found, figures.FIRST)
    if rows.empty:
        return Finding(headline_ranking(ranked, found) + ".")
    contenders, row = figures.contenders(ranked), rows.iloc[0]
    first, others = ranked.iloc[0], contenders["label"].iloc[1:]
    words = {
        levels.CLEAR: _("Usulan {units} di peringkat pertama."),
        levels.LIKELY: _("Usulan {units} cenderung di peringkat pertama."),
        levels.UNCLEAR: _(
            "{count} usulan dapat di peringkat pertama, dari {units}; urutannya bergantung pada "
            "bobot kriteria."
        ),
    }
    units = contenders["unit_short"] if row["level"] == levels.UNCLEAR else [first["unit_short"]]
    names = listed(dict.fromkeys(units), SHOWN)
    said = words[row["level"]].format(count=len(contenders), units=names)
    quote = ledger.quoted(row, said, digits=3)
    detail = _("Teratas: {name}; masuk {top} besar pada {share} ulangan bobot.").format(
        name=first["label"], top=figures.TOP, share=percent(first["share_top"], 1)
    )
    if len(others):
        detail += _(" Dapat pula di peringkat pertama: {names}.").format(
            names=listed(others, SHOWN)
        )
    detail += _(" Keunggulan atas usulan berikutnya {difference}").format(difference=quote.detail)
    return replace(quote, detail=detail)

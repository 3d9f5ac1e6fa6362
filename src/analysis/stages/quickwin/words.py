"""What the proposals say, in words."""

from dataclasses import replace

import pandas as pd

from analysis import levels
from analysis.stages.evidence import claims, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.quickwin import figures
from analysis.stages.quickwin.packages import EXTRA, headline, purchase, rupiah
from analysis.text import N_, _, interval, listed, listing, number, percent

UNPROPOSED = N_("Belum ada usulan program")
SHOWN = 3  # proposals that a sentence names


def headline_ranking(ranked: pd.DataFrame, found: pd.DataFrame) -> str:
    """Whether one proposal stays first when the weights shift a little; `found`: the claims."""
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
    return _("Peringkat pertama bergantung pada bobot kriteria")


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


def key_figures(proposals: pd.DataFrame, packages: pd.DataFrame, budget: float) -> list[dict]:
    """Programmes that the budget buys, proposals ranked, and what can be done in a year."""
    within, more = (row for _index, row in purchase(packages, budget).iterrows())
    quick = int((packages["horizon"].cat.codes == 0).sum())
    ranked, units = len(packages), proposals["unit"].nunique()
    n = _("n = {n} usulan dari {units} unit").format(n=ranked, units=packages["unit"].nunique())
    first_horizon = packages["horizon"].cat.categories[0]
    return [
        {
            "shown": number(within["programmes"], 0),
            "label": _("program dalam paket terbaik seharga paling banyak {budget}").format(
                budget=rupiah(budget)
            ),
            "detail": _("biaya {cost} · {n}").format(cost=rupiah(within["cost"]), n=n),
            "value": float(within["programmes"]),
        },
        {
            "shown": number(more["programmes"], 0),
            "label": _("program bila anggaran ditambah {extra}").format(extra=percent(EXTRA)),
            "detail": _("biaya {cost} · {n}").format(cost=rupiah(more["cost"]), n=n),
            "value": float(more["programmes"]),
        },
        {
            "shown": number(quick, 0),
            "label": _("usulan lengkap berhorizon {name}").format(name=first_horizon.lower()),
            "detail": n,
            "value": float(quick),
        },
        {
            "shown": number(len(proposals) - ranked, 0),
            "label": _("usulan belum lengkap, tidak diperingkat"),
            "detail": _("dari {n} usulan {units} unit").format(n=len(proposals), units=units),
            "value": float(len(proposals) - ranked),
        },
    ]


def findings(
    proposals: pd.DataFrame,
    packages: pd.DataFrame,
    pairs: pd.DataFrame,
    units: pd.DataFrame,
    budget: float,
    changed: int,
    found: pd.DataFrame,
) -> list[Finding]:
    """What the proposals say; the first stands on the index.

    `pairs`: names that look alike (`proposals.similar`); `units`: the register; `changed`: the
    count of `reversals`; `found`: the table of claims.
    """
    if proposals.empty:
        return [_given(proposals, units)]
    if packages.empty:
        none = _("Belum ada usulan lengkap, jadi peringkat dan paket program tidak dihitung.")
        return [Finding(none), _given(proposals, units)]
    said = [
        _bought(packages, budget),
        _given(proposals, units),
        leaders(packages, found),
        _extra(packages),
    ]
    if changed:
        detail = _("{count} dari {all} usulan, bila dikeluarkan sendirian, mengubahnya.")
        said.append(
            Finding(
                _("Urutan sepuluh besar bergantung pada usulan yang dibandingkan."),
                detail=detail.format(count=changed, all=len(packages)),
            )
        )
    inside = set(packages.loc[packages["within"], "proposal"])
    twice = pairs[pairs["proposal"].isin(inside) & pairs["other_proposal"].isin(inside)]
    if len(twice):
        words = _(
            "{count} pasang usulan dalam paket bernama mirip; periksa agar tidak dibiayai dua kali."
        )
        said.append(Finding(words.format(count=len(twice))))
    return said


def _bought(packages: pd.DataFrame, budget: float) -> Finding:
    """What the budget buys, for a person; what a tenth more would add is the detail."""
    within, more = (row for _index, row in purchase(packages, budget).iterrows())
    if not more["programmes"]:
        return Finding(headline(packages, budget) + ".")
    words = _("Biayanya {cost}; dengan tambahan {extra} terbeli {more} program.")
    return Finding(
        _("Anggaran {budget} membeli {count} program.").format(
            budget=rupiah(budget), count=within["programmes"]
        ),
        detail=words.format(
            cost=rupiah(within["cost"]), extra=percent(EXTRA), more=more["programmes"]
        ),
    )


def _given(proposals: pd.DataFrame, units: pd.DataFrame) -> Finding:
    """How many proposals came, from how many units."""
    if proposals.empty:
        return Finding(_(UNPROPOSED) + ".")
    silent = units[units["answered"].astype(bool) & ~units["unit"].isin(proposals["unit"])]
    detail = _("{ranked} lengkap dan diperingkat.").format(ranked=proposals["complete"].sum())
    if not silent.empty:
        detail += _(" {n} unit yang menjawab tidak mengusulkan program.").format(n=len(silent))
    words = _("{units} unit mengusulkan {all} program.")
    return Finding(
        words.format(units=proposals["unit"].nunique(), all=len(proposals)), detail=detail
    )


def _extra(packages: pd.DataFrame) -> Finding:
    """Which proposals come in, and which go, when the budget grows."""
    swapped = packages[packages["within"] & ~packages["with_more"]]
    added = packages[~packages["within"] & packages["with_more"]]
    extra = percent(EXTRA)
    if added.empty:
        return Finding(_("Tambahan anggaran {extra} tidak mengubah paket.").format(extra=extra))
    detail = _("Masuk: {names}.").format(names=listing(added["label"]))
    if len(swapped):
        detail += _(" Keluar: {names}.").format(names=listing(swapped["label"]))
    words = _("Tambahan anggaran {extra} memasukkan {count} program ke dalam paket.")
    return Finding(words.format(extra=extra, count=len(added)), detail=detail)


def leaders(ranked: pd.DataFrame, found: pd.DataFrame) -> Finding:
    """Which proposal leads, how sure that is, and which others may."""
    rows = claims.of_kind(found, figures.FIRST)
    if rows.empty:
        return Finding(headline_ranking(ranked, found) + ".")
    first, others = ranked.iloc[0], figures.contenders(ranked)["label"].iloc[1:]
    quote = ledger.quoted(rows.iloc[0], digits=3)
    detail = _("Teratas: {name}; masuk {top} besar pada {share} ulangan bobot.").format(
        name=first["label"], top=figures.TOP, share=percent(first["share_top"], 1)
    )
    if len(others):
        detail += _(" Dapat pula di peringkat pertama: {names}.").format(
            names=listed(others, SHOWN)
        )
    detail += _(" Keunggulan atas usulan berikutnya {difference}").format(difference=quote.detail)
    return replace(quote, detail=detail)

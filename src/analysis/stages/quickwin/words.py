"""What the proposals say, in words."""

import pandas as pd

from analysis.stages.quickwin import figures
from analysis.stages.quickwin.packages import EXTRA, headline, purchase, rupiah
from analysis.text import _, listing, number, percent


def headline_ranking(ranking: pd.DataFrame) -> str:
    """Whether one proposal stays first when the weights shift a little."""
    if len(ranking) < 2:
        return _("Peringkat memerlukan sekurang-kurangnya dua usulan lengkap; ada {n}").format(
            n=len(ranking)
        )
    count = figures.rivals(ranking)
    if count == 1:
        return _("{name} tetap teratas bila bobot kriteria digeser sedikit").format(
            name=ranking["label"].iloc[0]
        )
    return _(
        "{count} usulan tidak terbedakan di puncak bila bobot kriteria digeser sedikit"
    ).format(count=count)


def alt_ranking(ranking: pd.DataFrame, count: int) -> str:
    """The picture of the first `count` ranks, for those who do not see it."""
    shown = ranking.head(count)
    return _("Peringkat dan rentangnya untuk {n} usulan: {names}.").format(
        n=len(shown),
        names=listing(
            f"{row.label} {number(row.rank, 0)} ({row.rank_range})"
            for row in shown[["label", "rank", "rank_range"]].itertuples(index=False)
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
) -> list[str]:
    """What the proposals say, in sentences; the first stands on the index.

    `pairs`: names that look alike (`proposals.similar`); `units`: the register; `changed`: the
    count of `reversals`.
    """
    silent = units[units["answered"].astype(bool) & ~units["unit"].isin(proposals["unit"])]
    given = _("{all} usulan masuk dari {units} unit; {ranked} lengkap dan diperingkat.").format(
        all=len(proposals), units=proposals["unit"].nunique(), ranked=len(packages)
    )
    if not silent.empty:
        given += _(" {n} unit yang menjawab tidak mengusulkan program.").format(n=len(silent))
    if packages.empty:
        none = _("Belum ada usulan lengkap, jadi peringkat dan paket program tidak dihitung.")
        return [none, given]
    sentences = [headline(packages, budget) + ".", given, leaders(packages)]
    swapped = packages[packages["within"] & ~packages["with_more"]]
    added = packages[~packages["within"] & packages["with_more"]]
    if len(added):
        sentences.append(
            _("Dengan anggaran tambahan {extra} masuk {added}{swapped}.").format(
                extra=percent(EXTRA),
                added=listing(added["label"]),
                swapped=_(", menggantikan {names}").format(names=listing(swapped["label"]))
                if len(swapped)
                else "",
            )
        )
    else:
        sentences.append(
            _("Anggaran tambahan {extra} tidak mengubah paket.").format(extra=percent(EXTRA))
        )
    if changed:
        sentences.append(
            _(
                "Peringkat TOPSIS bergantung pada usulan pembanding: {count} dari {all} usulan, "
                "bila dikeluarkan sendirian, mengubah urutan sepuluh besar."
            ).format(count=changed, all=len(packages))
        )
    inside = set(packages.loc[packages["within"], "proposal"])
    twice = pairs[pairs["proposal"].isin(inside) & pairs["other_proposal"].isin(inside)]
    if len(twice):
        sentences.append(
            _(
                "Paket memuat {count} pasang usulan bernama mirip; periksa apakah itu program yang "
                "sama agar tidak dibiayai dua kali."
            ).format(count=len(twice))
        )
    return sentences


def leaders(ranking: pd.DataFrame) -> str:
    """Which proposals lead, and whether the weights tell them apart, in a sentence."""
    if len(ranking) < 2:
        return headline_ranking(ranking) + "."
    first, count = ranking.iloc[0], figures.rivals(ranking)
    found = _("Peringkat pertama: {name}").format(name=first["label"])
    if len(ranking) > figures.TOP:
        found += _(", masuk {top} besar pada {share} ulangan dengan bobot yang digeser").format(
            top=figures.TOP, share=percent(first["share_top"], 1)
        )
    found += "."
    if count > 1:
        found += _(
            " Rentang peringkat {count} usulan bertumpang tindih dengannya, jadi data ini tidak "
            "membedakan usulan-usulan itu di puncak."
        ).format(count=count)
    return found

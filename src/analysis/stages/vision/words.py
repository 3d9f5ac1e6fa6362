"""What the vision answers say, in words."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from analysis import levels
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.vision import consistency, figures, premise, vocabulary
from analysis.stages.vision.judgements import Judgements
from analysis.text import _, listed, listing, number, percent

SHOWN = 3  # words that a finding names


def answered(table: pd.DataFrame) -> str:
    """How many units stand behind the figures of a table: ``n = 31`` or ``n = 28–31``."""
    low, high = table["n"].min(), table["n"].max()
    return _("n = {n}").format(n=low if low == high else f"{low}–{high}")


def heading_weights(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the group's weights shows; `found`: the table of claims."""
    rows = claims.of_kind(found, figures.LEADING)
    if rows.empty:
        return _("Belum ada unit dengan perbandingan yang cukup")
    if rows["barred"].iloc[0]:
        return ledger.quoted(rows.iloc[0]).headline.removesuffix(".")
    name = table.set_index("dimension")["dimension_name"][rows.index[0]]
    words = {
        levels.CLEAR: _("{name} jelas berbobot tertinggi"),
        levels.LIKELY: _("{name} cenderung berbobot tertinggi"),
    }
    if said := words.get(rows["level"].iloc[0]):
        return said.format(name=name)
    first = table[table["rank_low"] == 1]["dimension_name"]
    return _("Belum jelas mana yang berbobot tertinggi: {names} dapat menempati tempat itu").format(
        names=listed(first, lead.SHOWN)
    )


def heading_contributions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """Which dimension contributes most to which element of the vision, where that is clear."""
    names = table.drop_duplicates("dimension").set_index("dimension")["dimension_name"]
    said = {
        levels.CLEAR: _("{dimension} jelas menyumbang tertinggi bagi {element}"),
        levels.LIKELY: _("{dimension} cenderung menyumbang tertinggi bagi {element}"),
    }
    parts, unclear = [], []
    for element, name in table[["element", "element_name"]].drop_duplicates().to_numpy():
        for dimension, row in claims.of_kind(found, figures.contribution(element)).iterrows():
            if words := said.get(row["level"]):
                parts.append(words.format(dimension=names[dimension], element=name))
            else:
                unclear.append(name)
    if unclear:
        words = _("sumbangan tertinggi belum jelas bagi {elements}")
        parts.append(words.format(elements=listing(unclear)))
    if not parts:
        return _("Sumbangan dimensi belum dinilai")
    title = "; ".join(parts)
    return title[:1].upper() + title[1:]


def heading_groups(table: pd.DataFrame) -> str:
    """Which dimension weighs most in each group of units."""
    words = (
        _("Belum ada unit dengan perbandingan yang cukup"),
        _("Bobot tertinggi pada {name} (satu kelompok unit)"),
        _("Menurut bobotnya, {name} di urutan pertama pada setiap kelompok"),
        _("Dimensi dengan bobot terbesar di setiap kelompok: {names}"),
    )
    return lead.in_groups(table, "weight", "dimension_name", words)


def key_figures(
    judged: Judgements,
    weighed: pd.DataFrame,
    contributed: pd.DataFrame,
    threshold: float,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[dict]:
    """The highest weight, how many units are consistent, the highest contribution.

    `weighed`: from `weights.city`; `contributed`: from `contributions`; `threshold`: of the
    consistency ratio; `found`: the table of claims.
    """
    used, consistent = int(judged.chosen().sum()), int(judged.chosen(True).sum())
    best = contributed.sort_values("mean", ascending=False, kind="stable").iloc[0]
    alike = lead.ends(contributed, "mean").groupby("element_name", sort=False)["dimension_name"]
    highest = "; ".join(
        _("{dimension} bagi {elements}").format(
            dimension=listed(names, lead.SHOWN), elements=element
        )
        for element, names in alike
    )
    return [
        _heaviest(weighed, claims.of_kind(found, figures.LEADING), confidence),
        {
            "shown": _("{count} dari {all}").format(count=consistent, all=used),
            "label": _("unit konsisten (rasio konsistensi di bawah {threshold})").format(
                threshold=number(threshold)
            ),
            "detail": _(
                "di antara unit yang dihitung; {count} unit tidak dihitung; rasio konsistensi "
                "penilaian gabungan {ratio}"
            ).format(count=len(judged.units) - used, ratio=number(judged.combined)),
            "value": consistent,
        },
        {
            "shown": number(best["mean"]),
            "label": _("sumbangan tertinggi (1–5): {names}").format(names=highest)
            if best["n"]
            else _("sumbangan tertinggi (1–5)"),
            "detail": aggregate.certainty(best["low"], best["high"], best["n"], confidence),
            "value": float(best["mean"]) if best["n"] else None,
        },
    ]


def _heaviest(weighed: pd.DataFrame, leading: pd.DataFrame, confidence: float) -> dict:
    """The highest weight, as sure as its claim, or that none can be told (`leading`: the claim)."""
    first, known, quoted = weighed.iloc[0], bool(weighed["n"].iloc[0]), {}
    for row in leading.to_dict("records"):
        quoted = {"claim": row["id"], "level": row["level"]}
        if row["barred"]:
            none = {"shown": "–", "label": _("bobot tertinggi"), "value": None}
            return none | {"detail": claims.concluded(row["barred"])} | quoted
    return {
        "shown": number(first["weight"]),
        "label": _("bobot tertinggi: {name}").format(
            name=lead.named(weighed, "weight", "dimension_name") if known else "–"
        ),
        "detail": aggregate.certainty(first["low"], first["high"], first["n"], confidence),
        "value": float(first["weight"]) if known else None,
        **quoted,
    }


def findings(
    judged: Judgements,
    weighed: pd.DataFrame,
    sentences: pd.DataFrame,
    elements: Mapping[str, str],
    threshold: float,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[Finding]:
    """What the vision answers say, computed from the figures.

    `weighed`: from `weights.city`; `sentences`: the table of vision sentences; `found`: the table
    of claims.
    """
    others = [
        consistency.finding_effect(judged, found),
        lead.groups_apart(found, figures.GROUPS, figures.weighed(judged)),
    ]
    return [
        highest(weighed, found, confidence),
        consistency.finding(judged, threshold),
        *([] if premise.lacking(judged) and judged.chosen().any() else others),
        *[
            lead.leading(found, figures.contribution(element), figures.contributed(name))
            for element, name in elements.items()
        ],
        ledger.finding(found),
        _proposed(sentences, len(judged.units)),
    ]


def highest(table: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> Finding:
    """The weightiest dimension and how sure that is; `table`: from `weights.city`."""
    rows = claims.of_kind(found, figures.LEADING)
    if rows.empty:
        return Finding(
            _("Bobot dimensi belum dihitung: belum ada unit dengan perbandingan yang cukup.")
        )
    first, quote = table.iloc[0], ledger.quoted(rows.iloc[0], digits=3)
    if rows["barred"].iloc[0]:
        return quote
    detail = _("Bobot {weight} ({details}). Selisih dengan yang terdekat {difference}").format(
        weight=number(first["weight"]),
        details=aggregate.in_sentence(first, confidence),
        difference=quote.detail,
    )
    return replace(quote, detail=detail)


def _proposed(answers: pd.DataFrame, units: int) -> Finding:
    """How many units proposed a sentence, and the words that most of them share."""
    written = vocabulary.sentences(answers)
    if written.empty:
        return Finding(_("Belum ada unit yang mengusulkan kalimat visi."))
    headline = _("{n} dari {units} unit mengusulkan kalimat visi.").format(
        n=len(written), units=units
    )
    shared = vocabulary.frequent(answers, count=SHOWN)
    if shared.empty:
        return Finding(headline, detail=_("Tidak ada kata isi yang dipakai lebih dari satu unit."))
    words = [f"{row.word} ({percent(row.share)})" for row in shared.itertuples()]
    detail = _("Kata isi yang paling banyak dipakai: {words}.")
    return Finding(headline, detail=detail.format(words=listed(words, SHOWN)))

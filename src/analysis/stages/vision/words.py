"""What the vision answers say, in words."""

from collections.abc import Mapping

import pandas as pd

from analysis.methods import intervals
from analysis.stages.evidence import aggregate, claims, lead
from analysis.stages.vision import consistency, figures, vocabulary
from analysis.stages.vision.judgements import Judgements
from analysis.text import _, listed, listing, number, percent

SHOWN = 3  # words that a finding names


def answered(table: pd.DataFrame) -> str:
    """How many units stand behind the figures of a table: ``n = 31`` or ``n = 28–31``."""
    low, high = table["n"].min(), table["n"].max()
    return _("n = {n}").format(n=low if low == high else f"{low}–{high}")


def heading_weights(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the group's weights shows; `found`: the table of claims."""
    n = table["n"].max()
    if not n:
        return _("Belum ada unit dengan perbandingan yang cukup")
    names = table.set_index("dimension")["dimension_name"]
    if len(first := claims.sure(found, figures.LEADING, above=True)):
        return _("{name} pasti berbobot tertinggi").format(name=names[first[0]])
    if n < intervals.FEW:
        return _("Unit yang membandingkan terlalu sedikit untuk memastikan urutan dimensi")
    rivals = table[table["rank_low"] == 1]["dimension_name"]
    return _("Bobot tertinggi belum pasti: {names}").format(names=listing(rivals))


def heading_contributions(table: pd.DataFrame) -> str:
    """Which dimension has the highest mean for each element of the vision."""
    known = table.dropna(subset="mean")
    if known.empty:
        return _("Sumbangan dimensi belum dinilai")
    best = lead.ends(known, "mean", "element")
    return _("Rerata sumbangan tertinggi: {parts}").format(
        parts="; ".join(
            _("{dimension} bagi {elements}").format(
                dimension=dimension, elements=listing(part["element_name"])
            )
            for dimension, part in best.groupby("dimension_name", sort=False)
        )
    )


def heading_groups(table: pd.DataFrame) -> str:
    """Which dimension weighs most in each group of units."""
    groups = table[table["group"] != "city"].dropna(subset="weight")
    if groups.empty:
        return _("Belum ada unit dengan perbandingan yang cukup")
    best = lead.ends(groups, "weight", "group")
    names = list(dict.fromkeys(best["dimension_name"]))
    if best["group"].nunique() == 1:
        return _("Bobot tertinggi pada {name} (satu kelompok unit)").format(name=listing(names))
    if len(names) == 1:
        return _("Menurut bobotnya, {name} di urutan pertama pada setiap kelompok").format(
            name=names[0]
        )
    return _("Dimensi dengan bobot terbesar di setiap kelompok: {names}").format(
        names=listing(names)
    )


def key_figures(
    judged: Judgements,
    weighed: pd.DataFrame,
    contributed: pd.DataFrame,
    threshold: float,
    confidence: float = 0.95,
) -> list[dict]:
    """The highest weight, how many units are consistent, the highest contribution.

    `weighed`: from `weights.city`; `contributed`: from `contributions`; `threshold`: of the
    consistency ratio.
    """
    first = weighed.iloc[0]
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
        {
            "shown": number(first["weight"]),
            "label": _("bobot tertinggi: {name}").format(
                name=lead.named(weighed, "weight", "dimension_name") if used else "–"
            ),
            "detail": aggregate.certainty(first["low"], first["high"], first["n"], confidence),
            "value": float(first["weight"]) if used else None,
        },
        {
            "shown": _("{count} dari {all}").format(count=consistent, all=used),
            "label": _("unit konsisten (rasio konsistensi di bawah {threshold})").format(
                threshold=number(threshold)
            ),
            "detail": _("di antara unit yang dihitung; {count} unit tidak dihitung").format(
                count=len(judged.units) - used
            ),
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


def findings(
    judged: Judgements,
    weighed: pd.DataFrame,
    sentences: pd.DataFrame,
    elements: Mapping[str, str],
    threshold: float,
    found: pd.DataFrame,
    confidence: float = 0.95,
) -> list[str]:
    """What the vision answers say, in sentences computed from the figures.

    `weighed`: from `weights.city`; `sentences`: the table of vision sentences; `found`: the table
    of claims.
    """
    return [
        highest(weighed, found, confidence),
        consistency.finding(judged, threshold),
        consistency.finding_effect(judged, found, confidence),
        _groups(judged, found, confidence),
        *[
            lead.leading(
                found,
                f"contribution_{element}",
                _("sumbangan bagi {element}").format(element=name),
                confidence,
            )
            for element, name in elements.items()
        ],
        claims.finding(found),
        _proposed(sentences, len(judged.units)),
    ]


def highest(table: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> str:
    """The weightiest dimension and whether that is sure; `table`: from `weights.city`."""
    first = table.iloc[0]
    if not first["n"]:
        return _(
            "Bobot dimensi tidak dapat dihitung: belum ada unit dengan perbandingan yang cukup."
        )
    start = _("{name} berbobot {weight} (AHP; {details})").format(
        name=lead.named(table, "weight", "dimension_name"),
        weight=number(first["weight"]),
        details=aggregate.in_sentence(first, confidence),
    )
    row = claims.of_kind(found, figures.LEADING).iloc[0]
    words = (
        _("{start}, tertinggi dan di atas setiap dimensi lain ({details}).")
        if row["sure"]
        else _(
            "{start}, angka tertinggi, tetapi data ini tidak dapat memastikan urutannya "
            "({details})."
        )
    )
    return words.format(start=start, details=claims.difference(row, confidence, 3))


def _groups(judged: Judgements, found: pd.DataFrame, confidence: float) -> str:
    """Whether groups differ on the dimension that weighs most, by the units' own weights."""
    if not judged.chosen().any():
        return _("Bobot antarkelompok tidak dibandingkan: belum ada perbandingan yang cukup.")
    return lead.groups_apart(found, figures.GROUPS, figures.weighed(judged), confidence)


def _proposed(answers: pd.DataFrame, units: int) -> str:
    """How many units proposed a sentence, and the words that most of them share."""
    written = vocabulary.sentences(answers)
    if written.empty:
        return _("Belum ada unit yang mengusulkan kalimat visi.")
    sentence = _("{n} dari {units} unit mengusulkan kalimat visi").format(
        n=len(written), units=units
    )
    shared = vocabulary.frequent(answers, count=SHOWN)
    if shared.empty:
        return sentence + _("; tidak ada kata isi yang dipakai lebih dari satu unit.")
    return sentence + _("; kata isi yang paling banyak dipakai: {words}.").format(
        words=listed((f"{row.word} ({percent(row.share)})" for row in shared.itertuples()), SHOWN)
    )

"""Claims in words: the ledger, how sure each claim is, and what stands behind it."""

import math

import pandas as pd

from analysis.levels import CLEAR, LIKELY, UNCLEAR, WORDS
from analysis.stages.evidence import aggregate
from analysis.stages.evidence.claims import PRIMARY
from analysis.stages.evidence.finding import Finding
from analysis.text import _, bare, interval, listed, number, percent

SHOWN = 3  # turned claims that a finding names


def shown(found: pd.DataFrame) -> pd.DataFrame:
    """The comparisons as a table shows them, the primary ones and then the surest first.

    Adds p and p_below (`alpha`), both in words, and verdict: the level in words, or that nothing is
    concluded; then there is no p.
    """
    barred = found["barred"] != ""
    return (
        found.assign(
            p=[probability(p) for p in found["p_value"]],
            p_below=[probability(p) for p in found["alpha"]],
            verdict=found["sentence"].where(barred, [_(WORDS[level]) for level in found["level"]]),
        )
        .assign(p=lambda t: t["p"].mask(barred, "–"))
        .sort_values(["primary", "p_value"], ascending=[False, True], kind="stable")
        .reset_index()
    )


def ledger(found: pd.DataFrame, stage: str, scope: str) -> list[dict]:
    """Every claim as ``claims.json`` holds it; `scope`: whom the survey speaks for, in words."""
    numbers = ["value", "low", "high", "p_value", "alpha"]
    plain = found[numbers].astype(object).where(found[numbers].notna(), None)
    plain.loc[found["barred"] != "", "p_value"] = None
    return [
        {
            "id": row["id"],
            "stage": stage,
            "primary": bool(row["primary"]),
            "sentence": row["sentence"],
            **{name: known[name] for name in numbers[:3]},
            "n": int(row["n"]),
            "scope": scope,
            "p": known["p_value"],
            "alpha": known["alpha"],
            "level": row["level"],
            "turns": row["turned"],
        }
        for row, known in zip(found.to_dict("records"), plain.to_dict("records"), strict=True)
    ]


def quoted(row: pd.Series, headline: str = "", digits: int = 2) -> Finding:
    """A finding that quotes a claim: its level, and what stands behind it as the detail.

    `headline`: another sentence than the claim's own. Where nothing is concluded there is no
    other, and no detail.
    """
    sentence = row["sentence"]
    if row["barred"] or not headline:
        headline = bare(sentence[:1].upper() + sentence[1:] + ".")
    if row["barred"]:
        return Finding(headline, row["level"], claim=row["id"])
    parts = [detail(row, digits)]
    if row["turned"] and row["level"] != UNCLEAR:
        parts.append(_("dapat berbalik bila {cases}").format(cases=row["turned"]))
    return Finding(headline, row["level"], detail="; ".join(parts) + ".", claim=row["id"])


def detail(row: pd.Series, digits: int = 2) -> str:
    """The figure, interval, n and p behind one comparison, in words."""
    value = number(row["value"], digits, sign=not row["reference"])
    if pd.isna(row["low"]):
        return _("{value}; n = {n}, tanpa selang").format(value=value, n=int(row["n"]))
    return _(
        "{value}; selang {confidence}: {interval}; n = {n}; p {p}, jelas di bawah {alpha}"
    ).format(
        value=value,
        confidence=percent(row["confidence"]),
        interval=interval(row["low"], row["high"], digits),
        n=int(row["n"]),
        p=probability(row["p_value"]),
        alpha=probability(row["alpha"]),
    )


def figure(row: pd.Series, label: str) -> dict:
    """A key figure, as `tables.key_figures` takes it, that quotes a claim."""
    ends, n = (row["low"], row["high"]), int(row["n"])
    key = aggregate.key_figure(row["value"], label, *ends, n, confidence=row["confidence"])
    return key | {"claim": row["id"], "level": row["level"]}


def probability(p: float) -> str:
    """A probability in words: ``0,012``, ``0,00024``, and ``< 0,00001`` rather than ``0``."""
    least = 1e-5
    if p < least:
        return f"< {number(least, 5)}"
    return number(p, 3 if p >= 0.001 else 1 - math.floor(math.log10(p)))


def heading(found: pd.DataFrame) -> str:
    """How many of a stage's comparisons are clear, and how many likely."""
    if found.empty:
        return _("Belum ada yang dapat dibandingkan")
    levels = found["level"].value_counts()
    return _("Dari {all} pembandingan {clear} jelas dan {likely} cenderung").format(
        all=len(found), clear=levels.get(CLEAR, 0), likely=levels.get(LIKELY, 0)
    )


def note(found: pd.DataFrame) -> str:
    """How the comparisons were tested, and what their words mean."""
    confidence = found["confidence"].max() if len(found) else 0.95
    return _(
        "Selang {confidence}, dan selang pada taraf keluarga pembandingan (Bonferroni: {primary} "
        "bagi pertanyaan utama tahap ini, {others} bagi yang lain). Jelas: selang taraf keluarga "
        "tidak memuat pembanding, dan tidak ada bobot lain atau jawaban kurang yang "
        "membalikkannya. Cenderung: hanya selang {confidence} yang tidak memuatnya."
    ).format(
        confidence=percent(confidence),
        primary=percent((1 - confidence) * PRIMARY),
        others=percent((1 - confidence) * (1 - PRIMARY)),
    )


def finding(found: pd.DataFrame) -> Finding:
    """How many comparisons are clear, and what keeps others from being so."""
    if found.empty:
        return Finding(heading(found) + ".")
    turned = found[(found["turned"] != "") & (found["level"] == LIKELY)]
    few = int((found["least"] >= found["alpha"]).sum())
    barred = int((found["barred"] != "").sum())
    untried = int(((found["untried"] != "") & (found["level"] == CLEAR)).sum())
    levels = found["level"].value_counts()
    parts = [_("{count} cenderung").format(count=levels.get(LIKELY, 0))]
    if len(turned):
        parts.append(
            _("{count} hanya cenderung karena dapat berbalik: {names}").format(
                count=len(turned),
                names=listed(
                    [
                        _("{claim} (bila {cases})").format(claim=claim, cases=cases)
                        for claim, cases in zip(turned["claim"], turned["turned"], strict=True)
                    ],
                    SHOWN,
                ),
            )
        )
    if barred:
        parts.append(_("dari {count} tidak ada kesimpulan").format(count=barred))
    if untried:
        parts.append(
            _("bagi {count} yang jelas tidak semua pengubah dapat dihitung").format(count=untried)
        )
    if few:
        words = _("{count} dijawab terlalu sedikit perangkat daerah untuk pernah jelas")
        parts.append(words.format(count=few))
    headline = _("{clear} dari {all} pembandingan jelas.").format(
        clear=levels.get(CLEAR, 0), all=len(found)
    )
    return Finding(headline, detail="; ".join(parts) + ".")

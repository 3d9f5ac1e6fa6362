"""What the vision answers say, in words."""

from dataclasses import replace

import pandas as pd

from analysis import levels
from analysis.stages.evidence import aggregate, claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.vision import figures, vocabulary
from analysis.stages.vision.judgements import Judgements
from analysis.text import _, interval, listed, listing, number, percent

SHOWN = 3  # words that a finding names


def answered(table: pd.DataFrame) -> str:
    """How many units stand behind the figures of a table: ``n = 31`` or ``n = 28–31``."""
    low, high = table["n"].min(), table["n"].max()
    return _("n = {n}").format(n=low if low == high else f"{low}–{high}")


def heading_weights(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """What a picture of the group's weights shows; `found`: the table of claims."""
    rows = claims.of_kind(found, figures.LEADING)
    if rows.empty:
        return _("Belum ada perbandingan dimensi yang cukup")
    if rows["barred"].iloc[0]:
        return ledger.quoted(rows.iloc[0]).headline.removesuffix(".")
    name = table.set_index("dimension")["dimension_name"][rows.index[0]]
    words = {
        levels.CLEAR: _("{name} jelas berbobot tertinggi"),
        levels.LIKELY: _("{name} cenderung berbobot tertinggi"),
    }
    if said := words.get(rows["level"].iloc[0]):
        return said.format(name=name)
    first = weightiest(table, found)["dimension_name"]
    return _("Dapat berbobot tertinggi: {names}").format(names=listed(first, lead.SHOWN))


def heading_contributions(table: pd.DataFrame, found: pd.DataFrame) -> str:
    """Which dimension contributes most to which element of the vision, where that is clear."""
    names = table.drop_duplicates("dimension").set_index("dimension")["dimension_name"]
    said = {
        levels.CLEAR: _("{dimension} jelas berkontribusi terbesar bagi {element}"),
        levels.LIKELY: _("{dimension} cenderung berkontribusi terbesar bagi {element}"),
    }
    parts, unclear = [], []
    for element, name in table[["element", "element_name"]].drop_duplicates().to_numpy():
        for dimension, row in claims.of_kind(found, figures.contribution(element)).iterrows():
            if words := said.get(row["level"]):
                parts.append(words.format(dimension=names[dimension], element=name))
            else:
                unclear.append(name)
    if unclear:
        words = _("beberapa dimensi sama-sama teratas bagi {elements}")
        parts.append(words.format(elements=listing(unclear)))
    if not parts:
        return _("Kontribusi dimensi belum dinilai")
    title = "; ".join(parts)
    return title[:1].upper() + title[1:]


def heading_groups(table: pd.DataFrame) -> str:
    """Which dimension weighs most in each group of units."""
    words = (
        _("Belum ada perbandingan dimensi yang cukup"),
        _("Bobot tertinggi pada {name} (satu kelompok)"),
        _("Menurut bobotnya, {name} di urutan pertama pada setiap kelompok"),
        _("Dimensi dengan bobot terbesar di setiap kelompok: {names}"),
    )
    return lead.in_groups(table, "dimension_weight", "dimension_name", words)


def key_figures(
    judged: Judgements,
    weighed: pd.DataFrame,
    contributed: pd.DataFrame,
    threshold: float,
    found: pd.DataFrame,
    scale: object,
    confidence: float = 0.95,
) -> list[dict]:
    """The highest weight, how many units are consistent, the highest contribution.

    `weighed`: from `weights.city`; `contributed`: from `contributions`; `threshold`: of the
    consistency ratio; `found`: the table of claims; `scale`: that of contributions, as a text.
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
            "label": _(
                "perangkat daerah konsisten (rasio konsistensi di bawah {threshold})"
            ).format(threshold=number(threshold)),
            "detail": _(
                "di antara yang dihitung; {count} tidak dihitung; rasio konsistensi penilaian "
                "gabungan {ratio}"
            ).format(count=len(judged.units) - used, ratio=number(judged.combined)),
            "value": consistent,
        },
        {
            "shown": number(best["mean"]),
            "label": _("kontribusi tertinggi ({scale}): {names}").format(scale=scale, names=highest)
            if best["n"]
            else _("kontribusi tertinggi ({scale})").format(scale=scale),
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
    detail = aggregate.certainty(first["low"], first["high"], first["n"], confidence)
    if pd.notna(first["low"]):
        detail = _("selang {confidence}: {interval}% · n = {n}").format(
            confidence=percent(confidence),
            interval=interval(100 * first["low"], 100 * first["high"], 0),
            n=first["n"],
        )
    return {
        "shown": percent(first["dimension_weight"]),
        "label": _("bobot tertinggi: {name}").format(
            name=lead.named(weighed, "dimension_weight", "dimension_name") if known else "–"
        ),
        "detail": detail,
        "value": float(first["dimension_weight"]) if known else None,
        **quoted,
    }


def highest(table: pd.DataFrame, found: pd.DataFrame, confidence: float = 0.95) -> Finding:
    """The weightiest dimension and how sure that is; `table`: from `weights.city`."""
    rows = claims.of_kind(found, figures.LEADING)
    if rows.empty:
        return Finding(_("Bobot dimensi belum dihitung: belum ada perbandingan yang cukup."))
    first, row = table.iloc[0], rows.iloc[0]
    words = {
        levels.CLEAR: _("{names} dinilai paling penting bagi visi, dengan bobot {weight}."),
        levels.LIKELY: _(
            "{names} cenderung dinilai paling penting bagi visi, dengan bobot {weight}."
        ),
        levels.UNCLEAR: _("Yang dapat menjadi paling penting bagi visi: {names}."),
    }[row["level"]]
    names = listed(weightiest(table, found)["dimension_name"], lead.SHOWN)
    said = words.format(names=names, weight=percent(first["dimension_weight"]))
    quote = ledger.quoted(row, said, digits=3)
    if row["barred"]:
        return quote
    detail = _("Bobot {weight} ({details}). Selisih dengan yang terdekat {difference}").format(
        weight=number(first["dimension_weight"]),
        details=aggregate.in_sentence(first, confidence),
        difference=quote.detail,
    )
    return replace(quote, detail=detail)


def weightiest(table: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    """The dimension that leads, or those that may as long as it is unclear which does.

    `table`: from `weights.city`; `found`: the claims. None where nothing is concluded.
    """
    rows = claims.of_kind(found, figures.LEADING)
    if rows.empty or rows["barred"].iloc[0]:
        return table.head(0)
    if rows["level"].iloc[0] == levels.UNCLEAR:
        return table[table["rank_low"] == 1]
    return table[table["dimension"] == rows.index[0]]


def contributing(contributed: pd.DataFrame, found: pd.DataFrame) -> list[tuple[Finding, list[str]]]:
    """Which dimension contributes most to each element, with the dimensions that each names.

    The surest first. `contributed`: from `figures.contributions`; `found`: the table of claims.
    """
    words = {
        levels.CLEAR: _("Bagi {element}, kontribusi terbesar dari {names}."),
        levels.LIKELY: _("Bagi {element}, kontribusi terbesar cenderung dari {names}."),
        levels.UNCLEAR: _("Bagi {element}, kontribusi {names} sama-sama teratas."),
    }
    said = []
    for element, table in contributed.groupby("element", sort=False):
        name = table["element_name"].iloc[0]
        kind = figures.contribution(str(element))
        for dimension, row in claims.of_kind(found, kind).iterrows():
            ranked = table.sort_values("mean", ascending=False, kind="stable")
            first = ranked["dimension"] == dimension
            unclear = row["level"] == levels.UNCLEAR
            named = ranked[ranked["mean"] >= _second(ranked)] if unclear else ranked[first]
            headline = words[row["level"]].format(
                element=name, names=listed(named["dimension_name"], lead.SHOWN)
            )
            said.append((ledger.quoted(row, headline), list(named["dimension"])))
    order = [levels.CLEAR, levels.LIKELY, levels.UNCLEAR]
    return sorted(said, key=lambda each: order.index(each[0].level))


def _second(ranked: pd.DataFrame) -> float:
    """The mean of the second dimension, but for rounding."""
    return float(ranked["mean"].iloc[:2].min()) - lead.ROUNDING


def proposed(answers: pd.DataFrame, vision: str, units: int) -> Finding:
    """How many units proposed a sentence, and what most of them say beyond the city's `vision`."""
    written = vocabulary.sentences(answers)
    if written.empty:
        return Finding(_("Belum ada perangkat daerah yang mengusulkan kalimat visi."))
    counted = _("{n} dari {units} perangkat daerah mengusulkan kalimat visi.").format(
        n=len(written), units=units
    )
    shared = vocabulary.frequent(answers, vision, SHOWN, fresh=True)
    if shared.empty:
        none = _("Tidak ada kata kunci di luar visi resmi yang dipakai lebih dari satu usulan.")
        return Finding(counted, detail=none)
    words = [f"{row.word} ({percent(row.share)})" for row in shared.itertuples()]
    return Finding(
        _("Di luar visi resmi, yang paling sering diusulkan: {words}.").format(
            words=listed(shared["word"], SHOWN)
        ),
        detail=" ".join([counted, _("Bagian usulan: {words}.").format(words=listing(words))]),
    )

"""One unit against its group and the city, in every stage (Profil unit)."""

from collections.abc import Iterable

import pandas as pd

from analysis.text import _, listing, number, percent


def chosen(units: pd.DataFrame, unit: str = "") -> pd.Series:
    """The register row of `unit`; without one, of the first unit that answered.

    Raises ValueError when the unit has not answered or is unknown; the message lists the others.
    """
    answered = units[units["answered"]]
    if answered.empty:
        raise ValueError(_("Belum ada unit yang menjawab."))
    rows = answered[answered["unit"] == unit] if unit else answered
    if rows.empty:
        raise ValueError(
            _("Unit {unit} belum menjawab; pilihan: {choices}").format(
                unit=unit, choices=", ".join(answered["unit"])
            )
        )
    return rows.iloc[0]


def against(answers: pd.DataFrame, unit: str, item: str, value: str) -> pd.DataFrame:
    """What a unit said of each item beside its group and the city.

    `answers`: a row per unit and item with group and `name`. Returns a row per item that the unit
    answered: `item`, name, own, group_mean, city_mean (both with the unit itself), n_group,
    n_city, difference (own less city).
    """
    answered = answers.dropna(subset=value)
    mine = answered[answered["unit"] == unit].set_index(item)
    group = answered[answered["group"].isin(mine["group"])].groupby(item)[value]
    city = answered.groupby(item)[value]
    return (
        mine[["name", value]]
        .rename(columns={value: "own"})
        .assign(
            group_mean=group.mean().reindex(mine.index),
            n_group=group.count().reindex(mine.index),
            city_mean=city.mean().reindex(mine.index),
            n_city=city.count().reindex(mine.index),
            difference=lambda t: (t["own"] - t["city_mean"]).round(9),  # equal but for rounding
        )
        .rename_axis(item)
        .reset_index()
    )


def means(answers: pd.DataFrame, value: str) -> pd.DataFrame:
    """The mean of all that a unit said on a scale: unit, group, value."""
    return answers.groupby(["unit", "group"])[value].mean().rename("value").reset_index()


def proposed(ranking: pd.DataFrame, units: pd.DataFrame) -> pd.DataFrame:
    """How many complete proposals each unit that answered made: unit, group, value."""
    answered = units[units["answered"]]
    count = answered["unit"].map(ranking["unit"].value_counts()).fillna(0)
    return answered[["unit", "group"]].assign(value=count.astype(float))


def overview(measures: Iterable[tuple[str, str, pd.DataFrame]], unit: str) -> pd.DataFrame:
    """One line per measure of a stage: the unit beside its group and the city.

    `measures`: (stage, name, figures), the figures a row per unit with group and value. Returns
    the columns of `against` with stage; a measure without an answer of the unit has no line.
    """
    lines = [
        against(figures.assign(item=name, name=name), unit, "item", "value").assign(stage=stage)
        for stage, name, figures in measures
    ]
    return pd.concat(lines, ignore_index=True)


def top_weight(weights: pd.DataFrame, unit: str) -> tuple[str, pd.DataFrame]:
    """The dimension that a unit weighs most, and that dimension's weight in every unit.

    `weights`: `weights.of_units`. Without a complete matrix of the unit, no weights.
    """
    own = weights[weights["unit"] == unit]
    if own.empty:
        return "", weights.head(0).assign(value=None)
    first = own.loc[own["weight"].idxmax()]
    everyone = weights[weights["dimension"] == first["dimension"]]
    return first["dimension_name"], everyone.assign(value=everyone["weight"])


def strengths(indicators: pd.DataFrame, count: int = 3) -> pd.DataFrame:
    """The items in which a unit stands highest above the city, from `against`."""
    return indicators[indicators["difference"] > 0].nlargest(count, "difference")


def apart(items: pd.DataFrame, count: int = 5) -> pd.DataFrame:
    """The items in which a unit's answer lies farthest from the city's mean, either way."""
    order = items["difference"].abs().sort_values(ascending=False, kind="stable").index
    return items.loc[order].head(count)


def gaps(subdimensions: pd.DataFrame, count: int = 3) -> pd.DataFrame:
    """The items with the largest own gap, from `against` on the gap of each sub-dimension.

    Of equal gaps those come first that stand farthest above the city's mean.
    """
    return subdimensions[subdimensions["own"] > 0].nlargest(count, ["own", "difference"])


def heading_readiness(subelements: pd.DataFrame) -> str:
    """In how many sub-elements a unit stands above the city."""
    if subelements.empty:
        return _("Unit ini belum mengisi lembar kesiapan")
    above = int((subelements["difference"] > 0).sum())
    return _("Di atas rerata kota pada {above} dari {all} subelemen").format(
        above=above, all=len(subelements)
    )


def heading_strengths(strong: pd.DataFrame) -> str:
    """How many strengths there are to show."""
    if strong.empty:
        return _("Tidak ada indikator kesiapan di atas rerata kota")
    return _("Kekuatan: {count} indikator kesiapan yang paling jauh di atas rerata kota").format(
        count=len(strong)
    )


def heading_weak(weak: pd.DataFrame) -> str:
    """How many gaps there are to show."""
    if weak.empty:
        return _("Tidak ada kesenjangan yang dilihat unit ini")
    return _("Kesenjangan: {count} subdimensi dengan jarak terbesar ke sasaran").format(
        count=len(weak)
    )


def heading_gaps(gaps: pd.DataFrame) -> str:
    """How large the largest gap is that a unit sees, and in how many sub-dimensions."""
    if gaps.empty:
        return _("Unit ini belum mengisi lembar kesenjangan")
    largest = gaps["own"].max()
    return _("Kesenjangan terbesar {gap} tingkat, pada {count} dari {all} subdimensi").format(
        gap=number(largest, 0, sign=True), count=int((gaps["own"] == largest).sum()), all=len(gaps)
    )


def heading_weights(consistency: pd.DataFrame, unit: str) -> str:
    """How consistent a unit's comparisons are, or why they do not count.

    `consistency`: from `judgements.consistency`.
    """
    rows = consistency[consistency["unit"] == unit]
    if rows.empty:
        return _("Unit ini belum membandingkan dimensi")
    row = rows.iloc[0]
    if not row["used"]:
        return _("Bobot unit ini tidak dihitung: {reason}").format(reason=row["reason"])
    return _("Bobot dimensi menurut unit ini (rasio konsistensi {ratio})").format(
        ratio=number(row["ratio"])
    )


def heading_proposals(ranking: pd.DataFrame, unit: str) -> str:
    """How many complete proposals a unit made, and the best rank among all."""
    mine = ranking[ranking["unit"] == unit]
    if mine.empty:
        return _("Unit ini belum mempunyai usulan yang lengkap")
    return _("{count} usulan lengkap; peringkat terbaik {rank} dari {all}").format(
        count=len(mine), rank=number(mine["rank"].min(), 0), all=len(ranking)
    )


def heading_problems(problems: pd.DataFrame) -> str:
    """How much a unit has to mend."""
    if problems.empty:
        return _("Tidak ada yang perlu diperbaiki")
    return _("{count} hal untuk diperiksa").format(count=len(problems))


def key_figures(index: pd.DataFrame, gap: pd.DataFrame, completeness: pd.DataFrame) -> list[dict]:
    """Readiness index, mean gap and completeness of a unit, each beside group and city.

    `index`: `against` on the readiness index; `gap`: on the gaps; `completeness`: the unit's rows
    of the completeness table.
    """
    beside = _("kelompok {group}, kota {city} · n = 1, tanpa selang")
    figures = []
    if not index.empty:
        row = index.iloc[0]
        figures.append(
            {
                "shown": number(row["own"]),
                "label": _("Indeks kesiapan unit (1–5)"),
                "detail": beside.format(
                    group=number(row["group_mean"]), city=number(row["city_mean"])
                ),
                "value": row["own"],
            }
        )
    if not gap.empty:
        means = gap.iloc[0]
        figures.append(
            {
                "shown": number(means["own"], sign=True),
                "label": _("Rerata kesenjangan (sasaran − sekarang)"),
                "detail": beside.format(
                    group=number(means["group_mean"], sign=True),
                    city=number(means["city_mean"], sign=True),
                ),
                "value": means["own"],
            }
        )
    cells = completeness[["expected", "answered", "tb", "blank", "invalid"]].sum()
    share = float((cells["answered"] + cells["tb"]) / cells["expected"])
    figures.append(
        {
            "shown": percent(share),
            "label": _("pertanyaan wajib terisi"),
            "detail": _("{blank} kosong, {invalid} tidak terbaca, {tb} TB dari {expected}").format(
                **{name: number(cells[name], 0) for name in cells.index}
            ),
            "value": share,
        }
    )
    return figures


def findings(
    unit: pd.Series,
    index: pd.DataFrame,
    strong: pd.DataFrame,
    weak: pd.DataFrame,
    ranking: pd.DataFrame,
    problems: pd.DataFrame,
) -> list[str]:
    """What an office should know of its own answers, in sentences.

    One unit is one respondent, so nothing is said to differ beyond chance; only its own figures
    and the distance to the means are told.
    """
    sentences = []
    if not index.empty:
        row = index.iloc[0]
        sentences.append(
            _("{unit} menilai kesiapannya {own}; rerata kelompok {group}, kota {city}.").format(
                unit=unit["unit_name"],
                own=number(row["own"]),
                group=number(row["group_mean"]),
                city=number(row["city_mean"]),
            )
        )
    if not strong.empty:
        sentences.append(
            _("Paling menonjol di atas rerata kota: {names}.").format(
                names=listing(
                    _("{name} ({own}; kota {city})").format(
                        name=row.name, own=number(row.own, 0), city=number(row.city_mean)
                    )
                    for row in strong.itertuples(index=False)
                )
            )
        )
    if not weak.empty:
        sentences.append(
            _("Kesenjangan terbesar: {names}.").format(
                names=listing(
                    _("{name} ({gap} tingkat)").format(
                        name=row.name, gap=number(row.own, 0, sign=True)
                    )
                    for row in weak.itertuples(index=False)
                )
            )
        )
    sentences.append(f"{heading_proposals(ranking, unit['unit'])}.")
    errors = int((problems["severity"] == "error").sum())
    if errors:
        sentences.append(
            _("{count} hal perlu diperbaiki; lihat daftar di bawah.").format(count=errors)
        )
    sentences.append(
        _(
            "Satu unit adalah satu pengisi: selisih dengan rerata menunjukkan bahan percakapan, "
            "bukan bukti bahwa unit ini berbeda."
        )
    )
    return sentences

"""The profile of a unit in words."""

import pandas as pd

from analysis.text import N_, _, listing, number, percent

UNRATED = N_("Belum ada nilai unit ini pada lembar kesiapan")
UNTARGETED = N_("Belum ada nilai unit ini pada lembar kesenjangan")
NO_GAP = N_("Tidak ada kesenjangan yang dilihat unit ini")


def heading_readiness(subelements: pd.DataFrame) -> str:
    """In how many sub-elements a unit stands above the city."""
    if subelements.empty:
        return _(UNRATED)
    above = int((subelements["difference"] > 0).sum())
    return _("Di atas rerata kota pada {above} dari {all} subelemen").format(
        above=above, all=len(subelements)
    )


def heading_strengths(strong: pd.DataFrame, answered: bool = True) -> str:
    """How many strengths there are to show; `answered`: whether the unit rated any indicator."""
    if not answered:
        return _(UNRATED)
    if strong.empty:
        return _("Tidak ada indikator kesiapan di atas rerata kota")
    return _("Kekuatan: {count} indikator kesiapan yang paling jauh di atas rerata kota").format(
        count=len(strong)
    )


def heading_weak(weak: pd.DataFrame, answered: bool = True) -> str:
    """How many gaps there are to show; `answered`: whether the unit rated any sub-dimension."""
    if not answered:
        return _(UNTARGETED)
    if weak.empty:
        return _(NO_GAP)
    return _("Kesenjangan: {count} subdimensi dengan jarak terbesar ke sasaran").format(
        count=len(weak)
    )


def heading_gaps(gaps: pd.DataFrame) -> str:
    """How large the largest gap is that a unit sees, and in how many sub-dimensions."""
    if gaps.empty:
        return _(UNTARGETED)
    largest = gaps["own"].max()
    if largest <= 0:
        return _(NO_GAP)
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


def heading_notes(notes: pd.DataFrame) -> str:
    """How much a unit wrote beside its answers."""
    if notes.empty:
        return _("Unit ini belum menulis bukti atau catatan")
    return _("{count} bukti, alasan, atau catatan yang ditulis unit ini").format(count=len(notes))


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

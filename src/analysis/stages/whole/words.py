"""The profile of a unit in words."""

import re
from typing import Any

import pandas as pd

from analysis.stages.evidence.finding import Finding
from analysis.text import N_, _, listed, listing, number, percent

NAMED = 12  # blank questions that a finding names

UNRATED = N_("Belum ada nilai pada lembar kesiapan")
UNTARGETED = N_("Belum ada nilai pada lembar kesenjangan")
NO_GAP = N_("Tidak ada kesenjangan antara kondisi sekarang dan sasaran")


def heading_readiness(subelements: pd.DataFrame) -> str:
    """Which sub-elements are weakest, and in how many the unit stands above the city."""
    if subelements.empty:
        return _(UNRATED)
    above = int((subelements["difference"] > 0).sum())
    lowest = subelements[subelements["own"] == subelements["own"].min()]
    return _("Terlemah: {names}; di atas rerata kota pada {above} dari {all} bidang").format(
        names=listed(lowest["name"], 2), above=above, all=len(subelements)
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
        gap=_level(largest, sign=True), count=int((gaps["own"] == largest).sum()), all=len(gaps)
    )


def heading_weights(consistency: pd.DataFrame, unit: str) -> str:
    """How consistent a unit's comparisons are, or why they do not count.

    `consistency`: from `judgements.consistency`.
    """
    rows = consistency[consistency["unit"] == unit]
    if rows.empty:
        return _("Dimensi belum dibandingkan")
    row = rows.iloc[0]
    if not row["used"]:
        return _("Bobot tidak dihitung: {reason}").format(reason=row["reason"])
    return _("Bobot dimensi menurut perangkat daerah ini (rasio konsistensi {ratio})").format(
        ratio=number(row["ratio"])
    )


def heading_proposals(ranking: pd.DataFrame, unit: str) -> str:
    """How many complete proposals a unit made, and the best rank among all."""
    mine = ranking[ranking["unit"] == unit]
    if mine.empty:
        return _("Belum ada usulan program yang lengkap")
    return _("{count} usulan lengkap; peringkat terbaik {rank} dari {all}").format(
        count=len(mine), rank=number(mine["rank"].min(), 0), all=len(ranking)
    )


def heading_notes(notes: pd.DataFrame) -> str:
    """How much a unit wrote beside its answers."""
    if notes.empty:
        return _("Belum ada bukti atau catatan yang ditulis")
    return _("{count} bukti, alasan, atau catatan yang ditulis di samping jawaban").format(
        count=len(notes)
    )


def heading_blanks(blanks: pd.DataFrame) -> str:
    """How many required questions a unit left blank."""
    if blanks.empty:
        return _("Tidak ada pertanyaan wajib yang kosong")
    return _("{count} pertanyaan wajib masih kosong, menurut butir dan sel").format(
        count=len(blanks)
    )


def heading_problems(problems: pd.DataFrame) -> str:
    """How much else a unit has to mend."""
    if problems.empty:
        return _("Tidak ada isian lain yang perlu diperiksa")
    return _("{count} isian lain untuk diperiksa").format(count=len(problems))


def whose(people: int) -> str:
    """How many answered for a unit, whose figures have no interval."""
    if people == 1:
        return _("Satu pengisi, tanpa selang")
    return _("{n} pengisi, tanpa selang").format(n=people)


def _level(value: float, sign: bool = False) -> str:
    """A level as it was answered, or with a decimal as a mean of several respondents."""
    return number(value, 0 if value % 1 == 0 else 1, sign=sign)


def key_figures(
    index: pd.DataFrame,
    gap: pd.DataFrame,
    completeness: pd.DataFrame,
    levels: object,
    people: int = 1,
) -> list[dict]:
    """Readiness index, mean gap and completeness of a unit, each beside group and city.

    `index`: `against` on the readiness index; `gap`: on the gaps; `completeness`: the unit's rows
    of the completeness table; `levels`: the scale of readiness, as a text; `people`: how many
    answered for the unit.
    """
    beside = _("kelompok {group}, kota {city} · n = 1, tanpa selang")
    if people > 1:
        beside = _("kelompok {group}, kota {city}") + " · " + whose(people)
    figures = []
    if not index.empty:
        row = index.iloc[0]
        figures.append(
            {
                "shown": number(row["own"]),
                "label": _("Indeks kesiapan sendiri ({scale})").format(scale=levels),
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
            "detail": _("{blank} kosong, {invalid} tidak terbaca, {tb} TR dari {expected}").format(
                **{name: number(cells[name], 0) for name in cells.index}
            ),
            "value": share,
        }
    )
    return figures


def rated(
    subelements: pd.DataFrame,
    strong: pd.DataFrame,
    weak: pd.DataFrame,
    actions: pd.DataFrame,
    levels: Any,
) -> list[Finding]:
    """The sub-elements that an office rates highest and lowest.

    `subelements`, `strong` and `weak`: `beside.against`, and what comes first of it; `actions`:
    what the unit is to lead about sub-elements (item, action); `levels`: the scale of readiness.
    Few answered for one unit: its own figures are counts, and nothing is said to differ beyond
    chance.
    """
    above = _("Paling jauh di atas rerata kota: {names}.").format(
        names=listing(
            _("{name} ({own}; kota {city})").format(
                name=row.name, own=_level(row.own), city=number(row.city_mean)
            )
            for row in strong.itertuples(index=False)
        )
    )
    gaps = _("Di antara kesenjangan terbesar: {names}.").format(
        names=listing(
            _("{name} ({gap} tingkat)").format(name=row.name, gap=_level(row.own, sign=True))
            for row in weak.itertuples(index=False)
        )
    )
    above, gaps = above if len(strong) else "", gaps if len(weak) else ""
    if subelements.empty:
        return [Finding(_(UNRATED) + ".", detail=gaps)]
    best, worst = (
        subelements[subelements["own"] == end] for end in subelements["own"].agg(["max", "min"])
    )
    if len(best) == len(subelements) > 1:
        headline = _("Semua bidang kesiapan dinilai sama, {own} dari {most}.")
        detail = " ".join(filter(None, (above, gaps)))
        own = number(best["own"].iloc[0], 1)
        return [Finding(headline.format(own=own, most=levels.high), detail=detail)]
    led = actions[actions["item"].isin(worst["item"])]
    return [
        Finding(
            _("Kuat: {names}, bernilai {own}.").format(**_named(best)),
            detail=" ".join(filter(None, (_means(best, levels), above))),
        ),
        Finding(
            _("Lemah: {names}, bernilai {own}.").format(**_named(worst)),
            action="".join(led["action"].head(1)),
            detail=" ".join(filter(None, (_means(worst, levels), gaps))),
        ),
    ]


def _named(rows: pd.DataFrame) -> dict[str, str]:
    """Names as a headline bears them, and their value."""
    names = [re.sub(r" *\(.*?\)", "", name) for name in rows["name"]]
    return {"names": listed(names, 2), "own": number(rows["own"].iloc[0], 1)}


def _means(rows: pd.DataFrame, levels: object) -> str:
    """What the group and the city say of the same, on average."""
    return _("Rerata pada skala {scale}: {means}.").format(
        scale=levels,
        means="; ".join(
            _("{name} {own}, kelompok {group}, kota {city}").format(
                name=row.name,
                own=number(row.own),
                group=number(row.group_mean),
                city=number(row.city_mean),
            )
            for row in rows.itertuples(index=False)
        ),
    )


def complete(unit: pd.Series, blanks: pd.DataFrame) -> Finding:
    """How many required questions an office left blank, and that it should fill them.

    `blanks`: its rows of `Survey.blanks`.
    """
    if blanks.empty:
        return Finding(_("Lengkap: tidak ada pertanyaan wajib yang kosong."))
    counts = blanks["sheet"].value_counts(sort=False)
    sheets = counts.sort_values(ascending=False, kind="stable").index
    said = (
        _("Lengkapi: {count} pertanyaan wajib masih kosong, terbanyak di lembar {sheet}.")
        if len(sheets) > 1
        else _("Lengkapi: {count} pertanyaan wajib masih kosong di lembar {sheet}.")
    )
    return Finding(
        said.format(count=len(blanks), sheet=sheets[0]),
        action=_(
            "{unit} melengkapi {count} pertanyaan di lembar {sheets} sebelum laporan berikutnya."
        ).format(unit=unit["unit_short"], count=len(blanks), sheets=listed(sheets, 3)),
        detail=_("Yang kosong: {names}.").format(names=listed(blanks["name"], NAMED)),
    )


def proposed(ranking: pd.DataFrame, unit: str) -> Finding:
    """How many complete proposals a unit made, and how its best one stands among all."""
    mine = ranking[ranking["unit"] == unit]
    if mine.empty:
        return Finding(heading_proposals(ranking, unit) + ".")
    return Finding(
        _("Usulan: {count} program lengkap, yang terbaik berperingkat {rank}.").format(
            count=len(mine), rank=number(mine["rank"].min(), 0)
        ),
        detail=heading_proposals(ranking, unit) + ".",
    )

"""Two periods of a small city: what pairs, what is left out, and what is said of the change."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analysis.refusals import Unfit
from analysis.stages.whole import change, change_figures
from analysis.stages.whole.pairing import Pairing
from tests.stages.answers import INSTRUMENT, Answers
from tests.stages.sentences import silent_of_nan

UNITS = [f"u{n:02}" for n in range(12)]
READY = {"A1": "a", "A2": "a", "B1": "b", "B2": "b"}  # item -> its sub-element
GAP = ("G1", "G2")
LEVELS = {5: "1 Buruk; 2; 3; 4; 5 Baik", 7: "1 Buruk; 2; 3; 4; 5; 6; 7 Baik"}
SETTINGS = Answers({}).settings


def asked(**worded: str) -> pd.DataFrame:
    """The questions of a period; `worded`: by item, another wording than its own."""
    rows = [("readiness", item, "level", f"N {item}", "Tingkat") for item in READY]
    rows += [("gap", item, kind, f"N {item}", kind.title())
             for item in GAP for kind in ("current", "target")]  # fmt: skip
    table = pd.DataFrame(rows, columns=["table", "item", "kind", "name", "scale_name"])
    statement = [worded.get(item, f"Kami punya {item}.") for item in table["item"]]
    return table.assign(statement=statement, heading=table["scale_name"], levels=LEVELS[5],
                        low=1.0, high=5.0)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Period(Answers):
    """A survey of one period; `register`: unit and what it was made of."""

    period: str = "2024"
    sample: bool = True
    scales: pd.DataFrame = field(default_factory=asked)
    register: dict[str, tuple[str, ...]] = field(default_factory=dict)
    silent: tuple[str, ...] = ()

    @property
    def units(self) -> pd.DataFrame:
        made = pd.DataFrame({"unit": list(self.register)}).assign(
            predecessors=list(self.register.values()), group="g", group_name="G", weight=1.0
        )
        made["unit_name"] = "Unit " + made["unit"]
        sent = ~made["unit"].isin(self.silent)
        return made.assign(unit_short=made["unit"], sent=sent, answered=sent, coordinator=False)

    @property
    def groups(self) -> dict[str, str]:
        return {"g": "G"}

    @property
    def asked(self) -> Any:
        return self.scales.drop_duplicates("item")


def survey(
    period: str, level: Any = 3.0, gap: Any = (2.0, 4.0), times=3.0, units=UNITS, **given
) -> Period:
    """A period in which every unit answers `level` (a value, or one by unit) everywhere.

    `gap`: the same for the present condition and the target; `times`: how many times more the one
    dimension matters than the other.
    """
    register = given.pop("register", dict.fromkeys(units, ()))
    made = Period({}, period=period, register=register, **given)
    known = made.units[made.units["sent"]][["unit", "unit_name", "group", "group_name"]]

    def rows(table: str, **values: Any) -> pd.DataFrame:
        items = items_of(made, table)[["item"]]
        table_ = known.merge(items, how="cross").assign(tb=False)
        for name, value in values.items():
            by_unit = value if isinstance(value, dict) else dict.fromkeys(register, value)
            table_[name] = table_["unit"].map(by_unit).astype(float)
        return table_.merge(items_of(made, table), on="item")

    tables = {
        "readiness": rows("readiness", level=level),
        "gap": rows("gap", current=gap[0], target=gap[1], importance=3.0),
    }
    sides = {"left": "l", "right": "r"}
    pair = {f"{side}{end}": id for side, id in sides.items() for end in ("", "_name", "_short")}
    tables["pairs"] = known.assign(item="P1", more="A", strength=times, **pair)
    items = {n: items_of(made, n).rename(columns={"item": "code"}) for n in ("readiness", "gap")}
    items["pairs"] = pd.DataFrame([{"code": "P1"} | pair])
    asked = tuple(replace(t, items=items.get(t.name, t.items)) for t in INSTRUMENT.tables)
    return replace(made, tables=tables, instrument=replace(INSTRUMENT, tables=asked))


def items_of(made: Period, table: str) -> pd.DataFrame:
    """The items of a table with their names, weights and categories."""
    part = made.asked[made.asked["table"] == table][["item", "name"]]
    if table == "gap":
        own = {f"subdimension{end}": part["item"] for end in ("", "_name", "_short")}
        return part.assign(dimension="d", dimension_name="D", dimension_short="D", **own)
    parts = part["item"].map(READY).fillna("b")
    names = {f"subelement{end}": parts for end in ("", "_name", "_short")}
    return part.assign(**names, element="e", element_name="E", element_short="E", weight=1.0)


def changed(earlier: Period, later: Period) -> change.Change:
    return change.of(later, earlier=earlier)


def without(item: str) -> pd.DataFrame:
    return asked().query("item != @item")


def test_equal_answers_have_not_moved():
    levels = dict(zip(UNITS, np.resize([2.0, 3.0, 4.0], len(UNITS)), strict=True))
    stage = changed(survey("2023", levels), survey("2024", levels))
    assert (stage.found["value"] == 0).all() and set(stage.found["level"]) == {"unclear"}
    assert stage.subelements[["rose", "fell"]].sum().sum() == 0
    assert (stage.subelements["stayed"] == 12).all() and (
        stage.subelements["persistence"] == 1
    ).all()
    assert set(stage.bridge["change"]) == {0.0}
    assert stage.whole_way["covered"].item() == 0
    assert "sama pada kedua periode" in stage.findings[1].headline
    assert set(stage.found["id"]) == {"change.index.overall", "change.a.part", "change.b.part"}


def test_every_unit_a_level_up_is_clear_and_told_first():
    levels = dict(zip(UNITS, np.resize([2.0, 3.0], len(UNITS)), strict=True))
    up = {unit: level + 1 for unit, level in levels.items()}
    stage = changed(survey("2023", levels), survey("2024", up))
    assert stage.findings[0].headline == (
        "Kesiapan perangkat daerah yang sama naik 1,0 tingkat sejak 2023."
    )
    assert stage.findings[0].level == "clear" and stage.findings[0].claim == "change.index.overall"
    assert stage.findings[2].headline == "Naik sejak 2023: a dan b."
    down = changed(survey("2023", up), survey("2024", levels))
    assert down.findings[0].headline.startswith("Kesiapan perangkat daerah yang sama turun 1,0 ")
    assert down.findings[2].headline == "Turun sejak 2023: a dan b."
    primary = stage.found[stage.found["primary"]]
    assert primary["id"].tolist() == ["change.index.overall"]
    assert primary["alpha"].tolist() == [pytest.approx(0.04)]
    assert stage.found[~stage.found["primary"]]["alpha"].tolist() == [pytest.approx(0.005)] * 2


@pytest.mark.parametrize(
    ("before", "now", "cause"),
    [
        ({}, {"A1": "kami  PUNYA a1. "}, ""),  # only case and spaces
        ({}, {"A1": "Kami tidak punya A1."}, "bunyinya berubah"),
        ({"A1": "Kami tidak punya A1."}, {}, "bunyinya berubah"),
    ],
)
def test_a_question_is_the_same_by_its_wording(before, now, cause):
    pairing = Pairing(survey("2023", scales=asked(**before)), survey("2024", scales=asked(**now)))
    out = pairing.items_left_out
    assert out[["item", "cause"]].to_numpy().tolist() == ([["A1", cause]] if cause else [])
    assert ("A1" in set(pairing.both("readiness")[1]["item"])) is not bool(cause)


def test_questions_that_came_or_went_or_have_another_scale_are_listed_and_left_out():
    seven = asked()
    seven.loc[seven["item"].eq("G1") & seven["kind"].eq("target"), ["levels", "high"]] = (
        LEVELS[7],
        7,
    )
    seven.loc[seven["item"] == "A2", "item"] = "A9"
    pairing = Pairing(survey("2023"), survey("2024", scales=seven))
    out = pairing.items_left_out
    assert out[["item", "scale_name", "cause"]].to_numpy().tolist() == [
        ["A9", "Tingkat", "baru ditanyakan"],
        ["G1", "Target", "skalanya berubah"],
        ["A2", "Tingkat", "tidak ditanyakan lagi"],
    ]
    stage = changed(survey("2023"), survey("2024", scales=seven))
    assert stage.titles["items_left_out"] == (
        "Pertanyaan yang tidak dibandingkan: 2; hanya sebagian skalanya: 1"
    )
    assert stage.findings[1].headline.endswith(
        "12 perangkat daerah dan 5 pertanyaan. Dari pertanyaan itu 1 hanya sebagian skalanya yang "
        "sama."
    )
    before, after = pairing.both("gap")
    assert after.loc[after["item"] == "G1", "current"].notna().all()  # its other scale is the same
    assert after.loc[after["item"] == "G1", "target"].isna().all()
    assert before.loc[before["item"] == "G2", "target"].notna().all()
    assert set(pairing.both("readiness")[0]["item"]) == {"A1", "B1", "B2"}


def test_a_table_that_only_one_period_has_is_left_out_whole():
    more = asked()
    own = more.query("table == 'gap'").assign(table="warga", item=lambda t: "W" + t["item"])
    more = pd.concat([more, own], ignore_index=True)
    for earlier, later, cause in (
        (survey("2023"), survey("2024", scales=more), "baru ditanyakan"),
        (survey("2023", scales=more), survey("2024"), "tidak ditanyakan lagi"),
    ):
        stage = changed(earlier, later)
        assert set(stage.items["item"]) == {*READY, *GAP}
        assert set(stage.items_left_out["cause"]) == {cause}


def test_where_no_question_is_the_same_every_part_says_so():
    other = asked(**{item: f"Apakah ada {item}?" for item in (*READY, *GAP)})
    stage = changed(survey("2023"), survey("2024", scales=other))
    assert stage.items.empty and stage.subelements["change"].isna().all()
    told = [*stage.findings, *stage.quality]
    texts = [text for f in told for text in (f.headline, f.detail)]
    assert silent_of_nan(*texts, *stage.titles.values())
    assert stage.way["covered"].isna().all() and stage.key_figures


@pytest.mark.parametrize(
    ("column", "now", "told"),
    [
        ("levels", "1 Baik; 2; 3; 4; 5 Buruk", ["skalanya berubah", LEVELS[5]]),
        ("heading", "Mutu", ["bunyinya berubah", "Tingkat: Kami punya A1."]),
    ],
)
def test_a_question_is_another_where_its_levels_or_its_heading_mean_something_else(
    column, now, told
):
    scales = asked()
    scales.loc[scales["item"] == "A1", column] = now
    pairing = Pairing(survey("2023"), survey("2024", scales=scales))
    out = pairing.items_left_out
    assert out[["item", "cause", "asked_before"]].to_numpy().tolist() == [["A1", *told]]
    assert now in out["asked_now"].item() and "A1" not in set(pairing.both("readiness")[1]["item"])
    scales.loc[scales["item"] == "A1", column] = f"  {asked()[column].iloc[0].upper()} "
    assert Pairing(survey("2023"), survey("2024", scales=scales)).items_left_out.empty


def test_a_target_asked_otherwise_is_no_target_of_the_earlier_period():
    scales = asked()
    scales.loc[scales["kind"] == "target", "heading"] = "Sasaran sepuluh tahun"
    stage = changed(survey("2023"), survey("2024", gap=(3.0, 5.0), scales=scales))
    assert stage.way["target"].isna().all() and stage.way["covered"].isna().all()
    assert stage.items.query("item == 'G1'")["kind"].tolist() == ["current"]


def test_offices_that_came_went_merged_or_are_silent_are_listed_and_left_out():
    earlier = survey("2023", units=[*UNITS, "gone", "one", "two"], silent=("u01",))
    register = dict.fromkeys([*UNITS, "came"], ()) | {"one": ("one", "two")}
    later = survey("2024", register=register, silent=("u02",))
    pairing = Pairing(earlier, later)
    assert pairing.units_left_out[["unit", "cause"]].to_numpy().tolist() == [
        ["u01", "tidak menjawab pada 2023"],
        ["u02", "tidak menjawab pada 2024"],
        ["came", "baru"],
        ["one", "dibentuk dari Unit one dan Unit two"],
        ["gone", "tidak ada lagi"],
        ["two", "dilebur ke dalam Unit one"],
    ]
    assert set(pairing.paired) == set(UNITS) - {"u01", "u02"}
    assert set(pairing.both("readiness")[0]["unit"]) == set(pairing.paired)
    # Those two might have answered anything: a tenth level of two of twelve units turns no level.
    stage = changed(earlier, later)
    row = stage.found.loc[("overall", "index")]
    assert row["n"] == 10 and (row["worst"], row["best"]) == pytest.approx((-8 / 12, 8 / 12))


def test_an_office_that_took_another_in_or_gave_a_part_away_is_another():
    """Whether a register names it among what it was made of or not."""
    register = dict.fromkeys(UNITS, ()) | {"u00": ("gone",), "part": ("u01",)}
    earlier = survey("2023", units=[*UNITS, "gone"])
    pairing = Pairing(earlier, survey("2024", register=register))
    assert set(pairing.paired) == set(UNITS) - {"u00", "u01"}
    assert pairing.units_left_out[["unit", "cause"]].to_numpy().tolist() == [
        ["u00", "dibentuk dari Unit gone"],
        ["u01", "dilebur ke dalam Unit part"],
        ["part", "dibentuk dari Unit u01"],
        ["gone", "dilebur ke dalam Unit u00"],
    ]


def test_what_was_merged_before_both_periods_is_copied_and_parts_nobody():
    register = dict.fromkeys(UNITS, ()) | {"u00": ("u00", "gone"), "part": ("u01",)}
    earlier, later = (survey(period, register=register) for period in ("2024", "2025"))
    pairing = Pairing(earlier, later)
    assert set(pairing.paired) == set(register) and pairing.units_left_out.empty


def test_what_a_unit_did_not_answer_in_both_counts_in_neither():
    earlier, later = survey("2023", 3.0), survey("2024", 3.0)
    ready = later.tables["readiness"].copy()
    ready.loc[ready["unit"].eq("u00") & ready["item"].eq("A1"), "level"] = np.nan
    old = earlier.tables["readiness"].copy()
    old.loc[old["unit"].eq("u00") & old["item"].eq("A1"), "level"] = 1.0  # makes no rise
    old.loc[old["unit"].eq("u01") & old["item"].eq("A1"), ["level", "tb"]] = [np.nan, True]
    stage = changed(
        replace(earlier, tables=earlier.tables | {"readiness": old}),
        replace(later, tables=later.tables | {"readiness": ready}),
    )
    assert stage.overview["change"].tolist() == [0, 0]
    item = stage.items.query("item == 'A1'").iloc[0]
    assert (item["n"], item["change"]) == (10, 0)
    # One blank beside another indicator of the sub-element: from 1 to 5, over twelve units. What is
    # not relevant could be nothing else.
    row = stage.found.loc[("part", "a")]
    assert (row["worst"], row["best"]) == pytest.approx((0 / 12, 4 / 2 / 12))


def test_the_published_difference_is_made_of_three_parts():
    # By hand: 2023 has A2 at 5 and a unit that went at 5; all else is 3, in 2024 everything is 4.
    earlier = survey("2023", dict.fromkeys(UNITS, 3.0) | {"gone": 5.0}, units=[*UNITS, "gone"])
    old = earlier.tables["readiness"]
    old.loc[old["item"] == "A2", "level"] = 5.0
    stage = changed(earlier, survey("2024", 4.0, scales=without("A2")))
    made = stage.bridge.set_index("item")
    # Sub-element a: (3 + 5) / 2 = 4 and b 3, so 3.5; the unit that went 5: (12 x 3.5 + 5) / 13.
    published = 4 - (12 * 3.5 + 5) / 13
    on_items = 4 - (12 * 3 + 5) / 13
    assert made.loc["published", "change"] == pytest.approx(published)
    assert made.loc["same", ["earlier", "later", "change"]].tolist() == pytest.approx([3, 4, 1])
    assert made.loc["items", "change"] == pytest.approx(published - on_items)
    assert made.loc["units", "change"] == pytest.approx(on_items - 1)
    parts = made.loc[["same", "items", "units"], "change"].sum()
    assert parts == pytest.approx(made.loc["published", "change"])
    assert stage.findings[-1].headline.startswith("Indeks yang terbit berubah lain")


def test_the_earlier_target_against_todays_condition():
    starts = dict(zip(UNITS, np.resize([1.0, 2.0], len(UNITS)), strict=True))
    earlier = survey("2023", gap=(starts, 4.0))
    half = {unit: level + 1 for unit, level in starts.items()}
    stage = changed(earlier, survey("2024", gap=(half, 1.0)))  # today's own target says nothing
    row = stage.way.iloc[0]
    assert row[["start", "target", "now", "n"]].tolist() == [1.5, 4.0, 2.5, 12]
    assert row["covered"] == pytest.approx(100 * 1 / 2.5)
    assert row["covered_low"] <= row["covered"] <= row["covered_high"]
    assert stage.pace == 20
    assert "ditempuh 40%" in stage.findings[-2].headline
    assert "akan menempuh 20% pada 2024" in stage.findings[-2].detail
    back = changed(survey("2023", gap=(half, 4.0)), survey("2024", gap=(starts, 4.0)))
    assert back.way["covered"].iloc[0] == pytest.approx(-100 / 1.5)
    assert back.findings[-2].headline.startswith("Kondisi menjauh")


def test_without_a_target_above_the_condition_there_is_no_way():
    targets = dict(zip(UNITS, np.resize([5.0, 2.0], len(UNITS)), strict=True))  # half a level up
    stage = changed(survey("2023", gap=(3.0, targets)), survey("2024", gap=(4.0, 5.0)))
    assert stage.way["covered"].isna().all()
    assert "tidak jelas di atas keadaan waktu itu" in stage.findings[-2].headline
    assert len(stage.key_figures) == 3  # none on the way


@pytest.mark.parametrize(
    ("earlier", "later", "years"),
    [("2023", "2024", 1), ("2022-2", "2024-1", 2), ("awal", "2024", None), ("2024", "kini", None)],
)
def test_the_pace_is_known_where_periods_are_years(earlier, later, years):
    assert change_figures.years(earlier, later) == years
    stage = changed(survey(earlier), survey(later))
    assert stage.pace == (None if years is None else 20 * years)


def test_sample_and_real_answers_are_never_compared():
    with pytest.raises(Unfit, match="CONTOH"):
        changed(survey("2023", sample=True), survey("2024", sample=False))
    assert changed(survey("2023", sample=False), survey("2024", sample=False)).found is not None


def test_thresholds_of_both_periods_stand_beside_each_other():
    other = SETTINGS.model_copy(
        update={"thresholds": SETTINGS.thresholds.model_copy(update={"readiness": 3.1})}
    )
    stage = changed(survey("2023"), survey("2024", settings=other))
    row = stage.thresholds.set_index("item").loc["readiness"]
    assert (row["earlier"], row["later"]) == (2.6, 3.1)
    said = [finding.headline for finding in stage.quality]
    assert "Ambang berubah antara kedua periode: batas siap." in said
    assert "Peringkat tidak dibandingkan antarperiode." in said
    same = changed(survey("2023"), survey("2024"))
    assert not any("Ambang" in finding.headline for finding in same.quality)


def test_weights_are_compared_where_the_dimensions_are_the_same():
    earlier, later = survey("2023", times=3.0), survey("2024", times=1.0, silent=("u01",))
    table = changed(earlier, later).weights.set_index("dimension")
    assert table[["earlier", "later", "change"]].to_numpy() == pytest.approx(
        np.array([[0.75, 0.5, -0.25], [0.25, 0.5, 0.25]])
    )
    assert table["n"].tolist() == [11, 11]
    later.instrument.table("pairs").items["right_name"] = "Lain"
    stage = changed(earlier, later)
    assert stage.weights.empty and "tidak dibandingkan" in stage.titles["weights"]


def lacking(made: Period, *names: str) -> Period:
    """The same period of a questionnaire without these tables."""
    kept = tuple(t for t in made.instrument.tables if t.name not in names)
    scales = made.scales[~made.scales["table"].isin(names)]
    return replace(made, instrument=replace(made.instrument, tables=kept), scales=scales)


@pytest.mark.parametrize("which", [0, 1])
def test_what_one_period_lacks_empties_only_what_stands_on_it(which):
    def without_them(*names):
        both = [survey("2023", gap=(2.0, 4.0)), survey("2024", 4.0)]
        both[which] = lacking(both[which], *names)
        return changed(*both)

    stage = without_them("gap")
    assert stage.way.empty and stage.whole_way.empty and stage.way_limits is None
    assert stage.titles["way"] == "Jalan ke sasaran dari 2023 belum dapat dihitung"
    assert stage.titles["remaining"].startswith("Belum ada kondisi")
    assert stage.findings[-2].headline.startswith("Belum ada kondisi")
    assert "–" in stage.way_label and len(stage.weights) and len(stage.key_figures) == 3
    stage = without_them("pairs", "contribution")
    assert stage.weights.empty and "tidak dibandingkan" in stage.titles["weights"]
    assert stage.whole_way["n"].item() == 12 and stage.way_limits == (1, 5)
    with pytest.raises(Unfit, match="2023: Tahap" if which == 0 else "^Tahap Perubahan"):
        without_them("readiness")


@pytest.mark.parametrize("count", [0, 2])
def test_few_or_no_common_offices_are_said_and_nothing_breaks(count):
    others = [f"x{n}" for n in range(12 - count)]
    stage = changed(survey("2023"), survey("2024", 4.0, units=[*UNITS[:count], *others]))
    told = [*stage.findings, *stage.quality]
    texts = [text for f in told for text in (f.headline, f.detail)]
    shown = [str(figure) for figure in stage.key_figures]
    assert silent_of_nan(*texts, *stage.titles.values(), *(s for s in shown if "None" not in s))
    assert "clear" not in {finding.level for finding in told}
    frames = (stage.overview, stage.subelements, stage.items, stage.bridge, stage.way)
    assert all(isinstance(frame, pd.DataFrame) for frame in frames)
    if not count:
        assert stage.findings[0].headline == (
            "Belum ada perangkat daerah yang menjawab pada kedua periode."
        )


def test_the_source_names_both_periods():
    stage = changed(survey("2023"), survey("2024"))
    assert stage.source == "uji; dibandingkan dengan 2023"
    assert stage.source.parameters["earlier"] == "2023"

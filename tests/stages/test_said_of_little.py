"""Surveys of equal answers, of one unit, of two: nothing is claimed, nothing wins, no NaN."""

import re

import numpy as np
import pandas as pd
import pytest

from analysis import levels
from analysis.stages import future, gap, readiness, swot, vision
from analysis.stages.coordination import diagnostics
from analysis.stages.evidence import claims, lead, ledger
from analysis.stages.future import drivers, scenarios
from analysis.stages.gap import obstacles
from analysis.stages.vision import consistency, judgements, weights
from analysis.stages.whole import beside, words
from analysis.text import bare
from tests.claimed import claimed
from tests.stages.answers import Answers, sorting
from tests.stages.sentences import shown, silent_of_nan

ELEMENTS = {"sehat": "Sehat", "maju": "Maju"}
OBSTACLES = pd.Series({"p": "SDM", "b": "Anggaran"})
COUNTS = [1, 2, 12]
FEW = "erlalu sedikit perangkat daerah untuk mengatakan bahwa "
DOUBTS = ("sama-sama teratas", FEW)
WINNERS = (
    "tertinggi dan di atas",
    "pasti berbobot",
    "di bawah batas siap 3,0: ",
    "tertinggi dalam",
)


def units(count: int) -> pd.DataFrame:
    table = pd.DataFrame({"unit": [f"u{n:02}" for n in range(count)], "answered": True})
    table["unit_name"] = table["unit_short"] = table["unit"].str.upper()
    table["group"] = ["dinas" if n % 2 else "badan" for n in range(count)]
    return table.assign(group_name=table["group"].str.title())


def asked(count: int, **columns) -> pd.DataFrame:
    """Every unit answers three items A, B and C alike."""
    rows = pd.DataFrame({"item": list("ABC"), "name": list("ABC"), "tb": False})
    scheme = {}
    for key in ("steep", "pestel", "element", "subelement", "dimension", "subdimension"):
        scheme |= {key: list("ABC"), f"{key}_name": list("ABC"), f"{key}_short": list("ABC")}
    rows = rows.assign(**scheme, weight=1.0, **columns)
    return units(count).merge(rows, how="cross")


def no_winner(*texts: str) -> bool:
    """Nothing is NaN, and no one of three equals stands alone as the first."""
    said = "\n".join(texts)
    assert silent_of_nan(said)
    claimed = [line for line in said.splitlines() if not any(d in line for d in DOUBTS)]
    return not any(word in line for line in claimed for word in WINNERS)


def told(made) -> list[str]:
    """All that a stage says in sentences, the titles of its pictures among them."""
    said = [*made.findings, *made.quality]
    return [*(f"{f.headline} {f.detail}" for f in said), *made.titles.values()]


@pytest.mark.parametrize("count", COUNTS)
def test_readiness_of_equal_answers(count):
    answers = asked(count, level=3.0)
    made = readiness.of(Answers({"readiness": answers}), threshold=3.0)
    assert set(made.found["level"]) == {"unclear"}
    assert made.reliability.alpha is None
    figures = made.key_figures
    assert figures[1]["label"] == "rerata terendah: A, B, dan C"
    assert figures[2]["label"] == "rerata tertinggi: A, B, dan C"
    assert made.titles["by_group"].endswith(": A, B, dan C")
    assert no_winner(*told(made), shown(figures))
    assert made.findings[0].headline == (
        "Kesiapan kota 3,0 dari 5, di sekitar batas siap."
        if count == 12
        else "Indeks kesiapan di sekitar batas siap 3,0."
    )
    own = beside.against(answers, "item", "level").query("unit == 'u00'")
    assert words.heading_readiness(own).endswith("; di atas rerata kota pada 0 dari 3 bidang")
    assert (beside.apart(own)["difference"] == 0).all()
    assert beside.strengths(own).empty


@pytest.mark.parametrize("count", COUNTS)
def test_gaps_of_equal_answers(count):
    answers = asked(count, current=3.0, target=3.0, importance=4.0, obstacle="p")
    made = gap.of(Answers({"gap": answers}, instrument=sorting("obstacle", OBSTACLES)))
    clear = made.found[made.found["level"] != "unclear"].index.get_level_values("kind")
    assert set(clear) <= {obstacles.LEADING}
    figures = made.key_figures
    assert figures[1]["label"] == "kesenjangan berbobot tertinggi: A, B, dan C"
    assert made.weighted["rank"].tolist() == [1, 1, 1]
    assert made.quadrants["quadrant"].tolist() == ["B"] * 3
    assert made.titles["weighted"] == "Dapat berkesenjangan berbobot tertinggi: A, B, dan C"
    equals = [said for said in told(made) if not said.startswith(("A, B, dan C", "SDM"))]
    assert no_winner(*equals, shown(figures[:3]))
    assert silent_of_nan(*told(made), shown(figures))
    assert made.findings[0].headline == (
        "Sasaran lima tahun kota belum jelas di atas atau di bawah kondisi sekarang."
    )


@pytest.mark.parametrize("count", COUNTS)
def test_drivers_of_equal_answers(count):
    answers = asked(count, impact=3.0, uncertainty=3.0)
    found = claimed(drivers.comparisons(answers, 3.0, (1, 5), count), answers)
    table, none = drivers.classified(answers, 3.0, (1, 5), found), drivers.concordance(answers)
    assert set(found["level"]) == {levels.UNCLEAR} and none.reason == (
        "few" if count < 2 else "constant"
    )
    assert set(table["class"]) == {drivers.MONITOR}
    own = pd.DataFrame({"unit_name": []})
    figures = future.words.key_figures(table, none, found, "1–25")
    assert figures[1]["label"].endswith(": A, B, dan C")
    said = [
        *(finding for finding, _items in future.words.findings(table, found)),
        *future.words.quality(future.words.agreed(none, none, found), own, found),
        scenarios.finding(scenarios.pair(answers, table, 3.0)),
    ]
    sentences = [f"{f.headline} {f.detail}" for f in said]
    title = future.words.heading_product(table, found)
    assert no_winner(*sentences, title, shown(figures[:1])) and silent_of_nan(shown(figures))
    assert title == "Teratas menurut reratanya saja: “A”, “B”, dan “C”"
    assert said[0].headline == "Tidak ada pendorong yang berdampak besar dan sulit ditebak."


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("rating", [2.0, 3.0])
def test_factors_of_equal_answers(count, rating):
    answers = asked(count, importance=3.0, rating=rating)
    stage = swot.of(
        Answers({"swot": answers, "external": answers, "external_own": answers.head(0)})
    )
    outside = stage.external
    found = pd.concat([stage.found, outside.found])
    high = rating > 2.5
    assert (found["level"] == "clear").any() == (count == 12)  # all say the same: few prove nothing
    assert found["above"].all() == high or found["primary"].any()
    assert stage.position.quadrant == ("I" if high else "IV")
    assert outside.key_figures[1]["label"] == (
        f"{'peluang' if high else 'ancaman'} paling berbobot: A, B, dan C"
    )
    level = "jelas" if count == 12 else "belum jelas"
    assert stage.key_figures[0]["detail"].startswith(level + ";")
    figures = outside.key_figures + stage.key_figures
    said = [f.headline + f.detail for f in outside.findings + stage.findings]
    assert silent_of_nan(*said, shown(figures))
    greater, less = ("peluang", "ancaman") if high else ("ancaman", "peluang")
    balance = f"{greater} dari luar lebih besar daripada {less}."
    assert outside.findings[0].headline == (
        balance.capitalize() if count == 12 else f"T{FEW}{balance}"
    )


@pytest.mark.parametrize("count", COUNTS)
@pytest.mark.parametrize("text", ["yang untuk dari", "2024!", "maju"])
def test_a_vision_of_equal_answers_and_of_function_words(count, text):
    pairs = pd.DataFrame(
        [(left, left, left, right, right, right) for left, right in ("AB", "AC", "BC")],
        columns=[f"{s}{end}" for s in ("left", "right") for end in ("", "_name", "_short")],
    ).assign(item=lambda t: t["left"] + t["right"], more="A", strength=1.0)  # fmt: skip
    judged = judgements.judge(units(count).merge(pairs, how="cross"), strongest=9)
    answers = asked(count, sehat=3.0, maju=3.0)
    found = claimed(
        vision.figures.comparisons(judged, answers, ELEMENTS, (1, 5), count), units(count)
    )
    assert (found["level"] == "unclear").all()
    sentences = units(count).assign(text=text)
    table, weighed = vision.figures.contributions(answers, ELEMENTS, (1, 5)), weights.city(judged)
    figures = vision.words.key_figures(judged, weighed, table, 0.10, found, "1–5")
    findings = [
        vision.words.highest(weighed, found),
        *(finding for finding, _items in vision.words.contributing(table, found)),
        vision.words.proposed(sentences, "", count),
    ]
    said = [
        *(f"{finding.headline} {finding.detail}" for finding in findings),
        vision.words.heading_weights(weighed, found),
        vision.words.heading_groups(weights.by_group(judged)),
        vision.words.heading_contributions(table, found),
        consistency.heading_effect(judged, found),
    ]
    assert no_winner(*said) and silent_of_nan(shown(figures))
    alike = "Yang dapat menjadi paling penting bagi visi: [ABC], [ABC], dan [ABC][.] "
    few = f"Tidak ada kesimpulan: {count} dari {count} perangkat daerah membandingkan dimensi "
    assert re.match(alike if count == 12 else few, said[0])
    assert (figures[0]["value"] is None) == (count < 12)
    for sentence in (said[-3], *([figures[0]["label"]] if count == 12 else [])):
        assert all(letter in bare(sentence) for letter in "ABC")
    words = "maju (100%)" if text == "maju" and count > 1 else "Tidak ada kata kunci"
    assert any(words in s for s in said)
    assert any(f"{count} dari {count} perangkat daerah mengusulkan" in s for s in said)


@pytest.mark.parametrize("count", COUNTS)
def test_nobody_stands_apart_where_all_say_the_same(count):
    table = asked(count, level=3.0, table="readiness", field="level", sheet="P", title="T")
    ratings = table.rename(columns={"level": "value"})
    apart, uniform = diagnostics.apart(ratings), diagnostics.uniform(ratings)
    said = diagnostics.findings(uniform, apart, diagnostics.most_tb(ratings))
    assert not apart["far"].any() and uniform.empty  # three answers are too few to judge
    assert silent_of_nan(*(f"{f.headline} {f.detail}" for f in said))
    start = "Tidak ada yang jelas" if count == 12 else "Tidak ada kelompok"
    assert said[1].headline.startswith(start)


def test_ends_hold_all_that_share_them():
    table = pd.DataFrame(
        {"g": list("aabb"), "v": [1.0, 1.0 + 1e-12, np.nan, 2.0], "n": list("wxyz")}
    )
    assert list(lead.ends(table, "v", lowest=True)["n"]) == ["w", "x"]
    assert list(lead.ends(table, "v")["n"]) == ["z"]
    assert list(lead.ends(table, "v", "g")["n"]) == ["w", "x", "z"]
    assert lead.named(table, "v", "n", lowest=True) == "w dan x"
    nothing = claims.table([], units(1))
    assert ledger.heading(nothing) == "Belum ada yang dapat dibandingkan"

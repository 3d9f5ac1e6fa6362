"""What the stages say of hard surveys, read for wrong sentences: see `hard`.

Surveys of review of the methods: 1 to 200 units, all alike, poles, only TB, a stage without any
answer, judgements in a circle, odd money, copied workbooks.
"""

import inspect
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property

import pandas as pd
import pytest

from analysis import stages
from analysis.levels import CLEAR, LIKELY, UNCLEAR
from analysis.stages.evidence import claims
from analysis.stages.whole import profile, summary
from analysis.text import listed
from tests.stages import hard
from tests.stages.sentences import value

LONG = os.environ.get("MASTERPLAN_LONG")  # `make test-long` reads all of them
EACH = pytest.mark.parametrize("name", [*hard.SURVEYS][:: 1 if LONG else 3])
MUTE = {  # survey: the stage of which nobody has answered anything
    **{f"no {stage}": stage for stage in ("future", "external", "readiness", "gap", "swot")},
    "no vision": "vision",
    "no proposals": "quickwin",
}
NOTHING = [*MUTE.items(), *(("only TB", stage) for stage in hard.RATED[1:])]
FEW = [f"{k} {n}" for k in ("answered by", "register of") for n in hard.FEW[:: 1 if LONG else 2]]
MISSING = [f"answered by {n}" for n in (*hard.FEW, 17)]

LEFTOVERS = re.compile(
    r"\bnan\b|\bNone\b|\binf\b|<NA>|NaT|[{}∞]|\(\s*\)|“”|  |\.\.|[;:,] ?[.;,]| [.,;:)]|\( "
    r"|−0(,0+)?(?![\d,.])|[;:,(] *$|\bdan [.,;]|, dan 0 lainnya|^[ .;,]"
)
CERTAIN = re.compile(r"\bjelas\b|\bcenderung\b", re.IGNORECASE)
UNCERTAIN = re.compile(  # where these words claim nothing
    r"belum jelas|belum[^.]*? jelas|tidak[^.]*? jelas|\b0 (di antaranya )?(jelas|cenderung)"
    r"|\b0 dari \d+ pembandingan jelas"
    r"|untuk pernah jelas|^bidang jelas .*|^subdimensi jelas .*|, jelas di bawah [\d,< ]+"
    r"|hanya cenderung",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True)
class Said:
    """One text that a person reads: of which stage, and where it stands."""

    stage: str
    where: str
    text: str


class Heard:
    """All that is said of one survey."""

    def __init__(self, made: hard.Hard, stages: dict, touched: tuple[str, ...], same: bool):
        self.survey, self.touched, self.same_units = made, touched, same
        self.summary = summary.of(made)
        self.summary.__dict__["stages"] = stages

    @property
    def over_all(self) -> list:
        """What looks over all stages, where those that it leaves alone are still of its units."""
        if self.touched != hard.EVERY and not self.same_units:
            return []
        shown = set(self.touched) & {"readiness", "gap", "quickwin"}
        return [self.summary, self.profile] if shown else [self.summary]

    @property
    def stages(self) -> dict:
        """Those that the survey changes."""
        return {name: s for name, s in self.summary.stages.items() if name in self.touched}

    @cached_property
    def profile(self) -> profile.Profile:
        made = profile.of(self.survey)
        made.__dict__["stages"] = self.summary.stages
        return made

    @cached_property
    def said(self) -> list[Said]:
        parts = [*self.stages.values(), *self.over_all]
        return [text for part in parts for text in _texts(part)]

    def texts(self, stage: str, where: str = "") -> list[str]:
        return [s.text for s in self.said if s.stage == stage and s.where.startswith(where)]


def _texts(part) -> Iterator[Said]:
    name = getattr(part, "name", "summary")
    for figure in part.key_figures:
        for key in ("shown", "label", "detail"):
            yield Said(name, f"figure {key}", figure[key])
    for finding in [*part.findings, *getattr(part, "quality", [])]:
        yield Said(name, "headline", finding.headline)
        if finding.detail:
            yield Said(name, "detail", finding.detail)
    for frame, title in getattr(part, "titles", {}).items():
        yield Said(name, f"title {frame}", title)
    if isinstance(part, profile.Profile | summary.Summary):
        return
    yield from (Said(name, "claim", sentence) for sentence in part.found["sentence"])
    for attribute, kind in inspect.getmembers_static(type(part)):
        shown = getattr(part, attribute) if isinstance(kind, property) else None
        if shown and isinstance(shown, str):  # a note may have nothing to say
            yield Said(name, f"note {attribute}", shown)


@pytest.fixture(scope="session")
def hear(tmp_path_factory):
    """What is said of a survey by its name in `hard.SURVEYS`, worked out once."""
    sample = hard.sample(tmp_path_factory.mktemp("hard") / "kota")

    @cache
    def heard(name: str) -> Heard:
        make, touched = hard.SURVEYS[name]
        made = make(sample)
        own = summary.of(made).stages
        if touched != hard.EVERY:
            unchanged = heard("sample").summary.stages
            own = {stage: (own if stage in touched else unchanged)[stage] for stage in own}
        return Heard(made, own, touched, made.units is sample.units)

    return heard


def wrong(said: list[Said], pattern: re.Pattern) -> list[Said]:
    return [s for s in said if pattern.search(s.text)]


def test_every_stage_is_asked(hear):
    assert {module.of.name for module in stages.ALL} == set(hard.EVERY)
    assert set(hear("sample").stages) == set(hard.EVERY)


@EACH
def test_nothing_is_left_over(hear, name):
    said = hear(name).said
    assert wrong(said, LEFTOVERS) == []
    assert [s for s in said if not s.text.strip()] == []
    assert [s for s in said if s.where.startswith(("title", "figure")) and s.text[-1] == "."] == []
    assert [s for s in said if s.where == "headline" and s.text[-1] != "."] == []
    assert [
        s
        for s in said
        if s.where == "headline" and len(s.text.split()) > 24 and s.stage != "profile"
    ] == []
    assert wrong(said, re.compile(r"\b[Ss]emua 1\b|\b[Ss]etiap kelompok \(1\)|\bpasti\b")) == []


@pytest.mark.parametrize("name", FEW)
def test_few_units_are_never_sure(hear, name):
    heard = hear(name)
    for stage in heard.stages.values():
        if stage.name == "quickwin":  # a rank hangs on weights, not on units
            continue
        assert set(stage.found["level"]) <= {UNCLEAR}
        assert not {f.level for f in stage.findings} & {CLEAR, LIKELY}
        assert not {f.get("level") for f in stage.key_figures} & {CLEAR, LIKELY}
    said = [
        Said(s.stage, s.where, UNCERTAIN.sub("", s.text))
        for s in heard.said
        if s.stage not in ("quickwin", "profile") and s.where != "note claims_note"
    ]
    assert wrong(said, CERTAIN) == []


@EACH
def test_nothing_is_said_to_lead_or_differ_that_does_not(hear, name):
    for stage in hear(name).stages.values():
        found = stage.found
        alike = found[(found["value"] - found["reference"]).abs() < 1e-9]
        assert set(alike["level"]) <= {UNCLEAR}
        leads = re.compile(
            r"tertinggi|lebih tinggi|lebih besar|melebihi|di atas|di bawah|pertama(?! bergantung)"
        )
        assert [s for s in alike["sentence"] if leads.search(s)] == []


RANGES = {  # of a kind of comparison, what can be: a figure of a scale, or a difference of two
    "readiness": {"threshold": (1, 5), "below": (1, 5), "groups": (-4, 4)},
    "gap": {"largest": (-40, 40), "largest_dimension": (-8, 8), "groups": (-8, 8),
            "obstacle": (-1, 1), "": (-4, 4)},
    "future": {"leading": (-24, 24), "agreement": (0, 1), "": (1, 5)},
    "external": {"": (1, 4)},
    "swot": {"quadrant": (-1.5, 1.5), "": (1, 4)},
    "vision": {"equal": (0, 1), "leading": (-1, 1), "groups": (-1, 1), "consistency": (-1, 1),
               "": (-4, 4)},
    "quickwin": {"": (-1, 1)},
}  # fmt: skip


@EACH
def test_intervals_hold_their_figure_and_stay_on_the_scale(hear, name):
    for stage in hear(name).stages.values():
        ranges = RANGES.get(stage.name, {})
        for (kind, item), row in stage.found.iterrows():
            low, high = ranges.get(kind) or ranges[""]
            ends = row[["wide_low", "low", "value", "high", "wide_high"]].astype(float).dropna()
            assert ends.between(low - 1e-9, high + 1e-9).all(), (kind, item, ends)
            outer = ends.reindex(["wide_low", "wide_high"]).dropna()
            inner = ends.reindex(["low", "high"]).dropna()
            if len(outer) == len(inner) == 2:
                assert outer.iloc[0] <= inner.iloc[0] + 1e-9
                assert outer.iloc[1] >= inner.iloc[1] - 1e-9
            # So few that agree have no interval, rather than one without width.
            if 1 < row["n"] < 6 and len(inner) and stage.name != "quickwin":
                assert inner.iloc[1] > inner.iloc[0], (kind, item)


@EACH
def test_claims_are_counted_as_they_are(hear, name):
    for stage in hear(name).stages.values():
        found, counted = stage.found, re.compile(r"Dari (\d+) pembandingan (\d+) jelas dan (\d+)")
        levels = found["level"].value_counts()
        right = (len(found), levels.get(CLEAR, 0), levels.get(LIKELY, 0))
        for text in [stage.claims_title, *(f.headline for f in stage.findings)]:
            if told := counted.match(text):
                assert tuple(map(int, told.groups())) == right and len(found)
        for finding in stage.quality:
            if told := re.match(r"(\d+) dari (\d+) pembandingan jelas", finding.headline):
                assert tuple(map(int, told.groups())) == (right[1], right[0])


def ties(table: pd.DataFrame, column: str, name: str, lowest: bool = False) -> str:
    """All that share the highest (lowest) figure of a frame, as a sentence names them."""
    known = table.dropna(subset=column).round({column: 9})
    most = known[column].min() if lowest else known[column].max()
    return listed(known.loc[known[column] == most, name], 3)


def label(stage, start: str) -> list[tuple[str, dict]]:
    """The key figures whose label begins so: what it says of whom, and the figure."""
    return [
        (re.split(r": | – \d", figure["label"])[1], figure)
        for figure in stage.key_figures
        if figure["label"].startswith(f"{start}: ") and ": –" not in figure["label"]
    ]


def highest(stages: dict) -> Iterator[tuple[str, str, float, dict]]:
    """Who is said to be first, who is, and with which figure, wherever a key figure says it."""
    for stage, start, frame, column, name, lowest in (
        ("readiness", "rerata terendah", "subelements", "mean", "name", True),
        ("readiness", "rerata tertinggi", "subelements", "mean", "name", False),
        ("gap", "kesenjangan berbobot tertinggi", "weighted", "mean", "name", False),
        ("vision", "bobot tertinggi", "weights", "dimension_weight", "dimension_name", False),
        ("future", "dampak × ketidakpastian", "classified", "product", "name", False),
    ):
        if stage in stages:
            table = getattr(stages[stage], frame)
            for told, figure in label(stages[stage], start):
                first = table[column].min() if lowest else table[column].max()
                yield told, ties(table, column, name, lowest), first, figure
    for told, figure in label(stages["gap"], "hambatan tersering") if "gap" in stages else ():
        counted = stages["gap"].obstacles.query("dimension == 'city'")
        yield told, ties(counted, "count", "obstacle_name"), counted["share"].max(), figure


@EACH
def test_who_is_first_in_a_key_figure_is_first_in_the_frame(hear, name):
    for told, right, figure, shown in highest(hear(name).stages):
        assert told == right
        assert shown["value"] == pytest.approx(figure)
        assert value(shown["shown"]) == pytest.approx(figure, abs=0.0051)


@EACH
def test_one_first_place_has_one_sentence(hear, name):
    """A title that names a first place names all that share it, as surely as the claim."""
    heard = hear(name).stages
    if "gap" in heard and heard["gap"].weighted["mean"].notna().any():
        stage = heard["gap"]
        title, several = stage.titles["weighted"].split(": ")
        level = [*claims.of_kind(stage.found, "largest")["level"], UNCLEAR][0]
        assert title.startswith("Dapat ") == (level == UNCLEAR)
        first = stage.weighted[stage.weighted["rank_low"] == 1]["name"]
        every = listed(first, 3) if level == UNCLEAR else ties(stage.weighted, "mean", "name")
        assert several == every
    if "vision" in heard and heard["vision"].judged.chosen().any():
        stage = heard["vision"]
        rows = claims.of_kind(stage.found, "leading")
        sure = re.search(r"(jelas|cenderung) berbobot tertinggi", stage.titles["weights"])
        assert bool(sure and "Belum" not in stage.titles["weights"]) == (
            bool(len(rows)) and rows["level"].iloc[0] != UNCLEAR
        )


@EACH
def test_counts_are_those_of_the_frames(hear, name):
    heard = hear(name).stages
    if stage := heard.get("readiness"):
        known, below = stage.subelements.dropna(subset="mean"), claims.of_kind(stage.found, "below")
        for level, word in ((CLEAR, "jelas"), (LIKELY, "cenderung")):
            count = int(((below["level"] == level) & ~below["above"]).sum())
            told = re.search(rf"(\d+) dari (\d+) bidang {word}", stage.titles["subelements"])
            if told:
                assert (int(told[1]), int(told[2])) == (count, len(known))
        if stage.titles["subelements"].startswith("Belum ada bidang"):
            assert not (below["level"].isin([CLEAR, LIKELY]) & ~below["above"]).any()
    for part, frame, high, low in (
        ("external", "matrix", "peluang", "ancaman"),
        ("swot", "matrix", "kekuatan", "kelemahan"),
    ):
        if part in heard:
            matrix = getattr(heard[part], frame)
            clear = matrix.loc[matrix.get("level", pd.Series(dtype=str)) == CLEAR, "rating"]
            told = re.match(rf"(\d+) {high} dan (\d+) {low} yang jelas, dari (\d+)",
                            heard[part].titles["matrix"])  # fmt: skip
            right = int((clear > 2.5).sum()), int((clear < 2.5).sum()), len(matrix)
            assert (tuple(map(int, told.groups())) == right) if told else clear.empty
    if stage := heard.get("future"):
        table = stage.classified
        critical = table[table["class"] == "critical"]
        if told := re.match(r"(\d+) dari (\d+) pendorong", stage.titles["classified"]):
            assert (int(told[1]), int(told[2])) == (
                len(critical),
                int((table["class"] != "").sum()),
            )
    units = hear(name).survey.units
    answered, sent = int(units["answered"].sum()), int(units["sent"].sum())
    if stage := heard.get("participation"):
        assert stage.key_figures[0]["shown"] == f"{answered} dari {len(units)}"
    for said in hear(name).said:
        if said.stage in heard and said.stage != "quickwin":  # there n counts proposals
            for n in re.findall(r"\bn = (\d+)\b(?! jawaban)", said.text):
                assert int(n) <= sent


@pytest.mark.parametrize(("name", "stage"), NOTHING)
def test_where_nothing_is_answered_nothing_is_said(hear, name, stage):
    heard = hear(name)
    made = heard.summary.stages[stage]
    assert made.found.empty
    assert [f["value"] for f in made.key_figures if "indikator kota" not in f["label"]] in (
        [None], [None, 0, None],
    )  # fmt: skip
    assert "elum ada" in made.findings[0].headline + made.key_figures[0]["detail"]
    reassuring = re.compile(
        r"^(?!Tidak ada perangkat daerah yang menambahkan)(Tidak ada|Tidak satu|Semua|0 |Dari 0 )"
    )
    said = [s for s in heard.said if s.stage == stage and s.where.startswith(("title", "headline"))]
    assert wrong(said, reassuring) == []
    assert not any("Tidak ada subelemen di bawah ambang" in s.text for s in heard.said)
    assert not any("melampaui kebetulan" in s.text for s in heard.said)
    assert re.search(r"[Bb]elum ada", made.headlines[0].headline)


@pytest.mark.parametrize(
    ("name", "frame"),
    [("only TB", "strengths"), ("only TB", "weak"), ("no readiness", "strengths"),
     ("no readiness", "subelements"), ("no gap", "weak"), ("no gap", "own_gaps")],
)  # fmt: skip
def test_a_unit_without_answers_is_not_told_how_it_stands(hear, name, frame):
    assert hear(name).profile.titles[frame].startswith("Belum ada nilai pada lembar ")


FEW_ANSWERS = "dihitung: terlalu sedikit|Kurang dari dua perangkat daerah menilai"
NO_VARIETY = "tidak beragam|idak ada perangkat daerah yang membedakan"


@pytest.mark.parametrize(
    ("name", "stage", "false"),
    [
        ("all equal", "readiness", FEW_ANSWERS),
        ("all 1", "readiness", FEW_ANSWERS),
        ("register of 1", "readiness", NO_VARIETY),
        ("no readiness", "readiness", NO_VARIETY),
        ("all equal", "future", FEW_ANSWERS),
        ("all 1", "future", FEW_ANSWERS),
        ("register of 1", "future", NO_VARIETY),
        ("only TB", "future", NO_VARIETY),
    ],
)
def test_no_reason_is_given_that_is_not_the_reason(hear, name, stage, false):
    said = [s for s in hear(name).said if s.stage == stage]
    assert wrong(said, re.compile(false)) == []


def test_few_units_are_the_reason_why_a_gap_is_not_sure(hear):
    for name in ("register of 1", "register of 2", "register of 5"):
        said = hear(name).stages["gap"].findings[0].headline
        assert said.startswith("Terlalu sedikit perangkat daerah untuk menilai")


def test_a_selection_is_not_the_city(hear):
    heard = hear("one group")
    assert not heard.survey.whole
    spoken = re.compile(
        r"(kesiapan|kesenjangan|posisi|tahun|antarperangkat daerah) kota\b|\bKota\b(?! [A-Z])"
    )
    assert wrong([s for s in heard.said if s.stage not in ("profile",)], spoken) == []
    for stage, frame in (("readiness", "by_group"), ("gap", "by_group"), ("vision", "by_group"),
                         ("external", "by_group"), ("participation", "response")):  # fmt: skip
        assert "city" not in set(getattr(heard.stages[stage], frame)["group"])


def test_one_of_many_sub_elements_without_answers_is_no_good_news(hear):
    stage = hear("no sub-element").stages["readiness"]
    assert stage.subelements["mean"].isna().sum() == 1
    said = next(f for f in stage.findings if "bidang" in f.headline)
    assert said.headline == "Belum ada bidang yang jelas di bawah batas siap 2,6."
    assert "8 dari 9 bidang" in said.detail and said.level == "count"


def test_all_equal_has_no_first(hear):
    heard = hear("all equal").stages
    weights = claims.of_kind(heard["vision"].found, "leading")
    assert weights["level"].tolist() == [UNCLEAR] and weights["value"].tolist() == [0.0]
    assert heard["vision"].titles["weights"].startswith("Dapat berbobot tertinggi: ")
    assert heard["vision"].findings[0].headline.startswith("Yang dapat menjadi paling penting ")
    assert heard["swot"].position.quadrant == "I"  # every rating is a 3 of 4
    neutral = hear("balanced").stages["swot"]
    assert neutral.position.quadrant == "I" and neutral.found.loc["quadrant", "level"].tolist() == [
        UNCLEAR
    ]
    assert neutral.key_figures[0]["level"] == UNCLEAR
    assert neutral.external.found.loc["balance", "sentence"].tolist() == [
        "peluang dan ancaman dari luar berimbang"
    ]


def test_poles_are_critical_by_their_means_alone(hear):
    future = hear("polarised").stages["future"]
    assert future.titles["classified"] == (
        "20 dari 20 pendorong berdampak besar dan sulit ditebak, menurut reratanya saja"
    )
    assert future.key_figures[0]["detail"].startswith("0 di antaranya jelas")


def test_two_hundred_units_are_counted(hear):
    heard = hear("200 units")
    assert heard.stages["participation"].key_figures[0]["shown"] == "200 dari 200"
    assert heard.stages["readiness"].found.loc[("threshold", "index"), "n"] == 200


@pytest.mark.parametrize("name", ["budget 0.5", "cost 0.5"])
def test_money_below_a_million_is_no_nothing(hear, name):
    texts = " ".join(hear(name).texts("quickwin"))
    assert "anggaran Rp0 juta" not in texts and "paling banyak Rp0 juta" not in texts
    assert ("Rp500.000" in texts) == (name == "budget 0.5")


def test_self_ratings_are_judged_by_both_years(hear):
    texts = [t for t in hear("sample").texts("readiness") if "Denpasar" in t]
    assert texts and all(re.search(r"1,03.* 2018.*0,10.* 2019", t) for t in texts)


@pytest.mark.parametrize("name", ["circular", "all nines"])
def test_contradictory_judgements_have_no_conclusion(hear, name):
    stage = hear(name).stages["vision"]
    leading = claims.of_kind(stage.found, "leading")
    assert not set(leading["level"]) & {CLEAR, LIKELY}
    assert "tidak ada kesimpulan" in stage.findings[0].headline.lower()
    first = [s.text for s in hear(name).said if s.stage == "vision"
             and s.where in ("headline", "title weights", "figure label")]  # fmt: skip
    assert not any(re.search(r"jelas berbobot|tertinggi dalam bobot", text) for text in first)


def test_a_census_interval_is_not_what_other_officers_would_say(hear):
    texts = " ".join(hear("sample").texts("participation"))
    assert "seandainya petugas lain yang menjawab" not in texts


def test_no_cell_is_named_in_which_every_city_stands(hear):
    texts = " ".join(hear("sample").texts("swot"))
    assert "matriks IE" not in texts and "internal-eksternal" not in texts


def test_a_dimension_left_out_of_the_package_is_told(hear):
    stage = hear("sample").stages["quickwin"]
    bought = stage.bought[stage.bought["within"]]
    proposed = set(stage.proposed["dimension_name"].dropna())
    told = " ".join(hear("sample").texts("quickwin", "headline"))
    assert all(name in told for name in proposed - set(bought["dimension_name"]))


@pytest.mark.parametrize("name", MISSING)
def test_a_few_of_many_units_are_not_the_city(hear, name):
    heard, count = hear(name), int(name.split()[-1])
    for stage, made in heard.stages.items():
        if stage == "participation":
            continue
        assert [figure["shown"] for figure in made.key_figures] == [f"{count} dari 35"]
        assert made.findings[0].headline.startswith(f"{count} dari 35 perangkat daerah menjawab;")
        assert made.found.empty

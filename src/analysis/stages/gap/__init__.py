"""The gap (Analisis Kesenjangan): how far the sub-dimensions stand from their five-year target."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.needs import CATEGORY, SCALE, TEXT
from analysis.stages.evidence import claims, lead, ledger
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.stage import Stage, frame
from analysis.stages.gap import figures, ipa, obstacles, official, words
from analysis.text import N_, _, percent


@dataclass(frozen=True, eq=False)
class Gap(Stage):
    """The gaps of one survey, the priorities and the obstacles."""

    name = "gap"
    title = N_("Kesenjangan")
    place = 4
    methods = ("bootstrap", "levels", "first", "ranks", "welch", "ipa", "sensitivity")
    measured = {
        "weighted": "weighted",
        "plain": "gap",
        "dimensions": "gap",
        "by_group": "gap",
        "own_values": "gap",
        "quadrants": "place",
        "obstacles": "obstacle",
    }
    noted = {"gap": "note"}
    noted_levels = ("current", "target")
    primary = (figures.LEADING_ITEM,)
    tables = ("gap",)
    prominence = 0
    needs = {
        "gap": {
            "dimension": CATEGORY,
            "subdimension": CATEGORY,
            "current": SCALE,
            "target": SCALE,
            "importance": SCALE,
            "obstacle": "choice obstacle",
            "note": TEXT,
        },
    }
    one_scale = ((("gap", "current"), ("gap", "target")),)

    @property
    def condition(self) -> Any:
        """The scale of conditions and targets."""
        return self.scale("gap", "current")

    @property
    def importance(self) -> Any:
        """The scale of importance."""
        return self.scale("gap", "importance")

    @cached_property
    def ends(self) -> figures.Ends:
        """How low and how high each measure can be."""
        return figures.ends(self.condition.ends, self.importance.ends)

    @property
    def dark(self) -> float:
        """From which mean gap on a picture is darkest: half of what a gap can be."""
        return self.ends[figures.GAP][1] / 2

    @cached_property
    def answers(self) -> pd.DataFrame:
        """The gap table with the gap and the weighted gap of each answer: see `figures.gaps`."""
        return figures.gaps(self.survey.answers("gap"))

    @frame
    def own_values(self) -> pd.DataFrame:
        """Each unit's mean gap, over all sub-dimensions and in each dimension.

        Columns: unit, group, item, name, short, value, tb; the first item stands for the whole.
        """
        parts = [figures.means(self.answers, None), figures.means(self.answers)]
        names = {"dimension": "item", "dimension_name": "name", "dimension_short": "short"}
        columns = ["unit", "group", *names.values(), "value", "tb"]
        return pd.concat(parts, ignore_index=True).rename(columns=names | {"gap": "value"})[columns]

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        whole = self.own_values["item"] == figures.ALL
        return [(_("Jarak ke sasaran (tingkat)"), self.own_values[whole])]

    @cached_property
    def obstacle_names(self) -> pd.Series:
        return self.survey.instrument.scheme("obstacle")["short"]

    weighted = frame(
        lambda self: figures.ranking(self.answers, self.ends, figures.WEIGHTED, self.confidence)
    )
    """The sub-dimensions by their weighted gap."""

    @frame
    def plain(self) -> pd.DataFrame:
        """The sub-dimensions by their gap, which is both `mean` and `gap`."""
        table = figures.ranking(self.answers, self.ends, figures.GAP, self.confidence)
        return table.assign(gap=table["mean"])

    @frame
    def dimensions(self) -> pd.DataFrame:
        """The dimensions by their gap, beside their claims."""
        table = figures.by_dimension(self.answers, self.ends, figures.GAP, self.confidence)
        return claims.beside(table, self.found, figures.BY_DIMENSION, on="dimension")

    by_group = frame(
        lambda self: figures.by_group(
            self.answers, self.ends, figures.GAP, self.confidence, self.survey.whole
        )
    )

    @frame
    def quadrants(self) -> pd.DataFrame:
        """The sub-dimensions by quadrant, beside their claims: see `ipa.placed`."""
        table = ipa.importance_performance(self.answers, self.ends, self.confidence)
        return ipa.placed(table, self.found)

    @property
    def crosshair(self) -> tuple[float, float]:
        """Where the quadrants meet: (present condition, importance)."""
        return ipa.crosshair(self.quadrants, self.ends)

    obstacles = frame(
        lambda self: obstacles.obstacles(self.answers, self.obstacle_names, self.confidence)
    )

    @frame
    def official(self) -> pd.DataFrame:
        """Published figures beside the sub-dimensions that they speak of: see `official.beside`."""
        ids = self.answers.drop_duplicates("item").set_index("item")["subdimension"]
        return official.beside(self.quadrants, ids, self.survey.official)

    @cached_property
    def comparisons(self) -> list[claims.Comparisons]:
        expected = len(self.survey.units)
        return figures.comparisons(
            self.answers, self.obstacle_names, self.ends, expected, self.confidence
        )

    @cached_property
    def key_figures(self) -> list[dict]:
        return words.key_figures(
            self.found, self.weighted, self.quadrants, self.obstacles, self.whom, self.confidence
        )

    @cached_property
    def findings(self) -> list[Finding]:
        overall = words.overall(self.found, self.whom, len(self.condition.levels))
        if not self.answered:
            return [overall]
        first = words.leaders(self.weighted, self.found)
        most = obstacles.most(self.obstacles, words.SHOWN)
        return self.acting(
            [
                (overall, ()),
                (words.largest(self.weighted, self.found), first["item"]),
                (ipa.finding(self.quadrants, self.found), ipa.prior(self.quadrants)["item"]),
                *ipa.apart(self.quadrants, self.weighted),
                (words.obstacle(self.found, self.obstacles), most["obstacle"]),
            ]
        )

    @cached_property
    def quality(self) -> list[Finding]:
        if not self.answered:
            return []
        return [
            official.finding(self.official),
            words.judged(),
            lead.leading(self.found, figures.LEADING_DIMENSION, _("rerata kesenjangan")),
            lead.groups_apart(self.found, figures.GROUPS, _("rerata kesenjangan")),
            ledger.finding(self.found),
        ]

    @property
    def answered(self) -> bool:
        """Whether any gap can be worked out."""
        return bool(self.weighted["mean"].notna().any())

    @property
    def headlines(self) -> list[Finding]:
        """The mean gap, and what there is most to do about."""
        return self.findings[:2]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {
            "plain": words.heading_dumbbell(self.plain, self.found),
            "weighted": words.heading_largest(self.weighted, self.found),
            "dimensions": words.heading_dimensions(self.dimensions, self.found),
            "by_group": words.heading_groups(self.by_group),
            "quadrants": ipa.heading(self.quadrants),
            "obstacles": obstacles.heading(self.obstacles),
            "official": official.heading(self.official),
        }

    @property
    def official_note(self) -> str:
        """Of which sub-dimensions no published figure speaks."""
        return official.note(self.official, self.quadrants)

    @property
    def note(self) -> str:
        """What interval and n mean below means over units."""
        return _("Selang {confidence}; n = banyaknya perangkat daerah yang menjawab.").format(
            confidence=percent(self.confidence)
        )


of = Gap

__all__ = ["Gap", "of"]

"""What two periods have in common: the same offices, asked the same in the same words.

A question is the same where its code, its wording, the heading of its answer and the levels of its
scale with their words are (but for case and spaces). An office is the same where its id is, unless
it was made of others since (`predecessors` in the later register): then it is another than each of
them, whatever it is called. All else is listed, and left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analysis.methods import paired
from analysis.stages.evidence.survey import Survey
from analysis.text import N_, _, listing

ITEM, UNIT = ["table", "item", "kind"], ["unit", "item"]
NEW, DROPPED, REWORDED, RESCALED = "new", "dropped", "reworded", "rescaled"
REASONS = {
    NEW: N_("baru ditanyakan"),
    DROPPED: N_("tidak ditanyakan lagi"),
    REWORDED: N_("bunyinya berubah"),
    RESCALED: N_("skalanya berubah"),
}
"""Why a question is left out."""


@dataclass(frozen=True)
class Part:
    """A survey of which only these `tables` of answers count."""

    survey: Survey
    tables: Mapping[str, pd.DataFrame]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.survey, name)

    def answers(self, name: str, even_none: bool = False) -> pd.DataFrame:
        return self.tables[name]


@dataclass(frozen=True, eq=False)
class Pairing:
    """The offices and questions of two surveys of one city, and which of them make pairs."""

    earlier: Survey
    later: Survey

    @cached_property
    def questions(self) -> pd.DataFrame:
        """Every question on a scale in either period, a row for each of its scales.

        Columns: table, item, kind, name and scale_name (as the later period calls them, or else the
        earlier), asked_before and asked_now (the wording; with the heading where that is another,
        or the levels where those are), low, high, reason (a key of `REASONS`, empty where it is the
        same).
        """
        known = self.earlier.scales.merge(
            self.later.scales, on=ITEM, how="outer", suffixes=("_old", ""), indicator=True
        )
        old, new = known["_merge"] == "left_only", known["_merge"] == "right_only"
        worded, headed, scaled = (
            known[f"{text}_old"].map(_plain) != known[text].map(_plain)
            for text in ("statement", "heading", "levels")
        )
        reason = pd.Series("", known.index)
        for why, where in (
            (RESCALED, scaled),
            (REWORDED, worded | headed),
            (NEW, new),
            (DROPPED, old),
        ):
            reason = reason.mask(where, why)

        def told(end: str) -> pd.Series:
            text, heading, levels = (known[n + end] for n in ("statement", "heading", "levels"))
            text = text.mask(headed & reason.eq(REWORDED), heading + ": " + text)
            return text.mask(reason.eq(RESCALED), levels).fillna("")

        order = pd.concat([self.later.scales, self.earlier.scales])["item"].drop_duplicates()
        places = dict(zip(order, range(len(order)), strict=True))
        known = known.assign(
            reason=reason,
            name=known["name"].fillna(known["name_old"]),
            scale_name=known["scale_name"].fillna(known["scale_name_old"]),
            asked_before=told("_old"),
            asked_now=told(""),
        )
        columns = [*ITEM, "name", "scale_name", "asked_before", "asked_now", "low", "high"]
        by_place = known["item"].map(places).argsort(kind="stable")
        return known.iloc[by_place][[*columns, "reason"]].reset_index(drop=True)

    @property
    def items_left_out(self) -> pd.DataFrame:
        """The questions that cannot be compared, a row for each and why.

        Columns: item, name, scale_name (the scales that it is about), cause (in words),
        asked_before and asked_now (empty where it was not asked).
        """
        out = self.questions[self.questions["reason"] != ""]
        by = ["item", "name", "reason", "asked_before", "asked_now"]
        made = out.groupby(by, sort=False)["scale_name"].agg(listing).reset_index()
        made["cause"] = made["reason"].map({key: _(words) for key, words in REASONS.items()})
        return made[["item", "name", "scale_name", "cause", "asked_before", "asked_now"]]

    @property
    def counted(self) -> tuple[int, int, int]:
        """How many questions are the same on any of their scales, how many of these not on all, and
        how many on none."""
        same, by = self.questions["reason"] == "", self.questions["item"]
        some, all_ = same.groupby(by).any(), same.groupby(by).all()
        return int(some.sum()), int((some & ~all_).sum()), int((~some).sum())

    @cached_property
    def units(self) -> pd.Index:
        """The offices that are the same in both periods, in the order of the later register."""
        own = self.later.units["unit"]
        merged = {unit for whole in self._made_of.items() for unit in (whole[0], *whole[1])}
        return pd.Index(own[own.isin(set(self.earlier.units["unit"]) - merged)])

    @cached_property
    def paired(self) -> pd.Index:
        """Those of them from which both periods have answers."""
        known = [set(s.units.loc[s.units["sent"], "unit"]) for s in (self.earlier, self.later)]
        return self.units[self.units.isin(known[0] & known[1])]

    @cached_property
    def _made_of(self) -> dict[str, list[str]]:
        """By office of the later register, the others that it was made of since the earlier period.

        Registers are copied from period to period, and so is what was merged before: of that an
        office is gone from both, or both are in both.
        """
        before, after = (set(s.units["unit"]) for s in (self.earlier, self.later))
        register = self.later.units.set_index("unit")["predecessors"]
        found = {
            unit: [
                other
                for other in made_of
                if other != unit and other in before and not (other in after and unit in before)
            ]
            for unit, made_of in register.items()
        }
        return {str(unit): others for unit, others in found.items() if others}

    @property
    def units_left_out(self) -> pd.DataFrame:
        """The offices of which not both periods have answers, a row for each and why.

        Columns: unit, unit_name, cause (in words). Those of the later register come first.
        """
        before, after = (s.units.set_index("unit") for s in (self.earlier, self.later))
        names = {**before["unit_name"], **after["unit_name"]}
        rows = []
        for unit, row in after.iterrows():
            if unit in self._made_of:
                whole = listing(names.get(one, one) for one in row["predecessors"])
                rows.append((unit, _("dibentuk dari {names}").format(names=whole)))
            elif unit not in self.units:
                rows.append((unit, self._into(unit, names) or _("baru")))
            elif silent := [
                survey.period
                for survey, register in ((self.earlier, before), (self.later, after))
                if not register.loc[unit, "sent"]
            ]:
                periods = listing(silent)
                rows.append((unit, _("tidak menjawab pada {periods}").format(periods=periods)))
        for unit in before.index.difference(after.index, sort=False):
            rows.append((unit, self._into(unit, names) or _("tidak ada lagi")))
        made = pd.DataFrame(rows, columns=["unit", "cause"])
        return made.assign(unit_name=made["unit"].map(names))[["unit", "unit_name", "cause"]]

    def _into(self, unit: str, names: Mapping[str, str]) -> str:
        """What an office was merged into, in words; empty where into none."""
        heirs = [names[heir] for heir, others in self._made_of.items() if unit in others]
        return _("dilebur ke dalam {names}").format(names=listing(heirs)) if heirs else ""

    def same(self, table: str) -> pd.DataFrame:
        """The rows of `questions` of a table that both periods ask alike."""
        asked = self.questions
        return asked[(asked["table"] == table) & (asked["reason"] == "")]

    @cached_property
    def same_dimensions(self) -> bool:
        """Whether both periods have the same pairs of the same dimensions compared, alike."""
        pairs = [s.instrument.table("pairs") for s in (self.earlier, self.later)]
        columns = ["code", "left", "right", "left_name", "right_name"]
        then, now = (
            table.items[columns].sort_values("code").to_numpy().tolist() for table in pairs
        )
        asked, asks = ([(f.name, f.title, f.kind) for f in table.fields] for table in pairs)
        return bool(then == now and asked == asks)

    def own(self, survey: Survey, table: str) -> pd.DataFrame:
        """The answers of either survey, by all its offices, to what both periods ask alike.

        Names and categories of the questions are those of the later period, and so are its scales;
        one that is not the same is blank.
        """
        asked, given = self.same(table), survey.answers(table)
        items = self.later.instrument.table(table).items.rename(columns={"code": "item"})
        bare = given.drop(columns=[name for name in items if name != "item" and name in given])
        made = bare.merge(items[items["item"].isin(asked["item"])], on="item")
        for kind in self._kinds(table):
            same = made["item"].isin(asked.loc[asked["kind"] == kind, "item"])
            made[kind] = made[kind].where(same) if kind in made else np.nan
        return made

    def _kinds(self, table: str) -> list[str]:
        """The scales of a table of the later period."""
        asked = self.later.scales
        return list(asked.loc[asked["table"] == table, "kind"].unique())

    def answers(self, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """The answers of both periods to what is the same, rows alike.

        Rows are those of the later period, of the offices from which both periods have any; what
        either calls not relevant (`tb`) is so in both.
        """
        after = self.own(self.later, table)
        after = after[after["unit"].isin(self.paired)].reset_index(drop=True)
        given = self.own(self.earlier, table).set_index(UNIT)
        given = given.reindex(pd.MultiIndex.from_frame(after[UNIT])).reset_index(drop=True)
        before = after.assign(**{kind: given[kind] for kind in self._kinds(table)})
        if "tb" in after:
            tb = after["tb"] | given["tb"].eq(True)
            before, after = before.assign(tb=tb), after.assign(tb=tb)
        return before, after

    def both(self, table: str) -> tuple[pd.DataFrame, pd.DataFrame]:
        """`answers`, blank wherever either period has none: pairs, and nothing else."""
        before, after = self.answers(table)
        kinds = self._kinds(table)
        first, second = paired.aligned(before[kinds], after[kinds])
        return before.assign(**first), after.assign(**second)


def _plain(words: object) -> str:
    """A wording as it is compared: without case, and spaces where there are many."""
    return " ".join(str(words).casefold().split())

"""What a stage is: one survey looked at in one way, each thing worked out once."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property, partial
from typing import Any, ClassVar

import pandas as pd

from analysis.needs import Needs, lacking
from analysis.origin import Source
from analysis.refusals import Unfit
from analysis.stages.evidence import aggregate, claims, ledger, response, sensitivity, uniform
from analysis.stages.evidence.finding import Finding
from analysis.stages.evidence.survey import Survey
from analysis.text import N_, _

ALIKE = N_("tanpa perangkat daerah yang menjawab seragam")


class frame:
    """A frame that a stage shows: worked out once, and it knows whose it is and what it measures.

    Tables and charts take its source and confidence from it.

    `work`: from the stage to the frame.
    """

    def __init__(self, work: Callable[[Any], pd.DataFrame]):
        self.work = work

    def __set_name__(self, _owner: type, name: str) -> None:
        self.name = name

    def __get__(self, stage: Any, _owner: type) -> pd.DataFrame:
        made = self.work(stage).copy(deep=False)
        of = stage.measured.get(self.name, "")
        made.attrs = {"stage": stage.name, "of": of, "scope": stage.scope}
        made.attrs |= {"source": stage.source, "confidence": stage.confidence}
        made.attrs["declared"] = tuple(made.columns)
        survey = getattr(stage, "survey", None)  # several cities have none in common
        made.attrs["groups"] = survey.instrument.groups if survey else {}
        stage.__dict__[self.name] = made
        return made


def held_back(defined: Any, instead: Callable[[Survey, Any], Any]) -> property:
    """What a stage says in the property `defined`, and `instead` where it may not speak."""

    def said(stage: Any) -> Any:
        if stage.speaks:
            return defined.__get__(stage, type(stage))
        return instead(stage.survey, partial(defined.__get__, stage, type(stage)))

    return property(said)


class Claiming:
    """Whatever compares things, and says of each how sure it is."""

    name: ClassVar[str]
    """The folder of a stage, and its notebook without the number."""
    title: ClassVar[str]
    """What people call it, in Indonesian and marked for translation."""
    place: ClassVar[int | None] = None
    """Where a stage stands among the stages."""
    measured: ClassVar[Mapping[str, str]] = {}
    """What the general columns (mean, n, rank ...) of each frame are of."""
    found: pd.DataFrame
    """The table of claims: see `claims.table`."""

    @property
    def scope(self) -> str:
        """Whom it speaks for, in words."""
        raise NotImplementedError

    @property
    def reads(self) -> Sequence[str]:
        """The tables of the questionnaire that it asks for answers."""
        return ()

    claims = frame(lambda self: ledger.shown(self.found))
    """The claims as a table shows them: see `ledger.shown`."""

    @property
    def claims_title(self) -> str:
        """What the table of claims shows."""
        return ledger.heading(self.found)

    @property
    def claims_note(self) -> str:
        """How the claims were tested, and what their words mean."""
        return ledger.note(self.found)

    @property
    def ledger(self) -> list[dict]:
        """The claims as ``claims.json`` holds them: see `ledger.ledger`."""
        return ledger.ledger(self.found, self.name, self.scope)


@dataclass(frozen=True, eq=False)
class Stage(Claiming):
    """A stage of the masterplan over one survey.

    Its frames, comparisons, claims, key figures and sentences are properties, worked out when they
    are first asked for and then kept. `confidence`: the level of all intervals.

    Where fewer units answered than the city's settings ask (`Survey.enough`) it has no answers, and
    says nothing but how many there are, whatever a stage defines.
    """

    survey: Survey
    confidence: float = 0.95

    methods: ClassVar[Sequence[str]] = ()
    """The methods behind it, by their names in `bibliography.METHODS`."""
    primary: ClassVar[Sequence[str]] = ()
    """The kinds of comparisons that are its primary questions: see `claims.table`."""
    tables: ClassVar[Sequence[str]] = ()
    """The tables of the questionnaire on which those rest."""
    needs: ClassVar[Needs] = {}
    """What the questionnaire must hold."""
    one_scale: ClassVar[Sequence[Sequence[tuple[str, str]]]] = ()
    """Fields (table, field) whose answers are compared as they are, and so need one scale."""
    prominence: ClassVar[int] = 1
    """In the summary those with 0 come first, those with 2 last."""
    noted_levels: ClassVar[Sequence[str]] = ()
    """The answers beside which they do."""
    together: ClassVar[bool] = True
    """Whether it speaks for the units together, rather than counts them."""

    @property
    def noted(self) -> Mapping[str, str]:
        """The tables where units write evidence or notes beside answers, and in which field."""
        return {}

    def __post_init__(self) -> None:
        if not 0 < self.confidence < 1:
            told = _("Tingkat keyakinan {confidence} di luar 0–1; 95% ditulis 0.95.")
            raise Unfit(told.format(confidence=f"{self.confidence:g}"))
        if lacks := self.lacks(self.survey.instrument):
            raise Unfit(lacks)

    @property
    def reads(self) -> Sequence[str]:
        return tuple(self.needs)

    @classmethod
    def lacks(cls, instrument: Any) -> str:
        """What of its `needs` a questionnaire does not hold, in words; nothing where it has all."""
        said = _("Tahap {stage} tidak dapat dijalankan: {lacking}.")
        found = "; ".join(lacking(cls.needs, cls.one_scale, instrument))
        return found and said.format(stage=_(cls.title), lacking=found)

    def scale(self, table: str, field: str) -> Any:
        """The scale on which a field is answered: see `survey.asked.fields.Scale`."""
        return self.survey.instrument.table(table).scale(field)

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        for name, instead in response.INSTEAD.items():
            if name in vars(cls):
                setattr(cls, name, held_back(vars(cls)[name], instead))

    @property
    def called(self) -> str:
        """What people call it, in the language in use."""
        return _(self.title)

    @property
    def speaks(self) -> bool:
        """Whether so many units answered that it may speak for them together."""
        return not self.together or self.survey.enough

    @property
    def whom(self) -> str:
        """Whom its figures speak for, in words: the city only where every unit is selected."""
        return _("kota") if self.survey.whole else self.survey.scope

    @property
    def comparisons(self) -> list[claims.Comparisons]:
        """All that the stage compares."""
        return []

    @property
    def references(self) -> Sequence[float]:
        """What else its primary questions might be compared with: see `sensitivity.table`."""
        return ()

    @cached_property
    def found(self) -> pd.DataFrame:
        """The table of claims: see `claims.table`."""
        if any(getattr(self, f.name) != f.default for f in fields(self) if f.name != "survey"):
            return self._claimed()["found"]
        return self.survey.common(f"claims-{self.name}", self._claimed)["found"]

    def _claimed(self) -> dict[str, pd.DataFrame]:
        given = self.comparisons, self.survey.units, self.confidence, self.name, self.primary
        return {"found": claims.table(*given)}

    @cached_property
    def alike(self) -> pd.Index:
        """The units that answered any of its tables (nearly) alike from top to bottom."""
        return uniform.units(self.survey.answers(name) for name in self.tables)

    @property
    def weightings(self) -> Mapping[str, pd.Series]:
        """By what they are called, other weights of the units than one each."""
        register = self.survey.units.set_index("unit")["weight"].astype(float)
        apart = (~register.index.to_series().isin(self.alike)).astype(float)
        return {claims.CASES["weighted_units"]: register, ALIKE: apart}

    @frame
    def sensitivity(self) -> pd.DataFrame:
        """The primary conclusions under every choice: see `sensitivity.table`."""
        return sensitivity.table(self.comparisons, self.found, self.weightings, self.references)

    @property
    def sensitivity_title(self) -> str:
        """In how many of the choices the primary conclusions hold."""
        return self.scoped(sensitivity.title(self.sensitivity, self.found))

    @property
    def sensitivity_note(self) -> str:
        """What the picture of the choices shows."""
        alike = len(self.alike) if self.tables else None
        return sensitivity.note(self.sensitivity, self.found, alike, self.confidence)

    @property
    def further(self) -> Sequence[str]:
        """Methods that stand behind it besides, where offices have several respondents."""
        return ()

    @property
    def scope(self) -> str:
        """Whom it speaks for, in words."""
        return self.survey.scope

    @property
    def source(self) -> Source:
        """The source line under all that it shows."""
        line = self.survey.source if self.speaks else response.source(self.survey)
        return line.by(self)

    @frame
    def notes(self) -> pd.DataFrame:
        """The answers beside which a unit wrote evidence or a note, by item; none is judged.

        Columns: unit, item, name, written_by (as public pages may say), the answers
        (`noted_levels`) as the whole numbers that they are, and the text in `written`. For stages
        that name tables `noted`.
        """
        return self._noted(named=False)

    @cached_property
    def notes_by_unit(self) -> pd.DataFrame:
        """The same for the units' own profiles: each may see what it wrote itself."""
        return self._noted(named=True)

    def _noted(self, named: bool) -> pd.DataFrame:
        columns = ["unit", "item", "name", "written_by", *self.noted_levels, "written"]
        quotes = partial(self.survey.quotes, named=named)
        tables = ((quotes(table), field) for table, field in self.noted.items())
        parts = [t.assign(written=t[field]).dropna(subset="written") for t, field in tables]
        order = ["item", "written_by"]
        made = pd.concat(parts).sort_values(order, kind="stable", ignore_index=True)
        return aggregate.levels(made)[columns]

    def with_unshown(self, note: str, *tables: str) -> str:
        """A note on texts in these tables that says, too, how many public pages do not show."""
        pairs = [(self.survey.answers(name), self.survey.quotes(name)) for name in tables]
        count = sum(int((a.notna().sum() - q[a.columns].notna().sum()).sum()) for a, q in pairs)
        said = _("{count} tulisan tidak ditampilkan atas keputusan koordinator.")
        return " ".join(filter(None, [note, said.format(count=count) if count else ""]))

    @property
    def key_figures(self) -> list[dict]:
        """As `tables.key_figures` takes them, the most important one first."""
        return []

    @property
    def findings(self) -> list[Finding]:
        """What the answers say."""
        return []

    @property
    def quality(self) -> list[Finding]:
        """How good the answers are, and how far the findings carry."""
        return []

    @property
    def by_name(self) -> list[dict]:
        """What judges or ranks units one by one, each as `tables.table` takes it: see `desk`."""
        return []

    @property
    def headlines(self) -> list[Finding]:
        """Of the findings those that the summary takes, the weightiest first."""
        return self.findings[:1]

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each picture or table of the stage shows, by the name of its frame."""
        return {}

    def acted(self, finding: Finding, *items: str) -> Finding:
        """A finding with what is proposed about the first of its `items` that has a proposal."""
        return self.acting([(finding, items)])[0]

    def acting(self, said: Iterable[tuple[Finding, Iterable[str]]]) -> list[Finding]:
        """Findings, each `acted` on the items that it names; no proposal comes twice."""
        own = self.survey.actions.query("stage == @self.name")
        proposed = dict(zip(own["item"], own["action"], strict=True))
        return [
            replace(finding, action=next((proposed.pop(i) for i in items if i in proposed), ""))
            for finding, items in said
        ]

    def scoped(self, said: str) -> str:
        """A title or label that says whom it speaks for, where that is not every unit."""
        return said if self.survey.whole else f"{said} – {self.survey.scope}"

    def measures(self, unit: str) -> list[tuple[str, pd.DataFrame]]:
        """What the profile of `unit` shows of the stage at a glance.

        The name of each measure, and a frame with a row per unit: unit, group, value.
        """
        return []

"""Which of many cities answered more or less than chance explains, as a picture and as words.

The picture is drawn as SVG that takes its colours from the page around it, light or dark. Source of
the limits: see `methods.intervals.funnel`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from markupsafe import Markup

from analysis.text import _, listed, number, percent

FEWEST = 10  # cities; of fewer a reader sees more in the list
LIKELY, SURE = 0.95, 0.998
WIDTH, HEIGHT = 360, 270
LEFT, RIGHT, TOP, BOTTOM = 40, 8, 12, 44  # of the plane, in the picture
MOST = 8  # names in a sentence


@dataclass(frozen=True)
class Place:
    """A city: how many of its units were asked, and of these answered."""

    name: str
    asked: int
    answered: int

    @property
    def share(self) -> float:
        return self.answered / self.asked


@dataclass(frozen=True)
class Funnel:
    """The share of units that answered over their number, of cities that have asked some."""

    places: Sequence[Place]

    @property
    def overall(self) -> float:
        return sum(p.answered for p in self.places) / sum(p.asked for p in self.places)

    @cached_property
    def below(self) -> list[Place]:
        """The cities of which fewer answered than chance explains, the furthest first."""
        outside = [p for p in self.places if p.share < self._limits(p.asked, SURE)[0]]
        return sorted(outside, key=lambda p: p.share)

    @cached_property
    def above(self) -> list[Place]:
        """Those of which more did, the furthest first."""
        outside = [p for p in self.places if p.share > self._limits(p.asked, SURE)[1]]
        return sorted(outside, key=lambda p: -p.share)

    @property
    def title(self) -> str:
        """What to see."""
        below, above = number(len(self.below), 0), number(len(self.above), 0)
        if self.below and self.above:
            said = _(
                "{below} kota menjawab lebih sedikit, dan {above} lebih banyak, daripada yang "
                "dijelaskan kebetulan"
            )
        elif self.below:
            said = _("{below} kota menjawab lebih sedikit daripada yang dijelaskan kebetulan")
        elif self.above:
            said = _("{above} kota menjawab lebih banyak daripada yang dijelaskan kebetulan")
        else:
            said = _("Tidak ada kota yang jawabannya berbeda lebih dari kebetulan")
        return said.format(below=below, above=above)

    @property
    def words(self) -> list[str]:
        """The same in sentences, by name."""
        said = _("Semua kota bersama: {share} perangkat daerah menjawab lengkap.")
        told = [said.format(share=percent(self.overall))]
        for places, words in (
            (self.below, _("Di bawah batas: {names}.")),
            (self.above, _("Di atas batas: {names}.")),
        ):
            names = [f"{p.name} ({percent(p.share)})" for p in places]
            told += [words.format(names=listed(names, MOST))] if names else []
        return told

    def _limits(self, asked: int, confidence: float) -> tuple[float, float]:
        return _limits(self.overall, asked, confidence)

    def drawn(self) -> Markup:
        """The picture: a point for each city, hollow and larger where it lies outside."""
        return Markup(
            '<svg class="funnel" role="img" aria-label="{}" viewBox="0 0 {} {}">{}</svg>'
        ).format(self.title, WIDTH, HEIGHT, Markup("").join([*self._axes(), *self._marks()]))

    @property
    def _most(self) -> int:
        return max(p.asked for p in self.places)

    def _x(self, asked: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * asked / (self._most * 1.03)

    def _y(self, share: float) -> float:
        return TOP + (HEIGHT - TOP - BOTTOM) * (1 - share)

    def _axes(self) -> list[Markup]:
        """Scales, the limits and the share of all."""
        made = []
        for share in (0.0, 0.25, 0.5, 0.75, 1.0):
            y = self._y(share)
            line = '<path class="grid" d="M{} {:.1f}H{}"/><text x="{}" y="{:.1f}">{}</text>'
            made.append(
                Markup(line).format(LEFT, y, WIDTH - RIGHT, LEFT - 5, y + 4, percent(share))
            )
        step = next(
            step for step in (1, 2, 5, 10, 20, 50, 100, self._most) if self._most <= 6 * step
        )
        for asked in range(0, self._most + 1, step):
            text = '<text class="across" x="{:.1f}" y="{}">{}</text>'
            made.append(Markup(text).format(self._x(asked), HEIGHT - BOTTOM + 16, asked))
        for confidence, name in ((SURE, "sure"), (LIKELY, "likely")):
            for end in (0, 1):
                way = " ".join(
                    f"{self._x(n):.1f} {self._y(self._limits(n, confidence)[end]):.1f}"
                    for n in range(1, self._most + 1)
                )
                made.append(Markup('<path class="{}" d="M{}"/>').format(name, way))
        whole = Markup('<path class="all" d="M{} {:.1f}H{}"/>')
        made.append(whole.format(LEFT, self._y(self.overall), WIDTH - RIGHT))
        label = Markup('<text class="across" x="{}" y="{}">{}</text>')
        middle = LEFT + (WIDTH - LEFT - RIGHT) / 2
        said = _("jumlah perangkat daerah yang ditanya")
        return [*made, label.format(middle, HEIGHT - 8, said)]

    def _marks(self) -> list[Markup]:
        outside = {*self.below, *self.above}
        circle = Markup(
            '<circle{} cx="{:.1f}" cy="{:.1f}" r="{}"><title>{}: {}/{}</title></circle>'
        )
        return [
            circle.format(
                Markup(' class="out"') if p in outside else "",
                self._x(p.asked),
                self._y(p.share),
                4 if p in outside else 2.5,
                p.name,
                p.answered,
                p.asked,
            )
            for p in sorted(self.places, key=lambda p: p in outside)
        ]


@cache
def _limits(overall: float, asked: int, confidence: float) -> tuple[float, float]:
    from analysis.methods.intervals import funnel  # a second, which few runs have to spend

    return funnel(overall, asked, confidence)

"""Comparisons that an analyst looks at: outside any report's family, and all of them counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pandas as pd

from analysis.desk.view import View
from analysis.methods import comparisons
from analysis.refusals import Unfit, unknown
from analysis.survey.kept.survey import Survey
from analysis.text import _, interval, number, percent

COLUMNS = ["what", "first", "second", "n_first", "n_second", "mean_first", "mean_second",
           "difference", "low", "high", "confidence", "p"]  # fmt: skip
FORMATS: dict[str, str | int] = {
    "what": "text",
    "first": "text",
    "second": "text",
    "n_first": 0,
    "n_second": 0,
    "mean_first": 2,
    "mean_second": 2,
    "difference": "signed",
    "confidence": "percent",
    "p": 3,
}


@dataclass
class Looks:
    """The ledger of the comparisons that were looked at, each once however often it was asked."""

    survey: Survey
    rows: dict[tuple, dict] = field(default_factory=dict)

    def compare(
        self,
        measures: Iterable[tuple[str, pd.DataFrame]],
        first: str,
        second: str,
        confidence: float = 0.95,
    ) -> View:
        """What two groups of units differ in, by Welch's t, a row for each measure.

        `measures`: the name of each, and a frame with a row per unit: unit, group, value. Columns:
        `COLUMNS`; `difference` is the mean of the first less that of the second. Raises Unknown for
        a group that is not, Unfit for one beside itself or without answers. Source:
        `comparisons.welch`.
        """
        groups = self.survey.groups
        for name in (first, second):
            if name not in groups:
                raise unknown(_("Kelompok"), name, groups)
        if first == second:
            raise Unfit(_("Bandingkan dua kelompok yang berbeda."))
        if not 0 < confidence < 1:
            told = _("Tingkat keyakinan {confidence} di luar 0–1; 95% ditulis 0.95.")
            raise Unfit(told.format(confidence=f"{confidence:g}"))
        rows = []
        for what, values in measures:
            row = self._row(what, values, first, second, confidence)
            self.rows[what, frozenset((first, second)), self.survey.scope] = row
            rows.append(row)
        names = groups[first], groups[second]
        title = _("{first} di samping {second}").format(first=names[0], second=names[1])
        return self._view(rows, title, " ".join([*map(_said, rows), self.warning]), names)

    def _row(
        self, what: str, values: pd.DataFrame, first: str, second: str, confidence: float
    ) -> dict:
        sides = [
            values.loc[values["group"].astype(str) == group, "value"].astype(float)
            for group in (first, second)
        ]
        n = [int(side.count()) for side in sides]
        groups = self.survey.groups
        if not all(n):
            empty = groups[first if not n[0] else second]
            raise Unfit(_("Kelompok {name} belum menjawab.").format(name=empty))
        found = comparisons.welch(sides[0], sides[1], confidence)
        means = [float(side.mean()) for side in sides]
        told = [what, groups[first], groups[second], *n, *means]
        told += [found.value, found.low, found.high, confidence, found.p_value]
        return dict(zip(COLUMNS, told, strict=True))

    @property
    def seen(self) -> View:
        """All that were looked at."""
        title = _("Pembandingan yang sudah dilihat di meja ini: {n}").format(n=len(self.rows))
        names = _("kelompok pertama"), _("kelompok kedua")
        return self._view(list(self.rows.values()), title, self.warning, names)

    @property
    def warning(self) -> str:
        """What such comparisons may not be taken for, and how many there were."""
        words = _(
            "Pembandingan ini berada di luar keluarga pembandingan laporannya: tarafnya tidak "
            "dibagi, jadi jangan dikutip sebagai temuan. Sudah {n} pembandingan yang dilihat di "
            "meja ini; makin banyak yang dilihat, makin besar kemungkinan satu tampak berbeda "
            "secara kebetulan."
        )
        return words.format(n=number(len(self.rows), 0))

    def _view(self, rows: Sequence[dict], title: str, note: str, names: tuple[str, str]) -> View:
        data = pd.DataFrame(rows, columns=COLUMNS)
        data.attrs = {"source": self.survey.source}
        headings = {
            "what": _("Ukuran"),
            "first": _("Kelompok"),
            "second": _("Di samping"),
            "n_first": f"n {names[0]}",
            "n_second": f"n {names[1]}",
            "mean_first": _("Rerata {name}").format(name=names[0]),
            "mean_second": _("Rerata {name}").format(name=names[1]),
            "difference": _("Selisih"),
            "interval": _("Selang"),
            "confidence": _("Keyakinan"),
            "p": "p",
        }
        columns = [*COLUMNS[:8], "interval", "confidence", "p"]
        return View(self.survey, data, title, columns, "", headings, FORMATS, note)


def _said(row: dict) -> str:
    """One comparison as a sentence."""
    words = _(
        "{what}: {first} {mean_first} (n = {n_first}), {second} {mean_second} (n = {n_second}); "
        "selisih {difference}, selang {share} {interval}, p {p}."
    )
    p = row["p"]
    return words.format(
        what=row["what"],
        first=row["first"],
        second=row["second"],
        mean_first=number(row["mean_first"]),
        mean_second=number(row["mean_second"]),
        n_first=row["n_first"],
        n_second=row["n_second"],
        difference=number(row["difference"], sign=True),
        share=percent(row["confidence"]),
        interval=interval(row["low"], row["high"]),
        p=f"< {number(0.001, 3)}" if p < 0.001 else f"= {number(p, 3)}",
    )

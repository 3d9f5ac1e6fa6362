"""What differs between two records of an edition, and how that is said."""

from dataclasses import dataclass
from pathlib import PurePosixPath

from analysis.reports.changes.record import Record
from analysis.text import N_, _, listed, listing, number

MOST = 5  # units named in a cell


@dataclass(frozen=True)
class Change:
    """One thing that a report says otherwise, as people read it; empty where it said nothing.

    `key` and the exact `values` are those of a number.
    """

    report: str
    about: str
    before: str
    after: str
    key: str = ""
    values: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True)
class Count:
    """How many of `all` numbers that a report shows first `differ`, as pages show them, came and
    went; `units`: the names of those whose answers to the report's tables are others."""

    report: str
    all: int
    differ: int
    came: int
    went: int
    units: list[str]

    @property
    def because(self) -> str:
        """The units, in words."""
        return listed(self.units, MOST)

    @property
    def touched(self) -> bool:
        """Whether any of it can be seen to have changed."""
        return bool(self.differ or self.came or self.went)


@dataclass(frozen=True)
class Sent:
    """A workbook that counts now and did not, or the other way round; or a decision on a unit."""

    unit: str
    name: str
    what: str
    file: str

    @property
    def called(self) -> str:
        """The name of the file, without its folders."""
        return PurePosixPath(self.file).name


@dataclass(frozen=True)
class Difference:
    """All that differs between two records.

    `levels`: how sure claims are; `numbers`: also those that differ only beyond what pages show.
    `apart`: the titles of reports that only one of them has, and that are not compared. `reasons`:
    what else than answers may have moved something, in words.
    """

    old: Record
    new: Record
    levels: list[Change]
    findings: list[Change]
    figures: list[Change]
    numbers: list[Change]
    counts: list[Count]
    sent: list[Sent]
    apart: list[str]
    reasons: list[str]

    @property
    def units(self) -> list[str]:
        """The names of the units whose workbooks or decisions differ."""
        return list(dict.fromkeys(one.name for one in self.sent))

    @property
    def touched(self) -> list[Count]:
        """The reports of which numbers changed."""
        return [count for count in self.counts if count.touched]

    @property
    def seen(self) -> dict[str, list[Change]]:
        """By report the numbers that pages show otherwise."""
        found: dict[str, list[Change]] = {}
        for change in self.numbers:
            if change.before != change.after:
                found.setdefault(change.report, []).append(change)
        return found

    @property
    def summary(self) -> str:
        """How much differs and because of whom, in a few sentences."""
        counted = (
            (len(self.levels), N_("{n} tingkat kepastian")),
            (len(self.findings), N_("{n} temuan")),
            (len(self.figures), N_("{n} angka kunci")),
            (sum(map(len, self.seen.values())), N_("{n} angka dalam tabel dan gambar")),
        )
        parts = [_(words).format(n=number(n, 0)) for n, words in counted if n]
        said = [_("Tidak ada tingkat kepastian, temuan, atau angka yang berubah.")]
        if parts:
            said = [_("Yang berubah: {parts}.").format(parts=listing(parts))]
        if self.units:
            told = _("Berkas atau keputusan yang berubah: {units}.")
            said.append(told.format(units=listed(self.units)))
        if self.reasons:
            told = _("Berubah pula {reasons}.")
            said.append(told.format(reasons=listing(map(_, self.reasons))))
        return " ".join(said)

"""Two records of an edition side by side: what differs, the weightiest first, and why."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from analysis.levels import CLEAR, COUNT, LIKELY, UNCLEAR
from analysis.reports.changes.basis import REASONS, Said
from analysis.reports.changes.difference import Change, Count, Difference, Sent
from analysis.reports.changes.record import PART, Finding, Measure, Record, Report
from analysis.tables import chip
from analysis.text import _

STEPS = {CLEAR: 3, LIKELY: 2, UNCLEAR: 1, COUNT: 0}


def difference(old: Record, new: Record) -> Difference:
    """What an edition says now and did not, and why; reports that only one has are left out."""
    both = [id for id in new.reports if id in old.reports]
    pairs = [(old.reports[id], new.reports[id]) for id in both]
    numbers, counts = _numbers(old, new, both)
    named = {id: report.title for id, report in (old.reports | new.reports).items()}
    was, now = old.basis.reasons, new.basis.reasons
    return Difference(
        old,
        new,
        levels=_levels(pairs),
        findings=[change for pair in pairs for change in _findings(*pair)],
        figures=[change for pair in pairs for change in _figures(*pair)],
        numbers=numbers,
        counts=counts,
        sent=list(_sent(old.basis.units, new.basis.units)),
        apart=[title for id, title in named.items() if id not in both],
        reasons=[REASONS[name] for name in REASONS if was.get(name, "") != now.get(name, "")],
    )


def _levels(pairs: Iterable[tuple[Report, Report]]) -> list[Change]:
    """Claims that are more or less sure than before, or that only one of the two makes."""
    found: dict[str, tuple[bool, int, Change]] = {}
    for old, new in pairs:
        for id in {**new.claims, **old.claims}:
            was, now = old.claims.get(id), new.claims.get(id)
            before, after = ("" if claim is None else claim.level for claim in (was, now))
            if before != after and (told := now or was):
                values = was.value if was else None, now.value if now else None
                step = abs(STEPS.get(after, 0) - STEPS.get(before, 0))
                shown = chip(before), chip(after)
                change = Change(new.title, told.sentence, *shown, key=id, values=values)
                found.setdefault(id, (not told.primary, -step, change))
    return [change for *_order, change in sorted(found.values(), key=lambda one: one[:2])]


def _findings(old: Report, new: Report) -> Iterator[Change]:
    """Findings of a report that came, went, or say something else of the same claim or in the same
    place."""
    gone = {at: told for at, told in enumerate(old.findings) if told not in new.findings}
    came = {at: told for at, told in enumerate(new.findings) if told not in old.findings}
    places = {was.claim: at for at, was in gone.items() if was.claim}
    same = {
        at: gone.pop(places[told.claim], None) for at, told in came.items() if told.claim in places
    }
    for at, told in came.items():
        was = same.get(at) or gone.pop(at, None)
        yield Change(new.title, "", _told(was), _told(told), told.claim)
    yield from (Change(new.title, "", _told(was), "", was.claim) for was in gone.values())


def _told(finding: Finding | None) -> str:
    return f"{finding.headline} {chip(finding.level)}".strip() if finding else ""


def _figures(old: Report, new: Report) -> Iterator[Change]:
    """Key figures by their place, as what the first or the last one of is may be another."""
    for was, now in zip_longest(old.figures, new.figures):
        if was != now:
            same = was and now and was.label == now.label
            before, after = (
                "" if one is None else one.shown if same else f"{one.shown} {one.label}"
                for one in (was, now)
            )
            yield Change(new.title, now.label if same else "", before, after)


def _numbers(old: Record, new: Record, both: Iterable[str]) -> tuple[list[Change], list[Count]]:
    """Every number by the first report that shows it, and how many of each report differ."""
    changes: list[Change] = []
    counts: list[Count] = []
    met: set[str] = set()
    for id in both:
        was, now = old.reports[id], new.reports[id]
        found = [change for change in _pairs(was, now) if change.key not in met]
        met.update(change.key for change in found)
        seen = [change for change in found if change.before != change.after]
        counts.append(
            Count(
                now.title,
                all=len(found),
                differ=sum(bool(change.before and change.after) for change in seen),
                came=sum(not change.before for change in seen),
                went=sum(not change.after for change in seen),
                units=_because(old.basis.units, new.basis.units, now.tables),
            )
        )
        changes += [c for c in found if c.before != c.after or _apart(*c.values)]
    return changes, counts


def _pairs(old: Report, new: Report) -> Iterator[Change]:
    """Each number of a report in two records, whether or not it differs."""
    names = old.names | new.names
    for name in {**new.measures, **old.measures}:
        was, now = (report.measures.get(name, Measure("", {})) for report in (old, new))
        for key in {**now.numbers, **was.numbers}:
            (first, before), (second, after) = (m.numbers.get(key, (None, "")) for m in (was, now))
            parts = key.split("\n")
            things = [names.get(thing, thing) for part in parts for thing in part.split(PART)]
            about = " · ".join([now.label or was.label, *things])
            whole = ".".join([name, *parts])
            yield Change(new.title, about, before, after, whole, (first, second))


def _apart(first: float | None, second: float | None) -> bool:
    """Whether two numbers are apart by more than the order of their sums."""
    one, other = (None if n is None else float(f"{n:.10g}") for n in (first, second))
    return one != other


def _because(old: Mapping[str, Said], new: Mapping[str, Said], tables: Sequence[str]) -> list[str]:
    """The names of units whose answers to these tables differ; to any where there are none."""
    found = []
    for unit in {**new, **old}:
        was, now = ({} if side is None else side.answers for side in (old.get(unit), new.get(unit)))
        asked = tables or was.keys() | now.keys()
        if any(was.get(table) != now.get(table) for table in asked):
            found.append((new.get(unit) or old[unit]).name)
    return found


def _sent(old: Mapping[str, Said], new: Mapping[str, Said]) -> Iterator[Sent]:
    """What came, was revised, counts no longer or was decided, by unit."""
    nobody = Said("", {}, {}, "")
    for unit in {**new, **old}:
        was, now = old.get(unit, nobody), new.get(unit, nobody)
        name = now.name or was.name
        latest = max((revision for _sha256, revision in was.files.values()), default=None)
        for file, (sha256, revision) in now.files.items():
            known = was.files.get(file)
            if known and known[0] == sha256:
                continue
            if latest is None:
                what = _("masuk")
            elif revision > latest:
                what = _("revisi {n}").format(n=revision)
            else:
                what = _("berubah isinya") if known else _("berkas lain")
            yield Sent(unit, name, what, file)
        revised = latest is not None and any(r > latest for _sha256, r in now.files.values())
        for file in () if revised else was.files.keys() - now.files.keys():
            yield Sent(unit, name, _("tidak dipakai lagi"), file)
        if was.decisions != now.decisions:
            yield Sent(unit, name, _("keputusan koordinator"), "")

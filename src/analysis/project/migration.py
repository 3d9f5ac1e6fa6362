"""A folder of the layout before periods were folders, brought to that of today."""

import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from analysis import fingerprint
from analysis.project import entries, settings
from analysis.project.errors import ProjectError
from analysis.project.files import read, write
from analysis.project.folder import CHOICES, SETTINGS, Project
from analysis.project.statements import statements
from analysis.text import N_, _

SHARED = ("units.csv", "actions.csv", "instrument")  # of which each period gets its own
FILED = ("sample", "responses")  # below which everything lay by period
HEAD = N_("# Pilihan survei periode ini; yang tetap pada kota ada di ../city.toml.")
ASKED = Path(__file__).with_name("instrument")  # what was asked before a city could say it itself
INDICES = sorted(path for path in ASKED.iterdir() if path.is_dir())


@dataclass(frozen=True)
class Migration:
    """The periods that have a folder now, and files below ``data/raw``: those that were added.

    `left`: those among answers and samples that are of none of the periods.
    """

    periods: list[str]
    added: list[str]
    left: list[str]


def migrated(project: Project) -> Migration | None:
    """Give each period that has a sample or answers a folder; None where nothing is to be done.

    Every file stays as it is to the byte, but that of the settings, which is parted with all its
    remarks and kept beside as ``city.toml.bak``. What the program itself knew of the questionnaire
    is added to each instrument. Raises ProjectError where a part cannot be moved; then everything
    is as it was.
    """
    raw = project.raw
    if project.periods:
        return None
    name = SETTINGS.as_posix()
    text = read(raw / SETTINGS.name, name)
    content = entries.parsed(text, name)
    own = content.pop("period", None)
    if not (isinstance(own, str) and re.fullmatch(settings.PERIOD, own)):
        raise ProjectError(_("{file}: isian period tidak dapat dipakai.").format(file=name))
    periods = sorted({own, *_periods(project)})
    _check(raw, periods)
    city, chosen = _parted(text)
    if entries.parsed(city, name) | entries.parsed(chosen, name) != content:
        raise ProjectError(
            _("{file} tidak dapat dipisah; tidak ada yang diubah.").format(file=name)
        )
    # On the same disk, and beside what nobody may read half done.
    with TemporaryDirectory(
        dir=raw.parent, prefix=".masterplan.", ignore_cleanup_errors=True
    ) as temporary:
        made, before = Path(temporary) / "raw", Path(temporary) / "before"
        for path in raw.rglob("*"):
            if path.is_file() or path.is_symlink():
                for place in _places(path.relative_to(raw), periods):
                    (made / place).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy2(path, made / place, follow_symlinks=False)
        write(made / SETTINGS.name, city)
        for period in periods:
            indices = ", ".join(f'"{folder.name}"' for folder in INDICES)
            own = f"indices = [{indices}]\nclosed = false\n"
            write(made / period / CHOICES, f"{_(HEAD)}\n\n{own}\n{chosen}")
        added = [name for period in periods for name in _completed(made, period)]
        left = sorted(_left(made))
        try:
            raw.rename(before)
            made.rename(raw)
        except BaseException:
            if not raw.exists():
                before.rename(raw)
            raise
    return Migration(periods, added, left)


def _completed(raw: Path, period: str) -> Iterator[str]:
    """Add the files of the questionnaire that a period has not; yields each, below `raw`."""
    for path in sorted(p for p in ASKED.rglob("*") if p.is_file()):
        name = Path(period, "instrument", path.relative_to(ASKED))
        if not (raw / name).exists():
            write(raw / name, path.read_bytes())
            yield name.as_posix()


def _left(raw: Path) -> Iterator[str]:
    """What somebody put where answers or samples lay by period, but into none of them."""
    for kind in FILED:
        for path in (raw / kind).rglob("*"):
            if path.is_file() and not fingerprint.litter(path, raw) and path.name[0] != ".":
                yield path.relative_to(raw).as_posix()


def _periods(project: Project) -> Iterator[str]:
    """The periods of which something lies in the folders of old, or was made of it."""
    known = {p.name for p in (project.root / "data" / "processed").glob("*") if p.is_dir()}
    for kind in FILED:
        for path in (project.raw / kind).glob("*"):
            held = path.is_dir() and any(p.is_file() for p in path.rglob("*"))
            # Somebody may have put workbooks into a folder that is called as he liked.
            meant = kind == "sample" or path.name in known or re.match(r"\d{4}", path.name)
            if held and meant and re.fullmatch(settings.PERIOD, path.name):
                yield path.name


def _check(raw: Path, periods: Collection[str]) -> None:
    """Raise ProjectError where something of a period is there, or leads elsewhere."""
    for period in periods:
        if (raw / period).exists():
            said = _("data/raw/{period} sudah ada; pindahkan dahulu. Tidak ada yang diubah.")
            raise ProjectError(said.format(period=period))
    moved = [raw, *(raw / kind / period for kind in FILED for period in ("", *periods))]
    moved += [raw / "instrument"]
    # What a link of its own calls may be another thing in another folder, or nothing.
    moved += [p for p in raw.rglob("*") if _places(at := p.relative_to(raw), periods) != [at]]
    for path in moved:
        if path.is_symlink():
            said = _(
                "{path} adalah tautan; ganti dengan berkas atau folder biasa dahulu. Tidak ada "
                "yang diubah."
            )
            raise ProjectError(said.format(path=path.relative_to(raw.parent.parent).as_posix()))


def _parted(text: str) -> tuple[str, str]:
    """What is of the city and what of a period, each as it is written."""
    parts: dict[bool, list[str]] = {True: [], False: []}
    of_city = True
    for part in statements(text):
        if part.name == "period":
            continue
        if part.name:  # a remark on nothing stays with what it comes after
            of_city = part.name not in settings.OF_PERIOD
        parts[of_city].append(part.text)
    return "".join(parts[True]), "".join(parts[False])


def _places(path: Path, periods: Collection[str]) -> list[Path]:
    """Where a file below ``data/raw`` comes to lie."""
    match path.parts:
        case (SETTINGS.name,):
            return [Path(f"{SETTINGS.name}.bak")]
        case ("instrument", file) if (ASKED / (name := Path(file).stem)).is_dir():
            return [Path(period, "instrument", name, file) for period in periods]
        case (shared, *_more) if shared in SHARED:
            return [Path(period, path) for period in periods]
        case ("responses", period, "decisions.csv") if period in periods:
            return [Path(period, "decisions.csv")]
        case (kind, period, *rest) if kind in FILED and rest and period in periods:
            return [Path(period, kind, *rest)]
    return [path]

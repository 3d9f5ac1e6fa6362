"""What has changed between two runs, and because of whose workbook."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.table import Table

from analysis import places, terminal, text
from analysis.cli.options import lang, period, root
from analysis.cli.returning import json_too
from analysis.project import ProjectError
from analysis.runs.shelf import Shelf
from analysis.text import N_, _, number

if TYPE_CHECKING:
    from analysis.reports.changes.difference import Difference
    from analysis.reports.changes.record import Record
    from analysis.runs.manifest import Edition

MOST = 12  # lines of a table in the terminal


@click.command("diff")
@click.argument("old", required=False, metavar=N_("[LAMA]"))
@click.argument("new", required=False, metavar=N_("[BARU]"))
@click.option("--list", "listed", is_flag=True, help="Daftar laporan yang tersimpan.")
@json_too
@period
@lang
@root
def diff_command(
    old: str | None,
    new: str | None,
    listed: bool,
    as_json: bool,
    period: str,
    language: str | None,
    root: str | None,
) -> None:
    """Apa yang berubah antara dua laporan, dan karena berkas siapa.

    Setiap `masterplan run` yang mengubah sesuatu menyimpan apa yang dikatakan laporannya; yang
    disimpan sepuluh yang terakhir. Tanpa LAMA dan BARU dibandingkan dua yang terakhir. LAMA dan
    BARU adalah nomor dari --list, atau folder laporan lain; tanpa BARU dipakai yang terakhir.

    \b
    Contoh:
      masterplan diff                       dua laporan yang terakhir
      masterplan diff --list                laporan mana saja yang tersimpan
      masterplan diff 3                     laporan nomor 3 dan yang terakhir
      masterplan diff ../lama/reports/2023  laporan di folder lain dan yang terakhir
    """
    from analysis.reports.changes import kept  # imports what no other command has to wait for
    from analysis.reports.changes.comparison import difference

    text.use(language or text.language())
    with places.opened(root, period) as project:
        known = kept.records(kept.folder(Shelf.official(project.reports, text.language())))
    if listed and (known or as_json):
        if as_json:
            _print_json([{"number": n, **asdict(r.edition)} for n, r in known.items()])
        else:
            _show_kept(known)
        return
    last = [*known.values()]
    if len(last) < 2 - len(list(filter(None, (old, new)))):
        said = _(
            "Belum ada cukup laporan untuk dibandingkan: setiap `masterplan run` yang mengubah "
            "sesuatu menyimpan satu. Yang tersimpan: masterplan diff --list."
        )
        raise ProjectError(said)
    before = _record(old, known) if old else last[-2]
    after = _record(new, known) if new else last[-1]
    _of_one_survey(before.edition, after.edition)
    found = difference(before, after)
    if as_json:
        content = asdict(found)
        for side in ("old", "new"):
            content[side] = content[side]["edition"]
        _print_json(content)
    else:
        _show(found)


def _record(name: str, known: "Mapping[int, Record]") -> "Record":
    """The record of that number, or the last one of another folder of reports."""
    from analysis.reports.changes import kept

    if name.isdecimal() and int(name) in known:
        return known[int(name)]
    elsewhere = kept.records(kept.folder(Shelf(Path(name))))
    if not elsewhere:
        said = _(
            "“{name}” bukan nomor laporan yang tersimpan, dan bukan folder laporan (misalnya "
            "reports/2023) yang menyimpan satu pun. Lihat masterplan diff --list."
        )
        raise ProjectError(said.format(name=name))
    return next(reversed(elsewhere.values()))


def _of_one_survey(old: "Edition", new: "Edition") -> None:
    """Raise ProjectError where two editions are of other cities, periods, or kinds of answers."""
    sides = [(side.city, side.period, side.sample) for side in (old, new)]
    if sides[0] == sides[1]:
        return
    kinds = {True: _("jawaban CONTOH"), False: _("jawaban asli")}
    both = [f"{city}, {period}, {kinds[sample]}" for city, period, sample in sides]
    said = _(
        "Dua laporan ini bukan dari kota, periode, dan jenis jawaban yang sama: {old}; dan {new}."
    ).format(old=both[0], new=both[1])
    if (old.city, old.sample) == (new.city, new.sample):
        said += " " + _(
            "Perubahan antarperiode ada pada halaman Perubahan Antarperiode (09-change.html) dalam "
            "laporan periode yang lebih baru."
        )
    raise ProjectError(said)


def _print_json(content: object) -> None:
    click.echo(json.dumps(content, ensure_ascii=False, indent=1))


def _show_kept(known: "Mapping[int, Record]") -> None:
    """Which records there are, the last one at the end."""
    rows = [(str(n), record.edition.made, record.edition.response) for n, record in known.items()]
    _table(rows, (_("Nomor"), _("Dibuat"), _("Jawaban")), most=len(rows))


def _show(found: "Difference") -> None:
    """What differs, the weightiest first."""
    for word, side in ((_("Lama:"), found.old), (_("Baru:"), found.new)):
        terminal.console.print(word, side.edition.made, side.edition.response, soft_wrap=True)
    terminal.console.print(found.summary, style="bold", soft_wrap=True)
    if found.apart:
        said = _("Tidak dibandingkan, karena hanya ada di salah satunya: {titles}.")
        terminal.console.print(said.format(titles=text.listing(found.apart)), soft_wrap=True)
    before, after, report = _("Sebelum"), _("Sekarang"), _("Laporan")
    _table(
        [(sent.name, sent.what, sent.called) for sent in found.sent],
        (_("Perangkat daerah"), _("Yang berubah"), _("Berkas")),
    )
    _table(
        [(one.about, one.before, one.after) for one in found.levels],
        (_("Kesimpulan"), before, after),
    )
    _table([(one.before, one.after) for one in found.findings], (_("Temuan sebelum"), after))
    _table(
        [(one.report, one.about, one.before, one.after) for one in found.figures],
        (report, _("Angka kunci"), before, after),
    )
    _table(
        [
            (c.report, *(number(n, 0) for n in (c.all, c.differ, c.came, c.went)), c.because)
            for c in found.touched
        ],
        (report, _("Angka"), _("Berubah"), _("Baru"), _("Hilang"), _("Karena jawaban")),
    )


def _table(rows: Iterable[Sequence[str]], heads: Sequence[str], most: int = MOST) -> None:
    """A table of the first rows, and how many more there are; nothing of none."""
    rows = list(rows)
    if not rows:
        return
    table = Table(*heads, box=None, pad_edge=False)
    for row in rows[:most]:
        table.add_row(*(cell or "–" for cell in row))
    terminal.console.print()
    terminal.console.print(table)
    if (others := len(rows) - most) > 0:
        said = _("... dan {count} lainnya: lihat halamannya, atau --json.")
        terminal.console.print(said.format(count=others), style="dim")

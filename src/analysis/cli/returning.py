"""While answers come: what is wrong with them, and what is to be done next."""

import json
import sys
from pathlib import Path

import click
import pandas as pd

from analysis import places, terminal
from analysis.cli.options import root
from analysis.progress import Live
from analysis.project import Project
from analysis.runs.lock import held
from analysis.speaking import FAILURE, SUCCESS
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.register import known_as
from analysis.survey.asked.register import units as register
from analysis.survey.kept import corrections, delivery, ingest, setup, store
from analysis.survey.kept import status as progress
from analysis.survey.sent import corrections as workbooks
from analysis.survey.told import letters, problems, wording
from analysis.text import N_, _

Tables = dict[str, pd.DataFrame]

named = click.argument("names", nargs=-1, metavar=N_("[UNIT]..."))
json_too = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")


def _read(project: Project, watch: Live) -> Tables:
    """All that came, read anew and kept for the notebooks."""
    with watch.bars, held(project):
        setup.check(project)
        period = project.settings.period
        tables = ingest.ingest(project, period, watch.reading)
        store.save(project, period, tables)
    return tables


def _print_json(records: list[dict]) -> None:
    click.echo(json.dumps(records, ensure_ascii=False, indent=1))


@click.command()
@named
@json_too
@click.option(
    "--letters",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder untuk satu surat pendek per unit, siap disalin ke WhatsApp atau surel.",
)
@root
def check(names: tuple[str, ...], as_json: bool, out: Path | None, root: str | None) -> None:
    """Periksa setiap berkas kuesioner: apa yang salah, dan cara memperbaikinya.

    Perangkat daerah boleh disebut dengan id, nama, singkatan, atau sebutan lain dalam units.csv.
    Baris-baris terakhir merangkum yang masalahnya paling banyak.

    \b
    Contoh:
      masterplan check                     semua masalah, menurut perangkat daerah
      masterplan check rsud dinkes         hanya masalah kedua perangkat daerah ini
      masterplan check --letters surat     satu surat untuk masing-masing, di folder surat

    Kode keluar: 0 bersih atau hanya peringatan, 1 ada kesalahan, 2 perintah salah.
    """
    with places.opened(root) as project:
        units = register(project)
        chosen = known_as(names, units)
        period, settings = project.settings.period, project.settings
        tables = _read(project, Live(terminal.console))
        found, sources = tables["problems"], tables["sources"]
        if out:
            mended = corrections.corrections(tables, Instrument.load(project))
            files = workbooks.names(mended, corrections.revisions(sources), period)
    if names:
        ids = [u.id for u in chosen]
        found, sources = (t[t["unit"].isin(ids)] for t in (found, sources))
    said = wording.said(found)
    if as_json:
        _print_json(wording.records(said))
    else:
        terminal.console.print(delivery.read(tables["sources"], period))
        terminal.show_problems(said, sources, {u.id: u.name for u in chosen})
    if out:
        texts = letters.letters(found, sources, units, period, settings.campaign, files)
        letters.save(project, texts, chosen, out)
        if not as_json:
            terminal.console.print(_("{count} surat ditulis di").format(count=len(texts)), end=" ")
            terminal.console.place(str(out))
    sys.exit(FAILURE if (found["severity"] == problems.ERROR).any() else SUCCESS)


@click.command("corrections")
@named
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder tujuan (bawaan: corrections-<periode>).",
)
@root
def corrections_command(names: tuple[str, ...], out: Path | None, root: str | None) -> None:
    """Tulis berkas perbaikan: jawaban mereka sendiri, hanya yang perlu diperbaiki yang terbuka.

    Satu berkas untuk setiap perangkat daerah yang isiannya salah, kosong, atau meragukan. Hanya
    sel itu yang kuning dan dapat diubah, dengan sebabnya di sampingnya dan daftarnya pada lembar
    pertama; nomor revisi sudah dinaikkan. Berkas yang kembali disimpan dan dibaca seperti kuesioner
    lain. Berkas lama yang tidak diperlukan lagi dihapus, kecuali yang sudah diisi.

    \b
    Contoh:
      masterplan corrections                      semua yang perlu memperbaiki
      masterplan corrections rsud --out kirim     hanya RSUD, di folder kirim

    Kode keluar: 0 ditulis, atau tidak ada yang perlu diperbaiki, 2 ada berkas yang menghalangi.
    """
    watch = Live(terminal.console)
    with places.opened(root) as project:
        units = register(project)
        chosen = {u.id for u in known_as(names, units)}
        period = project.settings.period
        folder = out or project.inside(project.root / f"corrections-{period}")
        tables = _read(project, watch)
        found = corrections.corrections(tables, Instrument.load(project))
        sources = tables["sources"]
        with watch.bars:
            written, gone = workbooks.write(
                project,
                period,
                folder,
                found[found["unit"].isin(chosen)],
                corrections.revisions(sources),
                delivery.of_sample(sources),
                chosen,
                watch.writing,
            )
        for name in gone:
            said = _("Dihapus karena tidak diperlukan lagi: {file}")
            terminal.console.print(said.format(file=name))
        if not written:
            terminal.console.print(_("Tidak ada yang perlu diperbaiki; tidak ada yang ditulis."))
            return
        counted = _("{count} berkas perbaikan ditulis di").format(count=len(written))
        terminal.console.print(counted, end=" ")
        terminal.console.place(places.shown(root, project, folder))


@click.command("status")
@json_too
@root
def status_command(as_json: bool, root: str | None) -> None:
    """Sudah sejauh mana setiap perangkat daerah, dan apa langkah berikutnya.

    Di bawah tabel ada satu alinea untuk disalin ke grup percakapan.

    Contoh: masterplan status
    """
    with places.opened(root) as project:
        units = register(project)
        tables = _read(project, Live(terminal.console))
        settings = project.settings
    frame = progress.status(tables, units)
    if as_json:
        rows = frame.astype(object).where(frame.notna(), None)
        _print_json(rows.to_dict("records"))
        return
    terminal.console.print(delivery.read(tables["sources"], settings.period))
    terminal.show_status(frame)
    deadline = settings.campaign.deadline
    terminal.console.place(progress.for_the_group(frame, settings.period, deadline))

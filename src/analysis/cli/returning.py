"""While answers come: what is wrong with them, and what is to be done next."""

import json
import sys
from pathlib import Path

import click

from analysis import places, terminal
from analysis.cli.options import force, period, root
from analysis.progress import Live
from analysis.project import Project
from analysis.runs.lock import held
from analysis.speaking import FAILURE, SUCCESS
from analysis.survey.asked.register import known_as
from analysis.survey.asked.register import units as register
from analysis.survey.kept import delivery, ingest, setup, store
from analysis.survey.kept.cockpit import Cockpit
from analysis.survey.sent import corrections as workbooks
from analysis.survey.told import letters, problems, wording
from analysis.text import N_, _

named = click.argument("names", nargs=-1, metavar=N_("[UNIT]..."))
json_too = click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")


def _read(project: Project, watch: Live) -> Cockpit:
    """All that came, read anew and kept for the notebooks."""
    with watch.bars, held(project):
        setup.check(project)
        tables = ingest.ingest(project, watch.reading)
        if not project.settings.closed:  # its edition keeps the tables behind it
            store.save(project, tables)
    return Cockpit(project, tables)


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
@period
@root
def check(
    names: tuple[str, ...], as_json: bool, out: Path | None, period: str, root: str | None
) -> None:
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
    with places.opened(root, period) as project:
        chosen = {u.id: u.name for u in known_as(names, register(project))}
        cockpit = _read(project, Live(terminal.console))
        texts = cockpit.letters if out else {}
    found, sources = cockpit.tables["problems"], cockpit.tables["sources"]
    if names:
        found, sources = (t[t["unit"].isin(chosen)] for t in (found, sources))
    said = wording.said(found)
    if as_json:
        _print_json(wording.records(said))
    else:
        terminal.console.print(delivery.read(cockpit.tables["sources"], cockpit.project))
        terminal.show_problems(said, sources, chosen)
    if out:
        texts = {unit: words for unit, words in texts.items() if unit in chosen}
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
@force
@period
@root
def corrections_command(
    names: tuple[str, ...], out: Path | None, force: bool, period: str, root: str | None
) -> None:
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
    with places.opened(root, period) as project:
        chosen = {u.id for u in known_as(names, register(project))}
        setup.to_write(project, force)
        folder = out or project.inside(project.root / f"corrections-{project.period}")
        cockpit = _read(project, watch)
        found, sources = cockpit.corrections, cockpit.tables["sources"]
        with watch.bars:
            written, gone = workbooks.write(
                project,
                folder,
                found[found["unit"].isin(chosen)],
                cockpit.revisions,
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
@period
@root
def status_command(as_json: bool, period: str, root: str | None) -> None:
    """Sudah sejauh mana setiap perangkat daerah, dan apa langkah berikutnya.

    Di bawah tabel ada satu alinea untuk disalin ke grup percakapan.

    Contoh: masterplan status
    """
    with places.opened(root, period) as project:
        cockpit = _read(project, Live(terminal.console))
        frame, told = cockpit.status, cockpit.for_the_group
    if as_json:
        rows = frame.astype(object).where(frame.notna(), None)
        _print_json(rows.to_dict("records"))
        return
    terminal.console.print(delivery.read(cockpit.tables["sources"], cockpit.project))
    terminal.show_status(frame)
    terminal.console.place(told)

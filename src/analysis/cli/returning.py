"""While answers come: what is wrong with them, and what is to be done next."""

import json
import sys
from pathlib import Path

import click

from analysis import places, terminal
from analysis.cli.options import root
from analysis.progress import Live
from analysis.runs.lock import held
from analysis.speaking import FAILURE, SUCCESS
from analysis.survey.asked.register import units as register
from analysis.survey.kept import delivery, ingest, setup, store
from analysis.survey.told import letters, problems, wording
from analysis.text import _


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--letters",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder untuk satu surat pendek per unit, siap disalin ke WhatsApp atau surel.",
)
@root
def check(as_json: bool, out: Path | None, root: str | None) -> None:
    """Periksa setiap buku kerja: apa yang salah, dan cara memperbaikinya.

    \b
    Contoh:
      masterplan check                     semua masalah, menurut unit
      masterplan check --letters surat     satu surat per unit di folder surat

    Kode keluar: 0 bersih atau hanya peringatan, 1 ada kesalahan, 2 perintah salah.
    """
    watch = Live(terminal.console)
    with places.opened(root) as project, watch.bars, held(project):
        setup.check(project)
        period = project.settings.period
        tables = ingest.ingest(project, period, watch.reading)
        store.save(project, period, tables)
        found, units, sources = tables["problems"], register(project), tables["sources"]
    said = wording.said(found)
    if as_json:
        click.echo(json.dumps(wording.records(said), ensure_ascii=False, indent=1))
    else:
        terminal.console.print(delivery.read(sources, period))
        terminal.show_problems(said, sources, {u.id: u.name for u in units})
    if out:
        texts = letters.letters(found, sources, units, period)
        letters.save(project, texts, units, out)
        if not as_json:
            terminal.console.print(_("{count} surat ditulis di").format(count=len(texts)), end=" ")
            terminal.console.place(str(out))
    sys.exit(FAILURE if (found["severity"] == problems.ERROR).any() else SUCCESS)

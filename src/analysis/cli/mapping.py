"""Tables from other forms: what their headings mean, for a person to decide."""

from pathlib import Path

import click

from analysis import places, terminal
from analysis.cli.options import period, root
from analysis.project import Project, ProjectError
from analysis.runs.lock import held
from analysis.survey.kept import setup
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.wide.proposals import keep, proposals
from analysis.text import N_, SOURCE, _, using


@click.command("map")
@click.argument("file", metavar=N_("BERKAS"), type=click.Path(path_type=Path))
@period
@root
def map_command(file: Path, period: str, root: str | None) -> None:
    """Usulkan arti judul kolom yang belum dikenal dalam jawaban dari formulir lain.

    Untuk setiap judul kolom yang tidak dikenal, butir yang paling mungkin ditambahkan sebagai baris
    ke data/raw/<periode>/mapping.csv. Periksa item dan field-nya (kosongkan item bila kolom itu
    tidak ditanyakan), lalu ganti no menjadi yes pada kolom confirmed; hanya yang yes berlaku.
    Baris yang sudah ada tidak berubah.

    \b
    Contoh:
      masterplan map data/raw/2023/responses/ekspor.xlsx
      masterplan map ekspor.xlsx             berkas di folder jawaban

    Kode keluar: 0 ditambahkan, atau semua judul dikenal; 2 berkas itu bukan tabel jawaban.
    """
    with places.opened(root, period) as project, held(project):
        setup.check(project)
        path = _found(project, file)
        with using(SOURCE):
            rows = proposals(path, Expected.of(project))
        added = keep(project, rows)
        place = places.shown(root, project, project.mapping)
    if not rows:
        terminal.console.print(_("Semua judul kolom dikenal; tidak ada yang perlu diputuskan."))
        return
    for row in added:
        meant = f"{row.item} {row.field} ({row.asks})" if row.item else "–"
        told = _("“{heading}”: {meant}").format(heading=row.heading, meant=meant)
        terminal.console.print(told, soft_wrap=True)
    counted = _("{count} judul kolom ditambahkan ke").format(count=len(added))
    terminal.console.print(counted, end=" ")
    terminal.console.place(place)
    told = _("Periksa setiap baris yang confirmed-nya no, lalu ganti menjadi yes.")
    terminal.console.print(told, soft_wrap=True)


def _found(project: Project, file: Path) -> Path:
    """The file as it was typed, or among the answers. Raises ProjectError where there is none."""
    for path in (file, project.responses / file):
        if path.is_file():
            return path
    raise ProjectError(_("{file}: berkas tidak ada.").format(file=file))

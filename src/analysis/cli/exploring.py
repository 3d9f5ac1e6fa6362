"""The analyst's desk."""

import click

from analysis.cli.options import period
from analysis.lab import opening
from analysis.project import Project
from analysis.text import N_


@click.command("lab")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar=N_("[-- PILIHAN...]"))
@period
@click.option("--root", metavar="FOLDER", help="Folder proyek.")
def lab_command(arguments: tuple[str, ...], period: str, root: str | None) -> None:
    """Buka JupyterLab untuk menjelajahi jawaban dan menyunting notebook.

    Ia terbuka di browser pada panduan notebooks/README.md, dengan seluruh folder proyek di sebelah
    kiri. Perintah masterplan dan pip di dalamnya adalah milik lingkungan ini.

    Menjelajah tidak mengubah laporan resmi. Tidak ada yang disimpan dengan sendirinya; yang Anda
    simpan (Ctrl+S) di notebooks/ menjadi resmi pada masterplan run berikutnya. Percobaan disimpan
    di notebooks/coba: folder itu tidak ikut dalam laporan dan tidak masuk Git.

    Notebook yang dilacak Git disimpan tanpa keluarannya, sebab keluaran memuat jawaban; di browser
    keluarannya tetap tampak. Hentikan dengan Ctrl+C di jendela perintah ini.

    \b
    Contoh:
      masterplan lab                                  di browser bawaan
      masterplan lab -- --no-browser --port 9999      pilihan sesudah -- milik JupyterLab
      masterplan lab --period 2023                    notebook memakai periode itu
      masterplan lab --root kota/pariaman             untuk kota lain
    """
    opening.lab(Project.find(root, period), arguments)

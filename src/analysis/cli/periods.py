"""Periods of a city: the next one, and folders from before a period was a folder."""

import click

from analysis import places, terminal
from analysis.cli.options import root
from analysis.project.migration import migrated
from analysis.project.succession import successor
from analysis.runs.lock import held
from analysis.text import N_, _, listing


@click.command("period")
@click.argument("name", metavar=N_("PERIODE"))
@click.option(
    "--from",
    "before",
    default="",
    metavar="PERIODE",
    help="Periode asalnya (bawaan: yang terbaru).",
)
@root
def period_command(name: str, before: str, root: str | None) -> None:
    """Mulai periode berikutnya, dengan pengaturan dan kuesioner periode sebelumnya.

    Yang disalin: period.toml (terbuka, tanpa batas waktu), units.csv, actions.csv, dan instrument/.
    Jawaban, contoh, dan keputusan tidak. Periode sebelumnya tidak berubah.

    \b
    Contoh:
      masterplan period 2024                dari periode terbaru
      masterplan period 2024 --from 2022    dari periode lain

    Kode keluar: 0 dibuat, 2 periode itu sudah ada, atau namanya tidak dapat dipakai.
    """
    with places.opened(root) as project, held(project):
        old = project.at(before or next(reversed(project.periods), ""))
        made, files = successor(old, name)
        folder = places.shown(root, project, made.folder)
    told = _("Periode {period} dibuat dari {before}: {files}.")
    tables = sum(file.startswith("instrument/") for file in files)
    said = [file for file in files if not file.startswith("instrument/")]
    said.append(_("{count} berkas instrument").format(count=tables))
    terminal.console.print(
        told.format(period=made.period, before=old.period, files=listing(said)), soft_wrap=True
    )
    terminal.console.place(folder)
    told = _(
        "Berikutnya: sunting visi dan ambang dalam {file}, daftar unit, dan butirnya; lalu "
        "`masterplan doctor --period {period}` dan `masterplan forms --period {period}`."
    )
    terminal.console.print(told.format(file=made.choices, period=made.period), soft_wrap=True)


@click.command("migrate")
@click.argument("folder", required=False, metavar=N_("[FOLDER]"))
def migrate_command(folder: str | None) -> None:
    """Ubah folder bersusunan lama menjadi satu folder untuk setiap periode.

    Setiap periode yang mempunyai contoh atau jawaban mendapat salinan daftar unit, usul tindak
    lanjut, instrumen, dan pengaturannya sendiri di data/raw/<periode>/. Isi berkas tidak berubah;
    city.toml dipisah beserta keterangannya, dan aslinya disimpan sebagai city.toml.bak. Instrumen
    yang belum memuat tables.toml dan scales.csv mendapat keduanya. Bila ada yang tidak dapat
    dipindah, tidak ada yang berubah.

    Contoh: masterplan migrate

    Kode keluar: 0 selesai, atau tidak ada yang perlu diubah; 2 ada yang menghalangi.
    """
    with places.opened(folder) as project, held(project):
        done = migrated(project)
    if not done:
        terminal.console.print(_("Susunan folder ini sudah baru; tidak ada yang diubah."))
        return
    said = _("Selesai. Periode sekarang berupa folder di data/raw: {periods}.")
    terminal.console.print(said.format(periods=listing(done.periods)))
    if done.added:
        said = _("Ditambahkan di data/raw, karena sebelumnya belum berupa berkas: {files}.")
        terminal.console.print(said.format(files=listing(done.added)), soft_wrap=True)
    if done.left:
        said = _(
            "Tetap di data/raw, karena tidak jelas periodenya: {files}. Pindahkan sendiri ke "
            "data/raw/<periode>/responses bila itu jawaban; di tempatnya sekarang tidak dibaca."
        )
        told = said.format(files=listing(done.left))
        terminal.console.print(told, style="yellow", soft_wrap=True)
    terminal.console.print(_("Periksa hasilnya dengan `masterplan doctor`."))

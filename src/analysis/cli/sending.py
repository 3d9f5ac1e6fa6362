"""Before answers come: what is set is examined, forms and samples are written."""

import io
import sys
from itertools import chain
from pathlib import Path

import click
from rich.progress import track

from analysis import places, terminal
from analysis.cli.fitting import unfit
from analysis.cli.options import force, period, root
from analysis.project import ProjectError
from analysis.reports import doctor
from analysis.speaking import SUCCESS, USAGE
from analysis.survey.kept import setup
from analysis.survey.sent import forms, sample, trial, xlsform
from analysis.text import _


@click.command("doctor")
@period
@root
def doctor_command(period: str, root: str | None) -> None:
    """Periksa apakah semuanya siap: pengaturan kota, notebook, dan komputer ini.

    Satu baris untuk setiap hal, dengan apa yang perlu dilakukan: city.toml dan statistics.csv,
    serta period.toml, units.csv, dan instrument/*.csv periode itu, sampai ke baris dan kolomnya;
    lalu notebook, izin menulis, kunci folder, layar, dan ruang diska. Tidak ada yang diubah.

    \b
    Contoh:
      masterplan doctor                    sebelum masterplan forms
      masterplan doctor --root kota-lain   untuk kota lain

    Kode keluar: 0 siap (yang bertanda “perhatikan” boleh dibiarkan), 2 ada yang salah.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a finding tells of a console without its letters
    wrong = False
    with places.opened(root, period) as project:
        for found in chain(doctor.examined(project), doctor.unfit(unfit(project))):
            terminal.show_finding(found)
            wrong |= found.state == doctor.WRONG
    sys.exit(USAGE if wrong else SUCCESS)


@click.command("forms")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder tujuan (bawaan: forms-<periode>).",
)
@click.option(
    "--xlsform",
    "sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.xlsx",
    help="Tulis satu XLSForm untuk Kobo, ODK, atau Enketo, bukan buku kerja.",
)
@force
@period
@root
def forms_command(
    out: Path | None, sheet: Path | None, force: bool, period: str, root: str | None
) -> None:
    """Tulis satu kuesioner kosong untuk setiap unit, atau satu XLSForm untuk semuanya.

    Buku kerja diisi dengan Excel dan sejenisnya. XLSForm diunggah ke KoboToolbox, ODK Central, atau
    Enketo: satu formulir dalam semua bahasa kuesioner, yang menanyakan unit pengisi lebih dahulu,
    lalu hanya yang menjadi bagian unit itu, satu halaman setiap tabel. Nama pertanyaan dan
    pilihan di dalamnya dipakai untuk mengenali jawaban; jangan diubah.

    \b
    Contoh:
      masterplan forms --out kuesioner-2023      satu buku kerja setiap unit
      masterplan forms --xlsform kobo-2023.xlsx  satu XLSForm

    Berkas yang sudah diisi atau disunting tidak pernah ditimpa.

    Kode keluar: 0 ditulis, 2 perintah salah, periode ditutup, atau ada berkas yang menghalangi.
    """
    if sheet and out:
        raise ProjectError(_("Pilih salah satu: --out atau --xlsform."))
    if sheet and sheet.suffix.lower() != ".xlsx":
        raise ProjectError(_("Nama XLSForm harus berakhiran .xlsx."))
    with (
        places.opened(root, period) as project,
        terminal.console.status(_("Menulis kuesioner ...")),
    ):
        setup.to_write(project, force)
        for said in (*setup.doubts(project), *unfit(project)):
            terminal.console.print(said, style="yellow", soft_wrap=True)
        folder = out or project.inside(project.root / f"forms-{project.period}")
        written = xlsform.write(project, sheet) if sheet else forms.write(project, folder)
    said = _("XLSForm ditulis di") if sheet else _("{count} kuesioner ditulis di")
    terminal.console.print(said.format(count=len(written)), end=" ")
    terminal.console.place(places.shown(root, project, sheet or written[0].parent))


@click.command("sample")
@click.option(
    "--seed", type=click.IntRange(0), help="Benih bilangan acak (bawaan: seed dalam city.toml)."
)
@click.option("--cities", "count", type=click.IntRange(1), help="Banyaknya kota contoh.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
@force
@period
@root
def sample_command(
    seed: int | None,
    count: int | None,
    out: Path | None,
    force: bool,
    period: str,
    root: str | None,
) -> None:
    """Isi kuesioner semua unit dengan jawaban CONTOH (sintetis).

    Data contoh dipakai selama belum ada jawaban asli; setiap halaman menandainya. Dengan --cities
    dibuat kota-kota contoh, masing-masing sebuah folder proyek, untuk mencoba masterplan run atas
    banyak kota.

    \b
    Contoh:
      masterplan sample --cities 5 --out kota
      masterplan run --root 'kota/*'
    """
    with places.opened(root, period) as project:
        setup.to_write(project, force)
        chosen = project.settings.seed if seed is None else seed
        if count:
            folder = out or project.root / "cities"
            made = trial.cities(project, count, chosen, folder)
            for _city in track(made, _("Membuat kota contoh"), count, console=terminal.console):
                pass
            said = _("{count} kota contoh ditulis di").format(count=count)
        else:
            with terminal.console.status(_("Mengisi buku kerja contoh ...")):
                written = sample.write(project, chosen, out)
            folder = written[0].parent
            said = _("{count} buku kerja contoh ditulis di").format(count=len(written))
    terminal.console.print(said, end=" ")
    terminal.console.place(places.shown(root, project, folder))

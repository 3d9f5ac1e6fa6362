"""What is handed on from the reports: a sheet of paper, pictures for messengers, slides."""

import sys
from pathlib import Path

import click

from analysis import places, terminal, text
from analysis.cli.options import force, lang, period, root
from analysis.speaking import FAILURE
from analysis.survey.kept import setup
from analysis.text import _


@click.command("share")
@force
@period
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
@lang
@root
def share_command(
    force: bool, period: str, out: Path | None, language: str | None, root: str | None
) -> None:
    """Buat paparan, lembar A4, dan kartu untuk dibagikan, dari laporan yang sudah ada.

    \b
    Ditulis di reports/<periode>/share/:
      paparan.pptx         paling banyak 15 slide; rinciannya dalam catatan setiap slide
      ringkasan.pdf        ringkasan untuk wali kota, satu lembar A4
      kartu-<tahap>.png    satu gambar setiap tahap (1080 x 1350), untuk grup percakapan
      daftar-bukti-<indeks>.xlsx  bila ada bukti berupa berkas, untuk wawancara penilai

    \b
    Contoh:
      masterplan share                     periode terbaru dengan jawaban, atau dengan contoh
      masterplan share --period 2023       periode lain
      masterplan share --lang en           dalam bahasa Inggris, di reports/<periode>/en/share/
      masterplan share --out kirim         di folder kirim

    PDF dan kartu digambar oleh Chromium, Chrome, atau Edge yang terpasang; bila letaknya tidak
    biasa, sebutkan dalam variabel MASTERPLAN_BROWSER. Paparan tidak memerlukannya. Berkas yang
    sudah disunting tidak pernah ditimpa.

    Kode keluar: 0 semua ditulis, 1 PDF atau kartu tidak dapat dibuat, 2 belum ada laporan, perintah
    salah, atau ada berkas yang menghalangi.
    """
    from analysis.reports import share  # takes a second, which no other command has to spend

    text.use(language or text.language())
    with places.opened(root, period) as project:
        with terminal.console.status(_("Menyusun ...")) as bar:
            setup.to_write(project, force)
            made = share.write(
                project,
                out,
                lambda what: bar.update(_("Menyusun {what}").format(what=what)),
            )
        folder = made.written[0].parent
        shown = places.shown(root, project, folder)
    for path in made.written:
        terminal.console.print(f"✓ {path.name}")
    for name in made.lacking:
        terminal.console.print(f"✗ {name}", style="yellow")
    terminal.console.print(_("Ditulis di"), end=" ")
    terminal.console.place(shown)
    if made.lacking:
        reason = next(iter(made.lacking.values()))
        said = (
            _("Tidak dibuat: peramban gagal ({reason}). Ulangi perintah ini.").format(reason=reason)
            if reason
            else _(
                "Tidak dibuat, karena tidak ada peramban yang dapat menggambarnya. Pasanglah "
                "Chromium, Google Chrome, atau Microsoft Edge, atau sebutkan letaknya dalam "
                "variabel MASTERPLAN_BROWSER, lalu ulangi perintah ini."
            )
        )
        terminal.console.print(said, style="yellow", soft_wrap=True)
        sys.exit(FAILURE)

"""The command ``masterplan``."""

import atexit
import gc

import click

from analysis.cli import (
    comparing,
    exploring,
    mapping,
    periods,
    reporting,
    returning,
    sending,
    sharing,
)
from analysis.new import new
from analysis.speaking import Speaking


@click.group(
    cls=Speaking, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="masterplan-siantar")
def main() -> None:
    """Dari kuesioner unit menjadi laporan analisis masterplan Smart City.

    \b
    Urutan kerja:
      1. masterplan doctor        memeriksa pengaturan kota dan komputer ini
      2. masterplan forms         menulis kuesioner kosong, satu berkas per perangkat daerah
      3. kirim kuesioner; simpan jawaban di data/raw/<periode>/responses/
      4. masterplan check         memeriksa jawaban dan cara memperbaikinya
      5. masterplan corrections   menulis berkas perbaikan untuk dikirim kembali
      6. masterplan status        siapa yang sudah lengkap, dan langkah berikutnya
      7. masterplan run           menyusun semua laporan; ulangi bila jawaban bertambah
      8. masterplan book          menyusun Buku 1 (.docx) dari laporan itu
      9. masterplan share         paparan, lembar A4, dan kartu untuk dibagikan

    Tahun berikutnya: masterplan period 2024 memulai periode baru dari yang terakhir.

    Untuk analis: masterplan lab membuka JupyterLab, tempat menjelajah tanpa mengubah yang resmi.
    """
    atexit.register(gc.freeze)  # the memory goes back as a whole: nothing in it is looked through


for command in (
    sending.doctor_command,
    sending.forms_command,
    sending.sample_command,
    returning.check,
    mapping.map_command,
    returning.corrections_command,
    returning.status_command,
    reporting.run,
    comparing.diff_command,
    reporting.book_command,
    sharing.share_command,
    exploring.lab_command,
    periods.period_command,
    periods.migrate_command,
    new,
):
    main.add_command(command)

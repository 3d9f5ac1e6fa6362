"""What is typed to begin something new."""

import click

from analysis import places, terminal
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import setup
from analysis.text import N_, _


@click.group("new")
def new() -> None:
    """Mulai sesuatu yang baru: sebuah tahap dengan notebook-nya.

    \b
    Contoh:
      masterplan new stage layanan --title "Mutu Layanan" --table gap
    """


@new.command("stage")
@click.argument("name", metavar=N_("NAMA"))
@click.option("--title", default="", help="Judul tahap untuk pembaca (bawaan: dari NAMA).")
@click.option(
    "--table", default="", help="Tabel kuesioner yang dibaca (bawaan: yang pertama berskala)."
)
@click.option("--period", default="", metavar="PERIODE", help="Periode yang kuesionernya dibaca.")
@click.option("--root", metavar="FOLDER", help="Folder proyek yang mendapat notebook-nya.")
def stage_command(name: str, title: str, table: str, period: str, root: str | None) -> None:
    """Tulis tahap baru yang langsung dapat dijalankan, untuk diteruskan.

    Yang ditulis: src/analysis/stages/NAMA/ (angka, kalimat, kolom) dan notebooks/NN-NAMA.ipynb.
    Tidak ada yang ditimpa. Perlu salinan kode sumber, bukan paket yang dipasang.

    \b
    Contoh:
      masterplan new stage layanan --title "Mutu Layanan" --table gap
      masterplan run layanan

    Kode keluar: 0 ditulis, 2 nama atau tabel tidak dapat dipakai, atau tidak ada kode sumber.
    """
    from analysis.new import stage  # templates take a while, which no other command has to spend

    with places.opened(root, period) as project:
        setup.check(project)
        written = stage.write(project, Instrument.load(project), name, title, table)
    for path in written:
        terminal.console.place(str(path))
    said = _(
        "Lihat hasilnya dengan `masterplan run {name}`. Lalu ubahlah angkanya (figures.py), "
        "kalimatnya (words.py), dan urutan halamannya (notebook)."
    )
    terminal.console.print(said.format(name=name), soft_wrap=True)

"""The options that commands share."""

import click

from analysis import text

root = click.option(
    "--root",
    metavar="FOLDER",
    help="Folder proyek, juga s3://... (bawaan: folder ini atau yang terdekat di atasnya).",
)

period = click.option(
    "--period",
    default="",
    metavar="PERIODE",
    help="Periode survei (bawaan: yang terbaru dengan jawaban, atau dengan contoh).",
)

force = click.option(
    "--force", is_flag=True, help="Tulis juga bila periode itu sudah ditutup (closed = true)."
)

lang = click.option(
    "--lang",
    "language",
    type=click.Choice(text.languages()),
    help="Bahasa laporan.",
)

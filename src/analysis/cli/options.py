"""The options that commands share."""

import click

from analysis import text

root = click.option(
    "--root",
    metavar="FOLDER",
    help="Folder proyek, juga s3://... (bawaan: folder ini atau yang terdekat di atasnya).",
)

lang = click.option(
    "--lang",
    "language",
    type=click.Choice(text.languages()),
    help="Bahasa laporan.",
)

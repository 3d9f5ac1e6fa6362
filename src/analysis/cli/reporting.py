"""What is made of the answers: reports and the book."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from analysis import places, terminal, text
from analysis.cli.options import force, lang, period, root
from analysis.progress import Live
from analysis.project import Project
from analysis.reports import cities
from analysis.reports import run as reports
from analysis.runs import beside, cluster, standing
from analysis.runs import plan as plans
from analysis.runs.beside import Steps
from analysis.runs.outcome import Outcome
from analysis.runs.watch import Watch
from analysis.runs.workers import Threads
from analysis.speaking import FAILURE, SUCCESS
from analysis.survey.kept import setup
from analysis.survey.told import problems
from analysis.text import N_, _


@click.command()
@click.argument("names", nargs=-1, metavar=N_("[NAMA]..."))
@click.option("-p", "assignments", multiple=True, metavar="KEY=VALUE", help="Parameter notebook.")
@click.option("--name", "variant", default="", help="Nama varian untuk laporan dengan -p.")
@click.option(
    "-j",
    "workers",
    type=click.IntRange(1),
    help="Notebook yang dikerjakan bersamaan (bawaan: inti + 2); yang menghitung satu per inti.",
)
@lang
@click.option("--force", is_flag=True, help="Jalankan juga yang tidak berubah, atau yang ditutup.")
@click.option(
    "--timeout",
    "limit",
    type=click.FloatRange(1),
    default=reports.LIMIT,
    show_default=True,
    help="Batas waktu setiap notebook, dalam detik.",
)
@click.option("--strict", is_flag=True, help="Kode keluar 1 juga bila data mengandung kesalahan.")
@click.option(
    "--cluster", "address", metavar="URL", help="Penjadwal Dask, misalnya tcp://HOST:8786."
)
@period
@click.option(
    "--root",
    "roots",
    multiple=True,
    metavar="FOLDER",
    help="Folder proyek, juga s3://...; beberapa kali atau dengan pola untuk banyak kota.",
)
@click.option(
    "--notebooks",
    "trusted",
    type=click.Path(exists=True, file_okay=False, path_type=Path, resolve_path=True),
    help="Jalankan notebook dalam folder ini untuk setiap kota, bukan milik kota itu sendiri.",
)
def run(
    names: tuple[str, ...],
    assignments: tuple[str, ...],
    variant: str,
    workers: int | None,
    language: str | None,
    force: bool,
    limit: float,
    strict: bool,
    address: str | None,
    period: str,
    roots: tuple[str, ...],
    trusted: Path | None,
) -> None:
    """Baca jawaban, jalankan notebook yang berubah, dan susun laporan.

    Laporan yang notebook, parameter, data, dan programnya tidak berubah dipakai lagi.

    \b
    Contoh:
      masterplan run                                  semua laporan
      masterplan run readiness gap                    dua tahap saja
      masterplan run --period 2022                    periode yang lain
      masterplan run -p 'groups=["kecamatan"]'        varian: hanya kecamatan
      masterplan run swot -p confidence=0.9 --name selang-90
      masterplan run --root 'kota/*'                  banyak kota dan perbandingannya

    Notebook adalah program: ia berjalan dengan hak Anda dan dapat membaca serta menulis apa saja
    yang dapat Anda baca dan tulis. Untuk kota yang tidak Anda kenal, pakailah --notebooks.

    Kode keluar: 0 semua berhasil, 1 ada notebook yang gagal (dengan --strict juga bila data
    mengandung kesalahan), 2 perintah salah.
    """
    text.use(language or text.language())
    found, watch = places.found(roots), Live(terminal.console)
    if address and (said := cluster.doubt(address)):
        terminal.console.print(said, style="yellow", soft_wrap=True)
    whole, program = not (names or assignments or variant or force), standing.version()
    with cluster.at(address) if address else Threads(workers) as doing:

        def each(
            project: Project, watch: Watch, alone: AbstractContextManager | None = None
        ) -> Steps[Outcome]:
            look = standing.look(project, program) if whole else None
            if look and (known := standing.outcome(project, look, watch)):
                return known
            setup.check(project)
            plan = plans.plan(project, names, assignments, variant, text.language())
            if plan.project != project:  # -p has chosen another period
                setup.check(plan.project)
            setup.unclosed(plan.project, force)
            if alone:
                yield ()
            with alone or nullcontext():
                return (yield from reports.steps(plan, watch, doing, force, limit, look))

        with watch.bars:
            if len(found) > 1:
                ended, compared, index = cities.run(
                    found, period, each, limit, watch, 2 * doing.count, trusted
                )
            else:
                place = found[0] if found else None
                with places.opened(place, period, trusted) as project:
                    [outcome] = beside.ended([each(project, watch)])
                index = places.shown(place, project, project.root / outcome.index)
                inside = outcome.inside and places.shown(
                    place, project, project.root / outcome.inside
                )
    if len(found) > 1:
        terminal.show_cities(ended, compared, index)
        outcomes = [city.outcome for city in ended if city.outcome]
        wrong = any(city.error or city.touched for city in ended)
        wrong |= any(e.error for e in compared)
    else:
        terminal.show_run(outcome, index, inside or "")
        outcomes, wrong = [outcome], False
    wrong |= any(o.refused or any(e.error for e in o.entries) for o in outcomes)
    if strict and any(o.problems.get(problems.ERROR) for o in outcomes):
        wrong = True
    sys.exit(FAILURE if wrong else SUCCESS)


@click.command("book")
@force
@period
@click.option(
    "--refresh",
    "renewing",
    is_flag=True,
    help="Perbarui angka, tabel, dan gambar dalam Buku 1 yang sedang disunting.",
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas Buku 1.")
@lang
@root
def book_command(
    force: bool,
    period: str,
    renewing: bool,
    out: Path | None,
    language: str | None,
    root: str | None,
) -> None:
    """Susun Buku 1 (.docx) dari laporan yang sudah ada, untuk disunting di Word.

    \b
    Gaya dokumen dapat diganti: simpan dokumen Word sendiri sebagai data/raw/buku.docx.
    Susunan dan judul bab: data/raw/buku.toml; naskah sendiri: data/raw/buku/*.md.
    Buku 1 yang sudah disunting tidak pernah ditimpa.

    Dengan --refresh, Buku 1 yang sudah disunting diperbarui menurut laporan sekarang: hanya
    gambar, tabel, dan kalimat susunan program (di dalam markah mp_...), di mana pun letaknya
    sekarang. Tulisan Anda tetap, yang Anda hapus tetap terhapus, dan salinan sebelumnya disimpan.

    \b
    Contoh:
      masterplan book                                  reports/<periode>/buku-1.docx
      masterplan book --out "Buku 1.docx"              ke berkas lain
      masterplan book --refresh --out "Buku 1.docx"    perbarui angkanya
    """
    from analysis.reports import book  # takes a second, which no other command has to spend

    text.use(language or text.language())
    renewal = kept = None
    with places.opened(root, period) as project, terminal.console.status(_("Menyusun Buku 1 ...")):
        setup.to_write(project, force)
        if renewing:
            path, kept, renewal = book.refresh(project, out)
        else:
            path = book.write(project, out)
    if renewal and kept:
        terminal.show_renewal(renewal, places.shown(root, project, kept))
    elif renewing:
        terminal.console.print(_("Buku 1 sudah memuat laporan terakhir; tidak ada yang diubah."))
    terminal.console.print(_("Buku 1:"), end=" ")
    terminal.console.place(places.shown(root, project, path))

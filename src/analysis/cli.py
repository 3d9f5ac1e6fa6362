"""The command ``masterplan``."""

import atexit
import gc
import io
import json
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.progress import track

from analysis import places, terminal, text
from analysis.new import new
from analysis.progress import Live
from analysis.project import Project
from analysis.reports import cities, doctor
from analysis.reports import run as reports
from analysis.runs import cluster
from analysis.runs import plan as plans
from analysis.runs.lock import held
from analysis.speaking import FAILURE, SUCCESS, USAGE, Speaking
from analysis.survey.asked.register import units as register
from analysis.survey.kept import delivery, ingest, setup, store
from analysis.survey.sent import forms, sample, trial
from analysis.survey.told import letters, problems, wording
from analysis.text import N_, _

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


@click.group(
    cls=Speaking, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="masterplan-siantar")
def main() -> None:
    """Dari kuesioner unit menjadi laporan analisis masterplan Smart City.

    \b
    Urutan kerja:
      1. masterplan doctor   memeriksa pengaturan kota dan komputer ini
      2. masterplan forms    menulis kuesioner kosong, satu buku kerja per unit
      3. kirim kuesioner; simpan jawaban di data/raw/responses/<periode>/
      4. masterplan check    memeriksa jawaban dan cara memperbaikinya
      5. masterplan run      menyusun semua laporan; ulangi bila jawaban bertambah
      6. masterplan book     menyusun Buku 1 (.docx) dari laporan itu
    """
    atexit.register(gc.freeze)  # the memory goes back as a whole: nothing in it is looked through


@main.command("doctor")
@root
def doctor_command(root: str | None) -> None:
    """Periksa apakah semuanya siap: pengaturan kota, notebook, dan komputer ini.

    Satu baris untuk setiap hal, dengan apa yang perlu dilakukan: city.toml, units.csv,
    instrument/*.csv, dan statistics.csv sampai ke baris dan kolomnya; lalu notebook, izin menulis,
    kunci folder, layar, dan ruang diska. Tidak ada yang diubah.

    \b
    Contoh:
      masterplan doctor                    sebelum masterplan forms
      masterplan doctor --root kota-lain   untuk kota lain

    Kode keluar: 0 siap (yang bertanda “perhatikan” boleh dibiarkan), 2 ada yang salah.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a finding tells of a console without its letters
    wrong = False
    with places.opened(root) as project:
        for found in doctor.examined(project):
            terminal.show_finding(found)
            wrong |= found.state == doctor.WRONG
    sys.exit(USAGE if wrong else SUCCESS)


@main.command("forms")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder tujuan (bawaan: forms-<periode>).",
)
@root
def forms_command(out: Path | None, root: str | None) -> None:
    """Tulis satu kuesioner kosong untuk setiap unit.

    Contoh: masterplan forms --out kuesioner-2023
    """
    with places.opened(root) as project, terminal.console.status(_("Menulis kuesioner ...")):
        setup.check(project)
        for said in setup.doubts(project):
            terminal.console.print(said, style="yellow", soft_wrap=True)
        period = project.settings.period
        folder = out or project.inside(project.root / f"forms-{period}")
        written = forms.write(project, period, folder)
    terminal.console.print(_("{count} kuesioner ditulis di").format(count=len(written)), end=" ")
    terminal.console.place(places.shown(root, project, written[0].parent))


@main.command("sample")
@click.option(
    "--seed", type=click.IntRange(0), help="Benih bilangan acak (bawaan: seed dalam city.toml)."
)
@click.option("--cities", "count", type=click.IntRange(1), help="Banyaknya kota contoh.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
@root
def sample_command(seed: int | None, count: int | None, out: Path | None, root: str | None) -> None:
    """Isi kuesioner semua unit dengan jawaban CONTOH (sintetis).

    Data contoh dipakai selama belum ada jawaban asli; setiap halaman menandainya. Dengan --cities
    dibuat kota-kota contoh, masing-masing sebuah folder proyek, untuk mencoba masterplan run atas
    banyak kota.

    \b
    Contoh:
      masterplan sample --cities 5 --out kota
      masterplan run --root 'kota/*'
    """
    with places.opened(root) as project:
        setup.check(project)
        settings = project.settings
        chosen = settings.seed if seed is None else seed
        if count:
            folder = out or project.root / "cities"
            made = trial.cities(project, count, chosen, folder)
            for _city in track(made, _("Membuat kota contoh"), count, console=terminal.console):
                pass
            said = _("{count} kota contoh ditulis di").format(count=count)
        else:
            with terminal.console.status(_("Mengisi buku kerja contoh ...")):
                written = sample.write(project, settings.period, chosen, out)
            folder = written[0].parent
            said = _("{count} buku kerja contoh ditulis di").format(count=len(written))
    terminal.console.print(said, end=" ")
    terminal.console.place(places.shown(root, project, folder))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--letters",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder untuk satu surat pendek per unit, siap disalin ke WhatsApp atau surel.",
)
@root
def check(as_json: bool, out: Path | None, root: str | None) -> None:
    """Periksa setiap buku kerja: apa yang salah, dan cara memperbaikinya.

    \b
    Contoh:
      masterplan check                     semua masalah, menurut unit
      masterplan check --letters surat     satu surat per unit di folder surat

    Kode keluar: 0 bersih atau hanya peringatan, 1 ada kesalahan, 2 perintah salah.
    """
    watch = Live(terminal.console)
    with places.opened(root) as project, watch.bars, held(project):
        setup.check(project)
        period = project.settings.period
        tables = ingest.ingest(project, period, watch.reading)
        store.save(project, period, tables)
        found, units, sources = tables["problems"], register(project), tables["sources"]
    said = wording.said(found)
    if as_json:
        click.echo(json.dumps(wording.records(said), ensure_ascii=False, indent=1))
    else:
        terminal.console.print(delivery.read(sources, period))
        terminal.show_problems(said, sources, {u.id: u.name for u in units})
    if out:
        texts = letters.letters(found, sources, units, period)
        letters.save(project, texts, units, out)
        if not as_json:
            terminal.console.print(_("{count} surat ditulis di").format(count=len(texts)), end=" ")
            terminal.console.place(str(out))
    sys.exit(FAILURE if (found["severity"] == problems.ERROR).any() else SUCCESS)


@main.command()
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
@click.option("--force", is_flag=True, help="Jalankan juga yang tidak berubah.")
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
    roots: tuple[str, ...],
    trusted: Path | None,
) -> None:
    """Baca jawaban, jalankan notebook yang berubah, dan susun laporan.

    Laporan yang notebook, parameter, data, dan programnya tidak berubah dipakai lagi.

    \b
    Contoh:
      masterplan run                                  semua laporan
      masterplan run readiness gap                    dua tahap saja
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
    with cluster.at(address) if address else nullcontext() as workers_there:

        def each(project: Project) -> reports.Outcome:
            setup.check(project)
            plan = plans.plan(project, names, assignments, variant, text.language())
            return reports.run(plan, workers or 0, watch, force, limit, workers_there)

        with watch.bars:
            if len(found) > 1:
                ended, compared, index = cities.run(found, each, limit, watch, trusted)
            else:
                place = found[0] if found else None
                with places.opened(place, trusted) as project:
                    outcome = each(project)
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
    if strict and any((o.problems["severity"] == problems.ERROR).any() for o in outcomes):
        wrong = True
    sys.exit(FAILURE if wrong else SUCCESS)


@main.command("book")
@click.option("--period", help="Periode laporan (bawaan: periode dalam city.toml).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas tujuan.")
@lang
@root
def book_command(
    period: str | None, out: Path | None, language: str | None, root: str | None
) -> None:
    """Susun Buku 1 (.docx) dari laporan yang sudah ada, untuk disunting di Word.

    \b
    Gaya dokumen dapat diganti: simpan dokumen Word sendiri sebagai data/raw/buku.docx.
    Buku 1 yang sudah disunting tidak pernah ditimpa.
    """
    from analysis.reports import book  # takes a second, which no other command has to spend

    text.use(language or text.language())
    with places.opened(root) as project, terminal.console.status(_("Menyusun Buku 1 ...")):
        setup.check(project)
        path = book.write(project, period or project.settings.period, out)
    terminal.console.print(_("Buku 1:"), end=" ")
    terminal.console.place(places.shown(root, project, path))


main.add_command(new)

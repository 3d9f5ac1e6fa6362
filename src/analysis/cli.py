"""The command ``masterplan``."""

import inspect
import json
import os
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from analysis import text
from analysis.progress import Live
from analysis.project import Project, ProjectError
from analysis.reports import run as reports
from analysis.reports.jobs import JobError
from analysis.reports.lock import held
from analysis.reports.manifest import OK, Entry
from analysis.survey import forms, ingest, letters, problems, sample, store, wording
from analysis.survey.register import units as register
from analysis.text import N_, _

SUCCESS, FAILURE, USAGE = 0, 1, 2
SEVERITY = {
    problems.ERROR: (N_("kesalahan"), "red"),
    problems.WARNING: (N_("peringatan"), "yellow"),
    problems.INFO: (N_("keterangan"), "cyan"),
}

console = Console(highlight=False, emoji=False)

root = click.option(
    "--root",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder proyek (bawaan: folder ini atau yang terdekat di atasnya).",
)

lang = click.option(
    "--lang",
    "language",
    type=click.Choice(text.languages()),
    help="Bahasa laporan.",
)


class Speaking(click.Group):
    """Commands whose help and messages are in the language that MASTERPLAN_LANG names."""

    def main(self, *args, **kwargs):
        try:
            text.use(os.environ.get("MASTERPLAN_LANG") or text.SOURCE)
        except ValueError as error:
            click.echo(f"MASTERPLAN_LANG: {error}", err=True)
            sys.exit(USAGE)
        for command in (self, *self.commands.values()):
            command.help = _(inspect.cleandoc(command.help))
            for asked in command.params:
                if isinstance(asked, click.Option):
                    asked.help = _(asked.help)
                elif asked.metavar:
                    asked.metavar = _(asked.metavar)
        return super().main(*args, **kwargs)


@click.group(
    cls=Speaking, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(package_name="masterplan-siantar")
def main() -> None:
    """Dari kuesioner unit menjadi laporan analisis masterplan Smart City.

    \b
    Urutan kerja:
      1. masterplan forms    menulis kuesioner kosong, satu buku kerja per unit
      2. kirim kuesioner; simpan jawaban di data/raw/responses/<periode>/
      3. masterplan check    memeriksa jawaban dan cara memperbaikinya
      4. masterplan run      menyusun semua laporan; ulangi bila jawaban bertambah
      5. masterplan book     menyusun Buku 1 (.docx) dari laporan itu
    """


@main.command("forms")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
@root
def forms_command(out: Path | None, root: Path | None) -> None:
    """Tulis satu kuesioner kosong untuk setiap unit.

    Contoh: masterplan forms --out kuesioner-2023
    """
    project = _project(root)
    period = project.settings.period
    with console.status(_("Menulis kuesioner ...")):
        written = forms.write(project, period, out or project.root / f"forms-{period}")
    console.print(_("{count} kuesioner ditulis di").format(count=len(written)), end=" ")
    console.print(str(written[0].parent), markup=False)


@main.command("sample")
@click.option("--seed", type=int, help="Benih bilangan acak (bawaan: seed dalam city.toml).")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder tujuan.")
@root
def sample_command(seed: int | None, out: Path | None, root: Path | None) -> None:
    """Isi kuesioner semua unit dengan jawaban CONTOH (sintetis).

    Data contoh dipakai selama belum ada jawaban asli; setiap halaman menandainya.
    """
    project = _project(root)
    settings = project.settings
    chosen = settings.seed if seed is None else seed
    with console.status(_("Mengisi buku kerja contoh ...")):
        written = sample.write(project, settings.period, chosen, out)
    console.print(_("{count} buku kerja contoh ditulis di").format(count=len(written)), end=" ")
    console.print(str(written[0].parent), markup=False)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Cetak sebagai JSON.")
@click.option(
    "--letters",
    "out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder untuk satu surat pendek per unit, siap disalin ke WhatsApp atau surel.",
)
@root
def check(as_json: bool, out: Path | None, root: Path | None) -> None:
    """Periksa setiap buku kerja: apa yang salah, dan cara memperbaikinya.

    \b
    Contoh:
      masterplan check                     semua masalah, menurut unit
      masterplan check --letters surat     satu surat per unit di folder surat

    Kode keluar: 0 bersih atau hanya peringatan, 1 ada kesalahan, 2 perintah salah.
    """
    project = _project(root)
    period = project.settings.period
    watch = Live(console)
    with watch.bars:
        tables = _guarded(_check, project, period, watch)
    found, units = tables["problems"], register(project)
    if out:
        texts = letters.letters(found, units, period)
        letters.save(texts, units, out)
    found = wording.said(found)
    if as_json:
        columns = ["file", "sheet", "cell", "unit", "severity", "code", "message", "hint"]
        rows = found[columns].astype(object).where(found[columns].notna(), None)
        click.echo(json.dumps(rows.to_dict("records"), ensure_ascii=False, indent=1))
    else:
        _print_problems(found, tables["sources"], {u.id: u.name for u in units})
        if out:
            console.print(_("{count} surat ditulis di").format(count=len(texts)), end=" ")
            click.echo(str(out))
    sys.exit(FAILURE if (found["severity"] == problems.ERROR).any() else SUCCESS)


def _check(project: Project, period: str, watch: Live) -> dict:
    with held(project):
        tables = ingest.ingest(project, period, watch.reading)
        store.save(project, period, tables)
    return tables


@main.command()
@click.argument("names", nargs=-1, metavar=N_("[NAMA]..."))
@click.option("-p", "assignments", multiple=True, metavar="KEY=VALUE", help="Parameter notebook.")
@click.option("--name", "variant", default="", help="Nama varian untuk laporan dengan -p.")
@click.option("-j", "workers", type=click.IntRange(1), help="Notebook yang berjalan bersamaan.")
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
@root
def run(
    names: tuple[str, ...],
    assignments: tuple[str, ...],
    variant: str,
    workers: int | None,
    language: str | None,
    force: bool,
    limit: float,
    strict: bool,
    root: Path | None,
) -> None:
    """Baca jawaban, jalankan notebook yang berubah, dan susun laporan.

    Laporan yang notebook, parameter, data, dan programnya tidak berubah dipakai lagi.

    \b
    Contoh:
      masterplan run                                  semua laporan
      masterplan run readiness gap                    dua tahap saja
      masterplan run -p 'groups=["kecamatan"]'        varian: hanya kecamatan
      masterplan run swot -p confidence=0.9 --name selang-90

    Kode keluar: 0 semua berhasil, 1 ada notebook yang gagal, 2 perintah salah.
    """
    text.use(language or text.language())
    project = _project(root)
    plan = _guarded(reports.plan, project, names, assignments, variant, text.language())
    watch = Live(console)
    with watch.bars:
        outcome = _guarded(reports.run, plan, workers or 0, watch, force, limit)
    _print_summary(outcome)
    wrong = any(e.status != OK for e in outcome.entries)
    if strict and (outcome.problems["severity"] == problems.ERROR).any():
        wrong = True
    sys.exit(FAILURE if wrong else SUCCESS)


@main.command("book")
@click.option("--period", help="Periode laporan (bawaan: periode dalam city.toml).")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Berkas tujuan.")
@lang
@root
def book_command(
    period: str | None, out: Path | None, language: str | None, root: Path | None
) -> None:
    """Susun Buku 1 (.docx) dari laporan yang sudah ada, untuk disunting di Word.

    \b
    Gaya dokumen dapat diganti: simpan dokumen Word sendiri sebagai data/raw/buku.docx.
    Buku 1 yang sudah disunting tidak pernah ditimpa.
    """
    from analysis.reports import book  # takes a second, which no other command has to spend

    project = _project(root)
    text.use(language or text.language())
    with console.status(_("Menyusun Buku 1 ...")):
        path = _guarded(book.write, project, period or project.settings.period, out)
    console.print(_("Buku 1:"), end=" ")
    click.echo(str(path))


def _project(root: Path | None) -> Project:
    project = _guarded(Project.find, root)
    _guarded(lambda: project.settings)
    return project


def _guarded(call, *arguments):
    """Call, and end with a message where what was asked for or the project's files are wrong."""
    try:
        return call(*arguments)
    except (ProjectError, JobError) as error:
        Console(stderr=True, highlight=False).print(str(error), markup=False, style="red")
        sys.exit(USAGE)


def _print_problems(found, sources, names: dict[str, str]) -> None:
    absent = found[found["code"] == problems.Code.MISSING_UNIT.name]["unit"]
    for unit, part in found.groupby("unit", sort=False, dropna=False):
        if unit in set(absent):
            continue
        name = (
            f"{names[unit]} ({unit})" if unit in names else _("Berkas yang unitnya tidak dikenali")
        )
        console.print()
        console.print(name, style="bold", markup=False, end=" ")
        console.print(*_counts(part), sep=" · ")
        for file, told in part.groupby("file", sort=False):
            if file:
                console.print(f"  {file}", markup=False, style="dim", soft_wrap=True)
            for row in told.itertuples():
                word, colour = SEVERITY[row.severity]
                console.print(f"    [{colour}]{_(word)}[/]", end=" ")
                console.print(f"{row.message} {row.hint}", markup=False, soft_wrap=True)
    console.print()
    if len(absent):
        told = _("Belum mengirim ({count}): {units}").format(
            count=len(absent), units="; ".join(names[unit] for unit in absent)
        )
        console.print(told, markup=False)
    console.print(_("{count} berkas:").format(count=len(sources)), *_counts(found), sep=" ")


def _counts(found) -> list[str]:
    """How many problems of each severity, in its colour; none of what is only told."""
    counts = found["severity"].value_counts()
    return [
        f"[{colour}]{counts.get(severity, 0)} {_(word)}[/]"
        for severity, (word, colour) in SEVERITY.items()
        if severity != problems.INFO or counts.get(severity, 0)
    ]


def _print_summary(outcome: reports.Outcome) -> None:
    table = Table(_("Laporan"), _("Hasil"), _("Detik"), box=None, pad_edge=False)
    units = [e for e in outcome.entries if e.kind == "unit"]
    for entry in sorted((e for e in outcome.entries if e.kind != "unit"), key=lambda e: e.id):
        table.add_row(entry.title, _status([entry]), text.number(entry.seconds, 1))
    if units:
        seconds = sum(e.seconds for e in units)
        table.add_row(_("Profil unit"), _status(units), text.number(seconds, 1))
    console.print(table)
    counts = outcome.problems["severity"].value_counts()
    if counts.get(problems.ERROR, 0):
        console.print(
            _("{count} kesalahan dalam jawaban; lihat `masterplan check`.").format(
                count=counts[problems.ERROR]
            ),
            style="yellow",
        )
    console.print(_("Laporan:"), end=" ")
    click.echo(str(outcome.index))


def _status(entries: list[Entry]) -> str:
    failed = sum(e.status != OK for e in entries)
    if failed:
        return (
            "[red]" + _("{failed} dari {all} gagal").format(failed=failed, all=len(entries)) + "[/]"
        )
    said = "[green]" + _("{count} berhasil").format(count=len(entries)) + "[/]"
    if reused := sum(e.reused for e in entries):
        said += " " + _("({count} dipakai lagi)").format(count=reused)
    return said

"""What every stage's notebook shows alike: what it says first, and what stands behind that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from IPython.display import Markdown, display

from analysis import charts, tables
from analysis.exhibits import Exhibit
from analysis.text import _

LEAST = 20  # rows on which colleagues agree least


def opening(stage: Any) -> None:
    """Show the key figures and the findings of a stage, or of what looks over stages."""
    source = stage.source
    display(
        tables.key_figures(stage.key_figures, source=source),
        tables.findings(stage.findings, source=source),
    )


def choices(legend: str, options: Mapping[str, Exhibit], chosen: str) -> None:
    """Show exhibits one after the other, of which a page shows one at a time: first the `chosen`.

    `legend`: what is chosen; `options`: by what each is called.
    """
    for name, exhibit in options.items():
        choice = {"legend": legend, "name": name, "chosen": name == chosen}
        display(replace(exhibit, content={**exhibit.content, "choice": choice}))


def handed(exhibit: Exhibit, name: str) -> Exhibit:
    """A table that `masterplan share` also hands on alone, as a file that is called so."""
    return replace(exhibit, content={**exhibit.content, "handed": name})


def closing(stage: Any) -> None:
    """Show what stands behind a stage's findings.

    The quality of the answers, all that is compared, the choices on which the conclusions depend,
    the evidence and notes that units wrote, what judges units one by one where the city publishes
    it, and the methods; what a stage has none of is left out.
    """
    if stage.quality:
        display(tables.findings(stage.quality, source=stage.source))
    if stage.ledger:
        _section(
            _("Pembandingan dan kepastiannya"),
            _("Setiap kesimpulan di halaman ini berasal dari satu baris tabel berikut."),
        )
        display(tables.claims(stage))
        _section(
            _("Pilihan yang dapat diperdebatkan"),
            _(
                "Seberapa jauh kesimpulan utama bergantung pada pilihan yang dapat diperdebatkan? "
                "Setiap baris menghitungnya kembali dengan satu pilihan lain; garis tegak adalah "
                "pembandingnya."
            ),
        )
        display(
            charts.choices(
                stage.sensitivity, title=stage.sensitivity_title, note=stage.sensitivity_note
            )
        )
    else:
        display(tables.claims(stage))
    if stage.noted:
        _section(
            _("Bukti dan catatan yang ditulis perangkat daerah"),
            _(
                "Tulisan perangkat daerah di samping jawabannya, dikutip apa adanya: tidak "
                "dinilai, dan tidak mengubah angka mana pun. Nomor pribadi sudah disamarkan."
            ),
        )
        columns = ["item", "name", "written_by", *stage.noted_levels, "written"]
        title = _("Bukti dan catatan yang ditulis perangkat daerah")
        note = stage.with_unshown("", *stage.noted)
        display(tables.table(stage.notes, title, columns, note=note))
    if stage.survey.settings.publish.units:
        by_name(stage)
    display(tables.methods(*stage.methods, *stage.further))


def by_name(*stages: Any) -> None:
    """Show what judges or ranks units one by one: for the coordinator, unless a city publishes it.

    ``[publish] units`` in the city's settings decides that.
    """
    shown = [table for stage in stages for table in stage.by_name]
    if shown:
        _section(
            _("Perangkat daerah satu per satu"),
            _(
                "Angka setiap perangkat daerah menurut jawabannya sendiri. Yang rendah belum tentu "
                "paling lemah, mungkin justru paling jujur: pakailah untuk memilih siapa yang "
                "didampingi, bukan sebagai dasar penilaian kinerja."
            ),
        )
        display(*(tables.table(**table) for table in shown))


def colleagues(page: Any) -> None:
    """Show how far the respondents of one office agree; nothing where every office has one."""
    if page.several.empty:
        return
    _section(
        _("Beberapa pengisi dari satu perangkat daerah"),
        _(
            "Nilai perangkat daerah adalah rerata pengisinya. Kesepakatan pengisi (r_wg) 1 bila "
            "semua menjawab sama, 0 bila jawabannya tidak lebih dekat daripada tebakan; dihitung "
            "bila sekurang-kurangnya tiga orang menjawab. ICC(1) adalah bagian beda jawaban yang "
            "berasal dari perangkat daerahnya; sisanya dari siapa yang mengisi. Pengisi yang "
            "berbeda pendapat bukan kesalahan: tanyakan apa yang dilihat masing-masing."
        ),
    )
    display(
        tables.table(
            page.agreed.head(LEAST),
            title=page.titles["agreed"],
            columns=["unit_name", "item", "name", "field_name", "own", "respondents", "r_wg"],
            note=_("Yang paling tidak sependapat, paling banyak {n} baris.").format(n=LEAST),
        ),
        tables.table(
            page.differ,
            title=page.titles["differ"],
            columns=[
                *("item", "name", "field_name", "offices", "respondents"),
                *("r_wg", "icc", "interval", "icc_mean"),
            ],
            note=_("Kosong: terlalu sedikit pengisi, atau semua jawaban sama."),
        ),
    )


def _section(heading: str, words: str) -> None:
    display(Markdown(f"### {heading}\n\n{words}"))

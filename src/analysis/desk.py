"""What every stage's notebook shows alike: what it says first, and what stands behind that."""

from typing import Any

from IPython.display import Markdown, display

from analysis import charts, tables
from analysis.text import _


def opening(stage: Any) -> None:
    """Show the key figures and the findings of a stage, or of what looks over stages."""
    display(tables.key_figures(stage.key_figures), tables.findings(stage.findings))


def closing(stage: Any) -> None:
    """Show what stands behind a stage's findings.

    The quality of the answers, all that is compared, the choices on which the conclusions depend,
    the evidence and notes that units wrote, and the methods; what a stage has none of is left out.
    """
    if stage.quality:
        display(tables.findings(stage.quality))
    if stage.ledger:
        _section(
            _("Pembandingan dan kepastiannya"),
            _("Setiap kesimpulan di halaman ini berasal dari satu baris tabel berikut."),
        )
    display(tables.claims(stage))
    if stage.ledger:
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
    if stage.noted:
        _section(
            _("Bukti dan catatan yang ditulis perangkat daerah"),
            _(
                "Tulisan perangkat daerah di samping jawabannya, dikutip apa adanya: tidak "
                "dinilai, dan tidak mengubah angka mana pun. Nomor pribadi sudah disamarkan."
            ),
        )
        columns = ["item", "name", "unit_name", *stage.noted_levels, "written"]
        title = _("Bukti dan catatan yang ditulis perangkat daerah")
        display(tables.table(stage.notes, title, columns))
    display(tables.methods(*stage.methods))


def _section(heading: str, words: str) -> None:
    display(Markdown(f"### {heading}\n\n{words}"))

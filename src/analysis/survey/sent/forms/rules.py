"""What an answer cell accepts, as a data validation with Indonesian messages; and the lists."""

from xlsxwriter.utility import xl_range_abs

from analysis.survey.asked.fields import TB, Amount, Choice, Field, Scale
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.sent.forms.guide import NOT_APPLICABLE
from analysis.text import N_, _

LISTS = N_("Daftar")
UNITS = N_("Unit")
TOP = 5  # the first row of every list on its sheet

Lists = dict[str, list[str]]


def lists(instrument: Instrument, units: list[Unit]) -> Lists:
    """The choices offered by name: every scheme that a field refers to, and the units."""
    schemes = dict.fromkeys(
        f.kind.scheme
        for table in instrument.tables
        for f in table.fields
        if isinstance(f.kind, Choice) and f.kind.scheme
    )
    found = {scheme: list(instrument.scheme(scheme)["name"]) for scheme in schemes}
    return found | {UNITS: [u.name for u in units]}


def place(name: str, offered: Lists) -> str:
    """The range of a list on the sheet of lists, which leaves its first column empty."""
    column = 1 + list(offered).index(name)
    return f"='{_(LISTS)}'!{xl_range_abs(TOP, column, TOP + len(offered[name]) - 1, column)}"


def rule(field: Field, table: Table, offered: Lists) -> dict[str, object]:
    """The data validation of a field's cells, with what to answer and what is wrong."""
    kind = field.kind
    check: dict[str, object]
    told: dict[str, object] = {
        "input_title": _(field.title)[:32],
        "error_title": _("Jawaban tidak sesuai"),
    }
    if isinstance(kind, Scale):
        values = [str(n) for n in range(kind.low, kind.high + 1)]
        meanings = [f"{n} = {_(label)}" for n, label in kind.labels.items()]
        wrong = _("Isi dengan bilangan bulat {low} sampai {high}.")
        if table.tb:
            values.append(TB)
            meanings.append(f"{TB} = {_(NOT_APPLICABLE)}")
            wrong = _("Isi dengan bilangan bulat {low} sampai {high}, atau TB (tidak berlaku).")
        wrong = wrong.format(low=kind.low, high=kind.high)
        check = {"validate": "list", "source": values}
        asked = "\n".join(meanings)
    elif isinstance(kind, Choice):
        source = list(kind.options) or place(kind.scheme, offered)
        check = {"validate": "list", "source": source}
        asked = _("Pilih salah satu dari daftar.")
        wrong = _("Pilih salah satu jawaban dari daftar pada sel ini.")
    elif isinstance(kind, Amount):
        check = {
            "validate": "integer" if kind.whole else "decimal",
            "criteria": ">=",
            "value": kind.minimum,
        }
        wrong = _("Isi dengan bilangan bulat, minimal {low}, tanpa satuan.")
        if not kind.whole:
            wrong = _("Isi dengan angka, minimal {low}, tanpa satuan.")
        wrong = wrong.format(low=f"{kind.minimum:g}")
        asked = _("Angka dalam {unit}, tanpa titik dan tanpa satuan.").format(unit=_(kind.unit))
    elif field.name == "lead":
        check = {"validate": "list", "source": place(UNITS, offered), "show_error": False}
        asked = _("Pilih dari daftar, atau tulis nama unit lain.")
        wrong = ""
    else:
        check = {"validate": "length", "criteria": "<=", "value": kind.length}
        asked = _("Teks singkat, paling panjang {length} huruf.").format(length=kind.length)
        wrong = _("Teks terlalu panjang; paling banyak {length} huruf.").format(length=kind.length)
    return told | check | {"input_message": asked, "error_message": wrong}

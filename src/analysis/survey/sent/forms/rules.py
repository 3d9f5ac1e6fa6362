"""What an answer cell accepts, as a data validation with Indonesian messages; and the lists."""

from xlsxwriter.utility import xl_range_abs

from analysis.survey.asked.fields import MOST, TR, Amount, Choice, Field, Scale, Text
from analysis.survey.asked.instrument import Instrument
from analysis.survey.asked.labels import LISTS
from analysis.survey.asked.questionnaire import Table
from analysis.survey.asked.register import Unit
from analysis.survey.sent.forms.guide import NOT_APPLICABLE
from analysis.text import N_, _

UNITS = N_("Unit")
MESSAGE = 255  # letters of what Excel says beside a cell
TOP = 5  # the first row of every list on its sheet

Lists = dict[str, list[str]]


def lists(instrument: Instrument, units: list[Unit]) -> Lists:
    """The choices offered by name: every scheme that a field refers to, and the units.

    Of a scheme whose parent is asked, too, those of one parent stand together, and beside them in a
    list of its own the parent of each.
    """
    schemes = dict.fromkeys(
        f.kind.scheme
        for table in instrument.tables
        for f in table.fields
        if isinstance(f.kind, Choice) and f.kind.scheme
    )
    found, parents = {scheme: list(instrument.scheme(scheme)["name"]) for scheme in schemes}, {}
    for scheme in schemes:
        if (above := instrument.schemes[scheme].parent) in schemes:
            parts = dict(list(instrument.scheme(scheme).groupby("parent")["name"]))
            names = instrument.scheme(above)["name"]
            grouped = [(n, names[id]) for id in names.index for n in parts.get(id, ())]
            found[scheme], parents[parent_of(scheme)] = map(list, zip(*grouped, strict=True))
    return found | {UNITS: [u.name for u in units]} | parents


def parent_of(scheme: str) -> str:
    """The name of the list that says where each choice of a scheme belongs."""
    return f"{scheme} <"


def place(name: str, offered: Lists) -> str:
    """The range of a list on the sheet of lists, which leaves its first column empty."""
    column = 1 + list(offered).index(name)
    return f"'{_(LISTS)}'!{xl_range_abs(TOP, column, TOP + len(offered[name]) - 1, column)}"


def narrowed(scheme: str, chosen: str, offered: Lists) -> str:
    """The choices of a scheme that belong to what is chosen in a cell; all where that is blank."""
    parents, choices = (place(name, offered) for name in (parent_of(scheme), scheme))
    before = f"IFERROR(MATCH({chosen},{parents},0)-1,0)"
    count = f"COUNTIF({parents},{chosen})"
    first = choices.partition(":")[0]
    return f"OFFSET({first},{before},0,IF({count}>0,{count},ROWS({parents})),1)"


def rule(field: Field, table: Table, offered: Lists, above: str = "") -> dict[str, object]:
    """The data validation of a field's cells, with what to answer and what is wrong.

    `above`: the first cell in which the parent of this field's choices is chosen, if one is asked.
    """
    kind = field.kind
    check: dict[str, object]
    told: dict[str, object] = {
        "input_title": _(field.title)[:32],
        "error_title": _("Jawaban tidak sesuai"),
    }
    if isinstance(kind, Scale):
        values = [str(n) for n in kind.levels]
        meanings = [f"{n} = {_(label)}" for n, label in kind.labels.items()]
        wrong = _("Isi dengan bilangan bulat {low} sampai {high}.")
        if table.tb:
            values.append(TR)
            meanings.append(f"{TR} = {_(NOT_APPLICABLE)}")
            wrong = _("Isi dengan bilangan bulat {low} sampai {high}, atau TR (tidak relevan).")
        wrong = wrong.format(low=kind.low, high=kind.high)
        check = {"validate": "list", "source": values}
        asked = "\n".join(meanings)
        if len(asked) > MESSAGE:  # the legend above the table has them all
            asked = "\n".join([meanings[0], "…", *meanings[len(kind.labels) - 1 :]])[:MESSAGE]
    elif isinstance(kind, Choice):
        source: list[str] | str = list(kind.options)
        if above:
            source = f"={narrowed(kind.scheme, above, offered)}"
        elif kind.scheme:
            source = f"={place(kind.scheme, offered)}"
        check = {"validate": "list", "source": source}
        asked = _("Pilih salah satu dari daftar.")
        wrong = _("Pilih salah satu jawaban dari daftar pada sel ini.")
    elif isinstance(kind, Amount):
        check = {"validate": "integer" if kind.whole else "decimal"}
        if kind.maximum < MOST:
            ends = {"minimum": kind.minimum, "maximum": kind.maximum}
            check |= {"criteria": "between", **ends}
        else:
            check |= {"criteria": ">=", "value": kind.minimum}
        asked, wrong = limits(kind)
    elif kind.units:
        check = {"validate": "list", "source": f"={place(UNITS, offered)}", "show_error": False}
        asked = _("Pilih dari daftar, atau tulis nama unit lain.")
        wrong = ""
    else:
        check = {"validate": "length", "criteria": "<=", "value": kind.length}
        asked, wrong = limits(kind)
    return told | check | {"input_message": asked, "error_message": wrong}


def limits(kind: Amount | Text) -> tuple[str, str]:
    """What an amount or a text takes, and what is told of one that it does not."""
    if isinstance(kind, Text):
        asked = _("Teks singkat, paling panjang {length} huruf.")
        wrong = _("Teks terlalu panjang; paling banyak {length} huruf.")
        return asked.format(length=kind.length), wrong.format(length=kind.length)
    if kind.maximum < MOST:
        wrong = _("Isi dengan angka dari {low} sampai {high}, tanpa satuan.")
    elif kind.whole:
        wrong = _("Isi dengan bilangan bulat, minimal {low}, tanpa satuan.")
    else:
        wrong = _("Isi dengan angka, minimal {low}, tanpa satuan.")
    asked = _("Angka dalam {unit}, tanpa titik dan tanpa satuan.").format(unit=_(kind.unit))
    return asked, wrong.format(low=f"{kind.minimum:g}", high=f"{kind.maximum:g}")

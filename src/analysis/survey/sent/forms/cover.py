"""The sheets around the questions: instructions with progress, identity, and lists."""

from collections.abc import Sequence
from datetime import date

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from analysis.survey.asked.labels import ABOUT, IDENTITY, IDENTITY_SHEET, LISTS, QUOTED
from analysis.survey.asked.version import version
from analysis.survey.sent.forms.guide import STEPS, TITLE
from analysis.survey.sent.forms.layout import Block, counted
from analysis.survey.sent.forms.page import Form, back, dress
from analysis.survey.sent.forms.rules import TOP, UNITS, parent_of
from analysis.survey.sent.forms.style import BAR, INK, MUTED, height, lines
from analysis.text import N_, _, day

REVISION = {
    "validate": "integer",
    "criteria": ">=",
    "value": 1,
    "error_message": N_("Isi nomor revisi dengan 1, 2, 3, dan seterusnya."),
}
RESPONDENT = REVISION | {"error_message": N_("Isi nomor pengisi dengan 1, 2, 3, dan seterusnya.")}
DAY = {
    "validate": "date",
    "criteria": ">=",
    "value": date(2000, 1, 1),
    "error_message": N_("Isi dengan tanggal, misalnya 21/8/2023."),
}
POSITION = {
    "validate": "length",
    "criteria": "<=",
    "value": 120,
    "error_message": N_("Isi dengan jabatan, paling panjang 120 huruf."),
}
COVER_WIDTHS = [5, 25, 62, 11, 11, 26]
OVERVIEW = 4  # the row of the overview's headings


def cover(sheet: Worksheet, form: Form, sheets: dict[str, list[Block]]) -> None:
    """Instructions, under an overview that counts what is filled in on every sheet."""
    style = form.style
    dress(sheet, form, _(TITLE), COVER_WIDTHS, INK)
    headings = (_("Lembar"), _("Isi"), _("Terisi"), _("Dari"), _("Kemajuan"))
    sheet.set_row(OVERVIEW - 1, 8)
    for column, title in enumerate(headings, start=1):
        sheet.write_string(OVERVIEW, column, title, style("heading"))
    sheet.set_row(OVERVIEW, 22)
    first = OVERVIEW + 2
    last = first + len(sheets) - 1
    _overview_row(sheet, form, OVERVIEW + 1, IDENTITY_SHEET, _("Siapa yang mengisi, dan kapan"))
    for row, (name, blocks) in enumerate(sheets.items(), start=first):
        titles = "; ".join(_(b.table.title) for b in blocks)
        _overview_row(sheet, form, row, name, titles, blocks)
    _total(sheet, form, first, last, [b for blocks in sheets.values() for b in blocks])
    bar = {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR}
    bar |= {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 1}
    sheet.conditional_format(first, 5, last, 5, bar)
    row = _about(sheet, form, last + 2, sheets)
    row = _steps(sheet, form, row + 1)
    if form.settings.campaign.approval:
        _approval(sheet, form, row + 1)
    sheet.freeze_panes(3, 0)


def _overview_row(
    sheet: Worksheet, form: Form, row: int, name: str, content: str, blocks: Sequence[Block] = ()
) -> None:
    style = form.style
    sheet.set_row(row, height(lines(content, COVER_WIDTHS[2]), 24))
    sheet.write_url(row, 1, f"internal:'{_(name)}'!A1", style("go"), string=_(name))
    sheet.write_string(row, 2, content, style("statement"))
    asked = sum(b.asked for b in blocks)
    if not asked:
        text = _("boleh dikosongkan") if blocks else ""
        for column in (3, 4, 5):
            sheet.write_string(row, column, text if column == 5 else "", style("label"))
        return
    filled = sum(b.filled(form.answers) for b in blocks)
    count = "+".join(b.count() for b in blocks if b.asked)
    sheet.write_formula(row, 3, f"={count}", style("number"), filled)
    sheet.write_number(row, 4, asked, style("number"))
    sheet.write_formula(row, 5, f"=D{row + 1}/E{row + 1}", style("share"), filled / asked)


def _total(sheet: Worksheet, form: Form, first: int, last: int, blocks: list[Block]) -> None:
    """The count of the whole workbook, at the right of the title."""
    asked, filled = sum(b.asked for b in blocks), sum(b.filled(form.answers) for b in blocks)
    formula, shown = counted(f"SUM({xl_range_abs(first, 3, last, 3)})", filled, asked)
    sheet.write_formula(1, 5, formula, form.style("count"), shown)


def _about(sheet: Worksheet, form: Form, row: int, sheets: dict[str, list[Block]]) -> int:
    """What the survey is for, how long it takes, who sees it; returns the row below."""
    style, asking = form.style, form.settings.campaign
    asked = sum(b.asked for blocks in sheets.values() for b in blocks)
    coordinator = next(u.name for u in form.units if u.coordinator == "yes")
    said = {
        "purpose": {"city": form.settings.name},
        "time" if asking.minutes else "untimed": {"asked": asked, "minutes": asking.minutes},
        "deadline": {"day": day(asking.deadline)} if asking.deadline else None,
        "readers": {"coordinator": coordinator, "quotes": _(QUOTED[form.settings.publish.quotes])},
        "contact": {"contact": asking.contact or asking.sender or coordinator},
    }
    sheet.write_string(row, 0, _("Tentang survei ini"), style("section"))
    sheet.set_row(row, 28)
    for key, filled in said.items():
        if filled is None:
            continue
        row += 1
        label, text = ABOUT[key]
        shown = _(text).format(**filled)
        sheet.write_string(row, 1, _(label), style("strong", "text"))
        sheet.merge_range(row, 2, row, 5, shown, style("text"))
        sheet.set_row(row, height(lines(shown, sum(COVER_WIDTHS[2:]))))
    return row + 1


def _approval(sheet: Worksheet, form: Form, row: int) -> None:
    """Where the head of the unit says that the answers are approved."""
    style = form.style
    label, text = ABOUT["approval"]
    sheet.write_string(row, 0, _(label), style("section"))
    sheet.set_row(row, 28)
    sheet.merge_range(row + 1, 1, row + 1, 5, _(text), style("text"))
    for number, (key, look) in enumerate((("approved", "answer"), ("approved_on", "day")), row + 2):
        sheet.set_row(number, 26)
        sheet.write_string(number, 1, _(IDENTITY[key]), style("label"))
        sheet.write_blank(number, 2, None, style(look, "asked"))


def _steps(sheet: Worksheet, form: Form, row: int) -> int:
    """How to fill in the workbook; returns the row below."""
    style, room = form.style, sum(COVER_WIDTHS[1:])
    sheet.write_string(row, 0, _("Cara mengisi"), style("section"))
    sheet.set_row(row, 28)
    coordinator = next(u for u in form.units if u.coordinator == "yes")
    for number, step in enumerate(STEPS, start=1):
        text = _(step).format(coordinator=coordinator.name)
        sheet.write_number(row + number, 0, number, style("step"))
        sheet.merge_range(row + number, 1, row + number, 5, text, style("text"))
        sheet.set_row(row + number, height(lines(text, room)))
    return row + len(STEPS) + 1


def identity(sheet: Worksheet, form: Form) -> None:
    """Who fills in the workbook: mostly filled in beforehand."""
    style = form.style
    dress(sheet, form, _(IDENTITY_SHEET), [24, 52, 66], INK)
    back(sheet, form, 2)
    today = form.filled_on
    rows = (
        (_(IDENTITY["unit"]), form.unit.id, "value", ""),
        (_(IDENTITY["unit_name"]), form.unit.name, "value", ""),
        (_(IDENTITY["city_name"]), form.settings.name, "value", ""),
        (_(IDENTITY["city"]), form.settings.bps_code, "value", _("Kode wilayah BPS")),
        (_(IDENTITY["period"]), form.period, "value", ""),
        (
            _(IDENTITY["revision"]),
            form.revision,
            "value" if form.reasons else "answer",
            _("Naikkan menjadi 2, 3, dan seterusnya bila buku kerja dikirim ulang."),
        ),
        (_(IDENTITY["day"]), today, "day", _("Contoh: 21/8/2023")),
        (
            _(IDENTITY["position"]),
            form.respondent,
            "value" if form.reasons else "answer",
            _("Jabatan saja, tanpa nama orang."),
        ),
        (
            _(IDENTITY["respondent"]),
            int(form.number) if form.number.isdecimal() else form.number,
            "value" if form.reasons else "answer",
            _("Biarkan 1, kecuali koordinator meminta nomor lain."),
        ),
        (_(IDENTITY["sample"]), _("ya") if form.sample else _("tidak"), "value", ""),
        (_(IDENTITY["version"]), version(form.instrument), "value", ""),
    )
    for row, (label, value, look, remark) in enumerate(rows, start=4):
        sheet.set_row(row, 26)
        sheet.write_string(row, 0, label, style("label"))
        look = style(look) if look == "value" else style(look, "asked")
        if isinstance(value, date):
            sheet.write_datetime(row, 1, value, look)
        elif isinstance(value, int):
            sheet.write_number(row, 1, value, look)
        elif value:
            sheet.write_string(row, 1, value, look)
        else:
            sheet.write_blank(row, 1, None, look)
        sheet.write_string(row, 2, remark, style("muted"))
    for row, check in ((9, REVISION), (10, DAY), (11, POSITION), (12, RESPONDENT)):
        told = {
            "error_title": _("Isian tidak sesuai"),
            "error_message": _(str(check["error_message"])),
        }
        sheet.data_validation(row, 1, row, 1, check | told)
        filled = {"type": "no_blanks", "format": style("filled")}
        sheet.conditional_format(row, 1, row, 1, filled)
    sheet.set_selection(11, 1, 11, 1)


def lists(sheet: Worksheet, form: Form) -> None:
    """What the drop-down lists offer; the first column stays empty, so that no row has a code."""
    style = form.style
    widths = [max(map(len, values)) + 4 for values in form.lists.values()]
    dress(sheet, form, _(LISTS), [3, *(max(w, 22) for w in widths)], MUTED)
    schemes = form.instrument.schemes
    titles = {id: _(scheme.title) for id, scheme in schemes.items()} | {UNITS: _("Unit")}
    for id, scheme in schemes.items():
        if scheme.parent:
            told = _("{above} tiap {below}")
            titles[parent_of(id)] = told.format(
                above=_(schemes[scheme.parent].title), below=_(scheme.title).lower()
            )
    for column, (name, values) in enumerate(form.lists.items(), start=1):
        sheet.write_string(TOP - 1, column, titles[name], style("heading"))
        for row, value in enumerate(values, start=TOP):
            sheet.write_string(row, column, value, style("label"))

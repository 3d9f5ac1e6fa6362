"""Tables, key figures and findings: from frames to what a reader sees.

A column of a frame has one name in code and one heading for people everywhere: `HEADINGS`.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

import pandas as pd

from analysis.exhibits import Exhibit
from analysis.text import N_, _, interval, number, percent

# Column -> heading and format. Formats: text, an integer number of digits, "percent",
# "signed" (two digits with a sign),
# "year" and "interval" (from the columns low and high).
HEADINGS: dict[str, tuple[str, str | int]] = {
    "unit": (N_("ID unit"), "text"),
    "unit_name": (N_("Unit"), "text"),
    "unit_short": (N_("Unit"), "text"),
    "group_name": (N_("Kelompok"), "text"),
    "label": (N_("Kelompok"), "text"),
    "item": (N_("Kode"), "text"),
    "name": (N_("Nama"), "text"),
    "statement": (N_("Pernyataan"), "text"),
    "parent": (N_("Elemen"), "text"),
    "dimension_name": (N_("Dimensi"), "text"),
    "subdimension_name": (N_("Subdimensi"), "text"),
    "element_name": (N_("Elemen"), "text"),
    "subelement_name": (N_("Subelemen"), "text"),
    "aspect_name": (N_("Aspek"), "text"),
    "domain_name": (N_("Domain"), "text"),
    "steep_name": (N_("Kategori"), "text"),
    "pestel_name": (N_("Kategori"), "text"),
    "obstacle_name": (N_("Hambatan utama"), "text"),
    "own": (N_("Unit ini"), 2),
    "group_mean": (N_("Rerata kelompok"), 2),
    "city_mean": (N_("Rerata kota"), 2),
    "n_group": (N_("n kelompok"), 0),
    "n_city": (N_("n kota"), 0),
    "difference": (N_("Selisih dengan kota"), "signed"),
    "n": (N_("n"), 0),
    "tb": (N_("TB"), 0),
    "mean": (N_("Rerata"), 2),
    "score": (N_("Nilai"), 2),
    "level": (N_("Tingkat"), 2),
    "interval": (N_("Selang"), "interval"),
    "missing": (N_("Kosong"), "percent"),
    "impact": (N_("Dampak"), 2),
    "uncertainty": (N_("Ketidakpastian"), 2),
    "importance": (N_("Kepentingan"), 2),
    "rating": (N_("Penilaian"), 2),
    "weight": (N_("Bobot"), 3),
    "current": (N_("Sekarang"), 2),
    "target": (N_("Sasaran"), 2),
    "gap": (N_("Kesenjangan"), "signed"),
    "rank": (N_("Peringkat"), 0),
    "share": (N_("Bagian"), "percent"),
    "percentage": (N_("Persen"), 0),
    "percentage_interval": (N_("Selang persen"), "text"),
    "weighted": (N_("Kesenjangan berbobot"), "signed"),
    "ranks": (N_("Selang peringkat"), "text"),
    "leading": (N_("Masuk tiga besar"), "percent"),
    "first": (N_("Di urutan pertama"), "percent"),
    "quadrant": (N_("Kuadran"), "text"),
    "quadrant_name": (N_("Kuadran"), "text"),
    "stay": (N_("Tetap di kuadran"), "percent"),
    "current_interval": (N_("Selang kondisi"), "text"),
    "importance_interval": (N_("Selang kepentingan"), "text"),
    "ratio": (N_("Rasio konsistensi"), 2),
    "weight_consistent": (N_("Bobot unit konsisten"), 3),
    "weight_change": (N_("Perubahan bobot"), 3),
    "weight_change_interval": (N_("Selang perubahan"), "text"),
    "n_consistent": (N_("n konsisten"), 0),
    "sentence": (N_("Kalimat visi"), "text"),
    "word": (N_("Kata"), "text"),
    "known": (N_("Ada dalam visi kota"), "text"),
    "year": (N_("Tahun"), "year"),
    "value": (N_("Nilai"), 2),
    "area_name": (N_("Wilayah"), "text"),
    "predicate": (N_("Predikat"), "text"),
    "source": (N_("Sumber"), "text"),
    "note": (N_("Catatan"), "text"),
    "cost": (N_("Biaya (juta rupiah)"), 0),
    "duration": (N_("Lama (bulan)"), 0),
    "beneficiaries": (N_("Penerima manfaat (orang)"), 0),
    "registered": (N_("Terdaftar"), 0),
    "returned": (N_("Menjawab"), 0),
    "sheet": (N_("Lembar"), "text"),
    "title": (N_("Tabel"), "text"),
    "expected": (N_("Sel wajib"), 0),
    "answered": (N_("Dijawab"), 0),
    "blank": (N_("Kosong"), 0),
    "invalid": (N_("Tidak terbaca"), 0),
    "unaccounted": (N_("Selisih"), 0),
    "filled": (N_("Terisi"), "percent"),
    "percent": (N_("Terisi (%)"), 1),
    "tb_share": (N_("Bagian TB"), "percent"),
    "worst": (N_("Batas terburuk"), 2),
    "best": (N_("Batas terbaik"), 2),
    "file": (N_("Berkas"), "text"),
    "cell": (N_("Sel"), "text"),
    "severity_name": (N_("Tingkat masalah"), "text"),
    "message": (N_("Masalah"), "text"),
    "hint": (N_("Cara memperbaiki"), "text"),
    "code": (N_("Jenis masalah"), "text"),
    "count": (N_("Banyaknya"), 0),
    "units": (N_("Banyaknya unit"), 0),
    "errors": (N_("Kesalahan"), 0),
    "warnings": (N_("Peringatan"), 0),
    "state": (N_("Buku kerja"), "text"),
    "status": (N_("Status"), "text"),
    "kind": (N_("Jenis"), "text"),
    "stage": (N_("Tahap"), "text"),
    "shown": (N_("Angka"), "text"),
    "meaning": (N_("Artinya"), "text"),
    "certainty": (N_("Kepastian"), "text"),
    "strategy": (N_("Strategi"), "text"),
    "internal": (N_("Faktor internal"), "text"),
    "external": (N_("Faktor eksternal"), "text"),
    "idea": (N_("Bahan pertanyaan"), "text"),
    "text": (N_("Kalimat unit"), "text"),
    "evidence": (N_("Bukti atau alasan"), "text"),
    "impact_interval": (N_("Selang dampak"), "text"),
    "uncertainty_interval": (N_("Selang ketidakpastian"), "text"),
    "product": (N_("Dampak × ketidakpastian"), 2),
    "iqr": (N_("IQR dampak"), 2),
    "class_name": (N_("Golongan"), "text"),
    "sure_name": (N_("Kepastian"), "text"),
    "measure": (N_("Satuan"), "text"),
    "figure": (N_("Angka"), "text"),
    "used_name": (N_("Dipakai"), "text"),
    "revision": (N_("Revisi"), 0),
    "digest": (N_("Sidik berkas (SHA-256)"), "text"),
    "same": (N_("Jawaban seragam"), "percent"),
    "spread": (N_("Simpangan baku"), 2),
    "deviation": (N_("Jarak dari kelompok"), 2),
    "criterion": (N_("Kriteria"), "text"),
    "rank_range": (N_("Rentang peringkat"), "text"),
    "rank_low": (N_("Peringkat terbaik"), 0),
    "rank_high": (N_("Peringkat terburuk"), 0),
    "share_top": (N_("Masuk tiga besar"), "percent"),
    "closeness": (N_("Kedekatan"), 3),
    "priority": (N_("Nilai prioritas"), 3),
    "merit": (N_("Nilai tanpa biaya"), 3),
    "horizon": (N_("Horizon"), "text"),
    "change": (N_("Paket"), "text"),
    "lacking": (N_("Belum diisi"), "text"),
    "programmes": (N_("Program"), 0),
    "ranked": (N_("Lengkap"), 0),
    "package": (N_("Paket"), "text"),
    "budget": (N_("Anggaran (juta rupiah)"), 0),
    "reach": (N_("Penerima manfaat (orang)"), 0),
    "lead": (N_("Penanggung jawab"), "text"),
    "similarity": (N_("Kemiripan"), "percent"),
    "other_name": (N_("Mirip dengan"), "text"),
    "other_unit": (N_("Unit lain"), "text"),
}


def heading(column: str) -> str:
    """The heading that people read for a column; the column's own name if it has none."""
    return _(HEADINGS[column][0]) if column in HEADINGS else column


def cell(value: Any, kind: str | int) -> str:
    """One value as text: numbers in the reader's format, a dash for what is missing."""
    if kind == "interval":
        return interval(*value)
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return "–"
    if kind == "percent":
        return percent(value)
    if kind == "signed":
        return number(value, 2, sign=True)
    if kind == "year":
        return str(int(value))
    return number(value, kind) if isinstance(kind, int) else str(value)


def grid(frame: pd.DataFrame, columns: Sequence[str] | None = None) -> dict[str, list]:
    """A frame as JSON: ``columns`` (key, label, format) and ``rows`` of raw values.

    `columns` chooses and orders; ``interval`` stands for the pair low and high. A column without
    a heading shows its own name, with two digits when it holds numbers.
    """
    names = list(columns if columns is not None else frame.columns)
    described = []
    series = []
    for name in names:
        kind = HEADINGS[name][1] if name in HEADINGS else None
        if name == "interval":
            values = list(zip(map(_plain, frame["low"]), map(_plain, frame["high"]), strict=True))
        else:
            values = [_plain(v) for v in frame[name]]
            if kind is None:
                kind = 2 if pd.api.types.is_numeric_dtype(frame[name]) else "text"
        described.append({"key": str(name), "label": heading(str(name)), "format": kind})
        series.append(values)
    return {"columns": described, "rows": [list(row) for row in zip(*series, strict=True)]}


def _plain(value: Any) -> Any:
    if value is None or value is pd.NA or value != value:
        return None
    return value.item() if hasattr(value, "item") else value


def html(content: dict) -> str:
    """The bare ``<table>`` of a grid, every text escaped, headings with their scope."""
    head = "".join(
        f'<th scope="col"{_align(c)}>{escape(c["label"])}</th>' for c in content["columns"]
    )
    body = []
    for row in content["rows"]:
        cells = []
        for position, (column, value) in enumerate(zip(content["columns"], row, strict=True)):
            tag = 'th scope="row"' if position == 0 else "td"
            shown = escape(cell(value, column["format"]))
            cells.append(f"<{tag}{_align(column)}>{shown}</{tag[:2]}>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>"


def _align(column: dict) -> str:
    return "" if column["format"] == "text" else ' class="num"'


def table(
    frame: pd.DataFrame,
    title: str,
    columns: Sequence[str] | None = None,
    *,
    note: str = "",
    source: str = "",
) -> Exhibit:
    """A table of a frame's columns, under a title that says what to see."""
    content = {"kind": "table", "title": title, "note": note, "source": source}
    content |= grid(frame, columns)
    caption = f"<p><strong>{escape(title)}</strong></p>"
    return Exhibit(content, caption + html(content))


def key_figures(figures: Iterable[dict]) -> Exhibit:
    """The strip of key figures at the top of a report; the first one also stands on the index.

    Each figure is ``shown`` (text), ``label``, ``detail`` (n, interval) and ``value`` (number or
    None).
    """
    content = {"kind": "keys", "title": _("Angka kunci"), "figures": list(figures)}
    items = "".join(
        f"<li><strong>{escape(f['shown'])}</strong> {escape(f['label'])} "
        f"<small>{escape(f['detail'])}</small></li>"
        for f in content["figures"]
    )
    return Exhibit(content, f"<ul>{items}</ul>")


def findings(sentences: Iterable[str]) -> Exhibit:
    """What the numbers say, in sentences; the first one also stands on the index."""
    content = {"kind": "findings", "title": _("Temuan"), "sentences": list(sentences)}
    items = "".join(f"<li>{escape(s)}</li>" for s in content["sentences"])
    return Exhibit(content, f"<p><strong>{escape(content['title'])}</strong></p><ul>{items}</ul>")

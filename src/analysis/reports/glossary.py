"""What the words on a page mean that people outside would have to look up."""

import re
from collections.abc import Iterator
from functools import cache

from analysis.text import N_, _, language

# Each term in the forms in which pages write it, apart by semicolons; all of them are shown.
TERMS = {
    N_("perangkat daerah; OPD; unit"): N_(
        "kantor pemerintah daerah yang menjawab kuesioner: dinas, badan, kecamatan, dan yang "
        "setara."
    ),
    N_("n"): N_("banyaknya perangkat daerah yang jawabannya ikut dihitung."),
    N_("rata-rata; rerata"): N_("jumlah semua nilai dibagi banyaknya yang menjawab."),
    N_("median"): N_("nilai tengah: separuh jawaban di bawahnya, separuh di atasnya."),
    N_("selang"): N_(
        "rentang nilai yang masih sesuai dengan jawaban yang ada; makin sempit, makin mantap "
        "angkanya."
    ),
    N_("p; nilai p"): N_(
        "peluang melihat beda sebesar ini secara kebetulan, bila sebenarnya tidak ada beda; makin "
        "kecil, makin sulit disebut kebetulan."
    ),
    N_("Holm; Bonferroni"): N_(
        "cara memperhitungkan bahwa banyak hal dibandingkan sekaligus, supaya yang kebetulan tidak "
        "disebut temuan."
    ),
    N_("sampel ulang; bootstrap"): N_(
        "perhitungan yang diulang ribuan kali dengan jawaban yang dipilih kembali secara acak, "
        "untuk melihat seberapa mantap hasilnya."
    ),
    N_("tidak relevan; TR"): N_(
        "jawaban bahwa hal yang ditanyakan tidak ada pada perangkat daerah itu; bukan nilai nol, "
        "dan tidak ikut dihitung."
    ),
    N_("kesenjangan"): N_("jarak dari keadaan sekarang ke sasaran."),
    N_("kuadran"): N_(
        "satu dari empat bidang sebuah gambar, yang dibagi oleh satu garis tegak dan satu garis "
        "datar."
    ),
    N_("SWOT"): N_(
        "kekuatan dan kelemahan di dalam, peluang dan ancaman dari luar, dilihat bersama."
    ),
    N_("IFAS; EFAS"): N_("skor gabungan faktor dari dalam (IFAS) dan dari luar (EFAS)."),
    N_("AHP"): N_(
        "cara menyusun bobot dari perbandingan dua-dua: mana yang lebih penting, dan seberapa jauh."
    ),
    N_("rasio konsistensi; CR"): N_(
        "ukuran apakah perbandingan dua-dua sejalan satu sama lain; di atas 0,1 dianggap tidak."
    ),
    N_("TOPSIS"): N_(
        "cara mengurutkan usulan: yang teratas paling dekat dengan yang terbaik pada semua "
        "kriteria dan paling jauh dari yang terburuk."
    ),
    N_("alfa Cronbach"): N_(
        "ukuran keandalan sekumpulan pertanyaan; makin dekat ke 1, makin seiring jawabannya."
    ),
    N_("W Kendall"): N_("ukuran kesepakatan tentang urutan: 0 tidak sepakat, 1 sepakat penuh."),
    N_("korelasi"): N_("seberapa seiring dua hal naik dan turun, dari −1 sampai 1."),
    N_("SPBE"): N_(
        "Sistem Pemerintahan Berbasis Elektronik; indeksnya menilai layanan digital pemerintah, "
        "dari 1 sampai 5."
    ),
    N_("quick win"): N_("program yang cepat selesai dan segera terasa hasilnya."),
    N_("APBD"): N_("anggaran pendapatan dan belanja daerah."),
    N_("RKPD"): N_("rencana kerja tahunan pemerintah daerah."),
    N_("PDRB"): N_("nilai semua barang dan jasa yang dihasilkan di suatu daerah."),
}


def terms(page: str) -> Iterator[tuple[str, str]]:
    """The terms that the HTML of a page shows, with what they mean."""
    return meant(re.sub(r"<[^>]*>", " ", page))


def meant(words: str) -> Iterator[tuple[str, str]]:
    """The terms that stand in words, with what they mean."""
    for written, meaning in TERMS.items():
        if _pattern(language(), written).search(words):
            yield ", ".join(_(written).split("; ")), _(meaning)


@cache
def _pattern(language: str, written: str) -> re.Pattern[str]:
    """A form with a capital is written just so; others may begin a sentence."""
    forms = [
        re.escape(form) if form != form.lower() or len(form) == 1 else f"(?i:{re.escape(form)})"
        for form in _(written).split("; ")
    ]
    return re.compile(rf"(?<!\w)({'|'.join(forms)})(?!\w)")

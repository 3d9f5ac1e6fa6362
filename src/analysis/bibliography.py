"""What readers are told of each method: its name, how it works, its limit and its works.

Formulas and tests stand in ``docs/methods.md``; `Method.section` names the part of it.
"""

from collections.abc import Iterable
from typing import NamedTuple

from analysis.text import N_, _
from analysis.works import WORKS


class Method(NamedTuple):
    """A method in words. `works`: the keys of what it is taken from; `section`: the module of
    `analysis.methods` that computes it.
    """

    name: str
    how: str
    works: tuple[str, ...]
    section: str


METHODS = {
    "bootstrap": Method(
        N_("Selang bootstrap"),
        N_(
            "Perangkat daerah diambil ulang 2.000 kali di dalam kelompoknya, setiap kali satu "
            "kurang dari anggotanya dan masing-masing dihitung sedikit lebih banyak (Rao dan "
            "Wu), supaya selang dari kelompok kecil tidak terlalu sempit; selang memuat bagian "
            "tengah hasilnya. Di bawah sepuluh perangkat daerah dipakai selang t, dan satu "
            "pengisi tidak mempunyai selang. Perbedaan antarperangkat daerah dan kebetulan "
            "siapa petugasnya termuat bersama di dalamnya, kecenderungan yang sama pada semua "
            "perangkat daerah tidak."
        ),
        ("efron1993", "rao1988", "rao1992", "student1908"),
        "intervals",
    ),
    "levels": Method(
        N_("Jelas, cenderung, belum jelas"),
        N_(
            "Selisih diuji dengan uji t atas perangkat daerah (galat baku jackknife). Dari "
            "peluang keliru 5% satu tahap, 4% untuk pertanyaan utamanya dan 1% untuk pembandingan "
            "lain, masing-masing dibagi rata (Bonferroni). Jelas: selang pada taraf itu tidak "
            "memuat pembanding, dan tidak ada yang dihitung membalikkannya. Cenderung: hanya "
            "selang 95% yang tidak memuatnya (bagi urutan: 97,5% sampel ulang sependapat)."
        ),
        ("student1908", "tukey1958", "dunn1961", "benjamini1995"),
        "comparisons",
    ),
    "welch": Method(
        N_("Uji Welch antarkelompok"),
        N_(
            "Rerata dua kelompok perangkat daerah dibandingkan tanpa menganggap ragamnya sama; "
            "semua pasangan kelompok ikut diperhitungkan."
        ),
        ("welch1947",),
        "comparisons",
    ),
    "paired": Method(
        N_("Selisih berpasangan"),
        N_(
            "Setiap perangkat daerah dibandingkan dengan dirinya sendiri pada periode lalu, hanya "
            "atas pertanyaan yang kode, bunyi, dan skalanya sama dan yang dijawabnya pada kedua "
            "periode; rerata selisih itulah perubahannya. Petugas yang berganti dan nilai ekstrem "
            "yang kembali ke tengah tetap termuat di dalamnya."
        ),
        ("student1908", "barnett2005"),
        "paired",
    ),
    "covered": Method(
        N_("Bagian jalan yang ditempuh"),
        N_(
            "Rerata pergeseran kondisi sejak periode lalu dibagi rerata jarak ke sasaran yang "
            "ditetapkan waktu itu, atas perangkat daerah yang sama; tidak dihitung bila selang "
            "jarak itu memuat nol."
        ),
        ("efron1993",),
        "intervals",
    ),
    "ranks": Method(
        N_("Selang peringkat"),
        N_(
            "Setiap dua butir dibandingkan pada perangkat daerah yang menjawab keduanya, semua "
            "pasangan sekaligus. Peringkat terbaik sebuah butir ialah satu ditambah banyaknya "
            "butir yang jelas di atasnya; peringkat terburuk tidak menghitung yang jelas di "
            "bawahnya. Dengan keyakinan 95% semua peringkat sebenarnya ada di dalam selangnya. "
            "Bila selang yang di tengah memuat lebih dari separuh peringkat, gambar tidak "
            "mengurutkan."
        ),
        ("mogstad2024",),
        "ranks",
    ),
    "cities": Method(
        N_("Perbandingan kota"),
        N_(
            "Kota-kota diurutkan menurut semua selisih berpasangan, yang unitnya saling lepas "
            "(Welch). Setiap kota juga dibandingkan dengan perangkat daerah semua kota lain (uji "
            "Welch)."
        ),
        ("welch1947",),
        "comparisons",
    ),
    "first": Method(
        N_("Apakah yang pertama memang pertama"),
        N_(
            "Butir teratas disebut tertinggi hanya bila ia di atas setiap butir lain; nilai p-nya "
            "yang terbesar dari semua pembandingan itu."
        ),
        ("berger1982", "gutmann1987"),
        "comparisons",
    ),
    "sensitivity": Method(
        N_("Ketahanan kesimpulan"),
        N_(
            "Setiap kesimpulan dihitung kembali dengan bobot kelompok yang sama, dengan bobot "
            "dalam daftar perangkat daerah, dan dengan batas terburuk dan terbaik dari jawaban "
            "yang kurang; kesimpulan utama juga tanpa perangkat daerah yang menjawab seragam dan, "
            "bila ada, dengan ambang lain. Jawaban kosong tidak diisi dengan perkiraan."
        ),
        ("manski1989", "simonsohn2020"),
        "intervals",
    ),
    "index": Method(
        N_("Indeks bertingkat"),
        N_(
            "Indikator dirata-ratakan menjadi subelemen, elemen, lalu indeks. Jawaban tidak "
            "relevan (TR) dikeluarkan dan bobotnya dibagi kepada indikator lain dalam subelemen "
            "yang sama; pembulatan hanya pada tampilan."
        ),
        ("oecd2008",),
        "weighted",
    ),
    "weighted_index": Method(
        N_("Indeks berbobot"),
        N_("Jumlah bobot × tingkat semua indikator dibagi jumlah bobotnya, dan predikatnya."),
        ("panrb2020",),
        "weighted",
    ),
    "alpha": Method(
        N_("Alfa Cronbach"),
        N_(
            "Keandalan seperangkat pertanyaan sebagai satu skala, dengan selang Feldt. Angka ini "
            "menganggap semua pertanyaan mencerminkan satu hal dan naik bila pertanyaannya "
            "bertambah. Bila kovarians dari pasangan jawaban tidak mungkin berasal dari satu "
            "kumpulan perangkat daerah, hanya perangkat daerah yang mengisi semua pertanyaan yang "
            "dihitung."
        ),
        ("cronbach1951", "feldt1987", "wothke1993"),
        "agreement",
    ),
    "items": Method(
        N_("Analisis butir"),
        N_(
            "Korelasi setiap butir dengan rerata butir lain yang diisi dan alfa tanpa butir itu; "
            "kesepakatan 1 bila semua jawaban sama, 0 bila terbelah di kedua ujung skala."
        ),
        ("nunnally1994", "tastle2007"),
        "agreement",
    ),
    "raters": Method(
        N_("Kesepakatan pengisi dan ICC(1)"),
        N_(
            "Bila beberapa orang mengisi untuk satu perangkat daerah, nilainya rerata mereka "
            "(perbandingan berpasangan: rerata geometris; pilihan: yang terbanyak). r_wg "
            "membandingkan ragam jawaban mereka dengan ragam jawaban yang tersebar rata pada "
            "semua tingkat: 1 sependapat, 0 tidak lebih dekat daripada tebakan; dihitung mulai "
            "tiga pengisi. ICC(1) adalah bagian beda jawaban yang berasal dari perangkat daerah, "
            "bukan dari siapa pengisinya; di bawah 0 bila pengisi satu perangkat daerah lebih "
            "berbeda daripada perangkat daerahnya."
        ),
        ("james1984", "shrout1979"),
        "raters",
    ),
    "kendall": Method(
        N_("W Kendall"),
        N_(
            "Kesepakatan urutan antarperangkat daerah, 0 sampai 1, dengan koreksi peringkat sama; "
            "setiap dua perangkat daerah dibandingkan atas butir yang dinilai keduanya. W tidak "
            "menunjukkan apa pun tentang tinggi rendahnya penilaian."
        ),
        ("kendall1939", "kendall1962", "brueckl2011", "schmidt1997"),
        "agreement",
    ),
    "scenario": Method(
        N_("Dampak dan ketidakpastian"),
        N_(
            "Rerata dampak dan rerata ketidakpastian setiap pendorong dibandingkan dengan titik "
            "tengah skala; dua ketidakpastian kritis membentuk empat skenario."
        ),
        ("schwartz1991",),
        "intervals",
    ),
    "trend": Method(
        N_("Garis kecenderungan"),
        N_(
            "Garis kuadrat terkecil dengan selang prediksi, hanya bila ada sedikitnya empat titik "
            "tanpa jeda lebih dari tiga tahun, paling jauh dua tahun ke depan; indikatif."
        ),
        ("montgomery2012",),
        "trend",
    ),
    "factors": Method(
        N_("Matriks faktor (IFAS dan EFAS)"),
        N_(
            "Bobot = rerata kepentingan ÷ jumlahnya; skor = bobot × rerata penilaian; netral di "
            "tengah skala penilaian. Skala proyek ini, diadaptasi dari matriks David."
        ),
        ("david2017", "prawaka2016"),
        "intervals",
    ),
    "position": Method(
        N_("Posisi SWOT dan awannya"),
        N_(
            "X = IFAS − netral dan Y = EFAS − netral; awan titik adalah posisi pada 2.000 sampel "
            "ulang. Kuadran disebut jelas hanya bila tanda X dan tanda Y keduanya jelas."
        ),
        ("efron1993", "weihrich1982"),
        "intervals",
    ),
    "ipa": Method(
        N_("Analisis kepentingan dan kinerja (IPA)"),
        N_(
            "Garis silang pada rerata semua subdimensi selalu membagi empat, juga bila jawaban "
            "acak; karena itu sebuah subdimensi disebut jelas di kuadrannya hanya bila kedua "
            "koordinatnya teruji."
        ),
        ("martilla1977",),
        "comparisons",
    ),
    "ahp": Method(
        N_("Analytic Hierarchy Process (AHP)"),
        N_(
            "Bobot adalah vektor eigen utama dari rerata geometrik matriks perangkat daerah; "
            "rasio konsistensi di bawah 0,10 lazim diterima. Perangkat daerah dengan paling "
            "banyak sepertiga pasangan kosong ikut dihitung menurut Harker, dengan indeks acak "
            "untuk kosong sebanyak itu. Kesimpulan tentang bobot memerlukan sepuluh perangkat "
            "daerah konsisten yang secara tersendiri pun mengatakan hal yang sama. Kesepakatan "
            "bobot: entropi Shannon bobot perangkat daerah."
        ),
        ("saaty1980", "aczel1983", "harker1987", "goepel2018"),
        "ahp",
    ),
    "topsis": Method(
        N_("TOPSIS"),
        N_(
            "Usulan diperingkat menurut kedekatannya dengan usulan ideal; peringkat dapat berbalik "
            "bila usulan bertambah. Rentang peringkat: seribu ulangan dengan bobot yang digeser."
        ),
        ("hwang1981", "butler1997", "garcia2012"),
        "topsis",
    ),
    "knapsack": Method(
        N_("Paket terbaik dalam anggaran"),
        N_(
            "Himpunan usulan dengan jumlah nilai terbesar yang tidak melampaui anggaran, batas "
            "setiap perangkat daerah penanggung jawab, dan satu dari setiap kelompok usulan "
            "mirip, dicari secara eksak; batas bawah setiap dimensi dipenuhi bagi sebanyak "
            "mungkin dimensi sebelum nilainya dijumlahkan."
        ),
        ("kellerer2004", "ratcliff1988"),
        "knapsack",
    ),
    "straightlining": Method(
        N_("Jawaban seragam"),
        N_("Bagian jawaban dalam satu kolom yang sama dengan jawaban tersering kolom itu."),
        ("kim2019",),
        "comparisons",
    ),
}


def described(names: Iterable[str]) -> list[dict[str, str]]:
    """What a report tells of the methods it names, in the reader's language.

    Raises KeyError for a name that is not in `METHODS`.
    """
    return [
        {
            "key": name,
            "name": _(METHODS[name].name),
            "how": _(METHODS[name].how),
            "source": "; ".join(WORKS[work].short for work in METHODS[name].works),
            "section": METHODS[name].section,
        }
        for name in names
    ]

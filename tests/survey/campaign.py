"""A messy campaign, told wave by wave: some fifty files from 33 of 35 units, as such files come.

Wave 0 is the first day, on which the only two workbooks were saved beside the folder of the period.
"""

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import docx
from PIL import Image

from analysis.survey.asked.fields import TR
from tests.survey.officers import DASH, LAST, Delivery, Officers, one_sheet, only, without
from tests.survey.test_files import compound

NEVER = {"lingkungan-hidup", "perhubungan"}  # nothing ever comes from these
# Units whose workbooks do not say by a sheet “Identitas” as it was sent out whose they are.
STRANGELY_NAMED = {"prkp", "bpkd", "siantar-barat"}
NEW_NAME = "Badan Pendapatan, Pengelolaan Keuangan dan Aset Daerah"
ALIASES = {"bpkd": f"{NEW_NAME};BPPKAD"}  # what the coordinator adds in the last wave
FOUR = {(f"KJ{n:02}", "importance") for n in range(2, 6)}  # of which Sosial thought again
BESIDE = "responses"  # where workbooks are saved by mistake instead of below the period


def campaign(city: Officers, resaved: Callable[[bytes], bytes]) -> list[Delivery]:
    """Every delivery; `resaved` opens a workbook in LibreOffice and saves it again."""
    first = list(first_wave(city))
    second = second_wave(city, resaved, first)
    return [*first_day(city), *first, *second, *third_wave(city), *last_wave(city)]


def first_day(city: Officers) -> Iterator[Delivery]:
    yield city.sends(0, "putr", folder=BESIDE, trouble="MISPLACED", until=LAST - 1)
    next_year = "2024/responses"
    yield city.sends(0, "ketenagakerjaan", folder=next_year, trouble="MISPLACED")


def first_wave(city: Officers) -> Iterator[Delivery]:
    yield city.sends(1, "kominfo")
    yield city.sends(1, "bappeda", "Bappeda/kuesioner final (sekali).xlsx")
    yield city.sends(1, "perpustakaan", "Perpustakaan dan Arsip.xlsx")
    out_of_task = {("MD03", "impact"): TR, ("MD05", "impact"): TR}
    halves = {("KS01", "level"): "3,5", ("KS02", "level"): 9}
    rows_out = [(code, "uncertainty") for code, _field in out_of_task]
    damkar = without(city.thinks("damkar"), rows_out) | out_of_task
    yield city.sends(1, "damkar", cells=damkar, wrong=halves)
    seven = {(f"KS{n:02}", "level"): "3/4" for n in (2, 3, 6)}
    seven |= {(f"SW{n:02}", "rating"): "v" for n in (1, 4)}
    seven |= {("KV05", "sejahtera"): "4-5", ("KV02", "sehat"): 6}
    yield city.sends(1, "pendidikan", wrong=seven)
    weary = only(city.thinks("koperasi-ukm-perdagangan"), city.sheet("1", "2", "3"))
    yield city.sends(1, "koperasi-ukm-perdagangan", cells=weary)
    missed = without(city.thinks("kesehatan"), [("PB04", "strength")])
    yield city.sends(1, "kesehatan", cells=missed, wrong={("KE02", "rating"): DASH})
    yield city.sends(1, "ppkb", cells=nothing_applies(city, "ppkb"))
    # Siantar Timur filled in the form of Siantar Utara, and named the file after itself.
    theirs = city.thinks("siantar-timur")
    name = "Kuesioner Siantar Timur.xlsx"
    yield city.sends(1, "siantar-utara", name, cells=theirs, until=1)
    yield paper(1, "setwan", "2023-setwan.xlsx", locked(), "ENCRYPTED")
    yield paper(1, "kesbangpol", "Kesbangpol scan.pdf", picture("PDF"))
    yield paper(1, "inspektorat", "Jawaban Inspektorat.docx", letter_in_word())
    three = {("MD01", "impact"): "besar sekali", ("KJ03", "target"): 7, ("KJ04", "obstacle"): "x"}
    yield (rsud := city.sends(1, "rsud", wrong=three))
    yield replace(rsud, path=named("2023-rsud (1).xlsx"))
    for part, sheets in (("1", ("1", "2", "3")), ("2", ("4", "5", "6", "7"))):
        half = only(city.thinks("pertanian"), city.sheet(*sheets))
        yield city.sends(1, "pertanian", f"pertanian bagian {part}.xlsx", cells=half)
    yield city.sends(1, "prkp", "Kuesioner Perkim.xlsx", identity={"ID unit": "Perkim"})
    yield city.sends(1, "bkpsdm", cells={}, trouble="EMPTY_FORM")
    both = {("MD02", "impact"): TR, ("MD02", "uncertainty"): 4}
    yield city.sends(1, "dukcapil", wrong=both)


def second_wave(city: Officers, resaved: Callable, first: list[Delivery]) -> Iterator[Delivery]:
    two = only(city.thinks("damkar"), [("KS01", "level"), ("KS02", "level")])
    yield city.sends(2, "damkar", "2023-damkar perbaikan.xlsx", cells=two, revision=2)
    yield city.sends(2, "pendidikan", "2023-pendidikan (revisi).xlsx", revision=2)
    koperasi = "koperasi-ukm-perdagangan"
    more = only(city.thinks(koperasi), city.sheet("4"))
    yield city.sends(2, koperasi, "koperasi lembar 4.xlsx", cells=more, revision=2)
    yield city.sends(2, "siantar-utara")
    [stranger] = [d for d in first if d.unit == "siantar-utara"]
    yield replace(stranger, wave=2, until=LAST, trouble="OTHER_UNIT")
    wrong_year, trouble = {"Periode": "2024"}, "WRONG_PERIOD"
    yield city.sends(2, "bpbd", "kuesioner bpbd.xlsx", identity=wrong_year, trouble=trouble)
    yield paper(2, "dpmptsp", "WhatsApp Image DPMPTSP.jpg", picture("JPEG"))
    # Sosial mended its answers without raising the number of the revision, and sent them twice.
    yield city.sends(2, "sosial", wrong={("KS10", "level"): "3,5"})
    mended = changed(city, "sosial")
    yield (again := city.sends(2, "sosial", "sosial perbaikan.xlsx", cells=mended))
    yield replace(again, path=named("sosial perbaikan (1).xlsx"))
    levels = city.sends(
        2, "siantar-barat", cells=only(city.thinks("siantar-barat"), city.sheet("3"))
    )
    table = one_sheet(levels.content, "3 Kesiapan Daerah")
    seen = {key: ("CSV", cell) for key, (_, cell) in levels.places.items() if key in levels.typed}
    yield replace(levels, path=named("siantar barat.csv"), content=table, places=seen)
    yield city.sends(2, "siantar-martoba", "kecamatan.zip/martoba.xlsx")
    three = without(city.thinks("siantar-sitalasari"), [(f"SW{n:02}", "rating") for n in (2, 5, 7)])
    yield city.sends(2, "siantar-sitalasari", "kecamatan.zip/sitalasari.xlsx", cells=three)
    two = without(city.thinks("siantar-marimbun"), [("KE01", "rating"), ("KV03", "sejahtera")])
    saved = city.sends(2, "siantar-marimbun", cells=two)
    yield replace(saved, content=resaved(saved.content))
    trouble = "SAMPLE_AMONG_RESPONSES"
    yield city.sends(
        2, "perpustakaan", "contoh/2023-perpustakaan.xlsx", sample=True, trouble=trouble
    )


def third_wave(city: Officers) -> Iterator[Delivery]:
    rest = without(city.thinks("siantar-barat"), city.sheet("3"))
    yield city.sends(3, "siantar-barat", "siantar barat lengkap.xlsx", cells=rest)
    yield city.sends(3, "dpmptsp")
    five = [("MD07", "impact"), ("MD07", "uncertainty"), ("KJ05", "importance")]
    five += [("KJ18", "obstacle"), ("PB15", "more")]
    yield city.sends(3, "kesbangpol", cells=without(city.thinks("kesbangpol"), five))
    yield city.sends(3, "inspektorat", edit=lambda book: book.remove(book["5 SWOT"]))
    gap = [("KS20", "level")]  # stands one row higher once the fifth row is gone
    yield city.sends(3, "setda", cells=without(city.thinks("setda"), gap), edit=pruned)
    settled = only(changed(city, "sosial"), FOUR | {("KS10", "level")})
    yield city.sends(3, "sosial", "sosial final.xlsx", cells=settled, revision=2)
    # MD01 does not apply after all, MD03 does; of MD05 only half is said.
    rows = {("MD01", "impact"): TR, ("MD05", "impact"): 4}
    rows |= {("MD03", "impact"): 4, ("MD03", "uncertainty"): 2}
    yield city.sends(3, "damkar", "2023-damkar ketiga.xlsx", cells=rows, revision=3)
    south = city.thinks("siantar-selatan")
    one = only(south, city.sheet("1", "2", "3"))
    yield city.sends(3, "siantar-selatan", "selatan 1.xlsx", cells=one)
    two = without(south, one) | {("KS02", "level"): 1 + south["KS02", "level"] % 5}
    yield city.sends(3, "siantar-selatan", "selatan 2.xlsx", cells=two)
    other_city, trouble = {"Kode kota": "1272"}, "WRONG_CITY"
    yield city.sends(3, "siantar-marihat", "formulir.xlsx", identity=other_city, trouble=trouble)
    whole = city.workbook("pariwisata", city.thinks("pariwisata"))
    yield paper(3, "pariwisata", "2023-pariwisata.xlsx", whole[: len(whole) // 2], "DAMAGED")
    name, identity = "BPKD kuesioner.xlsx", {"ID unit": "BPPKAD", "Nama unit": NEW_NAME}
    unknown = "UNKNOWN_UNIT"
    new = city.sends(3, "bpkd", name, identity=identity, trouble=unknown, until=LAST - 1)
    yield from (new, replace(new, wave=LAST, until=LAST, trouble=""))
    worse = {("KS09", "level"): 9}  # which was answered well before
    yield (rsud := city.sends(3, "rsud", "rsud revisi 2.xlsx", wrong=worse, revision=2))
    yield replace(rsud, path=named("kiriman ulang/rsud revisi 2.xlsx"))


def last_wave(city: Officers) -> Iterator[Delivery]:
    yield city.sends(4, "putr")  # the coordinator moved it
    yield city.sends(4, "pariwisata", "2023-pariwisata (2).xlsx")
    yield city.sends(4, "siantar-timur")
    yield city.sends(4, "bpbd", "kuesioner bpbd 2023.xlsx")
    yield city.sends(4, "siantar-selatan", "selatan lengkap.xlsx", revision=2)
    filled = only(city.thinks("kesehatan"), [("PB04", "strength")])
    yield city.sends(4, "kesehatan", "kesehatan r2.xlsx", cells=filled, revision=2)
    yield paper(4, "satpol-pp", "Satpol PP halaman 1.png", picture("PNG"))
    koperasi = "koperasi-ukm-perdagangan"
    last = only(city.thinks(koperasi), city.sheet("5", "6"))
    yield city.sends(4, koperasi, "koperasi lembar 5-6.xlsx", cells=last, revision=3)


def named(name: str) -> str:
    return f"2023/responses/{name}"


def paper(
    wave: int, unit: str, name: str, content: bytes, trouble: str = "NOT_A_WORKBOOK"
) -> Delivery:
    """What no program can read answers from; only its name says whose it is."""
    return Delivery(wave, named(name), content, unit, trouble)


def nothing_applies(city: Officers, unit: str) -> dict:
    """TB in every row that may have it; the pairs and the vision are answered."""
    said = only(city.thinks(unit), city.sheet("6"))
    for table in (t for t in city.instrument.tables if t.tb and not t.owned):
        said |= {(code, table.required[0].name): TR for code in table.codes}
    return said


def changed(city: Officers, unit: str) -> dict:
    """What a unit thinks after it looked again at four answers."""
    said = city.thinks(unit)
    return said | {key: 1 + said[key] % 5 for key in FOUR}


def pruned(book) -> None:
    """A row and a column that somebody found superfluous."""
    readiness, future = book["3 Kesiapan Daerah"], book["1 Masa Depan"]
    [row] = [c.row for c in readiness["A"] if c.value == "KS05"]
    readiness.delete_rows(row)
    columns = {c.column for row in future for c in row if c.value == "Ketidakpastian\n(1–5)"}
    future.delete_cols(*columns)


def locked() -> bytes:
    """The outside of a workbook with a password, as Excel and LibreOffice write it."""
    return compound("Root Entry", "EncryptionInfo", "EncryptedPackage")


def picture(kind: str) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(stream, kind)
    return stream.getvalue()


def letter_in_word() -> bytes:
    stream, document = io.BytesIO(), docx.Document()
    document.add_paragraph("Jawaban kami atas kuesioner Smart City")
    document.save(stream)
    return stream.getvalue()


def files(deliveries: Iterable[Delivery]) -> dict[str, bytes]:
    """What lies on the disk, by path below ``data/raw``: members of a zip are packed into it."""
    found: dict[str, bytes] = {}
    zips: dict[str, dict[str, bytes]] = {}
    for delivery in deliveries:
        archive, inside, member = delivery.path.partition(".zip/")
        if inside:
            zips.setdefault(f"{archive}.zip", {})[member] = delivery.content
        else:
            found[delivery.path] = delivery.content
    for path, members in zips.items():
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                archive.writestr(zipfile.ZipInfo(member), content)
        found[path] = stream.getvalue()
    return found

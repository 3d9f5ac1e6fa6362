"""What is set, checked as a whole: every file, row and column, in Indonesian, before all else."""

import csv
import io
import re
import shutil

import pytest
from click.testing import CliRunner

from analysis import text
from analysis.cli import main
from analysis.project import Project, ProjectError
from analysis.project.statements import row
from analysis.survey.asked import register
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import setup
from tests.second_city import ROOT
from tests.second_city import edit as replace

# What pydantic, csv, tomllib and zoneinfo would say.
ENGLISH = re.compile(
    r"\b(?:should|input|valid|field|required|extra|permitted|expected|found|codec|decode|error|"
    r"invalid|line|column|less|greater|than|equal|must|delimiter|unexpected|time zone)\b",
    re.IGNORECASE,
)


def refused(project: Project) -> str:
    with pytest.raises(ProjectError) as error:
        setup.check(Project(project.root))
    told = str(error.value)
    assert not ENGLISH.search(re.sub(r"[a-z_]+\.(?:toml|csv)|“[^”]*”", "", told)), told
    return told


def test_what_is_committed_is_in_order_and_without_doubt():
    setup.check(Project(ROOT))
    assert setup.doubts(Project(ROOT, asked="2023")) == []
    [proposed] = setup.doubts(Project(ROOT))
    assert "owner_verified = no" in proposed


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('timezone = "Asia/Jakarta"', 'timezone = "WIB"', "baris 8, isian timezone: “WIB” bukan"),
        ('timezone = "Asia/Jakarta"', 'timezone = ""', "timezone"),
        ('timezone = "Asia/Jakarta"', 'timezone = "../../etc/passwd"', "timezone"),
        ('timezone = "Asia/Jakarta"', 'timezone = "Asia"', "timezone"),
        ("seed = 2023", "seed = 2023\nclosed = true", "tempatnya di data/raw/2023/period.toml"),
        ("closed = false", 'closed = false\nname = "Kota"', "tempatnya di data/raw/city.toml"),
        ("closed = false", 'closed = "ya"', "isian closed: “ya” harus true atau false"),
        ("seed = 2023", "seed = -5", "isian seed: “-5” paling kecil 0"),
        ("seed = 2023", "seed = true", "isian seed"),
        ("[thresholds]", "[treshold]", "isian treshold: tidak dikenal"),
        ("output_mb = 50", "output_mb = 0", "isian limits.output_mb: “0” paling kecil 1"),
        ("memory_mb = 4000", "memory_mb = 4.5", "isian limits.memory_mb: “4.5” harus bilangan"),
        ('name = "Kota', 'nama = "Kota', "isian name: wajib diisi"),
        ("12, 24, 60, 120", "12, 60, 24, 120", "thresholds.horizons: harus makin besar"),
        ("12, 24, 60, 120", "12, 24, 24, 120", "thresholds.horizons: harus makin besar"),
        ("evidence = 3 ", "evidence = 6 ", "isian thresholds.evidence: “6” di luar skala 1–5"),
        ("evidence = 3 ", "evidence = 2.6 ", "thresholds.evidence: “2.6” harus bilangan bulat"),
        ("minimum = 3.5", "minimum = 2.0", "predicates: minimum harus urut"),
        ("minimum = 1.0", "minimum = 1.5", "minimum predikat terendah harus 1"),
        ("budget = 5000", "budget = 5.000", "tulis 5000, tanpa titik ribuan"),
        ("budget = 5000", "budget = inf", "quickwin.budget: “inf” harus angka yang terhingga"),
        ("budget = 5000", "budget = 0", "quickwin.budget: “0” harus lebih dari 0"),
        ("shortlist = 2", "shortlist = 0", "quickwin.shortlist: “0” paling kecil 1"),
        ("least_per_dimension = 1", "least_per_dimension = -1", "“-1” paling kecil 0"),
        ("most_per_lead = 3", "most_per_lead = 1.5", "most_per_lead: “1.5” harus bilangan"),
        ("most_per_lead = 3", "most_per_leader = 3", "quickwin.most_per_leader: tidak dikenal"),
        ("impact = 0.25", "impak = 0.25", "kurang: impact; lebih: impak"),
        ("urgency = 0.20", "", "kurang: urgency; lebih: –"),
        ("ease = 0.15", "ease = inf", "quickwin.weights.ease"),
        ("ease = 0.15", "ease = -1", "quickwin.weights.ease: “-1” harus lebih dari 0"),
        ('["cost", "duration"]', '["cost", "cost"]', "disebut dua kali: cost"),
        ('["cost", "duration"]', '["biaya"]', "cost_criteria tidak ada dalam weights: biaya"),
        ('id = "sejahtera"', 'id = "sehat"', "vision.elements: disebut dua kali: sehat"),
        ('id = "sejahtera"', 'id = "unit"', "elements.1.id: “unit” dipakai program"),
        ('"Sejahtera"', '"SEHAT (jiwa)"', "“SEHAT (jiwa)” tidak dapat dibedakan dari “Sehat”"),
        ('"Sejahtera"', '"Kode"', "“Kode” tidak dapat dibedakan dari “Kode” milik formulir"),
        ('"Sejahtera"', '"(adil)"', "“(adil)” harus memuat huruf di luar kurung"),
        ('"Sejahtera"', '"Sejahtera', "tidak terbaca; periksa tanda kutip"),
        ("seed = 2023", "seed = 2023\nseed = 1", "disebut dua kali"),
        ('name = "Kota Pematang', 'name = "Kota · Pematang', "tidak boleh memuat tanda “·”"),
    ],
)
def test_wrong_entries_of_the_city_are_named_with_their_row(city, old, new, message):
    city_wide = old in (city.raw / "city.toml").read_text("utf-8")
    replace(city, "city.toml" if city_wide else "period.toml", old, new)
    told = refused(city)
    file = "data/raw/city.toml" if city_wide else "data/raw/2023/period.toml"
    assert told.startswith(f"{file}: ") and message in told


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (
            "units.csv",
            "Bapeda;",
            "Dinas Kominfo;",
            "2023/units.csv: baris 3, kolom aliases: “Di",
        ),
        ("units.csv", "Bapeda;", "KOMINFO;", "baris 3, kolom aliases: “KOMINFO” tidak dapat"),
        ("units.csv", "Bapeda;", "Diskominfo (kota);", "kolom aliases: “Diskominfo (kota)” tidak"),
        ("units.csv", "Bapeda;", "(-);", "kolom aliases: “(-)” harus memuat huruf"),
        ("units.csv", "Barat,Siantar Barat", "Barat,Bappeda", "baris 4, kolom short: “Bappeda”"),
        ("units.csv", ",yes,1,", ",no,1,", "harus tepat satu unit koordinator; sekarang: –"),
        ("units.csv", ",no,1,", ",no,nol,", "kolom weight: “nol” bukan angka"),
        ("units.csv", "id,name", 'id,"name', "2023/units.csv: baris 1, kolom –: tanda kutip"),
        ("units.csv", "\nbappeda,", '\nbappeda,"', "2023/units.csv: baris 3, kolom –: tanda kutip"),
        ("units.csv", "group", "grup", "2023/units.csv: baris 1, kolom group: kolom ini tidak ada"),
        ("units.csv", "group", "name", "baris 1, kolom name: kolom ini ada dua kali"),
        ("instrument/readiness.csv", "KS02", "MD02", "MD02 sudah dipakai dalam instrument/fut"),
        ("instrument/pairs.csv", "PB02", "PB2", "baris 3, kolom code: “PB2” harus dua huruf"),
        (
            "instrument/pairs.csv",
            "PB02,governance,economy\n",
            "",
            "pasangan governance dan economy",
        ),
        (
            "instrument/pairs.csv",
            "PB02,governance,economy",
            "PB02,branding,governance",
            "instrument/pairs.csv: baris 3, kolom left, right: pasangan ini sudah ada pada baris 2",
        ),
        ("instrument/pairs.csv", "PB02,governance,economy", "PB02,economy,economy", "dimensi lain"),
        (
            "instrument/categories.csv",
            "subdimension,service",
            "dimension,seventh,,1,Smart Seventh,Seventh,Seventh,Seventh\nsubdimension,service",
            "pasangan governance dan seventh tidak ada",
        ),
        (
            "instrument/contribution.csv",
            "KV02,branding",
            "KV02,economy",
            "belum ada butir untuk branding",
        ),
        (
            "instrument/categories.csv",
            "obstacle,data,,1,Data,Data",
            "obstacle,data,,1,Anggaran (APBN),Data",
            "kolom name: “Anggaran (APBN)” tidak dapat dibedakan dari “Anggaran” milik budget",
        ),
        (
            "instrument/categories.csv",
            "obstacle,data,,1,Data,",
            "obstacle,data,,1,TB,",
            "“TB” tidak",
        ),
        ("instrument/categories.csv", "obstacle,data,,1,Data,", "obstacle,data,,1,7,", "“7” harus"),
        ("instrument/categories.csv", "swot,threat", "swot,danger", "threat tidak ada"),
        (
            "instrument/readiness.csv",
            "KS04,budget",
            "KS04,people",
            "instrument/categories.csv: baris 34, kolom id: belum ada butir untuk budget dalam ins",
        ),
        (
            "instrument/categories.csv",
            "steep,social",
            "steep,novel,,1,Baru,Baru,New,New\nsteep,social",
            "kolom id: belum ada butir untuk novel dalam instrument/future.csv",
        ),
        (
            "instrument/categories.csv",
            "pestel,political",
            "pestel,novel,,1,Baru,Baru,New,New\npestel,political",
            "kolom id: belum ada butir untuk novel dalam instrument/external.csv",
        ),
        (
            "instrument/spbe/categories.csv",
            "aspect,policy",
            "aspect,novel,policy,1,Baru,Baru,New,New\naspect,policy",
            "kolom id: belum ada butir untuk novel dalam spbe/spbe.csv",
        ),
        (
            "instrument/categories.csv",
            "group,badan",
            "group,bdn",
            "badan tidak ada dalam categories",
        ),
        (
            "instrument/spbe/spbe.csv",
            "policy,1.30",
            "policy,0",
            "kolom weight: “0” harus lebih dari 0",
        ),
        (
            "period.toml",
            "response = 0.5",
            "response = 50",
            "baris 24, isian thresholds.response: “50” paling besar 1",
        ),
        (
            "period.toml",
            "response = 0.5",
            'response = "separuh"',
            "thresholds.response: “separuh” harus angka, tanpa tanda kutip",
        ),
        ("statistics.csv", "229525", '"229.525,5"', "kolom value: “229.525,5” bukan angka"),
        ("statistics.csv", "229525", "nan", "kolom value: “nan” bukan angka"),
        ("statistics.csv", "2005", "dua ribu", "kolom year: “dua ribu” bukan angka"),
        ("statistics.csv", ",yes,", ",ya,", "kolom used: “ya” harus salah satu dari: yes, no"),
        ("statistics.csv", "kota,2010", "kota,2005", "lebih dari satu angka dipakai"),
    ],
)
def test_wrong_data_are_named_with_file_row_and_column(city, file, old, new, message):
    replace(city, file, old, new)
    assert message in refused(city)


LUMPED = [
    # What is pasted on two years of the series, and what is said of it (nothing: it may stand).
    ("analisadaily; detik; marlinews", "tulis di setiap baris hanya sumber yang mencetak angka"),
    ("a.com 2023/05/02; b.com 2024/04/19", "tulis di setiap baris hanya sumber yang mencetak"),
    ("Wikipedia (id)", "sebutkan terbitannya dengan tanggal, nomor, atau alamat"),
    ("detik.com d-7021911", ""),
    ("detik.com/sumut/pengangguran", ""),
]


@pytest.mark.parametrize(("source", "told"), LUMPED)
def test_a_source_is_of_one_figure_or_says_which_publication_it_is(city, source, told):
    path = city.raw / "statistics.csv"
    path.write_text(
        "indicator,name,name_en,unit,unit_en,city,area,year,value,used,source,note\n"
        f"gini,Rasio Gini,Gini ratio,indeks,index,1273,kota,2021,0.307,yes,{source},\n"
        f"gini,Rasio Gini,Gini ratio,indeks,index,1273,kota,2022,0.321,yes,{source.title()},\n"
        f"gini,Rasio Gini,Gini ratio,indeks,index,1273,siantar-barat,2022,0.3,yes,{source},\n"
        f"hdi,IPM,HDI,indeks,index,1273,kota,2022,79.7,yes,{source},\n",
        "utf-8",
    )
    if not told:
        assert len(register.statistics(city)) == 4
        return
    lines = refused(city).splitlines()
    assert [line.split(", kolom")[0] for line in lines] == [
        "raw/statistics.csv: baris 2",
        "raw/statistics.csv: baris 3",
    ]
    assert all("kolom source: " in line and told in line for line in lines)


@pytest.mark.parametrize("source", ["Wikipedia (id)", "a.com; b.com"])
def test_several_sources_may_print_one_figure_and_one_the_same_year_twice(city, source):
    path = city.raw / "statistics.csv"
    path.write_text(
        "indicator,name,name_en,unit,unit_en,city,area,year,value,used,source,note\n"
        f"gini,Rasio Gini,Gini ratio,indeks,index,1273,kota,2022,0.321,yes,{source},\n"
        f"gini,Rasio Gini,Gini ratio,indeks,index,1273,kota,2022,0.320,no,{source},\n",
        "utf-8",
    )
    assert len(register.statistics(city)) == 2


def test_all_files_that_are_wrong_are_told_at_once_each_thing_in_one_line(city):
    replace(city, "city.toml", "seed = 2023", "seed = -1")
    replace(city, "units.csv", "group", "grup")
    told = refused(city).splitlines()
    assert [line.partition(":")[0] for line in told] == [
        "data/raw/city.toml",
        *["2023/units.csv"] * 2,
    ]
    replace(city, "statistics.csv", "value", "nilai")
    assert len([line for line in refused(city).splitlines() if "statistics" not in line]) == 3


def test_many_wrong_cells_of_a_file_are_cut_short_and_counted(city):
    path = city.raw / "statistics.csv"
    path.write_text(path.read_text("utf-8").replace(",yes,", ",ya,"), "utf-8")
    told = refused(city).splitlines()
    assert len(told) == 21 and re.search(r"dan \d+ kesalahan lagi", told[-1])


@pytest.mark.parametrize("command", ["forms", "sample", "check", "run", "book"])
def test_every_command_begins_with_it_and_writes_nothing(city, command):
    replace(city, "statistics.csv", "229525", "banyak")
    before = sorted(
        p for p in city.root.rglob("*") if p.is_file() and p.name[:12] != ".masterplan."
    )
    done = CliRunner().invoke(main, [command, "--root", str(city.root)])
    assert done.exit_code == 2
    assert "raw/statistics.csv: baris 2, kolom value: “banyak” bukan angka" in done.stderr
    after = sorted(p for p in city.root.rglob("*") if p.is_file() and p.name[:12] != ".masterplan.")
    assert after == before


def loaded(project: Project) -> list:
    project = Project(project.root)
    tables = Instrument.load(project).tables
    items = [t.items.to_dict("records") for t in tables]
    figures = register.statistics(project).to_dict("records")
    return [project.settings, [u.model_dump() for u in register.units(project)], items, figures]


def tables_of(project: Project) -> list:
    return [
        *project.raw.glob("*.csv"),
        *project.folder.glob("*.csv"),
        *project.folder.glob("*/*.csv"),
    ]


@pytest.mark.parametrize(("separator", "decimal"), [",.", ";,", ";.", "\t,", "\t."])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_tables_are_read_as_office_programs_write_them(city, separator, decimal, encoding):
    before, ends = loaded(city), iter(["\r\n", "\n", "\r"] * 9)
    for path in tables_of(city):
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
        if decimal == ",":
            rows = [[re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", c) for c in row] for row in rows]
        stream = io.StringIO(newline="")
        writer = csv.writer(stream, delimiter=separator, lineterminator=next(ends))
        writer.writerows([*rows, [""] * len(rows[0]), [], ["", " "]])
        path.write_bytes(stream.getvalue().encode(encoding))
    assert loaded(city) == before


def test_rows_that_a_program_took_for_one_cell_are_read_as_rows(city):
    before = loaded(city)
    path = city.folder / "instrument" / "gap.csv"
    head, *lines = path.read_text("utf-8").splitlines()
    quoted = ['"' + line.replace('"', '""') + '"' for line in lines]
    path.write_text("\n".join([head, *quoted]), "utf-8")
    assert loaded(city) == before


def test_an_empty_row_between_others_counts_as_a_spreadsheet_counts_it(city):
    replace(city, "units.csv", "\nbappeda", "\n\nBappeda")
    assert "2023/units.csv: baris 4, kolom id" in refused(city)


def test_a_number_that_can_be_two_is_asked_about(city):
    path = city.raw / "statistics.csv"
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8"), newline="")))
    rows = [[re.sub(r"^(\d+)\.(\d+)$", r"\1,\2", c) for c in row] for row in rows]
    rows[1][rows[0].index("value")] = "229.525"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";").writerows(rows)
    path.write_text(stream.getvalue(), "utf-8")
    assert "kolom value: “229.525” dapat berarti dua hal" in refused(city)


def test_what_cannot_be_seen_in_a_name_is_no_part_of_it(city):
    before = loaded(city)
    replace(city, "instrument/categories.csv", "Mobilitas", "\u200bMobi\u00adlitas")
    replace(city, "period.toml", 'name = "Sehat"', 'name = "Se\u200bhat"')
    assert loaded(city) == before


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_the_city_is_read_as_an_editor_saves_it(city, encoding):
    replace(city, "city.toml", "# Yang", "# – Yang")
    path, before = city.raw / "city.toml", loaded(city)
    path.write_bytes(path.read_text("utf-8").replace("\n", "\r\n").encode(encoding))
    assert loaded(city) == before


def test_bytes_that_are_no_text_are_named_with_their_row(city):
    path = city.folder / "units.csv"
    path.write_bytes(path.read_bytes().replace(b"\nbappeda", b"\nbapp\xff\xc3\xa9da"))
    assert "2023/units.csv: baris 3: huruf tidak terbaca" in refused(city)
    path.write_bytes(b"\0" * 99)
    assert "2023/units.csv: ini bukan berkas teks" in refused(city)
    path.unlink()
    assert "2023/units.csv: berkas tidak ada" in refused(city)


def test_what_is_seldom_meant_is_asked_about_and_stops_nothing(city):
    replace(city, "period.toml", "budget = 5000", "budget = 5.0")
    setup.check(Project(city.root))
    told = setup.doubts(Project(city.root))
    assert told[0].startswith("data/raw/2023/period.toml: quickwin.budget = 5 juta rupiah")
    assert any(t.startswith("instrument/swot.csv: belum ada butir untuk ") for t in told)
    replace(city, "instrument/spbe/spbe.csv", "policy,1.30", "policy,9")
    assert any("47 butir dengan jumlah bobot 107,7" in t for t in setup.doubts(Project(city.root)))


@pytest.mark.parametrize(
    ("made_of", "told"),
    [
        ("kominfo;bappeda", ""),
        ("kominfo;litbang", ""),  # gone before the earlier period
        ("kominfo;bapeda", "“bapeda” tidak ada dalam daftar unit periode sebelumnya. Mungkin"),
        ("kominfo,bappeda", "pisahkan dengan titik koma: “kominfo,bappeda”"),
    ],
)
def test_what_an_office_was_made_of_was_an_office_in_an_earlier_period(city, made_of, told):
    def registered(project, predecessors):
        path = project.folder / "units.csv"
        with path.open(encoding="utf-8", newline="") as file:
            head, first, *rows = csv.reader(file)
        with path.open("w", encoding="utf-8", newline="") as file:
            own = [[*head, "predecessors"], [*first, predecessors], *([*r, ""] for r in rows)]
            csv.writer(file).writerows(own)

    shutil.copytree(city.folder, city.raw / "2024")
    registered(city.at("2024"), made_of)
    registered(city.at("2023"), "litbang")  # nothing is known of what was before the first
    setup.check(Project(city.root, asked="2023"))
    if not told:
        setup.check(Project(city.root, asked="2024"))
        return
    with pytest.raises(ProjectError) as error:
        setup.check(Project(city.root, asked="2024"))
    assert "2024/units.csv: baris 2, kolom predecessors: " + told in str(error.value)


def test_what_cuts_a_scale_lies_on_the_scale_of_the_questionnaire(city):
    replace(city, "period.toml", "readiness = 2.6", "readiness = 6.5")
    replace(city, "period.toml", "minimum = 4.2", "minimum = 6.0")
    told = refused(city).splitlines()
    assert told == [
        "data/raw/2023/period.toml: isian thresholds.readiness: “6.5” di luar skala 1–5",
        "data/raw/2023/period.toml: isian predicates.0.minimum: “6” di luar skala 1–5",
    ]
    scales = city.folder / "instrument" / "scales.csv"
    longer = "maturity,6,enam,six\nmaturity,7,tujuh,seven\n"
    scales.write_text(scales.read_text("utf-8") + longer, "utf-8")
    own = scales.parent / "spbe" / "scales.csv"
    own.write_text(own.read_text("utf-8") + longer.replace("maturity", "service"), "utf-8")
    (own.parent / "anchors.csv").unlink()
    setup.check(Project(city.root))


def test_a_published_index_lies_on_the_scale_of_its_indicators(city):
    statistics = city.raw / "statistics.csv"
    head, *rows = statistics.read_text("utf-8").splitlines()
    at = next(n for n, row in enumerate(rows) if row.startswith("spbe_index,"))
    rows[at] = re.sub(r",\d\.\d+,", ",5.5,", rows[at])
    statistics.write_text("\n".join([head, *rows, ""]), "utf-8")
    assert refused(city).endswith(
        f"statistics.csv: baris {at + 2}, kolom value: Indeks SPBE harus dari 1 sampai 5"
    )


def test_it_is_told_beforehand_which_stage_the_questionnaire_does_not_suffice_for(city):
    replace(city, "instrument/tables.toml", '"current", title', '"present", title')
    told = "Tahap Kesenjangan tidak dapat dijalankan: tabel “gap” tidak memuat isian “current”"
    for command in ("doctor", "forms", "check"):
        done = CliRunner().invoke(main, [command, "--root", str(city.root)], terminal_width=300)
        assert told in done.output.replace("\n", " "), command


def test_forms_ask_before_they_are_written(city):
    replace(city, "period.toml", "budget = 5000", "budget = 5.0")
    done = CliRunner().invoke(main, ["forms", "--root", str(city.root)])
    assert done.exit_code == 0 and "quickwin.budget = 5 juta rupiah" in done.output
    assert done.output.splitlines()[-1].endswith("forms-2023")


@pytest.mark.parametrize(
    ("old", "new", "entry"),
    [
        ('guide = "Nilai seberapa besar sumb', 'petunjuk = "Nil', "tables.9.guide"),
        ('name = "lead", title', 'name = "lead", titel', "tables.11.fields.9.titel"),
        ('name = "lead", title', 'nama = "lead", title', "tables.11.fields.9.nama"),
    ],
)
def test_a_wrong_entry_of_the_questionnaire_is_told_in_its_own_table(city, old, new, entry):
    replace(city, "instrument/tables.toml", old, new)
    lines = (city.folder / "instrument" / "tables.toml").read_text("utf-8").splitlines()
    [at] = (number for number, line in enumerate(lines, 1) if new in line)
    while "guide" in entry and lines[at - 1] != "[[tables]]":  # where it is missing
        at -= 1
    assert f"baris {at}, isian {entry}: " in refused(city)


WRITTEN = """# a = 1, b = 2
top = 1
list = [
  # { a = 1 }
  { a = "x, b = 1", c = [1, 2] },

  { b = "]", a = '''
b = 2''' }, "z",
]

[[part]]
title = "[[part]]"
[[part.inner]]
a = 1
[[part.inner]]
a = 2

[other]
title.short = 3
[[part]]
[[part.inner]]
b = { c = 1 }

# remark
[other.more]
d = 4
"""


@pytest.mark.parametrize(
    ("place", "at"),
    [
        (("top",), 2),
        (("list",), 3),
        (("list", 0, "b"), 5),
        (("list", 0, "c", 1), 5),
        (("list", 1, "a"), 7),
        (("list", 2), 8),
        (("list", 3), 3),
        (("part", 0, "title"), 12),
        (("part", 0, "inner", 1, "a"), 16),
        (("part", 0, "inner", 1, "b"), 15),
        (("part", 1, "title"), 20),
        (("part", 1, "inner", 0, "a"), 21),
        (("other", "title", "short"), 19),
        (("other", "more", "d"), 26),
        (("other", "d"), 18),
        (("none",), 1),
    ],
)
def test_an_entry_is_found_where_it_stands_or_in_what_lacks_it(place, at):
    assert row(WRITTEN, place) == at


def test_a_language_of_one_text_of_a_file_is_one_of_all_its_texts(city):
    replace(city, "instrument/tables.toml", ', title_en = "Impact"', "")
    replace(city, "period.toml", ', name_en = "Prosperity"', "")
    told = refused(city).splitlines()
    assert re.fullmatch(r"data/raw/2023/period.toml: .*elements.1.name_en: wajib diisi", told[0])
    city = Project(city.root)
    replace(city, "period.toml", 'name = "Sejahtera"', 'name = "Sejahtera", name_en = "P"')
    [told] = refused(city).splitlines()
    assert re.fullmatch(r"instrument/tables.toml: .*fields.\d.title_en: wajib diisi", told)


@pytest.mark.parametrize(("have", "language"), [(0, "en"), (1, "ms")])
def test_a_language_that_hardly_any_text_is_in_is_told_once(city, have, language):
    path = city.folder / "instrument" / "tables.toml"
    content = re.sub(r'(?m)^\w+_en = .*\n|, \w+_en = "[^"]*"', "", path.read_text("utf-8"))
    if have:
        content = content.replace('title = "Dimensi"', 'title = "Dimensi"\ntitle_ms = "D"', 1)
    path.write_text(content, "utf-8")
    with text.using("en" if not have else "id"), pytest.raises(ProjectError) as error:
        Instrument.load(Project(city.root))
    [told] = str(error.value).splitlines()
    assert f"“{language}”" in told and told.endswith(f": {have}.")

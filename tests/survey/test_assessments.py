"""What assessors said: the rows of a city, the kind that counts, and rows that cannot be."""

import csv
import io
from datetime import date

import pandas as pd
import pytest

from analysis import text
from analysis.project import Project, ProjectError
from analysis.reports import run
from analysis.runs.jobs import jobs
from analysis.runs.plan import plan
from analysis.survey.asked import assessments, register
from analysis.survey.asked.assessments import PUBLISHED, SAMPLE
from analysis.survey.asked.instrument import Instrument
from analysis.survey.kept import assessed, setup
from analysis.survey.kept.survey import Survey
from analysis.survey.sent import trial
from tests.second_city import ROOT

HEAD = "indicator,level,reason,recommendation,owner,due,done,assessor"
FULL = "SP01,3,bukti ada,tetapkan,bappeda,2024-06-30,2024-05-20,Tim"
OPEN = "SP02,2,,lengkapi,,30/6/2024,,"
BARE = "SP03,5,,,,,,"


def write(city: Project, *rows: str, name: str = "assessment.csv") -> None:
    (city.folder / name).write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")


def read(city: Project, sample: bool = False) -> pd.DataFrame:
    asked = Instrument.load(city)
    return assessments.assessments(city, asked, register.units(city), sample)


def told(city: Project) -> str:
    return "\n".join(filter(None, (said for _part, said in setup.parts(city))))


def test_a_row_says_who_should_do_what_by_when(city):
    write(city, FULL, OPEN, BARE)
    table = read(city).set_index("item")
    assert list(table["index"]) == ["spbe"] * 3 and list(table["level"]) == [3, 2, 5]
    assert table["name"]["SP01"] == "Kebijakan arsitektur"
    # Without an owner it is the coordinator's; without a recommendation it is nobody's.
    assert list(table["owner"]) == ["bappeda", "kominfo", ""]
    assert list(table["owner_name"]) == ["Bappeda", "Diskominfo", ""]
    day = pd.Timestamp(2024, 6, 30)
    assert list(table["due"][:2]) == [day, day] and pd.isna(table["due"].iloc[2])
    assert list(table["done"].isna()) == [False, True, True]
    assert not told(city)


def test_without_the_file_nothing_was_assessed(city):
    table = read(city)
    assert table.empty and list(table) == assessments.COLUMNS
    assert str(table["due"].dtype).startswith("datetime64") and table["level"].dtype == "Int64"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("SP01", "KS01", "baris 2, kolom indicator: KS01 tidak dikenal"),
        (",3,", ",6,", "baris 2, kolom level: “6” di luar skala 1–5"),
        (",3,", ",0,", "baris 2, kolom level: “0” di luar skala 1–5"),
        (",3,", ",3.5,", "baris 2, kolom level: “3.5” harus bilangan bulat"),
        (",3,", ",,", "baris 2, kolom level: wajib diisi"),
        ("bappeda", "Bapeda", "baris 2, kolom owner: Bapeda tidak dikenal"),
        ("2024-06-30", "Juni 2024", "baris 2, kolom due: “Juni 2024” bukan tanggal"),
        ("2024-06-30", "", "baris 2, kolom due: wajib diisi bila done diisi"),
        ("tetapkan", "", "baris 2, kolom owner: tidak ada rekomendasi"),
        ("tetapkan", "", "baris 2, kolom due: tidak ada rekomendasi"),
        ("tetapkan", "", "baris 2, kolom done: tidak ada rekomendasi"),
        (FULL, f"{FULL}\n{FULL}", "baris 3, kolom indicator: SP01 sudah dipakai pada baris 2"),
        ("2024-05-20,Tim", "2024-05-20,Tim,x", "kolom ini tidak dikenal"),
    ],
)
def test_what_cannot_be_is_told_by_its_address(city, old, new, said):
    write(city, FULL.replace(old, new, 1))
    with pytest.raises(ProjectError) as wrong:
        read(city)
    assert str(wrong.value).startswith("2023/assessment.csv: ") and said in str(wrong.value)


def test_nothing_runs_while_a_row_is_wrong(city):
    write(city, FULL.replace(",3,", ",6,"))
    with pytest.raises(ProjectError, match="baris 2, kolom level"):
        setup.check(city)


def test_whatever_is_in_play_is_read_and_the_other_is_not(city):
    write(city, FULL)
    write(city, BARE, name=SAMPLE)
    assert list(read(city)["item"]) == ["SP01"]
    assert list(read(city, sample=True)["item"]) == ["SP03"]


@pytest.mark.parametrize(("kind", "item"), [(True, "SP03"), (False, "SP01")])
def test_a_survey_has_what_was_said_of_its_kind(city, kind, item):
    write(city, FULL)
    write(city, BARE, name=SAMPLE)
    sources = pd.DataFrame({"sample": [kind, True], "used": [True, False]})
    survey = Survey(city, Instrument.load(city), pd.DataFrame(), sources, 3)
    assert list(survey.assessments["item"]) == [item]
    assert list(survey.published_pairs["year"]) == [2018, 2019]


def test_the_sample_s_is_checked_only_while_the_sample_is_in_play(city):
    write(city, "XX01,3,,,,,,", name=SAMPLE)
    assert not told(city)
    for folder, wrong in ((city.sample, True), (city.responses, False)):
        folder.mkdir()
        (folder / "a.xlsx").touch()
        assert bool(told(city)) == wrong


def test_the_committed_samples_can_be_read_and_hold_every_state():
    for period in ("2023", "2024"):
        city = Project.find(ROOT, period)
        table = read(city, sample=True)
        assert len(table) == 47 and set(table["assessor"]) == {"Penilai contoh (sintetis)"}
        assert table["reason"].str.startswith("Contoh: ").all()
        recommended = table[table["recommendation"].ne("")]
        assert recommended["done"].notna().any() and recommended["owner"].nunique() > 3
        late = recommended["done"].isna() & (recommended["due"] < pd.Timestamp(2026, 1, 1))
        assert late.any() and (recommended["done"].isna() & ~late).any()


def test_published_pairs_are_those_of_their_source(city):
    table = assessments.published(city, Instrument.load(city)).set_index("year")
    # github.com/putuokky/monev-spbe-dps: too high in one year, too low in the next.
    assert list(table.loc[2018, ["own", "external"]]) == [3.67, 2.64]
    assert list(table.loc[2019, ["own", "external"]]) == [3.23, 3.33]
    assert set(table["place"]) == {"Kota Denpasar"} and set(table["index"]) == {"spbe"}
    path = city.questionnaire / "spbe" / PUBLISHED
    path.write_text(path.read_text("utf-8").replace("3.67", "5.67"), "utf-8")
    said = "spbe/pairs_published.csv: baris 2, kolom own: “5.67” di luar skala 1–5"
    assert said in told(city)
    path.unlink()
    assert assessments.published(city, Instrument.load(city)).empty


def test_what_assessors_said_moves_every_report_and_goes_to_no_trial_city(city, tmp_path):
    before = city.questions()
    write(city, FULL)
    with_it = city.questions()
    write(city, FULL.replace(",3,", ",4,"))
    assert len({before, with_it, city.questions()}) == 3
    write(city, BARE, name=SAMPLE)
    [made] = trial.cities(city, 1, 1, tmp_path / "coba")
    assert (made.folder / SAMPLE).is_file() and not made.assessment.exists()


def test_what_was_really_said_is_not_in_git():
    assert "/data/raw/*/assessment.csv" in (ROOT / ".gitignore").read_text("utf-8").splitlines()


class Said:
    """Of a survey what is asked of it here."""

    def __init__(self, city: Project):
        self.settings, self.assessments = city.settings, read(city)


def test_pages_that_judge_by_the_day_are_made_anew_once_a_day_has_passed(city, monkeypatch):
    write(city, FULL, OPEN, BARE)
    city.notebooks.mkdir()
    for name in ("indices.ipynb", "03-readiness.ipynb"):
        (city.notebooks / name).write_bytes((ROOT / "notebooks" / name).read_bytes())
    planned = plan(city)
    every = jobs(planned.chosen, {"index": {"spbe": "Indeks"}}, {})

    def keys(*day: int) -> dict[str, str]:
        monkeypatch.setattr(text, "today", lambda timezone: date(*day))
        return run._keys(planned, every, Said(city))

    before, last, after = keys(2024, 1, 1), keys(2024, 6, 30), keys(2024, 7, 1)
    assert before == last and after == keys(2026, 7, 1)
    changed = {id for id in before if before[id] != after[id]}
    assert changed == {"indices/spbe"} and len(before) == 2
    assert assessed.passed(Said(city)) == 1  # what is done is not late


def test_the_file_may_come_from_a_spreadsheet(city):
    rows = list(csv.reader(io.StringIO("\n".join([HEAD, OPEN]))))
    lines = "\r\n".join(";".join(row) for row in rows)
    (city.folder / "assessment.csv").write_bytes(b"\xef\xbb\xbf" + lines.encode())
    assert list(read(city)["recommendation"]) == ["lengkapi"]

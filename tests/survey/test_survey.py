"""What a survey shows of files whose unit nobody knows."""

import shutil

from analysis.survey.kept import store
from tests.survey.test_layers import future


def test_files_of_no_known_unit_stay_whoever_is_selected(city, send):
    sheets = future("3", "3", "rapat")
    sheets["Identitas"] = sheets["Identitas"].replace("bappeda", "asing")
    store.save(city, send(("a.xlsx", sheets)))
    survey = store.load(root=str(city.root), units=["kominfo"])
    assert survey.problems_in_full["unit"].isna().any()
    assert survey.reconciliation["unit"].isna().all() and len(survey.reconciliation) == 1
    assert survey.completeness.empty


def test_earlier_periods_are_those_of_which_tables_of_the_same_kind_are_kept(ran):
    for folder in ("raw", "processed"):
        own = ran.root / "data" / folder
        shutil.copytree(own / "2023", own / "2024")
    assert store.earlier(store.of(ran.at("2023"))) == []
    [before] = store.earlier(store.of(ran.at("2024")))
    assert (before.period, before.sample) == ("2023", True)
    [place] = store.kept_before(ran.at("2024"))
    (place.processed / store.SET).unlink()
    assert store.earlier(store.of(ran.at("2024"))) == []

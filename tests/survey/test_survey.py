"""What a survey shows of files whose unit nobody knows."""

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

"""A short run of the noise simulation: claims are rare in noise, and a difference is found."""

import shutil

import pandas as pd

from analysis.project import Project
from analysis.survey.kept import ingest, store
from simulations import noise
from tests.second_city import RAW


def test_noise_is_seldom_claimed_and_one_level_is_found(tmp_path):
    project = Project(tmp_path)
    shutil.copytree(RAW, tmp_path / "data" / "raw", ignore=shutil.ignore_patterns("responses"))
    store.save(project, "2023", ingest.ingest(project, "2023"))
    survey = store.load(root=str(tmp_path))
    outcomes = list(noise.trials(survey, 8))
    false = pd.DataFrame([claimed for claimed, _found in outcomes])
    found = pd.DataFrame([found for _claimed, found in outcomes])
    assert set(false) == {*noise.FOUND, "summary"}
    # Were one report in twenty false, 56 reports would hold about three; ten are out of reach.
    assert false.to_numpy().sum() < 10
    assert found["readiness"].sum() >= 7
    assert found.to_numpy().mean() > 0.7

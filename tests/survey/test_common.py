"""What all profiles have in common: kept whole by one, read by the others, nobody else's taken."""

import pandas as pd
import pytest

from analysis import fingerprint, seal, text
from analysis.project import PERIOD, ROOT
from analysis.stages import readiness
from analysis.stages.whole import profile
from analysis.stages.whole.together import Together
from analysis.survey.kept import store
from analysis.survey.kept.common import common

FRAMES = {
    "one": pd.DataFrame({"unit": ["a", "b"], "own": [0.1 + 0.2, None], "n": [1, 2]}),
    "none": pd.DataFrame({"unit": pd.Series(dtype="str"), "own": pd.Series(dtype=float)}),
}
SHOWN = [name for name, made in vars(profile.Profile).items() if type(made).__name__ == "frame"]


def never():
    raise AssertionError("worked out")


@pytest.fixture
def run(city, monkeypatch):
    """A city for which notebooks are run."""
    monkeypatch.setenv(ROOT, str(city.root))
    monkeypatch.setenv(PERIOD, city.period)
    return city


def kept(project) -> list:
    return [*(project.processed / "common").glob("*/*")]


def test_what_one_works_out_the_next_one_reads(run):
    assert common(run, "a", "x.1", lambda: FRAMES) is FRAMES
    again = common(run, "a", "x.1", never)
    assert list(again) == list(FRAMES)
    for name, frame in FRAMES.items():
        pd.testing.assert_frame_equal(again[name], frame)
    other = common(run, "b", "x.1", lambda: {"one": FRAMES["none"]})  # of other answers
    assert list(other) == ["one"] and len(kept(run)) == 1


@pytest.mark.parametrize("other", ["data", "name", "language", "questions", "program", "period"])
def test_what_was_made_of_anything_else_is_worked_out(run, other, monkeypatch):
    common(run, "a", "x.1", lambda: FRAMES)
    if other == "language":
        monkeypatch.setattr(text, "language", lambda: "en")
    elif other == "questions":
        file = run.root / "data/raw/city.toml"
        file.write_text(file.read_text("utf-8") + "\n# lain\n", "utf-8")
    elif other == "program":
        monkeypatch.setattr(fingerprint, "program", lambda: "lain")
    elif other == "period":
        monkeypatch.setitem(vars(run), "period", "2031")
    with pytest.raises(AssertionError, match="worked out"):
        common(run, "b" if other == "data" else "a", "x.2" if other == "name" else "x.1", never)


@pytest.mark.parametrize("wrong", ["changed", "renamed", "somebody's", "cut", "gone"])
def test_what_is_not_whole_or_not_ours_is_worked_out(run, wrong, monkeypatch):
    common(run, "b", "x.1", lambda: FRAMES)
    other = kept(run)[0].read_bytes()
    common(run, "a", "x.1", lambda: FRAMES)
    [place] = kept(run)
    content = place.read_bytes()
    if wrong == "changed":
        place.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])
    elif wrong == "renamed":
        place.write_bytes(other)
    elif wrong == "somebody's":
        monkeypatch.setattr(seal, "_key", lambda: bytes(seal.SIZE))
    elif wrong == "cut":
        place.write_bytes(content[:40])
    else:
        place.unlink()
    assert common(run, "a", "x.1", lambda: {}) == {}


@pytest.mark.parametrize("elsewhere", [ROOT, PERIOD])
def test_only_a_run_of_this_period_of_this_project_keeps_it(run, elsewhere, monkeypatch):
    monkeypatch.setenv(elsewhere, "lain")
    common(run, "a", "x.1", lambda: FRAMES)
    assert kept(run) == []


def test_a_folder_that_cannot_be_written_costs_nothing(run):
    run.processed.mkdir(parents=True, exist_ok=True)
    (run.processed / "common").write_text("bukan folder", "utf-8")
    assert common(run, "a", "x.1", lambda: FRAMES) is FRAMES


def test_a_profile_shows_the_same_of_what_another_has_kept(ran, monkeypatch):
    monkeypatch.setenv(ROOT, str(ran.root))
    monkeypatch.setenv(PERIOD, ran.period)
    survey = store.of(ran)
    first, *_others, last = survey.units.query("answered")["unit"]
    worked = profile.of(survey, last)
    vars(worked)["_common"] = worked.together.frames
    assert len(profile.of(survey, first).overview)
    assert "profiles.2" in [place.name for place in kept(ran)]
    monkeypatch.setattr(Together, "frames", property(never))
    given = profile.of(survey, last)
    assert len(SHOWN) > 12
    for name in SHOWN:
        shown, expected = getattr(given, name), getattr(worked, name)
        pd.testing.assert_frame_equal(shown, expected, check_dtype=False, rtol=0, atol=0)
        assert shown.attrs == expected.attrs
    assert given.titles == worked.titles and given.findings == worked.findings
    for other in (profile.of(survey, last, 0.9), profile.of(store.of(ran, units=[last]), last)):
        with pytest.raises(TypeError):  # of another confidence or part of the city nothing is kept
            _none = other.overview


def test_the_claims_of_a_stage_are_kept_where_nothing_else_is_asked_of_it(ran, monkeypatch):
    monkeypatch.setenv(ROOT, str(ran.root))
    monkeypatch.setenv(PERIOD, ran.period)
    survey = store.of(ran)
    made = readiness.of(survey).found
    monkeypatch.setattr(readiness.of, "comparisons", property(never))
    pd.testing.assert_frame_equal(readiness.of(store.of(ran)).found, made)
    for other in (readiness.of(survey, threshold=3.1), readiness.of(survey.singly())):
        with pytest.raises(TypeError):
            _none = other.found

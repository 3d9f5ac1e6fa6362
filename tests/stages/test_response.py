"""Below the least response a stage says how many units answered, and nothing of them together."""

import shutil

import pytest

from analysis import stages
from analysis.project import Project
from analysis.stages import coordination, future, gap, quickwin, readiness, swot, vision
from analysis.stages.evidence.stage import frame
from analysis.stages.whole import cities, profile, summary
from analysis.stages.whole.index import Assessed
from analysis.survey.kept import ingest, store
from tests.second_city import RAW

TOGETHER = [stage for stage in stages.ALL if stage.of.together]


@pytest.fixture(scope="module")
def surveys(tmp_path_factory):
    """The sample of 35 units of which n answered; kominfo, which coordinates, is one of them."""
    found = {}
    for count in (1, 17, 18):
        root = tmp_path_factory.mktemp("kota") / "siantar"
        ignored = shutil.ignore_patterns("2024", "sample", "responses")
        shutil.copytree(RAW, root / "data" / "raw", ignore=ignored)
        project = Project(root)
        project.sample.mkdir(parents=True)
        workbooks = sorted((RAW / "2023" / "sample").glob("*.xlsx"))
        workbooks.sort(key=lambda path: "kominfo" not in path.name)
        for path in workbooks[:count]:
            shutil.copy(path, project.sample)
        store.save(project, ingest.ingest(project))
        found[count] = root
    return lambda count, **chosen: store.load(root=str(found[count]), **chosen)


@pytest.mark.parametrize("count", [1, 17])
@pytest.mark.parametrize("stage", TOGETHER, ids=lambda stage: stage.of.name)
def test_fewer_than_half_the_units_are_counted_and_nothing_else_is_said(surveys, stage, count):
    made = stage.of(surveys(count))
    for _again in range(2):
        assert [(key["shown"], key["value"]) for key in made.key_figures] == [
            (f"{count} dari 35", count)
        ]
        (finding,) = made.findings
        assert made.quality == []
        assert (
            finding.headline
            == f"{count} dari 35 perangkat daerah menjawab; angka gabungan belum ditampilkan."
        )
        assert "bila sekurang-kurangnya 18 menjawab" in finding.detail
        assert made.headlines == [finding]
        assert set(made.titles.values()) == {finding.headline[:-1]}
        assert made.found.empty and made.ledger == []
    for owner in type(made).__mro__:
        for name, value in vars(owner).items():
            if isinstance(value, frame) and (name != "notes" or made.noted):
                assert "angka gabungan belum ditampilkan" in getattr(made, name).attrs["source"]


def test_tables_and_pictures_below_the_least_response_hold_no_figure_of_the_city(surveys):
    survey = surveys(17)
    ready, gaps, seen = readiness.of(survey), gap.of(survey), future.of(survey)
    for figures in (
        *(ready.subelements["mean"], ready.indicators["mean"], ready.by_group["mean"]),
        *(gaps.weighted["mean"], gaps.quadrants["current"], seen.classified["product"]),
        vision.of(survey).weights["dimension_weight"],
    ):
        assert len(figures) and figures.isna().all()
    assert swot.of(survey).position is None and quickwin.of(survey).ranking.empty
    assert list(Assessed(survey).published["value"]), "what others published stays"


def test_half_of_the_units_speak_for_the_city(surveys):
    survey = surveys(18)
    assert survey.needed == 18
    for stage in TOGETHER:
        made = stage.of(survey)
        assert "dari 35" not in made.key_figures[0]["shown"]
        assert made.found["n"].max() >= 17
        assert made.source == survey.source
    assert readiness.of(survey).key_figures[0]["label"] == "Indeks kesiapan kota (1–5)"


def test_a_selection_speaks_once_half_of_it_answered(surveys):
    badan = surveys(17, groups=["badan"])
    assert (badan.enough, len(badan.units)) == (True, 5)
    assert readiness.of(badan).key_figures[0]["label"] == "Indeks kesiapan 5 badan (1–5)"
    kecamatan = readiness.of(surveys(17, groups=["kecamatan"], units=["siantar-timur"]))
    assert not kecamatan.survey.enough


def test_who_answered_and_what_is_to_mend_is_told_however_few_they_are(surveys):
    survey = surveys(1)
    counted = stages.participation.of(survey)
    assert counted.findings[0].headline == "1 dari 35 perangkat daerah menjawab."
    assert len(counted.key_figures) == 4 and counted.source == survey.source
    page = coordination.Coordination(survey)
    assert page.answers["readiness"]["level"].notna().any()
    assert not any("belum ditampilkan" in finding.headline for finding in page.findings)


@pytest.mark.parametrize("count", [17, 18])
def test_a_unit_sees_its_answers_and_the_mean_of_the_city_from_half_of_it_on(surveys, count):
    own, enough = profile.of(surveys(count)), count == 18
    for figures in (own.subelements, own.overview, own.gaps, own.weights):
        assert figures[["own", "group_mean"]].notna().all(axis=None)
        assert figures["city_mean"].notna().all() == figures["difference"].notna().all() == enough
        assert figures["city_mean"].isna().all() != enough
    assert own.strengths.empty != enough and own.swot.empty != enough
    few = "17 dari 35 perangkat daerah menjawab; angka gabungan belum ditampilkan"
    told = [finding.headline for finding in own.findings]
    assert (own.titles["strengths"] == own.titles["subelements"] == few) != enough
    assert (f"{few}." in told) != enough


def test_the_summary_says_it_once(surveys):
    whole = summary.of(surveys(17))
    assert [key["shown"] for key in whole.key_figures] == ["17 dari 35"]
    assert len(whole.findings) == 1


def test_a_city_of_few_answers_has_no_place_among_others(surveys):
    compared = cities.of({"Sedikit": surveys(17), "Cukup": surveys(18)})
    few = compared.readiness["city"] == "Sedikit"
    assert compared.readiness.loc[few, ["mean", "rank"]].isna().all(axis=None)
    assert compared.readiness.loc[~few, "mean"].notna().all()
    assert compared.found.empty and set(compared.position["city"]) == {"Cukup"}
    assert compared.key_figures[1]["label"].endswith(": Cukup")


@pytest.mark.parametrize(("share", "needed"), [(0, 0), (0.01, 1), (0.6, 21), (1, 35)])
def test_the_least_response_is_a_setting(surveys, share, needed):
    root = surveys(1).project.root
    path = root / "data/raw/2023/period.toml"
    before = path.read_text("utf-8")
    path.write_text(before.replace("response = 0.5", f"response = {float(share)}"), "utf-8")
    try:
        survey = store.load(root=str(root))
    finally:
        path.write_text(before, "utf-8")
    assert survey.needed == needed
    shown = readiness.of(survey).key_figures[0]["shown"]
    assert (shown == "1 dari 35") == (needed > 1)


def test_blank_answers_are_of_the_same_kind(surveys):
    for table in ("readiness", "quickwin", "contribution"):
        blank, full = (surveys(count).answers(table) for count in (17, 18))
        assert list(blank) == list(full)
        numeric = (list(frame.select_dtypes("number")) for frame in (blank, full))
        assert next(numeric) == next(numeric)

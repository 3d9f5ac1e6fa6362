from types import SimpleNamespace

from analysis.stages.evidence.finding import Finding
from analysis.stages.whole.summary import figures, overview, ten


def figure(shown: str) -> dict:
    return {"shown": shown, "label": "indeks", "detail": "n = 3", "value": 1.0}


def brief(title: str, figures: list, said: list[str]) -> SimpleNamespace:
    """What the summary asks of a stage."""
    found = [Finding(sentence, claim=sentence) for sentence in said]
    return SimpleNamespace(title=title, key_figures=figures, headlines=found)


BRIEFS = [
    brief("Kesiapan", [figure("2,7"), figure("1,9")], ["a1", "a2", "a3"]),
    brief("Visi", [figure("0,3")], ["b1"]),
    brief("Belum dijawab", [], []),
]


def said(briefs) -> list[str]:
    return [finding.headline for finding in ten(briefs)]


def test_findings_come_in_turn_and_stay_the_claims_they_quote():
    assert said(BRIEFS) == ["Kesiapan: a1", "Visi: b1", "Kesiapan: a2", "Kesiapan: a3"]
    assert [finding.claim for finding in ten(BRIEFS)] == ["a1", "b1", "a2", "a3"]


def test_there_are_ten_at_most():
    many = [brief(f"T{i}", [], ["x", "y"]) for i in range(8)]
    assert len(said(many)) == 10
    assert said(many)[8:] == ["T0: y", "T1: y"]
    assert said([]) == []


def test_every_stage_with_a_figure_stands_in_the_overview():
    assert overview(BRIEFS)["stage"].tolist() == ["Kesiapan", "Visi"]
    assert overview(BRIEFS).loc[0, "certainty"] == "n = 3"
    assert [f["label"] for f in figures(BRIEFS)] == ["Kesiapan: indeks", "Visi: indeks"]

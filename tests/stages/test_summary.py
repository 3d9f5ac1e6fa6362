from analysis.stages.whole.summary import Digest, figures, overview, ten


def figure(shown: str) -> dict:
    return {"shown": shown, "label": "indeks", "detail": "n = 3", "value": 1.0}


DIGESTS = [
    Digest("Kesiapan", [figure("2,7"), figure("1,9")], ["a1", "a2", "a3"]),
    Digest("Visi", [figure("0,3")], ["b1"]),
    Digest("Belum dijawab", [], []),
]


def test_findings_come_in_turn():
    assert ten(DIGESTS) == ["Kesiapan: a1", "Visi: b1", "Kesiapan: a2", "Kesiapan: a3"]


def test_there_are_ten_at_most():
    many = [Digest(f"T{i}", [], ["x", "y"]) for i in range(8)]
    assert len(ten(many)) == 10
    assert ten(many)[8:] == ["T0: y", "T1: y"]
    assert ten([]) == []


def test_every_stage_with_a_figure_stands_in_the_overview():
    assert overview(DIGESTS)["stage"].tolist() == ["Kesiapan", "Visi"]
    assert overview(DIGESTS).loc[0, "certainty"] == "n = 3"
    assert [f["label"] for f in figures(DIGESTS)] == ["Kesiapan: indeks", "Visi: indeks"]

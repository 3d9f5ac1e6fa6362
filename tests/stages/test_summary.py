"""The mayor's summary: how the city stands, and the few things to decide, by a rule."""

from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.levels import CLEAR, COUNT, LIKELY, UNCLEAR
from analysis.stages.evidence.finding import Finding
from analysis.stages.whole.summary import decisions


def brief(*said: Finding) -> SimpleNamespace:
    """What the summary asks of a stage."""
    return SimpleNamespace(headlines=list(said))


def said(*briefs) -> list[str]:
    return [finding.headline for finding in decisions(briefs)]


def clear(headline: str, action: str = "") -> Finding:
    return Finding(headline, CLEAR, action=action, claim=headline)


READINESS = brief(clear("a1"), clear("a2", "A."), clear("a3", "B."))
VISION = brief(clear("b1"), clear("b2", "C."))
NOTHING = brief()


def test_the_first_headline_says_how_the_city_stands_and_actions_follow_in_turn():
    assert said(NOTHING, READINESS, VISION) == ["a1", "a2", "b2", "a3"]
    found = decisions([READINESS, VISION])
    assert [finding.claim for finding in found] == said(READINESS, VISION)
    assert [finding.action for finding in found] == ["", "A.", "C.", "B."]
    assert said() == said(NOTHING) == []


def test_what_nobody_is_to_do_fills_up_to_three_and_no_more():
    plain = brief(clear("c1"), clear("c2"))
    assert said(brief(clear("a1")), plain, VISION) == ["a1", "b2", "c1", "c2"]
    assert said(READINESS, VISION, plain) == ["a1", "a2", "b2", "a3"]


def test_there_are_four_at_most():
    many = [brief(clear(f"x{n}", f"{n}."), clear(f"y{n}", f"{n}!")) for n in range(8)]
    assert said(*many) == ["x0", "y0", "x1", "x2", "x3"]


def test_nothing_is_proposed_twice():
    assert said(READINESS, brief(clear("c1", "A."), clear("c2", "D."))) == ["a1", "a2", "a3", "c2"]
    led = brief(clear("a1", "A."), clear("a2", "A."))
    assert said(led, VISION, brief(clear("c1"))) == ["a1", "b2", "c1", "b1"]


def test_what_is_unclear_comes_after_what_is_not():
    unclear = brief(Finding("c1", UNCLEAR, action="D."))
    assert said(brief(clear("a1")), unclear, VISION, READINESS) == [
        "a1", "b2", "a2", "a3", "c1",
    ]  # fmt: skip


finding = st.builds(
    Finding,
    st.uuids().map(str),
    st.sampled_from([CLEAR, LIKELY, UNCLEAR, COUNT]),
    st.sampled_from(["", *"ABCDEFG"]),
)
briefs = st.lists(st.lists(finding, max_size=4), max_size=6)


@settings(max_examples=60)
@given(briefs)
def test_of_any_headlines_the_few_to_decide_are_whole_and_no_two_alike(given):
    found = decisions([brief(*headlines) for headlines in given])
    every = [one for headlines in given for one in headlines]
    assert set(found) <= set(every) and len(set(found)) == len(found)
    if not every:
        return
    lead, *decided = found
    assert lead == every[0]
    done = [one.action for one in found if one.action]
    assert len(set(done)) == len(done) and len(decided) <= 4
    left = [one for one in every if one not in found]
    if len(decided) < 4:
        assert {one.action for one in left} - {""} <= set(done)
    if len(decided) < 3:
        assert all(one.action for one in left)
    ranks = [(not one.action, one.level == UNCLEAR) for one in decided]
    assert ranks == sorted(ranks)

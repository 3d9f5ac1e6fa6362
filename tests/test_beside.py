"""Runs side by side: who begins when, who is alone, and what an interruption ends."""

from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from analysis.runs import beside
from analysis.runs.beside import Steps


class Told(list):
    """What has happened, in its order; jobs end when somebody waits for them."""

    def run(self, name: str, jobs: int, alone: bool = False, fails: bool = False) -> Steps[str]:
        self.append(f"{name} begins")
        try:
            if alone:
                yield ()
                self.append(f"{name} alone")
            waiting = [Future() for _job in range(jobs)]
            self.waiting += waiting
            while waiting:
                waiting.remove((yield [*waiting]))
            if fails:
                raise ValueError(name)
        except GeneratorExit:
            self.append(f"{name} closed")
            raise
        self.append(f"{name} ends")
        return name

    @property
    def open(self) -> int:
        """The most runs that were open at a time."""
        moves = [1 if t.endswith("begins") else -1 for t in self if t.split()[1] in MOVES]
        return max(sum(moves[: n + 1]) for n in range(len(moves)))


MOVES = ("begins", "ends")


@pytest.fixture
def told(monkeypatch) -> Told:
    """Whoever waits has one job end: of all that were given out, that which is first."""
    told = Told()
    told.waiting = []
    really = beside.wait

    def wait(futures, **options):
        futures = [*futures]
        if not any(f.done() for f in futures):
            first = next(f for f in told.waiting if f in futures)
            first.set_result(None)
        return really(futures, **options)

    monkeypatch.setattr(beside, "wait", wait)
    return told


def test_a_run_alone_is_one_of_many(told):
    assert [*beside.ended([told.run("a", 3)])] == ["a"]
    assert [*beside.ended([told.run("b", 0)])] == ["b"]
    assert [*beside.ended([])] == []


def test_the_next_begins_while_few_jobs_still_wait(told):
    ended = beside.ended((told.run(name, 4) for name in "abc"), waiting=2)
    assert [*ended] == ["a", "b", "c"]
    assert told == ["a begins", "b begins", "a ends", "c begins", "b ends", "c ends"]
    told.clear()
    assert [*beside.ended((told.run(name, 4) for name in "abc"), waiting=0)] == ["a", "b", "c"]
    assert told.open == 1


def test_however_many_runs_there_are_few_are_open(told):
    ended = [*beside.ended((told.run(str(n), 5) for n in range(40)), waiting=8)]
    assert len(ended) == 40 and told.open == 3  # the third where eight jobs of two still wait


def test_one_that_must_be_alone_has_nothing_beside_it(told):
    runs = (told.run(name, 3, alone=name == "b") for name in "abc")
    assert [*beside.ended(runs, waiting=9)] == ["a", "b", "c"]
    assert told == ["a begins", "b begins", "a ends", "b alone", "b ends", "c begins", "c ends"]


def test_who_asks_for_a_run_sees_how_each_ended_before_the_next_begins(told):
    asked = ["a"]

    def runs() -> Iterator[Steps[str]]:
        for name in asked:
            yield told.run(name, 1, alone=True)

    for name in beside.ended(runs(), waiting=9):
        asked += ["b"] if name == "a" else []
    assert told[-1] == "b ends"


def test_an_error_of_a_run_ends_all_others_and_their_jobs(told):
    runs = [told.run("b", 1, fails=True), told.run("a", 9)]
    with pytest.raises(ValueError, match="b"):
        [*beside.ended(runs, waiting=99)]
    assert "a closed" in told and "a ends" not in told
    assert all(f.cancelled() or f.done() for f in told.waiting)


def test_an_interruption_ends_all(told, monkeypatch):
    def interrupted(*_futures, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr(beside, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        [*beside.ended([told.run("a", 2), told.run("b", 2)], waiting=99)]
    assert told == ["a begins", "b begins", "a closed", "b closed"]
    assert all(f.cancelled() for f in told.waiting)

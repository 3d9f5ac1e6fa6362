"""Several runs side by side, whose jobs share one executor.

A run is a generator. It yields the futures that it waits for, and goes on with each of them as it
ends; what it returns is how it ended. Where it yields none, it must be alone: it goes on when all
others have ended, and the next begins after it.
"""

from collections.abc import Collection, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TypeVar

T = TypeVar("T")
Steps = Generator[Collection[Future], Future, T]


def ended(runs: Iterable[Steps[T]], waiting: int = 0) -> Iterator[T]:
    """What each run returns, as they end.

    The next one begins when so many jobs of those before it are still `waiting`, so that few are
    open at a time. An interruption, or an error of a run itself, ends all of them.
    """
    open_: dict[Future, Steps[T]] = {}

    def go_on(steps: Steps[T], future: Future | None = None) -> Iterator[T]:
        try:
            asked = steps.send(future) if future else next(steps)
            if not asked:
                yield from until(0)
                open_.update(dict.fromkeys(next(steps), steps))
                yield from until(0)
            open_.update(dict.fromkeys(asked, steps))
        except StopIteration as over:
            yield over.value

    def until(most: int) -> Iterator[T]:
        while len(open_) > most:
            for future in wait(open_, return_when=FIRST_COMPLETED).done:
                yield from go_on(open_.pop(future), future)

    try:
        for steps in runs:
            yield from until(waiting)
            yield from go_on(steps)
        yield from until(0)
    except BaseException:
        for future in open_:
            future.cancel()  # before any run ends those that have begun
        for steps in dict.fromkeys(open_.values()):
            steps.close()
        raise

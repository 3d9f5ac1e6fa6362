"""Strangers' files read in a process of their own, so that a hang or a crash costs one file.

One process reads many files in turn and is replaced when it hangs or dies. It imports little,
starts in a tenth of a second, and works wherever Python can start a program.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO

from analysis.survey.returned import plain
from analysis.survey.returned.folder import Source, digest, sources
from analysis.survey.returned.workbook import Unreadable
from analysis.survey.told.problems import Code

SECONDS = 30.0
MEMORY = 450_000_000  # bytes of address space, where the system can limit it
READY = b"ready\n"


class Reader:
    """A process that reads files in turn: a context manager."""

    _process: subprocess.Popen[bytes]
    _asked: IO[bytes]
    _answers: IO[bytes]
    _ready: bool

    def __init__(self, seconds: float = SECONDS):
        self.seconds = seconds

    def __enter__(self) -> "Reader":
        self._start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop()

    def each(self, paths: Sequence[Path]) -> Iterator[tuple[Path, list[Source]]]:
        """The sources of each file in turn, as `folder.sources`; the next is read meanwhile.

        A file on which the process hangs or dies is Unreadable.
        """
        for at, path in enumerate(paths):
            if at == 0:
                self._ask(path)
            found = self._answer(path)
            if at + 1 < len(paths):
                self._ask(paths[at + 1])
            yield path, found

    def _ask(self, path: Path) -> None:
        with suppress(OSError):  # a process that is gone answers nothing
            self._asked.write(json.dumps(os.fspath(path)).encode() + b"\n")
            self._asked.flush()

    def _answer(self, path: Path) -> list[Source]:
        if not self._ready:
            self._ready = self._answers.readline() == READY
        begun = time.monotonic()
        timer = threading.Timer(self.seconds, self._process.kill)
        timer.start()
        try:
            return plain.sources(self._answers.readline())
        except Exception:  # of whatever kind: it has died, or what it says is no answer
            hung = time.monotonic() - begun >= self.seconds
            self._stop()
            self._start()
            code = Code.TOO_SLOW if hung else Code.READER_DIED
            return [Source("", Unreadable(code, digest(path), seconds=f"{self.seconds:g}"))]
        finally:
            timer.cancel()

    def _start(self) -> None:
        self._ready = False
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "analysis.survey.returned.reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin and self._process.stdout  # both are pipes
        self._asked, self._answers = self._process.stdin, self._process.stdout

    def _stop(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._asked, self._answers):
            with suppress(OSError):
                pipe.close()


def serve() -> None:
    """Read paths from standard input, a JSON string a line; write their sources, a line each."""
    with os.fdopen(os.dup(1), "wb") as answers, open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # nothing that a library prints may come between
        _limit_memory()
        answers.write(READY)
        answers.flush()
        for line in sys.stdin.buffer:
            answers.write(plain.of_sources(sources(Path(json.loads(line)))) + b"\n")
            answers.flush()


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the caps on size and time are all there is
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    serve()

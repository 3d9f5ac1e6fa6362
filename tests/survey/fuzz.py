"""Corrupted workbooks by the thousand: ``make fuzz``, and a hundred of them in the tests.

Each file is a sample workbook with random bytes changed, cut, doubled or put in, either in the
file itself or in one of the XML parts inside it, where the corruption reaches the reader.
"""

import io
import random
import re
import sys
import tempfile
import time
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from analysis.project import Project
from analysis.survey.returned.expected import Expected
from analysis.survey.returned.reader import Reader
from analysis.survey.returned.reading import examine
from analysis.survey.told.problems import Code
from tests.second_city import RAW

# Bits of XML that mean something to a reader of workbooks.
WORDS = [
    b"<c", b"<v>", b"</v>", b"</row>", b't="s"', b't="e"', b't="b"', b't="str"', b"<f>", b"</f>",
    b'r="XFD1048576"', b'r="A1"', b'ref="A1:XFD1048576"', b"<mergeCell ", b"</sheetData>", b"&amp;",
    b"&#0;", b"&#x1F4A9;", b"<![CDATA[", b"<!--", b"<?x?>", b'sheetId="1"', b'r:id="rId1"',
    b"99999999999999999999", b"-1", b"1e999", b"NaN", b"\xff\xfe", b"\xc3", b"\0", b"\x1b[31m",
]  # fmt: skip
VALUE = re.compile(rb"(<[vt](?: [^>]*)?>)([^<]*)(</[vt]>)")
VALUES = [
    b"", b"0", b"9", b"4.5", b"-1", b"1e308", b"1e999", b"NaN", b"1.0000000000000002", b"TB", b"-",
    b"99999", b"4294967296", b"#REF!", b"TRUE", b"2023-05-04", b"Kode", b"KS01", b"Tingkat (1)",
    b"ID unit", b"_x001B_[31m", b"_xD800_", b"&#55296;", b"&lt;script&gt;", b"x" * 40_000,
]  # fmt: skip


@dataclass
class Outcome:
    """What the readers made of the files: by code, and what must not be."""

    told: Counter = field(default_factory=Counter)
    died: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0
    memory: int = 0


def corrupt(content: bytes, rng: random.Random) -> bytes:
    """A workbook with one to eight places corrupted, in its bytes or in one of its parts."""
    if rng.random() < 0.3:
        return _scrambled(content, rng)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    weights = [5 if "sheet" in name or "workbook" in name else 1 for name in parts]
    name = rng.choices(list(parts), weights)[0]
    if rng.random() < 0.05:
        del parts[name]
    elif rng.random() < 0.4:
        parts[name] = VALUE.sub(lambda match: _other(match, rng), parts[name])
    else:
        parts[name] = _scrambled(parts[name], rng)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return stream.getvalue()


def _other(match: re.Match, rng: random.Random) -> bytes:
    """Another value in one cell or text of twenty: the XML stays whole, what it says does not."""
    if rng.random() > 0.05:
        return match[0]
    return match[1] + rng.choice(VALUES) + match[3]


def _scrambled(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _place in range(rng.choice([1, 1, 1, 2, 4, 8])):
        at = rng.randrange(len(changed) + 1)
        length = rng.choice([1, 1, 4, 32, 1000])
        kind = rng.randrange(7)
        if kind == 0:
            changed[at : at + length] = rng.randbytes(length)
        elif kind == 1:
            del changed[at : at + length]
        elif kind == 2:
            changed[at:at] = changed[at : at + length] * rng.choice([1, 50])
        elif kind == 3:
            changed[at:at] = rng.choice(WORDS)
        elif kind < 6:  # a value here and there, which keeps the XML whole
            digits = [n for n, byte in enumerate(changed) if byte in b"0123456789"]
            for n in rng.sample(digits, min(len(digits), 20)):
                changed[n : n + 1] = rng.choice([b"0", b"9", b"12", b"-", b".", b"e9", b"A"])
        elif rng.random() < 0.1:
            del changed[at:]
    return bytes(changed)


def run(count: int, seed: int, show: bool = False) -> Outcome:
    """Read `count` corrupted files as ingest does; the same seed makes the same files."""
    rng, outcome = random.Random(seed), Outcome()
    samples = [path.read_bytes() for path in sorted((RAW / "2023" / "sample").glob("*.xlsx"))]
    expected = Expected.of(Project(RAW.parent.parent, asked="2023"))
    ours = psutil.Process()
    before = ours.memory_info().rss  # of whatever else ran in this process
    with tempfile.TemporaryDirectory() as folder, Reader() as reader:
        for number in range(count):
            path = Path(folder) / f"{number}.xlsx"
            path.write_bytes(corrupt(rng.choice(samples), rng))
            begun = time.monotonic()
            try:
                [(_path, found)] = reader.each([path])
                responses = examine(found, path.name, expected)
            except Exception as error:  # which is what must not be
                outcome.wrong.append(f"{number}: {error!r}")
                continue
            finally:
                outcome.slowest = max(outcome.slowest, time.monotonic() - begun)
            _judge(outcome, number, responses)
            used = [_peak(child) for child in ours.children()]
            outcome.memory = max(outcome.memory, ours.memory_info().rss - before, *used)
            path.unlink()
            if show and (number + 1) % 100 == 0:
                print(f"{number + 1} of {count}", dict(outcome.told.most_common(4)), flush=True)
    return outcome


def _peak(process: psutil.Process) -> int:
    """The most memory that a process has held, where the system tells it; else what it holds."""
    status = Path(f"/proc/{process.pid}/status")
    held = re.search(r"VmHWM:\s*(\d+) kB", status.read_text()) if status.is_file() else None
    return int(held[1]) * 1024 if held else process.memory_info().rss


def _judge(outcome: Outcome, number: int, responses) -> None:
    for response in responses:
        codes = {p.code for p in response.problems()}
        outcome.told.update(codes or {"nothing to tell"})
        if codes & {Code.READER_DIED.name, Code.TOO_SLOW.name}:
            outcome.died.append(f"{number}: {sorted(codes)}")
        typed = sum(a.place is not None for a in response.answers.values())
        if typed + sum(response.tally.values()) != response.size:
            outcome.wrong.append(f"{number}: cells do not add up")


if __name__ == "__main__":
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begun = time.monotonic()
    outcome = run(count, seed, show=True)
    print(f"{count} files in {time.monotonic() - begun:.0f} s, seed {seed}")
    print(f"slowest {outcome.slowest:.1f} s, largest process {outcome.memory / 1e6:.0f} MB")
    for code, number in outcome.told.most_common():
        print(f"{number:6} {code}")
    print(f"reader replaced {len(outcome.died)} times: {outcome.died[:20]}")
    print(f"wrong: {outcome.wrong or 'none'}")
    sys.exit(bool(outcome.wrong))

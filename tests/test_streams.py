"""Output of any encoding, to any place: the run ends well and says what it can."""

import os
import shutil
import subprocess
import sys

import pytest

from analysis.project import Project
from analysis.streams import NAME
from tests.second_city import MASTERPLAN, typed

CHECK = r"""
from rich.console import Console
from analysis import streams
streams.usable()
Console().print("✓ baik · “é” ✗ \U00011000", markup=False)
print("\udce9")
"""


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("cp1252", "ok baik · “é” gagal ?"),
        ("latin-1", 'ok baik · "é" gagal ?'),
        ("cp437", 'ok baik · "é" gagal ?'),
        ("ascii", 'ok baik - "e" gagal ?'),
        ("utf-8", "✓ baik · “é” ✗ \U00011000"),
    ],
)
def test_what_an_encoding_lacks_becomes_ascii(encoding, said):
    env = os.environ | {"PYTHONIOENCODING": encoding}
    done = subprocess.run([sys.executable, "-c", CHECK], capture_output=True, env=env)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [said.encode(encoding), b"\xe9"]


@pytest.fixture(scope="module")
def city(once, tmp_path_factory) -> Project:
    root = tmp_path_factory.mktemp("kota") / "kota"
    shutil.copytree(once.root, root)
    return Project(root)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_redirected_run_ends_well(city, encoding):
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = typed(city.root, "run", "readiness", "--force", **env)
    assert done.returncode == 0, done.stderr
    assert "ok Analisis Kesiapan Daerah" in done.stdout and "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("command", "redirected"),
    [
        ("run readiness --force", "<&- 2>&- | head -1"),
        ("check", "<&- >&- 2>&-"),
        ("check", ">/dev/full"),
        ("check --json", "| true"),
        ("book", ">/dev/full 2>/dev/full"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="needs a shell and /dev/full")
def test_nobody_needs_to_listen(city, command, redirected):
    typed = f"{{ {MASTERPLAN} {command}; echo $? > kode; }} {redirected}"
    done = subprocess.run(["sh", "-c", typed], cwd=city.root, capture_output=True, text=True)
    assert (city.root / "kode").read_text() == "0\n", done
    assert "Traceback" not in done.stderr and "Exception ignored" not in done.stderr


def test_the_handler_bears_every_letter():
    everything = "".join(map(chr, range(0, 0x110000, 997)))
    for encoding in ("ascii", "cp1252", "utf-8", "gbk"):
        everything.encode(encoding, NAME)

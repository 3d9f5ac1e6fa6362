"""The seal on what this user has made: it holds here, and nowhere else."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from analysis import seal
from tests.second_city import ROOT

SEALED = "from analysis import seal; print(seal.of(b'isi'))"


def sealed(home, **others) -> str:
    """The seal of some bytes by a process of its own in a home folder."""
    env = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT / "src")} | others
    return subprocess.check_output([sys.executable, "-c", SEALED], env=env, text=True).strip()


def key(home):
    [found] = home.rglob("key")
    return found


def test_a_seal_holds_for_these_bytes_only():
    made = seal.of(b"isi")
    assert seal.holds(b"isi", made)
    assert not seal.holds(b"lain", made)
    for other in ("", made[:-1], made.upper(), "0" * 64, "–" * 64):
        assert not seal.holds(b"isi", other)


def test_another_process_of_the_same_user_makes_the_same_seal_and_another_user_does_not(tmp_path):
    (tmp_path / "a").mkdir(), (tmp_path / "b").mkdir()
    assert sealed(tmp_path / "a") == sealed(tmp_path / "a") != sealed(tmp_path / "b")


def test_the_key_is_readable_by_its_user_alone(tmp_path):
    sealed(tmp_path)
    assert stat.S_IMODE(key(tmp_path).stat().st_mode) == 0o600
    assert [path.name for path in key(tmp_path).parent.iterdir()] == ["key"]


def test_processes_that_start_at_once_agree_on_one_key(tmp_path):
    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(lambda _: sealed(tmp_path), range(6)))) == 1


@pytest.mark.parametrize("content", [b"", b"pendek", b"x" * 33])
def test_a_damaged_key_is_made_anew_and_then_kept(tmp_path, content):
    before = sealed(tmp_path)
    key(tmp_path).write_bytes(content)
    after = sealed(tmp_path)
    assert before != after == sealed(tmp_path)


def test_where_no_key_can_be_kept_nothing_fails_and_no_seal_is_trusted(tmp_path):
    home = tmp_path / "berkas"
    home.write_text("bukan folder")
    assert sealed(home) != sealed(home)

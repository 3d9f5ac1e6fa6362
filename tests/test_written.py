"""Files that the program writes: whole, on the disk, and for whom the user's system says."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from analysis.project import write

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no umask")
WRITTEN = "import os, sys; from pathlib import Path; from analysis.project import write; "
WRITTEN += "os.umask(int(sys.argv[2], 8)); write(Path(sys.argv[1]), 'isi')"


@POSIX
@pytest.mark.parametrize(("mask", "mode"), [("077", 0o600), ("027", 0o640), ("002", 0o664)])
def test_files_follow_the_umask_also_in_the_place_of_others(tmp_path, mask, mode):
    for name in ("baru", "lama"):
        path = tmp_path / name
        if name == "lama":
            path.write_text("dulu")
        subprocess.run([sys.executable, "-c", WRITTEN, path, mask], check=True)
        assert stat.S_IMODE(path.stat().st_mode) == mode
        assert path.read_text() == "isi"


def test_a_file_is_on_the_disk_before_it_has_its_name(tmp_path, monkeypatch):
    synced, path = [], tmp_path / "isi.txt"

    def fsync(handle: int) -> None:
        real(handle)
        assert not path.exists()
        synced.append((os.fstat(handle).st_ino, os.fstat(handle).st_size))

    real = os.fsync
    monkeypatch.setattr(os, "fsync", fsync)
    write(path, "isi")
    assert synced == [(path.stat().st_ino, 3)]


def test_what_cannot_be_put_in_its_place_leaves_nothing(tmp_path):
    (tmp_path / "ada" / "isi").mkdir(parents=True)
    with pytest.raises(OSError, match="ada"):
        write(tmp_path / "ada", "isi")
    assert [path.name for path in tmp_path.iterdir()] == ["ada"]


@POSIX
def test_nobody_elses_link_is_written_through(tmp_path, monkeypatch):
    monkeypatch.setattr("secrets.token_hex", lambda size: "0" * 2 * size)
    (tmp_path / f".isi.txt.{'0' * 8}").symlink_to(tmp_path / "lain")
    with pytest.raises(FileExistsError):
        write(tmp_path / "isi.txt", "isi")
    assert not Path(tmp_path / "lain").exists()

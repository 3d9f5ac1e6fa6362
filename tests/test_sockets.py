"""The sockets of kernels: nobody else's to listen to, and none left behind."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
import pytest

from analysis.runs import sockets
from tests.second_city import MASTERPLAN, ROOT
from tests.test_kernels import notebook, server

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

LISTENING = "open('/proc/net/unix').read()"
STAYS = "from analysis.runs import sockets; print(sockets.folder(), flush=True); input()"


@pytest.fixture
def short(monkeypatch):
    """A folder for temporary files whose path is short."""
    folder = Path(tempfile.mkdtemp(dir="/tmp"))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr(tempfile, "tempdir", None)
    yield folder
    shutil.rmtree(folder)


def papermill(source: Path, done: Path, **env: str) -> None:
    env = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "masterplan-fork"} | env
    command = [MASTERPLAN.parent / "papermill", "--no-progress-bar", source, done]
    subprocess.run(command, env=os.environ | env, check=True, capture_output=True)


def test_a_kernel_listens_where_its_user_alone_may_enter(tmp_path, short):
    about = "import os; from ipykernel.kernelapp import IPKernelApp; "
    about += "ip = IPKernelApp.instance().ip; print(oct(os.stat(os.path.dirname(ip)).st_mode), ip)"
    nbformat.write(notebook(about, f"print({LISTENING})"), tmp_path / "a.ipynb")
    papermill(tmp_path / "a.ipynb", tmp_path / "b.ipynb")
    told, listening = (c.outputs[0].text for c in nbformat.read(tmp_path / "b.ipynb", 4).cells[1:])
    mode, ip = told.split()
    assert mode == "0o40700" and Path(ip).parent.parent == short
    ours = [line.split()[-1] for line in listening.splitlines() if ip in line]
    assert {f"{ip}-{number}" for number in range(1, 6)} <= set(ours)
    assert not any("@" in path for path in ours)
    assert list(short.iterdir()) == []  # it ended, and took all with it


def test_jupyterlab_too_leaves_no_socket_of_a_kernel_that_ended(tmp_path, monkeypatch):
    import asyncio

    from tests.test_kernels import lab

    asyncio.run(lab(tmp_path))
    assert stat.S_IMODE(server().folder.stat().st_mode) == 0o700
    assert list(server().folder.iterdir()) == []


@pytest.fixture
def process(short):
    """A process with a folder of sockets, and that folder."""
    env = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    options = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "env": env}
    with subprocess.Popen([sys.executable, "-c", STAYS], **options) as process:
        yield process, Path(process.stdout.readline().strip())
        process.kill()


def test_the_folder_of_a_process_that_lives_stays_and_one_that_was_killed_is_cleared(process):
    living, folder = process
    other = sockets.folder()
    assert folder.is_dir() and other.parent == folder.parent
    (folder / "kernel-1").touch()
    living.send_signal(signal.SIGKILL)
    living.wait()
    assert folder.is_dir()
    sockets.folder()
    assert not folder.exists() and other.is_dir()


def test_an_orderly_end_takes_the_folder_along(process):
    living, folder = process
    (folder / "kernel-1").touch()
    living.communicate("\n")
    assert not folder.exists()


def test_what_only_has_such_a_name_stays(short, tmp_path):
    (short / f"{sockets.PREFIX}berkas").write_text("isi")
    (short / f"{sockets.PREFIX}tautan").symlink_to(tmp_path)
    (tmp_path / "isi").touch()
    sockets.folder()
    assert (short / f"{sockets.PREFIX}berkas").exists() and (tmp_path / "isi").exists()


def test_sockets_fit_where_temporary_files_lie_deep(tmp_path, monkeypatch):
    deep = tmp_path / ("d" * 100)
    deep.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(deep))
    made = sockets.folder()
    kernel = made / "00000000-0000-0000-0000-000000000000-5"
    assert len(os.fsencode(kernel)) < 108 and not made.is_relative_to(deep)


@pytest.mark.parametrize("fork", ["", "1"], ids=["forked", "ordinary"])
def test_what_a_kernel_writes_past_python_reaches_the_notebook_and_no_terminal(tmp_path, fork):
    raw = "import os; os.write(1, b'\\x1b[31mmerah\\n'); os.system('echo galat >&2')"
    nbformat.write(notebook(raw), tmp_path / "a.ipynb")
    env = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    env |= {"JUPYTER_DEFAULT_PROVISIONER_NAME": "masterplan-fork", "MASTERPLAN_NO_FORK": fork}
    command = [MASTERPLAN.parent / "papermill", "--no-progress-bar", "a.ipynb", "b.ipynb"]
    done = subprocess.run(command, cwd=tmp_path, env=env, check=True, capture_output=True)
    assert not [said for said in (b"merah", b"galat") if said in done.stdout + done.stderr]
    outputs = nbformat.read(tmp_path / "b.ipynb", 4).cells[1].outputs
    assert "".join(o.get("text", "") for o in outputs) == "\x1b[31mmerah\ngalat\n"

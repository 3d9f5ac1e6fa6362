"""Kernels forked from the server: real ones, whatever they do, and what is left of them."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import time
import uuid
from pathlib import Path, PurePosixPath

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from nbclient import NotebookClient

from analysis import fingerprint
from analysis.project import Project
from analysis.runs import bounds, kernels, process
from analysis.runs.execute import PROVISIONER, Result, execute
from analysis.runs.jobs import Job
from analysis.runs.notebook import Notebook, notebooks
from tests.second_city import MASTERPLAN, RAW

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux only")

PROC = Path("/proc")


def notebook(*cells: str) -> nbformat.NotebookNode:
    code = [nbformat.v4.new_code_cell(source) for source in cells]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    title = nbformat.v4.new_markdown_cell("# Uji")
    return nbformat.v4.new_notebook(cells=[title, *code], metadata=kernel)


@pytest.fixture
def run(tmp_path):
    """Run cells as a job of a project; seconds that they may take."""
    project = Project(tmp_path)
    project.notebooks.mkdir()
    (project.raw / "2023").mkdir(parents=True)
    for name in ("city.toml", "2023/period.toml"):
        shutil.copy(RAW / name, project.raw / name)

    def run(*cells: str, limit: float = 60) -> Result:
        path = project.notebooks / "uji.ipynb"
        nbformat.write(notebook(*cells), path)
        return execute(Job(Notebook.read(path), PurePosixPath("uji"), "Uji", {}), project, limit)

    return run


def texts(result: Result) -> list[str]:
    """What each cell printed."""
    assert result.notebook is not None, result.error
    code = [c for c in result.notebook.cells if c.cell_type == "code"]
    return ["".join(o.text for o in c.outputs if o.output_type == "stream") for c in code]


def shown(result: Result) -> list[list[dict]]:
    """The outputs of every cell, without what differs from run to run by nature."""
    assert result.notebook is not None, result.error
    return [cell.outputs for cell in result.notebook.cells if cell.cell_type == "code"]


def processes(mark: str) -> list[str]:
    """The processes that were started with `mark` in their environment."""
    found = []
    for folder in PROC.iterdir():
        try:
            if folder.name.isdigit() and mark.encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def server() -> kernels.Server:
    return kernels.server(fingerprint.source())


def test_kernels_are_forked_from_a_server_without_threads(run):
    [parent] = texts(run("import os; print(os.getppid())"))
    assert int(parent) == server().process.pid
    assert len(list((PROC / parent.strip() / "task").iterdir())) == 1


@pytest.mark.parametrize("fork", ["", "1"], ids=["forked", "ordinary"])
def test_charts_are_shown_however_they_are_drawn(run, monkeypatch, fork):
    monkeypatch.setenv("MASTERPLAN_NO_FORK", fork)
    plain = "import matplotlib.pyplot as plt; plt.plot([1, 2])"
    frame = "import pandas; pandas.Series([1, 2]).plot.bar()"
    result = run(plain, frame, "import seaborn; seaborn.lineplot(x=[1, 2], y=[3, 4])")
    kinds = [[kind for o in outputs for kind in o.get("data", {})] for outputs in shown(result)]
    assert all("image/png" in kind for kind in kinds), kinds


def test_kernels_know_nothing_of_each_other(run):
    first = run(
        "import os, sys, pandas, matplotlib",
        "os.environ['MILIK'] = 'saya'; sys.path.append('/milik'); pandas.milik = 1",
        "matplotlib.rcParams['figure.dpi'] = 7; sys.modules['milik'] = os; os.chdir('/')",
    )
    assert not first.error
    code = "'MILIK' in os.environ, '/milik' in sys.path, hasattr(pandas, 'milik')"
    code += ", matplotlib.rcParams['figure.dpi'] == 7, 'milik' in sys.modules"
    second = run(
        "import os, sys, pandas, matplotlib", f"print({code}, os.path.basename(os.getcwd()))"
    )
    assert texts(second)[1].split() == ["False"] * 5 + ["notebooks"]


def test_random_numbers_differ_between_kernels(run):
    code = "import random, numpy; print(random.random(), numpy.random.random(), os.urandom(4))"
    assert not set(texts(run("import os", code))[1].split()) & set(
        texts(run("import os", code))[1].split()
    )


@pytest.mark.parametrize("fork", ["", "1"], ids=["forked", "ordinary"])
def test_a_module_beside_the_notebook_can_be_imported(run, tmp_path, monkeypatch, fork):
    monkeypatch.setenv("MASTERPLAN_NO_FORK", fork)
    (tmp_path / "notebooks" / "pembantu.py").write_text("nilai = 7")
    (tmp_path / "notebooks" / "pandas.py").write_text("1 / 0")  # nobody's start
    assert texts(run("import pembantu; print(pembantu.nilai)")) == ["7\n"]


def test_an_ordinary_kernel_begins_with_its_imports_but_the_debugger(run, monkeypatch):
    monkeypatch.setenv("MASTERPLAN_NO_FORK", "1")
    known = "{'analysis.charts', 'matplotlib', 'debugpy', '_pydevd_bundle'} & {*sys.modules}"
    told = texts(run(f"import gc, sys; print(gc.isenabled(), *sorted({known}))", "import debugpy"))
    assert told[0].split() == ["True", "analysis.charts", "matplotlib"]


@pytest.mark.parametrize(
    "end", ["import os; os._exit(3)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
)
def test_a_kernel_that_dies_costs_its_own_job_only(run, end):
    result = run("print(1)", end)
    assert result.notebook is None
    assert "DeadKernelError" in result.error
    assert not run("print(1)").error


def test_a_notebook_ends_at_its_time_limit_with_what_it_started(run):
    mark = str(uuid.uuid4())
    start = f"subprocess.Popen(['sleep', '60'], env={{'MARK': '{mark}'}})"
    result = run(f"import subprocess, time; {start}", "time.sleep(60)", limit=4)
    assert result.notebook is None
    assert "batas waktu 4 detik" in result.error
    assert gone(mark)


def test_the_limit_holds_for_all_cells_together(run):
    result = run("import time", *["time.sleep(1.5)"] * 4, limit=4)
    assert "batas waktu" in result.error


def test_the_most_memory_that_a_kernel_held_is_known(run):
    small, large = run("1"), run("x = bytearray(200_000_000); del x")
    assert 30 < small.memory < 400
    assert large.memory > small.memory + 150


def test_a_flood_of_output_arrives_whole(run, monkeypatch):
    cells = (
        "for i in range(200_000): print(i)",
        "import os; [os.write(1, b'x' * 1000) for _ in range(1000)]; print()",
        "from IPython.display import display\nfor i in range(3000): display(i)",
    )
    forked = run(*cells)
    monkeypatch.setenv("MASTERPLAN_NO_FORK", "1")
    assert texts(forked) == texts(run(*cells))
    assert texts(forked)[0].count("\n") == 200_000
    assert len(shown(forked)[2]) == 3000


def test_outputs_may_arrive_long_after_their_cell_has_ended(run):
    late = """
        import time
        kernel = get_ipython().kernel
        publish = kernel._publish_status
        def publish_late(status, *rest, **options):
            time.sleep(4.5 * (status == "idle"))
            publish(status, *rest, **options)
        kernel._publish_status = publish_late
        print(1)
    """
    assert texts(run(textwrap.dedent(late))) == ["1\n"]


def test_no_output_is_lost_on_a_reader_that_is_slow(run, monkeypatch):
    received = bounds.Outputs._recv

    async def slowly(channel, **options):
        await asyncio.sleep(0.0015)
        return await received(channel, **options)

    monkeypatch.setattr(bounds.Outputs, "_recv", slowly)
    result = run("from IPython.display import display\nfor i in range(4000): display(i)")
    assert [o.data["text/plain"] for o in shown(result)[0]] == [str(i) for i in range(4000)]


def test_a_cell_can_be_interrupted():
    async def interrupted() -> dict:
        manager = AsyncKernelManager()
        manager.kernel_spec.metadata["kernel_provisioner"] = PROVISIONER
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        await client.wait_for_ready(timeout=60)
        client.execute("import time; print(1, flush=True); time.sleep(60)")
        while (await client.get_iopub_msg(timeout=60))["msg_type"] != "stream":
            pass
        await manager.interrupt_kernel()
        reply = await client.get_shell_msg(timeout=20)
        await manager.shutdown_kernel()
        client.stop_channels()
        return reply["content"]

    assert asyncio.run(interrupted())["ename"] == "KeyboardInterrupt"


def test_whether_a_kernel_has_ended_may_be_asked_while_it_is_killed(monkeypatch):
    async def killed() -> list:
        manager = AsyncKernelManager()
        manager.kernel_spec.metadata["kernel_provisioner"] = PROVISIONER
        await manager.start_kernel()
        kernel = manager.provisioner
        with monkeypatch.context() as deaf:
            deaf.setattr(os, "killpg", lambda *_: None)  # it takes long to end
            killing = asyncio.create_task(kernel.kill())
            await asyncio.sleep(0.2)
            asked = [killing.done(), await kernel.poll()]
            await killing
        await kernel.kill()
        asked.append(await kernel.poll())
        await manager.cleanup_resources()
        return asked

    assert asyncio.run(killed()) == [False, None, -signal.SIGKILL]


def test_an_orderly_shutdown_runs_what_was_registered_for_the_exit(run, tmp_path):
    content = notebook(
        f"import atexit, pathlib; atexit.register(pathlib.Path({str(tmp_path / 'x')!r}).touch)"
    )
    manager = AsyncKernelManager()
    manager.kernel_spec.metadata["kernel_provisioner"] = PROVISIONER

    async def orderly():
        await NotebookClient(content, km=manager).async_execute()
        await manager.shutdown_kernel()

    asyncio.run(orderly())
    assert (tmp_path / "x").exists()


PARENT = "import os; print(open(f'/proc/{os.getppid()}/cmdline').read())"


def test_papermill_nbclient_and_jupyterlab_take_the_provisioner(tmp_path, monkeypatch):
    monkeypatch.setenv("JUPYTER_DEFAULT_PROVISIONER_NAME", "masterplan-fork")
    source, done = tmp_path / "a.ipynb", tmp_path / "b.ipynb"
    nbformat.write(notebook(PARENT), source)
    subprocess.run(
        [MASTERPLAN.parent / "papermill", "--no-progress-bar", source, done],
        check=True,
        capture_output=True,
    )
    assert "it.serve" in nbformat.read(done, 4).cells[1].outputs[0].text

    assert asyncio.run(lab(tmp_path)) == [server().process.pid] * 2


async def lab(tmp_path: Path) -> list[int]:
    """The parents of a kernel that JupyterLab starts, and of the same one restarted."""
    spec = KernelSpecManager().get_kernel_spec("python3").to_dict()
    spec["metadata"] = {"kernel_provisioner": PROVISIONER}
    (tmp_path / "kernels" / "hangat").mkdir(parents=True)
    (tmp_path / "kernels" / "hangat" / "kernel.json").write_text(json.dumps(spec), "utf-8")
    manager = AsyncMappingKernelManager(
        root_dir=str(tmp_path),
        kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(tmp_path / "kernels")]),
    )
    id = await manager.start_kernel(kernel_name="hangat")
    parents = [parent(manager.get_kernel(id).provisioner.pid)]
    await manager.restart_kernel(id)
    parents.append(parent(manager.get_kernel(id).provisioner.pid))
    await manager.shutdown_kernel(id, now=True)
    return parents


def parent(pid: int) -> int:
    return int((PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])


def test_without_forking_the_same_kernels_start_as_ever_and_this_is_said_once(
    run, monkeypatch, caplog
):
    kernels.server.cache_clear()
    kernels._say_ordinary.cache_clear()
    monkeypatch.setattr(
        kernels, "sys", type("sys", (), {"platform": "darwin", "executable": sys.executable})
    )
    for _ in range(2):
        assert texts(run("print(1)")) == ["1\n"]
    kernels.server.cache_clear()
    assert [r.message for r in caplog.records if "cara biasa" in r.message] == [
        "Kernel dimulai dengan cara biasa; hasilnya sama, hanya lebih lambat (darwin)."
    ]


def test_no_server_is_started_where_forking_is_switched_off(monkeypatch):
    kernels.server.cache_clear()
    monkeypatch.setenv("MASTERPLAN_NO_FORK", "1")
    assert kernels.current() is None
    assert kernels.server.cache_info().currsize == 0


def test_a_server_that_was_killed_is_done_without(run, caplog):
    kernels.server.cache_clear()
    kernels._say_ordinary.cache_clear()
    assert not run("1").error
    server().process.kill()
    server().process.wait()
    for _ in range(2):
        [parent] = texts(run("import os; print(os.getppid())"))
        assert int(parent) == os.getpid()
    kernels.server.cache_clear()
    assert len([r for r in caplog.records if "cara biasa" in r.message]) == 1


def gone(mark: str, seconds: float = 10) -> bool:
    """Whether all processes with the mark end."""
    until = time.monotonic() + seconds
    while processes(mark) and time.monotonic() < until:
        time.sleep(0.05)
    assert not processes(mark)
    return True


@pytest.fixture
def slow(tmp_path):
    """A program that runs a notebook which starts a program of its own and never ends."""
    cells = "import subprocess; subprocess.Popen(['sleep', '600'])", "import time; time.sleep(600)"
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook(*cells), tmp_path / "notebooks" / "lama.ipynb")
    shutil.copytree(
        RAW, tmp_path / "data" / "raw", ignore=shutil.ignore_patterns("2024", "responses")
    )

    def start(**env: str) -> tuple[subprocess.Popen, str]:
        mark = str(uuid.uuid4())
        process = subprocess.Popen(
            [MASTERPLAN, "run", "lama", "--root", tmp_path],
            env=os.environ | {"MARK": mark} | env,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while not any("sleep 600" in p for p in processes(mark)):
            assert time.monotonic() < until and process.poll() is None
            time.sleep(0.1)
        return process, mark

    return start


@pytest.mark.parametrize("env", [{}, {"MASTERPLAN_NO_FORK": "1"}], ids=["forked", "ordinary"])
def test_nothing_is_left_after_ctrl_c(slow, env):
    process, mark = slow(**env)
    os.killpg(process.pid, signal.SIGINT)
    assert process.wait(20) == 1
    assert gone(mark)


def test_nothing_is_left_after_the_runner_was_killed(slow):
    process, mark = slow()
    process.kill()
    process.wait()
    assert gone(mark)


def test_nothing_is_left_after_a_run(tmp_path):
    mark = str(uuid.uuid4())
    path = tmp_path / "a.ipynb"
    nbformat.write(notebook("1"), path)
    env = {"MARK": mark, "JUPYTER_DEFAULT_PROVISIONER_NAME": "masterplan-fork"}
    subprocess.run(
        [MASTERPLAN.parent / "papermill", "--no-progress-bar", path, tmp_path / "b.ipynb"],
        env=os.environ | env,
        check=True,
        capture_output=True,
    )
    assert processes(mark) == []


def test_every_notebook_shows_the_same_in_both_kinds_of_kernel(second_city, monkeypatch):
    # `make test` compares every one with its run by itself (`test_run`); `make test-long` here too.
    found = [n for n in notebooks(second_city) if not n.of_periods]  # of which there is one
    found = found[:: 1 if os.environ.get("MASTERPLAN_LONG") else 5]
    planned = [
        Job(n, PurePosixPath(n.name), n.title, {"unit": "dinkes"} if n.per == "unit" else {})
        for n in found
    ]
    forked = [execute(job, second_city, 120) for job in planned]
    monkeypatch.setenv("MASTERPLAN_NO_FORK", "1")
    for job, fast in zip(planned, forked, strict=True):
        assert shown(fast) == shown(execute(job, second_city, 120)), job.id


def test_the_kernel_code_stays_small():
    lines, more = (Path(m.__file__).read_text("utf-8").splitlines() for m in (kernels, process))
    assert sum(bool(line.strip()) for line in lines) < 150
    assert sum(bool(line.strip()) for line in lines + more) < 200

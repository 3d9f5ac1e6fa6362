"""A Dask scheduler with its workers, and an S3 store, as processes of their own on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

KEYS = {"AWS_ACCESS_KEY_ID": "uji-kunci", "AWS_SECRET_ACCESS_KEY": "uji-sandi-rahasia"}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int, process: subprocess.Popen) -> None:
    for _attempt in range(300):
        assert process.poll() is None, process.args
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(process.args)


@contextmanager
def running(*words: str, **env: str) -> Iterator[subprocess.Popen]:
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-m", *words], env=os.environ | env, **quiet)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@contextmanager
def scheduler() -> Iterator[tuple[str, subprocess.Popen]]:
    """The address of a scheduler without workers, and its process."""
    port = free_port()
    words = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    with running("distributed.cli.dask_scheduler", *words) as process:
        wait_for(port, process)
        yield f"tcp://127.0.0.1:{port}", process


def worker(address: str, threads: int = 1, **env: str):
    """A worker: a context manager that gives its process."""
    words = [
        address,
        "--nthreads",
        str(threads),
        "--no-nanny",
        "--no-dashboard",
        "--host",
        "127.0.0.1",
    ]
    return running("distributed.cli.dask_worker", *words, **env)


@contextmanager
def store(**env: str) -> Iterator[dict[str, str]]:
    """What the environment must hold to reach an S3 store that holds nothing."""
    port = free_port()
    with running("moto.server", "-H", "127.0.0.1", "-p", str(port), **env) as process:
        wait_for(port, process)
        yield KEYS | {"AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}", "AWS_REGION": "us-east-1"}

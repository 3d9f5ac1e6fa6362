"""Cities from a store to a store on two workers, of which one dies; and what can go wrong."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import fsspec
import nbformat
import pytest

from analysis.reports import document
from tests import servers
from tests.second_city import MASTERPLAN, typed

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")


def filesystem(env: dict[str, str]):
    return fsspec.filesystem(
        "s3",
        key=env["AWS_ACCESS_KEY_ID"],
        secret=env["AWS_SECRET_ACCESS_KEY"],
        endpoint_url=env["AWS_ENDPOINT_URL"],
        use_listings_cache=False,
        skip_instance_cache=True,
    )


def shown(folder: Path) -> dict[str, list]:
    """What every report below a folder shows."""
    return {
        str(path.relative_to(folder)): document.read(nbformat.read(path, as_version=4)).exhibits
        for path in sorted(folder.rglob("reports/**/*.ipynb"))
    }


def test_two_cities_from_store_to_store_while_a_worker_dies(two, tmp_path):
    with (
        servers.store() as env,
        servers.scheduler() as (address, _scheduler),
        servers.worker(address) as first,
        servers.worker(address),
    ):
        s3 = filesystem(env)
        s3.mkdir("masterplan")
        s3.put(str(two) + "/", "masterplan/", recursive=True)
        command = [MASTERPLAN, "run", "--root", "s3://masterplan/kota-*", "--cluster", address]
        process = subprocess.Popen(
            command,
            cwd=tmp_path,
            env=os.environ | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        told = ""
        for line in process.stdout:
            told += line
            if line.startswith("s3://masterplan/kota-2"):
                first.send_signal(signal.SIGKILL)
        assert process.wait() == 0, told
        assert told.rstrip().endswith("s3://masterplan/reports/index.html")
        back = tmp_path / "kembali"
        s3.get("masterplan/", str(back) + "/", recursive=True)
        written = [path.read_bytes() for path in back.rglob("*") if path.is_file()]
    for secret in env.values():
        assert secret == "us-east-1" or secret not in told
        assert not any(secret.encode() in content for content in written) or secret == "us-east-1"
    assert not list(back.rglob("*.lock"))
    done = typed(two, "run", "--root", "kota-*")
    assert done.returncode == 0, done.stderr
    here, there = shown(two), shown(back)
    assert here.keys() == there.keys() and len(here) == 3
    assert here == there


def refused(done: subprocess.CompletedProcess, *words: str) -> None:
    assert done.returncode == 2, done.stdout + done.stderr
    lines = done.stderr.strip().splitlines()
    assert all(word in " ".join(lines) for word in words), done.stderr
    assert "Traceback" not in done.stderr


def test_no_scheduler_no_worker_and_another_program_are_told(two, tmp_path):
    city = ["--root", "kota-1"]
    done = typed(two, "run", *city, "--cluster", "bukan-alamat")
    refused(done, "bukan-alamat", "dask scheduler")
    assert (
        done.stdout.count("bukan-alamat terbuka: siapa pun") == len(done.stdout.splitlines()) == 1
    )
    done = typed(two, "run", *city, "--cluster", f"tls://127.0.0.1:{servers.free_port()}")
    assert done.returncode == 2 and not done.stdout
    nobody = f"tcp://127.0.0.1:{servers.free_port()}"
    refused(typed(two, "run", *city, "--cluster", nobody), nobody, "dask scheduler")
    with servers.scheduler() as (address, _process):
        refused(typed(two, "run", *city, "--cluster", address), "dask worker")
        about = tmp_path / "lain" / "papermill-0.1.dist-info" / "METADATA"
        about.parent.mkdir(parents=True)
        about.write_text("Metadata-Version: 2.1\nName: papermill\nVersion: 0.1\n", "utf-8")
        known = filter(None, (str(tmp_path / "lain"), os.environ.get("PYTHONPATH")))
        with servers.worker(address, PYTHONPATH=os.pathsep.join(known)):
            refused(typed(two, "run", *city, "--cluster", address), "papermill", "Samakan")
    assert not (two / "kota-1/reports").exists()


def test_a_lost_scheduler_ends_with_whole_files(two):
    command = [MASTERPLAN, "run", "--root", "kota-1", "--cluster"]
    with (
        servers.scheduler() as (address, scheduler),
        servers.worker(address),
    ):
        process = subprocess.Popen(
            [*command, address], cwd=two, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        while not list(Path(two / "kota-1/data/processed").rglob("tables.sha256")):
            assert process.poll() is None
        scheduler.kill()
        _out, told = process.communicate(timeout=120)
    assert process.returncode == 2 and "terputus" in told, told
    assert typed(two, "run", "--root", "kota-1").returncode == 0


def test_what_is_wrong_with_a_store_is_told_in_one_line(two):
    place = "s3://masterplan/kota-1"

    def told(place: str, **env: str) -> subprocess.CompletedProcess:
        return typed(two, "run", "--root", place, **env)

    with servers.store() as env:
        refused(told("s3://tidak-ada/kota", **env), "s3://tidak-ada/kota", "bucket")
        s3 = filesystem(env)
        s3.mkdir("masterplan")
        refused(told("s3://masterplan/kosong", **env), "city.toml", "bucket")
        s3.put(str(two / "kota-1") + "/", "masterplan/kota-1/", recursive=True)
        holder = {"pid": 4711, "host": "lain", "since": "2023-08-01"}
        s3.pipe_file("masterplan/kota-1/.masterplan.lock", json.dumps(holder).encode())
        refused(told(place, **env), "4711", "lain", f"{place}/.masterplan.lock")
        assert not s3.find("masterplan/kota-1/reports")
    refused(told(place, **env), place)
    with servers.store(INITIAL_NO_AUTH_ACTION_COUNT="0") as env:
        refused(told(place, **env), place, "izin")
    refused(told("s3://nama:sandi@masterplan/kota-1"), "sandi", "env")


def test_in_a_store_too_only_what_we_wrote_is_written_over(city, tmp_path):
    place, real = "s3://masterplan/kota", "data/raw/2023/sample/2023-kominfo.xlsx"
    with servers.store() as env:
        s3 = filesystem(env)
        s3.mkdir("masterplan")
        s3.put(str(city.root) + "/", "masterplan/kota/", recursive=True)
        for seed in ("1", "2"):
            done = typed(tmp_path, "sample", "--seed", seed, "--root", place, **env)
            assert done.returncode == 0, done.stderr
        s3.pipe_file(f"masterplan/kota/{real}", b"terisi")
        done = typed(tmp_path, "sample", "--seed", "3", "--root", place, **env)
        assert done.returncode == 2 and done.stderr.split()[-1] == real
        assert s3.cat_file(f"masterplan/kota/{real}") == b"terisi"


def test_an_uploaded_local_lock_locks_no_bucket_and_none_is_put_there(city, tmp_path):
    """Nor does any of the names that are left out, where they stand above the project."""
    local = (".masterplan.lock", ".masterplan.json")
    with servers.store() as env:
        s3 = filesystem(env)
        s3.mkdir("masterplan")
        contents = [b"", b"\0\xff", b"[]", b'{"pid": 1}']
        many = len(contents) if os.environ.get("MASTERPLAN_LONG") else 1  # `make test-long`
        for seed, content in enumerate(contents[:many], 1):
            place = f"masterplan/readings/.ipynb_checkpoints/sample/kota-{seed}"
            s3.put(str(city.root) + "/", place + "/", recursive=True)
            s3.pipe_file(f"{place}/{local[0]}", content)
            s3.pipe_file(f"{place}/{local[1]}", b"{}")
            done = typed(tmp_path, "check", "--root", f"s3://{place}", **env)
            assert done.returncode == 0, done.stdout + done.stderr
            there = {path.removeprefix(place + "/") for path in s3.find(place)}
            assert "data/processed/2023/gap.parquet" in there
            assert not [name for name in there if "readings" in name or name == local[0]]
            assert s3.cat_file(f"{place}/{local[1]}") == b"{}"  # nor is it ours to remove

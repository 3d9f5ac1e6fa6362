"""Jobs on the workers of a Dask cluster instead of threads of this machine.

A job brings along the files that it reads and takes back what it made, so a worker needs this
package and nothing else: no disk that it shares with us, and no credentials.
"""

import logging
import socket
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from importlib.metadata import version
from platform import python_version
from typing import TYPE_CHECKING, Any, TypeVar

from analysis import fingerprint
from analysis.project import Project, ProjectError
from analysis.runs import parcel
from analysis.text import _

if TYPE_CHECKING:
    from distributed import Client

_Returned = TypeVar("_Returned")
PACKAGES = ("papermill", "pandas", "matplotlib", "seaborn", "nbconvert", "ipykernel", "pyarrow")
PATIENCE = 10  # seconds, for a scheduler that does not answer
CLOSED = ("tls://", "wss://")  # to whoever shows no certificate


def doubt(address: str) -> str:
    """What is to be said of a scheduler at this address before it is used, if anything."""
    if address.startswith(CLOSED):
        return ""
    said = _(
        "{address} terbuka: siapa pun yang mencapai port itu dapat menjalankan program di sana dan "
        "membaca hasilnya. Pakai jaringan tertutup, atau TLS (tls://...; lihat docs/scaling.md)."
    )
    return said.format(address=address)


class Cluster:
    """The workers behind one scheduler: see `workers`."""

    def __init__(self, client: "Client"):
        self.client = client

    @property
    def count(self) -> int:
        return sum(self.client.nthreads().values())

    def ready(self) -> None:
        """Workers begin with their first job."""

    def of(self, project: Project) -> Executor:
        return _Sending(
            self.client.get_executor(pure=False), parcel.packed(project), project.period
        )


@contextmanager
def at(address: str) -> Iterator[Cluster]:
    """The cluster of the scheduler at an address such as ``tcp://HOST:8786``.

    Raises ProjectError that says what to do where there is none, where its workers cannot do our
    work, or where the connection is lost meanwhile.
    """
    try:
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    except ImportError:
        raise ProjectError(
            _("Untuk --cluster diperlukan paket Dask. Pasang dengan: pip install '.[cluster]'")
        ) from None
    for name in ("distributed.client", "distributed.core", "distributed.comm"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # we say it in one line ourselves
    try:
        # A Client that finds nobody there goes on complaining after it has failed.
        socket.create_connection(get_address_host_port(address), PATIENCE).close()
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        said = _(
            "Tidak ada penjadwal Dask yang menjawab di {address}. Periksa alamatnya dan jalankan "
            "`dask scheduler` di sana."
        )
        raise ProjectError(said.format(address=address)) from error
    try:
        _check(client)
        yield Cluster(client)
    except CancelledError as error:
        said = _(
            "Hubungan dengan penjadwal Dask di {address} terputus. Laporan yang sudah selesai "
            "tetap utuh; ulangi perintah ini setelah penjadwal berjalan lagi."
        )
        raise ProjectError(said.format(address=address)) from error
    finally:
        client.close(timeout=2)


class _Sending(Executor):
    """Sends each job together with the files of its project."""

    def __init__(self, executor: Executor, files: bytes, period: str):
        self.executor, self.files, self.period = executor, files, period

    def submit(
        self, function: Callable[..., _Returned], /, *arguments: Any, **options: Any
    ) -> Future[_Returned]:
        """As of any executor; the first argument is the project, for which another stands there."""
        _project, *others = arguments
        return self.executor.submit(_there, self.files, self.period, function, *others, **options)


def _there(
    files: bytes, period: str, function: Callable[..., _Returned], *arguments: Any, **options: Any
) -> _Returned:
    """On a worker: call the function with the project that the files make."""
    project, _folder = parcel.kept(files, period)
    return function(project, *arguments, **options)


def _about() -> dict[str, str]:
    """What results depend on, on the machine where this is called."""
    packages = {name: version(name) for name in PACKAGES}
    return {"masterplan-siantar": fingerprint.source()[:8], "python": python_version()} | packages


def _check(client: "Client") -> None:
    """Raises ProjectError where there is no worker, or one with another program than ours."""
    try:
        workers = client.run(_about)
    except Exception as error:
        said = _(
            "Pekerja Dask tidak dapat menjalankan program ini ({reason}). Pasang paket yang sama "
            "di setiap pekerja, lalu jalankan pekerjanya kembali."
        )
        raise ProjectError(said.format(reason=error)) from error
    if not workers:
        raise ProjectError(
            _("Penjadwal Dask belum mempunyai pekerja. Jalankan `dask worker` lebih dahulu.")
        )
    ours = _about()
    for worker, theirs in workers.items():
        for name, here in ours.items():
            if theirs[name] != here:
                said = _(
                    "Versi {name} di pekerja {worker} adalah {theirs}, di sini {here}. Samakan "
                    "pemasangannya, lalu jalankan pekerja itu kembali."
                )
                words = {"name": name, "worker": worker, "theirs": theirs[name], "here": here}
                raise ProjectError(said.format(**words))

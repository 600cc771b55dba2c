"""A server of our own on a free port, and the CPU time it spends."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def manage(environment: dict[str, str], *words: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "linli", *words], env=environment, check=True, stdout=subprocess.DEVNULL
    )


@contextmanager
def database(kind: str) -> Iterator[tuple[str, int | None]]:
    """(its address, the process id of its server): nothing of either for SQLite, a throw-away server for PostgreSQL."""
    if kind == "sqlite":
        yield "", None
        return
    from tests.cluster import Cluster

    cluster = Cluster()
    try:
        cluster.start()
        create = "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute('CREATE DATABASE linli')"
        subprocess.run(
            [sys.executable, "-c", create, f"host={cluster.data} user=linli dbname=postgres"], check=True
        )
        yield cluster.url(), cluster.server.pid if cluster.server else None
    finally:
        cluster.stop()


@contextmanager
def serving(data: Path, *, address: str = "", stations: int = 0) -> Iterator[tuple[int, int]]:
    """Yields (port, process id of the server's main process) of an installation that holds the demonstration network,
    with a city of `stations` around it.

    It is served like a real one: without the bar and the form that only a demonstration has on every page.
    """
    environment = os.environ | {
        "PYTHONPATH": str(ROOT / "src"),
        "LINLI_DATA": str(data),
        "LINLI_DATABASE_URL": address,
        "LINLI_LOG_LEVEL": "WARNING",
    }
    manage(environment, "catalogue", "--compile-only")
    manage(environment, "migrate", "-v0")
    manage(environment | {"LINLI_DEMO": "1"}, "demo", "--stations", str(stations))
    port = free_port()
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", "4", "--no-ws", "--log-level", "error", "linli.wsgi:application"]
    server = subprocess.Popen([sys.executable, "-m", *command], env=environment, start_new_session=True)
    try:
        wait_for(port)
        yield port, server.pid
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)


def wait_for(port: int) -> None:
    for _try in range(200):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the server did not start")


def family(pid: int) -> list[int]:
    """The process and all below it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(below for child in children for below in family(int(child)))]


def cpu_seconds(*pids: int) -> float:
    """User and system time spent by processes and all below them since they began."""
    total = 0
    for member in (member for pid in pids for member in family(pid)):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def ask(port: int, path: str, times: int) -> bytes:
    """Requests a page again and again over one connection; returns the last answer's body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    body = b""
    for _n in range(times):
        connection.request("GET", path, headers={"Accept-Language": "zh-CN"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()
    return body

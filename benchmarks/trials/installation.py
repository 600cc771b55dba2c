"""An installation that can be hurt: a web server, a worker and a database, on a disk of their own, each restarted as the
service manager would do it.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.cluster import Cluster

from benchmarks.server import ROOT, family, free_port, manage, wait_for
from benchmarks.trials.people import ask

# Small enough to be filled in a moment; a whole city needs more.
DISK_MB, CITY_DISK_MB = 400, 4_000
COUNTED = """
import django, json; django.setup()
from linli.ledger.models import Event
from linli.site.models import Complaint
print(json.dumps([Complaint.objects.count(), Event.objects.filter(kind="site.complaint_made").count()]))
"""


class Installation:
    """`kind` is "sqlite" or "postgres"; `small_disk` says whether its disk could be made small, which only root may."""

    def __init__(self, kind: str, stations: int = 0):
        self.kind = kind
        self.base = Path(tempfile.mkdtemp(prefix="linli-t-", dir="/tmp"))
        self.base.chmod(0o755)
        size = CITY_DISK_MB if stations else DISK_MB
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}m,mode=755", "linli", str(self.base)]
        self.small_disk = os.geteuid() == 0 and subprocess.run(mount, check=False).returncode == 0
        self.data, self.clock = self.base / "data", self.base / "clock"
        self.data.mkdir()
        self.clock.write_text("0")
        self.cluster = self.make_cluster() if kind == "postgres" else None
        self.port = free_port()
        self.environment = os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "DJANGO_SETTINGS_MODULE": "linli.settings",
            "LINLI_DATA": str(self.data),
            "LINLI_DATABASE_URL": self.cluster.url() if self.cluster else "",
            "LINLI_LOG_LEVEL": "CRITICAL",
            "LINLI_PROXY_COUNT": "1",
            "LINLI_TRIAL_CLOCK": str(self.clock),
        }
        if self.cluster:
            self.environment["PATH"] = f"{self.cluster.binaries}{os.pathsep}{os.environ['PATH']}"
        manage(self.environment, "catalogue", "--compile-only")
        manage(self.environment, "migrate", "-v0")
        manage(self.environment | {"LINLI_DEMO": "1"}, "demo", "--stations", str(stations))
        self.web = self.worker = None
        self.ended = threading.Event()
        self.guard = threading.Thread(target=self.restart_what_stopped, daemon=True)

    def make_cluster(self) -> Cluster:
        folder = self.base / "pg"
        folder.mkdir()
        cluster = Cluster(durable=True, base=folder)
        cluster.start()
        create = "import psycopg, sys; psycopg.connect(sys.argv[1], autocommit=True).execute('CREATE DATABASE linli')"
        subprocess.run(
            [sys.executable, "-c", create, f"host={cluster.data} user=linli dbname=postgres"], check=True
        )
        return cluster

    def start(self) -> None:
        self.web, self.worker = self.start_web(), self.start_worker()
        wait_for(self.port)
        self.guard.start()
        self.wait_until_ready()

    def start_web(self) -> subprocess.Popen:
        command = [
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            "1",
        ]
        command += [
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "critical",
            "benchmarks.trials.clock:application",
        ]
        return self.launch(command)

    def start_worker(self) -> subprocess.Popen:
        return self.launch(["linli", "work"])

    def launch(self, command: list[str]) -> subprocess.Popen:
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        return subprocess.Popen(
            [sys.executable, "-m", *command], env=self.environment, start_new_session=True, **quiet
        )

    def restart_what_stopped(self) -> None:
        """What systemd does with Restart=always, here without its pause of two seconds."""
        while not self.ended.wait(0.1):
            if self.web.poll() is not None:
                self.web = self.start_web()
            if self.worker.poll() is not None:
                self.worker = self.start_worker()
            if self.cluster and self.cluster.server.poll() is not None:
                (self.cluster.data / "postmaster.pid").unlink(missing_ok=True)
                try:
                    self.cluster.serve()
                except BaseException:  # noqa: S112 it cannot start yet, for example on a full disk
                    continue

    def stop(self) -> None:
        self.ended.set()
        if self.guard.is_alive():
            self.guard.join(40)
        for process in (self.web, self.worker):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if self.cluster:
            self.cluster.stop()
        if self.small_disk:
            subprocess.run(["umount", "-l", str(self.base)], check=False)
        shutil.rmtree(self.base, ignore_errors=True)

    def readiness(self) -> tuple[int, dict[str, bool]]:
        """What /readyz says; (0, {"web": False}) when nobody answers."""
        try:
            status, body = ask(self.port, "/readyz")
            return status, json.loads(body)
        except (OSError, ValueError):
            return 0, {"web": False}

    def not_ready(self, seconds: float = 20) -> list[str]:
        """What is named as not well, once something is."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            wrong = sorted(name for name, well in self.readiness()[1].items() if not well)
            if wrong:
                return wrong
            time.sleep(0.1)
        return []

    def wait_until_ready(self, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while (found := self.readiness())[0] != 200:
            if time.monotonic() > deadline:
                raise TimeoutError(f"not ready again: {found}")
            time.sleep(0.1)

    def half_done(self) -> int:
        """Complaints without their fact, or facts without their complaint."""
        command = [sys.executable, "-c", COUNTED]
        done = subprocess.run(command, env=self.environment, check=True, capture_output=True, text=True)
        complaints, facts = json.loads(done.stdout)
        return abs(complaints - facts)

    # What is done to it.

    def kill_web(self) -> None:
        os.killpg(self.web.pid, signal.SIGKILL)
        self.web.wait()

    def kill_database(self) -> None:
        """Every process of the database server at once. SQLite has none but those that use it: the web server and the worker."""
        if self.cluster is None:
            os.killpg(self.worker.pid, signal.SIGKILL)
            self.kill_web()
            return
        for pid in family(self.cluster.server.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.cluster.server.wait()

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        ballast = self.base / "ballast"
        with ballast.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue
        try:
            yield
        finally:
            ballast.unlink()

    @contextmanager
    def failing_fsync(self) -> Iterator[None]:
        """Every fsync and fdatasync of those that hold the data says EIO."""
        pids = (
            family(self.cluster.server.pid)
            if self.cluster
            else [*family(self.web.pid), *family(self.worker.pid)]
        )
        # The web server as well: its own probe has to notice.
        pids = sorted({*pids, *family(self.web.pid)})
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync"]
        command += [
            "-e",
            "inject=fsync,fdatasync:error=EIO",
            *(part for pid in pids for part in ("-p", str(pid))),
        ]
        tracer = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)
            tracer.wait(20)

    @contextmanager
    def clock_shifted(self, seconds: float) -> Iterator[None]:
        self.clock.write_text(str(seconds))
        try:
            yield
        finally:
            self.clock.write_text("0")

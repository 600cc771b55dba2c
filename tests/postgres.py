"""Pytest plugin: the surroundings of every test run, and a throw-away PostgreSQL when the run asks for one.

Named in `addopts`, because Django's settings are read before any conftest. `LINLI_TEST_DATABASE=postgres` gives
every pytest process (each xdist worker too) a cluster of its own on a Unix socket; nothing listens on the
network, nothing outlives the run.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

import pytest

from tests.cluster import PREFIX, Cluster

KEPT = {
    "LINLI_DATA",
    "LINLI_SHARED",
    "LINLI_SCREENS",
    "LINLI_CHROMIUM",
    "LINLI_POSTGRES_BIN",
    "LINLI_TEST_DATABASE",
}
DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup"}


def asked() -> bool:
    """Whether this run is to use PostgreSQL."""
    return os.environ.get("LINLI_TEST_DATABASE", "") == "postgres"


def is_xdist_controller() -> bool:
    """The controller runs no test itself, so it needs no cluster."""
    hands_out = any(word.startswith(("-n", "--numprocesses")) and word != "-n0" for word in sys.argv)
    return hands_out and "PYTEST_XDIST_WORKER" not in os.environ


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


def sees_a_database(item: pytest.Item) -> bool:
    """Whether what a test sees can depend on which database it is."""
    if item.get_closest_marker("any_database"):
        return False
    marked = item.get_closest_marker("django_db") or item.get_closest_marker("processes")
    return bool(marked or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only the tests that can see it: all others said the same on SQLite."""
    if asked():
        blind = [item for item in items if not sees_a_database(item)]
        config.hook.pytest_deselected(items=blind)
        items[:] = [item for item in items if sees_a_database(item)]


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    if cluster:
        cluster.stop()
    if made_folder:
        shutil.rmtree(made_folder, ignore_errors=True)

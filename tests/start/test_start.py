"""The start file: what it says, what it installs, where it listens, and that it keeps its children alive."""

import ast
import os
import select
import signal
import socket
import subprocess
import sys
from argparse import Namespace

import pytest

from tests.start.conftest import START


def run_start(*words, **options):
    return subprocess.run(
        [sys.executable, START, *words], capture_output=True, text=True, check=False, timeout=60, **options
    )


def test_old_pythons_can_read_it():
    ast.parse(START.read_text(), feature_version=(3, 6))


def test_it_needs_the_standard_library_only():
    tree = ast.parse(START.read_text())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        alias.name.split(".")[0]
        for node in imports
        for alias in (node.names if isinstance(node, ast.Import) else [ast.alias(node.module)])
    }
    assert names - sys.stdlib_module_names == set()


def test_an_old_python_is_told_kindly(tmp_path):
    code = START.read_text().replace("OLDEST = (3, 11)", "OLDEST = (9, 0)")
    (tmp_path / "linli").write_text(code)
    told = subprocess.run(
        [sys.executable, tmp_path / "linli", "run"], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert told.stderr.startswith("Linli needs Python 3.11 or newer; this is Python 3.")
    assert "Traceback" not in told.stderr


def test_help_names_every_word(start):
    said = run_start("help")
    assert (said.returncode, said.stderr) == (0, "")
    for word in ("run", "test", "manage", "verify", "work", "bench", "lock"):
        assert f"./linli {word}" in said.stdout
    assert run_start("nonsense").returncode == 2


def test_the_stamp_follows_the_lock(start, tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("a==1")
    first = start.stamp_of(lock)
    assert start.stamp_of(lock) == first
    lock.write_text("a==2")
    assert start.stamp_of(lock) != first


def test_an_installed_lock_is_not_installed_again(start, tmp_path, monkeypatch, capsys):
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "run.txt"
    lock.write_text("a==1")
    (tmp_path / "linli-run.stamp").write_text(start.stamp_of(lock))
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "PYTHON", lock)
    start.install("run")
    assert capsys.readouterr().out == ""


def test_what_a_command_prints_holds_nothing_of_an_installation(start, tmp_path, monkeypatch, capfd):
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / "requirements" / "run.txt"
    lock.write_text("a==1")
    monkeypatch.setattr(start, "ROOT", tmp_path)
    monkeypatch.setattr(start, "VENV", tmp_path)
    monkeypatch.setattr(start, "PYTHON", lock)
    monkeypatch.setattr(start.shutil, "which", lambda name: "/bin/echo")
    start.install("run")
    told = capfd.readouterr()
    assert told.out == ""
    assert "--require-hashes" in told.err


def test_locks_name_every_file_by_hash_and_no_place():
    for name in ("run", "test", "production"):
        text = (START.parent / "requirements" / f"{name}.txt").read_text()
        assert text.count("==") <= text.count("--hash=sha256:")
        assert not any(word in text for word in ("http", "file:", "--index", "--find-links", "/opt/"))


def test_run_and_production_take_the_versions_that_were_tested():
    def pins(name):
        lines = (START.parent / "requirements" / f"{name}.txt").read_text().splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line.split(" ")[0]}

    assert pins("run") <= pins("production") <= pins("test")


def test_a_taken_port_gives_the_next_free_one(start, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        chosen = start.choose_port("127.0.0.1", port)
    assert port < chosen <= port + 100
    assert f"port {port} is taken, so Linli listens on {chosen}" in capsys.readouterr().out


@pytest.fixture
def options():
    return Namespace(host="127.0.0.1", port=8000, https=False, empty=False)


def test_an_own_network_and_the_demonstration_never_share_data(start, options, monkeypatch):
    monkeypatch.delenv("LINLI_DATA", raising=False)
    demonstration = start.run_environment(options)
    options.empty = True
    own = start.run_environment(options)
    assert (demonstration["LINLI_DATA"], demonstration["LINLI_DEMO"]) == (str(START.parent / "var/demo"), "1")
    assert (own["LINLI_DATA"], own["LINLI_DEMO"]) == (str(START.parent / "var/own"), "")


def test_other_devices_may_call_only_when_asked_for(start, options, monkeypatch):
    monkeypatch.setattr(start, "local_addresses", lambda: ["192.0.2.7"])
    assert "192.0.2.7" not in start.run_environment(options)["LINLI_HOSTS"]
    options.host, options.https = "0.0.0.0", True  # noqa: S104
    env = start.run_environment(options)
    assert "192.0.2.7" in env["LINLI_HOSTS"].split(",")
    assert (env["LINLI_ADDRESS"], env["LINLI_HTTPS"]) == ("https://192.0.2.7:8000", "1")


def test_a_name_no_certificate_can_carry_is_left_out(start, monkeypatch):
    monkeypatch.setattr(start, "local_addresses", lambda: ["192.0.2.7"])
    monkeypatch.setattr(start.socket, "gethostname", lambda: "居委会的电脑")
    assert start.names_of("0.0.0.0") == ["localhost", "127.0.0.1", "192.0.2.7"]  # noqa: S104


def test_postgresql_brings_its_driver(start, monkeypatch):
    monkeypatch.delenv("LINLI_DATABASE_URL", raising=False)
    assert start.run_lock() == "run"
    monkeypatch.setenv("LINLI_DATABASE_URL", "postgres:///linli")
    assert start.run_lock() == "production"


def test_plain_http_says_what_other_devices_miss(start, options, tmp_path, capsys):
    options.host = "192.0.2.7"
    start.tell(options, tmp_path, 0)
    assert "no location, no camera" in capsys.readouterr().out
    options.https = True
    start.tell(options, tmp_path, 0)
    assert "trust-me.crt" in capsys.readouterr().out


def test_a_killed_child_is_started_again(start, capsys):
    child = start.Child("worker", [sys.executable, "-c", "import time; time.sleep(60)"], dict(os.environ))
    first = child.process
    try:
        assert child.revive()
        first.send_signal(signal.SIGKILL)
        first.wait(10)
        assert child.revive()
        assert child.process.pid != first.pid
        assert "the worker ended with code -9" in capsys.readouterr().out
    finally:
        child.stop()
        child.wait()
    assert child.process.returncode == -signal.SIGTERM


def test_a_killed_servers_own_processes_end_with_it(start, tmp_path, capsys):
    """They would keep the port, and answer with code that nobody looks after."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    inner = f"exec 3>'{pipe}'; echo up >&3; sleep 60"
    child = start.Child("web server", ["sh", "-c", f'sh -c "{inner}" & wait'], dict(os.environ))
    select.select([reader], [], [])
    os.set_blocking(reader, True)
    assert os.read(reader, 10) == b"up\n"
    child.process.kill()
    child.process.wait(10)
    child.start = lambda: None
    assert child.revive()
    assert os.read(reader, 10) == b""  # the end: nobody holds the other side of the pipe any more
    os.close(reader)


def test_a_child_that_dies_at_once_is_given_up(start, capsys):
    child = start.Child("web server", [sys.executable, "-c", "raise SystemExit(3)"], dict(os.environ))
    alive = []
    for _ in range(3):
        child.process.wait(10)
        alive.append(child.revive())
    assert alive == [True, True, False]


def test_a_broken_first_page_ends_the_start(start, capsys):
    assert start.supervise([], lambda: 500, lambda: None) == 1
    assert "error 500" in capsys.readouterr().out


def test_the_continuous_check_is_a_valid_script():
    done = subprocess.run(["bash", "-n", START.parent / ".ci" / "run"], check=False)
    assert done.returncode == 0

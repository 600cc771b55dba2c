"""The demonstration network behind a real server and a real worker, as `./linli run` starts them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Network:
    """Started once for a whole run: tests that read, and those that say what they leave behind."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"
        self.log = folder / "log"
        own = {"LINLI_DATA": str(folder), "LINLI_DEMO": "1", "LINLI_ADDRESS": self.address}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
        self.environment = kept | own | {"PYTHONPATH": str(ROOT / "src")}
        self.children: list[subprocess.Popen] = []

    def start(self) -> None:
        with self.log.open("w") as log:
            options = {"env": self.environment, "cwd": ROOT, "stdout": log, "stderr": log}
            prepared = subprocess.run([sys.executable, "-m", "linli", "prepare"], check=False, **options)
            assert prepared.returncode == 0, self.log.read_text()
            server = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
            threads = ["--blocking-threads", "4", "linli.wsgi:application"]
            for command in ([*server, *threads], ["linli", "work"]):
                self.children.append(subprocess.Popen([sys.executable, "-m", *command], **options))
        self.wait_until_answering()

    def wait_until_answering(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and all(child.poll() is None for child in self.children):
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=5):  # noqa: S310
                    return
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def ask(self, module: str) -> dict[str, str]:
        """Runs a module of ours beside the network, in its surroundings; returns the JSON object it prints."""
        environment = self.environment | {"PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        command = [sys.executable, "-m", module]
        done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def stop(self) -> None:
        for child in self.children:
            child.terminate()
        for child in self.children:
            try:
                child.wait(15)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

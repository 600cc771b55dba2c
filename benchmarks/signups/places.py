"""An installation that is measured: its database, its server as `./linli run` starts it, and what both spend."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.server import ROOT, TICKS, cpu_seconds, family, free_port, manage, wait_for
from benchmarks.signups.client import Answers, rush

WORKERS = {"sqlite": "1", "postgres": "2"}
SECRET = "RushRushRushRushRushRushRushRush"  # noqa: S105


@dataclass
class Measured:
    """What a number of requests came to: the answers, and CPU seconds of the web server and of the database."""

    answers: Answers
    web: float
    database: float

    @property
    def cpu(self) -> float:
        return self.web + self.database

    def each(self, number: int | None = None) -> float:
        """CPU milliseconds for each of that many; for each request if nothing is said."""
        return self.cpu * 1000 / max(1, number if number is not None else len(self.answers.statuses))


@dataclass
class Place:
    """Where requests go. `server`: the database's process, None for SQLite, which is in the web server itself."""

    kind: str
    folder: Path
    address: str
    server: int | None
    port: int = 0
    web: int = 0
    cookies: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "LINLI_DATA": str(self.folder),
            "LINLI_DATABASE_URL": self.address,
            "LINLI_LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "benchmarks.signups.settings",
        }

    def prepare(self, people: int) -> None:
        """The demonstration network, so that pages have what real ones have, and the people of the rush."""
        manage(self.environment, "catalogue", "--compile-only")
        manage(self.environment, "migrate", "-v0")
        manage(self.environment | {"LINLI_DEMO": "1"}, "demo", "--stations", "0")
        self.command("rows", "people", people, self.cookie_file)
        self.cookies = self.cookie_file.read_text().split("\n")

    @property
    def cookie_file(self) -> Path:
        return self.folder / "cookies.txt"

    def command(self, module: str, *words: Any) -> dict[str, Any]:
        line = [sys.executable, "-m", f"benchmarks.signups.{module}", *map(str, words)]
        done = subprocess.run(line, env=self.environment, check=True, stdout=subprocess.PIPE, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def rows(self, *words: Any) -> dict[str, Any]:
        return self.command("rows", *words)

    @contextmanager
    def serving(self) -> Iterator[None]:
        self.port = free_port()
        command = [
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
        ]
        command += [
            WORKERS[self.kind],
            "--blocking-threads",
            "4",
            "--log-level",
            "error",
            "linli.wsgi:application",
        ]
        server = subprocess.Popen(
            [sys.executable, "-m", *command], env=self.environment, start_new_session=True
        )
        self.web = server.pid
        try:
            wait_for(self.port)
            # Every thread of every worker has its connection and its templates before anything is measured.
            rush(self.port, [self.get("/accessibility/", n) for n in range(300)])
            yield
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(20)

    def head(self, method: str, path: str, person: int) -> str:
        cookie = f"{self.cookies[person % len(self.cookies)]}; linli-csrf={SECRET}"
        return (
            f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nCookie: {cookie}\r\n"
            "Accept-Language: zh-CN\r\nAccept: text/html\r\n"
        )

    def get(self, path: str, person: int) -> bytes:
        return f"{self.head('GET', path, person)}\r\n".encode()

    def sign_up(self, code: str, person: int, engine: str = "ours") -> bytes:
        """The form as the person's browser sends it."""
        body = urlencode({"csrfmiddlewaretoken": SECRET, "name": f"居民{person:05}", "needs": ""})
        under = "" if engine == "ours" else f"/by/{engine}"
        return (
            f"{self.head('POST', f'{under}/sessions/{code}/sign-up/', person)}"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def measure(self, requests: Sequence[bytes], connections: int = 64) -> Measured:
        return measured(self.port, requests, connections, self.web, self.server)


def spent(pid: int | None) -> float:
    """CPU seconds of a process and of all below it, those that have ended meanwhile included."""
    if pid is None:
        return 0.0
    ended = 0
    for member in family(pid):
        fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
        ended += int(fields[13]) + int(fields[14])
    return cpu_seconds(pid) + ended / TICKS


def measured(
    port: int, requests: Sequence[bytes], connections: int, web: int, database: int | None
) -> Measured:
    before = spent(web), spent(database)
    answers = rush(port, requests, connections)
    after = spent(web), spent(database)
    return Measured(answers, after[0] - before[0], after[1] - before[1])

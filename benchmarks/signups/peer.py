"""pretix in an environment of its own, on the same database server: what an order through its API costs."""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.cluster import find_binaries

from benchmarks.peers import environment
from benchmarks.server import ROOT, free_port, wait_for
from benchmarks.signups.places import Measured, measured

VERSION = "2026.8.0"
CONFIG = """\
[pretix]
url=http://127.0.0.1:{port}
datadir={folder}
registration=off
[database]
backend=postgresql
name=pretix
user=linli
host={host}
[django]
secret=nothing-here-is-secret-it-is-thrown-away
debug=off
[mail]
from=rush@example.org
"""


@dataclass
class Pretix:
    """A server of pretix, its token, and the database server's process."""

    python: Path
    variables: dict[str, str]
    database: int
    port: int
    web: int = 0
    token: str = ""

    def command(self, *words: Any) -> dict[str, Any]:
        line = [str(self.python), str(ROOT / "benchmarks" / "signups" / "peer_rows.py"), *map(str, words)]
        done = subprocess.run(line, env=self.variables, check=True, capture_output=True, text=True)
        return json.loads(done.stdout.splitlines()[-1])

    def order(self, item: int, number: int) -> bytes:
        position = {"item": item, "price": "0.00", "attendee_name_parts": {"full_name": f"Guest {number}"}}
        order = {"email": f"guest{number}@example.org", "locale": "en", "sales_channel": "web"}
        body = json.dumps(order | {"positions": [position]})
        return (
            "POST /api/v1/organizers/rush/events/rush/orders/ HTTP/1.1\r\n"
            f"Host: 127.0.0.1:{self.port}\r\nAuthorization: Token {self.token}\r\nAccept: application/json\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

    def rush(self, seats: int, attempts: int, connections: int) -> tuple[Measured, int]:
        """(what it cost, how many were sold) of so many orders for a ticket that has so many seats."""
        item = self.command("ticket", seats)["item"]
        requests = [self.order(item, number) for number in range(attempts)]
        found = measured(self.port, requests, connections, self.web, self.database)
        return found, self.command("sold", item)["sold"]


def fill(python: Path, variables: dict[str, str], host: str) -> None:
    """A database with pretix's tables: making them takes minutes, so a dump of them lies beside the environment."""
    tools, dump = find_binaries(), python.parent.parent / "tables.sql"

    def run(name: str, *words: str) -> None:
        line = [str(tools / name), "-h", host, "-U", "linli", *words]
        subprocess.run(line, check=True, stdout=subprocess.DEVNULL, env=variables)

    run("psql", "-q", "-d", "postgres", "-c", "CREATE DATABASE pretix")
    if dump.exists():
        run("psql", "-q", "-d", "pretix", "-f", str(dump))
        return
    print("  pretix makes its tables …", flush=True)
    migrate = [str(python), "-m", "pretix", "migrate", "-v0"]
    subprocess.run(migrate, env=variables, check=True, capture_output=True)
    fresh = dump.with_suffix(".new")
    run("pg_dump", "-d", "pretix", "--no-owner", "-f", str(fresh))
    fresh.rename(dump)


def served(python: Path, variables: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """gunicorn, with as many workers and threads as our own server has."""
    line = [
        "gunicorn",
        "pretix.wsgi",
        "--workers",
        "2",
        "--threads",
        "4",
        "--keep-alive",
        "60",
        "--log-level",
        "error",
        "--bind",
    ]
    command = [str(python), "-m", *line, f"127.0.0.1:{port}"]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(command, env=variables, start_new_session=True, stdout=quiet, stderr=quiet)


@contextmanager
def pretix(folder: Path, address: str, database: int) -> Iterator[Pretix]:
    """pretix on a database beside ours, in the same database server."""
    host, port, python = (
        parse_qs(urlsplit(address).query)["host"][0],
        free_port(),
        environment("pretix", VERSION, "gunicorn"),
    )
    folder.mkdir()
    config = folder / "pretix.cfg"
    config.write_text(CONFIG.format(port=port, folder=folder, host=host))
    ours = ("LINLI_", "DJANGO_", "PYTHON")
    variables = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    variables |= {"PRETIX_CONFIG_FILE": str(config)}
    fill(python, variables, host)
    peer = Pretix(python, variables, database, port)
    peer.token = peer.command("event")["token"]
    server = served(python, variables, port)
    peer.web = server.pid
    try:
        wait_for(port)
        peer.rush(16, 16, 8)
        yield peer
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(20)

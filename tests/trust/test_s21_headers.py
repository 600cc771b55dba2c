"""S21: the security headers stand on every answer: pages, refusals, broken pages, files, the worker's script.

Every address is asked in test_every_address.py.
"""

import os
import shutil
import subprocess
import sys

import pytest
from django.test import Client

from tests.trust.world import World

pytestmark = pytest.mark.any_database

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
}
STATIC = [
    "/static/site/site.css",
    "/static/site/site.js",
    "/static/site/icons.svg",
    "/static/site/favicon.svg",
    "/static/django_htmx/htmx-2.min.js",
    "/static/nothing.css",
]
OVER_TLS = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.settings"
import django
django.setup()
from django.conf import settings
settings.ALLOWED_HOSTS = ["testserver"]
from django.test import Client
client = Client(raise_request_exception=False)
for path in ("/", "/setup/", "/nowhere/", "/static/site/site.css", "/sw.js", "/healthz", "/stations/?page=2"):
    print(path, client.get(path, secure=True).headers.get("Strict-Transport-Security"))
"""


@pytest.fixture
def world(db):
    """Made anew for each test: some of them break the connection."""
    return World()


def lacking(response, *, signed_in: bool = False) -> list[str]:
    """What the answer should say and does not."""
    headers = response.headers
    wrong = [name for name, value in EVERYWHERE.items() if headers.get(name) != value]
    policy = headers.get("Content-Security-Policy", "")
    if {part.strip() for part in policy.split(";")} != POLICY:
        wrong.append(f"policy: {policy}")
    if "camera=(self)" not in headers.get("Permissions-Policy", ""):
        wrong.append("Permissions-Policy")
    kind = headers.get("Content-Type", "")
    if response.status_code not in {301, 302, 304} and kind.startswith("text/") and "charset=" not in kind:
        wrong.append(f"no charset: {kind}")
    if signed_in and headers.get("Cache-Control") != "no-store":
        wrong.append("may be stored")
    return wrong


@pytest.mark.parametrize("path", STATIC)
def test_s21_files(path, client, db):
    response = client.get(path)
    response.close()
    assert lacking(response) == []


def test_s21_refused_and_broken_requests(client, world, monkeypatch):
    odd = [
        client.get("/nowhere/"),
        client.get("/", headers={"host": "evil.example"}),
        client.post("/sign-in/", b"x" * 2_000_000, content_type="application/x-www-form-urlencoded"),
        client.post("/sign-in/", {f"field{number}": 1 for number in range(400)}),
        Client(enforce_csrf_checks=True).post("/sign-in/"),
        client.get("/stations/%00/"),
        client.generic("TRACE", "/"),
        client.put("/stations/"),
        client.get("/areas/?on=yesterday"),
    ]
    assert [lacking(response) for response in odd] == [[]] * len(odd)
    assert [response.status_code for response in odd] == [404, 400, 400, 400, 403, 404, 405, 405, 422]


def test_s21_a_broken_page(world, monkeypatch):
    def break_down(*_args, **_options):
        raise RuntimeError("inside")

    monkeypatch.setattr("linli.site.views.home.OpenFirst", break_down)
    response = Client(raise_request_exception=False).get("/")
    assert (response.status_code, lacking(response)) == (500, [])


def test_s21_over_tls_for_a_year(empty_database, tmp_path):
    shutil.copy(empty_database, tmp_path)
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    kept |= {"LINLI_DATA": str(tmp_path), "LINLI_HTTPS": "1", "LINLI_LOG_LEVEL": "CRITICAL"}
    (tmp_path / "static").mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", OVER_TLS],
        env=kept,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    assert set(said.values()) == {"max-age=31536000"}, said

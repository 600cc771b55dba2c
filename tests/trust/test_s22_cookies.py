"""S22: over TLS every cookie that opens something is __Host-, Secure, HttpOnly and SameSite."""

import json
import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.any_database

# Runs in a process of its own, because names and flags follow the environment at the start.
SCRIPT = """
import json, os
from http.cookies import SimpleCookie
os.environ["DJANGO_SETTINGS_MODULE"] = "linli.settings"
import django
django.setup()
from django.conf import settings
settings.EMAIL_BACKEND, settings.ALLOWED_HOSTS = "django.core.mail.backends.locmem.EmailBackend", ["testserver"]
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from linli.people.browsers import remember_machine
import re
mail.outbox = []
client, seen = Client(), {}
def note(response):
    for name, morsel in response.cookies.items():
        seen[name] = {key: morsel[key] for key in ("secure", "httponly", "samesite", "path", "domain")}
note(client.get("/sign-in/", secure=True))
note(client.post("/sign-in/", {"contact": "mei@example.org"}, secure=True))
digits = re.search(r"[0-9]{6}", mail.outbox[0].body)[0]
note(client.post("/sign-in/code/", {"digits": digits}, secure=True))
note(client.post("/look/", {"language": "en", "theme": "dark", "elder": "on"}, secure=True))
machine = HttpResponse()
remember_machine(machine, "secret")
note(machine)
from linli.directory.views.reports import remember_device
device = HttpResponse()
remember_device(device, "secret")
note(device)
print(json.dumps(seen))
"""
OPENS = {"__Host-linli", "__Host-linli-csrf", "__Host-linli-desk", "__Host-linli-door"}


@pytest.fixture
def folder(empty_database, tmp_path):
    """The data of an installation in which nobody is yet."""
    shutil.copy(empty_database, tmp_path)
    return tmp_path


def cookies(folder, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    kept |= {"LINLI_DATA": str(folder), "LINLI_LOG_LEVEL": "ERROR"} | environment
    (folder / "static").mkdir()
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT], env=kept, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_s22_cookies_over_tls(folder):
    seen = cookies(folder, LINLI_HTTPS="1")
    assert set(seen) >= OPENS
    for name in OPENS:
        assert (seen[name]["secure"], seen[name]["httponly"]) == (True, True), name
        assert seen[name]["samesite"] in {"Lax", "Strict"}, name
        assert (seen[name]["path"], seen[name]["domain"]) == ("/", ""), name
    for name, flags in seen.items():
        assert (flags["secure"], bool(flags["samesite"])) == (True, True), name


def test_s22_plain_http_has_plain_names(folder):
    """A browser drops __Host- cookies over http, and nobody could sign in on the station's own network."""
    seen = cookies(folder)
    assert {"linli", "linli-csrf", "linli-desk", "linli-door"} <= set(seen)
    assert all(seen[name]["httponly"] for name in ("linli", "linli-csrf", "linli-desk", "linli-door"))

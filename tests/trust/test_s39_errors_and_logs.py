"""S39: whatever breaks, the page says nothing about the inside, and no personal word reaches a log."""

import logging
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.urls import URLPattern, get_resolver

from linli.kit.logs import Impersonal, UtcFormatter
from linli.notices.actions import deliver_due
from tests.people.signing import digits_mailed, give_contact
from tests.trust.routes import routes
from tests.trust.test_s21_headers import lacking
from tests.trust.world import World

SECRET = "canary-4f1c"
INSIDE = re.compile(
    r"Traceback|RuntimeError|OperationalError|canary-4f1c|/src/linli|site-packages|sqlite|psycopg|Django",
    re.I,
)
# These ask nothing of the database, so they go on answering without one.
NEED_NO_DATABASE = {"site:alive", "site:service_worker", "site:metrics", "people:sign_out"}
PHONE, MAIL, NAME, WORD = "13912345678", "canary@example.org", "金丝雀小姐", "canaryword"


class Kept(logging.Handler):
    """Every line as the console would show it."""

    def __init__(self):
        super().__init__(logging.DEBUG)
        self.shown = []
        self.setFormatter(UtcFormatter("{asctime}Z {levelname} {name} {message}", style="{"))

    def emit(self, record):
        Impersonal().filter(record)
        self.shown.append(self.format(record))


@pytest.fixture
def log():
    kept, root = Kept(), logging.getLogger()
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield kept
    root.removeHandler(kept)
    root.setLevel(level)


def patterns(resolver=None, space=""):
    """(name, pattern) of every route."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", entry
        else:
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else space)


def break_down(*_args, **_options):
    raise RuntimeError(f"{SECRET} {MAIL} {PHONE}")


def without_trying(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_s39_an_exception_in_any_view_shows_nothing(world, monkeypatch, log, record_property):
    ways = {name: address.path for name, address in routes(world).items()}
    for _name, pattern in patterns():
        monkeypatch.setattr(pattern, "callback", break_down)
    client = without_trying(world.client("operator"))
    bodies = set()
    for name, path in ways.items():
        for response in (client.get(path), client.post(path)):
            assert response.status_code == 500, name
            assert lacking(response) == [], name
            bodies.add(response.content.decode())
    assert len(bodies) == 1
    assert not INSIDE.search(bodies.pop())
    told = [line for line in log.shown if "Internal Server Error" in line]
    assert len(told) == 2 * len(ways)
    assert [line for line in told if "test_s39" not in line] == []  # where it broke is in the log …
    assert [
        line for line in log.shown for word in (SECRET, MAIL, PHONE) if word in line
    ] == []  # … what it said is not
    record_property("figure", f"{2 * len(ways)} forced exceptions, details shown 0, details logged 0")


def test_s39_without_a_database_no_page_shows_why(world, record_property):
    def refuse(*_args):
        raise OperationalError(f"{SECRET}: connection to server at 10.0.0.7 failed")

    ways = {name: address.path for name, address in routes(world).items()}
    client = without_trying(world.client("worker"))
    shown = {}
    with connection.execute_wrapper(refuse):
        for name, path in ways.items():
            response = client.get(path)
            shown[name] = response.status_code
            assert not INSIDE.search(response.content.decode()), name
    assert {name for name, status in shown.items() if status < 500} <= NEED_NO_DATABASE
    record_property("figure", f"{len(ways)} pages without a database, details shown 0")


def live_through_a_day(world: World) -> list[str]:
    """The main flows with canaries in every hand; returns what no log may hold."""
    client = Client()
    client.post("/sign-in/", {"contact": PHONE})
    client.post("/sign-in/", {"contact": f"  {MAIL} "})
    digits = digits_mailed()
    client.post("/sign-in/code/", {"digits": "000000"})
    client.post("/sign-in/code/", {"digits": digits})
    client.get("/search/", {"q": f"{NAME} {PHONE} {WORD}"})
    client.get(f"/nowhere/{WORD}/", {"phone": PHONE, "mail": MAIL})
    made = client.post("/complaints/new/", {"text": f"{NAME} {PHONE} {MAIL} {WORD}"})
    client.post("/follow/", {"subject": "directory.station/JA-0101"})
    client.post("/me/follows/", {"by_email": "on", "quiet_from": "00:00", "quiet_until": "00:00"})
    worker = world.client("worker")
    printed = worker.post("/desk/JA-0101/slips/", {"name": NAME}).context["printed"]
    client.get(f"/slip/{printed.token}/")
    Client().post(f"/slip/{printed.token}/")
    Client().post("/slip/", {"code": printed.code})
    worker.post("/stations/JA-0101/status/", {"state": "closed", "until": "", "note": f"{NAME} {WORD}"})
    world.client("operator").post(
        f"/operator/complaints/{world.things.complaint.code}/", {"text": f"{NAME} {WORD}"}
    )
    client.get(made.url)
    client.post(f"/stop/{world.things.stop}/")
    return [
        PHONE,
        MAIL,
        NAME,
        WORD,
        digits,
        printed.token,
        printed.code,
        made.url.split("/")[2],
        world.things.stop,
    ]


def test_s39_no_personal_word_in_any_log(world, log, settle, record_property):
    give_contact(world.people["outsider"], "canary-two@example.org")
    canaries = live_through_a_day(world)
    settle()
    deliver_due()
    assert len(mail.outbox) >= 1
    everything = "\n".join(log.shown)
    assert [canary for canary in canaries if canary in everything] == []
    record_property("figure", f"{len(canaries)} canaries in {len(log.shown)} log lines, found 0")


@pytest.mark.any_database
def test_s39_the_server_keeps_no_log_of_visits(network, furnished):
    """What the real server and worker wrote while the browser tests walked about."""
    import urllib.request

    address = f"{network.address}/search/?q={WORD}&phone={PHONE}"
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310
        assert answer.status == 200
    written = network.log.read_text()
    personal = re.compile(r"@example\.org|\b1[3-9]\d{9}\b|canaryword|梅小雨|Omar Haddad")
    assert [line for line in written.splitlines() if personal.search(line)] == []


def test_s39_production_settings_pass_the_check(tmp_path):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    key = "a-key-for-this-check-only-" + "0123456789abcdefghijklmnopqrstuvwxyz"
    given = {
        "DATA": str(tmp_path),
        "HTTPS": "1",
        "HOSTS": "linli.example",
        "BEHIND_PROXY": "1",
        "SECRET_KEY": key,
    }
    kept |= {f"LINLI_{name}": value for name, value in given.items()}
    command = [sys.executable, "-m", "linli", "check", "--deploy", "--fail-level", "WARNING"]
    kept["PYTHONPATH"] = str(settings.PACKAGE.parent)
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_s39_debug_is_off_unless_asked():
    from django.core.management.utils import get_random_secret_key

    code = "from django.conf import settings; print(settings.DEBUG)"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LINLI_")}
    kept |= {"DJANGO_SETTINGS_MODULE": "linli.settings", "LINLI_SECRET_KEY": get_random_secret_key()}
    kept |= {"PYTHONPATH": str(settings.PACKAGE.parent), "LINLI_DATA": os.environ["LINLI_DATA"]}
    done = subprocess.run([sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "CONNECT", "PUT", "DELETE", "PATCH", "PROPFIND"])
def test_s39_methods_nobody_uses_are_off(method, client, db):
    for path in ("/", "/stations/", "/sign-in/", "/healthz"):
        response = client.generic(method, path, headers={"x-canary": SECRET})
        assert response.status_code == 405, path
        assert SECRET not in response.content.decode(), path


def test_s39_figures_are_not_for_everybody(client, db, settings):
    assert client.get("/metrics").status_code == 404
    settings.METRICS_TOKEN = "token-of-the-gauges"
    for given in ("", "Bearer ", "Bearer wrong", "token", "Bearer token-of-the-gauges2"):
        assert client.get("/metrics", headers={"authorization": given}).status_code == 404, given
    assert client.get("/metrics", headers={"authorization": "Bearer token-of-the-gauges"}).status_code == 200
    for path in (
        "/openapi.json",
        "/api/",
        "/docs/",
        "/.git/config",
        "/.env",
        "/server-status",
        "/static/",
        "/media/",
    ):
        assert client.get(path).status_code == 404, path


def test_s39_the_canary_over_the_whole_run_sings(log_canary):
    """What it looks for it finds; at the end of the run it has found nothing (tests/log_canary.py)."""
    before = list(log_canary.found)
    logging.getLogger("linli.test").warning("%s asked for %s", "梅", "a seat")
    found, log_canary.found = log_canary.found, before
    assert len(found) == len(before) + 1

"""Reports by people without an account (S22, S23, S33), and positions that stay in the phone (S39)."""

import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.utils import timezone

from linli.directory.models import DoorReport
from linli.directory.views.reports import DEVICE_COOKIE, REPORTS_FROM_NETWORK
from linli.kit.logs import Impersonal, UtcFormatter, impersonal
from linli.ledger.models import Event, Todo
from linli.site.nearby import read_position, written
from tests.factories import make_station
from tests.trust.rows import state

EXACT = "31.2296174,121.4553291"
# Every way in which the exact numbers could show, finer than a hundredth of a degree.
CANARY = re.compile(r"31\.229|121\.455")
REPORT = "/stations/JA-0101/report/"


@pytest.fixture
def log():
    """Every line as the console would show it, and as it came."""
    kept, root = logging.Handler(logging.DEBUG), logging.getLogger()
    formatter, lines = UtcFormatter("{asctime}Z {levelname} {name} {message}", style="{"), []

    def emit(record):
        lines.append(record.getMessage())
        Impersonal().filter(record)
        lines.append(formatter.format(record))

    kept.emit = emit
    level = root.level
    root.addHandler(kept)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(kept)
    root.setLevel(level)


def post(client, what="closed", address=REPORT, **more):
    return client.post(address, {"what": what} | more.pop("fields", {}), **more)


def reported():
    return list(DoorReport.objects.values_list("station__code", "what"))


def test_s33_one_network_reports_no_more_than_its_share(town, record_property):
    statuses = [
        post(Client(REMOTE_ADDR="198.51.100.7")).status_code for _n in range(REPORTS_FROM_NETWORK.times + 1)
    ]
    assert statuses == [302] * REPORTS_FROM_NETWORK.times + [429]
    refused = post(Client(REMOTE_ADDR="198.51.100.7"))
    assert 0 < int(refused["Retry-After"]) <= REPORTS_FROM_NETWORK.seconds
    assert DoorReport.objects.count() == REPORTS_FROM_NETWORK.times
    assert post(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302
    record_property("figure", f"{REPORTS_FROM_NETWORK.times} reports an hour from one network, then 429")


def test_s33_a_hundred_reports_from_one_network_are_not_two_people(town):
    for number in range(40):
        assert post(Client(REMOTE_ADDR=f"198.51.100.{number}")).status_code == 302
    assert Event.objects.filter(kind="directory.door_reported", data__confirmed=True).count() == 0


def test_s33_nobody_chooses_their_network(town, settings):
    """What a visitor writes into X-Forwarded-For counts only as far as our own proxies wrote it."""
    settings.PROXY_COUNT = 1
    for number in range(5):
        forged = f"203.0.{number}.1, 198.51.100.7"
        post(Client(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR=forged))
    assert DoorReport.objects.values("network").distinct().count() == 1


def test_a_report_is_about_the_station_of_its_address_alone(town):
    fields = {"station": "JA-0201", "code": "JA-0201", "device": "x", "network": "y", "at": "2020-01-01"}
    assert post(Client(), fields=fields).status_code == 302
    assert reported() == [("JA-0101", "closed")]
    assert DoorReport.objects.get().at > timezone.now() - timedelta(minutes=1)
    assert DoorReport.objects.filter(device="x").count() == 0


@pytest.mark.parametrize("what", ["", "open", "CLOSED", "closed\0", "no water", "1" * 5000])
def test_only_the_three_words_can_be_said(town, what):
    assert post(Client(), what).status_code == 422
    assert reported() == []


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
def test_a_tap_leads_nowhere_else(town, wanted):
    assert post(Client(), fields={"next": wanted})["Location"] == "/stations/JA-0101/#door-JA-0101"


def test_s22_the_cookie_is_drawn_by_a_post_and_says_nothing(town):
    client = Client()
    for page in ("/nearby/", "/nearby/?from=JA-0101", "/stations/JA-0101/", REPORT):
        client.get(page)
    assert DEVICE_COOKIE not in client.cookies
    post(client)
    cookie = client.cookies[DEVICE_COOKIE]
    flags = {name: cookie[name] for name in ("httponly", "samesite", "path", "domain", "max-age", "secure")}
    assert flags == {
        "httponly": True,
        "samesite": "Lax",
        "path": "/",
        "domain": "",
        "max-age": 24 * 3600,
        "secure": "",
    }
    assert re.fullmatch(r"[\w-]{32}", cookie.value)
    assert cookie.value not in str(DoorReport.objects.values().get())
    assert DEVICE_COOKIE not in post(client).cookies
    other = Client()
    post(other)
    assert other.cookies[DEVICE_COOKIE].value != cookie.value


def test_s22_a_cookie_of_any_length_is_one_device(town):
    client = Client()
    client.cookies[DEVICE_COOKIE] = "x" * 4000
    assert post(client).status_code == 302
    assert len(DoorReport.objects.get().device) == 64


def test_s23_people_without_an_account_carry_the_token_of_their_page(town):
    client = Client(enforce_csrf_checks=True)
    assert post(client).status_code == 403
    make_station("JA-0301", "courier", "门", town.west, at=(31.23, 121.45))
    html = client.get("/nearby/?at=31.23,121.45").content.decode()
    form = html.partition('<form class="doors"')[2]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', form)[1]
    assert post(client, fields={"csrfmiddlewaretoken": "x" * 64}).status_code == 403
    assert reported() == []
    assert post(client, fields={"csrfmiddlewaretoken": token}).status_code == 302
    assert reported() == [("JA-0101", "closed")]


def test_who_reported_leaves_nothing_behind(town, mei, browse, settle):
    """A person signed in leaves no more than anybody; after two hours not even the digests are left."""
    now = timezone.now()
    client = browse(mei)
    post(client)
    secret = client.cookies[DEVICE_COOKIE].value
    canaries = [str(mei.pk), mei.pk.hex, secret, "127.0.0"]
    kept = " ".join(str(rows) for label, rows in state().items() if not label.startswith("people."))
    assert [canary for canary in canaries if canary in kept] == []
    assert [event.actor for event in Event.objects.filter(kind="directory.door_reported")] == [""]
    assert [set(todo.data) for todo in Todo.objects.filter(consumer="directory.expire_report")] == [
        {"report"}
    ]
    with time_machine.travel(now + timedelta(hours=2, seconds=1)):
        settle()
    assert list(DoorReport.objects.values_list("device", "network")) == [("", "")]


def test_s39_no_position_reaches_a_log_the_ledger_or_the_database(town, log, record_property):
    """Whatever a phone sends, also one that does not round: the server rounds before anything else happens."""
    make_station("JA-0301", "courier", "门", town.west, at=(31.23, 121.45), opens="00:00", closes="00:00")
    client = Client(raise_request_exception=False)
    pages = [
        client.get(f"/nearby/?at={EXACT}", follow=True),
        client.get(f"/nearby/?at={EXACT}&water=on", follow=True),
        client.get(f"/nearby/?q={EXACT}&from={EXACT}"),
        client.get(f"/nearby?at={EXACT}", follow=True),
        client.get(
            "/nearby/", {"at": "31.23,121.46"}, headers={"referer": f"http://testserver/nearby/?at={EXACT}"}
        ),
        client.post(REPORT, {"what": "closed", "next": "/nearby/?at=31.23,121.46"}, follow=True),
        client.post("/look/", {"language": "en", "next": "/nearby/?at=31.23,121.46"}, follow=True),
    ]
    assert [page.status_code for page in pages] == [200] * 7
    assert pages[0].redirect_chain == [("/nearby/?at=31.23,121.46", 302)]
    assert CANARY.search(pages[0].content.decode()) is None
    kept = " ".join(str(rows) for rows in state(but=set()).values())
    assert (CANARY.search("\n".join(log)), CANARY.search(kept)) == (None, None)
    assert "121.46" not in "\n".join(log) + kept
    record_property(
        "figure", f"an exact position sent 5 times, found in {len(log)} log lines and in all tables 0 times"
    )


def test_s39_a_position_in_an_error_is_masked(log):
    assert impersonal(f"GET /nearby/?at={EXACT} broke") == "GET /nearby/?at=[place] broke"
    assert impersonal("GET /nearby/?at=31.2296174%2C121.4553291") == "GET /nearby/?at=[place]"
    assert impersonal("took 0.12, 3 queries") == "took 0.12, 3 queries"


def test_s39_a_position_that_breaks_the_page_is_not_told(town, log, monkeypatch):
    def break_down(*_args):
        raise RuntimeError(EXACT)

    monkeypatch.setattr("linli.site.views.nearby.doors_near", break_down)
    client = Client(raise_request_exception=False)
    assert client.get("/nearby/?at=31.23,121.46").status_code == 500
    assert (CANARY.search("\n".join(log)), "121.46" in "\n".join(log)) == (None, False)


@pytest.mark.parametrize("typed", [EXACT, "31.2349,121.4551", "-0.0049,0.0051", "89.9999,-179.9999"])
def test_s39_a_position_is_a_kilometre_wide(typed):
    point = read_position(typed)
    assert point == read_position(written(point))
    assert all(abs(a - float(b)) <= 0.005000001 for a, b in zip(point, typed.split(","), strict=True))
    assert re.fullmatch(r"-?\d+\.\d\d,-?\d+\.\d\d", written(point))


def test_s39_the_proxies_we_ship_log_no_query():
    """nginx logs whole addresses unless it is told otherwise; Caddy logs nothing."""
    nginx = (settings.PACKAGE.parents[1] / "deploy" / "nginx.conf").read_text()
    formats = re.findall(r"log_format \w+ (.*?);", nginx, re.DOTALL)
    assert [
        re.findall(r"\$(?:request|request_uri|args|query_string|http_referer)\b", each) for each in formats
    ] == [[]]
    assert re.findall(r"access_log \S+ (\w+);", nginx) == ["linli"]
    assert (
        re.search(r"^\s*log\b", (settings.PACKAGE.parents[1] / "deploy" / "Caddyfile").read_text(), re.M)
        is None
    )

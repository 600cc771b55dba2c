"""S33: what is tried too often is refused for a while, with when to come back; every body, list and page has its most."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

import linli
from linli.directory.indexing import index_stations
from linli.directory.models import Station
from linli.directory.views import reports
from linli.news.views import pictures
from linli.people import throttle
from linli.people.models.contacts import lookup_of
from linli.people.throttle import Limit, take
from linli.programmes.views import polling
from linli.site.views import complaints
from tests.factories import make_station, together
from tests.trust.deeds import role
from tests.trust.rows import state
from tests.trust.world import World

HERE = "127.0.0.1"
NEW = "somebody@example.org"
LISTED = 130


@dataclass(frozen=True)
class Case:
    """A limit, whom it counts for, who comes by, and the post that counts."""

    limit: Limit
    counted: Callable[[World], tuple[str, ...]]
    who: str
    path: str
    body: Callable[[World], dict[str, str]]


def here(_world: World) -> tuple[str, ...]:
    return (HERE,)


def contact(_world: World) -> dict[str, str]:
    return {"contact": NEW}


def digits(_world: World) -> dict[str, str]:
    return {"digits": "000000"}


CASES = [
    Case(throttle.SEND_FROM_NETWORK, here, "visitor", "/sign-in/", contact),
    Case(throttle.SEND_TO_CONTACT, lambda world: (lookup_of(NEW),), "visitor", "/sign-in/", contact),
    Case(
        throttle.SEND_TO_CONTACT_FROM_NETWORK,
        lambda world: (lookup_of(NEW), HERE),
        "visitor",
        "/sign-in/",
        contact,
    ),
    Case(throttle.TRY_CODE_FROM_NETWORK, here, "visitor", "/sign-in/code/", digits),
    Case(throttle.TRY_SLIP_FROM_NETWORK, here, "visitor", "/slip/", lambda world: {"code": "ABCD EFGH JKLM"}),
    Case(
        throttle.TRY_SECOND_FACTOR,
        lambda world: (str(world.people["self"].pk),),
        "self",
        "/me/second-factor/",
        digits,
    ),
    Case(
        throttle.FIND_COLLEAGUE,
        lambda world: (str(world.people["manager"].pk),),
        "manager",
        "/roles/JA-0101/",
        role("worker"),
    ),
    Case(
        throttle.TRY_PIN_ON_MACHINE,
        lambda world: (str(world.things.machine.pk),),
        "desk",
        "/desk/switch/",
        lambda world: {"person": str(world.people["worker"].pk), "pin": "582049"},
    ),
    Case(
        reports.REPORTS_FROM_NETWORK,
        here,
        "visitor",
        "/stations/JA-0101/report/",
        lambda world: {"what": "closed"},
    ),
    Case(
        polling.VOTES,
        here,
        "visitor",
        "/polls/POLL-1/",
        lambda world: {"numbers": "1"},
    ),
    Case(complaints.COMPLAIN, here, "visitor", "/complaints/new/", lambda world: {"text": "It is slow"}),
    Case(
        pictures.FETCH,
        lambda world: (str(world.people["worker"].pk),),
        "worker",
        "/news/ART-1/pictures/fetch/",
        lambda world: {"url": "https://pictures.example/1.jpg", "alt": "A table"},
    ),
    Case(
        Limit("wrong-note", 20, 3600),
        here,
        "visitor",
        "/stations/JA-0101/wrong/",
        lambda world: {"what": "hours", "text": "It opens at ten"},
    ),
]


def browser(world: World, who: str) -> Client:
    if who != "desk":
        return world.client(who)
    client = Client(headers={"accept-language": "en"})
    client.cookies["linli-desk"] = world.things.machine_secret
    return client


def test_s33_every_limit_is_looked_at():
    """A new limit: add how it is reached to CASES."""
    source = Path(linli.__file__).parent
    names = {
        name
        for path in source.rglob("*.py")
        for name in re.findall(r'(?:\bLimit|slow_down)\((?:request, )?"([a-z-]+)"', path.read_text())
    }
    assert names == {case.limit.name for case in CASES}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.limit.name)
def test_s33_too_often_is_refused_and_told_when_to_come_back(world, case, record_property):
    with time_machine.travel(timezone.now(), tick=False):
        client = browser(world, case.who)
        if case.path == "/sign-in/code/":
            client.post("/sign-in/", contact(world))
        for _try in range(case.limit.times):
            take(case.limit, *case.counted(world))
        before = state()
        refused = client.post(case.path, case.body(world))
        window = case.limit.seconds - int(timezone.now().timestamp()) % case.limit.seconds
        assert (refused.status_code, int(refused["Retry-After"])) == (429, window)
        assert "Please wait" in refused.content.decode()
        assert {name for name, rows in state().items() if rows != before[name]} <= {"people.Throttle"}
    record_property("figure", f"{case.limit.times} in {case.limit.seconds} s, then 429 with Retry-After")


# Bodies


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a text of a megabyte and one byte", {"text": "x" * 1_000_001}),
        ("three hundred and one fields", {f"field{number}": "x" for number in range(301)}),
    ],
)
def test_s33_a_form_has_its_most(world, name, body):
    before = state()
    refused = world.client("visitor").post(
        "/complaints/new/", "&".join(f"{key}={value}" for key, value in body.items()),
        content_type="application/x-www-form-urlencoded",
    )  # fmt: skip
    assert (refused.status_code, state()) == (400, before), name


def test_s33_a_body_with_files_is_refused_before_it_is_read(world):
    """What it says of its own length is enough; nothing of it needs to come."""
    head = "multipart/form-data; boundary=b"
    path = f"/stations/JA-0101/entrances/{world.things.entrance.code}/photo/"
    before = state()
    refused = world.client("worker").post(path, b"--b--", content_type=head, CONTENT_LENGTH=20_000_001)
    assert (refused.status_code, state()) == (400, before)


# Lists and pages


@pytest.fixture
def many(world):
    """A subdistrict with more stations than any page shows."""
    under = world.units.subdistrict
    with together():
        for number in range(LISTED):
            make_station(f"M-{number:03}", "courier", f"站{number:03}", under, en=f"Stop {number:03}")
    index_stations(Station.objects.all())


def test_s33_a_page_has_its_most(many):
    for path in ("/stations/", "/stations/?page=1", "/stations/?per_page=100000", "/search/?q=Stop"):
        page = Client(headers={"accept-language": "en"}).get(path)
        assert page.status_code == 200
        assert 0 < len(set(re.findall(r"/stations/(M-\d+)/", page.content.decode()))) <= 50, path


@pytest.mark.parametrize("number", ["0", "501", "100000", "-1", "x"])
def test_s33_a_program_gets_five_hundred_at_most(db, number):
    assert Client().get("/hsds/services", {"per_page": number}).status_code == 400


def test_s33_a_far_page_costs_no_more_than_the_first(many, django_assert_max_num_queries):
    client = Client()
    client.get("/stations/")
    with django_assert_max_num_queries(8):
        assert client.get("/stations/", {"page": "9" * 40}).status_code == 200

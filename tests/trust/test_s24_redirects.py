"""S24: `next` leads to a path of this site or nowhere."""

from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from linli.people.actions import issue_slip
from tests.people.signing import digits_mailed

HOST = "testserver"
PROBES = [
    "//evil.example",
    "///evil.example",
    "////evil.example/",
    "/\\evil.example",
    "\\/evil.example",
    "\\\\evil.example",
    "/\\/evil.example",
    "http://evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example",
    "HTTPS://evil.example/stations/",
    f"http://{HOST}@evil.example/",
    f"//{HOST}@evil.example/",
    f"//{HOST}:pass@evil.example/",
    f"https://{HOST}.evil.example/",
    f"//{HOST}\\@evil.example/",
    f"//evil.example\\@{HOST}/",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "\t//evil.example",
    "/\t/evil.example",
    "/\n/evil.example",
    "/\r\n/evil.example",
    "/\x00/evil.example",
    " //evil.example",
    "\u3000//evil.example",
    "\u2028//evil.example",
    "/\u200b/evil.example",
    "//evil\u3002example",
    "//evil\uff0eexample",
    "//evil\uff61example",
    "https://evil\u3002example/",
    "\uff0f\uff0fevil.example",
    "/\uff0fevil.example",
    "/\u2044/evil.example",
    "/%09/evil.example",
    "/%2f/evil.example",
    "/%5cevil.example",
    "%2f%2fevil.example",
    "//[::1]/",
    "//[evil",
    "//evil.example:80",
    "//0x7f000001",
    "//2130706433",
    "?next=//evil.example",
    "#//evil.example",
    ".//evil.example",
    "..//evil.example",
    "/..//evil.example",
    "/.//evil.example",
    "/stations/\r\nLocation: https://evil.example",
    "/stations/\r\nSet-Cookie: linli=x",
    "ftp://evil.example/",
    "mailto:evil@evil.example",
    "x" * 5000,
    "/" * 300 + "evil.example",
]


def stays(location: str) -> bool:
    """Whether a browser that follows the location stays on our host: it drops tabs and line breaks and reads \\ as /."""
    read = (
        "".join(character for character in location if character not in "\t\r\n").strip().replace("\\", "/")
    )
    return urlsplit(urljoin(f"http://{HOST}/sign-in/", read)).netloc == HOST and read.startswith("/")


@pytest.fixture
def ends(omar, town):
    """Every page of signing in that follows `next`, each as a function of it."""

    def by_code(wanted):
        client = Client(REMOTE_ADDR=fresh_network())
        first = client.post("/sign-in/", {"contact": f"mei{fresh_network.count}@example.org", "next": wanted})
        if first.status_code != 302:
            return [first]
        return [first, client.post("/sign-in/code/", {"digits": digits_mailed(), "next": wanted})]

    def by_slip(wanted):
        token = issue_slip(by=omar, unit=town.tower.unit).token
        return [Client(REMOTE_ADDR=fresh_network()).post(f"/slip/{token}/", {"next": wanted})]

    def leaving(wanted):
        return [Client().post("/sign-out/", {"next": wanted})]

    def looking(wanted):
        return [Client().post("/look/", {"language": "en", "next": wanted})]

    return [by_code, by_slip, leaving, looking]


def fresh_network():
    fresh_network.count = getattr(fresh_network, "count", 0) + 1
    return f"2001:db8:{fresh_network.count:x}::1"


def test_s24_next_never_leaves_this_site(ends, record_property):
    followed = 0
    for probe in PROBES:
        for end in ends:
            for answer in end(probe):
                followed += 1
                assert answer.status_code in {302, 422}, (end.__name__, probe)
                assert "linli=x" not in str(answer.headers), (end.__name__, probe)
                if answer.status_code == 302:
                    assert stays(answer["Location"]), (end.__name__, probe, answer["Location"])
    record_property("figure", f"{len(PROBES)} probes, {followed} redirects followed, off-site 0")


def test_s24_own_paths_are_kept(ends):
    for end in ends:
        assert end("/stations/?open=now")[-1]["Location"] == "/stations/?open=now", end.__name__


def test_s24_the_form_does_not_carry_a_foreign_next(client, db):
    for probe in PROBES:
        form = client.get("/sign-in/", {"next": probe}).context["form"]
        assert stays(form["next"].value() or "/"), probe
